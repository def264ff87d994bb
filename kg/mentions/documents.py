"""Documents: everything in book-title marks, and plans and rules after a verb of issuing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.doc import Found
from kg.knowledge.lexicons import Hit, forms_of, lexicon
from kg.mentions.context import Context
from kg.mentions.organisations import longest_by_end
from kg.mentions.phrase import left_edge

_PERIODICAL = re.compile(r"(?:日报|晚报|晨报|周报|时报|早报|都市报|青年报|人民网|新闻|杂志|周刊|月刊)$")


def find_documents(context: Context) -> Iterator[Found]:
    """Mentions of documents; the title marks are no part of the core but the printed form keeps them."""
    for bracket in context.brackets:
        if bracket.mark == "《" and bracket.depth >= 0:
            inner = context.text[bracket.start + 1 : bracket.end - 1]
            if _PERIODICAL.search(inner) or not inner.strip():
                continue
            if any(
                o.mark == "《" and o.start < bracket.start and bracket.end < o.end for o in context.brackets
            ):
                continue
            yield Found(bracket.start, bracket.end, "DOCUMENT", "document.marks", 0.95, {"core": inner})
    for hit in longest_by_end(context.hits["document_heads"]):
        found = _headed(context, hit)
        if found is not None:
            yield found


def _headed(context: Context, hit: Hit) -> Found | None:
    text = context.text
    if hit.end < len(text) and hit.end not in context.ends:
        return None
    if any(b.mark == "《" and b.start < hit.start < b.end for b in context.brackets):
        return None
    verb = _issue_before(context, hit.start)
    start = verb if verb is not None else left_edge(context, hit.start, verbs=True, joins=True, limit=30)
    name = text[start : hit.end]
    if verb is None or hit.start - start < 3 or name in lexicon("generic_names"):
        return None
    if "的" in name and not name.startswith("关于"):
        return None  # 团县委的表彰决定: described, not named
    return Found(start, hit.end, "DOCUMENT", "document.issued", 0.9)


def _issue_before(context: Context, end: int) -> int | None:
    text = context.text
    floor = max(context.sentence(end - 1)[0], end - 34)
    issue = forms_of("licences", "issue") - {"通过", "完善", "按照", "根据"}
    best: int | None = None
    for hit in context.hits["licences"]:
        if hit.start < floor:
            continue
        if hit.end > end:
            break
        if hit.form in issue and not re.search(r"[，。；：！？、《》]", text[hit.end : end]):
            best = hit.end
    if best is not None and text[best : best + 1] == "了":
        best += 1
    return best
