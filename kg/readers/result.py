"""What a reader gives and is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.errors import KGError
from kg.model import Document


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """An input that could not be read. `source` names it as the user did; `error` says why, in one line."""

    source: str
    error: KGError


@dataclass(frozen=True, slots=True)
class Columns:
    """Which keys of a JSON Lines record, or columns of a table, hold what; several names: the first that is there."""

    text: tuple[str, ...] = ("text", "正文", "内容", "content")
    title: tuple[str, ...] = ("title", "标题")
    date: tuple[str, ...] = ("date", "日期", "发布时间", "发布日期")
    source: tuple[str, ...] = ("source", "来源")
    byline: tuple[str, ...] = ("byline", "作者", "记者", "author")
    newspaper: tuple[str, ...] = ("newspaper", "报纸", "媒体")
    id: tuple[str, ...] = ("id", "编号")


@dataclass(frozen=True, slots=True)
class Input:
    """One file's content on its way to a reader."""

    source: str
    data: bytes
    columns: Columns = Columns()


Reader = Callable[[Input], Iterator[Document | ReadFailure]]
"""Raises InputError when the whole input is unreadable; yields a ReadFailure for a part that is."""
