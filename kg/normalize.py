"""The matching form of a text: one character for each, so that every offset stays valid.

Full-width letters and digits become half-width, half-width punctuation between Han characters full-width, corner and
straight quotes become “” and ‘’, traditional characters become simplified (by OpenCC's table, see
`data/normalization/characters.tsv`), radicals and compatibility ideographs the characters they look like. Nothing is
added or removed: `len(matching_form(text)) == len(text)`.
"""

from __future__ import annotations

import re
from functools import cache

from kg.knowledge.files import data_path, read_tsv

_PUNCTUATION = "，。：；！？（）"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _PUNCTUATION}
_SIGNS = str.maketrans(
    "「」『』﹁﹂﹃﹄〝〞〟･・•‧∙⋅―─－–﹣\u2212()\u3000\u00a0\u2002\u2003\u2009\t",
    "“”‘’“”‘’“””······——---\u002d（）" + " " * 6,
)
# In Chinese text a half-width sign behind a Han character stands for the full-width one; 8:30 and 2,000 stay.
_HALF_SIGN = re.compile(r"(?<=[\u3400-\u9fff”’》）])[,:;!?]")
_FULL_SIGN = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}
_STRAIGHT = re.compile(r"[\"'\n]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_TRADITIONAL_SHARE = 0.06
"""Share of characters that only traditional text has, from which a text is taken to be traditional throughout."""


def matching_form(text: str) -> str:
    """`text` with each character replaced by the form that lexicons and rules are written in."""
    if (
        text.isascii()
        and not _STRAIGHT.search(text)
        and "(" not in text
        and ")" not in text
        and "\t" not in text
    ):
        return text
    always, traditional = _tables()
    form = text.translate(always)
    if form != text and _is_traditional(text, form):
        form = form.translate(traditional)
    if '"' in form or "'" in form:
        form = _quotes(form)
    return _HALF_SIGN.sub(lambda match: _FULL_SIGN[match.group()], form)


@cache
def _tables() -> tuple[dict[int, int], dict[int, int]]:
    """What is replaced in any text, and what beyond that in traditional text."""
    rows = read_tsv(data_path("normalization", "characters.tsv"), "characters")
    tables = {row["when"]: str.maketrans(row["forms"], row["simple"]) for row in rows}
    return {**tables["always"], **_SIGNS, **_FULL_WIDTH}, tables["traditional"]


def _is_traditional(text: str, form: str) -> bool:
    changed = sum(1 for old, new in zip(text, form, strict=True) if old != new and new > "\u3400")
    return changed > 0 and changed >= _TRADITIONAL_SHARE * len(_HAN.findall(text))


def _quotes(text: str) -> str:
    """Straight quotes as “” and ‘’, opening and closing in turn within each line; an apostrophe between letters stays."""
    double = single = False

    def curly(match: re.Match[str]) -> str:
        nonlocal double, single
        sign, place = match.group(), match.start()
        if sign == "\n":
            double = single = False
            return sign
        if sign == '"':
            double = not double
            return "“" if double else "”"
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if before.isascii() and before.isalnum() and after.isascii() and after.isalnum():
            return sign
        single = not single
        return "‘" if single else "’"

    return _STRAIGHT.sub(curly, text)
