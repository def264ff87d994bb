"""A report as relation rules see it: sentences cut into clauses, entities gathered into coordinated groups.

    涉县县委宣传部、县文明办联合评选的第四届“昔阳好人”揭晓。
    [item, item]          trigger      [item]

An *item* is one noun phrase of entities (`塔山街道` `西咸欢社区`: the last is its head, those before modify it); a *group*
is a coordination of items (A、B和C), open when 等 follows; a *clause* ends at ， ； ： or the sentence's end. Characters of
entities are masked by one letter for each type, so that no trigger is ever found inside a name. Offsets are Doc offsets.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.doc import Occurrence
from kg.model import Entity

LETTERS = {
    "ORG": "O",
    "PLACE": "P",
    "PROGRAM": "G",
    "AWARD": "A",
    "EVENT": "E",
    "PERSON": "N",
    "DOCUMENT": "D",
}
ACTORS = frozenset({"ORG", "PLACE"})
MASK = {kind: chr(0xE000 + number) for number, kind in enumerate(LETTERS)}
MASKED = "".join(MASK.values())
FILL = "\ue010"
"""Stands for a character of quoted or bracketed matter, in which no clause ends and no trigger counts."""

_CLAUSE_END = re.compile(r"[，；：。！？,;:!?]|——|…+")
_QUOTED = re.compile(r"“[^“”\n]{1,24}”|‘[^‘’\n]{1,24}’|（[^（）\n]{1,60}）|\([^()\n]{1,60}\)")
_QUOTES = re.compile(r"[“”‘’《》「」『』\s]")
_ADJACENT_QUOTED = re.compile(r".?[”》」]\s*[“《「].?$")
_COUNT = (
    r"(?:(?:[0-9０-９.万]+|[一二三四五六七八九十百千两]+)余?多?(?:名|个|家|项|支|人|户|位|件|所|批|届|次))?"
)
_TAIL = r"(?:代表队|等?\s*(?:系列)?(?:项目|活动|品牌|系统|机制|平台|称号|荣誉|制度|工作|专项行动|行动|服务|建设|工程|改革|同志|家庭))?"
_AND = r"(?:、|和|与|及|以及|、以及|还有|，以及|或|暨|并|·)"
_LIST = re.compile(
    rf"{_TAIL}{_COUNT}(?:等{_COUNT})?{_AND}{_COUNT}(?:优秀|先进|开展|实施|选送的|报送的|申报的)?"
)
_PEOPLE = re.compile(rf"(?:家庭|同志|兄弟|夫妇)?{_AND}[^，。、；：（）()]{{0,7}}")
_OPEN = re.compile(
    r"\s*(?:等(?:地|多地|人|同志|部门|单位)?(?:(?:[0-9]+|[一二三四五六七八九十百千两多]+)余?多?(?:名|个|家|项|支|人|户|位|件|所)\S{0,8})?)"
)
_DATELINE = re.compile(r"(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:讯|电)")
_OPENING = re.compile(r"[^。，：；\n]{1,18}?(?:讯|电|报)\s*[（(][^（）()\n]{1,60}[）)]\s*")
_OF = re.compile(r"(?:的|之|里的|上的|中的|举办的|开展的)?")
_POST = re.compile(
    r"(?:[^，。；：、！？“”‘’（）()\s]{0,8}(?:书记|常委|主任|主席|长|员|师|表)[、兼])*[^，。；：、！？“”‘’（）()\s]{0,14}\s?"
)
_LEADS = re.compile(r"(?:首届|第[一二三四五六七八九十0-9]+[届批次]|[0-9]{4}年?(?:度)?)?")


@dataclass(frozen=True, slots=True)
class Item:
    """A noun phrase: `parts` in order, of which the last is the head. `start`, `end` cover all parts."""

    parts: tuple[Occurrence, ...]
    start: int
    end: int

    @property
    def head(self) -> Occurrence:
        """The occurrence that the phrase is about."""
        return self.parts[-1]


@dataclass(slots=True)
class Group:
    """A coordination of items in one clause. `open` when the list is not complete (等)."""

    items: list[Item]
    clause: int = 0
    open: bool = False

    @property
    def start(self) -> int:
        """Where the first item begins."""
        return self.items[0].start

    @property
    def end(self) -> int:
        """Where the last item ends."""
        return self.items[-1].end


@dataclass(slots=True)
class Clause:
    """A stretch without ， ； ： 。; `mark` is the sign that ends it ("" at the end of a title or line)."""

    start: int
    end: int
    mark: str
    groups: list[Group] = field(default_factory=list)


@dataclass(slots=True)
class Sentence:
    """A sentence: its masked text from `start`, clauses, groups in order, and the index of its paragraph (-1: title)."""

    start: int
    end: int
    text: str
    paragraph: int
    clauses: list[Clause]
    groups: list[Group]
    heading: bool = False

    def between(self, start: int, end: int) -> str:
        """The masked text between two Doc offsets."""
        return self.text[max(start - self.start, 0) : max(end - self.start, 0)]

    def clause_at(self, offset: int) -> int:
        """The index of the clause that holds a Doc offset."""
        for number, clause in enumerate(self.clauses):
            if offset < clause.end or number == len(self.clauses) - 1:
                return number
        return 0


@dataclass(slots=True)
class Scene:
    """One report: its text (matching form), entities by id, occurrences, sentences, main area."""

    doc: Doc
    text: str
    body: int
    entities: dict[str, Entity]
    occurrences: tuple[Occurrence, ...]
    sentences: list[Sentence]
    main_area: str | None
    twins: dict[str, list[str]] = field(default_factory=dict)
    """Entities that stand at the very place of another one (the same words read as EVENT and as PROGRAM)."""
    forms: dict[tuple[str, bool], dict[str, str]] = field(default_factory=dict)
    """Name forms by type, kept by `names`."""

    def type(self, occurrence: Occurrence) -> str:
        """The type code of what an occurrence stands for."""
        return self.entities[occurrence.entity].type


def build_scene(doc: Doc) -> Scene:
    """The scene of an analysed Doc. Occurrences inside longer ones take no part in groups."""
    text: str = doc._.form or doc._.form
    entities = {entity.id: entity for entity in doc._.entities}
    occurrences = tuple(sorted(doc._.occurrences, key=lambda o: (o.start, -o.end, o.entity)))
    outer = list(_outermost(occurrences))
    masked = list(text)
    for occurrence in outer:
        letter = MASK[entities[occurrence.entity].type]
        masked[occurrence.start : occurrence.end] = letter * (occurrence.end - occurrence.start)
    masked_text = _fill_quoted("".join(masked))
    starts = [occurrence.start for occurrence in outer]
    scene = Scene(doc, text, doc._.body, entities, occurrences, [], doc._.main_area)
    spans = {(occurrence.start, occurrence.end): occurrence.entity for occurrence in outer}
    for occurrence in occurrences:
        shown = spans.get((occurrence.start, occurrence.end))
        if (
            shown is not None
            and shown != occurrence.entity
            and occurrence.entity not in scene.twins.get(shown, [])
        ):
            scene.twins.setdefault(shown, []).append(occurrence.entity)
    paragraph, last = -1, 0
    for start, end in doc._.sentences:
        if start >= scene.body:
            paragraph += text.count("\n", max(last, scene.body), start) if paragraph >= 0 else 1
        last = start
        inside = outer[bisect_left(starts, start) : bisect_left(starts, end)]
        scene.sentences.append(_sentence(scene, masked_text[start:end], start, end, paragraph, inside))
    return scene


def masked_text(scene: Scene) -> str:
    """The report's text with entities masked, brackets and quotes left as they are."""
    masked = list(scene.text)
    for occurrence in _outermost(tuple(o for o in scene.occurrences if o.kind == "name")):
        masked[occurrence.start : occurrence.end] = MASK[scene.type(occurrence)] * (
            occurrence.end - occurrence.start
        )
    return "".join(masked)


def _sentence(
    scene: Scene, text: str, start: int, end: int, paragraph: int, inside: Sequence[Occurrence]
) -> Sentence:
    clauses = []
    begin = 0
    opening = _OPENING.match(text)
    if opening is not None:
        # 本报讯（记者甲）乙县…: the dateline is a clause of its own.
        clauses.append(Clause(start, start + opening.end(), ""))
        begin = opening.end()
    for match in _CLAUSE_END.finditer(text, begin):
        if match.start() > begin:
            clauses.append(Clause(start + begin, start + match.start(), match.group()))
        elif clauses:
            clauses[-1].mark += match.group()
        begin = match.end()
    if begin < len(text) or not clauses:
        clauses.append(Clause(start + begin, end, ""))
    heading = not text.rstrip("”’）)").endswith(tuple("。！？!?；，")) and len(text) <= 40
    sentence = Sentence(start, end, text, paragraph, clauses, [], heading)
    for items in _lists(scene, sentence, list(_items(scene, text, start, inside))):
        group = Group(items, sentence.clause_at(items[0].start))
        if _DATELINE.match(scene.text, group.end):
            continue
        tail = scene.text[group.end : end].lstrip("”’》")
        group.open = bool(_OPEN.match(tail))
        sentence.groups.append(group)
        clauses[group.clause].groups.append(group)
    return sentence


def _items(scene: Scene, text: str, start: int, inside: Sequence[Occurrence]) -> Iterator[Item]:
    parts: list[Occurrence] = []
    for occurrence in inside:
        if parts and not _joined(
            scene, text[parts[-1].end - start : occurrence.start - start], parts[-1], occurrence
        ):
            yield Item(tuple(parts), parts[0].start, parts[-1].end)
            parts = []
        parts.append(occurrence)
    if parts:
        yield Item(tuple(parts), parts[0].start, parts[-1].end)


def _joined(scene: Scene, gap: str, left: Occurrence, right: Occurrence) -> bool:
    """Whether two occurrences with `gap` between them are one noun phrase."""
    if len(gap) > 18 or _ADJACENT_QUOTED.match(scene.text[left.end - 1 : right.start + 1]):
        return False
    gap = _QUOTES.sub("", gap)
    kinds = scene.type(left), scene.type(right)
    if kinds[0] in ACTORS and kinds[1] == "PERSON":
        return bool(_POST.fullmatch(gap)) and not _VERB_BEFORE_PERSON.search(gap)
    if kinds[0] in ACTORS:
        return bool(_OF.fullmatch(gap) or _LEADS.fullmatch(gap))
    if kinds == ("AWARD", "PERSON"):
        return gap in {"", "获得者", "称号获得者", "——"}
    return False


_VERB_BEFORE_PERSON = re.compile(
    r"(?:授予|表彰|走访|看望|慰问|邀请|评选|评为|命名|由|被|向|对|与|和|在|为|把|将|据|说|讲述的)"
)


def _lists(scene: Scene, sentence: Sentence, items: list[Item]) -> Iterator[list[Item]]:
    current: list[Item] = []
    for item in items:
        if current:
            gap = sentence.between(current[-1].end, item.start)
            if not _coordinated(scene, gap, current[-1], item):
                yield current
                current = []
        current.append(item)
    if current:
        yield current


def _coordinated(scene: Scene, gap: str, left: Item, right: Item) -> bool:
    if len(gap) > 16:
        return False
    kinds = {scene.type(left.head), scene.type(right.head)}
    if len(kinds) > 1 and not (kinds <= {"ORG", "PLACE", "PERSON"} or kinds <= {"PROGRAM", "EVENT"}):
        return False
    if _ADJACENT_QUOTED.match(scene.text[left.end - 1 : right.start + 1]):
        return True
    plain = _QUOTES.sub("", gap)
    return bool(_LIST.fullmatch(plain)) or (kinds == {"PERSON"} and bool(_PEOPLE.fullmatch(plain)))


def _outermost(occurrences: Sequence[Occurrence]) -> Iterator[Occurrence]:
    end = 0
    for occurrence in occurrences:
        if occurrence.start >= end:
            yield occurrence
            end = occurrence.end


def _fill_quoted(text: str) -> str:
    """Quoted or bracketed matter without entities, and marks inside it, made opaque; the signs around it stay."""

    def fill(match: re.Match[str]) -> str:
        found = match.group()
        if any(char in MASKED for char in found):
            inner = _CLAUSE_END.sub(lambda mark: FILL * len(mark.group()), found[1:-1])
            return found[0] + inner + found[-1]
        return found[0] + FILL * (len(found) - 2) + found[-1]

    return _QUOTED.sub(fill, text)
