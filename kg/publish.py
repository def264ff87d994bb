"""Write results aside and move them into place, so that a reader never meets half a file or half a folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from kg.errors import UsageError


@contextmanager
def new_file(path: Path) -> Iterator[IO[str]]:
    """A text file (UTF-8, LF) that appears at `path` when the block ends well, and not at all otherwise.

    Raises UsageError when the file cannot be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".partial")
    except OSError as error:
        raise _unwritable(path, error) from error
    aside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        aside.chmod(0o666 & ~_umask())
        _replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


@contextmanager
def new_folder(path: Path, *, last: str) -> Iterator[Path]:
    """An empty folder to write in, whose files appear in `path` when the block ends well, and not at all otherwise.

    A new `path` appears in one move. In an existing one the file named `last` (the manifest) is taken away first and put
    back last, so that a folder without it is known to be incomplete; files of other names are left alone. Raises
    UsageError when nothing can be written there.
    """
    fresh = not path.exists()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=path.parent if fresh else path, prefix=".kg-", suffix=".partial"))
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield aside
        aside.chmod(0o777 & ~_umask())
        if fresh:
            _replace(aside, path)
        else:
            (path / last).unlink(missing_ok=True)
            for file in sorted(aside.iterdir(), key=lambda file: (file.name == last, file.name)):
                _replace(file, path / file.name)
    finally:
        with suppress(FileNotFoundError):
            shutil.rmtree(aside)


def _replace(aside: Path, path: Path) -> None:
    try:
        aside.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"cannot be written ({error.strerror})", where=str(path), hint="Choose another place.")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
