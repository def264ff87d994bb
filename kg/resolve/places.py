"""Places of one report: which administrative area each name means, and which short forms stand for which full name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.doc import Found
from kg.knowledge.places import GOES_ON, Gazetteer, Place

_AFTER_SHORT = re.compile(
    r"(?:籍|人民|县委|市委|区委|州|城区|县城|市区|全境|境内|大地|各地|讯|电|好人|人|城|县|市|区)"
)


_NATURE = frozenset({"place.water", "place.feature", "place.nation"})


@dataclass(frozen=True, slots=True)
class ReadPlace:
    """A place mention read: its full name, the place when certain, and rivals (codes) when not."""

    found: Found
    name: str
    place: Place | None
    rivals: tuple[str, ...] = ()


def read_places(doc: Doc, mentions: Sequence[Found], gazetteer: Gazetteer) -> list[ReadPlace]:
    """Read every PLACE mention; short forms without support in the report are dropped."""
    year = _year(doc)
    text: str = doc._.form
    full = [m for m in mentions if m.rule == "place.full"]
    known: dict[str, tuple[Place | None, tuple[Place, ...]]] = {}
    codes: list[str] = []
    # Unambiguous names first: they are the context for the others.
    for mention in full:
        form = text[mention.start : mention.end]
        places = gazetteer.named(form)
        current = [p for p in places if year is None or p.in_year(year)] or list(places)
        if len({p.code for p in current}) == 1:
            codes.append(current[0].code)
    for mention in full:
        form = text[mention.start : mention.end]
        if form not in known:
            known[form] = gazetteer.disambiguate(form, within=codes, year=year)
    certain = {place.code: place for place, _ in known.values() if place is not None}
    read: list[ReadPlace] = []
    for mention in mentions:
        if mention.type != "PLACE":
            continue
        form = text[mention.start : mention.end]
        if mention.rule == "place.full":
            place, rivals = known[form]
            read.append(
                ReadPlace(mention, _official(form, place, rivals), place, tuple(p.code for p in rivals))
            )
        elif mention.rule == "place.short":
            found = _short(form, certain, gazetteer, codes, text, mention)
            if found is not None:
                read.append(ReadPlace(mention, found.name, found))
        else:
            name = mention.attributes.get("name", form)
            shorts = () if mention.rule in _NATURE else gazetteer.short(form)
            known_short = next((p for p in shorts if p.code in certain), None)
            if text[mention.end : mention.end + 1] in GOES_ON and shorts:
                continue  # 苏州|河畔: another thing's name
            if known_short is not None:
                read.append(ReadPlace(mention, known_short.name, known_short))
            elif gazetteer.full(name):  # 剑川、云龙、鹤庆、洱源四县: the full name behind a shared tail
                if name not in known:
                    known[name] = gazetteer.disambiguate(name, within=codes, year=year)
                place, rivals = known[name]
                read.append(ReadPlace(mention, name, place, tuple(p.code for p in rivals)))
            else:
                read.append(ReadPlace(mention, name, None))
    return read


def _official(form: str, place: Place | None, rivals: Sequence[Place]) -> str:
    if place is not None:
        return place.name
    names = {rival.name for rival in rivals}
    return names.pop() if len(names) == 1 else form


def _short(
    form: str,
    certain: dict[str, Place],
    gazetteer: Gazetteer,
    codes: Sequence[str],
    text: str,
    mention: Found,
) -> Place | None:
    """A short form stands for the area whose full name the report has, or for one its context makes certain."""
    options = gazetteer.short(form)
    for option in options:
        if option.code in certain:
            return option
    if "nested" in mention.attributes or gazetteer.common_word(form) or len(form) < 2:
        return None
    place, _ = gazetteer.disambiguate(form, within=codes, year=None)
    if place is None:
        return None
    if place.level in ("province", "prefecture"):
        return place
    supported = any(
        code == place.code or gazetteer.is_within(code, place.code) or gazetteer.is_within(place.code, code)
        for code in codes
    )
    if supported or _AFTER_SHORT.match(text, mention.end):
        return place
    return None


def _year(doc: Doc) -> int | None:
    date = doc._.report.date
    return int(date[:4]) if date else None
