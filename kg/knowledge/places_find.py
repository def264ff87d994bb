"""Find names of places in text: all names at once, then words, roads and villages that only begin or end like them.

An Aho-Corasick automaton gives every occurrence of every name. Where ordinary words or other names cross the bounds of
an occurrence, the cheapest cut of the surroundings decides (see `places_words`); elsewhere the longest name is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.knowledge.places_words import LONGEST, Edge, WordTable

Form = Literal["full", "short"]
Span = tuple[int, int, str, Form]
Match = tuple[int, int, int]
"""Start, end as a negative number (so that of one start the longest sorts first), number of the name."""
_CONTEXT = 4  # characters of the surroundings that are cut, on each side
_IN_PLACE = 4.0  # cost of a name right after that of what holds it: one of about fifty
# Words that begin with the unit of a full name belong to it (绛县县委 is written 绛县委), so the name stands; but these do
# not, nor do those of 乡 and 镇 (文明|乡风), but for the offices of a township.
_NOT_UNIT = frozenset({"市场", "市价", "市值", "区别", "区分", "州际"})
_TOWNSHIP_WORDS = frozenset("长党委政级域人办内")
# Surnames that hardly ever end a word: a short form of two characters after one is a given name (王长春).
_SURNAMES = frozenset(
    "王李张刘陈杨赵吴徐朱胡郭郑宋邓冯韩曹彭萧蔡潘董袁蒋魏吕沈姚卢傅姜崔谭廖汪贾邱侯邹薛郝龚邵孟黎尹阎翟"
)


class Finder:
    """`names` maps every name to its form and its cost as a word.

    `inside(inner, outer)` tells whether a place of the first name lies in one of the second: a name right after that
    of what holds it is likely (山西|晋城, not 山|西晋|城). `continuations` may not follow a short form.
    """

    def __init__(
        self,
        names: Mapping[str, tuple[Form, float]],
        words: WordTable,
        *,
        inside: Callable[[str, str], bool],
        continuations: frozenset[str],
    ) -> None:
        self._names = list(names)
        self._forms = [form for form, _ in names.values()]
        self._costs = [cost for _, cost in names.values()]
        self._words = words
        self._inside = inside
        self._continuations = continuations
        self._longest_continuation = max(map(len, continuations), default=0)
        self._automaton = AhoCorasick(self._names, matchkind=MatchKind.Standard)

    def spans(self, text: str) -> list[Span]:
        """Names in the text, not overlapping, sorted: start, end, name, form."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        matches = sorted((start, -end, index) for index, start, end in found)
        starts = {start for start, _, _ in matches}
        groups = _groups(matches)
        result: list[Span] = []
        for number in range(len(groups)):
            for start, negative_end, index in self._choose(text, groups, number):
                end, form = -negative_end, self._forms[index]
                if form == "full" or not (
                    _given_name(text, start, end) or self._continued(text, end, starts)
                ):
                    result.append((start, end, self._names[index], form))
        return result

    def _choose(self, text: str, groups: list[list[Match]], number: int) -> list[Match]:
        """What stands of a group of overlapping matches."""
        group = groups[number]
        start = group[0][0]
        end = -group[0][1] if len(group) == 1 else -min(other for _, other, _ in group)
        if (
            -group[0][1] == end
            and not self._words.crosses(text, start)
            and not self._open(text, end, group[0][2])
        ):
            return [group[0]]
        low, high = _surroundings(text, start, end)
        near = [match for other in groups[max(0, number - 2) : number + 3] for match in other]
        near = [match for match in near if low <= match[0] and -match[1] <= high]
        words = self._cut(text, low, high, near)
        names = {(begin, -other) for begin, other, _ in near}
        chosen: list[Match] = []
        reached = low
        for match in group:
            if match[0] >= reached and self._stands(text, match, words, names):
                chosen.append(match)
                reached = -match[1]
        return chosen

    def _open(self, text: str, end: int, index: int) -> bool:
        """Whether words may cross the end of the name; of a full name, only such as do not belong to its unit."""
        if (
            self._forms[index] == "full"
            and text[end - 1] not in "乡镇"
            and text[end - 1 : end + 1] not in _NOT_UNIT
        ):
            return False
        return self._words.crosses(text, end)

    def _cut(self, text: str, low: int, high: int, matches: list[Match]) -> list[tuple[int, int]]:
        """The cheapest cut into words, names, and names right after those of what holds them."""
        edges = [Edge(start, -end, self._costs[index]) for start, end, index in matches]
        pairs: dict[tuple[int, int], int] = {}
        for start, middle, outer in matches:
            for begin, end, inner in matches:
                if begin == -middle and self._inside(self._names[inner], self._names[outer]):
                    edges.append(Edge(start, -end, self._costs[outer] + _IN_PLACE))
                    pairs[start, -end] = begin
        words = []
        for start, end in self._words.cut(text, low, high, edges):
            at = pairs.get((start, end), end)
            words += [(start, at), (at, end)] if at < end else [(start, end)]
        return words

    def _stands(
        self, text: str, match: Match, words: list[tuple[int, int]], names: set[tuple[int, int]]
    ) -> bool:
        """Whether no word of the cut crosses or holds the match, but for one that begins with the unit of a full name."""
        start, end = match[0], -match[1]
        for begin, stop in words:
            if begin < start < stop or (begin == start and stop > end):
                return False
            if start < begin < end < stop:
                unit = self._forms[match[2]] == "full" and begin == end - 1
                return unit and (begin, stop) not in names and _of_unit(text[begin:stop])
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


def _of_unit(word: str) -> bool:
    if word[0] in "乡镇":
        return word[1] in _TOWNSHIP_WORDS
    return word not in _NOT_UNIT


def _given_name(text: str, start: int, end: int) -> bool:
    return end - start == 2 and start > 0 and text[start - 1] in _SURNAMES


def _groups(matches: list[Match]) -> list[list[Match]]:
    """Runs of overlapping matches; each begins with its leftmost and, of these, longest."""
    groups: list[list[Match]] = []
    reached = 0
    for match in matches:
        if match[0] < reached:
            groups[-1].append(match)
            reached = max(reached, -match[1])
        else:
            groups.append([match])
            reached = -match[1]
    return groups


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
