"""The report format: one JSON object a line, each report with its entities, relations and numbers."""

from __future__ import annotations

import json
from typing import BinaryIO

from kg.canonical import Corpus
from kg.model import extraction_to_json


def write(corpus: Corpus, stream: BinaryIO) -> None:
    """The corpus as `reports.jsonl`, each entity with the IRI it has in the graph."""
    for entry in corpus.reports:
        line = json.dumps(extraction_to_json(entry.extraction, iris=entry.iris), ensure_ascii=False)
        stream.write(line.encode("utf-8") + b"\n")
