"""The main job: read, extract, link across reports, export, all or nothing, with a manifest of what was done."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kg import __version__
from kg.batch import Failed, Progress, Source, extract, segment, without_reprints
from kg.canonical import Corpus, CorpusClaim, canonicalise
from kg.config import Config
from kg.errors import InputError
from kg.exporters import write_exports
from kg.graph.select import Selection, select
from kg.graph.shacl import validate
from kg.publish import new_folder
from kg.review import Unapplied, apply, judgements, read_corrections

MANIFEST = "build.json"
GRAPH = "graph.ttl"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build did. `seconds` (for each stage) is the only part that differs between two builds of one input."""

    version: str
    config: Config
    selection: Selection
    inputs: tuple[Source, ...]
    failed: tuple[Failed, ...]
    stale: tuple[Unapplied, ...]
    counts: Mapping[str, Any]
    outputs: Mapping[str, str]
    seconds: Mapping[str, float]

    def to_json(self) -> dict[str, Any]:
        """The manifest as `build.json` holds it; `outputs` maps file names to SHA-256."""
        return {
            "version": self.version,
            "options": {**asdict(self.config), "hash": self.config.hash},
            "selection": asdict(self.selection),
            "inputs": [asdict(source) for source in self.inputs],
            "failed": [{"source": item.source, "error": str(item.error)} for item in self.failed],
            "stale": [{**asdict(item.correction), "why": item.why} for item in self.stale],
            "counts": dict(self.counts),
            "outputs": dict(self.outputs),
            "seconds": dict(self.seconds),
        }


class _Clock:
    """Seconds spent in each stage. The clock is told to nobody but the manifest."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)


def build(
    inputs: Sequence[str],
    out: Path,
    *,
    config: Config | None = None,
    workers: int = 1,
    only: Collection[str] = (),
    selection: Selection | None = None,
    corrections: Path | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Builds the graph of `inputs` and writes every export (or those named in `only`) and the manifest into `out`.

    `workers` is the number of processes (0: as many as machine and input warrant). The outputs do not depend on the
    order of inputs nor on `workers`. Of several printings of one report the longest is analysed. `selection` writes a
    part of the graph. `corrections` is a file of verdicts (see `review/`), put on top of what is found; those that
    cannot be are named in the manifest as `stale`. Inputs that fail are named there too, the others go on. Raises
    UsageError for a missing input, an unwritable `out` or a selection of something unknown, InputError when no input
    gave a report; then nothing is written.
    """
    config = config or Config()
    clock = _Clock()
    verdicts = [] if corrections is None else read_corrections(corrections)
    with new_folder(out, last=MANIFEST) as folder:
        with clock.stage("read"):
            reading = segment(inputs, config=config, by_source=True, progress=progress)
        if not reading.reports:
            raise _nothing(reading.failed)
        with clock.stage("compare"):
            reading = without_reprints(reading)
        with clock.stage("extract"):
            extractions, failed = extract(reading, config=config, workers=workers, progress=progress)
        with clock.stage("link"):
            corpus = canonicalise(
                extractions,
                base_iri=config.base_iri,
                judgements=judgements(verdicts),
                reprints=reading.reprints,
            )
            corpus, stale = apply(corpus, verdicts)
            corpus = replace(corpus, options=_options(config))
            if selection is not None:
                corpus = select(corpus, selection)
        with clock.stage("write"):
            write_exports(corpus, folder, tuple(only) or None)
        with clock.stage("validate"):
            failed += _violations(folder / GRAPH)
        manifest = Manifest(
            version=__version__,
            config=config,
            selection=selection or Selection(),
            inputs=reading.sources,
            failed=tuple(sorted((*reading.failed, *failed), key=lambda item: (item.source, str(item.error)))),
            stale=tuple(stale),
            counts=_counts(corpus),
            outputs={path.name: _sha256(path) for path in sorted(folder.iterdir())},
            seconds=clock.seconds,
        )
        text = json.dumps(manifest.to_json(), ensure_ascii=False, indent=2)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return manifest


def _options(config: Config) -> dict[str, str]:
    """What decides which facts are found; `base_iri` and the columns only say where things are."""
    return {"min_confidence": f"{config.min_confidence:g}", "model": str(config.model).lower()}


def _violations(graph: Path) -> list[Failed]:
    """What the shapes of the ontology do not allow; told beside the failed inputs, the graph is kept all the same."""
    if not graph.exists():
        return []
    return [Failed(GRAPH, InputError(str(violation), where=GRAPH)) for violation in validate([graph])]


def _counts(corpus: Corpus) -> dict[str, Any]:
    extractions = [entry.extraction for entry in corpus.reports]
    facts = {(row.subject, row.claim.predicate, row.object) for row in corpus.claims if _asserted(row)}
    return {
        "reports": len(extractions),
        "reprints": len(corpus.printings),
        "characters": sum(len(item.report.text) for item in extractions),
        "entities": dict(sorted(Counter(thing.type for thing in corpus.things.values()).items())),
        "facts": dict(sorted(Counter(predicate for _, predicate, _ in facts).items())),
        "claims": sum(map(_asserted, corpus.claims)),
        "candidates": sum(not _asserted(row) for row in corpus.claims),
        "observations": len(corpus.observations),
    }


def _asserted(row: CorpusClaim) -> bool:
    return row.claim.status == "asserted"


def _nothing(failed: Sequence[Failed]) -> InputError:
    if len(failed) == 1 and isinstance(failed[0].error, InputError):
        return failed[0].error
    reasons = "; ".join(str(item.error) for item in failed) or "the inputs are empty"
    return InputError(f"no report to build from: {reasons}")


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
