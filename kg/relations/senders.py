"""Whose program it is when no verb says so: 甲街道“乙”项目, or the area of the report.

The weaker readings are candidates for programs that nothing else gives to anyone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.doc import Candidate
from kg.relations.constructions import planned
from kg.relations.names import areas_of, whose
from kg.relations.scene import ACTORS, Group, Item, Scene, Sentence
from kg.relations.subjects import Subjects


def find_senders(scene: Scene) -> Iterator[Candidate]:
    """Candidates for `runs` and `issued` from a program or document and the actor directly before it."""
    for sentence in scene.sentences:
        for position, group in enumerate(sentence.groups):
            for item in group.items:
                if scene.type(item.head) == "DOCUMENT":
                    yield from _issuers(
                        scene, sentence, sentence.groups[position - 1] if position else None, item
                    )
                if scene.type(item.head) != "PROGRAM":
                    continue
                actors = [part for part in item.parts[:-1] if scene.type(part) in ACTORS]
                if actors:
                    yield Candidate(
                        actors[-1].entity,
                        "runs",
                        item.head.entity,
                        "senders.owner",
                        0.8,
                        actors[-1].start,
                        item.end,
                    )


def _issuers(scene: Scene, sentence: Sentence, before: Group | None, item: Item) -> Iterator[Candidate]:
    """县委、县政府《甲意见》: the bodies directly before a document."""
    issuers = [part for part in item.parts[:-1] if scene.type(part) == "ORG"]
    if issuers and before is not None and sentence.between(before.end, item.start) in {"、", "和"}:
        issuers = [i.head for i in before.items if scene.type(i.head) == "ORG"] + issuers
    for issuer in issuers:
        yield Candidate(
            issuer.entity, "issued", item.head.entity, "senders.document", 0.75, issuer.start, item.end
        )


def find_strivings(scene: Scene, stated: Iterable[Candidate]) -> Iterator[Candidate]:
    """Who runs 全国文明城市创建 strives for 全国文明城市, and so does the area it governs; unless it was won."""
    won = {c.object for c in stated if c.predicate == "awarded" and c.score >= 0.5}
    governed = {c.subject: c.object for c in stated if c.predicate == "governs"}
    awards = [entity for entity in scene.entities.values() if entity.type == "AWARD" and entity.id not in won]
    for candidate in stated:
        if candidate.predicate != "runs" or candidate.rival_of is not None:
            continue
        name = scene.entities[candidate.object].name
        for award in awards:
            if any(form in name for form in (f"{award.name}创建", f"创建{award.name}", f"{award.name}”创建")):
                striver = governed.get(candidate.subject, candidate.subject)
                score = round(0.9 * candidate.score, 4)
                yield Candidate(
                    striver, "pursues", award.id, "senders.striving", score, candidate.start, candidate.end
                )


_THIS = re.compile(r"(?:目前，?|如今，?)?(?:这种|这一|这项|这个|这套|这些?|此)[“‘《]?$")


def find_pointed_at(scene: Scene, subjects: Subjects) -> Iterator[Candidate]:
    """甲局推行全代办服务。这种“乙”模式…: what this sentence names is what the subject of the last one does."""
    for number, sentence in enumerate(scene.sentences[1:], start=1):
        before = scene.sentences[number - 1]
        if before.paragraph != sentence.paragraph or not sentence.groups:
            continue
        group = sentence.groups[0]
        if scene.type(group.items[0].head) != "PROGRAM" or not _THIS.fullmatch(
            sentence.between(sentence.start, group.start)
        ):
            continue
        for clause in reversed(range(len(before.clauses))):
            own = subjects.own(number - 1, clause)
            actors = subjects.of_types(own, ACTORS) if own is not None else ()
            for actor in actors:
                program = group.items[0].head
                yield Candidate(
                    actor.head.entity, "runs", program.entity, "senders.this", 0.7, program.start, program.end
                )
            if actors:
                break


_CONVENED = re.compile(r"[”’》]*[^，。；]{0,30}?(?:召开|举行|举办|开幕|开赛|启动|落幕|闭幕|拉开)")
_FOUNDED = re.compile(r"[”’》]*[^，。；的]{0,14}?(?:成立|揭牌|挂牌|启用|授旗|挂牌开班|揭牌运行)[”》]?$")
_MEETING = re.compile(r"(?<!颁奖大)会(?:议)?[”》]?$")


def find_unnamed_doers(scene: Scene, stated: Iterable[Candidate]) -> Iterator[Candidate]:
    """甲县乙会议召开, 甲县乙中心揭牌: what is held or set up and says by its name whose it is, when nobody else is told."""
    told = {(c.predicate, c.object) for c in stated if c.rival_of is None and c.score >= 0.5}
    done: set[str] = set()
    for sentence in scene.sentences:
        for span in sentence.clauses:
            for group in span.groups if sentence.paragraph >= 0 else ():
                item = group.items[-1]
                entity = scene.entities[item.head.entity]
                if entity.type == "EVENT" and _MEETING.search(entity.name):
                    predicate, happens = "holds", _CONVENED
                elif entity.type == "ORG":
                    predicate, happens = "established", _FOUNDED
                else:
                    continue
                if entity.id in done or (predicate, entity.id) in told:
                    continue
                after = sentence.between(group.end, span.end)
                if not happens.match(after) or _is_planned(sentence, span.start, span.end):
                    continue
                done.add(entity.id)
                owner = whose(scene, entity, scene.text[item.head.start : item.head.end])
                if owner is not None:
                    rule = f"senders.by-name/{predicate}"
                    yield Candidate(owner, predicate, entity.id, rule, 0.6, item.start, span.end)


def _is_planned(sentence: Sentence, start: int, end: int) -> bool:
    """Whether what stands at `end` in a clause is only planned; a verb of up to four characters may stand before it."""
    before = sentence.between(start, end).rstrip("“‘《")
    return any(
        planned(sentence, end, before[: len(before) - verb]) for verb in range(min(5, len(before) + 1))
    )


def find_ownerless(scene: Scene, subjects: Subjects, stated: Iterable[Candidate]) -> Iterator[Candidate]:
    """Candidates for `runs` of programs that have no runner yet: the area in the name, the actor of the clause, the area."""
    owned = {
        c.object
        for c in stated
        if c.predicate in {"runs", "participatesIn"} and c.rival_of is None and c.score >= 0.5
    }
    done: set[str] = set()
    for number, sentence in enumerate(scene.sentences):
        if sentence.paragraph < 0:
            continue
        for clause, span in enumerate(sentence.clauses):
            for group in span.groups:
                for item in group.items:
                    key = item.head.entity
                    if scene.type(item.head) != "PROGRAM" or key in owned or key in done:
                        continue
                    done.add(key)
                    if _is_planned(sentence, span.start, group.start):
                        continue
                    named = areas_of(scene, scene.entities[key], scene.text[item.head.start : item.head.end])
                    if named:
                        yield Candidate(named[-1], "runs", key, "senders.named", 0.55, item.start, item.end)
                        continue
                    for antecedent in subjects.antecedents(number, clause, group.start, ACTORS):
                        actors = [actor.head.entity for actor in antecedent.items]
                        # Several places are where it is done; one area, above all the report's own, acts.
                        if len(actors) > 1 and all(scene.entities[a].type == "PLACE" for a in actors):
                            continue
                        for actor in actors:
                            main = "-main" if actor == scene.main_area and antecedent.how != "main" else ""
                            yield Candidate(
                                actor,
                                "runs",
                                key,
                                f"senders.context/{antecedent.how}{main}",
                                0.5 * antecedent.factor,
                                item.start,
                                item.end,
                            )
                        break
