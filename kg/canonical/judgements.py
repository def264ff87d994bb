"""Judgements of people: read, checked, and turned into clusters; nothing is rewritten, so any of them can be undone.

A judgement names two entity IRIs and says `same` or `different`. Clusters are the closure of `same`; a `different`
inside a cluster is a contradiction and reported. Taking the row out of the file undoes the merge in the next build.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kg.canonical.records import Judgement
from kg.errors import DataError
from kg.knowledge.files import LINE, read_tsv


def read_judgements(path: Path) -> list[Judgement]:
    """Judgements of a TSV file (left, right, verdict, explanation). Raises DataError with file and line."""
    judgements = []
    for row in read_tsv(path, "judgements"):
        if row["left"] == row["right"]:
            raise DataError(
                "both sides are the same IRI", where=f"{path}:{row[LINE]}", hint="Remove the row."
            )
        verdict = "same" if row["verdict"] == "same" else "different"
        judgements.append(Judgement(row["left"], row["right"], verdict, 1.0, row["explanation"], "person"))  # type: ignore[arg-type]
    return judgements


def clusters(judgements: Sequence[Judgement], settled: Iterable[str]) -> Mapping[str, str]:
    """For each IRI named in a `same` judgement the IRI of its cluster.

    A settled IRI comes before one inside a report, then the smallest. Raises DataError when a pair judged `different` is joined by others.
    """
    parent: dict[str, str] = {}

    def root(iri: str) -> str:
        while parent.setdefault(iri, iri) != iri:
            parent[iri] = parent[parent[iri]]
            iri = parent[iri]
        return iri

    for judgement in judgements:
        if judgement.verdict == "same":
            parent[root(judgement.left)] = root(judgement.right)
    for judgement in judgements:
        if judgement.verdict == "different" and root(judgement.left) == root(judgement.right):
            raise DataError(
                f"{judgement.left} and {judgement.right} are judged different, but other judgements join them",
                hint="Remove one of the judgements.",
            )
    known = set(settled)
    groups: dict[str, list[str]] = {}
    for iri in parent:
        groups.setdefault(root(iri), []).append(iri)
    heads = {key: min(members, key=lambda iri: (iri not in known, iri)) for key, members in groups.items()}
    return {iri: heads[root(iri)] for iri in parent if root(iri) in heads}
