"""Winners named beside their award without a verb: 一等奖：甲、乙; 亚军 甲; 全国道德模范甲; 名单中甲榜上有名."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.doc import Candidate, Occurrence
from kg.relations.scene import MASK, MASKED, Group, Item, Scene, Sentence
from kg.relations.subjects import Subjects

_WINNERS = frozenset({"ORG", "PLACE", "PERSON", "PROGRAM", "DOCUMENT"})
_COLON = re.compile(
    r"[”’》]*(?:称号|名单|奖项)?(?:[（(][^（）()]{1,8}[）)]|[0-9一二三四五六七八九十]+[名个项支件部组])?(?:\s*[：:]\s*|\s+|——|获得者(?:[：:]|为|是)|得主(?:[：:]|为|是)|获奖者(?:[：:]|为|是))(?:[^，。、；：（）()\s]{0,8})[“‘《]?"
)
_BETWEEN = re.compile(
    r"[”’》]*(?:[（(][^（）()]{0,40}[）)])?(?:等[^、，\s]{0,6})?[\s、，,]+(?:[^，。、；：（）()\s]{0,8}\s?)?[“‘《]?|[”’》]*(?:[（(][^（）()]{0,40}[）)])[、，\s]*[“‘《]?"
)
_COMMA = re.compile(
    r"[”’》]*(?:[（(][^（）()]{1,8}[）)]|[0-9]+[名个项支件部])?[，,](?:[^，。、；：（）()\s]{0,8})[“‘《]?"
)
"""一等奖，甲《乙》；二等奖，丙: a list with commas for colons."""
_COUNTED = re.compile(r"[”’》]*等[0-9]+")
_SOME = re.compile(r"[”’》]*等?地?的[^，。；]{0,4}[0-9一二三四五六七八九十]+[件幅篇个部项]")
"""甲乡、乙乡等地的6件作品: works from there won, not the areas."""
_OF_NUMBER = re.compile(
    r"[”’》]*等(?:[0-9]+|[一二三四五六七八九十]+)余?(?:个|名|家|处|户|位|所|支|项|人|座)[“‘《]?"
)
_NAMELY = re.compile(
    rf"(?:分别是|分别为|它们是|他们是|即)[：:]?|{MASK['AWARD']}[”’》]*(?:荣誉)?(?:称号|名单)?的[^，。；：]{{1,10}}?(?:是|有|为|[：:])[：:]?"
)
_WON = re.compile(r"上榜|榜上有名|名列其中|入选|列入|获评|获|命名|当选|认定|评为|入围")
_LISTED = re.compile(
    r"榜上有名|名列其中|位列其中|名列榜单|上榜|入列|在列|当选|入选|获此殊荣|获此称号|获得该称号|获该称号|夺魁|脱颖而出|折桂|问鼎"
)


def find_winners(scene: Scene, subjects: Subjects) -> Iterator[Candidate]:
    """Candidates for `awarded`."""
    for number, sentence in enumerate(scene.sentences):
        for position, group in enumerate(sentence.groups):
            kind = scene.type(group.items[-1].head)
            if kind == "AWARD":
                yield from _after_colon(scene, sentence, position, group)
                yield from _counted(scene, sentence, position, group)
            elif kind == "PERSON":
                titles: list[Occurrence] = []
                for item in group.items:
                    titles = [part for part in item.parts[:-1] if scene.type(part) == "AWARD"] or titles
                    if titles:
                        yield _found(
                            item, titles[-1].entity, titles[-1].start, item.end, "winners.title", 0.85
                        )
        yield from _on_list(scene, subjects, number, sentence)
        yield from _namely(scene, sentence)
        if number + 1 < len(scene.sentences):
            yield from _under_heading(scene, sentence, scene.sentences[number + 1])


_HEADING = re.compile(
    rf"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|[0-9]{{1,2}}[.．、])?\s?[“‘]?{MASK['AWARD']}+[”’]?(?:[（(][^（）()]{{1,8}}[）)]|[0-9]+[名个户位项条件家])?[：:]?\s*"
)


def _under_heading(scene: Scene, heading: Sentence, row: Sentence) -> Iterator[Candidate]:
    """一、先进集体（6个） and on the next line 甲局、乙镇: a line of names below an honour names its holders."""
    if heading.paragraph == row.paragraph or _HEADING.fullmatch(heading.text) is None or not row.groups:
        return
    rest = "".join(re.sub(r"[（(][^（）()]*[）)]", "", row.text).split())
    if len(re.sub(rf"[{MASKED}、，,；;和“”‘’《》]|[^{MASKED}、，]{{1,8}}(?=[{MASKED}])", "", rest)) > 4:
        return
    award = heading.groups[0].items[-1].head
    for group in row.groups:
        if _inside_bracket(row, group):
            continue
        for item in group.items:
            if scene.type(item.head) in _WINNERS:
                yield _found(item, award.entity, item.start, item.end, "winners.under", 0.85)


_MADE = re.compile(
    r"(?:(?:[选报]?送的|创作的|表演的|演出的|编排的|排演的|演唱的|撰写的|的)[^，。；、的]{0,6})?[“‘《]?"
)


def find_makers(scene: Scene, wins: Iterable[Candidate]) -> Iterator[Candidate]:
    """甲的《乙》获金奖: who made or sent in the work that won has won too."""
    for win in wins:
        if win.predicate != "awarded" or scene.entities[win.subject].type != "DOCUMENT":
            continue
        work = next((o for o in scene.occurrences if o.entity == win.subject and o.start >= win.start), None)
        before = [o for o in scene.occurrences if work is not None and o.end <= work.start]
        maker = max(before, key=lambda o: (o.end, o.start), default=None)
        if work is None or maker is None or scene.type(maker) not in {"PERSON", "ORG", "PLACE"}:
            continue
        if _MADE.fullmatch(scene.text[maker.end : work.start]):
            yield replace(
                win, subject=maker.entity, rule="winners.maker", score=0.85, start=maker.start, rival_of=None
            )


def _after_colon(scene: Scene, sentence: Sentence, position: int, award: Group) -> Iterator[Candidate]:
    end = award.end
    first = True
    for group in sentence.groups[position + 1 :]:
        gap = sentence.between(end, group.start)
        titled = first and gap == "、" and scene.type(group.items[0].head) == "PERSON"
        if titled and not _COUNTED.match(sentence.between(group.end, sentence.end)):
            # 全国劳动模范、某村书记甲
            yield _found(
                group.items[0], award.items[-1].head.entity, award.start, group.end, "winners.title", 0.82
            )
            return
        fits = _COLON.fullmatch(gap) if first else _BETWEEN.fullmatch(gap)
        if first and fits is None and _is_alone(scene, sentence, award):
            fits = _COMMA.fullmatch(gap)
        if fits is None or not any(scene.type(item.head) in _WINNERS for item in group.items):
            # The bracket after a winner (甲（乙校教师）) is no winner.
            if first or not _inside_bracket(sentence, group):
                return
            continue
        if not first and _inside_bracket(sentence, group):
            continue
        if _SOME.match(sentence.between(group.end, sentence.end)):
            return
        for item in group.items:
            if scene.type(item.head) in _WINNERS:
                yield _found(item, award.items[-1].head.entity, award.start, item.end, "winners.list", 0.88)
        first, end = False, group.end
        closed = re.match(r"[”’》]*[（(][^（）()]{0,60}[）)]", sentence.text[end - sentence.start :])
        if closed:
            end += closed.end()


def _is_alone(scene: Scene, sentence: Sentence, award: Group) -> bool:
    """Whether the award is all of its clause, and a rank: it heads a list."""
    clause = sentence.clauses[award.clause]
    alone = not sentence.between(clause.start, award.start).strip("“‘ ") and len(award.items) == 1
    name = scene.entities[award.items[0].head.entity].name
    return alone and name.endswith(("奖", "名", "冠军", "亚军", "季军", "金牌", "银牌", "铜牌"))


def _counted(scene: Scene, sentence: Sentence, position: int, award: Group) -> Iterator[Candidate]:
    """甲、乙等15个“丙”: those named before the number hold it."""
    if not position:
        return
    before = sentence.groups[position - 1]
    if _OF_NUMBER.fullmatch(sentence.between(before.end, award.items[0].start)):
        for item in before.items:
            if scene.type(item.head) in _WINNERS:
                yield _found(item, award.items[0].head.entity, item.start, award.end, "winners.counted", 0.8)


def _namely(scene: Scene, sentence: Sentence) -> Iterator[Candidate]:
    """13个村落入选“甲”，分别是：乙县丙村，丁县戊村; 获得“己”称号的集体是：庚、辛；…: those listed hold it."""
    begin = sentence.start
    for clause in sentence.clauses:
        if not clause.mark.startswith(("；", ";")) and clause is not sentence.clauses[-1]:
            continue
        text = sentence.between(begin, clause.end)
        shown = _NAMELY.search(text)
        if shown is not None and _WON.search(text[: shown.start()]) is not None:
            at = begin + shown.end()
            award = _award_before(scene, begin, at)
            if award is not None:
                yield from _named_after(scene, sentence, award, at, clause.end)
        begin = clause.end


def _named_after(
    scene: Scene, sentence: Sentence, award: Occurrence, start: int, end: int
) -> Iterator[Candidate]:
    for group in sentence.groups:
        if not start <= group.start < end:
            continue
        clause = sentence.clauses[group.clause]
        rest = sentence.between(group.end, clause.end).strip("”’》 ")
        if rest and not rest.startswith("等"):
            return
        for item in group.items:
            if scene.type(item.head) in _WINNERS:
                yield _found(item, award.entity, award.start, item.end, "winners.namely", 0.85)


def _inside_bracket(sentence: Sentence, group: Group) -> bool:
    before = sentence.between(sentence.start, group.start)
    return before.rfind("（") > before.rfind("）")


_NUMBER_OF = re.compile(
    r"(?<![等0-9一二三四五六七八九十])[0-9一二三四五六七八九十]+余?(?:个|名|家|人|项)[^，。；]{0,4}$"
)


def _on_list(scene: Scene, subjects: Subjects, number: int, sentence: Sentence) -> Iterator[Candidate]:
    """甲公布“乙”名单，丙榜上有名."""
    for clause, span in enumerate(sentence.clauses):
        text = sentence.between(span.start, span.end)
        found = _LISTED.search(text)
        if found is None or not span.groups:
            continue
        at = span.start + found.start()
        after = [g for g in span.groups if g.start >= at]
        if any(scene.type(item.head) == "AWARD" for g in after for item in g.items):
            continue
        if _NUMBER_OF.search(text[: found.start()]):
            continue  # 我市5个集体榜上有名: not by name
        award = _award_before(scene, sentence.start, at)
        if award is None and number and scene.sentences[number - 1].paragraph == sentence.paragraph:
            award = _award_before(scene, scene.sentences[number - 1].start, at)
        if award is None:
            continue
        for antecedent in subjects.antecedents(number, clause, at, _WINNERS):
            if antecedent.how in {"own", "near", "clause"}:
                for item in antecedent.items:
                    if item.start >= award.end:
                        yield _found(
                            item, award.entity, award.start, at + len(found.group()), "winners.listed", 0.82
                        )
            break


def _award_before(scene: Scene, start: int, end: int) -> Occurrence | None:
    """The last award named between two offsets, inside a longer name too (“书香校园”评选)."""
    best: tuple[int, int, str] | None = None
    for entity in scene.entities.values():
        if entity.type != "AWARD":
            continue
        for form in {entity.name, *(mention.text for mention in entity.mentions)}:
            position = scene.text.rfind(form, start, end)
            if position >= 0:
                best = max(best or (0, 0, ""), (position + len(form), len(form), entity.id))
    return Occurrence(best[0] - best[1], best[0], best[2]) if best else None


def _found(item: Item, award: str, start: int, end: int, rule: str, score: float) -> Candidate:
    return Candidate(item.head.entity, "awarded", award, rule, score, min(start, item.start), end)
