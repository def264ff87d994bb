"""`kg segment`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import Run, inputs_argument, output_option, run_options
from kg.cli.telling import output, told


@click.command
@inputs_argument
@output_option
@run_options
def segment(run: Run, inputs: tuple[str, ...], output_: Path) -> int:
    r"""Read files and cut them into reports, as JSON Lines.

    \b
    Example: kg segment seeds/ -o reports.jsonl
    """
    from kg.batch import segment as segment_inputs
    from kg.batch import write_reports

    with run.bar() as bar:
        reading = segment_inputs(inputs, config=run.config, progress=bar)
    with output(output_) as stream:
        write_reports(reading.reports, stream)
    return told(reading.failed)
