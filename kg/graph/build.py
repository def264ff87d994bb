"""Corpus → RDF, as a stream in a fixed order.

`triples` gives the graph subject by subject in the order of their IRIs (type first, then label, then by predicate and
object), so that Turtle groups it readably and two builds are byte-identical. `quads` gives the same triples for stores:
each report's own triples (its description, printings, claims and their reviews, evidence, numbers, the facts it asserts) in a named graph with the
report's IRI, everything shared (entities, shared names, matches, provenance) in the default graph. Dropping a graph
removes what only that report said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

import pyoxigraph as ox

from kg.canonical import CanonicalReport, Corpus
from kg.graph import describe
from kg.graph.provenance import Pair, describe_run, run_iri
from kg.graph.terms import LABEL, TYPE

Block = Callable[[], list[Pair]]
_FIRST = {TYPE.value: "0", LABEL.value: "1", describe.ALT_LABEL.value: "2"}


def triples(corpus: Corpus) -> Iterator[ox.Triple]:
    """All triples of the corpus, each once, in the fixed order."""
    blocks = _shared(corpus)
    for _, rows in _reports(corpus):
        for subject, producers in rows.items():
            blocks[subject] += producers
    yield from _emit(blocks)


def quads(corpus: Corpus) -> Iterator[ox.Quad]:
    """The same triples, each report's in its own named graph; the default graph first, then by report."""
    for triple in _emit(_shared(corpus)):
        yield ox.Quad(triple.subject, triple.predicate, triple.object)
    for entry, rows in _reports(corpus):
        name = ox.NamedNode(entry.iri)
        for triple in _emit(rows):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, name)


def _shared(corpus: Corpus) -> dict[str, list[Block]]:
    blocks: dict[str, list[Block]] = defaultdict(list)
    for subject, pairs in describe_run(corpus).items():
        blocks[subject].append(partial(list, pairs))
    for iri, thing in corpus.things.items():
        blocks[iri].append(partial(describe.thing_pairs, thing, corpus))
        if thing.code and describe.geometry_pairs(thing):
            geometry = describe.geometry_iri(thing.code, corpus.base_iri)
            blocks[geometry] = [partial(describe.geometry_pairs, thing)]
        if thing.concept:
            blocks[thing.concept] = [partial(describe.concept_pairs, thing)]
    printed = [entry.extraction.report for entry in corpus.reports]
    for report in [*printed, *(printing.report for printing in corpus.printings)]:
        newspaper = report.newspaper
        if newspaper:
            iri = describe.newspaper_iri(newspaper, corpus.base_iri)
            blocks[iri] = [partial(describe.newspaper_pairs, newspaper)]
    for judgement in corpus.judgements:
        blocks[describe.match_iri(judgement, corpus.base_iri)].append(
            partial(describe.match_pairs, judgement, corpus.base_iri)
        )
        if judgement.verdict == "unsure":
            for one, other in ((judgement.left, judgement.right), (judgement.right, judgement.left)):
                blocks[one].append(partial(list, [(describe.POSSIBLY_SAME, ox.NamedNode(other))]))
    claims = {row.iri for row in corpus.claims}
    for review in corpus.reviews:
        link = (describe.REVIEW, ox.NamedNode(review.iri))
        for target in set(review.targets) - claims:
            blocks[target].append(partial(list, [link]))
        if not claims.issuperset(review.targets):
            blocks[review.iri].append(partial(describe.review_pairs, review, corpus.base_iri))
    names = {review.by for review in corpus.reviews} | {judgement.by for judgement in corpus.judgements}
    for name in sorted(names - {""}):
        agent = describe.agent_iri(name, corpus.base_iri)
        blocks[agent] = [partial(describe.agent_pairs, name)]
    return blocks


def _reports(corpus: Corpus) -> Iterator[tuple[CanonicalReport, dict[str, list[Block]]]]:
    activity = ox.NamedNode(run_iri(corpus))
    base = corpus.base_iri
    claims, observations, printings, reviews = (defaultdict(list) for _ in range(4))
    for claim in corpus.claims:
        claims[claim.report].append(claim)
    for observation in corpus.observations:
        observations[observation.report].append(observation)
    for printing in corpus.printings:
        printings[printing.of].append(printing)
    for review in corpus.reviews:
        for target in review.targets:
            reviews[target].append(review)
    for entry in corpus.reports:
        report = entry.extraction.report
        blocks: dict[str, list[Block]] = defaultdict(list)
        blocks[entry.iri].append(partial(describe.report_pairs, entry, corpus))
        for printing in printings[entry.iri]:
            blocks[printing.iri].append(partial(describe.printing_pairs, printing, base))
        for row in claims[entry.iri]:
            evidence = row.claim.evidence
            span = describe.evidence_iri(evidence, entry.iri, base)
            blocks[span] = [partial(describe.evidence_pairs, evidence, report)]
            blocks[row.iri].append(partial(describe.claim_pairs, row, span, activity))
            for review in reviews[row.iri]:
                blocks[row.iri].append(partial(list, [(describe.REVIEW, ox.NamedNode(review.iri))]))
                if review.targets == (row.iri,):
                    blocks[review.iri] = [partial(describe.review_pairs, review, base)]
            if row.claim.status == "asserted":
                fact = (describe.lg(row.claim.predicate), ox.NamedNode(row.object))
                blocks[row.subject].append(partial(list, [fact]))
        for item in observations[entry.iri]:
            span = describe.evidence_iri(item.observation.evidence, entry.iri, base)
            blocks[span] = [partial(describe.evidence_pairs, item.observation.evidence, report)]
            blocks[item.iri].append(partial(describe.observation_pairs, item, span, activity))
        yield entry, blocks


def _emit(blocks: dict[str, list[Block]]) -> Iterator[ox.Triple]:
    for subject in sorted(blocks):
        node = ox.NamedNode(subject)
        pairs = {pair for block in blocks[subject] for pair in block()}
        for predicate, value in sorted(pairs, key=_order):
            yield ox.Triple(node, predicate, value)


def _order(pair: Pair) -> tuple[str, str]:
    predicate = pair[0].value
    return _FIRST.get(predicate, predicate), str(pair[1])
