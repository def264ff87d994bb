"""Word lists: forms with a class, from `kg/data/lexicons/*.tsv`, and one automaton that finds them all in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from kg.knowledge.files import data_path, read_tsv


@dataclass(frozen=True, slots=True)
class Hit:
    """A lexicon form found in a text: half-open span, form and its classes (a form may have several)."""

    start: int
    end: int
    form: str
    classes: frozenset[str]


@cache
def lexicon(name: str) -> Mapping[str, frozenset[str]]:
    """Forms of `lexicons/<name>.tsv` with their classes; checked against `schemas/<name>.json`."""
    forms: dict[str, frozenset[str]] = {}
    for row in read_tsv(data_path("lexicons", f"{name}.tsv"), name):
        forms[row["form"]] = forms.get(row["form"], frozenset()) | {row["class"]}
    return forms


@cache
def forms_of(name: str, cls: str) -> frozenset[str]:
    """Forms of one class of a lexicon."""
    return frozenset(form for form, classes in lexicon(name).items() if cls in classes)


@cache
def alternation(name: str, cls: str) -> str:
    """The forms of one class as a regular expression, longest first, without a group around it."""
    return "|".join(
        re.escape(form) for form in sorted(forms_of(name, cls), key=lambda form: (-len(form), form))
    )


class LexiconFinder:
    """Finds the forms of several lexicons in one pass."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        forms: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for name in names:
            for form, classes in lexicon(name).items():
                forms.setdefault(form, []).append((name, classes))
        self._forms = list(forms)
        self._owners = [forms[form] for form in self._forms]
        self._automaton = ahocorasick_rs.AhoCorasick(self._forms)

    def find(self, text: str) -> dict[str, list[Hit]]:
        """All occurrences, overlapping ones too, by lexicon; sorted by start, then longest first."""
        found: dict[str, list[Hit]] = {name: [] for name in self._names}
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for name, classes in self._owners[index]:
                found[name].append(Hit(start, end, self._forms[index], classes))
        for hits in found.values():
            hits.sort(key=lambda hit: (hit.start, -hit.end))
        return found
