"""The examples of relation rules: short annotated sentences that a rule must or must not fire on.

`{O 甲县公安局}被{O 公安部}授予{A 全国优秀公安局}称号。` marks entities with the letters O (ORG), P (PLACE), G (PROGRAM), A
(AWARD), E (EVENT), N (PERSON), D (DOCUMENT); `{P 甲县=甲}` gives the full name before the form that
stands in the text. A line break starts a
new paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc

from kg.doc import Candidate
from kg.evaluation.gold import gold_doc
from kg.relations import Relations
from kg.relations.rules import Example, load_rules
from kg.relations.scene import LETTERS
from kg.resolve.deictics import add_deictics

_TYPES = {letter: kind for kind, letter in LETTERS.items()}
_MARKED = re.compile(rf"\{{([{''.join(_TYPES)}]) ([^{{}}=]+)(?:=([^{{}}]+))?\}}")
_LEAST = 0.5


def example_doc(text: str, *, main: str | None = None) -> Doc:
    """The Doc of an annotated sentence; `main` names the area that the report is about."""
    entities: dict[tuple[str, str], dict[str, object]] = {}
    for letter, name, shown in _MARKED.findall(text):
        key, form = (_TYPES[letter], name), shown or name
        entity = entities.setdefault(
            key, {"id": f"e{len(entities) + 1}", "type": key[0], "name": key[1], "mentions": []}
        )
        mentions = entity["mentions"]
        if isinstance(mentions, list) and form not in mentions:
            mentions.append(form)
    plain = _MARKED.sub(lambda match: match[3] or match[2], text)
    row = {"id": "example", "text": plain, "entities": list(entities.values()), "relations": []}
    doc = gold_doc(row)
    if main is not None:
        doc._.main_area = next((entity.id for entity in doc._.entities if entity.name == main), None)
    return add_deictics(doc)


def facts(doc: Doc, candidates: Iterable[Candidate]) -> list[str]:
    """`subject predicate object` of each candidate, by name, sorted."""
    names = {entity.id: entity.name for entity in doc._.entities} | {"report": "report"}
    return sorted({f"{names[c.subject]} {c.predicate} {names[c.object]}" for c in candidates})


def failures(relations: Relations | None = None) -> list[str]:
    """One line for each example of `data/relations` that does not give what it says."""
    relations = relations or Relations()
    lines = []
    for rule in load_rules():
        for example in rule.examples:
            got = _given(relations, rule.id, example)
            if got != sorted(example.gives):
                lines.append(
                    f"{rule.where}: {rule.id}: {example.text} gives {got}, expected {sorted(example.gives)}"
                )
    return lines


def _given(relations: Relations, rule: str, example: Example) -> list[str]:
    doc = relations(example_doc(example.text, main=example.main))
    names = {entity.id: entity.name for entity in doc._.entities}
    return sorted(
        {
            f"{names[c.subject]} > {names[c.object]}"
            for c in doc._.candidates
            if c.rule.split("/")[0] == rule and c.rival_of is None and c.score >= _LEAST
        }
    )
