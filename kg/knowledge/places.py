"""The gazetteer: administrative divisions of China with codes, parents, short names, years, and a fast finder.

Every division from province to township in force at the end of 2025, the units of county level and above that were
renamed or abolished since 1995, townships abolished since about 2015, and well-known functional zones. `docs/gazetteer.md` gives sources, counts, policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from kg.errors import DataError
from kg.knowledge.files import data_path, read_tsv
from kg.knowledge.places_find import Finder, Form
from kg.knowledge.places_records import RANK, Place, PlaceHit, standing
from kg.knowledge.places_table import Key, Table
from kg.knowledge.places_words import read_words

__all__ = ["GOES_ON", "Gazetteer", "Place", "PlaceHit", "load_gazetteer"]

# Cost (natural logarithm of 1/probability) of a name as a word of running text, by level, when it competes with
# ordinary words. Set by rough frequency; moved up or down together by 2, they change one decision in two hundred
# (docs/gazetteer.md).
_COST = {"province": 8.7, "prefecture": 11.0, "county": 12.9, "zone": 13.3, "township": 14.9, "former": 14.5}


GOES_ON = frozenset("河江湖路街桥")
"""With these a short name goes on to another thing's name even where they begin a longer word: 苏州|河畔.

`places/continuations.tsv` lets such a place stand (云南|山区); what is read as one by other means must not.
"""
_MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
"""北京, 天津, 上海, 重庆: provinces by their code, cities by their size."""


class Gazetteer:
    """All places, looked up by code and name and found in text. Use `load_gazetteer`."""

    def __init__(
        self,
        lines: Iterable[str],
        *,
        common: Iterable[str] = (),
        generic: Mapping[str, str] = MappingProxyType({}),
        where: str = "gazetteer",
    ) -> None:
        self._table = Table(lines, where=where)
        self._chains: dict[str, tuple[Place, ...]] = {}
        self._named: dict[str, tuple[Place, ...]] = {}
        self._inside_known: dict[tuple[str, str], bool] = {}
        self._finder: Finder | None = None
        self._common: frozenset[str] = frozenset(common)
        self._generic = dict(generic)

    def __len__(self) -> int:
        return len(self._table)

    def by_code(self, code: str) -> Place | None:
        """The place of a code: the one in force, else the last that bore it. None if there is none."""
        return self._table.by_code(code)

    def named(self, name: str) -> tuple[Place, ...]:
        """Places whose full or short name is exactly `name`: those in force first, then by level and code.

        Short names of townships do not count (see `township_shorts`).
        """
        found = self._named.get(name)
        if found is None:
            found = self._sorted([*self._table.full.get(name, ()), *self._table.short.get(name, ())])
            self._named[name] = found
        return found

    def full(self, name: str) -> tuple[Place, ...]:
        """Places of any level whose full name is `name`, in the order of `named`."""
        return self._sorted(self._table.full.get(name, ()))

    def short(self, name: str) -> tuple[Place, ...]:
        """Places of county level and above, and zones, of which `name` is a short form, in the order of `named`."""
        return self._sorted(self._table.short.get(name, ()))

    def _sorted(self, keys: Iterable[Key]) -> tuple[Place, ...]:
        return tuple(sorted(map(self._table.place, dict.fromkeys(keys)), key=standing))

    def names(self) -> tuple[str, ...]:
        """All names, full and short (of townships only full), without order."""
        return tuple(dict.fromkeys([*self._table.full, *self._table.short]))

    def common_word(self, name: str) -> bool:
        """Whether a short name is an ordinary word too (公安, 资源, 和平) and needs evidence from its surroundings."""
        return name in self._common

    def children(self, code: str) -> tuple[Place, ...]:
        """The places in force right below a place, by code; zones and townships too."""
        return tuple(self._table.children(code))

    def chain(self, code: str) -> tuple[Place, ...]:
        """What a place lies in, nearest first (阳城县 → 晋城市, 山西省). Empty for a province or an unknown code."""
        known = self._chains.get(code)
        if known is not None:
            return known
        result = []
        place = self.by_code(code)
        while place is not None and place.parent is not None:
            place = self.by_code(place.parent)
            if place is not None:
                result.append(place)
        self._chains[code] = tuple(result)
        return self._chains[code]

    def is_within(self, code: str, ancestor: str) -> bool:
        """Whether a place is the other one or lies in it."""
        return code == ancestor or any(place.code == ancestor for place in self.chain(code))

    def township_shorts(self, code: str) -> dict[str, Place]:
        """Short names of the townships of a county (凤城 → 凤城镇), former ones where no township in force has the name.

        A short name of two townships in force is left out.
        """
        table = self._table
        result: dict[str, Place] = {}
        twice: set[str] = set()
        for place in map(table.place, table.townships(code)):
            twice.update(short for short in place.short if short in result)
            result.update(dict.fromkeys(place.short, place))
        for place in map(table.place, table.former_townships(code)):
            for short in place.short:
                result.setdefault(short, place)
        return {short: place for short, place in result.items() if short not in twice}

    def find(self, text: str) -> list[PlaceHit]:
        """Names in a text, not overlapping, by start: full names of all levels, short names from county level up.

        The longest name counts, where ordinary words or other names do not cross its bounds (文明|村镇 is no 明村镇); a
        short form does not count where it goes on as the name of something else (阳城路), nor a generic full name
        (城区, 和县) without a place that holds it. Short forms that are `common_word`s are given: judge them by context.
        """
        if self._finder is None:
            self._finder = self._make_finder()
        hits: list[PlaceHit] = []
        doubtful: list[int] = []
        for start, end, name, form in self._finder.spans(text):
            hit = PlaceHit(start, end, name, form, self.named(name))
            if self._need(hit) and not (hits and hits[-1].end == start and self._inside(name, hits[-1].text)):
                doubtful.append(len(hits))
            hits.append(hit)
        for index in reversed(doubtful):
            hit = hits[index]
            if self._need(hit) == "adjacent" or not any(
                self._inside(hit.text, other.text) for other in hits if other.text != hit.text
            ):
                del hits[index]
        return hits

    def _need(self, hit: PlaceHit) -> str | None:
        """What evidence the name needs (`generic.tsv`); a township of two characters (厚镇) always some."""
        if len(hit.text) == 2 and hit.form == "full" and hit.places[0].level == "township":
            return self._generic.get(hit.text, "document")
        return self._generic.get(hit.text)

    def _inside(self, inner: str, outer: str) -> bool:
        """Whether a place of the one name lies in a place of the other."""
        found = self._inside_known.get((inner, outer))
        if found is None:
            codes = {place.code for place in self.named(outer)}
            found = any(unit.code in codes for place in self.named(inner) for unit in self.chain(place.code))
            self._inside_known[inner, outer] = found
        return found

    def _make_finder(self) -> Finder:
        names: dict[str, tuple[Form, float]] = {}
        for name, keys in self._table.full.items():
            names[name] = ("full", min(_COST[self._table.level(key)] for key in keys))
        for name, keys in self._table.short.items():
            form: Form = "full" if name[-1] in "州县旗盟区" and len(name) > 2 else "short"
            names.setdefault(name, (form, min(_COST[self._table.level(key)] for key in keys)))
        rows = read_tsv(data_path("places", "continuations.tsv"), "places-continuations")
        return Finder(
            names,
            read_words(data_path("places", "words.tsv")),
            inside=self._inside,
            continuations=frozenset(row["tail"] for row in rows),
        )

    def disambiguate(
        self, name: str, *, within: Sequence[str] = (), year: int | None = None
    ) -> tuple[Place | None, tuple[Place, ...]]:
        """The place that `name` means in a context, and its rivals.

        `within` are codes of places that the context is sure of, `year` that of the report. Only places in force in
        that year (without a year: now) count, if there are any. Of several, the one nearest to the context is meant:
        one of the context's own places, then one in or around them, then in their prefecture, then in their province.
        Among equals a province is meant before lower units, a unit before the units inside it (长沙: the city, not
        长沙县), and a city before districts of other cities (西安: not 西安区). Otherwise the answer is None and all that are left.
        """
        candidates = self.named(name)
        valid = [
            place for place in candidates if (place.end is None if year is None else place.in_year(year))
        ]
        pool = [place for place in valid or candidates if not _succeeded(place, valid or candidates)]
        rivals = tuple(pool)
        if len(pool) > 1:
            nearness = [max((self._nearness(place, code) for code in within), default=0) for place in pool]
            pool = [place for place, near in zip(pool, nearness, strict=True) if near == max(nearness)]
        if len(pool) > 1:
            pool = self._most_prominent(pool)
        if len(pool) == 1:
            return pool[0], tuple(place for place in rivals if place is not pool[0])
        return None, tuple(pool)

    def _most_prominent(self, pool: list[Place]) -> list[Place]:
        top = min(pool, key=lambda place: RANK[place.level])
        if all(
            top is place
            or top.level == "province"
            or self.is_within(place.code, top.code)
            or (top.level == "prefecture" and _is_minor_district(place))
            for place in pool
        ):
            return [top]
        return pool

    def _nearness(self, place: Place, code: str) -> int:
        if place.code == code:
            return 4
        if self.is_within(code, place.code):
            return 3
        if self.is_within(place.code, code):  # a county tells more than its province: 福建省武平县岩前镇
            wide = code.endswith("00") and len(code) == 6
            return 3 if not wide else 1 if code.endswith("0000") and code not in _MUNICIPALITIES else 2
        mine, other = self.chain(place.code), self.chain(code)
        shared = {unit.code for unit in mine} & {unit.code for unit in other}
        if not shared:
            return 0
        return 1 if all(code.endswith("0000") for code in shared) else 2


def _is_minor_district(place: Place) -> bool:
    """Whether a place is a district of a city; those of the four municipalities are as well known as cities."""
    district = place.level == "county" and place.name.endswith("区")
    return district and place.code[:2] + "0000" not in _MUNICIPALITIES


def _succeeded(place: Place, others: Iterable[Place]) -> bool:
    """Whether one of the others is what the place became: both count in the year of the change, the later is meant."""
    return any(other.code in place.successors and other != place for other in others)


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package, read once. Raises DataError when its file is missing or damaged."""
    path = data_path("places", "gazetteer.tsv")
    generic = read_tsv(data_path("places", "generic.tsv"), "places-generic")
    try:
        with (
            path.open(encoding="utf-8") as lines,
            data_path("places", "common_words.tsv").open(encoding="utf-8") as words,
        ):
            return Gazetteer(
                lines,
                common=(line.partition("\t")[0] for line in words if not line.startswith("#")),
                generic={row["name"]: row["needs"] for row in generic},
                where=str(path),
            )
    except FileNotFoundError as error:
        raise DataError(
            "data file is missing", where=str(error.filename), hint="Reinstall the package."
        ) from None
