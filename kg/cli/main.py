"""The group of commands, and how an error becomes one line and an exit code."""

from __future__ import annotations

import logging
from typing import Any

import click

from kg import __version__
from kg.cli.build import build
from kg.cli.check import check
from kg.cli.diff import diff
from kg.cli.draw import draw
from kg.cli.evaluate import evaluate
from kg.cli.explain import explain
from kg.cli.extract import extract
from kg.cli.load import load
from kg.cli.query import query
from kg.cli.review import review
from kg.cli.segment import segment
from kg.cli.serve import serve
from kg.cli.train import train
from kg.cli.validate import validate
from kg.errors import KGError

LOG = logging.getLogger("kg.cli")


class Group(click.Group):
    """A group whose commands may return an exit code and raise KGError."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; exits with its code, or with the code of the KGError it raised, told in one line."""
        try:
            code = super().invoke(ctx)
        except KGError as error:
            LOG.error("%s", error)
            code = error.exit_code
        except BrokenPipeError:
            raise
        except OSError as error:
            LOG.error("%s: %s", error.filename or "input or output", error.strerror or error)
            code = 1
        ctx.exit(code or 0)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Chinese local-government news as a knowledge graph in which every fact carries its evidence.

    \b
    Example: kg build seeds/ --out outputs/
    Exit codes: 0 done; 1 done with failed inputs or violations; 2 wrong usage; 3 fault in configuration or data file.
    """


for _command in (
    build,
    segment,
    extract,
    validate,
    load,
    query,
    serve,
    draw,
    explain,
    diff,
    review,
    evaluate,
    train,
    check,
):
    main.add_command(_command)
