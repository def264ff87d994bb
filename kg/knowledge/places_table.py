"""The compiled table of the gazetteer: its rows in memory, made into `Place`s only when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.errors import DataError
from kg.knowledge.places_names import township_stem
from kg.knowledge.places_records import RANK, Place

Key = int | str
"""A place in the table: the number of its row, or for a township its 9-digit code and name."""

LAST_YEAR = 2025
"""The latest year in which a former township can have been in force (`Place.end`): the current table is of its end."""
_COLUMNS = 11


class Table:
    """`full` and `short` give the keys of each name; the unit in force comes first among the rows of a code."""

    def __init__(self, lines: Iterable[str], *, where: str = "gazetteer") -> None:
        self.full: dict[str, list[Key]] = {}
        self.short: dict[str, list[Key]] = {}
        self.rows: list[list[str]] = []
        self._by_code: dict[str, int] = {}
        self._children: dict[str, list[int]] = {}
        self._parent: dict[str, str] = {}  # of former townships, by key
        self._former: dict[str, str] = {}  # code of a former township → its key
        self._places: dict[Key, Place] = {}
        for number, line in enumerate(lines, start=1):
            if line.startswith(("#", "code\t")):
                continue
            cells = line.rstrip("\n").split("\t")
            if not 3 <= len(cells) <= _COLUMNS or cells[2] not in RANK:
                raise DataError(
                    "not a row of the gazetteer", where=f"{where}:{number}", hint="Build it again."
                )
            self._add(cells + [""] * (_COLUMNS - len(cells)))

    def _add(self, cells: list[str]) -> None:
        row = len(self.rows)
        self.rows.append(cells)
        code, name, full = cells[0], cells[1], self.full
        self._by_code.setdefault(code, row)
        full.setdefault(name, []).append(row)
        for short in cells[7].split():
            self.short.setdefault(short, []).append(row)
        if not cells[5] and cells[3]:
            self._children.setdefault(cells[3], []).append(row)
        for township in cells[9].split():
            full.setdefault(township[3:], []).append(code + township)
        for key in cells[10].split():
            full.setdefault(key[9:], []).append(key)
            self._parent[key] = code
            self._former.setdefault(key[:9], key)

    def __len__(self) -> int:
        return len(self.rows) + sum(len(row[9].split()) + len(row[10].split()) for row in self.rows)

    def by_code(self, code: str) -> Place | None:
        """The place of a code: the one in force, else the last that bore it."""
        if len(code) == 9 and code.isdigit():
            key = next((key for key in self.townships(code[:6]) if key[:9] == code), self._former.get(code))
            return None if key is None else self.place(key)
        row = self._by_code.get(code)
        return None if row is None else self.place(row)

    def children(self, code: str) -> Iterator[Place]:
        """The places in force right below one, townships last."""
        yield from map(self.place, self._children.get(code, ()))
        yield from map(self.place, self.townships(code))

    def townships(self, code: str) -> list[str]:
        """Keys of the townships in force of a county (or of a prefecture without counties), by code."""
        row = self._by_code.get(code)
        return [] if row is None else [code + township for township in self.rows[row][9].split()]

    def former_townships(self, code: str) -> list[str]:
        """Keys of the former townships of a county in force, by code."""
        row = self._by_code.get(code)
        return [] if row is None else self.rows[row][10].split()

    def level(self, key: Key) -> str:
        """The level of a place, or "former", without making the place."""
        if isinstance(key, str):
            return "former" if key in self._parent else "township"
        row = self.rows[key]
        return "former" if row[5] else row[2]

    def place(self, key: Key) -> Place:
        """The place of a key."""
        place = self._places.get(key)
        if place is None:
            place = self._row_place(self.rows[key]) if isinstance(key, int) else self._township(key)
            self._places[key] = place
        return place

    def _township(self, key: str) -> Place:
        code, name, parent = key[:9], key[9:], self._parent.get(key)
        stem = township_stem(name)
        short = (stem,) if stem else ()
        if parent is None:
            return Place(code, name, "township", code[:6], short)
        heirs = (other for other in self.townships(parent) if stem and township_stem(other[9:]) == stem)
        return Place(code, name, "township", parent, short, None, LAST_YEAR, tuple(key[:9] for key in heirs))

    @staticmethod
    def _row_place(cells: list[str]) -> Place:
        code, name, level, parent, start, end, successors, shorts, point, *_ = cells
        latitude, _, longitude = point.partition(",")
        return Place(
            code,
            name,
            level,  # type: ignore[arg-type]  # checked when the row was read
            parent or None,
            tuple(shorts.split()),
            int(start) if start else None,
            int(end) if end else None,
            tuple(successors.split()),
            (float(latitude), float(longitude)) if point else None,
        )
