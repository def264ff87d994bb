"""What a command says when it is done, and the exit code that goes with it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.batch import Failed
    from kg.build import Manifest

LOG = logging.getLogger("kg.cli")


def told(failed: Sequence[Failed]) -> int:
    """Names each failed input; the exit code: 1 if there is one, else 0."""
    for item in failed:
        LOG.error("%s", item.error)
    return 1 if failed else 0


def told_build(manifest: Manifest, out: Path) -> None:
    """Says what a build found and where to look."""
    counts = manifest.counts
    facts = ", ".join(f"{count} {predicate}" for predicate, count in counts["facts"].items())
    LOG.info(
        "%d reports, %d entities, %d facts (%s), %d candidates for review",
        counts["reports"], sum(counts["entities"].values()), sum(counts["facts"].values()), facts or "none", counts["candidates"],
    )  # fmt: skip
    if counts["reprints"]:
        LOG.info("%d further printings of these reports, linked to them", counts["reprints"])
    for item in manifest.stale:
        LOG.warning("%s of %s: %s", item.correction.verdict, item.correction.item, item.why)
    for name in manifest.outputs:
        LOG.info("  %s", out / name)


@contextmanager
def output(path: Path) -> Iterator[IO[str]]:
    """The stream to write to: standard output for `-`, else a file that appears only when all is written."""
    if str(path) == "-":
        with click.open_file("-", "w", encoding="utf-8") as stream:
            yield stream
        return
    from kg.publish import new_file

    with new_file(path) as stream:
        yield stream
