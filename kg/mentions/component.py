"""The mention stage: words, lexicon and gazetteer hits, finders, arbitration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from spacy.tokens import Doc

from kg.doc import Found, Word
from kg.knowledge.lexicons import LexiconFinder
from kg.knowledge.places import load_gazetteer
from kg.mentions.arbitrate import arbitrate
from kg.mentions.areas import find_places
from kg.mentions.awards import find_awards
from kg.mentions.context import Context
from kg.mentions.documents import find_documents
from kg.mentions.events import find_events
from kg.mentions.lexical import STATES, LexicalModel
from kg.mentions.organisations import find_organisations
from kg.mentions.persons import find_persons
from kg.mentions.programs import find_programs
from kg.mentions.quotes import find_quoted
from kg.mentions.tagger import Tagger

LEXICONS = (
    "organisation_heads",
    "central_organisations",
    "nations",
    "place_heads",
    "program_heads",
    "known_programs",
    "event_heads",
    "award_heads",
    "document_heads",
    "licences",
    "posts",
)
Finder = Callable[[Context], Iterator[Found]]
FINDERS: tuple[Finder, ...] = (
    find_places,
    find_organisations,
    find_documents,
    find_quoted,
    find_awards,
    find_programs,
    find_events,
    find_persons,
)
"""In this order, because a finder may look at what earlier ones found."""


def add_words(docs: Sequence[Doc], model: LexicalModel) -> None:
    """Fill `doc._.words` of many Docs in one run of the lexical model (batches need company)."""
    places = [(doc, start, end) for doc in docs for start, end in doc._.sentences]
    analyses = model.analyse([doc._.form[start:end] for doc, start, end in places])
    words: dict[int, list[Word]] = {id(doc): [] for doc in docs}
    for doc in docs:
        doc._.states = np.zeros((len(doc), STATES), dtype=np.float32)
    for (doc, offset, end), analysis in zip(places, analyses, strict=True):
        text = doc._.form
        words[id(doc)] += [
            Word(offset + a, offset + b, text[offset + a : offset + b], tag) for a, b, tag in analysis.words
        ]
        doc._.states[offset:end] = analysis.states
    for doc in docs:
        doc._.words = tuple(words[id(doc)])


class MentionFinder:
    """A spaCy-style component: reads words and states, writes `doc._.mentions`.

    Without a `tagger` the rules alone decide; with one, its scores decide between the rules' mentions and its own.
    """

    def __init__(self, tagger: Tagger | None = None) -> None:
        self._lexicons = LexiconFinder(LEXICONS)
        self._gazetteer = load_gazetteer()
        self._tagger = tagger

    def __call__(self, doc: Doc) -> Doc:
        """Find and arbitrate mentions."""
        context = self.search(doc)
        doc._.mentions = arbitrate(self._tagger.judge(context)) if self._tagger else context.standing
        return doc

    def search(self, doc: Doc) -> Context:
        """The report with all that the rules find in it, before arbitration."""
        text: str = doc._.form
        context = Context(doc, self._lexicons.find(text), self._gazetteer.find(text))
        for finder in FINDERS:
            for found in finder(context):
                context.found.append(found)
        return context
