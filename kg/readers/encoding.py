"""Bytes become text: Chinese encodings are told apart by content, and text that was decoded wrongly is refused."""

from __future__ import annotations

import codecs
import re

from kg.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN_RUN = re.compile(r"[\x80-\xff]{4,}")
_HAN_RUN = re.compile(r"[\u2e80-\uffef]{6,}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes) -> str:
    """The text of `data`, with LF line ends and without a byte-order mark.

    UTF-8, UTF-16 and UTF-32 by their mark; else UTF-8 if it is valid; else UTF-16 without a mark, GB18030 (which holds
    GBK and GB2312) or Big5, whichever gives text. What a file or page declares is not asked: declarations are often
    wrong. Raises InputError for empty or binary content, for bytes that are no text in any of these, and for mojibake:
    text that somebody before decoded wrongly.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise InputError("the file is empty", hint="Give a file with text.")
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    controls = len(_CONTROL.findall(text))
    if controls:
        if controls > max(2, len(text) // 100):
            raise _binary()
        text = _CONTROL.sub("", text)
    if cause := mojibake(text):
        raise InputError(
            f"the text is garbled ({cause})", hint="Get the file again from its source, in UTF-8."
        )
    return text


def mojibake(text: str) -> str | None:
    """How `text` was garbled, or None if it seems whole.

    Three signs, none of which whole Chinese text shows: replacement characters; a run of Latin-1 characters that,
    taken back to bytes, is Chinese; Han characters that, taken back to GBK bytes, are UTF-8 for other Han characters.
    """
    sample = text[:_SAMPLE]
    replaced = sample.count("\ufffd") + sample.count("锟斤拷")
    if replaced > max(2, len(sample) // 500):
        return "replacement characters where letters were"
    latin = "".join(_LATIN_RUN.findall(sample))
    if len(latin) > 24 and len(latin) > len(_HAN.findall(sample)):
        for encoding in ("utf-8", "gb18030", "big5"):
            if _is_chinese(_recoded(latin, "latin-1", encoding)) or _is_chinese(
                _recoded(latin, "cp1252", encoding)
            ):
                return f"{encoding.upper()} bytes read as Latin letters"
    for run in _HAN_RUN.findall(sample)[:40]:
        if _is_chinese(_recoded(run, "gb18030", "utf-8", whole=False)):
            return "UTF-8 bytes read as GBK"
    return None


def _decode(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise InputError(
                    f"its mark says {encoding.upper()}, but byte {error.start} is not",
                    hint="Save it again as UTF-8.",
                ) from None
    if data.count(b"\x00") <= len(data) // 100:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return _guess(data)


def _guess(data: bytes) -> str:
    """Text in UTF-16 without a mark, GB18030 or Big5."""
    # Imported here: UTF-8 files, nearly all, need no guess.
    from charset_normalizer import from_bytes

    has_nul = b"\x00" in data
    candidates = ["utf_16_le", "utf_16_be"] if has_nul else ["gb18030", "big5", "big5hkscs"]
    sample = data[: _SAMPLE - _SAMPLE % 2]
    best = from_bytes(sample, cp_isolation=candidates).best()
    encodings = [best.encoding] if best else []
    for encoding in dict.fromkeys([*encodings, *candidates]):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _plausible(text[:_SAMPLE]):
            return text
    raise _binary()


def _plausible(text: str) -> bool:
    """Whether most characters are such as Chinese news is written with."""
    if not text:
        return False
    usual = sum(
        1
        for character in text
        if "\u4e00" <= character <= "\u9fff"
        or " " <= character <= "~"
        or character in "\n\r\t"
        or "\u2010" <= character <= "\u203b"
        or "\u3000" <= character <= "\u3020"
        or "\uff01" <= character <= "\uff5e"
    )
    return usual >= 0.9 * len(text)


def _recoded(text: str, wrong: str, right: str, *, whole: bool = True) -> str:
    """`text` taken back to bytes by `wrong` and read by `right`; empty where that fails.

    With `whole` false a last character cut in two (the wrong reading swallowed a byte) is left out.
    """
    try:
        data = text.encode(wrong)
    except UnicodeEncodeError:
        return ""
    for cut in range(1 if whole else 4):
        try:
            return data[: len(data) - cut].decode(right)
        except UnicodeDecodeError:
            continue
    return ""


def _is_chinese(text: str) -> bool:
    return len(text) >= 4 and len(_HAN.findall(text)) >= 0.6 * len(text)


def _binary() -> InputError:
    return InputError("not a text file", hint="See docs/reading.md for the kinds that can be read.")
