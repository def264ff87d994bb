"""`kg validate`."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from kg.cli.options import log_options

LOG = logging.getLogger("kg.cli")


@click.command
@click.argument("graphs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="GRAPH...")
@log_options
def validate(graphs: tuple[Path, ...]) -> int:
    """Check graphs against the SHACL shapes of the ontology; exit 1 if there is a violation.

    \b
    Example: kg validate outputs/graph.ttl
    """
    from kg.graph.shacl import validate as violations_of

    violations = violations_of(graphs)
    for violation in violations:
        LOG.error("%s", violation)
    LOG.info("%d violations", len(violations))
    return 1 if violations else 0
