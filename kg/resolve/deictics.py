"""该县, 全县, 我市, 该所, 县里, 他, and bare definite nouns (会议授予…): what they stand for.

Each becomes an `Occurrence` of kind `deictic` when an entity of the report fits: its type and the ending of its name are
those of the noun. The nearest fitting entity before it is taken; 全县 and 我县 prefer the area that the report is about.
Where nothing fits, nothing is added. Source of the nouns: `data/lexicons/relation_deictics.tsv`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from kg.doc import Occurrence
from kg.knowledge.files import data_path, read_tsv
from kg.model import Entity

_PERSONAL = ("他", "她", "其本人")
_COUNTERS = ("", "个", "支", "家", "项", "所", "一", "座", "场")
_CLAUSE_START = r"(?:(?<=[，。；：！？\n”、（])|^)"
_AFTER_BREAK = r"(?<=[，。；：！？\n”、（年月日后时起来])"
# After a bare noun a verb or adverb must follow, not the rest of a longer noun (社区工作者, 会议室, 活动现场).
_NOT_LONGER = r"(?![的室工干党居民医护服务卫生中内上场所事书主负室者员长类化])"


_TOPIC = 3
"""How often a name must stand for its entity to be what the report is about."""


@dataclass(frozen=True, slots=True)
class _Noun:
    types: frozenset[str]
    endings: tuple[str, ...]
    not_endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Forms:
    pattern: re.Pattern[str]
    nouns: dict[str, tuple[str, _Noun]]


@cache
def _forms() -> _Forms:
    nouns: dict[str, tuple[str, _Noun]] = {}
    bare: list[str] = []
    for row in read_tsv(data_path("lexicons", "relation_deictics.tsv"), "relation_deictics"):
        noun = _Noun(
            frozenset(row["types"].split("|")),
            tuple(row["endings"].split("|")),
            tuple(row["not_endings"].split("|")) if "not_endings" in row else (),
        )
        for form in row["forms"].split("|"):
            if form == "bare":
                bare.append(row["noun"])
                nouns[row["noun"]] = form, noun
            else:
                word = row["noun"] + form if form == "里" else form + row["noun"]
                nouns[word] = form, noun
                if form == "该":
                    nouns.update({f"这{count}{row['noun']}": (form, noun) for count in _COUNTERS})
                    if "EVENT" in noun.types:
                        nouns.update(
                            {
                                f"{which}{row['noun']}": (form, noun)
                                for which in ("本届", "此次", "本次", "这次")
                            }
                        )
    free = sorted((word for word in nouns if word not in bare), key=lambda word: (-len(word), word))
    bound = sorted(bare, key=lambda word: (-len(word), word))
    # The look-ahead spares most places the walk through all words.
    first = "".join(sorted({word[0] for word in (*free, *bound)}))
    pattern = re.compile(
        f"(?=[{first}他她])(?:(?P<free>{'|'.join(free)})|{_CLAUSE_START}(?P<bare>{'|'.join(bound)}){_NOT_LONGER}"
        f"|{_AFTER_BREAK}(?P<he>他|她)(?!们|的|说|乡|人))"
    )
    return _Forms(pattern, nouns)


def add_deictics(doc: Doc) -> Doc:
    """Add deictic occurrences to `doc._.occurrences` (sorted by start); names already there are left alone."""
    named: tuple[Occurrence, ...] = tuple(item for item in doc._.occurrences if item.kind == "name")
    if not named:
        return doc
    entities: dict[str, Entity] = {entity.id: entity for entity in doc._.entities}
    found = tuple(_deictics(doc._.form or doc._.form, named, entities, doc._.main_area))
    doc._.occurrences = tuple(sorted((*named, *found), key=lambda item: (item.start, -item.end, item.entity)))
    return doc


def _deictics(
    text: str, named: Sequence[Occurrence], entities: dict[str, Entity], main_area: str | None
) -> Iterator[Occurrence]:
    forms = _forms()
    taken = bytearray(len(text))
    for item in named:
        taken[item.start : item.end] = b"\x01" * (item.end - item.start)
    before: list[Occurrence] = []
    position = 0
    for match in forms.pattern.finditer(text):
        start, end = match.span()
        if any(taken[start:end]):
            continue
        while position < len(named) and named[position].start < start:
            before.append(named[position])
            position += 1
        if match["he"]:
            entity = next((o.entity for o in reversed(before) if entities[o.entity].type == "PERSON"), None)
        else:
            form, noun = forms.nouns[match.group()]
            entity = _referent(form, noun, before, named, entities, main_area)
        if entity is not None:
            yield Occurrence(start, end, entity, "deictic")


def _ends_as(name: str, noun: _Noun) -> bool:
    return name.endswith(noun.endings) and not (noun.not_endings and name.endswith(noun.not_endings))


def _referent(
    form: str,
    noun: _Noun,
    before: Sequence[Occurrence],
    named: Sequence[Occurrence],
    entities: dict[str, Entity],
    main_area: str | None,
) -> str | None:
    def fits(key: str) -> bool:
        entity = entities[key]
        return entity.type in noun.types and _ends_as(entity.name, noun)

    if (
        form in {"全", "我", "本", "里"}
        and main_area in entities
        and main_area is not None
        and fits(main_area)
    ):
        return main_area
    # Of occurrences one inside the other the longer stands: the edition of a contest, not the contest as such.
    nearest = max(
        (item for item in before if fits(item.entity)), key=lambda o: (o.end, -o.start), default=None
    )
    if nearest is not None and form in {"bare", "该"}:
        counts = Counter(item.entity for item in named if fits(item.entity))
        topic, times = counts.most_common(1)[0]
        if counts[nearest.entity] == 1 and times >= _TOPIC and any(item.entity == topic for item in before):
            return topic  # what the report is about, not what it names in passing
    if nearest is not None or form == "bare":
        return nearest.entity if nearest is not None else None
    every = list(dict.fromkeys(item.entity for item in named if fits(item.entity)))
    return every[0] if len(every) == 1 else None
