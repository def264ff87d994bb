"""What the mention finders look at: a report's characters, words, quotes, lexicon hits and gazetteer hits, indexed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from kg.doc import Found, Word
from kg.knowledge.lexicons import Hit
from kg.knowledge.places import PlaceHit
from kg.mentions.arbitrate import arbitrate

OPEN, CLOSE = "“‘《（(〈", "”’》）)〉"
PARTNER = dict(zip(OPEN, CLOSE, strict=True))
BREAKS = frozenset("，。；：！？、,;:!?\n…")
"""Punctuation that no name runs across (inside brackets and quotes apart)."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """A matched pair: `start` at the opening mark, `end` after the closing one, `depth` 0 for outermost."""

    start: int
    end: int
    mark: str
    depth: int


class Context:
    """One report, ready to be searched. All offsets are Doc offsets."""

    def __init__(self, doc: Doc, hits: dict[str, list[Hit]], places: list[PlaceHit]) -> None:
        self.doc = doc
        self.text: str = doc._.form
        self.words: tuple[Word, ...] = doc._.words
        self.sentences: tuple[tuple[int, int], ...] = doc._.sentences
        self.hits = hits
        self.places = places
        self.brackets = list(match_brackets(self.text))
        self.closing = {bracket.end: bracket for bracket in self.brackets}
        self.opening = {bracket.start: bracket for bracket in self.brackets}
        self.found: list[Found] = []

    @cached_property
    def word_index(self) -> list[int]:
        """For each character the index of its word, or -1."""
        index = [-1] * len(self.text)
        for number, word in enumerate(self.words):
            for position in range(word.start, word.end):
                index[position] = number
        return index

    @cached_property
    def standing(self) -> list[Found]:
        """What the rules alone would keep; to be asked for when all finders have run."""
        return arbitrate(self.found)

    @cached_property
    def ends(self) -> frozenset[int]:
        """Offsets at which a word ends."""
        return frozenset(word.end for word in self.words)

    @cached_property
    def starts(self) -> frozenset[int]:
        """Offsets at which a word starts."""
        return frozenset(word.start for word in self.words)

    @cached_property
    def place_ends(self) -> dict[int, PlaceHit]:
        """Longest gazetteer hit by its end."""
        result: dict[int, PlaceHit] = {}
        for hit in self.places:
            known = result.get(hit.end)
            if known is None or hit.start < known.start:
                result[hit.end] = hit
        return result

    @cached_property
    def place_starts(self) -> dict[int, PlaceHit]:
        """Longest gazetteer hit by its start."""
        result: dict[int, PlaceHit] = {}
        for hit in self.places:
            known = result.get(hit.start)
            if known is None or hit.end > known.end:
                result[hit.start] = hit
        return result

    @cached_property
    def sentence_of(self) -> list[int]:
        """For each character the index of its sentence, or -1."""
        index = [-1] * len(self.text)
        for number, (start, end) in enumerate(self.sentences):
            for position in range(start, end):
                index[position] = number
        return index

    def sentence(self, position: int) -> tuple[int, int]:
        """The span of the sentence at a position (the position itself when it is between sentences)."""
        number = self.sentence_of[position] if position < len(self.text) else -1
        if number < 0:
            return position, position
        start, end = self.sentences[number]
        return start, end

    def before(self, position: int, length: int = 8) -> str:
        """Up to `length` characters before a position, within its line."""
        left = self.text[max(0, position - length) : position]
        return left.rsplit("\n", 1)[-1]

    def after(self, position: int, length: int = 8) -> str:
        """Up to `length` characters after a position, within its line."""
        return self.text[position : position + length].split("\n", 1)[0]

    def quoted(self, position: int) -> Bracket | None:
        """The innermost pair of quotation marks around a position."""
        best: Bracket | None = None
        for bracket in self.brackets:
            if bracket.start < position < bracket.end - 1 and bracket.mark in "“‘":
                best = bracket
        return best


def match_brackets(text: str) -> list[Bracket]:
    """Matched quotes and brackets, by start. A pair never spans lines; strays are left out."""
    stack: list[tuple[str, int]] = []
    pairs: list[Bracket] = []
    for position, character in enumerate(text):
        if character == "\n":
            stack.clear()
        elif character in PARTNER:
            stack.append((character, position))
        elif character in CLOSE:
            for level in range(len(stack) - 1, -1, -1):
                if PARTNER[stack[level][0]] == character:
                    mark, start = stack[level]
                    pairs.append(Bracket(start, position + 1, mark, level))
                    del stack[level:]
                    break
    return sorted(pairs, key=lambda pair: (pair.start, -pair.end))
