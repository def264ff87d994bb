"""Times every named query on a graph of about a million triples: the embedded store on disk, and rdflib in memory.

    python benchmarks/queries.py [--triples 1000000] [--rdflib]

Each rdflib query runs in a forked process and is given up after 20 seconds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox
import rdflib
from graph import corpus_of

from kg.graph.build import triples
from kg.store.embedded import load, open_store
from kg.store.queries import named_queries, render

TRIPLES_A_REPORT = 560
PATIENCE = 20.0
VALUES = {
    "place": "第5县", "program": "第3项行动", "award": "全国先进单位第1类", "body": "第5县第1局", "name": "第3项行动",
    "person": "记者1", "subject": "第5县", "predicate": "runs", "object": "第3项行动", "from": "2024-05", "to": "2024-05",
    "below": "0.7", "level": "county",
}  # fmt: skip


def main() -> None:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rdflib", action="store_true", help="time rdflib, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = corpus_of(max(1, options.triples // TRIPLES_A_REPORT))
        ox.serialize(triples(corpus), str(folder / "graph.nt"), format=ox.RdfFormat.N_TRIPLES)
        del corpus
        start = time.perf_counter()
        store = open_store(folder / "store", create=True)
        _, count = load(store, [folder / "graph.nt"])
        store.flush()
        print(f"{count} triples, loaded into the store on disk in {time.perf_counter() - start:.1f} s")
        graph = rdflib.Graph()
        if options.rdflib:
            start = time.perf_counter()
            graph.parse(folder / "graph.nt", format="nt")
            print(f"loaded into rdflib in {time.perf_counter() - start:.1f} s")
        print("\n| query | rows | store, s | rdflib, s |\n|---|---|---|---|")
        for query in named_queries().values():
            text = render(query.name, {item.name: VALUES[item.name] for item in query.parameters})
            start = time.perf_counter()
            rows = sum(1 for _ in store.query(text))  # type: ignore[union-attr, misc]
            seconds = time.perf_counter() - start
            beside = _rdflib(graph, text) if options.rdflib else ""
            print(f"| {query.name} | {rows} | {seconds:.3f} | {beside} |", flush=True)


def _rdflib(graph: rdflib.Graph, text: str) -> str:
    context = multiprocessing.get_context("fork")
    mine, other = context.Pipe(duplex=False)
    process = context.Process(target=lambda: other.send(_timed(graph, text)))
    process.start()
    said = f"{mine.recv():.3f}" if mine.poll(PATIENCE) else f"over {PATIENCE:.0f}"
    process.kill()
    process.join()
    return said


def _timed(graph: rdflib.Graph, text: str) -> float:
    start = time.perf_counter()
    len(list(graph.query(text)))
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
