"""`kg extract`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import Run, inputs_argument, output_option, run_options
from kg.cli.telling import output, told


@click.command
@inputs_argument
@output_option
@run_options
def extract(run: Run, inputs: tuple[str, ...], output_: Path) -> int:
    """Find entities and relations, as JSON Lines: one report a line.

    \b
    An INPUT whose JSON lines have "text" is taken as reports already cut: one line out for each line in, same order.
    Example: kg extract seeds/ -o reports.jsonl
    """
    from kg.batch import extract as extract_reports
    from kg.batch import segment, write_extractions

    with run.bar() as bar:
        reading = segment(inputs, config=run.config, progress=bar)
        extractions, failed = extract_reports(reading, config=run.config, workers=run.workers, progress=bar)
    with output(output_) as stream:
        write_extractions(extractions, stream, config=run.config)
    return told([*reading.failed, *failed])
