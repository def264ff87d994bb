"""Whether words of the language cross the bounds of a name: 文明|村镇 is no 明村镇, 新|乡贤 no 新乡.

A table of ordinary words with their costs (`kg/data/places/words.tsv`, compiled from a frequency dictionary) is searched
for the cheapest cut of a few characters around a name; the name competes in it as one more word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError

LONGEST = 4  # characters of the longest word in the table
_NUMERALS = frozenset("0123456789０１２３４５６７８９〇零一二两三四五六七八九十百千万亿几数多")
_MEASURES = frozenset("项个名支条座所户场届批台门口头元双城镇乡县")
_MEASURE_COST = 9.0  # as a word of about 1 in 8000


@dataclass(frozen=True, slots=True)
class Edge:
    """A name as a word of the cut: half-open offsets and its cost."""

    start: int
    end: int
    cost: float


class WordTable:
    """Costs of words (natural logarithm of 1/probability)."""

    def __init__(self, lines: Iterable[str], *, where: str = "words") -> None:
        self._costs: dict[str, float] = {}
        for number, line in enumerate(lines, start=1):
            if line.startswith(("#", "cost\t")):
                continue
            cost, tab, words = line.rstrip("\n").partition("\t")
            if not tab or not cost.isdecimal():
                raise DataError(
                    "not a row of the word table", where=f"{where}:{number}", hint="Build it again."
                )
            self._costs.update(dict.fromkeys(words.split(" "), int(cost) / 4))
        self._pairs = {word[at : at + 2] for word in self._costs for at in range(len(word) - 1)}
        self._unknown = max(self._costs.values(), default=0.0) + 2.0

    def __contains__(self, word: str) -> bool:
        return word in self._costs

    def cost(self, word: str) -> float | None:
        """The cost of a word of the table."""
        return self._costs.get(word)

    def crosses(self, text: str, at: int) -> bool:
        """Whether some word of two to four characters stands over the offset `at`, or a number with its measure."""
        if text[at - 1 : at + 1] not in self._pairs:  # nearly always; spares the search below
            return self._measured(text, at - 1)
        costs = self._costs
        low = at - LONGEST + 1 if at >= LONGEST else 0
        for start in range(low, at):
            for end in range(at + 1, start + LONGEST + 1):
                if text[start:end] in costs:
                    return True
        return self._measured(text, at - 1)

    def cut(self, text: str, start: int, end: int, names: Sequence[Edge]) -> list[tuple[int, int]]:
        """The cheapest cut of `text[start:end]` into words of the table, `names`, and single characters."""
        size = end - start
        best = [0.0] + [float("inf")] * size
        back = [0] * (size + 1)
        edges: dict[int, list[Edge]] = {}
        for edge in names:
            edges.setdefault(edge.start - start, []).append(edge)
        for here in range(size):
            base = best[here]
            for there in range(here + 1, min(size, here + LONGEST) + 1):
                cost = self._costs.get(text[start + here : start + there])
                if cost is None:
                    if there > here + 1:
                        continue
                    cost = self._unknown
                if base + cost < best[there]:
                    best[there], back[there] = base + cost, here
            for edge in edges.get(here, ()):
                there = edge.end - start
                if base + edge.cost < best[there]:
                    best[there], back[there] = base + edge.cost, here
            if (
                here + 2 <= size
                and self._measured(text, start + here)
                and base + _MEASURE_COST < best[here + 2]
            ):
                best[here + 2], back[here + 2] = base + _MEASURE_COST, here
        words = []
        while size:
            words.append((start + back[size], start + size))
            size = back[size]
        return words[::-1]

    @staticmethod
    def _measured(text: str, at: int) -> bool:
        return at >= 0 and text[at] in _NUMERALS and at + 1 < len(text) and text[at + 1] in _MEASURES


def read_words(path: Path) -> WordTable:
    """The table in a file. Raises DataError when it is missing or damaged."""
    try:
        with path.open(encoding="utf-8") as lines:
            return WordTable(lines, where=str(path))
    except FileNotFoundError:
        raise DataError("data file is missing", where=str(path), hint="Reinstall the package.") from None
