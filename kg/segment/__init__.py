"""Pages become reports: lines are joined, boundaries found, titles, bylines and dates taken from the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.model import Document, Report, content_id
from kg.segment.bylines import Byline, bylines
from kg.segment.cues import ENDS
from kg.segment.page import Piece, cut_page
from kg.segment.units import opens_report

__all__ = ["Byline", "bylines", "segment"]


def segment(document: Document) -> list[Report]:
    """The reports of a document, in page order.

    A document that is `segmented` gives one report a page, its text unchanged; any other is cut page by page. What the
    document's metadata says (title, date, byline, newspaper, id, source) holds where the page does not say it itself. An
    id that is not given is computed from title and text alone, so that it is the same wherever the file lies.
    """
    if document.segmented:
        records = document.records or ({},) * len(document.pages)
        return [
            _report(document, {**document.metadata, **record}, text=text, title="")
            for text, record in zip(document.pages, records, strict=True)
        ]
    pages = [cut_page(text) for text in document.pages]
    date = next((page.date for page in pages if page.date), None)
    newspaper = next((page.newspaper for page in pages if page.newspaper), None)
    reports: list[Report] = []
    for page, pieces in zip(pages, _joined([page.pieces for page in pages]), strict=True):
        date, newspaper = page.date or date, page.newspaper or newspaper
        header = {key: value for key, value in (("date", date), ("newspaper", newspaper)) if value}
        metadata = {key: value for key, value in document.metadata.items() if key != "id"} | header
        if len(pages) > 1 or len(pieces) != 1:
            metadata.pop("title", None)
        reports += [
            _report(document, metadata, text=piece.text, title=piece.title, kicker=piece.kicker)
            for piece in pieces
        ]
    return reports


def _joined(pages: Sequence[tuple[Piece, ...]]) -> list[list[Piece]]:
    """The pieces of each page, a lone piece without a title put behind the lone piece of the page before."""
    found: list[list[Piece]] = []
    owner: list[Piece] | None = None  # the page that began the report which may go on
    for pieces in pages:
        if (
            owner is not None
            and len(pieces) == 1
            and not pieces[0].title
            and not opens_report(pieces[0].text)
        ):
            before, after = owner[0], pieces[0]
            link = "\n" if ENDS.search(before.text) else ""
            owner[0] = replace(before, text=before.text + link + after.text)
            found.append([])
            continue
        found.append(list(pieces))
        owner = found[-1] if len(pieces) == 1 else None
    return found


def _report(
    document: Document, metadata: Mapping[str, str], *, text: str, title: str, kicker: str = ""
) -> Report:
    title = title or metadata.get("title", "")
    names = dict.fromkeys(item.name for item in bylines(text, title) if item.role != "editor")
    given = [name for name in metadata.get("byline", "").split("、") if name]
    return Report(
        id=metadata.get("id") or content_id(title, text),
        source=metadata.get("source") or document.source,
        text=text,
        title=title,
        kicker=kicker,
        byline=tuple(given or names),
        date=metadata.get("date"),
        newspaper=metadata.get("newspaper"),
    )
