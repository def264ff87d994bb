"""`kg evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from kg.cli.options import Run, run_options


@click.command
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD.jsonl")
@click.option("--gold-entities", is_flag=True, help="Give the relations stage the entities of the gold.")
@click.option("--ids", type=click.Choice(["all", "odd", "even"]), default="all", help="Which reports.")
@click.option("--errors", is_flag=True, help="Print every miss and every false find.")
@run_options
def evaluate(
    run: Run, gold: Path, *, gold_entities: bool, ids: Literal["all", "odd", "even"], errors: bool
) -> None:
    """Score the extraction against annotated reports.

    \b
    Example: kg evaluate training/w-01.jsonl --ids odd
    """
    from kg.evaluation import evaluate as evaluate_gold

    result = evaluate_gold(gold, config=run.config, gold_entities=gold_entities, ids=ids, errors=errors)
    click.echo(result.to_text())
