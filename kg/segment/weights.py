"""How much each sign counts when a page is cut: the figures of `data/segmentation/weights.yml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from kg.errors import DataError
from kg.knowledge.files import data_path, read_yaml


@dataclass(frozen=True, slots=True)
class Weights:
    """Added to a reading's score where the sign is met; positive speaks for the reading. What each means: weights.yml."""

    end_sentence: float
    end_full: float
    end_bracket: float
    end_colon: float
    end_comma: float
    end_open: float
    end_open_full: float
    single: float
    open: float
    open_gap: float
    open_inset: float
    open_indent: float
    open_no_indent: float
    open_word: float
    open_hanging: float
    open_new_width: float
    on_hanging: float
    on_ended_short: float
    on_ended_full: float
    on_open_short: float
    on_open_full: float
    on_open_shorter: float
    on_wider: float
    on_gap: float
    on_gap_ended: float
    on_gap_more: float
    on_new_width: float
    on_known_pair: float
    on_mark: float
    on_bracket: float
    on_bracket_closes: float
    on_gap_bracket: float
    on_untold: float
    on_inset: float
    on_flowed: float
    head: float
    head_hanging: float
    head_mark: float
    head_ends: float
    head_comma_end: float
    head_sentence: float
    head_comma: float
    head_wider: float
    head_full: float
    head_gap_before: float
    head_untold: float
    head_goes_on: float
    head_bracket: float
    head_indent: float
    head_gap_more: float
    head_after_credit: float
    head_gap_after: float
    head_before_text: float
    head_long: float
    out_wide: float
    out_paragraph: float
    out_section: float
    out_headline: float
    report: float
    no_title: float
    short: float
    begin_credit: float
    begin_credit_bracket: float
    begin_mark: float
    begin_subhead: float
    begin_first_subhead: float
    begin_subhead_apart: float
    begin_inset: float
    begin_gap: float
    begin_dateline: float
    begin_goes_on: float
    begin_goes_on_apart: float
    begin_opens: float
    begin_wide: float
    end_close: float
    join_gap_more: float
    join_after_close: float
    join_credit: float
    join_subhead_line: float
    join_mark: float
    join_parallel: float
    join_covered: float
    join_subhead: float
    join_section: float
    join_dateline: float
    join_goes_on: float
    join_wide: float
    join_same_width: float
    join_new_width: float
    join_shared: float
    title_before: float
    title_after: float
    title_credit: float
    title_credit_dateline: float
    title_gap_before: float
    title_no_gap_before: float
    title_gap_after: float
    title_no_gap_after: float
    title_gap_inside: float
    title_inset_inside: float
    title_mark: float
    title_section: float
    title_short: float
    title_place: float
    title_parallel: float
    title_covered: float


@cache
def weights() -> Weights:
    """The weights of the package. Raises DataError for one that is missing or unknown."""
    path = data_path("segmentation", "weights.yml")
    groups = read_yaml(path, "segmentation_weights")
    values = {
        name: float(value)
        for group in groups.values()
        if isinstance(group, dict)
        for name, value in group.items()
        if not name.startswith("__")
    }
    names = {field.name for field in fields(Weights)}
    if names != set(values):
        odd = ", ".join(sorted(names ^ set(values)))
        raise DataError(f"weights missing or unknown: {odd}", where=str(path), hint="Mend the data file.")
    return Weights(**values)
