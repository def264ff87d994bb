"""ZIP and TAR archives: each member is read as a file of its own; nothing is unpacked to disk.

Sources are `archive.zip/path/in/archive.txt`. An archive is refused as a whole when it would swell beyond the limits, and
a member that is a link, has a path that leads outside, or is locked is told and passed over.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath

from kg.errors import InputError
from kg.model import Document
from kg.readers.result import Input, ReadFailure

MAX_TOTAL = 1024 * 1024 * 1024
"""Bytes that the members of one archive may have together."""
MAX_MEMBER = 256 * 1024 * 1024
"""Bytes that one member may have."""
MAX_RATIO = 200
"""Times that a member of more than a megabyte may be larger than it is packed: text reaches some 20."""
MAX_MEMBERS = 100_000
MAX_DEPTH = 3
"""Archives inside archives."""


def read_zip(item: Input) -> Iterator[Document | ReadFailure]:
    """The documents of the members, in the order of their names."""
    try:
        with zipfile.ZipFile(io.BytesIO(item.data)) as archive:
            members = sorted(
                (info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename
            )
            _check(item.source, len(members), sum(info.file_size for info in members))
            for info in members:
                yield from _member(item, info.filename, partial(_unzip, archive, info))
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise InputError(f"the archive is damaged ({error})") from None


def read_tar(item: Input) -> Iterator[Document | ReadFailure]:
    """The documents of the members of a TAR archive, plain or packed with gzip, bzip2 or xz, in their order."""
    total = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(item.data), mode="r:*") as archive:
            for count, info in enumerate(archive, start=1):
                if info.isdir():
                    continue
                total += info.size
                _check(item.source, count, total)
                if total > MAX_RATIO * max(len(item.data), 1024 * 1024):
                    raise InputError("swells too much when unpacked", where=item.source)
                yield from _member(item, info.name, partial(_untar, archive, info))
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise InputError(f"not a TAR archive, or damaged ({error})") from None


def _member(item: Input, name: str, read: Callable[[], bytes]) -> Iterator[Document | ReadFailure]:
    from kg.readers import read_content
    from kg.readers.inputs import as_failure

    path = PurePosixPath(name.replace("\\", "/"))
    if (
        any(part.startswith(".") and part not in ("..", ".") for part in path.parts)
        or "__MACOSX" in path.parts
    ):
        return
    source = f"{item.source}/{path.as_posix()}"
    if path.is_absolute() or ".." in path.parts or (path.parts and ":" in path.parts[0]):
        yield as_failure(
            source, InputError("its path leads outside the archive", hint="Pack the archive again.")
        )
        return
    if item.depth >= MAX_DEPTH:
        yield as_failure(source, InputError(f"archives inside archives, more than {MAX_DEPTH} deep"))
        return
    try:
        data = read()
    except InputError as error:
        yield as_failure(source, error)
        return
    yield from read_content(source, data, columns=item.columns, depth=item.depth + 1)


def _unzip(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & 1:
        raise InputError("it is locked with a password", hint="Pack it without one.")
    if info.file_size > MAX_MEMBER:
        raise InputError(f"{info.file_size} bytes unpacked, at most {MAX_MEMBER} are read")
    if info.file_size > 1024 * 1024 and info.file_size > MAX_RATIO * max(1, info.compress_size):
        raise InputError(f"it swells more than {MAX_RATIO}-fold when unpacked")
    try:
        with archive.open(info) as stream:
            data = stream.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise InputError(f"it cannot be unpacked ({error})") from None
    if len(data) > info.file_size:
        raise InputError("it is larger than the archive says")
    return data


def _untar(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    if not info.isfile():
        raise InputError("a link or device inside an archive is not followed")
    if info.size > MAX_MEMBER:
        raise InputError(f"{info.size} bytes unpacked, at most {MAX_MEMBER} are read")
    stream = archive.extractfile(info)
    assert stream is not None
    return stream.read()


def _check(source: str, members: int, total: int) -> None:
    if members > MAX_MEMBERS:
        raise InputError(
            f"more than {MAX_MEMBERS} files in the archive", where=source, hint="Split the archive."
        )
    if total > MAX_TOTAL:
        raise InputError(
            f"{total} bytes unpacked, at most {MAX_TOTAL} are read", where=source, hint="Split the archive."
        )
