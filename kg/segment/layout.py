"""Paragraphs and headline lines become reports: the best division of a page, found by dynamic programming.

A report is a run of neighbouring units: paragraphs, subheadings among them, and a headline of one to six lines before
or after, or none. A reading's score sums, for each report, what speaks for its parts belonging together: how much of
the headline's wording its paragraphs take up, equal column widths and shared rare pairs of characters across each inner
break, a dateline (本报讯) that opens it, a credit that closes it. Units may stay outside all reports: page furniture, and
leads set apart in a wider column, which `kg.segment.leads` gives to the reports they belong to.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.segment.scores import Part, Scores
from kg.segment.units import Unit
from kg.segment.weights import Weights


def divide(units: Sequence[Unit], weights: Weights) -> list[Part]:
    """The best division of a page's units into reports, in page order; units in none of them are left over."""
    table = Scores(units, weights)
    best: list[float] = [0.0]
    choice: list[Part | None] = [None]
    for end in range(1, len(units) + 1):
        score, part = table.ending_at(end, best)
        alone = best[end - 1] + table.outside(end - 1)
        if alone >= score:
            score, part = alone, None
        best.append(score)
        choice.append(part)
    parts: list[Part] = []
    end = len(units)
    while end:
        part = choice[end]
        end = end - 1 if part is None else part.start
        if part is not None:
            parts.append(part)
    return parts[::-1]
