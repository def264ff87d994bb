"""When it happened: the last date that the sentence gives before the end of the evidence."""

from __future__ import annotations

from bisect import bisect_right

from kg.dates import find_dates
from kg.doc import Candidate
from kg.model import Report
from kg.relations.scene import Scene

_DATED = frozenset({"awarded", "confers", "holds", "established", "issued", "participatesIn", "runs"})


class Dates:
    """The dates of one report, resolved against its date of issue."""

    def __init__(self, scene: Scene) -> None:
        report: Report = scene.doc._.report
        try:
            found = find_dates(scene.text, report.date)
        except ValueError:
            # The page's own date is no ISO date; dates that say their year still count.
            found = find_dates(scene.text, None)
        self._found = [(date.start, date.iso) for date in found if date.iso is not None]
        self._starts = [start for start, _ in self._found]
        self._sentences = [sentence.start for sentence in scene.sentences]

    def before(self, start: int, end: int) -> str | None:
        """The last date in the sentence in which `start` lies that begins before `end`, as an ISO string."""
        position = bisect_right(self._starts, end - 1) - 1
        if position < 0 or not self._sentences:
            return None
        sentence = self._sentences[max(bisect_right(self._sentences, start) - 1, 0)]
        at, iso = self._found[position]
        return iso if at >= sentence else None

    def of(self, candidate: Candidate) -> str | None:
        """The date of a candidate, for predicates that happen at a time, from the sentence in which its evidence ends."""
        if candidate.date is not None or candidate.predicate not in _DATED:
            return candidate.date
        return self.before(candidate.end - 1, candidate.end)
