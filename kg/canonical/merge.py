"""Extractions of all reports → one corpus: things with IRIs, claims between them, offers of merges."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.canonical.identity import identify, is_area_code
from kg.canonical.iri import check_base, key_name, report_path, thing_path
from kg.canonical.judgements import clusters
from kg.canonical.matching import offers
from kg.canonical.records import (
    CanonicalReport,
    Corpus,
    CorpusClaim,
    CorpusObservation,
    Identity,
    Judgement,
    Printing,
    Thing,
)
from kg.canonical.scopes import code_level, prefix_scope, suffix_value
from kg.knowledge.ontology import load_ontology
from kg.model import REPORT, Entity, Extraction, Report, Reprint, content_id

Source = tuple[Entity, Identity, str]


def canonicalise(
    extractions: Sequence[Extraction],
    *,
    base_iri: str,
    judgements: Sequence[Judgement] = (),
    reprints: Sequence[Reprint] = (),
) -> Corpus:
    """One corpus of all extractions, whatever their order.

    `reprints` are further printings of the reports, linked to them. `judgements` are people's decisions (see `judgements.py`). Raises UsageError for a base IRI that is none and
    DataError for judgements that contradict each other.
    """
    base = check_base(base_iri)
    identified = [
        (path, extraction, identify(extraction, report=path)) for path, extraction in _paths(extractions)
    ]
    settled = (base + i.path for _, _, identities in identified for i in identities.values() if i.settled)
    canonical = clusters(judgements, settled)
    reports = []
    sources: dict[str, list[Source]] = defaultdict(list)
    claims: list[CorpusClaim] = []
    observations: list[CorpusObservation] = []
    for path, extraction, identities in identified:
        report_iri = base + path
        own = {local: base + identity.path for local, identity in identities.items()}
        iris = {local: canonical.get(iri, iri) for local, iri in own.items()}
        for entity in extraction.entities:
            sources[iris[entity.id]].append((entity, identities[entity.id], report_iri))
        reports.append(CanonicalReport(report_iri, extraction, iris))
        claims += _claims(extraction, report_iri, base, own, iris)
        observations += _observations(extraction, report_iri, base, iris)
    things = {iri: _thing(iri, sources[iri], base, canonical) for iri in sorted(sources)}
    known = {frozenset((judgement.left, judgement.right)) for judgement in judgements}
    offered = [item for item in offers(things, reports) if frozenset((item.left, item.right)) not in known]
    return Corpus(
        base_iri=base,
        reports=tuple(reports),
        things=things,
        claims=tuple(sorted(claims, key=lambda claim: claim.iri)),
        observations=tuple(sorted(observations, key=lambda item: item.iri)),
        judgements=tuple(sorted([*judgements, *offered], key=lambda j: (j.left, j.right))),
        printings=_printings(reprints, reports, base),
    )


def local_iris(extraction: Extraction, *, base_iri: str) -> dict[str, str]:
    """The IRI of each entity of one report by local id, before any judgement."""
    base = check_base(base_iri)
    return {local: base + identity.path for local, identity in identify(extraction).items()}


def _paths(extractions: Iterable[Extraction]) -> list[tuple[str, Extraction]]:
    """Extractions by the path of their report, sorted.

    The same report given twice counts once; different reports that share an id are told apart by their content.
    """
    by_path: dict[str, dict[str, Extraction]] = defaultdict(dict)
    for extraction in sorted(extractions, key=lambda e: (e.report.id, e.report.source, e.report.date or "")):
        report = extraction.report
        by_path[report_path(report.id)].setdefault(content_id(report.title, report.text), extraction)
    result = []
    for path, versions in by_path.items():
        for number, digest in enumerate(sorted(versions)):
            result.append((path if number == 0 else f"{path}-{digest}", versions[digest]))
    return sorted(result, key=lambda item: item[0])


def _printings(
    reprints: Sequence[Reprint], reports: Sequence[CanonicalReport], base: str
) -> tuple[Printing, ...]:
    iris = {_content(entry.extraction.report): entry.iri for entry in reports}
    found = {}
    for item in reprints:
        report = item.report
        digest = content_id(
            report.title, report.text, report.source, report.newspaper or "", report.date or ""
        )
        iri = f"{base}printing/{report_path(report.id).removeprefix('report/')}-{digest}"
        found[iri] = Printing(iri, report, iris[_content(item.of)])
    return tuple(found[iri] for iri in sorted(found))


def _content(report: Report) -> tuple[str, str, str]:
    return report.id, report.title, report.text


def _claims(
    extraction: Extraction, report: str, base: str, own: Mapping[str, str], iris: Mapping[str, str]
) -> list[CorpusClaim]:
    tail = report.removeprefix(base + "report/")
    rows: dict[str, CorpusClaim] = {}
    for claim in extraction.claims:
        source_object = report if claim.object == REPORT else own[claim.object]
        parts = [own[claim.subject].removeprefix(base), claim.predicate, source_object.removeprefix(base)]
        evidence = claim.evidence
        digest = content_id(*parts, str(evidence.start), str(evidence.end), str(evidence.in_title))
        iri = f"{base}claim/{tail}-{digest}"
        row = CorpusClaim(
            iri=iri,
            report=report,
            subject=iris[claim.subject],
            object=report if claim.object == REPORT else iris[claim.object],
            source_subject=own[claim.subject],
            source_object=source_object,
            claim=claim,
        )
        # The same fact from the same words, found by two rules: the more confident reading stands.
        if iri not in rows or rows[iri].claim.confidence < claim.confidence:
            rows[iri] = row
    return _with_rivals(list(rows.values()))


def _with_rivals(rows: list[CorpusClaim]) -> list[CorpusClaim]:
    """The rows, candidates with the asserted claims they lost against.

    Rivals have the same predicate, overlapping words and exactly one argument in common.
    """
    asserted: dict[str, list[CorpusClaim]] = defaultdict(list)
    for row in rows:
        if row.claim.status == "asserted":
            asserted[row.claim.predicate].append(row)
    result = []
    for row in rows:
        if row.claim.status == "asserted":
            result.append(row)
            continue
        rivals = sorted(other.iri for other in asserted[row.claim.predicate] if _rivals(row, other))
        result.append(
            CorpusClaim(
                row.iri,
                row.report,
                row.subject,
                row.object,
                row.source_subject,
                row.source_object,
                row.claim,
                tuple(rivals),
            )
        )
    return result


def _rivals(a: CorpusClaim, b: CorpusClaim) -> bool:
    left, right = a.claim.evidence, b.claim.evidence
    overlap = left.in_title == right.in_title and left.start < right.end and right.start < left.end
    return overlap and ((a.subject == b.subject) != (a.object == b.object))


def _observations(
    extraction: Extraction, report: str, base: str, iris: Mapping[str, str]
) -> list[CorpusObservation]:
    tail = report.removeprefix(base + "report/")
    rows = {}
    for item in extraction.observations:
        span = (str(item.evidence.start), str(item.evidence.end))
        digest = content_id(item.indicator, item.value, item.unit, item.qualifier, *span)
        iri = f"{base}observation/{tail}-{digest}"
        rows[iri] = CorpusObservation(iri, report, iris.get(item.subject or ""), item)
    return list(rows.values())


def _thing(iri: str, sources: Sequence[Source], base: str, canonical: Mapping[str, str]) -> Thing:
    entities = [entity for entity, _, _ in sources]
    names = Counter(entity.name for entity in entities)
    label = min(names, key=lambda name: (-names[name], name))
    forms = set(names) | {mention.text for entity in entities for mention in entity.mentions}
    identity = min(
        (identity for _, identity, _ in sources), key=lambda i: (not i.settled, base + i.path != iri, i.path)
    )
    entity_type = Counter(entity.type for entity in entities).most_common(1)[0][0]
    codes = sorted({entity.code for entity in entities if entity.code and is_area_code(entity.code)})
    context = identity.context
    area = contest = None
    if context and context.startswith("place/"):
        area = canonical.get(base + context, base + context)
    if identity.why == "prize within its contest" and context:
        contest = canonical.get(base + context, base + context)
    concept = concept_label = None
    if entity_type == "PROGRAM":
        concept_label = identity.bare or key_name(label)
        concept = base + thing_path("concept", concept_label, "program name")
    level = _level(entities, codes, label, entity_type)
    return Thing(
        iri=iri,
        type=entity_type,
        label=label,
        alt_labels=tuple(sorted(forms - {label, ""})),
        reports=tuple(sorted({report for _, _, report in sources})),
        settled=identity.settled,
        why=identity.why,
        administrative=entity_type == "PLACE" and level is not None,
        code=codes[0] if codes else None,
        level=level,
        kind=_kind(entities, label) if entity_type == "ORG" else None,
        area=area if area != iri else None,
        contest=contest,
        concept=concept,
        concept_label=concept_label,
        sources=tuple(sorted({base + i.path for _, i, _ in sources} - {iri})),
    )


def _level(entities: Sequence[Entity], codes: Sequence[str], label: str, entity_type: str) -> str | None:
    known = load_ontology().levels
    stated = sorted({value for e in entities if (value := e.attributes.get("level", "")) in known})
    if entity_type == "PLACE":
        if codes:
            return code_level(codes[0])
        return stated[0] if stated else suffix_value("PLACE", label)
    if entity_type == "AWARD":
        scope = prefix_scope(label)
        if scope is not None:
            return "national" if scope == "national" else "province"
        return stated[0] if stated else None
    return None


def _kind(entities: Sequence[Entity], label: str) -> str | None:
    known = load_ontology().kinds
    stated = sorted({value for e in entities if (value := e.attributes.get("kind", "")) in known})
    return stated[0] if stated else suffix_value("ORG", label)
