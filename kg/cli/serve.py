"""`kg serve`."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from kg.cli.options import log_options

LOG = logging.getLogger("kg.cli")


@click.command
@click.option(
    "--store", required=True, type=click.Path(path_type=Path), metavar="DIR", help="The store to serve."
)
@click.option("--page", type=click.Path(path_type=Path), metavar="FILE", help="An index.html to show at /.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, help="Port to listen on.")
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Let web pages of this origin ask, too.")
@click.option(
    "--timeout", default=30.0, show_default=True, metavar="SECONDS", help="Longest time for a query."
)
@log_options
def serve(
    store: Path, *, page: Path | None, host: str, port: int, cors: tuple[str, ...], timeout: float
) -> None:
    """Serve a store, read-only: SPARQL 1.1 endpoint (/sparql), editor (/editor) and explorer page (/).

    \b
    Example: kg serve --store store/ --page outputs/index.html
    """
    from kg.store.serve import application
    from kg.store.serve import serve as run
    from kg.store.worker import Limits

    hosts = ("127.0.0.1", "localhost", host)
    app = application(store, page=page, limits=Limits(seconds=timeout), hosts=hosts, origins=cors)
    LOG.info("http://%s:%d/ (endpoint: /sparql; stop with Ctrl-C)", host, port)
    run(app, host=host, port=port)
