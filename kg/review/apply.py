"""Corrections put on top of a corpus: entities first (type, name), then claims (subject, object, status).

IRIs stay what they were, so that the next build finds every item again; each correction in force is recorded as a
`Review`, with what it replaced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.canonical import CanonicalReport, Corpus, CorpusClaim, Review, Thing
from kg.canonical.iri import key_name, thing_path
from kg.canonical.scopes import suffix_value
from kg.knowledge.ontology import allowed
from kg.model import REPORT, Claim, Entity, content_id
from kg.review.corrections import Correction

_GONE = "no longer in the graph"


@dataclass(frozen=True, slots=True)
class Unapplied:
    """A correction that could not be put into force, and why."""

    correction: Correction
    why: str


def apply(corpus: Corpus, corrections: Sequence[Correction]) -> tuple[Corpus, list[Unapplied]]:
    """The corpus with the corrections in force, and those that are not, in their order.

    Pairs (`same`, `different`) are in force already, by `canonicalise`; only whether both are there is told.
    """
    work = _Work(corpus)
    order = {"retype": 0, "rename": 0, "resubject": 1, "reobject": 1}
    failed: dict[Correction, str] = {}
    for item in sorted(corrections, key=lambda item: order.get(item.verdict, 2)):
        why = work.do(item)
        if why is not None:
            failed[item] = why
    return work.corpus(), [Unapplied(item, failed[item]) for item in corrections if item in failed]


class _Work:
    """The parts of a corpus while they change."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._things = dict(corpus.things)
        self._merged = {source: thing.iri for thing in corpus.things.values() for source in thing.sources}
        self._rows = {row.iri: row for row in corpus.claims}
        self._reviews: dict[str, Review] = {}

    def do(self, item: Correction) -> str | None:
        """Puts one correction into force, or says why it cannot be."""
        match item.verdict:
            case "same" | "different":
                return None if self._thing(item.item) and self._thing(item.other) else _GONE
            case "retype" | "rename":
                thing = self._thing(item.item)
                if thing is None:
                    return _GONE
                if item.verdict == "retype":
                    self._retype(thing, item)
                else:
                    self._rename(thing, item)
                return None
            case _:
                row = self._rows.get(item.item)
                return _GONE if row is None else self._decide(row, item)

    def corpus(self) -> Corpus:
        """The corpus as it is now."""
        before = {row.iri: row for row in self._corpus.claims}
        changed = {id(before[iri].claim): row for iri, row in self._rows.items() if row is not before[iri]}
        reports = tuple(self._report(entry, changed) for entry in self._corpus.reports)
        # A reviewer's subject or object may be a thing that the report does not name.
        named: dict[str, set[str]] = defaultdict(set)
        for entry in reports:
            for iri in entry.iris.values():
                named[iri].add(entry.iri)
        return replace(
            self._corpus,
            reports=reports,
            things={
                iri: replace(thing, reports=tuple(sorted(named[iri]))) for iri, thing in self._things.items()
            },
            claims=tuple(self._rows[row.iri] for row in self._corpus.claims),
            reviews=tuple(self._reviews[iri] for iri in sorted(self._reviews)),
        )

    def _thing(self, iri: str) -> Thing | None:
        return self._things.get(self._merged.get(iri, iri))

    def _retype(self, thing: Thing, item: Correction) -> None:
        new = item.other
        self._things[thing.iri] = self._described(replace(thing, type=new))
        for iri, other in self._things.items():  # what it no longer can be to others
            area = None if other.area == thing.iri and new != "PLACE" else other.area
            contest = (
                None if other.contest == thing.iri and new not in ("PROGRAM", "EVENT") else other.contest
            )
            if (area, contest) != (other.area, other.contest):
                self._things[iri] = replace(other, area=area, contest=contest)
        unfit = [
            row
            for row in self._rows.values()
            if thing.iri in (row.subject, row.object)
            and row.claim.status == "asserted"
            and not self._fits(row)
        ]
        for row in unfit:
            self._rows[row.iri] = replace(row, claim=replace(row.claim, status="candidate"))
        self._record(item, thing.type, thing.iri, *(row.iri for row in unfit))

    def _rename(self, thing: Thing, item: Correction) -> None:
        forms = {*thing.alt_labels, thing.label} - {item.other}
        renamed = replace(thing, label=item.other, alt_labels=tuple(sorted(forms)))
        self._things[thing.iri] = self._described(renamed) if thing.type == "PROGRAM" else renamed
        self._record(item, thing.label, thing.iri)

    def _decide(self, row: CorpusClaim, item: Correction) -> str | None:
        former: str = row.claim.status
        new = row
        if item.verdict in ("resubject", "reobject"):
            thing = self._thing(item.other)
            if thing is None:
                return f"{item.other} is {_GONE}"
            subject = item.verdict == "resubject"
            if not subject and row.claim.object == REPORT:
                return "the object of wrote is the report"
            former = row.subject if subject else row.object
            new = replace(row, subject=thing.iri) if subject else replace(row, object=thing.iri)
        asserted = item.verdict != "reject"
        if asserted and not self._fits(new):
            types = " and ".join(self._types(new))
            return f"{row.claim.predicate} does not take {types}"
        claim = replace(
            row.claim, status="asserted" if asserted else "candidate", confidence=1.0 if asserted else 0.0
        )
        self._rows[row.iri] = replace(new, claim=claim)
        self._record(item, former, row.iri)
        return None

    def _types(self, row: CorpusClaim) -> tuple[str, str]:
        target = "REPORT" if row.claim.object == REPORT else self._things[row.object].type
        return self._things[row.subject].type, target

    def _fits(self, row: CorpusClaim) -> bool:
        return allowed(row.claim.predicate, *self._types(row))

    def _described(self, thing: Thing) -> Thing:
        """The thing with what follows from its type and name, without what its type cannot have."""
        place, program = thing.type == "PLACE", thing.type == "PROGRAM"
        level = thing.level or suffix_value("PLACE", thing.label) if place else None
        name = key_name(thing.label)
        return replace(
            thing,
            administrative=level is not None,
            code=thing.code if place else None,
            level=level,
            kind=thing.kind or suffix_value("ORG", thing.label) if thing.type == "ORG" else None,
            contest=thing.contest if thing.type == "AWARD" else None,
            concept=self._corpus.base_iri + thing_path("concept", name, "program name") if program else None,
            concept_label=name if program else None,
        )

    def _record(self, item: Correction, former: str, *targets: str) -> None:
        base = self._corpus.base_iri
        digest = content_id(
            item.item.removeprefix(base), item.verdict, item.other.removeprefix(base), item.by, item.when
        )
        iri = f"{base}review/{digest}"
        self._reviews[iri] = Review(iri, targets, item.verdict, former, item.by, item.when, item.note)

    def _report(self, entry: CanonicalReport, changed: dict[int, CorpusClaim]) -> CanonicalReport:
        extraction = entry.extraction
        iris = dict(entry.iris)
        entities = [self._entity(entity, iris[entity.id]) for entity in extraction.entities]
        local = {iri: number for number, iri in reversed(iris.items())}
        claims: list[Claim] = []
        for claim in extraction.claims:
            row = changed.get(id(claim))
            if row is None:
                claims.append(claim)
                continue
            ends = []
            for end, iri in ((claim.subject, row.subject), (claim.object, row.object)):
                if end != REPORT and iris[end] != iri:
                    if iri not in local:
                        local[iri] = f"r{len(iris) + 1}"
                        iris[local[iri]] = iri
                        thing = self._things[iri]
                        entities.append(Entity(local[iri], thing.type, thing.label, (), rule="review"))
                    end = local[iri]
                ends.append(end)
            claims.append(replace(row.claim, subject=ends[0], object=ends[1]))
        same = claims == list(extraction.claims) and entities == list(extraction.entities)
        if same:
            return entry
        return replace(
            entry,
            iris=iris,
            extraction=replace(extraction, entities=tuple(entities), claims=tuple(claims)),
        )

    def _entity(self, entity: Entity, iri: str) -> Entity:
        thing, before = self._things[iri], self._corpus.things[iri]
        if (thing.type, thing.label) == (before.type, before.label):
            return entity
        renamed = thing.label if thing.label != before.label else entity.name
        return replace(entity, type=thing.type, name=renamed)
