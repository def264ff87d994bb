"""What the graph says of each thing, report, claim, piece of evidence, number and match: predicate–object pairs."""

from __future__ import annotations

import pyoxigraph as ox

from kg.canonical import (
    CanonicalReport,
    Corpus,
    CorpusClaim,
    CorpusObservation,
    Judgement,
    Printing,
    Review,
    Thing,
)
from kg.canonical.iri import thing_path
from kg.graph.provenance import Pair
from kg.graph.terms import (
    DCTERMS,
    GEO,
    LABEL,
    OA,
    PROV,
    RDF,
    SCHEMA,
    SKOS,
    TYPE,
    XSD,
    date,
    decimal,
    integer,
    number,
    string,
    time,
    zh,
)
from kg.knowledge.ontology import LG, load_ontology
from kg.knowledge.places import load_gazetteer
from kg.model import Evidence, Report, content_id

_node = ox.NamedNode
ALT_LABEL = _node(SKOS + "altLabel")
MENTIONS = _node(LG + "mentions")
REVIEW = _node(LG + "review")
POSSIBLY_SAME = _node(LG + "possiblySame")
_TRUE = ox.Literal("true", datatype=_node(XSD + "boolean"))
_STATUS = {"asserted": _node(LG + "asserted"), "candidate": _node(LG + "candidate")}
_WKT = _node(GEO + "wktLiteral")
_QUALIFIERS = ("rank", "edition", "count", "giver")
_LABEL_LENGTH = 24


def lg(name: str) -> ox.NamedNode:
    """The ontology's term of that local name."""
    return _node(LG + name)


_CLAIM_TYPES = [(TYPE, lg("Claim")), (TYPE, _node(RDF + "Statement"))]
_EVIDENCE_TYPES = [
    (TYPE, lg("Evidence")),
    (TYPE, _node(OA + "TextQuoteSelector")),
    (TYPE, _node(OA + "TextPositionSelector")),
]
_SUBJECT, _PREDICATE, _OBJECT = (_node(RDF + name) for name in ("subject", "predicate", "object"))
_DERIVED, _GENERATED = _node(PROV + "wasDerivedFrom"), _node(PROV + "wasGeneratedBy")
_CONFIDENCE, _CLAIM_STATUS, _RULE, _DATE = (lg(name) for name in ("confidence", "status", "rule", "date"))
_EVIDENCE, _RIVAL, _SENTENCE, _SENTENCE_START = (
    lg(name) for name in ("evidence", "rivalOf", "sentence", "sentenceStart")
)
_EXACT, _START, _END = _node(OA + "exact"), _node(OA + "start"), _node(OA + "end")


def thing_pairs(thing: Thing, corpus: Corpus) -> list[Pair]:
    """An entity: type, label, other forms, code, level, kind, context, shared name, how it was identified."""
    ontology = load_ontology()
    pairs: list[Pair] = [
        (TYPE, _node(ontology.types[thing.type].term.iri)),
        (LABEL, zh(thing.label)),
        (lg("identifiedBy"), string(thing.why)),
    ]
    if thing.administrative:
        pairs.append((TYPE, lg("AdministrativeArea")))
    pairs += [(ALT_LABEL, zh(form)) for form in thing.alt_labels]
    if thing.code:
        pairs.append((lg("gbCode"), string(thing.code)))
        if geometry_pairs(thing):
            pairs.append((_node(GEO + "hasGeometry"), _node(geometry_iri(thing.code, corpus.base_iri))))
    if thing.level:
        pairs.append((lg("level"), _node(ontology.levels[thing.level].iri)))
    if thing.kind:
        pairs.append((lg("kind"), _node(ontology.kinds[thing.kind].iri)))
    if thing.area and thing.area in corpus.things:
        pairs.append((lg("inArea"), _node(thing.area)))
    if thing.contest and thing.contest in corpus.things:
        pairs.append((lg("withinContest"), _node(thing.contest)))
    if thing.concept:
        pairs.append((lg("programName"), _node(thing.concept)))
    pairs += [(lg("mergedFrom"), _node(source)) for source in thing.sources]
    return pairs


def geometry_iri(code: str, base: str) -> str:
    """The IRI of an area's point."""
    return f"{base}geometry/{code}"


def geometry_pairs(thing: Thing) -> list[Pair]:
    """A point inside an administrative area (3 decimals, about 100 m), where the gazetteer has one."""
    place = load_gazetteer().by_code(thing.code) if thing.code else None
    if place is None or place.point is None:
        return []
    latitude, longitude = place.point
    return [
        (TYPE, _node(GEO + "Geometry")),
        (_node(GEO + "asWKT"), ox.Literal(f"POINT({longitude} {latitude})", datatype=_WKT)),
    ]


def concept_pairs(thing: Thing) -> list[Pair]:
    """The concept that programs of one name share."""
    return [
        (TYPE, _node(SKOS + "Concept")),
        (LABEL, zh(thing.concept_label or thing.label)),
        (_node(SKOS + "prefLabel"), zh(thing.concept_label or thing.label)),
    ]


def report_pairs(entry: CanonicalReport, corpus: Corpus) -> list[Pair]:
    """A report: headline, date, newspaper, byline, source, and what it mentions."""
    pairs = _printed(entry.extraction.report, corpus.base_iri)
    pairs.append((TYPE, lg("Report")))
    pairs += [(lg("byline"), string(name)) for name in entry.extraction.report.byline]
    pairs += [(MENTIONS, _node(iri)) for iri in set(entry.iris.values())]
    return pairs


def printing_pairs(printing: Printing, base: str) -> list[Pair]:
    """A further printing of a report: headline, date, newspaper, source, and whose printing it is."""
    return [*_printed(printing.report, base), (lg("reprintOf"), _node(printing.of))]


def _printed(report: Report, base: str) -> list[Pair]:
    pairs: list[Pair] = [
        (TYPE, _node(SCHEMA + "NewsArticle")),
        (LABEL, zh(report_label(report))),
        (_node(DCTERMS + "identifier"), string(report.id)),
        (_node(DCTERMS + "source"), string(report.source)),
        (_node(SCHEMA + "inLanguage"), string("zh")),
    ]
    if report.title:
        pairs.append((_node(SCHEMA + "headline"), zh(report.title)))
    if report.date:
        pairs.append((_node(SCHEMA + "datePublished"), date(report.date)))
    if report.newspaper:
        pairs.append((_node(SCHEMA + "isPartOf"), _node(newspaper_iri(report.newspaper, base))))
    return pairs


def report_label(report: Report) -> str:
    """The report's title, or the beginning of its text."""
    text = report.title or report.text.strip().split("\n")[0]
    return text if report.title or len(text) <= _LABEL_LENGTH else text[:_LABEL_LENGTH] + "…"


def newspaper_iri(name: str, base: str) -> str:
    """The IRI of a newspaper, by its name."""
    return base + thing_path("newspaper", name, "newspaper")


def newspaper_pairs(name: str) -> list[Pair]:
    """A newspaper."""
    return [(TYPE, _node(SCHEMA + "Newspaper")), (LABEL, zh(name))]


def claim_pairs(row: CorpusClaim, evidence: str, run: ox.NamedNode) -> list[Pair]:
    """A claim: the reified statement, confidence, status, where it stands, what made it, its qualifiers."""
    claim = row.claim
    pairs: list[Pair] = [
        *_CLAIM_TYPES,
        (_SUBJECT, _node(row.subject)),
        (_PREDICATE, lg(claim.predicate)),
        (_OBJECT, _node(row.object)),
        (_CONFIDENCE, decimal(claim.confidence)),
        (_CLAIM_STATUS, _STATUS[claim.status]),
        (_DERIVED, _node(row.report)),
        (_GENERATED, run),
        (_EVIDENCE, _node(evidence)),
        (_RULE, string(claim.rule)),
    ]
    if claim.date:
        pairs.append((_DATE, date(claim.date)))
    for key, value in claim.qualifiers.items():
        known = key in _QUALIFIERS
        pairs.append((lg(key if known else "qualifier"), string(value if known else f"{key}: {value}")))
    pairs += [(_RIVAL, _node(rival)) for rival in row.rival_of]
    return pairs


def evidence_iri(evidence: Evidence, report: str, base: str) -> str:
    """The IRI of a span of a report."""
    place = "title-" if evidence.in_title else ""
    return f"{base}evidence/{report.removeprefix(base + 'report/')}-{place}{evidence.start}-{evidence.end}"


def evidence_pairs(evidence: Evidence, report: Report) -> list[Pair]:
    """A span of a report: exact text, offsets, the sentence around it."""
    text = report.title if evidence.in_title else report.text
    pairs: list[Pair] = [
        *_EVIDENCE_TYPES,
        (_EXACT, zh(evidence.text)),
        (_START, integer(evidence.start)),
        (_END, integer(evidence.end)),
        (_SENTENCE, zh(text[evidence.sentence_start : evidence.sentence_end])),
        (_SENTENCE_START, integer(evidence.sentence_start)),
    ]
    if evidence.in_title:
        pairs.append((lg("inTitle"), _TRUE))
    return pairs


def observation_pairs(row: CorpusObservation, evidence: str, run: ox.NamedNode) -> list[Pair]:
    """A number: of whom, what, how many, in which unit, when."""
    item = row.observation
    pairs: list[Pair] = [
        (TYPE, lg("Observation")),
        (lg("indicator"), zh(item.indicator)),
        (lg("value"), number(item.value)),
        (_DERIVED, _node(row.report)),
        (_GENERATED, run),
        (_EVIDENCE, _node(evidence)),
    ]
    if row.subject:
        pairs.append((lg("about"), _node(row.subject)))
    if item.unit:
        pairs.append((lg("unit"), string(item.unit)))
    if item.qualifier:
        pairs.append((lg("qualifier"), string(item.qualifier)))
    if item.period:
        pairs.append((lg("period"), date(item.period)))
    return pairs


def match_iri(judgement: Judgement, base: str) -> str:
    """The IRI of a judgement on two entities."""
    return f"{base}match/{content_id(judgement.left.removeprefix(base), judgement.right.removeprefix(base))}"


def match_pairs(judgement: Judgement, base: str) -> list[Pair]:
    """A judgement: the two entities, verdict, score, explanation, who judged and when."""
    return [
        (TYPE, lg("Match")),
        (lg("left"), _node(judgement.left)),
        (lg("right"), _node(judgement.right)),
        (lg("verdict"), string(judgement.verdict)),
        (lg("score"), decimal(judgement.score)),
        (lg("explanation"), string(judgement.explanation)),
        *_attribution(judgement.by, judgement.when, base),
    ]


def review_pairs(review: Review, base: str) -> list[Pair]:
    """A person's verdict: what it was, what it replaced, by whom, when and why."""
    pairs: list[Pair] = [
        (TYPE, lg("Review")),
        (lg("verdict"), string(review.verdict)),
        (lg("formerValue"), string(review.former)),
        *_attribution(review.by, review.when, base),
    ]
    if review.note:
        pairs.append((lg("explanation"), string(review.note)))
    return pairs


def agent_iri(name: str, base: str) -> str:
    """The IRI of a reviewer, by name."""
    return base + thing_path("agent", name, "agent")


def agent_pairs(name: str) -> list[Pair]:
    """A reviewer."""
    return [(TYPE, _node(PROV + "Agent")), (LABEL, zh(name))]


def _attribution(by: str, when: str, base: str) -> list[Pair]:
    pairs: list[Pair] = []
    if by:
        pairs.append((_node(PROV + "wasAttributedTo"), _node(agent_iri(by, base))))
    if when:
        pairs.append((_node(PROV + "generatedAtTime"), time(when)))
    return pairs
