"""Review: claims out to be checked, verdicts back in, always on top of what was extracted.

A file of corrections is CSV, as `kg review` and the page's review export write it: one row an item.

| verdict | item | other | does |
|---|---|---|---|
| accept | a claim's IRI | | the claim is asserted, confidence 1 |
| reject | a claim's IRI | | the claim is a candidate, confidence 0 |
| same, different | an entity's IRI | another's | merges the two, or keeps them apart |

Rows without a verdict are passed over. `by` and `when` say who decided and on which day; both stand in the graph with the
claim. IRIs are computed from content, so corrections survive a rebuild; one whose claim is no longer found is told.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from kg.canonical import Corpus, Judgement
from kg.errors import DataError, UsageError
from kg.model import Claim

COLUMNS = (
    "item", "other", "verdict", "by", "when", "note",
    "subject", "predicate", "object", "status", "confidence", "sentence", "report",
)  # fmt: skip
"""Columns of a review file; those after `note` are for the reader and not read back."""
_VERDICTS = ("accept", "reject", "same", "different")


@dataclass(frozen=True, slots=True)
class Correction:
    """One verdict: on a claim (`accept`, `reject`) or a pair of entities (`same`, `different`)."""

    item: str
    verdict: str
    other: str = ""
    by: str = ""
    when: str = ""
    note: str = ""


def read_corrections(path: Path) -> list[Correction]:
    """The verdicts of a file. Raises UsageError when it cannot be read, DataError with the line of every bad row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"cannot be read ({error})", where=str(path)) from error
    found: dict[tuple[str, str], Correction] = {}
    problems: list[str] = []
    for number, row in enumerate(rows, start=2):
        cells = {
            key: (row.get(key) or "").strip() for key in ("item", "other", "verdict", "by", "when", "note")
        }
        if not cells["verdict"]:
            continue
        pair = cells["verdict"] in ("same", "different")
        if cells["verdict"] not in _VERDICTS:
            problems.append(
                f"{path}:{number}: verdict {cells['verdict']!r}, expected one of {' '.join(_VERDICTS)}"
            )
        elif not cells["item"] or pair != bool(cells["other"]):
            needs = "an item and an other" if pair else "an item and no other"
            problems.append(f"{path}:{number}: {cells['verdict']} needs {needs}")
        elif (
            found.setdefault((cells["item"], cells["other"]), Correction(**cells)).verdict != cells["verdict"]
        ):
            problems.append(f"{path}:{number}: a second, other verdict on {cells['item']}")
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
            _told(item),
            "person",
        )
        for item in corrections
        if item.other
    ]


def apply(corpus: Corpus, corrections: Sequence[Correction]) -> tuple[Corpus, list[Correction]]:
    """The corpus with the verdicts on claims in force, and the corrections whose claim or entity is not in it."""
    verdicts = {item.item: item for item in corrections if not item.other}
    known = {row.iri for row in corpus.claims}
    entities = set(corpus.things) | {source for thing in corpus.things.values() for source in thing.sources}
    stale = [
        item
        for item in corrections
        if (not {item.item, item.other} <= entities if item.other else item.item not in known)
    ]
    changed: dict[int, Claim] = {}
    rows = []
    for row in corpus.claims:
        if row.iri in verdicts:
            row = replace(
                row, claim=changed.setdefault(id(row.claim), _decided(row.claim, verdicts[row.iri]))
            )
        rows.append(row)
    reports = tuple(
        replace(
            entry,
            extraction=replace(
                entry.extraction,
                claims=tuple(changed.get(id(claim), claim) for claim in entry.extraction.claims),
            ),
        )
        for entry in corpus.reports
    )
    return replace(corpus, claims=tuple(rows), reports=reports), stale


def write_review(rows: Sequence[Mapping[str, str]], stream: IO[str]) -> None:
    """Claims to check as CSV, a verdict column open. Cells that a spreadsheet would run as formulas are disarmed."""
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n", extrasaction="ignore", restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {key: f"'{value}" if value[:1] in "=+-@\t\r" and value else value for key, value in row.items()}
        )


def _decided(claim: Claim, correction: Correction) -> Claim:
    accepted = correction.verdict == "accept"
    return replace(
        claim,
        status="asserted" if accepted else "candidate",
        confidence=1.0 if accepted else 0.0,
        qualifiers={**claim.qualifiers, "reviewed": _told(correction)},
    )


def _told(correction: Correction) -> str:
    parts = [correction.verdict]
    if correction.by:
        parts.append(f"by {correction.by}")
    if correction.when:
        parts.append(f"on {correction.when}")
    return " ".join(parts) + (f": {correction.note}" if correction.note else "")
