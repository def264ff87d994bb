"""One page of text becomes its parts: furniture is set aside, lines are joined, reports are put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from kg.segment.cues import furniture, is_imprint, is_section, issue_date, newspaper
from kg.segment.join import join_lines
from kg.segment.layout import divide
from kg.segment.leads import leads
from kg.segment.lines import Line, read_lines
from kg.segment.paragraphs import blocks
from kg.segment.scores import Part
from kg.segment.units import Unit, read_units
from kg.segment.weights import weights

_HEADER_LINES = 8  # how far from the top or the end a page's header is looked for
_HEADER_WIDTH = 20  # characters: what a header line is at most, unless it is a date's
_KICKER = re.compile(r".{2,10}[省市县区镇乡村州盟旗]|.{2,12}[：:]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A report as cut from a page. `lines` are the numbers (from 0) of the page's lines that it is made of."""

    title: str
    kicker: str
    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds: its pieces in order, and what its header says (`date` is ISO)."""

    pieces: tuple[Piece, ...]
    date: str | None
    newspaper: str | None


def cut_page(page: str) -> Page:
    """The reports of a page of plain text.

    Every line is in one piece at most; those in none are furniture: header, page numbers, editors, jump lines, column
    titles. A page without any sentence gives no piece.
    """
    figures = weights()
    lines = read_lines(page)
    header = _header(lines)
    texts = [line.text for line in header]
    date = issue_date(texts)
    body = _without(lines, header)
    units = read_units(body, blocks(body, figures))
    parts = divide(units, figures)
    apart = leads(units, parts)
    pieces = [
        _piece(body, units, part, [unit for unit, owner in apart.items() if owner == number])
        for number, part in enumerate(parts)
    ]
    used = {index for part in parts for index in (*range(*part.title), *range(*part.body))} | set(apart)
    for index, unit in enumerate(units):
        if index not in used and not unit.headline:
            pieces.append(_piece(body, units, Part((index, index), (index, index + 1)), []))
    return Page(tuple(pieces), date[0] if date else None, newspaper(texts))


def _header(lines: Sequence[Line]) -> list[Line]:
    """The lines that are furniture.

    These are known shapes anywhere, short lines above that which bears the date, and column
    titles right below it.
    """
    found = [line for line in lines if furniture(line.text)]
    top = [line.text for line in lines[:_HEADER_LINES]]
    date = issue_date(top)
    if date is not None and not is_imprint(top[date[1]]):
        above = lines[: date[1]]
        found += [
            line for line in above if line.width <= _HEADER_WIDTH and not line.ended and line not in found
        ]
        below = takewhile(lambda line: is_section(line.text) or line in found, lines[date[1] + 1 :])
        found += [line for line in below if line not in found]
    return sorted(found, key=lambda line: line.number)


def _without(lines: Sequence[Line], header: Sequence[Line]) -> list[Line]:
    """The lines but those of the header; what follows one has at least one blank line before it."""
    numbers = {line.number for line in header}
    kept: list[Line] = []
    removed = 0
    for line in lines:
        if line.number in numbers:
            removed = max(removed, line.gap, 1)
            continue
        kept.append(line._replace(gap=max(line.gap, removed)) if removed else line)
        removed = 0
    return kept


def _piece(lines: Sequence[Line], units: Sequence[Unit], part: Part, apart: Sequence[int]) -> Piece:
    heading = [units[index] for index in range(*part.title)]
    title = [unit.text for unit in heading if not unit.credit]
    signed = [unit.text for unit in heading if unit.credit]
    paragraphs = [units[index].text for index in apart]
    after = part.title[0] >= part.body[1]
    paragraphs += signed if signed and not after else []
    paragraphs += _body(units[slice(*part.body)])
    paragraphs += signed if after else []
    members = [*heading, *(units[index] for index in apart), *units[slice(*part.body)]]
    numbers = [
        lines[index].number for unit in members for index in range(unit.block.first, unit.block.last + 1)
    ]
    kicker = title[0] if len(title) > 1 and _KICKER.fullmatch(title[0]) else ""
    return Piece(join_lines(title), kicker.rstrip("：:"), "\n".join(paragraphs), tuple(sorted(numbers)))


def _body(units: Sequence[Unit]) -> list[str]:
    """The paragraphs; lines of one subheading are put together."""
    paragraphs: list[str] = []
    last: Unit | None = None
    for unit in units:
        same = (
            last is not None
            and last.headline
            and unit.headline
            and not (unit.gap or unit.mark or unit.credit or last.credit)
        )
        if same:
            paragraphs[-1] = join_lines([paragraphs[-1], unit.text])
        else:
            paragraphs.append(unit.text)
        last = unit
    return paragraphs
