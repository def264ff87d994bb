"""The learned tagger and the judge: which mentions stand, the rules' and the tagger's own.

The tagger, a small convolutional head over the lexical model's encoder states and the features of `features.py`, says
how likely each character begins or continues a mention of each type. The judge, a logistic regression, weighs what the
tagger, the rule and the arbitration of the rules alone say of each span. Both are trained on annotated reports of this
genre (`kg train`, docs/model.md); the tagger is run by ONNX Runtime.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.doc import Found
from kg.knowledge.files import data_path
from kg.knowledge.lexicons import lexicon
from kg.knowledge.person_names import transcribed
from kg.mentions.context import CLOSE, OPEN, Context
from kg.mentions.features import TYPES, features
from kg.mentions.persons import surnames

Probabilities = NDArray[np.float32]
"""(characters, types, 3): outside, begin, inside."""

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
OPEN_AT = 0.25
"""How likely a beginning must be for the tagger to propose a mention of its own; the judge decides on it."""
TAGGED = "model.tagger"
CERTAIN = frozenset(
    {
        "person.transcribed",
        "person.trimmed",
        "place.directed",
        "place.listed",
        "place.nation",
        "place.water",
        "org.international",
        "org.parent",
        "document.marks",
        "document.issued",
        "person.byline",
        "award.over-list",
        "award.prize-list",
        "quote.program.enumerated",
    }
)
"""Rules of a kind that training reports are too few to judge, or that typography makes certain."""


@dataclass(frozen=True, slots=True)
class Least:
    """The probability a mention must reach: where the rules alone would keep it, and where they would not."""

    standing: float
    other: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """Weights of the judge by feature name, and the least probabilities by type."""

    weights: Mapping[str, float]
    least: Mapping[str, Least]


@cache
def load_tagger() -> Tagger | None:
    """The trained tagger of the package, or None when the package comes without one."""
    model, settings = data_path("models", "tagger.onnx"), data_path("models", "judge.json")
    if not model.exists() or not settings.exists():
        return None
    values: dict[str, Any] = json.loads(settings.read_text(encoding="utf-8"))
    least = {kind: Least(*pair) for kind, pair in values["least"].items()}
    return Tagger(model, Judgement(values["weights"], least))


class Tagger:
    """Judges mentions by a trained model."""

    def __init__(self, model: Path, judgement: Judgement) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._judgement = judgement

    def probabilities(self, context: Context) -> Probabilities:
        """Label probabilities of every character."""
        if not len(context.doc):
            return np.zeros((0, len(TYPES), 3), dtype=np.float32)
        inputs = np.concatenate([context.doc._.states, features(context)], axis=1)
        logits: Probabilities = self._session.run(None, {"inputs": inputs[None]})[0][0]
        shaped = logits.reshape(len(inputs), len(TYPES), 3)
        shaped = np.exp(shaped - shaped.max(axis=2, keepdims=True))
        result: Probabilities = shaped / shaped.sum(axis=2, keepdims=True)
        return result

    def judge(self, context: Context) -> list[Found]:
        """The mentions that are probable enough for their type, scored by that probability."""
        result = []
        for found, named in evidence(context, self.probabilities(context)):
            if found.rule in CERTAIN:
                result.append(found)
                continue
            probability = probability_of(named, self._judgement.weights)
            least = self._judgement.least[found.type]
            if probability >= (least.standing if named[f"standing:{found.type}"] else least.other):
                result.append(replace(found, score=round(probability, 2)))
        return [*result, *_areas_inside(context, result)]


def _areas_inside(context: Context, kept: Sequence[Found]) -> Iterator[Found]:
    """Full names of areas inside longer names that stand: the judge sees one name a place, resolution needs both."""
    have = {(found.start, found.end, found.type) for found in kept}
    longer = [(found.start, found.end) for found in kept if found.type != "PERSON"]
    for area in context.standing:
        new = area.rule == "place.full" and (area.start, area.end, area.type) not in have
        if new and any(start <= area.start and area.end <= end for start, end in longer):
            yield area


def probability_of(named: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The judge's probability for the named features of one span."""
    total = sum(weights.get(name, 0.0) * value for name, value in named.items())
    return 1.0 / (1.0 + math.exp(-total))


def evidence(context: Context, probabilities: Probabilities) -> Iterator[tuple[Found, dict[str, float]]]:
    """Every span that a rule or the tagger proposes, with the named features the judge weighs."""
    standing = {(m.start, m.end, m.type) for m in context.standing}
    proposals: dict[tuple[int, int, str, str], Found] = {}
    rules: dict[tuple[int, int, str], int] = {}
    for found in context.found:
        key = (found.start, found.end, found.type, found.attributes.get("name", ""))
        rules[key[:3]] = rules.get(key[:3], 0) + 1
        if key not in proposals or found.score > proposals[key].score:
            proposals[key] = found
    seen = (
        (start, _closed(context, start, _whole(context, start, end)), kind)
        for start, end, kind in decode(probabilities)
    )
    own = {span for span in seen if span[1] - span[0] > 1 and _nameable(context, *span)}
    for start, end, kind in sorted(own):
        if (start, end, kind) not in rules:
            proposals[start, end, kind, ""] = Found(start, end, kind, TAGGED, 0.5)
    taken = probabilities[:, :, 1:].sum(axis=2)
    others: dict[str, list[tuple[int, int]]] = {}
    for start, end, kind in sorted(own):
        others.setdefault(kind, []).append((start, end))
    for found in proposals.values():
        yield found, _named(context, found, probabilities, taken, standing, own, others, rules)


def _whole(context: Context, start: int, end: int) -> int:
    """Where a span must end at the latest: no name runs over a line's end or holds one bracket of a pair."""
    for position in range(start, end):
        character = context.text[position]
        if character in OPEN:
            pair = context.opening.get(position)
            broken = pair is None or pair.end > end
        elif character in CLOSE:
            pair = context.closing.get(position + 1)
            broken = pair is None or pair.start < start
        else:
            broken = character == "\n"
        if broken:
            return position
    return end


def _closed(context: Context, start: int, end: int) -> int:
    """The end without a last particle, conjunction or preposition, which belongs to no name."""
    number = context.word_index[end - 1] if end > start else -1
    loose = (
        number >= 0 and context.words[number].tag in ("c", "p", "u") and context.words[number].start > start
    )
    return context.words[number].start if loose else end


_DETERMINER = re.compile(
    r"[各该此每某]|全[国省市州县区旗镇乡村](?=[各所])|有关|相关|一系列|一[批项]|多[个项种]|[两三四五六七八九十\d]+[个项名]"
)


def _nameable(context: Context, start: int, end: int, kind: str) -> bool:
    """Whether a span of the tagger's own can be a name at all: neither a plain kind of thing nor a misshapen Han name."""
    name = context.text[start:end].strip("“”")
    if kind == "PERSON":  # four characters need a surname of two, unless it is no Han name at all
        return len(name) != 4 or name[0] not in surnames() or name[:2] in surnames() or transcribed(name)
    if kind == "DOCUMENT" and "的" in name and not name.startswith(("关于", "《")):
        return False  # 团县委的表彰决定: a description
    return kind not in lexicon("generic_names").get(name, ()) and _DETERMINER.match(name) is None


def _named(
    context: Context,
    found: Found,
    probabilities: Probabilities,
    taken: NDArray[np.float32],
    standing: set[tuple[int, int, str]],
    own: set[tuple[int, int, str]],
    others: Mapping[str, Sequence[tuple[int, int]]],
    rules: Mapping[tuple[int, int, str], int],
) -> dict[str, float]:
    span, kind = (found.start, found.end, found.type), TYPES.index(found.type)
    begin, inside, end = span_probabilities(probabilities, found.start, found.end, kind)
    crossing = any(start < found.end and found.start < end for start, end in others.get(found.type, ()))
    if crossing and span in own:  # a span does not cross itself
        crossing = sum(s < found.end and found.start < e for s, e in others[found.type]) > 1
    return {
        "bias": 1.0,
        f"type:{found.type}": 1.0,
        f"rule:{found.rule}": 1.0,
        f"begin:{found.type}": _logit(begin),
        f"inside:{found.type}": _logit(inside),
        f"end:{found.type}": _logit(end),
        "begin": _logit(begin),
        "inside": _logit(inside),
        "end": _logit(end),
        f"standing:{found.type}": float(span in standing),
        f"own:{found.type}": float(span in own),
        f"crossing:{found.type}": float(crossing),
        "both": float(span in standing and span in own),
        "several": float(rules.get(span, 0) > 1),
        "score": found.score,
        "taken": float(np.add.reduce(np.maximum.reduce(taken[found.start : found.end], initial=0.0))),
        f"length:{found.type}:{min(found.end - found.start, 24) // 4}": 1.0,
        "word-edges": float(found.start in context.starts) + float(found.end in context.ends),
        **dict.fromkeys(_words(context, found), 1.0),
    }


def _words(context: Context, found: Found) -> Iterator[str]:
    """What the words of a span and around it say: first and last characters, the licence before it, its quotes."""
    text, start, end, kind = context.text, found.start, found.end, found.type
    name = text[start:end].rstrip("”")
    yield f"first:{kind}:{text[start]}"
    yield f"last:{kind}:{name[-1:]}"
    yield f"last-two:{kind}:{name[-2:]}"
    for cls in _licence(context.before(start, 6)) or ("none",):
        yield f"licence:{kind}:{cls}"
    opened, closed = text[start - 1 : start] == "“", text[end : end + 1] == "”"
    yield f"quotes:{kind}:{opened:d}{closed:d}{'“' in name:d}"
    yield f"times:{kind}:{min(text.count(text[start:end]), 3)}"
    if start < context.doc._.body:
        yield f"title:{kind}"


def _licence(before: str) -> frozenset[str]:
    """The classes of the longest licence that ends where a span begins."""
    licences = lexicon("licences")
    for length in range(len(before), 0, -1):
        if before[-length:] in licences:
            return licences[before[-length:]]
    return frozenset()


def _logit(probability: float) -> float:
    clipped = min(max(probability, 0.003), 0.997)
    return math.log(clipped / (1.0 - clipped)) / 4.0


def span_probabilities(
    probabilities: Probabilities, start: int, end: int, kind: int
) -> tuple[float, float, float]:
    """How likely a span begins where it does, goes on to its last character (mean), and ends there."""
    begin = float(probabilities[start, kind, BEGIN])
    # The sum by the ufunc itself: for a dozen numbers the mean's own bookkeeping costs ten times as much.
    rest = end - start - 1
    inside = float(np.add.reduce(probabilities[start + 1 : end, kind, INSIDE])) / rest if rest > 0 else 1.0
    stop = 1.0 - float(probabilities[end, kind, INSIDE]) if end < len(probabilities) else 1.0
    return begin, inside, stop


def decode(probabilities: Probabilities) -> Iterator[tuple[int, int, str]]:
    """Spans that the tagger sees: begun where a beginning is likely enough, continued while INSIDE is likelier than not."""
    length = len(probabilities)
    for kind, name in enumerate(TYPES):
        begin, inside = probabilities[:, kind, BEGIN], probabilities[:, kind, INSIDE]
        for start in np.flatnonzero(begin >= OPEN_AT).tolist():
            end = start + 1
            while end < length and inside[end] >= 0.5:
                end += 1
            if end - start > 1:
                yield start, end, name
