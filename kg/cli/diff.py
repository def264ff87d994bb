"""`kg diff`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import log_options


@click.command
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@log_options
def diff(old: Path, new: Path) -> None:
    """Show facts and entities gained (+) and lost (-) between two builds.

    \b
    OLD and NEW are folders of kg build, RDF files, or stores.
    Example: kg diff outputs-before/ outputs/
    """
    from kg.store.explain import diff as difference

    found = difference(old, new)
    for sign, rows in (("-", found.facts_lost), ("+", found.facts_gained)):
        for fact in rows:
            click.echo(f"{sign} {' '.join(fact)}")
    for sign, names in (("-", found.entities_lost), ("+", found.entities_gained)):
        for kind, name in names:
            click.echo(f"{sign} {kind} {name}")
