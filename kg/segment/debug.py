"""A page as the segmentation saw it: every line in the colour of the report it was given to, for a person to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from kg.model import Document
from kg.segment.page import Page, cut_page

_HUES = (205, 25, 130, 280, 50, 330, 175, 90)
_STYLE = """
body { font: 15px/1.5 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; margin: 2em; }
section { display: grid; grid-template-columns: max-content 1fr; gap: 0 2em; margin-bottom: 3em; }
pre { margin: 0; font: inherit; } pre span { display: block; padding: 0 .6em; min-height: 1.5em; }
.none { color: #777; } article { padding: .2em .8em; margin-bottom: .8em; white-space: pre-wrap; }
h2 { font-size: 1.05em; margin: .2em 0; } small { color: #555; }
"""


def debug_page(documents: Iterable[Document]) -> str:
    """One HTML page with every page of `documents`: its lines at the left, the reports made of them at the right."""
    sections = "\n".join(section for document in documents for section in _sections(document))
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>kg segment</title><style>{_STYLE}</style></head>'
        f"<body>\n{sections}\n</body></html>\n"
    )


def _sections(document: Document) -> Iterator[str]:
    for number, text in enumerate(document.pages, start=1):
        heading = f"<h1>{escape(document.source)} <small>{number}/{len(document.pages)}</small></h1>"
        if document.segmented:
            yield f"{heading}<section><pre></pre><article>{escape(text)}</article></section>"
            continue
        page = cut_page(text)
        yield f"{heading}<p>{escape(page.date or '')} {escape(page.newspaper or '')}</p><section>{_page(text, page)}</section>"


def _page(text: str, page: Page) -> str:
    owner = {line: number for number, piece in enumerate(page.pieces) for line in piece.lines}
    lines = "".join(
        f"<span{_colour(owner.get(number))}>{escape(line)}</span>"
        for number, line in enumerate(text.split("\n"))
    )
    reports = "".join(
        f"<article{_colour(number)}><h2>{escape(piece.title) or '—'}</h2>{escape(piece.text)}</article>"
        for number, piece in enumerate(page.pieces)
    )
    return f"<pre>{lines}</pre><div>{reports}</div>"


def _colour(number: int | None) -> str:
    if number is None:
        return ' class="none"'
    hue, light = _HUES[number % len(_HUES)], 90 - 7 * (number // len(_HUES) % 3)
    return f' style="background: hsl({hue} 70% {light}%)"'
