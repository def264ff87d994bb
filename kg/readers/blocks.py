"""Placed characters become text: lines, blocks of lines, and the order in which a reader takes the blocks."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple


class Glyph(NamedTuple):
    """A character on a page: left and right edge, baseline (y grows upwards) and size, all in points."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(slots=True)
class Row:
    """Characters of one line of one column, from left to right."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(slots=True)
class Block:
    """Rows of one size one under the other: a headline, or a piece of a column."""

    rows: list[Row]

    @property
    def left(self) -> float:
        """Left edge."""
        return min(row.left for row in self.rows)

    @property
    def right(self) -> float:
        """Right edge."""
        return max(row.right for row in self.rows)

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.rows[0].base + 0.85 * self.rows[0].size

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.rows[-1].base - 0.15 * self.rows[-1].size


_SAME_LINE = 0.4  # of the size: how much baselines of one line may differ
_COLUMN_GAP = 1.4  # of the size: white space that parts two columns
_EDGE_GAP = 0.6  # … where a column is known to begin
_EDGE_ROWS = 3  # rows that begin at one place make it the edge of a column
_SPACE = 0.28  # of the size: a space between two characters
_HEADLINE = 1.25  # times the usual size: a headline
_LEADING = 2.1  # of the size: the furthest that lines of one block stand apart
_SAME_SIZE = 1.15  # sizes in one block differ by less than this factor
_INDENT = 1.2  # of the size: a line that begins so much further right opens a paragraph


def page_text(glyphs: Sequence[Glyph]) -> str:
    """The page's text in reading order: a line for each line, a blank line between blocks, indents as U+3000."""
    rows = _rows(glyphs)
    ordered = list(_order(_blocks(rows)))
    return "\n\n".join("\n".join(_lines(block)) for block in ordered)


def _rows(glyphs: Sequence[Glyph]) -> list[Row]:
    """Rows as wide white space parts them; where columns stand closer, also where many other rows begin."""
    bands = [sorted(band, key=lambda item: item.left) for band in _bands(glyphs)]
    wide = [row for band in bands for row in _cut(band, frozenset())]
    starts = Counter(round(row.left) for row in wide)
    edges = frozenset(
        edge for edge in starts if starts[edge - 1] + starts[edge] + starts[edge + 1] >= _EDGE_ROWS
    )
    return [row for band in bands for row in _cut(band, edges)]


def _cut(band: Sequence[Glyph], edges: frozenset[int]) -> Iterator[Row]:
    """The rows of a band, cut at wide white space and, where there is some, at `edges`, where columns begin."""
    row: list[Glyph] = []
    for glyph in band:
        if row:
            gap = (glyph.left - row[-1].right) / max(row[-1].size, glyph.size)
            edge = gap > _EDGE_GAP and round(glyph.left) in edges
            if gap > _COLUMN_GAP or edge or not _alike(row[-1].size, glyph.size):
                yield _row(row)
                row = []
        row.append(glyph)
    if row:
        yield _row(row)


def _row(glyphs: Sequence[Glyph]) -> Row:
    """The row, with a space where white space stands between two characters, unless it stands between most of them."""
    size = glyphs[0].size
    gaps = [(other.left - one.right) / size for one, other in pairwise(glyphs)]
    spaced = sum(gap > _SPACE for gap in gaps)
    if 2 * spaced > len(gaps):
        gaps = []
    parts = [glyphs[0].text]
    for number, glyph in enumerate(glyphs[1:]):
        parts += [" ", glyph.text] if gaps and gaps[number] > _SPACE else [glyph.text]
    return Row("".join(parts), glyphs[0].left, glyphs[-1].right, glyphs[0].base, size)


def _bands(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The glyphs by baseline and size, from the top of the page down."""
    band: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda item: (-item.base, item.left)):
        if band and band[0].base - glyph.base > _SAME_LINE * min(band[0].size, glyph.size):
            yield band
            band = []
        band.append(glyph)
    if band:
        yield band


def _blocks(rows: Sequence[Row]) -> list[Block]:
    """Rows put under the block whose last row stands right above them."""
    blocks: list[Block] = []
    for row in sorted(rows, key=lambda item: (-item.base, item.left)):
        above = [block for block in blocks if _follows(block, row)]
        if above:
            max(above, key=lambda block: _overlap(block.rows[-1], row)).rows.append(row)
        else:
            blocks.append(Block([row]))
    return blocks


def _follows(block: Block, row: Row) -> bool:
    last = block.rows[-1]
    distance = last.base - row.base
    if not 0 < distance <= _LEADING * row.size or not _alike(last.size, row.size):
        return False
    if len(block.rows) > 1 and distance > 1.5 * (block.rows[-2].base - last.base):
        return False
    return _overlap(last, row) > 0 or (_overlap_block(block, row) > 0)


def _overlap(one: Row, other: Row) -> float:
    return min(one.right, other.right) - max(one.left, other.left)


def _overlap_block(block: Block, row: Row) -> float:
    return min(block.right, row.right) - max(block.left, row.left)


def _alike(one: float, other: float) -> bool:
    return max(one, other) <= _SAME_SIZE * min(one, other)


def _order(blocks: list[Block]) -> Iterator[Block]:
    """The blocks in reading order, by cutting along the widest white strip: from top to bottom, or from left to right.

    A strip across is weighed against one down by their widths in units of what parts lines and columns usually; one that
    would cut several headlines beside each other off from what stands under them is not taken.
    """
    if len(blocks) <= 1:
        yield from blocks
        return
    across = _widest([(-block.top, -block.bottom) for block in blocks])
    down = _widest([(block.left, block.right) for block in blocks])
    if across is None and down is None:
        yield from sorted(blocks, key=lambda block: (-block.top, block.left))
        return
    size = statistics.median(row.size for block in blocks for row in block.rows)
    if across is not None and down is not None:
        upper = [block for block in blocks if -block.top < across[1]]
        beside = len(upper) > 1 and all(block.rows[0].size > _HEADLINE * size for block in upper)
        if beside or across[0] / (0.4 * size) < down[0] / (0.5 * size):
            across = None
    if across is not None:
        first = [block for block in blocks if -block.top < across[1]]
    else:
        assert down is not None
        first = [block for block in blocks if block.left < down[1]]
    rest = [block for block in blocks if block not in first]
    yield from _order(first)
    yield from _order(rest)


def _widest(spans: list[tuple[float, float]]) -> tuple[float, float] | None:
    """Width and middle of the widest strip that no span reaches into."""
    best: tuple[float, float] | None = None
    reach = None
    for start, end in sorted(spans):
        if reach is not None and start > reach and (best is None or start - reach > best[0]):
            best = start - reach, (start + reach) / 2
        reach = end if reach is None else max(reach, end)
    return best


def _lines(block: Block) -> Iterator[str]:
    for row in block.rows:
        indented = row.left - block.left > _INDENT * row.size and len(block.rows) > 1
        yield ("\u3000\u3000" if indented else "") + row.text
