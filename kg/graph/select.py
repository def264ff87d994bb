"""Part of a corpus: by type, place, date and confidence. The part is a corpus again, so every export takes it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from kg.canonical import Corpus, CorpusClaim
from kg.canonical.iri import key_name
from kg.errors import UsageError
from kg.graph.terms import date_type
from kg.knowledge.ontology import load_ontology


@dataclass(frozen=True, slots=True)
class Selection:
    """What to keep; an empty or absent wish keeps all.

    `types` are type codes. `place` is a name or code: that place, what lies in it, and the things of either. `since`
    and `until` are ISO dates (both counted in) against the claim's own date, else the report's; claims without any
    date fall out when one is asked for. `min_confidence` drops claims below it. Raises UsageError for a type that is not
    known or a date that is none.
    """

    types: Collection[str] = ()
    place: str | None = None
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0

    def __post_init__(self) -> None:
        known = load_ontology().types
        for code in self.types:
            if code not in known:
                raise UsageError(f"no type {code!r}", hint=f"Known: {', '.join(known)}.")
        for day in filter(None, (self.since, self.until)):
            if date_type(day) is None:
                raise UsageError(f"no date {day!r}", hint="Write 2024, 2024-05 or 2024-05-01.")


def select(corpus: Corpus, selection: Selection) -> Corpus:
    """The part of the corpus that the selection keeps.

    A claim stays when both its ends do; a thing stays when its type and place fit and, if claims were filtered by date
    or confidence, when a claim that stays names it. Raises UsageError for a place that is not in the graph.
    """
    kept = {
        iri for iri, thing in corpus.things.items() if not selection.types or thing.type in selection.types
    }
    if selection.place is not None:
        kept &= _of_place(corpus, selection.place)
    dates = {entry.iri: entry.extraction.report.date or "" for entry in corpus.reports}
    reports = {entry.iri for entry in corpus.reports}
    claims = [
        row
        for row in corpus.claims
        if row.subject in kept
        and (row.object in kept or row.object in reports)
        and row.claim.confidence >= selection.min_confidence
        and _in_time(row.claim.date or dates[row.report], selection)
    ]
    if selection.since or selection.until or selection.min_confidence > 0:
        kept &= {end for row in claims for end in (row.subject, row.object)}
    stay = {row.iri for row in claims}
    return replace(
        corpus,
        things={iri: thing for iri, thing in corpus.things.items() if iri in kept},
        claims=tuple(_trim(row, stay) for row in claims),
        observations=tuple(item for item in corpus.observations if item.subject in kept),
        judgements=tuple(j for j in corpus.judgements if j.left in kept and j.right in kept),
        reviews=tuple(
            replace(review, targets=left)
            for review in corpus.reviews
            if (left := tuple(target for target in review.targets if target in kept or target in stay))
        ),
        reports=tuple(
            replace(entry, iris={local: iri for local, iri in entry.iris.items() if iri in kept})
            for entry in corpus.reports
        ),
    )


def _trim(row: CorpusClaim, stay: Collection[str]) -> CorpusClaim:
    return replace(row, rival_of=tuple(rival for rival in row.rival_of if rival in stay))


def _in_time(date: str, selection: Selection) -> bool:
    """Whether the date (of any precision) can lie in the span asked for."""
    since, until = selection.since, selection.until
    if since is None and until is None:
        return True
    early = since is not None and date < since[: len(date)]
    late = until is not None and date > until[: len(date)]
    return bool(date) and not early and not late


def _of_place(corpus: Corpus, wanted: str) -> set[str]:
    roots = {
        iri
        for iri, thing in corpus.things.items()
        if thing.type == "PLACE"
        and (thing.code == wanted or key_name(wanted) in map(key_name, (thing.label, *thing.alt_labels)))
    }
    if not roots:
        raise UsageError(f"no place {wanted!r} in the graph", hint="Give its name or its code.")
    inside = {
        row.subject: row.object
        for row in corpus.claims
        if row.claim.predicate == "locatedIn" and row.claim.status == "asserted"
    }
    inside.update({iri: thing.area for iri, thing in corpus.things.items() if thing.area})
    found = set(roots)
    while True:
        more = {iri for iri, around in inside.items() if around in found} - found
        if not more:
            break
        found |= more
    ends = {
        end
        for row in corpus.claims
        for one in (row.subject, row.object)
        if one in found
        for end in (row.subject, row.object)
    }
    return found | (ends & corpus.things.keys())
