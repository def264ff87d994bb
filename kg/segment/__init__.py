"""Pages become reports: lines are joined, boundaries found, titles, bylines and dates taken from the page."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Document, Report, content_id
from kg.segment.bylines import Byline, bylines
from kg.segment.page import cut_page

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
    reports: list[Report] = []
    date = newspaper = None
    for text in document.pages:
        page = cut_page(text)
        date, newspaper = page.date or date, page.newspaper or newspaper
        header = {key: value for key, value in (("date", date), ("newspaper", newspaper)) if value}
        metadata = {**document.metadata, **header}
        metadata.pop("id", None)
        if len(page.pieces) != 1:
            metadata.pop("title", None)
        reports += [
            _report(document, metadata, text=piece.text, title=piece.title, kicker=piece.kicker)
            for piece in page.pieces
        ]
    return reports


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
