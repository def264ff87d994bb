"""The order of stages for one report: words, mentions, resolution, relations, claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import spacy
from spacy.tokens import Doc

from kg.claims import to_extraction
from kg.config import Config
from kg.doc import Span2, full_text, make_doc
from kg.mentions.component import MentionFinder, add_words
from kg.mentions.lexical import LacModel, LexicalModel
from kg.mentions.tagger import load_tagger
from kg.model import Extraction, Report
from kg.normalize import matching_form
from kg.relations import Relations
from kg.resolve.component import Resolver
from kg.resolve.deictics import add_deictics
from kg.segment.bylines import bylines

BATCH = 64
"""Reports analysed together: enough for the lexical model to find sentences of equal length."""


class Extractor:
    """Turns reports into extractions; built once, used for many reports (not across threads)."""

    def __init__(self, config: Config | None = None, *, lexical: LexicalModel | None = None) -> None:
        self.config = config or Config()
        self._nlp = spacy.blank("zh")
        self._lexical = lexical or LacModel()
        self._stages = (
            MentionFinder(load_tagger() if self.config.model else None),
            Resolver(),
            add_deictics,
            Relations(),
        )

    def extract(self, report: Report) -> Extraction:
        """All that is found in one report."""
        return next(self.extract_many([report]))

    def extract_many(self, reports: Iterable[Report]) -> Iterator[Extraction]:
        """Extractions in the order of the reports; lazily, `BATCH` at a time."""
        for doc in self.analyse(reports):
            yield to_extraction(doc, self.config)

    def analyse(self, reports: Iterable[Report]) -> Iterator[Doc]:
        """The analysed Docs of the reports, in order."""
        stream = iter(reports)
        while batch := list(islice(stream, BATCH)):
            docs = [make_doc(self._nlp.vocab, report, matching_form(full_text(report))) for report in batch]
            for doc in docs:
                doc._.bylines = _bylines(doc)
            add_words(docs, self._lexical)
            for doc in docs:
                for stage in self._stages:
                    stage(doc)
                yield doc


def _bylines(doc: Doc) -> tuple[Span2, ...]:
    body: int = doc._.body
    report: Report = doc._.report
    return tuple((body + line.start, body + line.end) for line in bylines(report.text, report.title))
