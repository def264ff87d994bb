"""Where inputs are: files, folders and standard input become a list of places, checked before anything is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError, UsageError
from kg.readers.result import ReadFailure

STDIN = "-"
MAX_BYTES = 512 * 1024 * 1024
"""A larger file is refused: it would not fit into memory beside what is made of it."""


def find_inputs(inputs: Iterable[str | Path]) -> list[str]:
    """The files meant by `inputs`, in the order given, folders searched recursively and sorted; `-` stays.

    Hidden files and folders are passed over, a folder that a link leads back to is entered once. Paths are as the user
    gave them, with POSIX separators. Raises UsageError for a path that does not exist or a folder without a file.
    """
    places: list[str] = []
    for given in inputs:
        if str(given) == STDIN:
            places.append(STDIN)
            continue
        path = Path(given)
        if path.is_dir():
            found = list(_walk(path, {path.resolve()}))
            if not found:
                raise UsageError(
                    "no file to read in this folder",
                    where=path.as_posix(),
                    hint="Name a folder that holds reports.",
                )
            places += found
        elif path.exists():
            places.append(path.as_posix())
        else:
            raise UsageError("no such file or folder", where=path.as_posix(), hint="Check the path.")
    if not places:
        raise UsageError("no input given", hint="Name a file, a folder or - for standard input.")
    return places


def read_bytes(place: str) -> bytes:
    """The bytes of a file. Raises InputError for a file that is empty, too large, no regular file, or not readable."""
    path = Path(place)
    try:
        if path.is_dir():  # only a folder that could not be listed comes here
            raise PermissionError
        if not path.is_file():
            raise InputError("not a regular file", where=place, hint="Only files and folders can be read.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                f"{size} bytes, more than the {MAX_BYTES} that can be read",
                where=place,
                hint="Split the file.",
            )
        return path.read_bytes()
    except PermissionError:
        raise InputError("no permission to read it", where=place, hint="Change its access rights.") from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=place) from error


def as_failure(source: str, error: InputError) -> ReadFailure:
    """`error` as the outcome of `source`, which it names where it names no place."""
    if error.where is None:
        error = InputError(error.what, where=source, hint=error.hint)
    return ReadFailure(source, error)


def _walk(folder: Path, seen: set[Path]) -> Iterator[str]:
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except PermissionError:
        yield folder.as_posix()  # fails when read, and is told then, so that the others go on
        return
    for path in entries:
        if path.name.startswith("."):
            continue
        if not path.is_dir():
            yield path.as_posix()
        elif (real := path.resolve()) not in seen:
            seen.add(real)
            yield from _walk(path, seen)
