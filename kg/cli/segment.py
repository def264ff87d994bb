"""`kg segment`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import Run, inputs_argument, output_option, run_options
from kg.cli.telling import output, told


@click.command
@inputs_argument
@output_option
@click.option(
    "--debug-page",
    "debug_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.html",
    help="Also write a page that shows each line in the colour of its report.",
)
@run_options
def segment(run: Run, inputs: tuple[str, ...], output_: Path, debug_file: Path | None) -> int:
    """Read files and cut them into reports, as JSON Lines.

    \b
    Example: kg segment seeds/ -o reports.jsonl
    """
    from kg.batch import segment as segment_inputs
    from kg.batch import write_reports

    with run.bar() as bar:
        reading = segment_inputs(inputs, config=run.config, progress=bar)
    with output(output_) as stream:
        write_reports(reading.reports, stream)
    if debug_file is not None:
        from kg.batch import write_debug_page

        with output(debug_file) as stream:
            write_debug_page(inputs, stream, config=run.config)
    return told(reading.failed)
