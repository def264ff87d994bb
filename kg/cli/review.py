"""`kg review`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import log_options, output_option
from kg.cli.telling import output


@click.command
@click.argument("graph", type=click.Path(path_type=Path), metavar="GRAPH-OR-STORE")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=0.7,
    show_default=True,
    help="Claims below this confidence.",
)
@output_option
@log_options
def review(graph: Path, below: float, output_: Path) -> None:
    """Write claims to check, the least sure first, and entities that may be one, as CSV.

    \b
    Fill in "verdict" (accept, reject, resubject, reobject, retype, rename, same, different), "other" where it needs one
    (docs/review.md), "by" and "when"; then kg build --corrections FILE.
    Example: kg review outputs/ --below 0.7 -o review.csv
    """
    from kg.review import write_review
    from kg.store.reviewing import rows_to_review

    rows = rows_to_review(graph, below=below)
    with output(output_) as stream:
        write_review(rows, stream)
