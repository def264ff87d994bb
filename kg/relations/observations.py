"""Counted facts: 注册志愿者14700余名, 开展活动1.23万场次, 惠及群众近万人.

Each becomes an `Observation`: who is counted for, what is counted in normalised wording, a plain decimal value, its unit, a
qualifier (余, 近, 超 …) and the date that the sentence gives before it. Ranks, ages, dates and editions are no counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from kg.doc import to_mention
from kg.knowledge.files import data_path, read_tsv
from kg.model import Evidence, Observation
from kg.relations.levels import OTHER, area_level
from kg.relations.scene import ACTORS, MASKED, Scene, Sentence
from kg.relations.subjects import Subjects
from kg.relations.when import Dates

_SCALE = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_BEFORE = r"近|约|超过|超|逾|达到?|多达|不足|至少|上|大约|突破|共计?"
_AFTER = r"余|多"
_NOT_BEFORE = re.compile(r"[第0-9./:：—-]$|图|版|[A-Za-z]$")
_AGE_OR_DATE = re.compile(r"^(?:岁|年(?!来|内|间|中)|月|日|号|时|点|版|届|批次|周年|级|等|米高)")
_LEAD = re.compile(
    r"^(?:截至[^，]{0,8}|截止[^，]{0,8}|目前|今年以来|近年来|据统计|其中|已经?|先后|累计|共计?|总共|现有|拥有|全[县市区省镇村州]|并|还|也|又|每年|每天|平均|年均|"
    r"新增|有|为|达|约|近|超|常态化|广泛|组织)+"
)
_TAIL = re.compile(
    r"(?:已|共|累计|达到?|有|为|约|近|超过?|了|先后|多达|总计|合计|增至|升至|增加到|降到|由)+$"
)
_NOUN = re.compile(r"[\u4e00-\u9fff]{2,10}")
_STOP = re.compile(r"[的在和与及被把，。；、]")
_NO_INDICATOR = re.compile(r"^(?:[^\u4e00-\u9fff]*|是|这|那|每|一|第|[年月日天]+)$")
_BARE_VERB = re.compile(
    r".{0,2}[了出立成到起派入资设办建开展送排供近]|完成|来自|举办|召开|组织|覆盖|提供|签订|排查|整改|调解|化解"
)
_LONGEST = 16


def find_observations(scene: Scene, subjects: Subjects, dates: Dates) -> Iterator[Observation]:
    """The counted facts of a report's text, in order; the title is left out."""
    for number, sentence in enumerate(scene.sentences):
        if sentence.paragraph < 0:
            continue
        previous = sentence.start
        for match in _pattern().finditer(sentence.text):
            earlier, previous = previous, sentence.start + match.end()
            if _NOT_BEFORE.search(sentence.text[: match.start()]) or _AGE_OR_DATE.match(
                sentence.text[match.end() :]
            ):
                continue
            clause = sentence.clause_at(sentence.start + match.start())
            span = sentence.clauses[clause]
            begin, end = sentence.start + match.start(), sentence.start + match.end()
            indicator, start, stop = _indicator(
                scene, sentence, max(span.start, earlier), begin, end, span.end
            )
            if indicator is None:
                continue
            value = _value(match["number"] or "1", match["scale"] or "")
            yield Observation(
                subject=_subject(scene, subjects, number, clause, begin),
                indicator=indicator,
                value=value,
                unit=match["unit"],
                evidence=_evidence(scene, sentence, min(start, begin), max(stop, end)),
                qualifier=(match["before"] or "") + (match["after"] or ""),
                period=dates.before(begin, end),
            )


def _indicator(
    scene: Scene, sentence: Sentence, clause_start: int, begin: int, end: int, clause_end: int
) -> tuple[str | None, int, int]:
    """What is counted: the words before the number in its clause, or the noun after the unit; with their span."""
    before = sentence.between(clause_start, begin)
    cut = max((before.rfind(char) for char in MASKED + "、（“”"), default=-1) + 1
    words = _TAIL.sub("", _LEAD.sub("", before[cut:].strip()))
    said = 2 <= len(words) <= _LONGEST and not _NO_INDICATOR.match(words)
    start = clause_start + before.rfind(words) if said else begin
    if said and not _BARE_VERB.fullmatch(words):
        return words, start, end
    noun = _counted(scene, sentence, end, clause_end)
    if noun is None:
        return None, begin, end
    return (words if said else "") + noun, start, scene.text.index(noun, end) + len(noun)


def _counted(scene: Scene, sentence: Sentence, end: int, clause_end: int) -> str | None:
    """What stands after number and unit: an entity's name or a common noun."""
    after = sentence.between(end, clause_end)
    named = re.match(rf"[“‘《]?[{MASKED}]+[”’》]?", after)
    if named is not None:
        return scene.text[end : end + named.end()]
    noun = _NOUN.match(_STOP.split(after, maxsplit=1)[0])
    return noun.group() if noun is not None else None


def _subject(scene: Scene, subjects: Subjects, number: int, clause: int, begin: int) -> str | None:
    for antecedent in subjects.antecedents(number, clause, begin, ACTORS):
        entity = scene.entities[antecedent.items[0].head.entity]
        if antecedent.how != "oblique" and (entity.type == "ORG" or area_level(entity.name) != OTHER):
            return entity.id
    return None


def _value(number: str, scale: str) -> str:
    value = Decimal(number.replace(",", "").replace("，", ""))
    for char in scale:
        value *= _SCALE[char]
    text = format(value.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _evidence(scene: Scene, sentence: Sentence, start: int, end: int) -> Evidence:
    mention = to_mention(scene.doc, start, end)
    return Evidence(
        mention.start, mention.end, mention.text, sentence.start - scene.body, sentence.end - scene.body
    )


@cache
def _pattern() -> re.Pattern[str]:
    rows = read_tsv(data_path("lexicons", "relation_units.tsv"), "relation_units")
    units = "|".join(
        re.escape(form) for form in sorted((row["form"] for row in rows), key=lambda f: (-len(f), f))
    )
    number = r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)?\s?(?P<scale>[百千万亿]{0,2})"
    return re.compile(
        rf"(?P<before>{_BEFORE})?\s?(?=[0-9百千万亿])(?<![一二三四五六七八九十两几数每])"
        rf"{number}(?P<after>{_AFTER})?\s?(?P<unit>{units})(?!次?元|城|镇)"
    )
