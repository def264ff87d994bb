"""The file of corrections: CSV, as `kg review` and the page's review export write it, one row an item.

| verdict | item | other | does |
|---|---|---|---|
| accept | a claim's IRI | | the claim is asserted, confidence 1 |
| reject | a claim's IRI | | the claim is a candidate, confidence 0 |
| resubject, reobject | a claim's IRI | an entity's IRI | the claim has this subject or object, and is asserted |
| retype | an entity's IRI | a type (`ORG`, `PLACE` …) | the entity is of this type; facts that do not fit it are candidates |
| rename | an entity's IRI | a name | the entity has this full name, its old one beside it |
| same, different | an entity's IRI | another's | merges the two, or keeps them apart |

Rows without a verdict are passed over. `by` and `when` say who decided and on which day; both stand in the graph. IRIs are
computed from content and never change by a correction, so corrections survive a rebuild.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.canonical import Judgement
from kg.errors import DataError, UsageError
from kg.graph.terms import disarmed
from kg.knowledge.ontology import load_ontology
from kg.model import REPORT

_READ = ("item", "other", "verdict", "by", "when", "note")
COLUMNS = (
    *_READ, "subject", "predicate", "object", "status", "confidence", "sentence", "report", "subject_iri", "object_iri",
)  # fmt: skip
"""Columns of a review file; those after `note` are for the reader and not read back."""
_SLOTS = {
    "accept": "status", "reject": "status", "resubject": "subject", "reobject": "object",
    "retype": "type", "rename": "name", "same": "pair", "different": "pair",
}  # fmt: skip
"""What a verdict decides: two rows that decide the same thing of an item must agree."""
_WITH_OTHER = {
    "resubject": "an entity's IRI", "reobject": "an entity's IRI", "retype": "a type", "rename": "a name",
    "same": "an other", "different": "an other",
}  # fmt: skip
_SLASHES = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Correction:
    """One verdict; `when` is an ISO date or time, or empty."""

    item: str
    verdict: str
    other: str = ""
    by: str = ""
    when: str = ""
    note: str = ""

    @property
    def of_pair(self) -> bool:
        """Whether it judges a pair of entities."""
        return _SLOTS[self.verdict] == "pair"


def read_corrections(path: Path) -> list[Correction]:
    """The verdicts of a file. Raises UsageError when it cannot be read, DataError with the line of every bad row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"cannot be read ({error})", where=str(path)) from error
    found: dict[tuple[str, ...], Correction] = {}
    problems: list[str] = []
    for number, row in enumerate(rows, start=2):
        cells = {key: (row.get(key) or "").strip() for key in _READ}
        if not cells["verdict"]:
            continue
        cells["when"] = _SLASHES.sub(_iso, cells["when"])  # spreadsheets rewrite dates so
        problem = _problem(cells)
        if problem is None:
            given = Correction(**cells)
            key = (given.item, _SLOTS[given.verdict], given.other if given.of_pair else "")
            first = found.setdefault(key, given)
            if (first.verdict, first.other) != (given.verdict, given.other):
                problem = f"a second, other verdict on {given.item}"
        if problem is not None:
            problems.append(f"{path}:{number}: {problem}")
    if problems:
        raise DataError("; ".join(problems), hint="Mend the file of corrections.")
    return list(found.values())


def judgements(corrections: Sequence[Correction]) -> list[Judgement]:
    """The corrections that merge entities or keep them apart."""
    return [
        Judgement(
            item.item,
            item.other,
            "same" if item.verdict == "same" else "different",
            1.0,
            item.note or f"reviewed: {item.verdict}",
            "person",
            item.by,
            item.when,
        )
        for item in corrections
        if item.of_pair
    ]


def write_review(rows: Sequence[Mapping[str, str]], stream: IO[str]) -> None:
    """Claims to check as CSV, a verdict column open. Cells that a spreadsheet would run as formulas are disarmed."""
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n", extrasaction="ignore", restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: disarmed(value) for key, value in row.items()})


def _problem(cells: Mapping[str, str]) -> str | None:
    verdict, other = cells["verdict"], cells["other"]
    if verdict not in _SLOTS:
        return f"verdict {verdict!r}, expected one of {' '.join(_SLOTS)}"
    if not cells["item"] or (verdict in _WITH_OTHER) != bool(other):
        return f"{verdict} needs an item and {_WITH_OTHER.get(verdict, 'no other')}"
    types = sorted(set(load_ontology().types) - {REPORT.upper()})
    if verdict == "retype" and other not in types:
        return f"type {other!r}, expected one of {' '.join(types)}"
    try:
        dt.datetime.fromisoformat(cells["when"] or "2000-01-01")
    except ValueError:
        return f"when {cells['when']!r}, expected a date such as 2024-05-01"
    return None


def _iso(match: re.Match[str]) -> str:
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
