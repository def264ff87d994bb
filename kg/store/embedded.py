"""The embedded store: a folder that keeps a graph, added to and taken from report by report.

All triples stand in the default graph: the named graphs of TriG and N-Quads files say again what the claims say (which
report a fact comes from), and a store without them is asked by plain SPARQL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError, UsageError
from kg.graph.terms import DCTERMS, GEO, PROV, RDF, TYPE
from kg.knowledge.ontology import LG


def open_store(folder: Path, *, create: bool = False) -> ox.Store:
    """The store in a folder: to write in when `create`, else as it stands, to read only.

    Raises UsageError when there is none, or when another process is writing in it.
    """
    if not create and not (folder / "CURRENT").exists():
        raise UsageError("no store in this folder", where=str(folder), hint="Fill one with kg load --store.")
    try:
        if create:
            folder.mkdir(parents=True, exist_ok=True)
            return ox.Store(folder)
        return ox.Store.read_only(str(folder))
    except OSError as error:
        raise UsageError(f"the store cannot be opened: {error}", where=str(folder)) from error


def open_files(files: Sequence[Path]) -> ox.Store:
    """A store in memory that holds the graphs of some files."""
    store = ox.Store()
    load(store, files)
    return store


def load(store: ox.Store, files: Sequence[Path], *, replace: bool = False) -> tuple[int, int]:
    """Adds the graphs of RDF files (Turtle, N-Triples, TriG, N-Quads, RDF/XML, JSON-LD); triples before and after.

    What is there already is not added again. `replace` first takes out the reports that the files hold, so that a newer
    extraction takes the place of an older one. Raises InputError for a file that is no RDF; then nothing is added.
    """
    before = len(store)
    read = [list(_triples(path)) for path in files]
    if replace:
        for report in _reports(read):
            remove_report(store, report)
    for quads in read:
        store.bulk_extend(quads)
    return before, len(store)


def cell(value: object) -> str:
    """A term that a query bound as text: an IRI or the value of a literal; empty when unbound."""
    return "" if value is None else str(getattr(value, "value", value))


def report_iri(store: ox.Store, name: str) -> str:
    """The IRI of a report given by its IRI or its id. Raises UsageError when the store has no such report."""
    identifier = ox.NamedNode(DCTERMS + "identifier")
    found = [str(quad.subject.value) for quad in store.quads_for_pattern(None, identifier, ox.Literal(name))]  # type: ignore[union-attr]
    if found:  # a copy of a report has its id; the report itself comes first
        return min(found, key=lambda iri: (_is_printing(store, iri), iri))
    iri_of_report = ":" in name and any(store.quads_for_pattern(ox.NamedNode(name), None, None))
    if not iri_of_report:
        raise UsageError(f"the store has no report {name!r}", hint="Give its IRI or its id in reports.jsonl.")
    return name


def _is_printing(store: ox.Store, iri: str) -> bool:
    return any(store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(LG + "reprintOf"), None))


def remove_report(store: ox.Store, iri: str) -> None:
    """Takes out a report: its printings, its claims and their evidence, facts and entities that no other report tells of."""
    store.update(_REMOVE.replace("$report", str(ox.NamedNode(iri))))


def _triples(path: Path) -> Iterator[ox.Quad]:
    try:
        for quad in ox.parse(path=path):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
    except FileNotFoundError:
        raise UsageError("no such file", where=str(path)) from None
    except (SyntaxError, ValueError) as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise InputError(f"cannot be read as RDF: {error}", where=f"{path}{line}") from error
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})", where=str(path)) from error


def _reports(read: Sequence[Sequence[ox.Quad]]) -> list[str]:
    kind, report = TYPE, ox.NamedNode(LG + "Report")
    found = {
        str(quad.subject.value)  # type: ignore[union-attr]
        for quads in read
        for quad in quads
        if quad.predicate == kind and quad.object == report
    }
    return sorted(found)


_REMOVE = f"""
PREFIX lg: <{LG}>
PREFIX rdf: <{RDF}>
PREFIX prov: <{PROV}>
PREFIX geo: <{GEO}>
DELETE {{ ?s ?p ?o }} WHERE {{
  ?claim prov:wasDerivedFrom $report ; lg:status lg:asserted ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
  FILTER NOT EXISTS {{
    ?other rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; lg:status lg:asserted ; prov:wasDerivedFrom ?elsewhere .
    FILTER(?elsewhere != $report)
  }}
}} ;
DELETE {{ ?e ?p ?o }} WHERE {{ ?x prov:wasDerivedFrom $report ; lg:evidence ?e . ?e ?p ?o }} ;
DELETE {{ ?x ?p ?o }} WHERE {{ ?x prov:wasDerivedFrom $report ; ?p ?o }} ;
DELETE {{ ?match ?p ?o }} WHERE {{
  $report lg:mentions ?e . ?match lg:left|lg:right ?e ; ?p ?o .
  FILTER NOT EXISTS {{ ?elsewhere lg:mentions ?e . FILTER(?elsewhere != $report) }}
}} ;
DELETE {{ ?point ?p ?o }} WHERE {{
  $report lg:mentions ?e . ?e geo:hasGeometry ?point . ?point ?p ?o .
  FILTER NOT EXISTS {{ ?elsewhere lg:mentions ?e . FILTER(?elsewhere != $report) }}
}} ;
DELETE {{ ?e ?p ?o . ?x ?q ?e }} WHERE {{
  $report lg:mentions ?e .
  FILTER NOT EXISTS {{ ?elsewhere lg:mentions ?e . FILTER(?elsewhere != $report) }}
  {{ ?e ?p ?o }} UNION {{ ?x ?q ?e . FILTER(?x != $report) }}
}} ;
DELETE {{ ?x ?p ?o }} WHERE {{ ?x lg:reprintOf $report ; ?p ?o }} ;
DELETE {{ $report ?p ?o }} WHERE {{ $report ?p ?o }} ;
DELETE {{ ?r ?p ?o }} WHERE {{ ?r a lg:Review ; ?p ?o . FILTER NOT EXISTS {{ ?x lg:review ?r }} }}
"""
