"""Other people's stores: SPARQL 1.1 Protocol to ask, SPARQL 1.1 Graph Store Protocol to load."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

TIMEOUT = 300.0
"""Seconds a store may take for one answer."""
ATTEMPTS = 4
_MEDIA = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".trig": "application/trig",
    ".nq": "application/n-quads",
    ".rdf": "application/rdf+xml",
    ".jsonld": "application/ld+json",
}


def ask_endpoint(url: str, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The answer of a SPARQL endpoint. Raises InputError when it does not answer or says no."""
    accept = "application/sparql-results+json, text/turtle;q=0.9"
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    response = _send("POST", url, query.encode("utf-8"), headers)
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
    if kind == "text/turtle":
        store = ox.Store()
        store.load(response.data, format=ox.RdfFormat.TURTLE)
        return store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    if "json" not in kind:
        raise InputError(f"answered in {kind or 'an unnamed form'}, expected SPARQL results", where=url)
    answer = ox.parse_query_results(response.data, format=ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QuerySolutions | ox.QueryBoolean)
    return answer


def load_remote(url: str, files: Sequence[Path], *, graph: str | None = None, replace: bool = False) -> None:
    """Sends RDF files to a Graph Store (default graph, or the one named), adding to what is there, or in its place.

    A store that is busy (429, 502, 503, 504) or cannot be reached is asked again, each time after a longer wait.
    Raises InputError when a file is not taken.
    """
    target = f"{url}?graph={_quoted(graph)}" if graph else f"{url}?default"
    for number, path in enumerate(files):
        media = _MEDIA.get(path.suffix)
        if media is None:
            raise UsageError("not a file of RDF", where=str(path), hint=f"Known: {' '.join(_MEDIA)}")
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UsageError(f"cannot be read ({error.strerror})", where=str(path)) from error
        address = url if media in ("application/trig", "application/n-quads") else target
        _send("PUT" if replace and number == 0 else "POST", address, data, {"Content-Type": media})


def _send(method: str, url: str, body: bytes, headers: dict[str, str]) -> BaseHTTPResponse:
    from urllib3.exceptions import HTTPError

    if not url.startswith(("http://", "https://")):
        raise UsageError(f"{url!r} is no address of an endpoint", hint="It begins with http:// or https://.")
    try:
        response = _pool().request(method, url, body=body, headers=headers)
    except HTTPError as error:
        raise InputError(
            f"does not answer ({_reason(error)})", where=url, hint="Is the store running?"
        ) from error
    if response.status >= 400:
        said = response.data[:300].decode("utf-8", "replace")
        raise InputError(f"said {response.status} {response.reason or ''}: {said}", where=url)
    return response


def _pool() -> PoolManager:
    try:
        from urllib3 import PoolManager, Retry, Timeout
    except ImportError as error:
        hint = "pip install 'lgkg[remote]'"
        raise UsageError("asking an endpoint needs urllib3, which is not installed", hint=hint) from error
    retries = Retry(
        ATTEMPTS,
        backoff_factor=0.5,
        status_forcelist=(429, 502, 503, 504),
        allowed_methods=None,
        raise_on_status=False,
        redirect=2,
    )
    return PoolManager(retries=retries, timeout=Timeout(connect=10, read=TIMEOUT))


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return str(reason).rsplit(": ", 1)[-1]


def _quoted(iri: str) -> str:
    from urllib.parse import quote

    return quote(iri, safe="")
