"""`kg build`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import Run, inputs_argument, run_options
from kg.cli.telling import told, told_build


@click.command
@inputs_argument
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Where to write.")
@click.option("--only", multiple=True, metavar="FILE", help="Write this export only (may be repeated).")
@click.option(
    "--type", "types", multiple=True, metavar="TYPE", help="Keep things of this type (may be repeated)."
)
@click.option(
    "--place", metavar="NAME", help="Keep what lies in this place (name or code) or belongs to what does."
)
@click.option("--since", metavar="DATE", help="Keep facts from this day, month or year on.")
@click.option("--until", metavar="DATE", help="Keep facts up to this day, month or year.")
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="0…1",
    help="Leave out claims less sure than this.",
)
@click.option(
    "--corrections", type=click.Path(path_type=Path), metavar="FILE", help="Verdicts of a review (CSV)."
)
@run_options
def build(
    run: Run,
    inputs: tuple[str, ...],
    *,
    out: Path,
    only: tuple[str, ...],
    types: tuple[str, ...],
    place: str | None,
    since: str | None,
    until: str | None,
    least: float,
    corrections: Path | None,
) -> int:
    """Read, segment, extract, link: write every export into DIR.

    \b
    INPUT is a file, a folder (searched recursively) or - (standard input).
    Example: kg build seeds/ --out outputs/
    Example: kg build archive/ --out county/ --place 阳城县 --since 2022 --only pairs.graphml
    """
    from kg.build import build as build_graph
    from kg.graph.select import Selection

    with run.bar() as bar:
        manifest = build_graph(
            inputs,
            out,
            config=run.config,
            workers=run.workers,
            only=only,
            selection=Selection(types, place, since, until, least),
            corrections=corrections,
            progress=bar,
        )
    told_build(manifest, out)
    return told(manifest.failed)
