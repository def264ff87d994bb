"""What the division of a page needs to know of each paragraph and headline line."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from kg.segment.bylines import credit_line, name_line
from kg.segment.cues import begins_with, is_section
from kg.segment.join import join_lines
from kg.segment.lines import Line
from kg.segment.paragraphs import Block, flowed_page

_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_DATELINE = re.compile(
    r"本报\s*[（(]|[（(][^（）()]{0,12}记者[^（）()]{2,30}[）)]"
    r"|[^，。；：！？“”（）()\n]{0,20}?(?:讯|电)(?:\s*[（(]|[\s\d]|记者)"
    r"|(?:本报|本刊|本台|本网)[^，。；：！？“”（）()\n]{0,16}?(?:讯|电)"
)
_LAST_BRACKET = re.compile(r"[（(][^（）()]{2,60}[）)]$")
_WIDER = 1.6  # a column so many times wider than the page's usual one is one for leads set apart


class Unit(NamedTuple):
    """A paragraph or headline line. `width`: of its widest line; `first_width`, `last_width`: of the columns it begins and ends in.

    `pairs` are its pairs of neighbouring Han characters. `credit`: it is nothing but a byline; `closes`: it ends with
    one; `dateline`: it opens with 本报讯 or the like; `wide`: it stands in a much wider column than the rest.
    """

    block: Block
    text: str
    headline: bool
    gap: int
    inset: bool
    lines: int
    width: float
    first_width: float
    last_width: float
    pairs: frozenset[str]
    wide: bool
    credit: bool
    closes: bool
    dateline: bool
    mark: bool
    section: bool
    goes_on: bool
    opens: bool


def read_units(lines: list[Line], blocks: list[Block]) -> list[Unit]:
    """One unit a block, in order."""
    usual = math.inf if flowed_page(lines) else _usual_width(lines)
    texts = [join_lines(line.text for line in lines[block.first : block.last + 1]) for block in blocks]
    pairs = [han_pairs(text) for text in texts]
    units: list[Unit] = []
    for block, text, found in zip(blocks, texts, pairs, strict=True):
        credit = len(text) <= 80 and bool(credit_line(text))
        if not credit and name_line(text):
            before = texts[len(units) - 1] if units and block.headline and not lines[block.first].gap else ""
            # The page speaks of it, or it goes on with the line before: then what looks like a name is none.
            # Of lines that are alike (the same name beside two headlines) one counts.
            spread = dict(zip(texts, pairs, strict=True))
            elsewhere = any(found & others for other, others in spread.items() if other != text)
            link = before[-1:] + text[:1]
            credit = not (elsewhere or any(link in others for others in spread.values()))
        units.append(
            _unit(lines[block.first : block.last + 1], block, usual, text=text, pairs=found, credit=credit)
        )
    return units


def han_pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring Han characters in `text`."""
    return frozenset([run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)])


def opens_report(text: str) -> bool:
    """Whether the text begins with a dateline (本报讯, 新华社…电)."""
    return _DATELINE.match(text) is not None


def _unit(
    lines: list[Line], block: Block, usual: float, *, text: str, pairs: frozenset[str], credit: bool
) -> Unit:
    first, last = lines[0], lines[-1]
    bracket = None if credit or text[-1] not in ")）" else _LAST_BRACKET.search(text)
    closes = credit or bool(bracket and (credit_line(bracket.group()) or name_line(bracket.group())))
    width = max(line.width for line in lines)
    return Unit(
        block=block,
        text=text,
        headline=block.headline,
        gap=first.gap,
        inset=first.inset,
        lines=len(lines),
        width=width,
        first_width=first.column,
        last_width=last.column,
        pairs=pairs,
        wide=width > _WIDER * usual and not block.headline,
        credit=credit,
        closes=closes,
        dateline=not (block.headline or credit) and _DATELINE.match(text) is not None,
        mark=first.mark,
        section=block.headline and is_section(text),
        goes_on=begins_with(text, "goes_on"),
        opens=begins_with(text, "opens"),
    )


def _usual_width(lines: list[Line]) -> float:
    """The column width in which the middle character of the page stands, all lines sorted by it."""
    half = sum(line.width for line in lines) / 2
    for line in sorted(lines, key=lambda line: line.column):
        half -= line.width
        if half <= 0:
            return line.column
    return 0.0
