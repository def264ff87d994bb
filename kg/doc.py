"""The analysed report: what the language stages read and write on a spaCy `Doc`.

The `Doc` has one token a character, so a token index is a character offset and any span of characters is a `Span`. Its
text is the report's title (if any), a newline, and the report's text, each character replaced by its matching form
(`normalize.matching_form`, length-preserving); `doc._.body` is the offset at which the report's own text begins. All
offsets on the records below are `Doc` offsets; `to_mention` turns them into the report's.

Custom attributes (`doc._.…`), in the order in which the stages fill them:
    report      the Report
    body        offset of the report's text in the Doc
    form        the Doc's text as a string (joining its tokens again is slow)
    sentences   tuple[Span2]: half-open (start, end), the title first
    bylines     tuple[Span2]: names of authors, as the page gives them
    words       tuple[Word]: words and tags of the lexical model
    states      float32 array (characters, 256): the lexical model's encoder at each character
    mentions    list[Found]: mentions after arbitration, sorted by start
    entities    tuple[Entity]: after resolution
    occurrences tuple[Occurrence]: every place in the text that stands for an entity, sorted by start
    main_area   id of the PLACE entity the report is about, or None
    candidates  list[Candidate]: relations found
    observations list[Observation]: counted facts found
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.model import Mention, Report

Span2 = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the lexical model: `start`, `end` in the Doc; `tag` as the model gives it (PER LOC ORG TIME n v …)."""

    start: int
    end: int
    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class Found:
    """A mention found: a typed span with the rule (or model) that found it and a score in 0…1."""

    start: int
    end: int
    type: str
    rule: str
    score: float = 0.8
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place in the Doc that stands for an entity: by its name, or by a deictic (该县, 全县, 我市, 该所, 其)."""

    start: int
    end: int
    entity: str
    kind: Literal["name", "deictic"] = "name"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation found: entity ids, the rule, a score in 0…1, and the Doc span that shows it.

    `rival_of` is the index-free key (subject, predicate, object) of the reading that this one lost against, if any.
    """

    subject: str
    predicate: str
    object: str
    rule: str
    score: float
    start: int
    end: int
    date: str | None = None
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    rival_of: tuple[str, str, str] | None = None


_DEFAULTS: dict[str, object] = {
    "report": None,
    "body": 0,
    "form": "",
    "sentences": (),
    "words": (),
    "bylines": (),
    "states": None,
    "mentions": (),
    "entities": (),
    "occurrences": (),
    "main_area": None,
    "candidates": (),
    "observations": (),
}
for _name, _default in _DEFAULTS.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)

# A sentence ends at 。！？；-free enders; closing quotes and brackets belong to it. Newlines always end it.
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]+[”’』」）)]*|[^。！？!?\n]+(?=\n|$)")


def make_doc(vocab: Vocab, report: Report, form: str) -> Doc:
    """A Doc of one token a character. `form` is the matching form of `full_text(report)`, of the same length."""
    doc = Doc(vocab, words=list(form), spaces=[False] * len(form))
    doc._.report = report
    doc._.form = form
    doc._.body = len(report.title) + 1 if report.title else 0
    doc._.sentences = tuple(sentences(form))
    return doc


def full_text(report: Report) -> str:
    """Title, newline, text; or the text alone when there is no title."""
    return f"{report.title}\n{report.text}" if report.title else report.text


def sentences(text: str) -> Iterator[Span2]:
    """Half-open spans of the sentences of `text`, outer white space left out."""
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield start, end


def to_mention(doc: Doc, start: int, end: int) -> Mention:
    """The Doc span as a mention of the report, in its original characters."""
    report: Report = doc._.report
    body: int = doc._.body
    if start < body:
        return Mention(start, end, report.title[start:end], in_title=True)
    return Mention(start - body, end - body, report.text[start - body : end - body])
