"""Annotated reports: reading them, and setting their entities into a Doc so that relations can be measured alone."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.doc import Occurrence, full_text, make_doc, to_mention
from kg.errors import InputError
from kg.model import Entity, Report
from kg.normalize import matching_form

_AREA = re.compile(r"[县市区旗州盟]$")

Ids = Literal["all", "odd", "even"]


def read_gold(path: str | Path, *, ids: Ids = "all") -> list[dict[str, Any]]:
    """The annotated reports of a JSON Lines file; `ids` keeps those whose id ends in an odd or even number.

    Raises InputError with file and line for anything that is not an annotated report.
    """
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read ({error})", where=str(path)) from error
    rows = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            row = _parse(line, f"{path}:{number}")
            if ids == "all" or _is_odd(row["id"]) == (ids == "odd"):
                rows.append(row)
    return rows


def to_report(row: dict[str, Any]) -> Report:
    """The report of an annotated row (its bylines are for the program to find)."""
    return Report(
        id=row["id"],
        source=row.get("source") or "",
        text=row["text"],
        title=row.get("title") or "",
        date=row.get("date"),
    )


def gold_doc(row: dict[str, Any], vocab: Vocab | None = None) -> Doc:
    """A Doc with the row's entities and their occurrences, as the stages before relations would leave it.

    Every occurrence of a mention form is taken, the longest form first; a form inside a longer one counts only for an
    entity that occurs nowhere else. The main area is the area that the report's other entities point to most.
    """
    report = to_report(row)
    form = matching_form(full_text(report))
    doc = make_doc(vocab or Vocab(), report, form)
    occurrences = tuple(
        sorted(_occurrences(row, form), key=lambda item: (item.start, -item.end, item.entity))
    )
    by_entity: dict[str, list[Occurrence]] = {}
    for item in occurrences:
        by_entity.setdefault(item.entity, []).append(item)
    doc._.occurrences = occurrences
    doc._.main_area = _main_area(row, occurrences)
    doc._.entities = tuple(
        Entity(
            id=entity["id"],
            type=entity["type"],
            name=entity["name"],
            mentions=tuple(to_mention(doc, o.start, o.end) for o in by_entity.get(entity["id"], [])),
            rule="gold",
        )
        for entity in row["entities"]
    )
    return doc


def _main_area(row: dict[str, Any], occurrences: tuple[Occurrence, ...]) -> str | None:
    """The area whose name begins most other entities' names; of equals the one that is named most, then first."""
    areas = [e for e in row["entities"] if e["type"] == "PLACE" and _AREA.search(e["name"])]
    if not areas:
        return None
    counts = Counter(item.entity for item in occurrences)
    first = {item.entity: -item.start for item in reversed(occurrences)}

    def rank(area: dict[str, Any]) -> tuple[int, int, int]:
        begun = sum(e["name"].startswith(area["name"]) for e in row["entities"] if e is not area)
        return 2 * begun + counts[area["id"]], counts[area["id"]], first.get(area["id"], 0)

    return str(max(areas, key=rank)["id"])


def _occurrences(row: dict[str, Any], text: str) -> Iterator[Occurrence]:
    forms = sorted(
        {
            (matching_form(form), entity["id"])
            for entity in row["entities"]
            for form in [entity["name"], *entity["mentions"]]
            if form
        },
        key=lambda pair: (-len(pair[0]), pair),
    )
    taken = bytearray(len(text))
    placed: set[str] = set()
    nested: list[Occurrence] = []
    for form, entity in forms:
        for start in _find(text, form):
            end = start + len(form)
            if any(taken[start:end]):
                nested.append(Occurrence(start, end, entity))
            else:
                taken[start:end] = b"\x01" * len(form)
                placed.add(entity)
                yield Occurrence(start, end, entity)
    yield from (item for item in nested if item.entity not in placed)


def _find(text: str, form: str) -> Iterator[int]:
    start = text.find(form)
    while start >= 0:
        yield start
        start = text.find(form, start + len(form))


def _parse(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", where=where) from error
    missing = [
        key for key in ("id", "text", "entities", "relations") if not isinstance(row, dict) or key not in row
    ]
    if missing:
        raise InputError(
            f"not an annotated report: {', '.join(missing)} missing",
            where=where,
            hint="See docs/evaluation.md.",
        )
    return dict(row)


def _is_odd(report_id: str) -> bool:
    digits = re.findall(r"\d", report_id)
    return bool(digits) and int(digits[-1]) % 2 == 1
