"""Tables on standard output, columns aligned although Chinese characters are two columns wide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click


def echo_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints a table, cells never cut."""
    from rich.cells import cell_len

    lines = [list(columns), *([cell.replace("\n", " ") for cell in row] for row in rows)]
    widths = [max(cell_len(line[place]) for line in lines) for place in range(len(columns))]
    for line in lines:
        cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True)]
        click.echo("  ".join(cells).rstrip())
