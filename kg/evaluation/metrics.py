"""How well extracted reports agree with annotated ones: precision, recall and F1 by type and by predicate.

An entity is found when an entity of the same type shares its name or one of its mentions (quotes around the whole, spaces
and full or half width ignored); pairs are one to one, best first. A relation is found when subject, predicate and object
are. What gold marks `optional` is neither rewarded nor punished. The lenient reading also pairs entities whose names
overlap by at least 60 % and takes PROGRAM, EVENT and DOCUMENT for one type.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

Row = Mapping[str, Any]
"""A report in the report format (docs/report-format.md): `id`, `entities`, `relations`."""

ALL = "ALL"
_QUOTES = frozenset("“”‘’\"'《》〈〉「」『』")
_LOOSE = {"PROGRAM": "ACTIVITY", "EVENT": "ACTIVITY", "DOCUMENT": "ACTIVITY"}
_LEAST_OVERLAP = 0.6


@dataclass(frozen=True, slots=True)
class Score:
    """True and false positives and false negatives; the ratios are rounded to four places."""

    tp: int
    fp: int
    fn: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 when nothing was found."""
        return _ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 0 when nothing is there."""
        return _ratio(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)


@dataclass(frozen=True, slots=True)
class Table:
    """Scores by entity type and by predicate (each with the key ALL), and the share of exact full names."""

    entities: Mapping[str, Score]
    relations: Mapping[str, Score]
    name: float


@dataclass(slots=True)
class _Tally:
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, key: str, kind: str) -> None:
        self.counts[ALL][kind] += 1
        self.counts[key][kind] += 1

    def scores(self) -> dict[str, Score]:
        return {key: Score(c["tp"], c["fp"], c["fn"]) for key, c in sorted(self.counts.items())}


def normal_name(name: str) -> str:
    """`name` without spaces, in compatibility form, without quotes that enclose the whole."""
    name = "".join(unicodedata.normalize("NFKC", name).split())
    while len(name) > 2 and name[0] in _QUOTES and name[-1] in _QUOTES and not set(name[1:-1]) & _QUOTES:
        name = name[1:-1]
    return name


def align(gold: Sequence[Row], predicted: Sequence[Row], *, lenient: bool = False) -> dict[str, Row]:
    """One-to-one pairs, best matches first: the id of a predicted entity → the gold entity that it finds."""
    options: list[tuple[float, str, str, Row]] = []
    gold_forms = [(entity, _forms(entity)) for entity in gold]
    for found in predicted:
        found_forms = _forms(found)
        for entity, forms in gold_forms:
            if not _same_type(entity["type"], found["type"], lenient=lenient):
                continue
            same_name = normal_name(entity["name"]) == normal_name(found["name"])
            score: float = 10 * same_name + 2 * len(forms & found_forms)
            if not score and lenient:
                close = _overlap(forms, found_forms)
                score = close if close >= _LEAST_OVERLAP else 0
            if score:
                options.append(
                    (score - 0.5 * bool(entity.get("optional")), entity["id"], found["id"], entity)
                )
    options.sort(key=lambda option: (-option[0], option[1], option[2]))
    pairs: dict[str, Row] = {}
    taken: set[str] = set()
    for _, gold_id, found_id, entity in options:
        if gold_id not in taken and found_id not in pairs:
            pairs[found_id] = entity
            taken.add(gold_id)
    return pairs


def score(
    gold: Iterable[Row], predicted: Iterable[Row], *, lenient: bool = False, errors: list[str] | None = None
) -> Table:
    """The scores of `predicted` against `gold`, joined on `id`; a report without prediction counts as empty.

    Every relation of a prediction is counted: leave out candidates before. With `errors` a line is added for each false
    (`+`) and missed (`-`) entity and relation.
    """
    by_id = {row["id"]: row for row in predicted}
    entities, relations = _Tally(), _Tally()
    found = exact = 0
    log = errors if errors is not None else []
    for report in gold:
        row = by_id.get(report["id"], {"entities": [], "relations": []})
        pairs = align(report["entities"], row["entities"], lenient=lenient)
        for entity in row["entities"]:
            partner = pairs.get(entity["id"])
            if partner is None:
                entities.add(entity["type"], "fp")
                log.append(f"{report['id']} + {entity['type']} {entity['name']}")
            elif not partner.get("optional"):
                entities.add(partner["type"], "tp")
                found += 1
                exact += normal_name(partner["name"]) == normal_name(entity["name"])
        matched = {entity["id"] for entity in pairs.values()}
        for entity in report["entities"]:
            if entity["id"] not in matched and not entity.get("optional"):
                entities.add(entity["type"], "fn")
                log.append(f"{report['id']} - {entity['type']} {entity['name']}")
        _score_relations(report, row, pairs, relations, log)
    return Table(entities.scores(), relations.scores(), _ratio(exact, found))


def _score_relations(report: Row, row: Row, pairs: Mapping[str, Row], tally: _Tally, log: list[str]) -> None:
    known = {entity["id"]: entity for entity in report["entities"]}
    names = {entity["id"]: entity["name"] for entity in row["entities"]}
    keys = {_key(relation): bool(relation.get("optional")) for relation in report["relations"]}
    hit: set[tuple[str, str, str]] = set()
    for subject, predicate, obj in dict.fromkeys(_key(relation) for relation in row["relations"]):
        ends = [pairs.get(subject), {"id": obj} if obj == "report" else pairs.get(obj)]
        key = (ends[0]["id"], predicate, ends[1]["id"]) if ends[0] and ends[1] else None
        if key is not None and keys.get(key) is False:
            if key not in hit:
                tally.add(predicate, "tp")
            hit.add(key)
        elif (key is None or key not in keys) and not any(end and end.get("optional") for end in ends):
            tally.add(predicate, "fp")
            log.append(f"{report['id']} + {names.get(subject, subject)} —{predicate}→ {names.get(obj, obj)}")
    for key, optional in sorted(keys.items()):
        subject, predicate, obj = key
        if optional or key in hit or any(known.get(end, {}).get("optional") for end in (subject, obj)):
            continue
        tally.add(predicate, "fn")
        ends_named = [known[end]["name"] if end in known else end for end in (subject, obj)]
        log.append(f"{report['id']} - {ends_named[0]} —{predicate}→ {ends_named[1]}")


def _key(relation: Row) -> tuple[str, str, str]:
    return relation["s"], relation["p"], relation["o"]


def _forms(entity: Row) -> set[str]:
    return {normal_name(form) for form in [entity["name"], *entity.get("mentions", [])] if form}


def _same_type(left: str, right: str, *, lenient: bool) -> bool:
    return left == right or (lenient and _LOOSE.get(left, left) == _LOOSE.get(right, right))


def _overlap(left: set[str], right: set[str]) -> float:
    best = 0.0
    for x in sorted(left):
        for y in sorted(right):
            matcher = SequenceMatcher(None, x, y, autojunk=False)
            size = matcher.find_longest_match(0, len(x), 0, len(y)).size
            best = max(best, size / max(len(x), len(y), 1))
    return best


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
