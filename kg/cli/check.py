"""`kg check`."""

from __future__ import annotations

import logging

import click

from kg.cli.options import Run, run_options

LOG = logging.getLogger("kg.cli")


@click.command
@run_options
def check(run: Run) -> int:
    """Check the ontology, the data files and the configuration; name every problem with file and line.

    \b
    Example: kg check --config kg.toml
    """
    from kg.checking import check as check_all

    problems, checked = check_all()
    for problem in problems:
        LOG.error("%s", problem)
    LOG.info("%d files checked, %d problems; configuration: %s", checked, len(problems), run.config)
    return 3 if problems else 0
