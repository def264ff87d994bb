"""Named queries: `queries/*.rq`, each a SPARQL query whose first comments say what it answers and what it needs.

    # the question in Chinese
    # the question in English
    # param NAME TYPE[?][=DEFAULT]: what it is, in both languages        (? may be left out)
    # example NAME=VALUE …

A parameter is a SPARQL variable of the same name. Its value is put in as data (`VALUES`), never pasted as text, so that
no value can change the query; it goes where the line `# values` stands, else to the beginning of the first WHERE. Types: `name` (a Chinese name), `text`, `date`, `number`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError, UsageError
from kg.graph.terms import XSD

FOLDER = Path(__file__).parent / "queries"
_PARAMETER = re.compile(
    r"# param (?P<name>\w+) (?P<type>\w+)(?P<optional>\?)?(?:=(?P<default>\S+?))?: (?P<about>.+)"
)
_PLACE = re.compile(r" *# values\n")
_WHERE = re.compile(r"(?<=WHERE \{)\n")
_DECIMAL = ox.NamedNode(XSD + "decimal")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a named query; `default` is None when there is none."""

    name: str
    type: str
    optional: bool
    default: str | None
    about: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that is asked by name. `example` maps parameters to values."""

    name: str
    title_zh: str
    title_en: str
    parameters: tuple[Parameter, ...]
    example: Mapping[str, str]
    text: str


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """All named queries by name. Raises DataError for one whose comments are not as they should be."""
    return {path.stem: read_query(path) for path in sorted(FOLDER.glob("*.rq"))}


def read_query(path: Path) -> NamedQuery:
    """A query file. Raises DataError with file and line."""
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    if len(lines) < 3 or not (lines[0].startswith("# ") and lines[1].startswith("# ")):
        raise DataError("the first two lines must be the question in Chinese and English", where=f"{path}:1")
    parameters: list[Parameter] = []
    example: dict[str, str] = {}
    for number, line in enumerate(lines[2:], start=3):
        if line.startswith("# param "):
            match = _PARAMETER.fullmatch(line)
            if match is None or match["type"] not in _TYPES:
                raise DataError(f"not a parameter: {line}", where=f"{path}:{number}")
            optional = match["optional"] is not None
            parameters.append(
                Parameter(match["name"], match["type"], optional, match["default"], match["about"])
            )
        elif line.startswith("# example"):
            example = dict(pair.split("=", 1) for pair in line.removeprefix("# example").split())
    return NamedQuery(
        path.stem, lines[0].removeprefix("# "), lines[1].removeprefix("# "), tuple(parameters), example, text
    )


def render(name: str, values: Mapping[str, str]) -> str:
    """The SPARQL text of a named query with its parameters' values put in.

    Raises UsageError for an unknown name or parameter, a missing value or one of the wrong form.
    """
    query = named_queries().get(name)
    if query is None:
        raise UsageError(f"no query named {name!r}", hint=_meant(name, named_queries()))
    known = {parameter.name: parameter for parameter in query.parameters}
    for key in values:
        if key not in known:
            raise UsageError(f"query {name} has no parameter {key!r}", hint=_meant(key, known))
    block = "".join(_bindings(query, values))
    place = _PLACE if _PLACE.search(query.text) else _WHERE
    return place.sub(lambda _: f"\n{block}", query.text, count=1)


def _bindings(query: NamedQuery, values: Mapping[str, str]) -> Iterator[str]:
    for parameter in query.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is None and not parameter.optional:
            example = " ".join(f"--param {key}={text}" for key, text in query.example.items())
            what = f"query {query.name} needs a value for {parameter.name!r} ({parameter.about})"
            raise UsageError(what, hint=f"For example: {example}")
        if value is not None:
            yield f" VALUES ?{parameter.name} {{ {_term(parameter, value)} }}"


def _term(parameter: Parameter, value: str) -> ox.Literal:
    pattern, make = _TYPES[parameter.type]
    if not pattern.fullmatch(value):
        raise UsageError(f"{parameter.name} is {value!r}, expected a {parameter.type}")
    return make(value)


def _meant(name: str, known: Mapping[str, object]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(known) or 'none'}."


_ANYTHING = re.compile(r"(?s).+")
_TYPES: Mapping[str, tuple[re.Pattern[str], Callable[[str], ox.Literal]]] = {
    "name": (_ANYTHING, lambda text: ox.Literal(text, language="zh")),
    "text": (_ANYTHING, lambda text: ox.Literal(text)),
    "date": (_DATE, lambda text: ox.Literal(text)),
    "number": (re.compile(r"\d+(\.\d+)?"), lambda text: ox.Literal(text, datatype=_DECIMAL)),
}
