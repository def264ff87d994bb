"""Honours announced as a whole: 会议表彰了一批先进。甲获“乙”称号；… names the giver once for many awards.

The giver is the subject of 表彰, 予以命名, 公布…名单, or the bodies in the title of the decision that was read out or issued. It
confers each award won in the rest of that sentence and the three that follow, when the text names no other giver there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.doc import Candidate
from kg.relations.levels import above
from kg.relations.scene import Scene
from kg.relations.subjects import Subjects

_CITES = re.compile(
    r"(?<!被)(?<!到)表彰了?(?!大会|会|决定|奖|为)|予以(?:命名|表彰|表扬|通报表扬)|进行了?(?:表彰|命名|授牌|表扬|通报表扬)|命名了|"
    r"(?:公布|发布|揭晓|通报)了?[^，。]{0,30}(?:名单|榜单|决定|结果|通报)|作出决定|命名一批|通报表扬|(?:下发|作出|发出|印发)[^，。]{0,10}(?:决定|通报)"
)
_PRAISED = re.compile(r"受到?[^，。]{1,40}(?:表彰|表扬|嘉奖|通报表扬)")
"""受到县委、县政府表彰: who praises stands between."""
_ASIDE = re.compile(r"此前|先后|曾|近年来|近几年|去年|前年|多年来|历年")
"""With these other honours are told of."""
_OF_LIST = re.compile(r"(?:公布|发布|揭晓|通报|表彰|命名)的?[^，。]{0,30}(?:名单|榜单|通报|结果)")
_READS = re.compile(r"宣读了?|下发了?|印发了?|发布了?|公布了?|作出了?|通过了?")
_DECISION = re.compile(r"表彰|命名|授予|表扬")
_GIVERS = frozenset({"ORG", "EVENT", "PLACE"})
_APPROVED = re.compile(
    r"(?:经|通过|报)(?P<giver>[^，。]{1,60}?)(?:组织)?(?:专家)?(?:评审|评定|认定|批准|研究(?=[决同]|$)|评选|审核|考核|验收|认证|审定|命名)"
)
_MEETING = re.compile(r"(?:会|会议|仪式|典礼)[”》]?$")
_REACH = 3


def find_citations(scene: Scene, subjects: Subjects, stated: Iterable[Candidate]) -> Iterator[Candidate]:
    """Candidates for `confers`; `stated` are the candidates found so far."""
    wins: list[Candidate] = []
    given: set[str] = set()
    for candidate in stated:
        if candidate.predicate == "awarded" and candidate.rival_of is None and candidate.score >= 0.5:
            wins.append(candidate)
        elif candidate.predicate == "confers" and candidate.rival_of is None and candidate.score >= 0.5:
            given.add(candidate.object)
    open_wins = [win for win in wins if win.object not in given]
    if not open_wins:
        return
    done: set[str] = set()
    for number, sentence in enumerate(scene.sentences):
        if sentence.paragraph < 0:
            continue
        for clause, span in enumerate(sentence.clauses):
            approvers = _approvers(scene, number, clause)
            for win in open_wins if approvers else ():
                if span.start <= win.end <= sentence.end:
                    for giver, start in approvers:
                        yield Candidate(
                            giver, "confers", win.object, "citations.approved", 0.75, start, win.end
                        )
            givers = [pair for pair in _givers(scene, subjects, number, clause) if _may_give(scene, pair[0])]
            if not givers:
                continue
            last = scene.sentences[min(number + _REACH, len(scene.sentences) - 1)].end
            for win in open_wins:
                within = span.start <= win.end <= last and win.object not in done
                if within and not _ASIDE.search(scene.text[sentence.end : win.end]):
                    for giver, start in givers:
                        award = scene.entities[win.object].name
                        if giver != win.subject and not above(award, scene.entities[giver].name):
                            yield Candidate(
                                giver, "confers", win.object, "citations.announced", 0.75, start, win.end
                            )
            done |= {win.object for win in open_wins if span.start <= win.end <= last}


def _approvers(scene: Scene, number: int, clause: int) -> list[tuple[str, int]]:
    """经甲厅评审，…获评乙: who approves gives."""
    sentence = scene.sentences[number]
    span = sentence.clauses[clause]
    shown = _APPROVED.search(sentence.between(span.start, span.end))
    if shown is None:
        return []
    start, end = span.start + shown.start("giver"), span.start + shown.end("giver")
    groups = [g for g in span.groups if g.start >= start and g.end <= end]
    return [(i.head.entity, i.start) for g in groups for i in g.items if scene.type(i.head) == "ORG"]


def _may_give(scene: Scene, key: str) -> bool:
    entity = scene.entities[key]
    return entity.type != "EVENT" or _MEETING.search(entity.name) is not None


def _givers(scene: Scene, subjects: Subjects, number: int, clause: int) -> list[tuple[str, int]]:
    sentence = scene.sentences[number]
    span = sentence.clauses[clause]
    text = sentence.between(span.start, span.end)
    read = _READS.search(text)
    if read is not None:
        for group in span.groups:
            occurrence = group.items[0].head
            title = scene.text[occurrence.start : occurrence.end]
            if (
                scene.type(occurrence) == "DOCUMENT"
                and group.start >= span.start + read.end()
                and _DECISION.search(title)
            ):
                inside = [(key, group.start) for key in _named_in(scene, title)]
                inside += [
                    (part.entity, part.start)
                    for other in span.groups
                    for item in other.items
                    for part in item.parts
                    if span.start + read.end() <= part.start < occurrence.start and scene.type(part) == "ORG"
                ]
                return inside or _subject(subjects, number, clause, span.start + read.start())
        after = sentence.between(span.start + read.end(), span.end)
        owner = [g for g in span.groups if g.start >= span.start + read.end()]
        if owner and re.search(r"的?(?:表彰|命名)[^，。]{0,4}(?:决定|通报)", after):
            return [(i.head.entity, i.start) for i in owner[0].items if scene.type(i.head) in _GIVERS]
    praised = _PRAISED.search(text)
    if praised is not None:
        return [
            (item.head.entity, item.start)
            for group in span.groups
            if span.start + praised.start() <= group.start and group.end <= span.start + praised.end()
            for item in group.items
            if scene.type(item.head) in _GIVERS
        ]
    cites = _CITES.search(text)
    if cites is None:
        return []
    beside = [g for g in span.groups if g.end == span.start + cites.start()]
    if beside and _OF_LIST.search(text, cites.start()):
        # 在省民政厅公布的名单中: a relative clause, whose subject is the giver wherever it stands.
        return [(i.head.entity, i.start) for i in beside[-1].items if scene.type(i.head) in _GIVERS]
    return _subject(subjects, number, clause, span.start + cites.start())


def _subject(subjects: Subjects, number: int, clause: int, end: int) -> list[tuple[str, int]]:
    for antecedent in subjects.antecedents(number, clause, end, _GIVERS):
        if antecedent.how in {"own", "near", "clause", "sentence"}:
            return [(item.head.entity, item.start) for item in antecedent.items]
        break
    return []


def _named_in(scene: Scene, title: str) -> list[str]:
    """Organisations named inside a title (关于… of 甲县委、甲县政府), in their order there."""
    found: dict[str, int] = {}
    for entity in scene.entities.values():
        if entity.type == "ORG":
            for form in [entity.name, *(mention.text for mention in entity.mentions)]:
                position = title.find(form)
                if position >= 0:
                    found.setdefault(entity.id, position)
    return sorted(found, key=lambda key: (found[key], key))
