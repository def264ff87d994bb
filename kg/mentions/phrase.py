"""The shape that all Chinese names of things share: modifiers, then a head noun. From the head, find where it begins.

The left edge follows the words of the lexical model, whose boundaries agree with those of annotated names in 97 of 100
cases (training reports); verbs and grammatical words that act on a name from outside end the walk.
"""

from __future__ import annotations

import re
from functools import cache

from kg.knowledge.lexicons import forms_of, lexicon
from kg.mentions.context import BREAKS, Context

LEVELS = frozenset("省市县区州盟旗镇乡村")
_GRAMMATICAL = frozenset({"p", "u", "d", "r", "c", "xc"})
_COUNT = re.compile(
    r"[\d.,〇零一二两三四五六七八九十百千万亿余多几数]+[个名项支家所座条场次届位户人批辆本件组份处只间期类种队村社点对台套篇幅首部张天年月日]?$"
)
_JOINED = re.compile(
    r".{3,}(?:与|和)(?=[省市县区州旗镇乡][^县])|.*(?:(?:联合|会同|协同|携手)(?=[省市县区州旗镇乡])|讯(?=\S)|(?:成立|组建|设立)(?=\S{4})|(?:依托|会同|携手)(?=\S{3})|^联合(?=[^国会体社党利]\S{3}))"
)
_JOINERS = ("和", "与", "暨", "及")
_MAX = 40


@cache
def stops() -> frozenset[str]:
    """Words that end a name on its left."""
    return frozenset(lexicon("name_stops"))


def left_edge(
    context: Context,
    end: int,
    *,
    verbs: bool = False,
    joins: bool = False,
    quotes: bool = True,
    numbers: bool = True,
    persons: bool = False,
    limit: int = _MAX,
) -> int:
    """Where the modifiers that end at `end` begin; `end` itself when there are none.

    `verbs`: verbs that are not stop words may stand inside (推进会). `joins`: 和/与/暨 and 、 may stand inside when both
    sides are nominal (names of meetings and bureaus). `quotes`: a quoted string may be a modifier. `numbers`: counts
    may stand inside when they name (八大行动) rather than count. `persons`: personal names may stand inside (X故居).
    """
    text = context.text
    floor = max(context.sentence(end - 1)[0], end - limit)
    position = end
    while position > floor:
        character = text[position - 1]
        bracket = context.closing.get(position)
        if bracket is not None:
            if bracket.start < floor or (bracket.mark in "“‘" and not quotes) or bracket.mark in "《〈":
                break
            if bracket.mark == "“" and any(c in "。！？，；…" for c in text[bracket.start : bracket.end]):
                break  # speech, not a name
            if bracket.mark in "（(" and bracket.end - bracket.start > 12:
                break
            position = bracket.start
            continue
        if character in BREAKS or character in "“‘《（(”’》）)—":
            break
        number = context.word_index[position - 1]
        if number < 0:
            if character == " ":
                break
            position -= 1
            continue
        word = context.words[number]
        piece = text[word.start : position]
        if piece in stops():
            if verbs and piece in forms_of("cues", "nominal_verb") and _modified(context, word.start):
                position = word.start
                continue
            if not (joins and piece in _JOINERS and _nominal_before(context, word.start)):
                break
            if text[word.end : word.end + 1] in LEVELS or text.startswith("团", word.end):
                break  # …局和|县…局: the level opens another body's name
            position = word.start
            continue
        if len(piece) > 1 and piece[-1] in LEVELS and piece[:-1] in stops():
            return position - 1
        joined = _JOINED.match(piece)
        if joined:
            return word.start + joined.end()
        for cut in range(len(piece) - 2, 1, -1):
            if piece[cut] in LEVELS and piece[cut - 2 : cut] in stops():
                return word.start + cut  # the lexical model ran through a verb: 青县整合|县委党校
        tag = word.tag
        if tag in _GRAMMATICAL or (tag == "PER" and not persons):
            break
        if tag == "w" and character not in "·+-.&/":
            break
        if tag in ("m", "TIME") and (not numbers or counts(piece)):
            break
        if tag == "v" and not verbs and len(piece) < 4:
            break
        position = word.start
    return _whole_area(context, max(position, floor), end)


def _whole_area(context: Context, start: int, end: int) -> int:
    """加哈|乌拉斯台乡: an edge inside the full name of an area moves to where that name begins."""
    for position in range(start - 1, max(start - 6, -1), -1):
        place = context.place_starts.get(position)
        if (
            place is not None
            and place.form == "full"
            and start < place.end <= end
            and position in context.starts
        ):
            return position
    return start


def counts(piece: str) -> bool:
    """Whether a number word counts things (3个) or dates them (2010年) rather than names (第二, 十大, 三型)."""
    return piece.isdigit() or (_COUNT.fullmatch(piece) is not None and not piece.startswith("第"))


def _nominal_before(context: Context, position: int) -> bool:
    if position <= 0:
        return False
    for name in ("organisation_heads", "program_heads"):
        if any(hit.end == position and len(hit.form) > 1 for hit in context.hits[name]):
            return False  # a name ends there: 和 joins two names
    number = context.word_index[position - 1]
    return number >= 0 and context.words[number].tag in ("n", "vn", "nz", "ORG", "LOC", "an", "nw")


def _modified(context: Context, position: int) -> bool:
    """A common noun before a verb makes it part of a name (文明实践志愿|服务|大集); a place or body is its subject."""
    number = context.word_index[position - 1] if position > 0 else -1
    return (
        number >= 0
        and context.words[number].tag in ("n", "vn", "nz", "an", "a", "nw", "v")
        and (
            context.words[number].text not in stops()
            or context.words[number].text in forms_of("cues", "nominal_verb")
        )
    )


def closed(context: Context, end: int) -> bool:
    """Whether a name may end at `end`: a word ends there, or the lexical model ran on into a verb (县足球协会|协办)."""
    text = context.text
    return (
        end >= len(text)
        or end in context.ends
        or (text[end : end + 2] in stops() and text[end : end + 2] not in ("服务", "建设"))
    )
