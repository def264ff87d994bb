"""People: names in bylines, names beside posts and roles, and names the lexical model sees, checked by surname."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.doc import Found
from kg.knowledge.files import data_path, read_tsv
from kg.knowledge.lexicons import forms_of, lexicon
from kg.knowledge.person_names import transcribed
from kg.knowledge.places import load_gazetteer
from kg.mentions.context import Context

_HAN = re.compile(r"[\u3400-\u9fff·]{2,8}")
_AFTER_NAME = re.compile(
    r"(?:说|介绍|表示|告诉|笑|认为|坦言|指出|强调|出席|参加|讲话|到场|致辞|主持|宣读|为|在|的|等|和|与|、|，|。|；|：|（|”|当选|获|荣获|被|分别|是|从|向|带|把|作|\s|\n|$|正|还|也|就|任|及|一行|深入|走进|来到|前往|家|老人|同志|先生|女士|代表|因|于|对|将|以|用|又|已)"
)
_SPACED = re.compile(r"([\u3400-\u9fff]) ([\u3400-\u9fff])(?=[说，。、；：（）\s]|介绍|表示|$)")


@cache
def surnames() -> frozenset[str]:
    """Characters and pairs that open a Chinese personal name."""
    return frozenset(
        row["form"] for row in read_tsv(data_path("segmentation", "byline_surnames.tsv"), "byline_surnames")
    )


def find_persons(context: Context) -> Iterator[Found]:
    """Mentions of people."""
    for start, end in context.doc._.bylines:
        yield Found(start, end, "PERSON", "person.byline", 0.95)
    dotted = list(_dotted(context))
    named = [*dotted, *_after_posts(context), *_transcribed(context)]
    named += [
        found
        for found in _tagged(context)
        if not any(d.start < found.end and found.start < d.end for d in dotted)
    ]
    yield from named
    yield from _listed(context, named)


_LIST_ITEM = re.compile(
    r"(?:、|和)([\u3400-\u9fff]{2,4}?)(?=[、和等“，。；]|分别|获|荣获|被|[一二三四五六七八九十\d])"
)


def _listed(context: Context, named: list[Found]) -> Iterator[Found]:
    """程道峰、张志洪等: names listed beside a name are names, if they begin with a surname."""
    text = context.text
    ends = {found.end for found in named}
    position = 0
    while match := _LIST_ITEM.search(text, position):
        position = match.start(1)
        if match.start() in ends and plausible(match.group(1)) and not _common(context, *match.span(1)):
            ends.add(match.end(1))
            yield Found(match.start(1), match.end(1), "PERSON", "person.listed", 0.7)


_RUN_ON = frozenset(
    {"分获", "分别", "来到", "作了", "作题", "作报", "作2", "办起", "办了", "说起", "带着", "领着"}
)
"""The lexical model joins the first character of these to a name: 肖建|分获, 石敏|来到, 林静|办起."""


def plausible(name: str) -> bool:
    """Whether a string has the shape of a personal name."""
    if "·" in name:
        return len(name) >= 4
    return 2 <= len(name) <= 4 and (name[0] in surnames() or name[:2] in surnames())


def _tagged(context: Context) -> Iterator[Found]:
    text = context.text
    for number, word in enumerate(context.words):
        if word.tag != "PER":
            continue
        start, end = word.start, word.end
        name = text[start:end]
        if transcribed(name):
            continue  # read by _transcribed
        if len(name) == 4 and "·" not in name and name[:2] not in surnames():
            # A single surname has at most two given characters after it: 王桂文|乐得.
            yield Found(start, end - 1, "PERSON", "person.trimmed", 0.8)
            continue
        if name in lexicon("generic_names") or context.before(start, 1) == "“" or _is_place(name):
            continue
        if text[end - 1 : end + 1] in _RUN_ON:
            end -= 1
            name = name[:-1]
        if name.endswith(
            (
                "大夫",
                "老师",
                "主任",
                "书记",
                "县长",
                "局长",
                "师傅",
                "大爷",
                "大妈",
                "奶奶",
                "先生",
                "女士",
                "同志",
                "所长",
                "校长",
                "支书",
            )
        ):
            continue
        place = context.place_starts.get(start)
        if place is not None and (place.end > end or (place.end == end and not _role_before(context, start))):
            continue
        if end - start == 2 and _role_before(context, start) and _stray(context, end):
            end += 1
            name = text[start:end]
        if name[:1] == "·" or not _HAN.fullmatch(name) or not plausible(name):
            continue
        if name in forms_of("cues", "figure") and not text[end : end + 2].startswith(("总书", "主席")):
            continue
        following = context.words[number + 1] if number + 1 < len(context.words) else None
        if (
            following is not None
            and following.start == end
            and following.tag in ("n", "LOC", "ORG", "nz")
            and text[end : following.end]
            in ("精神", "杯", "故居", "式", "家庭", "路", "镇", "村", "乡", "工作室")
        ):
            continue
        score = 0.8 if _role_before(context, start) or _AFTER_NAME.match(text, end) else 0.6
        yield Found(start, end, "PERSON", "person.tagged", score)


_NEVER_LAST = frozenset("的地和当荣让作什")
"""Transcribing characters that after a name are ordinary words."""


def _dotted(context: Context) -> Iterator[Found]:
    """阿依努尔·买买提: all transcribing characters on both sides of the dot."""
    text, syllables = context.text, forms_of("name_syllables", "syllable")
    read = 0
    for match in re.finditer("[·•・]", text):
        start, end = match.start(), match.end()
        if start < read:
            continue
        while start > read and text[start - 1] in syllables and match.start() - start < _SYLLABLES_MOST:
            start -= 1
        while start < match.start() and start not in context.starts:
            start += 1
        while end < len(text) and (text[end] in syllables - _NEVER_LAST or text[end] in "·•・"):
            end += 1
        if match.start() - start > 1 and end > match.end():
            read = end
            yield Found(start, end, "PERSON", "person.dotted", 0.9)


_SYLLABLES_MOST = 7


def _is_place(name: str) -> bool:
    """哈吐布其嘎查, 吐列毛杜 (a township's short name): places are transcribed as people are."""
    gazetteer = load_gazetteer()
    return name.endswith(("嘎查", "苏木")) or any(
        gazetteer.full(name + unit) for unit in ("镇", "乡", "苏木")
    )


def _transcribed(context: Context) -> Iterator[Found]:
    """牧民|旺堆次仁|说: a run of transcribing characters beside a post, or around a word that the lexical model calls a person."""
    text, syllables = context.text, forms_of("name_syllables", "syllable")
    posts = {hit.end for hit in context.hits["posts"] if len(hit.form) > 1 and hit.end in context.ends}
    seeds = {word.start for word in context.words if word.tag == "PER" and text[word.start] in syllables}
    for seed in sorted(posts | seeds):
        start = end = seed
        while end < len(text) and text[end] in syllables and end - start < _SYLLABLES_MOST:
            end += 1
        while (
            seed not in posts and start > 0 and text[start - 1] in syllables and end - start < _SYLLABLES_MOST
        ):
            start -= 1
        opened = start in posts or (
            start in context.starts and text[start - 1 : start] in tuple("，、。；：和与（\n 的")
        )
        while end - start > 2 and (text[end - 1] in "荣当" or not _AFTER_NAME.match(text, end)):
            end -= 1  # …|荣获, …|当上
        if not opened or context.place_starts.get(start) or not transcribed(text[start:end]):
            continue
        if _is_place(text[start:end]):
            continue
        words = {context.word_index[position] for position in (start, end - 1)}
        common = len(words) == 1 and context.words[words.pop()].tag not in ("PER", "nz", "nw", "LOC", "ORG")
        if not common:
            yield Found(start, end, "PERSON", "person.transcribed", 0.85)


def _stray(context: Context, end: int) -> bool:
    """The lexical model often cuts a rare given name (于占|海): one stray character, then a word that follows names."""
    number = context.word_index[end] if end < len(context.text) else -1
    if number < 0:
        return False
    word = context.words[number]
    return (
        word.end - word.start == 1
        and word.tag not in ("p", "u", "c", "w", "r")
        and context.text[end] not in "说在的获等和是从向家"
    )


def _role_before(context: Context, start: int) -> bool:
    line = context.before(start, 6)
    return any(line[-length:] in lexicon("posts") for length in range(min(6, len(line)), 1, -1))


def _after_posts(context: Context) -> Iterator[Found]:
    """村民|王桂文|说: a surname and one or two characters between a role and a word that may follow a name."""
    text = context.text
    for hit in context.hits["posts"]:
        start = hit.end
        if len(hit.form) < 2 or hit.end not in context.ends:
            continue
        if start >= len(text) or not (text[start] in surnames() or text[start : start + 2] in surnames()):
            continue
        double = text[start : start + 2] in surnames() and text[start] not in surnames()
        lengths = (3, 2, 4) if not double else (3, 4)
        for length in lengths:
            name = text[start : start + length]
            end = start + length
            if not _HAN.fullmatch(name) or not _AFTER_NAME.match(text, end):
                continue
            if name[1:] in lexicon("posts") or name in lexicon("generic_names"):
                continue
            if end in context.ends and not _common(context, start, end):
                yield Found(start, end, "PERSON", "person.post", 0.75)
                break


def _common(context: Context, start: int, end: int) -> bool:
    """Whether the stretch is an ordinary word (for the lexical model: one word that is neither name nor unknown)."""
    numbers = {context.word_index[position] for position in range(start, end)}
    if len(numbers) == 1:
        number = numbers.pop()
        return number >= 0 and context.words[number].tag not in ("PER", "nz", "nw", "LOC")
    tags = {context.words[number].tag for number in numbers if number >= 0}
    return not tags & {"PER", "nz", "n", "a", "nw"} or bool(tags & {"p", "u", "d", "c", "r", "m"})
