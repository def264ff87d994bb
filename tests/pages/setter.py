"""Sets reports as a newspaper page of plain text, in many layouts, with the truth of what stands where.

A page is a header, then reports column after column. What varies from page to page: the width of an ASCII character,
indentation, where blank lines fall; from report to report: column width (it may change inside a report), headline
before, after or missing, kicker, credit beside the headline, subheads with blank lines around, a lead set apart in a
wide column at the end; furniture between: editors, jump lines, page numbers. `Layout` draws all of it from one seed.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

CLOSING = set("，。、；：！？）》”’】…%")
OPENING = set("（《“‘【")
NAMES = ["付晚舟", "何青", "赵一鸣", "秦月", "郑 波"]
KICKERS = ["青河县：", "岭南省白沙县", "守住一方水土"]
SIGNED = re.compile(r"^本报|记者|讯（|（[^）]{2,12}）$|□")


@dataclass(frozen=True)
class Set:
    """A page and its truth: `reports` in page order as {id, title, text}, `date` in ISO."""

    text: str
    reports: list[dict]
    date: str


def set_page(reports: list[dict], seed: int) -> Set:
    """One page with all of `reports` on it, in an order and layout drawn from `seed`."""
    rng = random.Random(seed)
    half, indent = rng.random() < 0.5, rng.random() < 0.6
    header, date = _header(rng)
    lines, aparts, truth = list(header), [], []
    for report in rng.sample(reports, len(reports)):
        body, apart, title, text = _report(report, rng, half=half, indent=indent)
        lines += body + [""] * rng.choice([1, 1, 1, 2])
        if rng.random() < 0.06:
            lines += [rng.choice(["（下转第3版）", "4", "责编：文渊 版式：林可"]), ""]
        aparts += [*apart, ""] if apart else []
        truth.append({"id": report["id"], "title": title, "text": text})
    footer = (
        [rng.choice(["责任编辑：文渊 校对：白石", "本版编辑 文渊", "新闻热线：0000-1234567"])]
        if rng.random() < 0.3
        else []
    )
    return Set("\n".join(lines + aparts + footer) + "\n", truth, date)


def wrap(text: str, width: int, *, half: bool, indent: bool) -> list[str]:
    """Justified lines: no closing sign begins one, no opening sign ends one, Latin words and numbers stay whole."""
    tokens, i = [], 0
    while i < len(text):
        j = i + 1
        if text[i].isascii() and text[i].isalnum():
            while j < len(text) and text[j].isascii() and (text[j].isalnum() or text[j] in ".%"):
                j += 1
        while j < len(text) and (text[j] in CLOSING or text[j - 1] in OPENING):
            j += 1
        tokens.append(text[i:j])
        i = j
    lines, line, used = [], "", 2.0 if indent else 0.0
    for token in tokens:
        size = sum(0.5 if half and c.isascii() else 1 for c in token)
        hang = 1 if token[-1] in CLOSING else 0
        if line and used + size - hang > width:
            lines.append(line)
            line, used = "", 0.0
        line += token
        used += size
    return [*lines, line] if line else lines


def _header(rng: random.Random) -> tuple[list[str], str]:
    year, month, day = rng.randint(2005, 2025), rng.randint(1, 12), rng.randint(1, 28)
    written = f"{year}年{month}月{day}日 星期{rng.choice('一二三四五六日')}"
    shape = rng.randrange(4)
    if shape == 0:
        lines = [rng.choice(["要闻", "基层动态", "民生"]), "", written, ""]
    elif shape == 1:
        lines = ["青河日报", f"{written} 第3版", "综合新闻", ""]
    elif shape == 2:
        lines = [f"A0{rng.randint(1, 8)} 要闻 {written}", ""]
    else:
        lines = [written, f"0{rng.randint(1, 8)}版", ""]
    return lines, f"{year:04}-{month:02}-{day:02}"


def _report(
    report: dict, rng: random.Random, *, half: bool, indent: bool
) -> tuple[list[str], list[str], str, str]:
    """Lines of the report, lines of its lead if set apart, and its title and text as the page has them."""
    width = rng.randint(11, 22)
    paragraphs = report["text"].split("\n")
    apart: list[str] = []
    if len(paragraphs) > 4 and len(paragraphs[0]) > 60 and rng.random() < 0.25:
        apart = wrap(paragraphs[0], width * 3, half=half, indent=False)
        if rng.random() < 0.5:
            apart = [part for line in apart for part in (line, "")][:-1]
    narrow = rng.random() < 0.3  # subheadings are set in two lines
    spaced, blanks = rng.random() < 0.5, rng.choice([0.0, 0.5, 1.0])
    body: list[str] = []
    change = rng.randint(3, 9) if rng.random() < 0.15 else None
    for number, paragraph in enumerate(paragraphs):
        if apart and number == 0:
            continue
        is_head = (
            len(paragraph) <= 24 and not paragraph.endswith(("。", "）", "”")) and "记者" not in paragraph
        )
        lines = wrap(paragraph, width, half=half, indent=indent and not is_head)
        if is_head and narrow and len(paragraph) > 8:
            lines = [paragraph[: len(paragraph) // 2], paragraph[len(paragraph) // 2 :]]
        if change is not None and number == 1 and len(lines) > change + 2:
            lines = lines[:change] + wrap("".join(lines[change:]), width + 5, half=half, indent=False)
            width += 5
        gap = rng.random() < blanks or (is_head and spaced)
        body += [*([""] if is_head and spaced and body and body[-1] else []), *lines, *([""] if gap else [])]
    while body and not body[-1]:
        body.pop()
    if len(body) > 14 and rng.random() < 0.7:
        place = rng.randint(5, len(body) - 4)
        if body[place] and body[place - 1]:
            body.insert(place, "")
    title, text = report["title"], report["text"]
    if not title:
        return body, apart, title, text
    head = wrap(title, rng.choice([8, 10, 13, 16, 26]), half=False, indent=False)
    if rng.random() < 0.15:
        kicker = rng.choice(KICKERS)
        head, title = [kicker, *head], kicker + title
    before = rng.random() < 0.6
    if rng.random() < 0.25 and not SIGNED.search(text):
        name = rng.choice(NAMES)
        head = [*head, name]
        text = f"{name}\n{text}" if before else f"{text}\n{name}"
    return ([*head, "", *body] if before else [*body, "", *head]), apart, title, text
