"""Load graphs where they are asked: the embedded store, or somebody's Graph Store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.errors import UsageError
from kg.store.embedded import load, open_store, remove_report, report_iri


def load_graphs(
    graphs: Sequence[Path],
    *,
    store: Path | None = None,
    endpoint: str | None = None,
    graph_name: str | None = None,
    replace: bool = False,
    remove: Sequence[str] = (),
) -> str:
    """Loads RDF files into a store folder or a Graph Store, after taking out the reports of `remove`; what was done.

    Loading a graph again changes nothing. Raises UsageError when not exactly one place is given or nothing is to be done,
    InputError for a file that is no RDF or a Graph Store that does not take it.
    """
    if (store is None) == (endpoint is None):
        raise UsageError("say where to load", hint="Give one of --store DIR, --endpoint URL.")
    if not graphs and not remove:
        raise UsageError("nothing to load", hint="Name an RDF file, such as outputs/graph.ttl.")
    if endpoint is not None:
        if remove:
            raise UsageError("--remove goes with --store only")
        from kg.store.remote import load_remote

        load_remote(endpoint, graphs, graph=graph_name, replace=replace)
        return f"{len(graphs)} files loaded into {endpoint}"
    assert store is not None
    for path in graphs:
        if not path.is_file():
            raise UsageError("no such file", where=str(path), hint="Check the path.")
    opened = open_store(store, create=True)
    for report in [report_iri(opened, name) for name in remove]:
        remove_report(opened, report)
    before, after = load(opened, graphs, replace=replace)
    opened.flush()
    return f"{store}: {after} triples ({after - before:+d})"
