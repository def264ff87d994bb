"""The report format: one JSON object a line, each report with its entities, relations and numbers."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import BinaryIO

from kg.canonical import Corpus
from kg.model import Report, extraction_to_json, report_to_json


def write(corpus: Corpus, stream: BinaryIO) -> None:
    """The corpus as `reports.jsonl`: each entity with its IRI in the graph, each report with its other printings."""
    printings: dict[str, list[Report]] = defaultdict(list)
    for printing in corpus.printings:
        printings[printing.of].append(printing.report)
    for entry in corpus.reports:
        values = extraction_to_json(entry.extraction, iris=entry.iris)
        if entry.iri in printings:
            values["reprints"] = [report_to_json(report) for report in printings[entry.iri]]
        stream.write(json.dumps(values, ensure_ascii=False).encode("utf-8") + b"\n")
