"""What each report that a page may be divided into scores: sums along the page, looked up by where a report begins and ends.

Which sign speaks for what stands in `data/segmentation/weights.yml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from math import inf

from kg.segment.units import Unit, han_pairs
from kg.segment.weights import Weights

_LONGEST = (
    60  # units: no report has more where a page has several; a longer run is cut only by stronger signs
)
_TITLE_LINES = 6
_PLACE = re.compile(r"[\u4e00-\u9fff]{2}(?:省|市|县|区|州|旗|镇|街道|村)|：")
_NEVER = -1000.0
_SHORT = 70  # characters: a body below this is seldom a report

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A report as half-open ranges of units, one beside the other; `title` may be empty."""

    title: Span
    body: Span

    @property
    def start(self) -> int:
        """Index of its first unit."""
        return min(self.title[0], self.body[0])


class Scores:
    """What every report that the division may choose scores: sums that grow along the page, looked up by its ends."""

    def __init__(self, units: Sequence[Unit], weights: Weights) -> None:
        self.units, self.weights = units, weights
        self.apart = any(unit.wide for unit in units)
        self.parallel = _parallel(units)
        self.frequency = Counter(chain.from_iterable(unit.pairs for unit in units))
        spans = [(begin, end, self._wording(begin, end)) for begin, end in self._title_spans()]
        named = frozenset[str]().union(*(pairs for _, _, pairs in spans))
        self.places: dict[str, list[int]] = {}  # of each pair of a headline: the paragraphs that hold it
        self.characters = [0]
        for index, unit in enumerate(units):
            self.characters.append(self.characters[-1] + (0 if unit.headline else len(unit.text)))
            if not unit.headline:
                for pair in unit.pairs & named:
                    self.places.setdefault(pair, []).append(index)
        self.narrow = list(accumulate((not (unit.headline or unit.wide) for unit in units), initial=0))
        self.broad = list(accumulate((unit.wide for unit in units), initial=0))
        self.joins = [0.0]
        for index in range(len(units)):
            self.joins.append(self.joins[-1] + (self._join(index) if index else 0.0))
        self.opened = [self._begin(index) - self.joins[index + 1] for index in range(len(units))]
        self.titles_before: list[list[tuple[int, list[float]]]] = [[] for _ in range(len(units) + 1)]
        self.titles_after: list[list[tuple[int, list[float]]]] = [[] for _ in range(len(units) + 1)]
        for begin, end, pairs in spans:
            base = self._title(begin, end)
            if end < len(units):
                self.titles_before[end].append((begin, self._beside(begin, end, base, pairs, after=False)))
            if begin and not (units[begin - 1].headline and not units[begin - 1].credit):
                self.titles_after[end].append((begin, self._beside(begin, end, base, pairs, after=True)))

    def outside(self, index: int) -> float:
        """For a unit that belongs to no report."""
        unit, weights = self.units[index], self.weights
        if not unit.headline:
            return weights.out_wide if unit.wide else weights.out_paragraph
        if unit.section or any(other.wide for other in self.units[max(0, index - 1) : index + 2]):
            return weights.out_section
        return weights.out_headline

    def ending_at(self, end: int, best: list[float]) -> tuple[float, Part | None]:
        """The best report whose last unit is `end - 1`: the score of the division that it closes, and the report.

        `best[i]` is the score of the best division of the first i units. Minus infinity and None where no report can end.
        """
        units, no_title, titles_before = self.units, self.weights.no_title, self.titles_before
        most, title, body = -inf, (0, 0), (0, 0)
        last = end - 1
        while last and units[last].headline and units[last].credit:
            last -= 1
        if not units[last].headline:
            for begin, score in self._bodies(end):
                value = best[begin] + score + no_title
                if value > most:
                    most, title, body = value, (begin, begin), (begin, end)
                for start, scores in titles_before[begin]:
                    value = best[start] + score + scores[end - begin]
                    if value > most:
                        most, title, body = value, (start, begin), (begin, end)
        for middle, scores in self.titles_after[end]:
            for begin, score in self._bodies(middle):
                value = best[begin] + score + scores[middle - begin]
                if value > most:
                    most, title, body = value, (middle, end), (begin, middle)
        return most, Part(title, body) if most > -inf else None

    def _bodies(self, end: int) -> list[tuple[int, float]]:
        """For every body whose last unit is `end - 1`: its first unit, the nearest first, and what it scores."""
        closing = self.weights.end_close if self.units[end - 1].closes else 0.0
        joined, characters, short = closing + self.joins[end], self.characters, self.weights.short
        size, narrow, broad = characters[end], self.narrow[end], self.broad[end]
        found = []
        for begin in range(end - 1, max(0, end - _LONGEST) - 1, -1):
            score = joined + self.opened[begin]
            if size - characters[begin] < _SHORT:
                score += short if size > characters[begin] else _NEVER
            if narrow == self.narrow[begin] and broad - self.broad[begin] == 1:
                score += _NEVER  # a lead set apart is no report
            found.append((begin, score))
        return found

    def _begin(self, index: int) -> float:
        """For unit `index` as the first of a body."""
        unit, weights = self.units[index], self.weights
        score = weights.report
        if unit.credit:
            return score + (weights.begin_credit_bracket if unit.text[0] in "（(" else weights.begin_credit)
        if unit.headline:
            if self.apart:
                score += weights.begin_subhead_apart
            else:
                score += weights.begin_mark if unit.mark else weights.begin_subhead
                score += weights.begin_first_subhead if index == 0 else 0.0
            score += weights.join_parallel * self.parallel[index]
            if unit.inset:
                score += weights.begin_inset
            if unit.gap:
                score += weights.begin_gap
            return score
        if unit.dateline:
            score += weights.begin_dateline
        elif unit.goes_on:
            score += weights.begin_goes_on_apart if self.apart else weights.begin_goes_on
        elif unit.opens:
            score += weights.begin_opens
        if unit.wide:
            score += weights.begin_wide
        return score

    def _join(self, index: int) -> float:
        """For unit `index` and the one before it in the same body."""
        before, unit, weights = self.units[index - 1], self.units[index], self.weights
        score = weights.join_gap_more if unit.gap > 1 else 0.0
        if before.closes and not unit.credit and index > 1 and not before.dateline:
            score += weights.join_after_close
        if unit.headline:
            if unit.credit:
                return score + weights.join_credit
            if before.headline and not unit.gap and not unit.mark:
                return score + weights.join_subhead_line
            score += weights.join_mark if unit.mark else weights.join_subhead
            score += weights.join_parallel * self.parallel[index]
            score += weights.join_covered * self._covers_next(index)
            if unit.section:
                score += weights.join_section
            return score
        if unit.dateline:
            score += weights.join_dateline
        if unit.goes_on:
            score += weights.join_goes_on
        last = next(
            (other for other in reversed(self.units[max(0, index - 6) : index]) if not other.headline), None
        )
        if last is None:
            return score
        if last.wide != unit.wide:
            score += weights.join_wide
        elif min(last.lines, unit.lines) > 1:
            same = abs(last.last_width - unit.first_width) < 2
            score += weights.join_same_width if same else weights.join_new_width
        elif (last.lines == 1 and last.width > unit.first_width + 1.5) or (
            unit.lines == 1 and unit.width > last.last_width + 1.5
        ):
            score += weights.join_new_width
        return score + weights.join_shared * self._shared(index)

    def _covers_next(self, index: int) -> float:
        """The share of a subheading's pairs that the paragraphs under it have: a headline's share is no sign against it."""
        units = self.units
        end = index + 1
        while end < len(units) and _runs_on(units, end):
            end += 1
        pairs = frozenset[str]().union(*(unit.pairs for unit in units[index:end]))
        below: set[str] = set()
        for unit in units[end : end + 4]:
            if unit.headline:
                break
            below |= unit.pairs
        return len(pairs & below) / len(pairs) if pairs else 0.0

    def _shared(self, index: int) -> float:
        """How many rare pairs the three paragraphs before unit `index` share with the two from it on; 0 to 1.5."""
        units = self.units
        before = [other.pairs for other in units[max(0, index - 6) : index] if not other.headline][-3:]
        after = [other.pairs for other in units[index : index + 4] if not other.headline][:2]
        common = frozenset().union(*before) & frozenset().union(*after)
        return min(1.5, sum(1.0 / self.frequency[pair] for pair in common) / 8)

    def _title_spans(self) -> Iterator[Span]:
        units = self.units
        for begin, first in enumerate(units):
            if not first.headline or _runs_on(units, begin):
                continue
            for end in range(begin + 1, min(len(units), begin + _TITLE_LINES) + 1):
                if not units[end - 1].headline:
                    break
                whole = end == len(units) or not _runs_on(units, end)
                if whole and not all(unit.credit for unit in units[begin:end]):
                    yield begin, end

    def _heading(self, begin: int, end: int) -> str:
        return "".join(unit.text for unit in self.units[begin:end] if not unit.credit)

    def _wording(self, begin: int, end: int) -> list[str]:
        """The pairs of a headline's characters, sorted: sums of floats must not depend on the order of a set."""
        return sorted(han_pairs(self._heading(begin, end)))

    def _title(self, begin: int, end: int) -> float:
        """For units `begin` to `end` as a headline, wherever its body stands."""
        units, weights = self.units, self.weights
        lines = [unit for unit in units[begin:end] if not unit.credit]
        base = (end - begin - len(lines)) * weights.title_credit
        base += weights.title_gap_before if units[begin].gap or begin == 0 else weights.title_no_gap_before
        base += weights.title_gap_after if end == len(units) or units[end].gap else weights.title_no_gap_after
        base += sum(
            weights.title_gap_inside for unit in units[begin + 1 : end] if unit.gap and not unit.credit
        )
        base += sum(
            weights.title_inset_inside
            for one, other in pairwise(units[begin:end])
            if other.inset and not one.inset
        )
        base += sum(weights.title_mark for unit in lines if unit.mark)
        base += sum(weights.title_section for unit in lines if unit.section)
        text = self._heading(begin, end)
        if len(text) < 8:
            base += weights.title_short
        base += weights.title_parallel * self.parallel[begin]
        if _PLACE.search(text):
            base += weights.title_place
        return base

    def _beside(self, begin: int, end: int, base: float, pairs: list[str], *, after: bool) -> list[float]:
        """The score of a headline with the wording `pairs` by the other end of the body that it stands beside."""
        units, weights = self.units, self.weights
        base += weights.title_after if after else weights.title_before
        edge = begin if after else end
        covered, apart = self._covered(pairs, edge, after=after)
        # A lead set apart may hold the words, if the body has no lead of its own.
        signed = weights.title_credit_dateline if any(unit.credit for unit in units[begin:end]) else 0.0
        scores: list[float] = []
        for distance, share in enumerate(covered):
            first = min(max(edge - distance, 0) if after else edge, len(units) - 1)
            extra = signed if units[first].dateline else weights.title_covered * apart
            scores.append(base + extra + weights.title_covered * share)
        return scores

    def _covered(self, pairs: list[str], edge: int, *, after: bool) -> tuple[list[float], float]:
        """The share of a headline's pairs that the next 0, 1, 2 … units from `edge` hold, and that which leads apart hold.

        The units before the headline are meant if it stands `after` them. Rare pairs count more; the share of the leads
        is that of pairs found in no other paragraph.
        """
        reach = min(_LONGEST, edge if after else len(self.units) - edge)
        gains = [0.0] * (reach + 1)
        total = apart = 0.0
        for pair in pairs:
            places = self.places.get(pair, ())
            weight = 1.0 / len(places) ** 0.8 if places else 0.25
            total += weight
            if places and all(self.units[place].wide for place in places):
                apart += weight
                continue
            spot = bisect_left(places, edge)
            if after and spot:
                distance = edge - places[spot - 1]
            elif not after and spot < len(places):
                distance = places[spot] - edge + 1
            else:
                continue
            if distance <= reach:
                gains[distance] += weight
        total = total or 1.0
        return [gain / total for gain in accumulate(gains)], apart / total


def _parallel(units: Sequence[Unit]) -> list[float]:
    """For each headline line that opens a run of lines, how much its run is shaped as the one before or after it.

    Subheadings of one report are written in parallel: as many lines, each as long, often the same sign. 1 for the same
    shape on one side, 1.5 on both.
    """
    runs: list[tuple[int, tuple[int, ...]]] = []
    index = 0
    while index < len(units):
        if not units[index].headline or units[index].credit:
            index += 1
            continue
        end = index + 1
        while end < len(units) and _runs_on(units, end):
            end += 1
        runs.append((index, tuple(len(unit.text) for unit in units[index:end])))
        index = end
    alike = [
        len(one) == len(other) and all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))
        for (_, one), (_, other) in pairwise(runs)
    ]
    found = [0.0] * len(units)
    for number, (start, _) in enumerate(runs):
        sides = (alike[number - 1] if number else False) + (alike[number] if number < len(alike) else False)
        found[start] = (0.0, 1.0, 1.5)[sides]
    return found


def _runs_on(units: Sequence[Unit], index: int) -> bool:
    """Whether headline line `index` follows the one before it at once, as lines of one headline do."""
    before, unit = units[index - 1], units[index]
    return (index > 0 and before.headline and unit.headline) and not (
        unit.gap or unit.mark or unit.credit or before.credit or (unit.inset and not before.inset)
    )
