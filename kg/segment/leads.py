"""Leads set apart: paragraphs in a wider column are given to the report whose wording they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.segment.scores import Part
from kg.segment.units import Unit

_LEAST = 0.08
"""Below this share of common rare pairs a paragraph belongs to no report of the page."""
_NO_LEAD = 0.3  # a report without a lead of its own is more likely to miss one
_TWO_DATELINES = -1.0
_TAKEN = -0.3  # a report seldom has two leads


def leads(units: Sequence[Unit], parts: Sequence[Part]) -> Mapping[int, int]:
    """For each unit set apart, the index of the part it leads; units that fit none are not in the mapping."""
    taken = {index for part in parts for index in (*range(*part.title), *range(*part.body))}
    wording = [
        frozenset().union(*(units[index].pairs for index in (*range(*part.title), *range(*part.body))))
        for part in parts
    ]
    spread = Counter(pair for pairs in wording for pair in pairs)
    found: dict[int, int] = {}
    for index, unit in enumerate(units):
        if index in taken or unit.headline or not unit.wide or not parts:
            continue
        known = {pair: 1.0 / spread[pair] ** 2 for pair in unit.pairs if pair in spread}
        total = sum(known.values()) or 1.0
        scores = [sum(weight for pair, weight in known.items() if pair in pairs) / total for pairs in wording]
        best, choice = _LEAST, None
        for number, part in enumerate(parts):
            if scores[number] < _LEAST:
                continue
            value = scores[number] + _room(units[part.body[0]], unit)
            value += _TAKEN if number in found.values() and found.get(index - 1) != number else 0.0
            if value > best:
                best, choice = value, number
        if choice is not None:
            found[index] = choice
    return found


def _room(first: Unit, lead: Unit) -> float:
    if first.dateline and lead.dateline:
        return _TWO_DATELINES
    return (
        0.0
        if first.dateline or first.opens
        else _NO_LEAD
        if first.headline or first.goes_on
        else _NO_LEAD / 2
    )
