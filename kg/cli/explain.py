"""`kg explain`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import log_options


@click.command
@click.argument("graph", type=click.Path(path_type=Path), metavar="GRAPH-OR-STORE")
@click.option("--subject", required=True, metavar="NAME", help="Name of the subject.")
@click.option("--predicate", metavar="P", help="A relation, such as runs.")
@click.option("--object", "object_", metavar="NAME", help="Name of the object.")
@log_options
def explain(graph: Path, subject: str, predicate: str | None, object_: str | None) -> int:
    """Show the evidence of facts: report, date, the sentence with the words marked, confidence, rival readings.

    \b
    Example: kg explain outputs/graph.ttl --subject 阳城县 --predicate runs
    """
    from kg.store.explain import explain as explain_facts

    readings = explain_facts(graph, subject, predicate=predicate, target=object_)
    for item in readings:
        click.echo(f"{item.subject} {item.predicate} {item.object}  ({item.status}, {item.confidence:g})")
        click.echo(f"  {item.sentence}\n  —— {item.report} {item.date}")
        for rival in item.rivals:
            click.echo(f"  rival reading: {rival}")
    return 0 if readings else 1
