"""Pages become reports: lines are joined, boundaries found, titles, bylines and dates taken from the page."""

from __future__ import annotations

from kg.segment.bylines import Byline, bylines

__all__ = ["Byline", "bylines"]
