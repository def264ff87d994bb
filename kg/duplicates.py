"""The same report printed twice: reprints, a page and its web version, a cut version in another paper.

Candidates come from MinHash signatures (rensa, MIT), so that the work grows with the number of reports and not with its
square; each is then decided by the exact share of common wording. Reports made from one template for two counties
share much and are not the same: hence the high thresholds, and the figures and names that must agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.model import Report, Reprint
from kg.normalize import matching_form

WHOLE = 0.8
"""Share of the wording of both together that two printings of one report have in common."""
PART = 0.92
"""Share of the shorter one's wording that a longer version has of it."""
LEAST = 60
"""Characters: shorter texts say too little to be told apart."""

_SIZE = 5  # characters of a shingle
_HASHES, _BANDS = 128, 32
_NOT_WORDING = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]+")
_DATELINE = re.compile(
    r"^[^。，]{0,24}(?:讯|电)\s*(?:[（(][^（）()]{0,40}[）)])?|^本报[（(][^（）()]{0,40}[）)]"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def distinct(reports: Sequence[Report]) -> tuple[list[Report], list[Reprint]]:
    """The reports, in their order, that stand for all printings; and the other printings, each with the one it repeats.

    The longest text stands for a report, of equal ones the earliest; so neither list depends on the order but for its own.
    """
    order = sorted(range(len(reports)), key=lambda number: _earliest(reports[number]))
    stands = list(range(len(reports)))
    first: dict[tuple[str, str, str], int] = {}
    for number in order:
        report = reports[number]
        stands[number] = first.setdefault((report.id, report.title, report.text), number)
    different = list(first.values())
    for group in same_reports([reports[number] for number in different]):
        for member in group[1:]:
            stands[different[member]] = different[group[0]]
    heads = [stands[head] for head in stands]  # a copy follows what it is a copy of
    kept = [report for number, report in enumerate(reports) if heads[number] == number]
    others = [
        Reprint(report, reports[heads[number]])
        for number, report in enumerate(reports)
        if heads[number] != number
    ]
    return kept, others


def same_reports(reports: Sequence[Report]) -> list[tuple[int, ...]]:
    """Groups of indexes into `reports` of printings of one report, each group and the list in order of first index.

    The first of a group is its longest text, the earliest of these; reports printed once are in no group. The outcome
    does not depend on the order of the reports, but for ties.
    """
    from rensa import RMinHash, RMinHashLSH

    @lru_cache(maxsize=64)  # the wording of all reports at once would take a hundred times their text
    def wording(number: int) -> frozenset[str]:
        return _shingles(reports[number])

    index = RMinHashLSH(threshold=0.35, num_perm=_HASHES, num_bands=_BANDS)
    owner = list(range(len(reports)))

    def root(number: int) -> int:
        while owner[number] != number:
            owner[number] = owner[owner[number]]
            number = owner[number]
        return number

    numbers: dict[int, frozenset[str]] = {}
    signatures: dict[int, RMinHash] = {}
    sizes: dict[int, int] = {}
    for number in range(len(reports)):
        shingles = wording(number)
        if not shingles:
            continue
        signature = RMinHash(num_perm=_HASHES, seed=1)
        signature.update(sorted(shingles))
        numbers[number] = frozenset(_NUMBER.findall(matching_form(reports[number].text)))
        signatures[number], sizes[number] = signature, len(shingles)
        for other in sorted(index.query(signature)):
            # What is cheap comes first: of a thousand reports made from one template every pair is a candidate.
            if (
                root(other) != root(number)
                and _agree(numbers[other], numbers[number])
                and _near(signatures[other].jaccard(signature), sizes[other], sizes[number])
                and _same(wording(other), shingles)
            ):
                owner[root(number)] = root(other)
        index.insert(number, signature)
    groups: dict[int, list[int]] = {}
    for number in range(len(reports)):
        groups.setdefault(root(number), []).append(number)
    found = [
        tuple(sorted(group, key=lambda number: (-len(reports[number].text), number)))
        for group in groups.values()
        if len(group) > 1
    ]
    return sorted(found, key=min)


def _earliest(report: Report) -> tuple[str, ...]:
    return (
        report.date or "9999",
        report.newspaper or "",
        report.source,
        report.id,
        report.title,
        report.text,
    )


def _shingles(report: Report) -> frozenset[str]:
    text = _NOT_WORDING.sub("", _DATELINE.sub("", matching_form(report.text)))
    if len(text) < LEAST:
        return frozenset()
    return frozenset(text[place : place + _SIZE] for place in range(len(text) - _SIZE + 1))


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the figures of the one that has fewer stand in the other too, one of them or a fifth apart."""
    fewer, more = sorted((one, other), key=len)
    return len(fewer - more) <= max(1, len(fewer) // 5)


def _near(likeness: float, one: int, other: int) -> bool:
    """Whether signatures this alike can be those of printings of one report, from the numbers of their shingles.

    A signature's likeness is off by 0.045 as a rule (one standard deviation); three are allowed for.
    """
    most = likeness + 0.135
    return most >= WHOLE or most * (one + other) / (1 + most) / min(one, other) >= PART


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    common = len(one & other)
    return common / len(one | other) >= WHOLE or common / min(len(one), len(other)) >= PART
