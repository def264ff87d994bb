"""Options that commands share, and what they come to: a `Run`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from kg.cli.console import Bar, set_up_logging
from kg.config import Config, load_config


@dataclass(frozen=True, slots=True)
class Run:
    """How a command is to run: the configuration, the number of processes, and whether to be quiet."""

    config: Config
    workers: int
    quiet: bool

    def bar(self) -> Bar:
        """A progress bar on standard error; none when quiet or when standard error is no terminal."""
        return Bar(quiet=self.quiet)


_LOGGING = [
    click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors."),
    click.option("--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True,
                 help="How messages are written to standard error."),
]  # fmt: skip
_CONFIG = [
    click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="0…1",
                 help="Claims at or above it are facts, below it candidates.  [default: 0.5]"),
    click.option("--base-iri", metavar="IRI", help="Where the IRIs of the data live."),
    click.option("--no-model", is_flag=True, help="Let the rules alone find mentions, without the learned layer."),
    click.option("--workers", type=click.IntRange(0), metavar="N", default=0,
                 help="Number of processes.  [default: 0, as many as the machine and the input warrant]"),
    click.option("--config", "config_file", type=click.Path(path_type=Path), metavar="FILE.toml",
                 help="Configuration file; options given on the command line win."),
]  # fmt: skip


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the common options; the command gets a `Run` as its first argument."""

    @functools.wraps(command)
    def with_run(
        *args: Any,
        quiet: bool,
        log_format: str,
        min_confidence: float | None,
        base_iri: str | None,
        no_model: bool,
        workers: int,
        config_file: Path | None,
        **kwargs: Any,
    ) -> Any:
        set_up_logging(quiet=quiet, as_json=log_format == "json")
        overrides = {
            "min_confidence": min_confidence,
            "base_iri": base_iri,
            "model": False if no_model else None,
        }
        config = load_config(config_file, overrides=overrides)
        return command(Run(config, workers, quiet), *args, **kwargs)

    return _apply(with_run, [*_CONFIG, *_LOGGING])


def log_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--quiet` and `--log-format` alone, for commands that need no configuration."""

    @functools.wraps(command)
    def with_logging(*args: Any, quiet: bool, log_format: str, **kwargs: Any) -> Any:
        set_up_logging(quiet=quiet, as_json=log_format == "json")
        return command(*args, **kwargs)

    return _apply(with_logging, _LOGGING)


inputs_argument = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
"""Files, folders or `-`."""

output_option = click.option(
    "--output", "-o", "output_", type=click.Path(path_type=Path, allow_dash=True), default=Path("-"),
    metavar="FILE", help="Where to write.  [default: standard output]",
)  # fmt: skip


def _apply(command: Callable[..., Any], options: list[Callable[..., Any]]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command
