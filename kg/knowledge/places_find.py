"""Find names of places in text: all names at once, then words, roads and villages that only begin or end like them.

An Aho-Corasick automaton gives every occurrence of every name. Where ordinary words or other names cross the bounds of
an occurrence, the cheapest cut of the surroundings decides (see `places_words`); elsewhere the longest name is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.knowledge.places_words import LONGEST, Edge, WordTable

Form = Literal["full", "short"]
Span = tuple[int, int, str, Form]
_CONTEXT = 5  # characters of the surroundings that are cut, on each side
# Words that begin with the unit of a name and belong to it (绛县县委 is written 绛县委): the name stands.
_NOT_UNIT = frozenset(
    {"市场", "市价", "市值", "区别", "区分", "州际", "镇静", "乡愁", "乡亲", "乡贤", "乡音"}
)
# Surnames that hardly ever end a word: a short form of two characters after one is a given name (李长春, 许广平).
_SURNAMES = frozenset(
    "王李张刘陈杨赵吴徐朱胡郭郑宋邓冯韩曹彭萧蔡潘董袁蒋魏吕沈姚卢傅姜崔谭廖汪贾邱侯邹薛郝龚邵孟黎尹阎翟"
)


class Finder:
    """`names` maps every name to its form and its cost as a word; `ties` is the text that may not follow a short form."""

    def __init__(
        self, names: Mapping[str, tuple[Form, float]], words: WordTable, *, continuations: frozenset[str]
    ) -> None:
        self._names = list(names)
        self._forms = [form for form, _ in names.values()]
        self._costs = [cost for _, cost in names.values()]
        self._words = words
        self._continuations = continuations
        self._longest_continuation = max(map(len, continuations), default=0)
        self._automaton = AhoCorasick(self._names, matchkind=MatchKind.Standard)

    def spans(self, text: str) -> list[Span]:
        """Names in the text, not overlapping, sorted: start, end, name, form."""
        matches = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
        ]
        matches.sort()
        starts = {start for start, _, _ in matches}
        result: list[Span] = []
        for group in _groups(matches):
            for start, end, index in self._choose(text, group):
                form = self._forms[index]
                if form == "full" or not (
                    _given_name(text, start, end) or self._continued(text, end, starts)
                ):
                    result.append((start, end, self._names[index], form))
        return result

    def _choose(self, text: str, group: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        """What stands of a group of overlapping matches (start, -end, index)."""
        start, end, index = group[0][0], -group[0][1], group[0][2]
        whole = all(-other <= end for _, other, _ in group)
        short = self._forms[index] == "short"
        if whole and not self._words.crosses(text, start) and not (short and self._words.crosses(text, end)):
            return [(start, end, index)]
        low, high = _surroundings(text, start, max(-other for _, other, _ in group))
        edges = [Edge(begin, -other, self._costs[number]) for begin, other, number in group]
        words = self._words.cut(text, low, high, edges)
        chosen: list[tuple[int, int, int]] = []
        reached = 0
        for begin, other, number in group:
            if begin >= reached and self._stands(text, begin, -other, number, words):
                chosen.append((begin, -other, number))
                reached = -other
        return chosen

    def _stands(self, text: str, start: int, end: int, index: int, words: list[tuple[int, int]]) -> bool:
        """Whether no word of the cut crosses or holds the name, but for one that begins with the unit of a full name."""
        for begin, stop in words:
            if begin < start < stop or (begin == start and stop > end):
                return False
            if start < begin < end < stop:
                unit = self._forms[index] == "full" and begin == end - 1 and end - start > 2
                return unit and text[begin:stop] not in _NOT_UNIT
        return True

    def _continued(self, text: str, end: int, starts: set[int]) -> bool:
        """Whether a short form goes on as the name of something else (阳城|路, 和平|社区), not as another word (山|区)."""
        if end in starts:
            return False
        for size in range(self._longest_continuation, 0, -1):
            tail = text[end : end + size]
            if len(tail) == size and tail in self._continuations:
                return not any(text[end : end + more] in self._words for more in range(size + 1, LONGEST + 1))
        return False


def _given_name(text: str, start: int, end: int) -> bool:
    return end - start == 2 and start > 0 and text[start - 1] in _SURNAMES


def _groups(matches: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """Runs of overlapping matches; each begins with its leftmost and, of these, longest."""
    group: list[tuple[int, int, int]] = []
    reached = 0
    for match in matches:
        if group and match[0] >= reached:
            yield group
            group = []
        group.append(match)
        reached = max(reached, -match[1])
    if group:
        yield group


def _surroundings(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened on both sides by Chinese characters and digits."""
    low, high = start, end
    while low > 0 and start - low < _CONTEXT and _wordlike(text[low - 1]):
        low -= 1
    while high < len(text) and high - end < _CONTEXT and _wordlike(text[high]):
        high += 1
    return low, high


def _wordlike(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or character.isdigit()
