"""Personal names as bylines print them: whether a string may be one, and where a run of names is to be cut."""

from __future__ import annotations

import re
from functools import cache

from kg.knowledge.files import data_path, read_tsv
from kg.knowledge.person_names import transcribed

# Last characters of departments, outlets and places. In a byline such a string is a contributor's office, not a name.
_OFFICE_END = frozenset("部局委办站院队组室厅处科网报台镇乡县市区村社会者所")
_MINORITY = re.compile(r"[\u3400-\u9fff]{1,8}(?:[·•・][\u3400-\u9fff]{1,8}){1,3}")
_HAN = re.compile(r"[\u3400-\u9fff]+")

Span = tuple[int, int]


@cache
def surnames() -> frozenset[str]:
    """Surnames of one to four characters, from `data/segmentation/byline_surnames.tsv`."""
    return frozenset(
        row["form"] for row in read_tsv(data_path("segmentation", "byline_surnames.tsv"), "byline_surnames")
    )


@cache
def not_names() -> frozenset[str]:
    """Short words that never name a person, from `data/segmentation/byline_not_names.tsv`."""
    return frozenset(
        row["form"] for row in read_tsv(data_path("segmentation", "byline_not_names.tsv"), "byline_not_names")
    )


def surname_length(text: str) -> int:
    """How many characters of `text` are its surname: 0 when none opens it."""
    return next((size for size in (4, 3, 2, 1) if text[:size] in surnames() and len(text) > size), 0)


def is_name(text: str, *, surname: bool = True) -> bool:
    """Whether `text` (without inner spaces) may be a personal name of 2 to 4 Han characters, or a dotted one.

    With `surname` false a pen name (粤文) passes too: for places where nothing but a name can stand.
    """
    if _MINORITY.fullmatch(text):
        return True
    if not 2 <= len(text) <= 4 or not _HAN.fullmatch(text) or text in not_names() or text[-1] in _OFFICE_END:
        return False
    return not surname or surname_length(text) > 0


def cut_names(text: str, fragments: list[Span], *, surname: bool) -> list[Span] | None:
    """Spans of the names in `fragments`, runs of Han characters of `text` that spaces or 、 part; None if one fits not.

    A name may hold a space (邓 蕾 beside 王建波), and several may stand without one (张三丰李四海). A name of two
    characters is spaced so as to align with those of three; hence single characters pair up.
    """
    names: list[Span] = []
    index = 0
    while index < len(fragments):
        taken = _spaced(text, fragments, index)
        if taken:
            names.append((fragments[index][0], fragments[index + taken - 1][1]))
            index += taken
            continue
        start, end = fragments[index]
        pieces = _split(text[start:end], surname=surname)
        if pieces is None:
            return None
        for piece in pieces:
            names.append((start, start + len(piece)))
            start += len(piece)
        index += 1
    return names


def _spaced(text: str, fragments: list[Span], index: int) -> int:
    """How many fragments from `index` on make one name with inner spaces; 0 if that at `index` stands alone."""
    run = 0
    for start, end in fragments[index:]:
        if end - start != 1 or (run and not _only_space(text, fragments[index + run - 1][1], start)):
            break
        run += 1
    if run == 3 and text[fragments[index + 2][0]] not in surnames():
        return 3
    first = text[slice(*fragments[index])]
    if run >= 2 and is_name(first + text[slice(*fragments[index + 1])], surname=False):
        return 2
    if index + 1 == len(fragments) or not _only_space(text, fragments[index][1], fragments[index + 1][0]):
        return 0
    second = text[slice(*fragments[index + 1])]
    joined = first + second
    if len(first) == 1 and len(second) == 2 and first in surnames():
        return 2
    return 2 if len(first) == 2 and len(second) == 1 and first in surnames() and is_name(joined) else 0


def _only_space(text: str, start: int, end: int) -> bool:
    return text[start:end].isspace()


def _split(run: str, *, surname: bool) -> list[str] | None:
    """The names that make up `run` exactly, or None."""
    if len(run) <= 3 or _MINORITY.fullmatch(run):
        return [run] if is_name(run, surname=surname) else None
    if len(run) == 4 and (surname_length(run) == 2 or transcribed(run)):
        return [run]
    parts = _surnamed(run)
    if parts is None and len(run) == 4 and not surname and is_name(run, surname=False):
        return [run]
    return parts


def _surnamed(run: str) -> list[str] | None:
    if not run:
        return []
    for size in (3, 2, 4):
        head = run[:size]
        if len(head) == size and is_name(head) and (size < 4 or surname_length(head) == 2):
            rest = _surnamed(run[size:])
            if rest is not None:
                return [head, *rest]
    return None
