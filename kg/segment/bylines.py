"""Who wrote a report: names in datelines, closing brackets, credit lines and name lines, with their offsets.

The shapes are those of Chinese papers: 本报讯（记者 甲 通讯员 乙）, 本报某地7月1日电（甲 乙）, a closing （甲） or
（本报记者 甲）, a line of its own (■本报记者 甲; 甲 文/图; 责编：甲) or a bare name as first or last line. A text that
merely speaks of 记者 gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple, cast

from kg.knowledge.files import data_path, read_tsv
from kg.segment.names import Span, cut_names

Role = Literal["reporter", "correspondent", "author", "photographer", "editor"]


class Byline(NamedTuple):
    """A name in a byline: half-open offsets into the text, the name without inner spaces, and the person's part."""

    start: int
    end: int
    name: str
    role: Role


class _Word(NamedTuple):
    form: str
    role: Role
    placement: str


class _Credit(NamedTuple):
    """A parsed credit: its names, and whether a word said what they did."""

    names: list[Byline]
    explicit: bool


_HEAD = re.compile(
    r"[\s■□●◆▲△○◎☆★]*(?P<head>[^，。；：！？“”‘’（）()\n]{0,24}?(?:讯|电|消息|报道|本报|本刊|本网|本台))\s*"
    r"[（(](?P<credit>[^（）()。\n]{2,80})[）)]"
)
_OWN_OUTLET = re.compile(r"本报|本刊|本网|本台|新华社|中新社|中新网|人民网")
_OPENING = re.compile(r"\s*[（(](?P<credit>[^（）()。\n]{2,60})[）)]")
_CLOSING = re.compile(r"[（(](?P<credit>[^（）()。\n]{2,80})[）)]\s*$")
_UNBRACKETED = re.compile(r"[。！？”]\s*(?P<credit>[^，。；！？“”（）()]{2,40})\s*$")
_REPORTING = re.compile(
    r"\s*(?:本[报刊网台]讯[ \u3000]*)?(?P<credit>[^，。；：！？“”（）()]{4,40}报道)\s*[：:]"
)
_LEADING = re.compile(
    r"\s*(?P<credit>(?:本报|本刊|本网|本台)?记者[ \u3000]+\S{1,4}(?:[ \u3000]\S{1,4}){0,3})[ \u3000]+(?=\d)"
)
_BULLET = re.compile(r"[\s■□●◆▲△○◎☆★\-—]*")
_RUN = re.compile(r"[\u3400-\u9fff·•・]+")
_SEPARATORS = frozenset(" \u3000\t、，,/／;；:：|｜&")
_BOTH = re.compile(r"文\s*[/／、]\s*图|图\s*[/／、]\s*文")
_OUTLET = r"(?:本报|本刊|本网|本台|新华社|[\u3400-\u9fff]{1,10}?(?:报|网|社|台|刊|中心|客户端))?(?:驻[\u3400-\u9fff]{1,5}?)?"
_LINE_LIMIT = 80  # characters: no credit line seen is longer


def bylines(text: str, title: str = "") -> tuple[Byline, ...]:
    """The names of those who made the report, sorted by place; offsets are into `text`.

    `title` guards the bare name line: a name that the title speaks of is a person of the story, not its author.
    Editors and proof-readers are given too, with the role `editor`: they did not write the report.
    """
    found: dict[Span, Byline] = {}
    paragraphs = [match.span() for match in re.finditer(r"[^\n]+", text) if match.group().strip()]
    last = _last_of_story(text, paragraphs)
    for number, (start, end) in enumerate(paragraphs):
        for name in _of_paragraph(text, start, end, first=number == 0, last=number >= last, title=title):
            found.setdefault((name.start, name.end), name)
    return tuple(sorted(found.values()))


def credit_line(line: str) -> tuple[Byline, ...]:
    """The names of a line that is nothing but a credit (本报记者 甲 通讯员 乙; 责编：甲), else nothing."""
    if not _any_word().search(line):
        return ()
    start = cast("re.Match[str]", _BULLET.match(line)).end()
    end = len(line.rstrip())
    if not 2 <= end - start <= _LINE_LIMIT:
        return ()
    if line[start] in "（(" and line[end - 1] in "）)":
        start, end = start + 1, end - 1
    credit = _parse(line, start, end, pen_names=False)
    return tuple(credit.names) if credit and credit.explicit else ()


def name_line(line: str) -> tuple[Byline, ...]:
    """The names of a line that is nothing but one to three personal names, else nothing."""
    content = line.strip("（）() \u3000\t\n")
    if not 2 <= len(content) <= 14:
        return ()
    start = line.index(content)
    credit = _parse(line, start, start + len(content), pen_names=False)
    return tuple(credit.names) if credit and not credit.explicit and len(credit.names) <= 3 else ()


def _last_of_story(text: str, paragraphs: list[Span]) -> int:
    """Index of the last paragraph that is not an editors' line."""
    last = len(paragraphs) - 1
    while last > 0 and any(name.role == "editor" for name in credit_line(text[slice(*paragraphs[last])])):
        last -= 1
    return last


def _of_paragraph(
    text: str, start: int, end: int, *, first: bool, last: bool, title: str
) -> Iterator[Byline]:
    line = text[start:end]
    whole = credit_line(line)
    if whole or first or last:
        bare = () if whole else name_line(line)
        for name in (*whole, *(item for item in bare if item.name not in title)):
            yield name._replace(start=name.start + start, end=name.end + start)
    if match := _HEAD.match(text, start, end):
        credit = _parse(text, *match.span("credit"), pen_names=True)
        own = _OWN_OUTLET.search(match["head"]) is not None
        if credit and (credit.explicit or own or (first and match["head"].endswith("讯"))):
            yield from credit.names
    for pattern in (_OPENING, _REPORTING, _LEADING) if first else ():
        if match := pattern.match(text, start, end):
            yield from _explicit(text, match)
    if match := _CLOSING.search(text, start, end):
        credit = _parse(text, *match.span("credit"), pen_names=False)
        if credit and (last or credit.explicit):
            yield from credit.names
    if last and (match := _UNBRACKETED.search(text, start, end)):
        yield from _explicit(text, match)


def _explicit(text: str, match: re.Match[str]) -> list[Byline]:
    credit = _parse(text, *match.span("credit"), pen_names=False)
    return credit.names if credit and credit.explicit else []


@cache
def _words() -> tuple[dict[str, _Word], re.Pattern[str], re.Pattern[str]]:
    rows = read_tsv(data_path("segmentation", "byline_words.tsv"), "byline_words")
    words = {row["form"]: _Word(row["form"], cast("Role", row["role"]), row["placement"]) for row in rows}
    forms = sorted(words, key=len, reverse=True)
    before = "|".join(form for form in forms if len(form) > 1 and words[form].placement != "after")
    after = "|".join(
        form for form in forms if words[form].placement != "before" and form not in ("文", "图", "文字")
    )
    return words, re.compile(f"{_OUTLET}(?P<word>{before})"), re.compile(f"(?P<word>{after})$")


@cache
def _any_word() -> re.Pattern[str]:
    """What a credit that says its makers' part has at least one of: it spares parsing most lines."""
    return re.compile("|".join((*sorted(_words()[0], key=len), _BOTH.pattern)))


def _parse(text: str, start: int, end: int, *, pen_names: bool) -> _Credit | None:
    """The credit that fills `text[start:end]` wholly, or None.

    With `pen_names` a string without a known surname is taken as a name too, and an office among names is passed over.
    """
    items = _items(text, start, end)
    if items is None:
        return None
    explicit = any(isinstance(item, _Word) for item in items)
    opens_with_name = bool(items) and not isinstance(items[0], _Word)
    names: list[Byline] = []
    role: Role = "author"
    group: list[Span] = []
    since = 0

    def close() -> bool:
        nonlocal group
        pieces = group if not (explicit or pen_names) else [span for span in group if not _office(text, span)]
        spans = cut_names(text, pieces, surname=not (pen_names or explicit))
        if spans is None:
            return False
        names.extend(Byline(s, e, re.sub(r"\s", "", text[s:e]), role) for s, e in spans)
        group = []
        return True

    for index, item in enumerate(items):
        if not isinstance(item, _Word):
            group.append(item)
            continue
        if not close():
            return None
        names_follow = any(not isinstance(other, _Word) for other in items[index + 1 :])
        if item.placement == "after" or (item.placement == "both" and (opens_with_name or not names_follow)):
            for place in range(since, len(names)):
                if names[place].role == "author" or item.role == "photographer":
                    names[place] = names[place]._replace(role=item.role)
            role = "author"
        else:
            role = item.role
        since = len(names)
    return _Credit(names, explicit) if close() and names else None


def _office(text: str, span: Span) -> bool:
    """Whether a contributor's office stands among the names (记者 甲 县妇联 乙)."""
    part = text[slice(*span)]
    return len(part) > 2 and (
        part[0] in "县市区镇乡省州" or part[-1] in "部局委办站院队组室厅处科网报台会社心校"
    )


def _items(text: str, start: int, end: int) -> list[_Word | Span] | None:
    """Role words and other runs of Han characters, in order; None where anything but separators parts them."""
    items: list[_Word | Span] = []
    position = start
    while position < end:
        if both := _BOTH.match(text, position, end):
            items.append(_Word("文图", "author", "both"))
            position = both.end()
        elif run := _RUN.match(text, position, end):
            items += _of_run(text, *run.span())
            position = run.end()
        elif text[position] in _SEPARATORS:
            position += 1
        else:
            return None
    return items


def _of_run(text: str, start: int, end: int) -> Iterator[_Word | Span]:
    """The parts of a run of Han characters: a role word that opens it, a name, a role word that ends it."""
    words, opening, closing = _words()
    run = text[start:end]
    if run in words:
        yield words[run]
        return
    tail = closing.search(text, start, end)
    stop = tail.start() if tail and tail.start() > start else end
    head = opening.match(text, start, stop)
    if head and _glued(text[head.end() : stop], words[head["word"]]):
        yield words[head["word"]]
        start = head.end()
    if start < stop:
        yield start, stop
    if tail and stop < end:
        yield words[tail["word"]]


def _glued(rest: str, word: _Word) -> bool:
    """Whether a role word that opens a run is one: nothing follows it, or (editors apart) a surnamed name does."""
    if not rest:
        return True
    return word.role != "editor" and cut_names(rest, [(0, len(rest))], surname=True) is not None
