"""Time and memory of building, writing, reading and validating a graph of about a million triples.

    python benchmarks/graph.py [--triples 1000000] [--rdflib]

Synthetic reports of the shape that real ones have (about 20 entities, 25 claims, a few numbers); each step runs in a
process of its own, so that peak memory is its own. With `--rdflib`, plain rdflib parses and writes the same graph.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.canonical import Corpus, canonicalise
from kg.exporters import EXPORTERS
from kg.exporters.rdf import prefixes, write_statements
from kg.graph.build import triples
from kg.model import Claim, Entity, Evidence, Extraction, Mention, Observation, Report

BASE = "https://w3id.org/lgkg/id/"
_TRIPLES_A_REPORT = 560


def extractions(number: int) -> Iterator[Extraction]:
    """Reports on invented counties: one county twenty reports, its bureaus, programs, honours, meetings."""
    for index in range(number):
        county, variant = index // 20, index % 20
        name = f"第{county}县"
        text = "".join(
            f"{name}第{variant}号报道第{n}句说明有关单位开展活动并获得荣誉的情况。" for n in range(30)
        )
        sentence = len(text) // 30
        entities = [_entity("p", "PLACE", name, code=f"{900000 + county * 10 + 1:06d}")]
        claims = []
        for n in range(6):
            bureau, program = f"{name}第{(variant + n) % 20}局", f"第{variant % 40 + n}项行动"
            entities += [
                _entity(f"o{n}", "ORG", bureau, area="p"),
                _entity(f"g{n}", "PROGRAM", program),
                _entity(f"a{n}", "AWARD", f"全国先进单位第{n}类"),
            ]
            for m, (subject, predicate, target) in enumerate(
                (
                    (f"o{n}", "runs", f"g{n}"),
                    (f"o{n}", "awarded", f"a{n}"),
                    (f"o{n}", "governs", "p"),
                    ("p", "runs", f"g{n}"),
                )
            ):
                claims.append(_claim(subject, predicate, target, text, sentence * (4 * n + m), sentence))
        entities += [_entity("v", "EVENT", "工作推进会"), _entity("w", "PERSON", f"记者{variant}")]
        claims += [
            _claim("p", "holds", "v", text, sentence * 28, sentence, date="2024-05-20"),
            _claim("w", "wrote", "report", text, sentence * 29, sentence),
            _claim("o1", "awarded", "a0", text, sentence, sentence, status="candidate"),
        ]
        counted = Observation("p", "注册志愿者", str(1000 + variant), "名", claims[0].evidence, period="2024")
        report = Report(
            f"s{index}", "synthetic", text, f"{name}第{variant}号报道", date="2024-05-21", newspaper="某县报"
        )
        yield Extraction(report, tuple(entities), tuple(claims), (counted,))


def _entity(local: str, kind: str, name: str, *, area: str | None = None, code: str | None = None) -> Entity:
    return Entity(local, kind, name, (Mention(0, 2, name[-2:]),), area=area, code=code, rule="synthetic")


def _claim(
    subject: str,
    predicate: str,
    target: str,
    text: str,
    start: int,
    length: int,
    *,
    status: str = "asserted",
    date: str | None = None,
) -> Claim:
    end = start + length
    evidence = Evidence(start + 2, end - 1, text[start + 2 : end - 1], start, end)
    confidence = 0.9 if status == "asserted" else 0.3
    return Claim(subject, predicate, target, confidence, status, evidence, "synthetic.rule", date)  # type: ignore[arg-type]


def corpus_of(number: int) -> Corpus:
    """The corpus of that many synthetic reports."""
    return canonicalise(list(extractions(number)), base_iri=BASE)


def _build(number: int, folder: Path) -> dict[str, float]:
    start = time.perf_counter()
    made = list(extractions(number))
    seconds = {"(make the reports)": time.perf_counter() - start}
    start = time.perf_counter()
    corpus = canonicalise(made, base_iri=BASE)
    seconds["canonicalise"] = time.perf_counter() - start
    start = time.perf_counter()
    listed = list(triples(corpus))
    seconds[f"triples ({len(listed)})"] = time.perf_counter() - start
    start = time.perf_counter()
    names = prefixes(BASE)
    with (folder / "plain.ttl").open("wb") as stream:
        ox.serialize(listed, stream, format=ox.RdfFormat.TURTLE, prefixes=names)
    seconds["pyoxigraph's serializer alone, Turtle, of the list"] = time.perf_counter() - start
    start = time.perf_counter()
    with (folder / "ours.ttl").open("wb") as stream:
        write_statements(listed, stream, ox.RdfFormat.TURTLE, names)
    seconds["our Turtle writer, of the same list"] = time.perf_counter() - start
    del listed
    for name, exporter in EXPORTERS.items():
        start = time.perf_counter()
        with (folder / name).open("wb") as stream:
            exporter.write(corpus, stream)
        seconds[f"export {name}"] = time.perf_counter() - start
    return seconds


def _parse(number: int, folder: Path) -> dict[str, float]:
    del number
    start = time.perf_counter()
    store = ox.Store()
    store.bulk_load(path=str(folder / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    return {f"pyoxigraph bulk load, Turtle ({len(store)})": time.perf_counter() - start}


def _rdflib(number: int, folder: Path) -> dict[str, float]:
    del number
    import rdflib

    start = time.perf_counter()
    graph = rdflib.Graph().parse(folder / "graph.ttl")
    seconds = {f"rdflib parse Turtle ({len(graph)})": time.perf_counter() - start}
    start = time.perf_counter()
    graph.serialize(folder / "rdflib.ttl", format="turtle")
    seconds["rdflib serialize Turtle"] = time.perf_counter() - start
    return seconds


def _validate(number: int, folder: Path) -> dict[str, float]:
    del number
    from kg.graph.shacl import validate

    start = time.perf_counter()
    found = list(validate([folder / "graph.ttl"]))
    return {f"validate ({len(found)} violations)": time.perf_counter() - start}


def _in_child(step: Callable[[int, Path], dict[str, float]], number: int, folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_report, args=(step, number, folder, send))
    process.start()
    seconds, peak = receive.recv()
    process.join()
    for name, value in seconds.items():
        print(f"{value:8.2f} s  {name}")
    print(f"{peak / 1024:8.0f} MB peak\n")


def _report(step: Callable[[int, Path], dict[str, float]], number: int, folder: Path, send: object) -> None:
    seconds = step(number, folder)
    send.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))  # type: ignore[attr-defined]


def main() -> None:
    """Run all steps and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rdflib", action="store_true", help="plain rdflib too (minutes)")
    parser.add_argument("--keep", type=Path, help="folder to keep the files in")
    arguments = parser.parse_args()
    number = max(1, arguments.triples // _TRIPLES_A_REPORT)
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        steps = [_build, _parse, _validate, *([_rdflib] if arguments.rdflib else [])]
        for step in steps:
            _in_child(step, number, folder)
        sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
        print(json.dumps({name: f"{size / 1e6:.1f} MB" for name, size in sizes.items()}, indent=1))


if __name__ == "__main__":
    main()
