"""`kg query`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import log_options
from kg.cli.tables import echo_table


@click.command
@click.argument("what", metavar="NAME-OR-SPARQL", required=False)
@click.option("--list", "list_", is_flag=True, help="List the named queries and their parameters.")
@click.option("--store", type=click.Path(path_type=Path), metavar="DIR", help="Ask this store.")
@click.option(
    "--graph", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help="Ask RDF files."
)
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint.")
@click.option("--param", "params", multiple=True, metavar="KEY=VALUE", help="A parameter of a named query.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "ttl"]), default="table")
@log_options
def query(what: str | None, *, list_: bool, store: Path | None, graph: tuple[Path, ...], endpoint: str | None,
          params: tuple[str, ...], form: str) -> None:  # fmt: skip
    """Ask a graph: by the name of a query, a .rq file, or SPARQL text.

    \b
    Example: kg query programs-of --param place=阳城县 --graph outputs/graph.ttl
    """
    from kg.store.ask import Place, Table, ask, list_queries, values_of

    if list_ or what is None:
        return echo_table(("name", "parameters", "问题", "question"), list_queries())
    answer = ask(what, Place(store, graph, endpoint), values=values_of(params), form=form)  # type: ignore[arg-type]
    if isinstance(answer, Table):
        return echo_table(answer.columns, answer.rows)
    return click.echo(answer, nl=not answer.endswith("\n"))
