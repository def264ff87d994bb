"""Web pages: the article without what stands around it, and what page and imprint say of title, date, source, author.

The article is found by trafilatura (Apache-2.0). Chinese government sites state their facts in meta elements of fixed
names (ArticleTitle, PubDate, ContentSource; GB/T of the State Council's site norm) and in an imprint line
(来源：… 发布时间：… 作者：… 【字体：大 中 小】), which is read and taken out of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kg.dates import find_dates
from kg.errors import InputError
from kg.model import Document
from kg.readers.encoding import decode
from kg.readers.result import Input

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEAST = 30
"""Characters: a shorter text is no article but what is left of a list or an error page."""
_LAYOUT_CELL = 80  # characters: a table cell with more text than this is part of the layout
_BREAKS = re.compile(r"(?:<br\s*/?>\s*)+", re.IGNORECASE)
_META = {
    "title": ("articletitle", "og:title", "dc.title"),
    "date": ("pubdate", "publishdate", "article:published_time", "dc.date", "publish_time"),
    "newspaper": ("contentsource", "source", "dc.source"),
    "byline": ("author", "contentauthor"),
}
_DATE = re.compile(r"(?:发布时间|发布日期|发表时间|时间|日期|刊登日期)\s*[：:]\s*(?P<value>.{6,24})")
_SOURCE = re.compile(r"(?:信息来源|文章来源|稿件来源|来源)\s*[：:]\s*(?P<value>[^\s|【\[]{2,30})")
_AUTHOR = re.compile(
    r"(?:作者|记者|撰稿)\s*[：:]\s*(?P<value>[\u3400-\u9fff·、]{2,20}(?: [\u3400-\u9fff·]{2,4}(?![\u3400-\u9fff：:]))*)"
)
_IMPRINT = re.compile(
    r"(?:信息来源|文章来源|稿件来源|来源|发布时间|发布日期|发表时间|浏览次数|点击数|点击量|访问量|阅读次数|阅读|作者|字号|字体)\s*[：:]"
)
_FURNITURE = re.compile(
    r"[【\[(（]?\s*(?:字体|字号)\s*[：:]?.{0,20}|(?:打印(?:本页)?|关闭(?:窗口|本页)?|分享(?:到)?|收藏|返回顶部|返回列表|复制链接|微信|微博|[\s|【】\[\]：:])+"
    r"|(?:上一篇|下一篇|上一条|下一条|相关(?:新闻|阅读|链接|附件))\s*[：:]?.{0,60}|扫一扫.{0,20}|当前位置.{0,80}|您(?:当前|现在)?(?:的|所在)?位置.{0,80}"
    r"|版权所有.*|主办(?:单位)?[：:].*|.{0,12}ICP备.*"
)
_SITE = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]{2,24}$")


def read_html(item: Input) -> Iterator[Document]:
    """One document with one report: its paragraphs, a newline between them.

    Raises InputError when the page holds no article (a list, a form, an error page).
    """
    tree, article = _extract(decode(item.data))
    text = article.get("text") or ""
    if not text:
        raise InputError(
            "no article found in the page", hint="Save the page of a single article, or its text."
        )
    facts = _facts(tree, article)
    paragraphs = _paragraphs(text, facts.get("title", ""))
    body = "\n".join(paragraphs)
    if len(body) < _LEAST:
        raise InputError(
            "no article found in the page", hint="Save the page of a single article, or its text."
        )
    yield Document(item.source, "html", (body,), metadata=facts, segmented=True)


def _extract(page: str) -> tuple[HtmlElement, dict[str, Any]]:
    """The parsed page, and what trafilatura finds in it."""
    from lxml import etree, html
    from trafilatura import bare_extraction

    # The declaration may be wrong, and lxml refuses one in text that is decoded already.
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    page = _BREAKS.sub("<p>", page)  # line breaks that stand for paragraphs
    try:
        tree = html.fromstring(page)
    except (ValueError, etree.ParserError):
        raise InputError("not a page of HTML") from None
    body = html.fromstring(html.tostring(tree, encoding="unicode"))
    _unfold_tables(body)
    found = bare_extraction(body, favor_precision=True, include_comments=False, with_metadata=True)
    if found is None:
        found = bare_extraction(body, favor_recall=True, include_comments=False, with_metadata=True)
    facts = found if isinstance(found, dict) or found is None else found.as_dict()
    return tree, facts or {}


def _unfold_tables(tree: HtmlElement) -> None:
    """Tables that hold whole sentences are there for the layout: their parts become divisions."""
    for cell in tree.xpath("//td[contains(., '。')]"):
        if len(cell.text_content()) > _LAYOUT_CELL:
            for element in (cell, *cell.iterancestors("table", "tbody", "tr", "td")):
                element.tag = "div"
    for element in tree.xpath(
        "//td[not(ancestor::table)]|//tr[not(ancestor::table)]|//tbody[not(ancestor::table)]"
    ):
        element.tag = "div"


def _facts(tree: HtmlElement, article: Mapping[str, Any]) -> dict[str, str]:
    """Title, date, source and author: meta elements first, then the imprint line, then what trafilatura guesses."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        content = " ".join((element.get("content") or "").split())
        if name and content:
            meta.setdefault(name, content)
    facts = {key: next((meta[name] for name in names if name in meta), "") for key, names in _META.items()}
    for element in tree.xpath("//script|//style|//noscript"):
        element.drop_tree()
    lines = [" ".join(line.split()) for line in _lines(tree)]
    imprint = " ".join(line for line in lines if len(line) < 120 and _IMPRINT.search(line))
    facts["date"] = (
        _date(facts["date"]) or _date(_first(_DATE, imprint)) or _date(imprint) or _date(article.get("date"))
    )
    facts["newspaper"] = facts["newspaper"] or _first(_SOURCE, imprint)
    facts["byline"] = _names(_first(_AUTHOR, imprint)) or _names(facts["byline"])
    facts["title"] = facts["title"] or _heading(tree) or _SITE.sub("", str(article.get("title") or ""))
    return {key: value for key, value in facts.items() if value}


def _lines(tree: HtmlElement) -> Iterator[str]:
    """The text of each innermost block."""
    for element in tree.iter("p", "div", "td", "li", "span", "h1", "h2", "h3", "h4"):
        if element.tag == "span" or not element.xpath("./p|./div|./table|./ul|./h1|./h2"):
            yield element.text_content()


def _heading(tree: HtmlElement) -> str:
    headings = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    return next((text for text in headings if 4 <= len(text) <= 80), "")


def _paragraphs(text: str, title: str) -> list[str]:
    """The article's paragraphs without the title repeated, imprint lines and the site's furniture."""
    kept: list[str] = []
    for line in text.split("\n"):
        paragraph = line.strip(" \t\u3000\xa0|")
        bare = re.sub(r"\s", "", paragraph)
        if not bare or _FURNITURE.fullmatch(paragraph):
            continue
        if len(kept) < 3 and title and bare == re.sub(r"\s", "", title):
            continue
        if len(paragraph) < 120 and len(kept) < 4 and _IMPRINT.search(paragraph) and "。" not in paragraph:
            continue
        kept.append(paragraph)
    return kept


def _date(text: object) -> str:
    """The first day that `text` names, as ISO string, or nothing."""
    found = (item.iso for item in find_dates(str(text or ""), None) if item.precision == "day")
    return next(found, None) or ""


def _names(text: str) -> str:
    """Names parted by 、; nothing where an office stands instead of a name."""
    names = [name for name in re.split(r"[、,，\s/]+", text) if re.fullmatch(r"[\u3400-\u9fff·]{2,15}", name)]
    return "、".join(name for name in names if len(name) <= 4 or "·" in name)


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match["value"].strip() if match else ""
