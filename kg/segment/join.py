"""Lines of one paragraph become running text; characters are kept as printed, none lost, doubled or moved."""

from __future__ import annotations

from collections.abc import Iterable


def join_lines(lines: Iterable[str]) -> str:
    """The lines put together: nothing between them, but a space where a line break stood between two Latin words.

    A number that a line end cuts (147 / 00) is put together. Spaces inside lines stay as they are.
    """
    parts: list[str] = []
    last = ""
    for line in lines:
        text = line.strip()
        if not text:
            continue
        if last and _is_latin(last) and _is_latin(text[0]):
            parts.append(" ")
        parts.append(text)
        last = text[-1]
    return "".join(parts)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
