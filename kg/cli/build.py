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
    "--corrections", type=click.Path(path_type=Path), metavar="FILE", help="Verdicts of a review (CSV)."
)
@run_options
def build(
    run: Run, inputs: tuple[str, ...], *, out: Path, only: tuple[str, ...], corrections: Path | None
) -> int:
    """Read, segment, extract, link: write every export into DIR.

    \b
    INPUT is a file, a folder (searched recursively) or - (standard input).
    Example: kg build seeds/ --out outputs/
    """
    from kg.build import build as build_graph

    with run.bar() as bar:
        manifest = build_graph(
            inputs,
            out,
            config=run.config,
            workers=run.workers,
            only=only,
            corrections=corrections,
            progress=bar,
        )
    told_build(manifest, out)
    return told(manifest.failed)
