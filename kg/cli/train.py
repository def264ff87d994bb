"""`kg train`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import log_options


@click.command
@click.argument(
    "reports", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="REPORTS.jsonl..."
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the model files.")
@log_options
def train(reports: tuple[Path, ...], *, out: Path) -> None:
    """Train the learned layer from annotated reports (needs the train extra, PyTorch).

    \b
    Example: kg train training/*.jsonl --out kg/data/models
    """
    try:
        from kg.training.fit import fit
    except ModuleNotFoundError as error:
        raise click.UsageError(
            f"{error.name} is missing. Install the train extra: pip install 'lgkg[train]'"
        ) from error
    click.echo(fit(reports, out, say=lambda line: click.echo(line, err=True)).to_text())
