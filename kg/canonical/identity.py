"""Who is who: from one report alone, the IRI path of each of its entities.

Rules (docs/ontology.md, Identity): an administrative area is its code; an organisation its name within its area, or its
name alone when that is national; a program, a local title and a document their name within the area that runs, gives
or issues them; a prize its name within its contest; an event its name, holder and date; a person the name within the
body or place. Whatever the report leaves open gets a path inside the report's own, so that two unknown things never
merge by accident. Nothing but the report decides, so graphs built on different machines merge by union.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from kg.canonical.iri import key_name, report_path, slug, thing_path
from kg.canonical.records import Identity
from kg.canonical.scopes import named_scope, prefix_scope
from kg.knowledge.ontology import load_ontology
from kg.knowledge.places import load_gazetteer
from kg.model import Claim, Entity, Extraction, content_id

_CODE = re.compile(r"\d{6}|\d{9}|\d{12}")
_PRIZE = re.compile(r"(?:[一二三四特]等|[金银铜]|优[秀胜]|优秀组织|组织|鼓励|入围|最佳.{0,6})奖|[冠亚季]军")
_EDITION = re.compile(r"第[一二三四五六七八九十百零〇\d]+[届次期批]|\d{4}")
_ZONE = re.compile(r"(\d{6})Z\d+")
NATIONAL = "national"
_TOWNSHIP_END = re.compile(r"(?:民族)?(?:镇|乡|街道|苏木)$")


def identify(extraction: Extraction, *, report: str | None = None) -> dict[str, Identity]:
    """The identity of each entity by local id. `report` is the report's path, if it is not the one of its id."""
    return _Identifier(extraction, report or report_path(extraction.report.id)).all()


def is_area_code(code: str) -> bool:
    """Whether it is a code of the standard (6, 9 or 12 digits), not a made-up key of a zone."""
    return _CODE.fullmatch(code) is not None


class _Identifier:
    def __init__(self, extraction: Extraction, report: str) -> None:
        self._extraction = extraction
        self._report = report
        self._entities = {entity.id: entity for entity in extraction.entities}
        self._known: dict[str, Identity] = {}
        self._pending: set[str] = set()
        self._types = load_ontology().types

    def all(self) -> dict[str, Identity]:
        identities = {entity.id: self._identity(entity.id) for entity in self._extraction.entities}
        taken: Counter[str] = Counter()
        result: dict[str, Identity] = {}
        for local, identity in identities.items():
            taken[identity.path] += 1
            number = taken[identity.path]
            if number > 1 and not identity.settled:
                # The report says that these are two; settled ones of one identity are one all the same.
                identity = self._open(self._entities[local], identity.why, number=number)
            result[local] = identity
        return result

    def _identity(self, local: str) -> Identity:
        if local not in self._known:
            entity = self._entities[local]
            if local in self._pending:
                return self._open(entity, "its context depends on itself")
            self._pending.add(local)
            self._known[local] = self._decide(entity)
            self._pending.discard(local)
        return self._known[local]

    def _decide(self, entity: Entity) -> Identity:
        match entity.type:
            case "PLACE":
                return self._place(entity)
            case "ORG":
                return self._organisation(entity)
            case "PROGRAM":
                identity = self._by_actors(entity, ("runs", "locatedIn"))
                return replace(identity, bare=self._bare(entity))
            case "AWARD":
                return self._award(entity)
            case "EVENT":
                return self._event(entity)
            case "PERSON":
                return self._person(entity)
            case _:
                return self._by_actors(entity, ("issued",))

    def _place(self, entity: Entity) -> Identity:
        if entity.code is not None and _CODE.fullmatch(entity.code):
            until = _ended(entity.code, entity.name)
            path = f"place/{entity.code}-until-{until}" if until else f"place/{entity.code}"
            return Identity(path, True, self._area(entity), "administrative code")
        zone = _ZONE.fullmatch(entity.code or "")
        if zone is not None:
            return self._within(entity, f"place/{zone[1]}", "zone within its area")
        if named_scope(entity.name):
            return self._global(entity, "the country")
        context = self._area(entity) or self._single(
            [self._context(claim.object) for claim in self._claims("locatedIn", subject=entity.id)]
        )
        return self._within(entity, context, "name within the nearest known area")

    def _organisation(self, entity: Entity) -> Identity:
        if named_scope(entity.name):
            return self._global(entity, "national body")
        context = self._area(entity) or self._carried(entity) or prefix_scope(entity.name)
        if context == NATIONAL:
            return self._global(entity, "scope stated by the name")
        return self._within(entity, self._county(entity, context), "name within its area", context=context)

    def _award(self, entity: Entity) -> Identity:
        if self._scope(entity):
            return self._within(entity, self._scope(entity), "scope stated by the name")
        if _PRIZE.fullmatch(key_name(entity.name)):
            contests = [
                identity
                for claim in self._claims("confers", target=entity.id)
                if self._entities[claim.subject].type in ("EVENT", "PROGRAM")
                for identity in [self._identity(claim.subject)]
            ]
            settled = [identity.path for identity in contests if identity.settled]
            return self._within(entity, self._single(settled), "prize within its contest")
        return self._by_actors(entity, ("confers",))

    def _by_actors(self, entity: Entity, predicates: tuple[str, ...]) -> Identity:
        context = self._scope(entity) or self._area(entity) or self._carried(entity)
        for predicate in predicates:
            if context is None:
                own_subject = predicate == "locatedIn"
                claims = self._claims(predicate, **{"subject" if own_subject else "target": entity.id})
                context = self._widest(
                    [self._context(claim.object if own_subject else claim.subject) for claim in claims]
                )
        return self._within(entity, context, "name within the area of those who run, give or issue it")

    def _event(self, entity: Entity) -> Identity:
        claims = self._claims("holds", target=entity.id)
        holders = sorted(
            {self._identity(c.subject).path for c in claims if self._identity(c.subject).settled}
        )
        dates = {claim.date for claim in claims if claim.date and len(claim.date) > 4}
        dates |= {entity.attributes["date"]} if len(entity.attributes.get("date", "")) > 4 else set()
        area = self._area(entity) or self._carried(entity)
        context = holders or ([area] if area else [])
        if not context or (len(dates) != 1 and not _EDITION.search(entity.name)):
            return self._open(entity, "holder or date not certain")
        path = thing_path(self._slug(entity), entity.name, "|".join([*context, *sorted(dates)[:1]]))
        return Identity(
            path, True, area or self._context(claims[0].subject if claims else None), "name, holder and date"
        )

    def _person(self, entity: Entity) -> Identity:
        claims = self._claims("worksFor", subject=entity.id)
        claims.sort(key=lambda claim: (self._entities[claim.object].type != "ORG", claim.evidence.start))
        for claim in claims:
            body = self._identity(claim.object)
            if body.settled:
                path = thing_path(self._slug(entity), entity.name, body.path)
                return Identity(path, True, None, "name with the body or place")
        newspaper = self._extraction.report.newspaper
        if newspaper and self._claims("wrote", subject=entity.id):
            path = thing_path(self._slug(entity), entity.name, f"newspaper/{key_name(newspaper)}")
            return Identity(path, True, None, "reporter of the newspaper")
        return self._open(entity, "no body or place known")

    def _claims(
        self, predicate: str, *, subject: str | None = None, target: str | None = None
    ) -> list[Claim]:
        """Asserted claims of the report with this predicate and argument."""
        return [
            claim
            for claim in self._extraction.claims
            if claim.predicate == predicate
            and claim.status == "asserted"
            and (subject is None or claim.subject == subject)
            and (target is None or claim.object == target)
        ]

    def _area(self, entity: Entity) -> str | None:
        """The path of the entity's administrative context, if that is settled."""
        if entity.area is None or entity.area not in self._entities or entity.area == entity.id:
            return None
        area = self._identity(entity.area)
        return area.path if area.settled else None

    def _context(self, local: str | None) -> str | None:
        """The area that an actor stands for: a place itself, an organisation's area, `national`."""
        if local is None or local not in self._entities:
            return None
        identity = self._identity(local)
        if self._entities[local].type == "PLACE":
            return identity.path if identity.settled else None
        return identity.context if identity.settled else None

    def _bare(self, entity: Entity) -> str:
        """The name by which programs of different areas are compared: without the area it begins with."""
        key = key_name(entity.name)
        for length in range(min(len(key) - 3, 12), 1, -1):
            if key[:length] in self._coded:
                return key[length:]
        return key

    def _carried(self, entity: Entity) -> str | None:
        """The path of the coded area whose name (full or as mentioned) the entity's name begins with."""
        key = key_name(entity.name)
        for length in range(min(len(key) - 1, 12), 1, -1):
            found = self._coded.get(key[:length])
            if found:
                return found
        return None

    def _county(self, entity: Entity, context: str | None) -> str | None:
        """The county for a township that the organisation's own name states: reports differ in which is certain."""
        code = (context or "").removeprefix("place/")
        if not re.fullmatch(r"\d{9}", code):
            return context
        names = [key_name(e.name) for e in self._extraction.entities if e.code == code]
        stems = [_TOWNSHIP_END.sub("", name) for name in names]
        return (
            f"place/{code[:6]}" if any(stem and stem in key_name(entity.name) for stem in stems) else context
        )

    @cached_property
    def _coded(self) -> Mapping[str, str]:
        names: dict[str, set[str]] = {}
        for entity in self._extraction.entities:
            if entity.type == "PLACE" and entity.code is not None and _CODE.fullmatch(entity.code):
                path = self._identity(entity.id).path
                for form in (entity.name, *(mention.text for mention in entity.mentions)):
                    names.setdefault(key_name(form), set()).add(path)
        return {name: next(iter(paths)) for name, paths in names.items() if len(paths) == 1 and len(name) > 1}

    def _single(self, contexts: list[str | None] | list[str]) -> str | None:
        """The only context, or None when there are none or several."""
        found = {context for context in contexts if context}
        return found.pop() if len(found) == 1 else None

    def _widest(self, contexts: list[str | None]) -> str | None:
        """The context that contains all others (by code), or the only one; None when they lie side by side."""
        found = sorted(
            {context for context in contexts if context}, key=lambda path: (len(_trunk(path)), path)
        )
        if len(found) < 2 or NATIONAL in found:
            return NATIONAL if NATIONAL in found else (found[0] if found else None)
        trunk = _trunk(found[0])
        return found[0] if trunk and all(_trunk(path).startswith(trunk) for path in found[1:]) else None

    def _within(self, entity: Entity, key: str | None, why: str, *, context: str | None = None) -> Identity:
        if key is None:
            return self._open(entity, f"{why}: not certain")
        if key == NATIONAL:
            return self._global(entity, why)
        path = thing_path(self._slug(entity), entity.name, key)
        return Identity(path, True, context or key, why)

    def _global(self, entity: Entity, why: str) -> Identity:
        return Identity(thing_path(self._slug(entity), entity.name, NATIONAL), True, NATIONAL, why)

    def _scope(self, entity: Entity) -> str | None:
        return prefix_scope(entity.name) or (NATIONAL if entity.attributes.get("level") == NATIONAL else None)

    def _open(self, entity: Entity, why: str, *, number: int = 1) -> Identity:
        key = key_name(entity.name)
        digest = content_id(entity.type, key, *([str(number)] if number > 1 else []), length=8)
        path = f"{self._report}/{self._slug(entity)}/{slug(key)}-{digest}"
        return Identity(path, False, self._area(entity), why)

    def _slug(self, entity: Entity) -> str:
        return self._types[entity.type].slug


def _ended(code: str, name: str) -> int | None:
    """The year until which a code stood for an area of this name, if that area has ended.

    A renamed area that keeps its code (襄樊市, 襄阳市) is one area; a code that others may have got since is not.
    """
    for place in load_gazetteer().full(name):
        if place.code == code and place.end is not None and code not in place.successors:
            return place.end
    return None


def _trunk(path: str) -> str:
    """The significant digits of an area path's code (`place/140500` → `1405`), or an empty string."""
    code = path.removeprefix("place/")
    return re.sub(r"(?:0000|00)$", "", code) if _CODE.fullmatch(code) else ""
