"""Lines become paragraphs and headline lines: the cheapest reading of the whole page, found by dynamic programming.

Each line opens a paragraph, goes on with one, or is a line of a headline. What a pair of neighbouring lines costs comes
from their widths (would the next word still have fitted?), from sentence ends and signs, from blank lines, and from
whether the characters on both sides of the break stand together elsewhere on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.segment.cues import HANGS, begins_with
from kg.segment.lines import WIDE, Line
from kg.segment.weights import Weights

_CREDIT_END = re.compile(r"[（(][^（）()]{2,40}[）)]$")
_NOT_HEADLINE = re.compile(r"[。；]")
_PROSE = 12  # characters: shorter lines are as often headlines
_OPENS, _GOES_ON, _HEADLINE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (its lines) or one headline line. `first` and `last` index the page's lines, `last` included."""

    first: int
    last: int
    headline: bool


def blocks(lines: list[Line], weights: Weights) -> list[Block]:
    """The paragraphs and headline lines of a page, in order; each line is in exactly one."""
    if not lines:
        return []
    labels = _best_labels(lines, weights, indented=_indented(lines), flowed=flowed_page(lines))
    found: list[Block] = []
    for index, label in enumerate(labels):
        if label == _GOES_ON:
            found[-1] = Block(found[-1].first, index, headline=False)
        else:
            found.append(Block(index, index, label == _HEADLINE))
    return found


def _best_labels(lines: list[Line], weights: Weights, *, indented: bool, flowed: bool) -> list[int]:
    page = "\n".join(line.text for line in lines)
    opens = _opens(lines[0], None, weights, indented=indented)
    scores = [opens, float("-inf"), _headline(lines, 0, weights, indented=indented)]
    # The first line of a paragraph may be indented, hence narrower; so a paragraph of one line is kept apart from
    # those that are longer by the label of its only line.
    back: list[tuple[int, int, int]] = []
    for index in range(1, len(lines)):
        last, line = lines[index - 1], lines[index]
        fits = _fits(last, line, indent=False)
        end = _ends(last, weights, full=not fits)
        start = _opens(line, last, weights, indented=indented)
        after_one = scores[_OPENS] + end + _single(last, weights)
        after_many = scores[_GOES_ON] + end
        close, from_label = max((after_one, _OPENS), (after_many, _GOES_ON), (scores[_HEADLINE], _HEADLINE))
        on = _continues(last, line, page, weights)
        if flowed and line.text[0] not in HANGS:
            on += weights.on_flowed
        # The first line of a paragraph may be narrower by an indent: then less would have fitted.
        fits_first = fits and (not indented or _fits(last, line, indent=True))
        on_first = scores[_OPENS] + on + _break(last, weights, fits=fits_first)
        on_later = scores[_GOES_ON] + on + _break(last, weights, fits=fits)
        goes_on, on_label = max((on_first, _OPENS), (on_later, _GOES_ON))
        back.append((from_label, on_label, from_label))
        scores = [close + start, goes_on, close + _headline(lines, index, weights, indented=indented)]
    final = _ends(lines[-1], weights, full=False)
    totals = [
        scores[_OPENS] + final + _single(lines[-1], weights),
        scores[_GOES_ON] + final,
        scores[_HEADLINE],
    ]
    label = max(range(3), key=lambda item: totals[item])
    labels = [label]
    for step in reversed(back):
        label = step[label]
        labels.append(label)
    return labels[::-1]


def flowed_page(lines: list[Line]) -> bool:
    """Whether the page has a paragraph a line: most lines then are wide, or end a sentence; of set lines one in five does."""
    long = [line for line in lines if line.width >= _PROSE]
    if not long:
        return False
    usual = sorted(line.width for line in long)[len(long) // 2]
    return usual > WIDE or 2 * sum(line.ended for line in long) > len(long)


def _indented(lines: list[Line]) -> bool:
    """Whether paragraphs are indented on this page: their first lines are then two characters narrower.

    Told by the lines after one with room left, or after a blank line: most of them open a paragraph.
    """
    narrow = full = 0
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        short = before.width <= before.column - 3
        if not (short or (line.gap and before.ended)) or after.gap or after.width < line.column - 1.2:
            continue
        if -3.3 <= line.width - line.column <= -1.4:
            narrow += 1
        elif line.width - line.column >= -1:
            full += 1
    return narrow > full


def _fits(last: Line, line: Line, *, indent: bool) -> bool:
    """Whether the first word of `line` would have fitted behind `last`, so that the break there was made on purpose."""
    room = last.column - last.width - (2 if indent else 0)
    slack = 0.5 + 0.1 * max(0.0, last.column - 20)  # the wider a column, the more squeezed signs add up
    return room >= line.token + slack


def _ends(last: Line, weights: Weights, *, full: bool) -> float:
    """For `last` as the last line of a paragraph; `full`: the next line's first word would not have fitted behind it."""
    score = 0.0
    if last.ended:
        score += weights.end_sentence
        if full:
            score += weights.end_full
    elif last.text[-1] in "）)" and _CREDIT_END.search(last.text):
        score += weights.end_bracket
    elif last.text[-1] in "：:—":
        score += weights.end_colon
    elif last.text[-1] in "，、；,":
        score += weights.end_comma
    else:
        score += weights.end_open
        if last.width >= last.column - 1:
            score += weights.end_open_full
    return score


def _single(line: Line, weights: Weights) -> float:
    """For a paragraph of one line."""
    return 0.0 if line.width >= line.column - 1 or line.column > WIDE else weights.single


def _opens(line: Line, last: Line | None, weights: Weights, *, indented: bool) -> float:
    """For `line` as the first line of a paragraph."""
    text = line.text
    if text[0] in HANGS:
        return weights.open_hanging
    score = weights.open
    if line.gap:
        score += weights.open_gap
    if line.inset:
        score += weights.open_inset
    if indented:
        score += weights.open_indent if -3.3 <= line.width - line.column <= -1.4 else weights.open_no_indent
    if begins_with(text, "opens") or begins_with(text, "goes_on"):
        score += weights.open_word
    if last is not None and abs(line.column - last.column) >= 2:
        score += weights.open_new_width
    return score


def _break(last: Line, weights: Weights, *, fits: bool) -> float:
    """For the break behind `last` as one inside a paragraph, where the next word would have fitted before it or not."""
    if last.ended:
        return weights.on_ended_short if fits else weights.on_ended_full
    if not fits:
        return weights.on_open_full
    return weights.on_open_short + (weights.on_open_shorter if last.width < last.column - 4 else 0.0)


def _continues(last: Line, line: Line, page: str, weights: Weights) -> float:
    """For `line` going on with the paragraph of `last`, but for what the room left in `last` says."""
    text = line.text
    ended = last.ended
    score = weights.on_hanging if text[0] in HANGS else 0.0
    if max(line.width - line.column, last.width - last.column) > 2:
        score += weights.on_wider
    if line.gap:
        score += weights.on_gap_ended if ended else weights.on_gap
        if line.gap > 1:
            score += weights.on_gap_more
    if abs(line.column - last.column) >= 2 and last.column <= WIDE:
        score += weights.on_new_width
    if last.text[-1] + text[0] in page:
        score += weights.on_known_pair
    if last.unclosed:
        score += weights.on_bracket_closes if "）" in text or ")" in text else weights.on_bracket
    elif line.gap and last.text[-1] in "）)":
        score += weights.on_gap_bracket
    if not last.told:
        score += weights.on_untold
    if line.inset and not last.inset:
        score += weights.on_inset
    if line.mark or text.startswith("本报讯"):
        score += weights.on_mark
    return score


def _headline(lines: list[Line], index: int, weights: Weights, *, indented: bool) -> float:
    """For the line as a line of a headline."""
    line = lines[index]
    text = line.text
    if text[0] in HANGS:
        return weights.head_hanging
    score = weights.head
    if line.mark:
        score += weights.head_mark
    if line.ended and text[-1] not in "？！?!":
        score += weights.head_ends
    elif text[-1] in "，、；,":
        score += weights.head_comma_end
    if _NOT_HEADLINE.search(text):
        score += weights.head_sentence
    if "，" in text:
        score += weights.head_comma
    if line.width > line.column + 2:
        score += weights.head_wider
    elif line.width >= line.column - 1.5:
        score += weights.head_full
    if line.gap or index == 0:
        score += weights.head_gap_before
    if not line.told:
        score += weights.head_untold
    if begins_with(text, "goes_on"):
        score += weights.head_goes_on
    if line.unclosed or text[0] in "（(":
        score += weights.head_bracket
    if indented and -3.3 <= line.width - line.column <= -1.4:
        score += weights.head_indent
    if line.gap > 1:
        score += weights.head_gap_more
    if index and lines[index - 1].text[-1] in ")）" and _CREDIT_END.search(lines[index - 1].text):
        score += weights.head_after_credit
    if index + 1 == len(lines) or lines[index + 1].gap:
        score += weights.head_gap_after
    elif lines[index + 1].width > line.width + 1 and line.width < line.column - 1.5:
        score += weights.head_before_text
    if len(text) > 40:
        score += weights.head_long
    return score
