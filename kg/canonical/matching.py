"""Likely doubles: block, score, judge.

Only things that the rules of identity left apart are compared, and only inside a block: same type, a county in common,
and a shared end or beginning of the name. The result is an offer for review (`unsure`), never a merge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from kg.canonical.iri import key_name
from kg.canonical.records import CanonicalReport, Judgement, Thing

MIN_SCORE = 0.6
_BLOCK_LIMIT = 60
_EDGE = 3


def offers(things: Mapping[str, Thing], reports: Sequence[CanonicalReport]) -> list[Judgement]:
    """Pairs of things that may be one, best first within a pair's order; sorted by IRIs.

    Blocks larger than 60 (very common names) are compared by equal names only, so the cost stays near linear.
    """
    counties = _counties(things, reports)
    found: dict[tuple[str, str], Judgement] = {}
    for block in _blocks(things.values(), counties):
        for left, right in _pairs(block):
            if (left.iri, right.iri) not in found:
                judgement = _judge(left, right)
                if judgement is not None:
                    found[left.iri, right.iri] = judgement
    return [found[pair] for pair in sorted(found)]


def _judge(left: Thing, right: Thing) -> Judgement | None:
    if set(left.reports) & set(right.reports):
        return None  # one report that names both tells them apart
    score, why = _score(left, right)
    if score < MIN_SCORE:
        return None
    return Judgement(left.iri, right.iri, "unsure", round(score, 2), why)


def _score(left: Thing, right: Thing) -> tuple[float, str]:
    a, b = sorted((key_name(left.label), key_name(right.label)), key=len)
    area = "a county in common"
    if left.settled and right.settled and left.area and right.area and left.area == right.area:
        area = "the same area"
    if a == b:
        return (0.9 if area == "the same area" else 0.8), f"same name, {area}"
    if len(a) >= 3 and b.endswith(a):
        return 0.75, f"{a} is the end of {b}, {area}"
    if left.type != "PERSON" and len(a) >= 4 and b.startswith(a):
        return 0.65, f"{a} is the beginning of {b}, {area}"
    ratio = fuzz.ratio(a, b) / 100
    if left.type != "PERSON" and ratio >= 0.85 and len(a) >= 6 and _digits(a) == _digits(b):
        return round(0.7 * ratio, 2), f"names alike ({ratio:.2f}), {area}"
    return 0.0, ""


def _digits(name: str) -> str:
    return "".join(char for char in name if char in "0123456789一二三四五六七八九十东南西北上中下")


def _blocks(things: Iterable[Thing], counties: Mapping[str, frozenset[str]]) -> Iterator[list[Thing]]:
    blocks: dict[tuple[str, str, str], list[Thing]] = defaultdict(list)
    for thing in things:
        if thing.type == "PLACE" and thing.code:
            continue  # told apart by code
        key = key_name(thing.label)
        for county in counties.get(thing.iri, frozenset()):
            for edge in {f"^{key[:_EDGE]}", f"{key[-_EDGE:]}$"}:
                blocks[thing.type, county, edge].append(thing)
    for name in sorted(blocks):
        block = sorted(blocks[name], key=lambda thing: thing.iri)
        if len(block) > 1:
            yield block


def _pairs(block: Sequence[Thing]) -> Iterator[tuple[Thing, Thing]]:
    if len(block) <= _BLOCK_LIMIT:
        yield from combinations(block, 2)
        return
    by_name: dict[str, list[Thing]] = defaultdict(list)
    for thing in block:
        by_name[key_name(thing.label)].append(thing)
    for group in by_name.values():
        if len(group) <= _BLOCK_LIMIT:
            yield from combinations(group, 2)


def _counties(things: Mapping[str, Thing], reports: Sequence[CanonicalReport]) -> dict[str, frozenset[str]]:
    """For each thing the county codes it may belong to: its own area's, else those its reports name."""
    named = {
        report.iri: frozenset(
            thing.code[:6]
            for iri in report.iris.values()
            for thing in [things[iri]]
            if thing.code and not thing.code[:6].endswith("00")
        )
        for report in reports
    }
    result: dict[str, frozenset[str]] = {}
    for iri, thing in things.items():
        area = things.get(thing.area or "")
        if area is not None and area.code:
            result[iri] = frozenset({area.code[:6]})
        else:
            result[iri] = frozenset().union(*(named[report] for report in thing.reports))
    return result
