"""The records of the gazetteer: a place, and a name found in text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.knowledge.places_find import Form

Level = Literal["province", "prefecture", "county", "township", "zone"]
RANK: dict[str, int] = {"province": 0, "prefecture": 1, "county": 2, "zone": 3, "township": 4}


@dataclass(frozen=True, slots=True)
class Place:
    """One division or zone.

    `code` is the GB/T 2260 code (6 digits), for townships the 9-digit code; a zone has none, so a made-up key
    (`130000Z01`). `short` holds short names, longest first; those with a unit (文山州) too. `start` and `end` are the
    years of the changes that began and ended it (None: before 1995, still in force), both counted in. `successors`
    are codes of what it became. `point` is latitude and longitude in degrees, somewhere inside, to 3 decimals.
    """

    code: str
    name: str
    level: Level
    parent: str | None
    short: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None
    successors: tuple[str, ...] = ()
    point: tuple[float, float] | None = None

    def in_year(self, year: int) -> bool:
        """Whether it was in force in some part of the year."""
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A name found in a text at `start`…`end` (half-open character offsets), with all places of that name.

    `form` is "full" when the words carry a unit (阳城县, 文山州), "short" when not (阳城).
    """

    start: int
    end: int
    text: str
    form: Form
    places: tuple[Place, ...]


def standing(place: Place) -> tuple[bool, int, str]:
    """Sorts places of one name: those in force first, then by level and code."""
    return (place.end is not None, RANK[place.level], place.code)
