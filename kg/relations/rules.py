"""Constructions as data: loading `data/relations/*.yml` and finding their trigger words.

A file has one predicate and its constructions. Each construction says which words trigger it, where subject and object
stand, in which voice, and how sure it is; and has examples that it must and must not fire on (a test runs them all).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from kg.errors import DataError
from kg.knowledge.files import LINE, data_path, read_tsv, read_yaml
from kg.knowledge.ontology import allowed
from kg.relations.scene import LETTERS

Voice = Literal["active", "passive", "by", "made", "to"]
"""active: no 被 before the trigger; passive: 被, 受, 经; by: 由 or 被 with the doer after it; made: 将 or 把 (将甲命名为乙); to: 向, 为, 给."""
Place = Literal["subject", "before", "after", "agent", "between"]
"""Where an argument stands:

subject  the subject of the clause, looked for further back when the clause has none
before   the nearest group before the trigger in its clause
after    the first fitting group after the trigger
agent    between the word of the voice (被, 由, 将, 向) and the trigger
between  between trigger and object (授予甲“乙”称号)
"""


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated sentence (`{O 甲县公安局}被{O 公安部}授予{A 乙}。`) and the facts (`甲县公安局 > 乙`) that must come out."""

    text: str
    gives: tuple[str, ...]
    main: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One construction. `subject_types`, `object_types` are those that the ontology allows, or fewer.

    Patterns see masked text: `before` and `not_before` what stands before the trigger in its clause, `after` and
    `not_after` what follows it, `gap` all between trigger and object, `link` all between subject and object, `tail` what
    follows the object.
    """

    id: str
    predicate: str
    words: tuple[str, ...]
    voice: Voice
    subject: Place
    object: Place
    subject_types: frozenset[str]
    object_types: frozenset[str]
    confidence: float
    factual: bool
    reach: Literal["group", "clause", "sentence", "paragraph", "report"]
    before: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    gap: re.Pattern[str] | None
    link: re.Pattern[str] | None
    tail: re.Pattern[str] | None
    examples: tuple[Example, ...]
    where: str

    def fits(self, before: str, after: str) -> bool:
        """Whether the text of the clause before and after the trigger allows the construction."""
        return not (
            (self.before is not None and not self.before.search(before))
            or (self.not_before is not None and self.not_before.search(before))
            or (self.after is not None and not self.after.match(after))
            or (self.not_after is not None and self.not_after.match(after))
        )


@dataclass(frozen=True, slots=True)
class Triggers:
    """All trigger words: one pattern (longest word first), and the rules of each word. A blocked word has no rules."""

    pattern: re.Pattern[str]
    rules: dict[str, tuple[Rule, ...]]

    def find(self, text: str) -> Iterator[tuple[int, int, tuple[Rule, ...]]]:
        """Start, end and rules of each trigger in `text`, from left to right, never overlapping."""
        for match in self.pattern.finditer(text):
            rules = self.rules[match.group()]
            if rules:
                yield match.start(), match.end(), rules


@cache
def load_rules() -> tuple[Rule, ...]:
    """All constructions, in the order of file names and of lines. Raises DataError for a bad entry."""
    rules: list[Rule] = []
    seen: dict[str, str] = {}
    for path in sorted(data_path("relations").glob("*.yml")):
        content = read_yaml(path, "relations")
        for entry in content["constructions"]:
            rule = _rule(entry, content["predicate"], f"{path}:{entry[LINE]}")
            if rule.id in seen:
                raise DataError(
                    f"{rule.id} is already at {seen[rule.id]}", where=rule.where, hint="Rename one."
                )
            seen[rule.id] = rule.where
            rules.append(rule)
    return tuple(rules)


@cache
def load_triggers() -> Triggers:
    """The trigger words of all constructions, and the blocked words of `lexicons/relation_blocked.tsv`."""
    by_word: dict[str, list[Rule]] = defaultdict(list)
    for rule in load_rules():
        for word in rule.words:
            by_word[word].append(rule)
    for word in [word for word in by_word if word.endswith("了") and word[:-1] in by_word]:
        # 成立了, a word of its own in one rule, stands for 成立 in the others.
        by_word[word] += [rule for rule in by_word[word[:-1]] if rule not in by_word[word]]
    for row in read_tsv(data_path("lexicons", "relation_blocked.tsv"), "relation_blocked"):
        by_word.setdefault(row["form"], [])
    words = sorted(by_word, key=lambda word: (-len(word), word))
    # The look-ahead spares most places the walk through all words.
    first = "".join(sorted({word[0] for word in words}))
    pattern = re.compile(f"(?=[{re.escape(first)}])(?:{'|'.join(map(re.escape, words))})")
    return Triggers(pattern, {word: tuple(rules) for word, rules in by_word.items()})


def _rule(entry: dict[str, Any], predicate: str, where: str) -> Rule:
    subjects = frozenset(
        entry.get("subject_types") or [t for t in LETTERS if _possible(predicate, t, "subject")]
    )
    objects = frozenset(
        entry.get("object_types") or [t for t in LETTERS if _possible(predicate, t, "object")]
    )
    impossible = [t for t in subjects if not _possible(predicate, t, "subject")]
    impossible += [t for t in objects if not _possible(predicate, t, "object")]
    if impossible:
        raise DataError(
            f"{predicate} takes no {', '.join(sorted(impossible))}",
            where=where,
            hint="See ontology/lgkg.ttl.",
        )
    return Rule(
        id=entry["id"],
        predicate=predicate,
        words=tuple(entry["words"]),
        voice=entry.get("voice", "active"),
        subject=entry.get("subject", "subject"),
        object=entry.get("object", "after"),
        subject_types=subjects,
        object_types=objects,
        confidence=float(entry["confidence"]),
        factual=entry.get("factual", True),
        reach=entry.get("reach", "report"),
        before=_pattern(entry, "if_before", where, "$"),
        not_before=_pattern(entry, "not_before", where, "$"),
        after=_pattern(entry, "if_after", where, ""),
        not_after=_pattern(entry, "not_after", where, ""),
        gap=_pattern(entry, "gap", where, ""),
        link=_pattern(entry, "link", where, ""),
        tail=_pattern(entry, "tail", where, ""),
        examples=tuple(
            Example(item["text"], tuple(item["gives"]), item.get("main"))
            for item in entry.get("examples", [])
        ),
        where=where,
    )


def _possible(predicate: str, kind: str, side: str) -> bool:
    others = LETTERS
    return any(
        allowed(predicate, kind, o) if side == "subject" else allowed(predicate, o, kind) for o in others
    )


def _pattern(entry: dict[str, Any], key: str, where: str, end: str) -> re.Pattern[str] | None:
    if key not in entry:
        return None
    try:
        return re.compile(f"(?:{entry[key]}){end}")
    except re.error as error:
        raise DataError(f"{key} is not a regular expression: {error}", where=where) from error
