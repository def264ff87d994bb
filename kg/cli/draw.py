"""`kg draw`."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from kg.cli.options import log_options

LOG = logging.getLogger("kg.cli")


@click.command
@click.argument("graph", type=click.Path(path_type=Path), metavar="GRAPH")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help=".svg or .png"
)
@log_options
def draw(graph: Path, output: Path) -> None:
    """Draw a graph as a picture.

    \b
    Example: kg draw outputs/graph.graphml -o graph.svg
    """
    from kg.graph.draw import draw as draw_graph

    LOG.info("%s", draw_graph(graph, output))
