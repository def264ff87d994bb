"""IRIs that are computed, never counted: the same thing gets the same IRI on every machine.

Path segments are readable (`organization/阳城县公安局-1f0c2a9b`) and end in a hash of what identifies the thing, so that a slug
that had to drop characters stays unambiguous.
"""

from __future__ import annotations

import re
import unicodedata

from kg.errors import UsageError
from kg.model import content_id

_QUOTES = re.compile(r"[\"'“”‘’「」『』《》〈〉＂\s]+")
_DOTS = re.compile(r"[•・∙⋅‧]")
_UNSAFE = re.compile(r"[^0-9A-Za-z_\u3400-\u4dbf\u4e00-\u9fff-]+")
_SAFE_ID = re.compile(r"[0-9A-Za-z_\u3400-\u4dbf\u4e00-\u9fff][0-9A-Za-z_\u3400-\u4dbf\u4e00-\u9fff-]{0,79}")
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|\\^`]+[/#]")
_SLUG_LENGTH = 40


def key_name(name: str) -> str:
    """The form of a name by which things are compared: width, white space, quotation marks and dots do not count."""
    return _QUOTES.sub("", _DOTS.sub("·", unicodedata.normalize("NFKC", name)))


def slug(name: str) -> str:
    """The readable part of an IRI: Han characters, ASCII letters, digits; at most 40 characters; never empty."""
    return _UNSAFE.sub("", key_name(name))[:_SLUG_LENGTH] or "x"


def thing_path(segment: str, name: str, context: str) -> str:
    """`segment/slug-hash` for a thing of this name within this context (a path, or a scope such as `national`)."""
    key = key_name(name)
    return f"{segment}/{slug(key)}-{content_id(segment, key, context, length=8)}"


def report_path(report_id: str) -> str:
    """`report/id`, the id kept when it is safe in an IRI and in Turtle, else slug and hash."""
    if _SAFE_ID.fullmatch(report_id):
        return f"report/{report_id}"
    return f"report/{slug(report_id)}-{content_id('report', report_id, length=8)}"


def check_base(base_iri: str) -> str:
    """The base IRI, if data IRIs can be made by appending to it. Raises UsageError otherwise."""
    if not _BASE.fullmatch(base_iri):
        raise UsageError(
            f"base IRI {base_iri!r} is not an absolute IRI ending in / or #",
            hint="Give one such as https://example.org/id/.",
        )
    return base_iri
