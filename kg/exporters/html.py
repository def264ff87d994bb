"""One self-contained page: the graph to look at and search, each fact with its evidence, each report with its mentions.

The page works from the file system with no network. Its front end (`explorer/`, compiled into `kg/data/explorer`) reads
the data from a JSON element; everything a report or name says is set as text, and the page's content security policy
lets only its own script run, so that markup in a report stays text.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from kg.canonical import CanonicalReport, Corpus
from kg.graph.describe import report_label
from kg.graph.property import property_graph
from kg.knowledge.files import data_path
from kg.knowledge.ontology import Term, load_ontology
from kg.model import REPORT, Mention


def write(corpus: Corpus, stream: BinaryIO) -> None:
    """The corpus as `index.html`."""
    stream.write(render(page_data(corpus)).encode("utf-8"))


def render(data: Mapping[str, Any]) -> str:
    """The page around its data."""
    parts = {name: data_path("explorer", file).read_text(encoding="utf-8") for name, file in _PARTS.items()}
    digest = base64.b64encode(hashlib.sha256(parts["script"].encode("utf-8")).digest()).decode("ascii")
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    page = parts.pop("page")
    # "<" never stands in the data element, so that no text can end it.
    parts |= {"data": text.replace("<", "\\u003c"), "hash": f"'sha256-{digest}'"}
    for name in ("hash", "style", "script", "data"):  # the data last: nothing in it is taken for a place
        before, place, after = page.partition(f"/*{{{{{name}}}}}*/")
        assert place, name
        page = before + parts[name] + after
    return page


_PARTS = {"page": "page.html", "style": "style.css", "script": "explorer.js"}


def page_data(corpus: Corpus) -> dict[str, Any]:
    """What the front end reads (see explorer/src/data.js): records that name each other by their place in a list."""
    ontology = load_ontology()
    nodes = {iri: number for number, iri in enumerate(corpus.things)}
    reports = {entry.iri: number for number, entry in enumerate(corpus.reports)}
    claims = {row.iri: number for number, row in enumerate(corpus.claims)}
    rivals: list[set[int]] = [set() for _ in claims]
    for row in corpus.claims:
        for rival in row.rival_of:
            if rival in claims:
                rivals[claims[row.iri]].add(claims[rival])
                rivals[claims[rival]].add(claims[row.iri])
    printed: dict[str, list[str]] = defaultdict(list)
    for printing in corpus.printings:
        where = (printing.report.newspaper, printing.report.date, printing.report.source)
        printed[printing.of].append(" · ".join(filter(None, where)))
    return {
        "types": {
            code: {**_labels(item.term), "color": item.color, "iri": item.term.iri}
            for code, item in ontology.types.items()
        },
        "predicates": {name: _labels(item.term) for name, item in ontology.predicates.items()},
        "nodes": list(_nodes(corpus)),
        "reports": [_report(entry, nodes, printed[entry.iri]) for entry in corpus.reports],
        "claims": [
            {
                "iri": row.iri,
                "s": nodes[row.subject],
                "p": row.claim.predicate,
                "o": None if row.claim.object == REPORT else nodes[row.object],
                "r": reports[row.report],
                "c": round(row.claim.confidence, 3),
                "st": row.claim.status,
                "evidence": [row.claim.evidence.start, row.claim.evidence.end, row.claim.evidence.in_title],
                "sentence": [row.claim.evidence.sentence_start, row.claim.evidence.sentence_end],
                "date": row.claim.date,
                "rule": row.claim.rule,
                "q": dict(sorted(row.claim.qualifiers.items())),
                "rivals": sorted(rivals[claims[row.iri]]),
            }
            for row in corpus.claims
        ],
        "observations": [
            {
                "s": None if row.subject is None else nodes[row.subject],
                "indicator": row.observation.indicator,
                "value": row.observation.value,
                "unit": row.observation.unit,
                "qualifier": row.observation.qualifier,
                "period": row.observation.period,
                "r": reports[row.report],
            }
            for row in corpus.observations
        ],
    }


def _nodes(corpus: Corpus) -> Iterator[dict[str, Any]]:
    places = {node.id: node for node in property_graph(corpus).nodes}
    for iri, thing in corpus.things.items():
        yield {
            "iri": iri,
            "type": thing.type,
            "label": thing.label,
            "alt": list(thing.alt_labels),
            "pinyin": pinyin(thing.label),
            "code": thing.code,
            "level": thing.level if thing.type == "PLACE" else None,
            "x": round(places[iri].x, 2),
            "y": round(places[iri].y, 2),
        }


def _report(entry: CanonicalReport, nodes: Mapping[str, int], reprints: list[str]) -> dict[str, Any]:
    report = entry.extraction.report
    mentions = [
        (mention, nodes[entry.iris[entity.id]])
        for entity in entry.extraction.entities
        for mention in entity.mentions
    ]
    return {
        "iri": entry.iri,
        "id": report.id,
        "source": report.source,
        "title": report_label(report),
        "date": report.date,
        "newspaper": report.newspaper,
        "byline": list(report.byline),
        "reprints": reprints,
        "text": report.text,
        "mentions": _spans(mentions, in_title=False),
        "titleMentions": _spans(mentions, in_title=True),
    }


def _spans(mentions: list[tuple[Mention, int]], *, in_title: bool) -> list[list[int]]:
    """Start, end and node of the mentions, in order, none inside another: the longest that begins first wins."""
    spans: list[list[int]] = []
    for mention, node in sorted(mentions, key=lambda item: (item[0].start, -item[0].end, item[1])):
        if mention.in_title == in_title and (not spans or mention.start >= spans[-1][1]):
            spans.append([mention.start, mention.end, node])
    return spans


def _labels(term: Term) -> dict[str, str]:
    return {"zh": term.label_zh, "en": term.label_en}


def pinyin(name: str) -> str:
    """Initials and full pinyin of a name, without tones, separated by a blank: `sxyc shuxiangyangcheng`."""
    from pypinyin import lazy_pinyin

    syllables = [
        "".join(character for character in part if character.isalnum()) for part in lazy_pinyin(name)
    ]
    return "".join(part[:1] for part in syllables).lower() + " " + "".join(syllables).lower()
