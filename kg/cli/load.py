"""`kg load`."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from kg.cli.options import log_options

LOG = logging.getLogger("kg.cli")


@click.command
@click.argument("graphs", nargs=-1, type=click.Path(path_type=Path), metavar="[GRAPH]...")
@click.option(
    "--store", type=click.Path(path_type=Path), metavar="DIR", help="The embedded store to load into."
)
@click.option(
    "--endpoint", metavar="URL", help="A Graph Store (SPARQL 1.1 Graph Store HTTP Protocol) to load into."
)
@click.option(
    "--graph-name", metavar="IRI", help="The named graph of the Graph Store.  [default: default graph]"
)
@click.option("--replace", is_flag=True, help="Reports in GRAPH take the place of those loaded before.")
@click.option("--remove", multiple=True, metavar="REPORT", help="Take out a report, by its IRI or id.")
@log_options
def load(graphs: tuple[Path, ...], *, store: Path | None, endpoint: str | None, graph_name: str | None,
         replace: bool, remove: tuple[str, ...]) -> None:  # fmt: skip
    """Load graphs into the embedded store or into a running triple store.

    \b
    Example: kg load outputs/graph.ttl --store store/
    """
    from kg.store.loading import load_graphs

    said = load_graphs(
        graphs, store=store, endpoint=endpoint, graph_name=graph_name, replace=replace, remove=remove
    )
    LOG.info("%s", said)
