"""Read RDF files of any format, with errors that name the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}


def read_quads(paths: Sequence[Path]) -> Iterator[ox.Quad]:
    """The quads of RDF files, the format told by the extension.

    Raises InputError with file and line for a file that is missing, of no known kind, or broken or cut off in the
    middle.
    """
    for path in paths:
        form = FORMATS.get(path.suffix.lower())
        if form is None:
            raise InputError(
                f"not a known RDF file name (got {path.suffix or 'no extension'})",
                where=str(path),
                hint=f"Use one of {' '.join(FORMATS)}.",
            )
        try:
            yield from ox.parse(path=str(path), format=form)
        except SyntaxError as error:
            place = f"{path}:{error.lineno}" if error.lineno else str(path)
            raise InputError(
                f"not valid {form.name}: {error.msg}", where=place, hint="Export it again."
            ) from None
        except OSError as error:
            raise InputError(error.strerror or str(error), where=str(path), hint="Check the path.") from None
