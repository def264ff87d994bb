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
# A number and its measure count as a word: 12项|城市 is no 项城市.
_NUMERALS = "0123456789０１２３４５６７８９〇零一二两三四五六七八九十百千万亿几数多"
_MEASURED = frozenset(
    numeral + measure for numeral in _NUMERALS for measure in "项个名支条座所户场届批台门口头元双城镇乡县"
)
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
        self._pairs = {word[at : at + 2] for word in self._costs for at in range(len(word) - 1)} | _MEASURED
        self._unknown = max(self._costs.values(), default=0.0) + 2.0

    def __contains__(self, word: str) -> bool:
        return word in self._costs

    def crosses(self, text: str, at: int) -> bool:
        """Whether some word of two to four characters stands over the offset `at`, or a number with its measure."""
        pair = text[at - 1 : at + 1]
        if pair not in self._pairs:  # nearly always; spares the search below
            return False
        costs = self._costs
        low = at - LONGEST + 1 if at >= LONGEST else 0
        for start in range(low, at):
            for end in range(at + 1, start + LONGEST + 1):
                if text[start:end] in costs:
                    return True
        return pair in _MEASURED

    def cut(self, text: str, start: int, end: int, names: Sequence[Edge]) -> list[tuple[int, int]]:
        """The cheapest cut of `text[start:end]` into words of the table, `names`, and single characters."""
        size, known = end - start, self._costs
        window = text[start:end]
        best = [0.0] + [float("inf")] * size
        back = [0] * (size + 1)
        edges: dict[int, list[tuple[int, float]]] = {}
        for edge in names:
            edges.setdefault(edge.start - start, []).append((edge.end - start, edge.cost))
        for here in range(size):
            options = edges.get(here, [])
            options.append((here + 1, known.get(window[here], self._unknown)))
            for there in range(here + 2, min(size, here + LONGEST) + 1):
                word = window[here:there]
                if word in known:
                    options.append((there, known[word]))
            if window[here : here + 2] in _MEASURED:
                options.append((here + 2, _MEASURE_COST))
            for there, cost in options:
                if best[here] + cost < best[there]:
                    best[there], back[there] = best[here] + cost, here
        words = []
        while size:
            words.append((start + back[size], start + size))
            size = back[size]
        return words[::-1]


def read_words(path: Path) -> WordTable:
    """The table in a file. Raises DataError when it is missing or damaged."""
    try:
        with path.open(encoding="utf-8") as lines:
            return WordTable(lines, where=str(path))
    except FileNotFoundError:
        raise DataError("data file is missing", where=str(path), hint="Reinstall the package.") from None
