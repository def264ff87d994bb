"""The RDF formats, written by pyoxigraph from a stream.

pyoxigraph writes prefixes in no fixed order; they are sorted here so that two builds are byte-identical. rdflib's
writers were measured at 90 times (Turtle) and 500 times (TriG) the time on a million triples.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, BinaryIO, cast

import pyoxigraph as ox

from kg.canonical import Corpus
from kg.graph.build import quads, triples
from kg.graph.terms import VOCABULARIES
from kg.knowledge.ontology import LG, load_ontology

_CHUNK = 1 << 16


def write_turtle(corpus: Corpus, stream: BinaryIO) -> None:
    """All triples as Turtle, grouped by subject, sorted."""
    write_statements(triples(corpus), stream, ox.RdfFormat.TURTLE, prefixes(corpus.base_iri))


def write_trig(corpus: Corpus, stream: BinaryIO) -> None:
    """The same as TriG, one named graph a report."""
    write_statements(quads(corpus), stream, ox.RdfFormat.TRIG, prefixes(corpus.base_iri))


def write_nquads(corpus: Corpus, stream: BinaryIO) -> None:
    """The same as N-Quads, one named graph a report."""
    ox.serialize(quads(corpus), stream, format=ox.RdfFormat.N_QUADS)


def write_ntriples(corpus: Corpus, stream: BinaryIO) -> None:
    """All triples as N-Triples."""
    ox.serialize(triples(corpus), stream, format=ox.RdfFormat.N_TRIPLES)


def write_rdfxml(corpus: Corpus, stream: BinaryIO) -> None:
    """All triples as RDF/XML, for programs that read nothing else."""
    names = {"lg": LG}  # with more than one, pyoxigraph writes their declarations in no fixed order
    ox.serialize(triples(corpus), stream, format=ox.RdfFormat.RDF_XML, prefixes=names)


def prefixes(base_iri: str) -> dict[str, str]:
    """The prefixes of a graph: the vocabularies, and one for each kind of individual."""
    segments = [entity_type.slug for entity_type in load_ontology().types.values()]
    own = {
        segment: f"{base_iri}{segment}/"
        for segment in [*segments, "claim", "concept", "evidence", "observation"]
    }
    return dict(sorted({**VOCABULARIES, **own}.items()))


def write_statements(
    statements: Iterable[ox.Triple] | Iterable[ox.Quad],
    stream: BinaryIO,
    form: ox.RdfFormat,
    names: dict[str, str],
) -> None:
    """Statements in their order as Turtle or TriG, with sorted prefixes and a blank line before each subject."""
    tidy = _Tidy(stream, len(names))
    ox.serialize(statements, cast("IO[bytes]", tidy), format=form, prefixes=names)
    tidy.finish()


class _Tidy:
    """A stream that sorts the lines of the prefixes and sets a blank line before each subject.

    A statement ends in ` .` and a newline, which no literal can hold: newlines are escaped in literals.
    """

    def __init__(self, stream: BinaryIO, prefix_lines: int) -> None:
        self._stream, self._prefix_lines = stream, prefix_lines
        self._held = b""

    def write(self, data: bytes) -> int:
        self._held += data
        if self._prefix_lines and self._held.count(b"\n") > self._prefix_lines:
            lines = self._held.split(b"\n", self._prefix_lines)
            self._stream.write(b"\n".join(sorted(lines[:-1])) + b"\n\n")
            self._held, self._prefix_lines = lines[-1], 0
        if not self._prefix_lines and len(self._held) > _CHUNK:
            self._pass_on(self._held.rfind(b"\n") + 1)
        return len(data)

    def finish(self) -> None:
        """Write what is still held."""
        self._pass_on(len(self._held))

    def flush(self) -> None:
        self._stream.flush()

    def _pass_on(self, length: int) -> None:
        self._stream.write(self._held[:length].replace(b" .\n", b" .\n\n"))
        self._held = self._held[length:]
