"""Mentions: sentences with what is found in them (cases/mentions.jsonl), name edges, brackets, overlaps, word lists.

The sentences are read by the rules alone: their decisions can be named, and stay when the learned layer is trained anew.
"""

import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.config import Config
from kg.doc import Found, Word, make_doc
from kg.errors import DataError
from kg.knowledge.files import data_path, read_tsv
from kg.knowledge.lexicons import LexiconFinder
from kg.knowledge.places import load_gazetteer
from kg.mentions import quotes
from kg.mentions.arbitrate import arbitrate
from kg.mentions.component import LEXICONS, MentionFinder
from kg.mentions.context import CLOSE, OPEN, PARTNER, Context, match_brackets
from kg.mentions.features import TYPES
from kg.mentions.lexical import LacModel
from kg.mentions.phrase import closed, counts, left_edge
from kg.mentions.tagger import BEGIN, INSIDE, evidence
from kg.model import Report
from kg.pipeline import Extractor

HERE = Path(__file__).parent
CASES = [json.loads(line) for line in (HERE / "cases/mentions.jsonl").read_text("utf-8").splitlines()]
REPORTS = [
    Report(str(number), "case", case["text"], title=case.get("title", ""))
    for number, case in enumerate(CASES)
]
LEXICON = LexiconFinder(LEXICONS)


@pytest.fixture(scope="module")
def lexical():
    return LacModel()


@pytest.fixture(scope="module")
def docs(lexical):
    return list(Extractor(Config(model=False), lexical=lexical).analyse(REPORTS))


def forms(doc):
    return {
        (entity.type, form)
        for entity in doc._.entities
        for form in (entity.name, *(mention.text for mention in entity.mentions))
    }


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(
            number,
            id=case["why"],
            marks=pytest.mark.xfail(strict=True, reason=case["xfail"]) if "xfail" in case else (),
        )
        for number, case in enumerate(CASES)
    ],
)
def test_sentences(docs, number):
    found = forms(docs[number])
    case = CASES[number]
    assert [item for item in map(tuple, case["has"]) if item not in found] == []
    assert [item for item in map(tuple, case["hasnt"]) if item in found] == []


def test_cases_are_many_and_each_asks_something():
    assert len(CASES) >= 170
    assert [why for why, count in Counter(case["why"] for case in CASES).items() if count > 1] == []
    assert [case["why"] for case in CASES if not case["has"] and not case["hasnt"]] == []


def test_every_finder_and_every_reading_of_a_quote_has_a_case(docs):
    finder = MentionFinder()
    rules, reasons = set(), set()
    for doc in docs:
        context = finder.search(doc)
        rules |= {found.rule for found in context.found}
        reasons |= {quotes._read(context, mark).reason for mark in context.brackets if mark.mark in "“‘"}
    source = Path(quotes.__file__).read_text("utf-8")
    assert set(re.findall(r'Reading\((?:None|"[A-Z]+"), "([a-z.-]+)"', source)) - reasons == set()
    written = set()
    for path in Path(quotes.__file__).parent.glob("*.py"):
        written |= set(
            re.findall(r'"((?:place|org|event|document|person)\.[a-z-]+)"', path.read_text("utf-8"))
        )
    assert written - rules - {"place.township"} == set()


def test_learned_layer_agrees_with_most_sentences(lexical):
    """What it was trained on has few bare sentences; a fall below this says that a training went wrong."""
    extractor = Extractor(Config(), lexical=lexical)
    right = total = 0
    for case, doc in zip(CASES, extractor.analyse(REPORTS), strict=True):
        if "xfail" in case:
            continue
        found = forms(doc)
        right += sum(tuple(item) in found for item in case["has"])
        right += sum(tuple(item) not in found for item in case["hasnt"])
        total += len(case["has"]) + len(case["hasnt"])
    assert right / total >= 0.95


# --- edges of names


def context_of(*words):
    """A context from words with tags: no model has a say."""
    text = "".join(word for word, _ in words)
    doc = make_doc(spacy.blank("zh").vocab, Report("r", "test", text), text)
    position, made = 0, []
    for word, tag in words:
        made.append(Word(position, position + len(word), word, tag))
        position += len(word)
    doc._.words = tuple(made)
    return Context(doc, LEXICON.find(text), load_gazetteer().find(text))


@pytest.mark.parametrize(
    ("words", "head", "options", "name"),
    [
        ((("推行", "v"), ("邻里", "n"), ("互助", "vn"), ("行动", "n")), "行动", {}, "邻里互助行动"),
        ((("，", "w"), ("邻里", "n"), ("行动", "n")), "行动", {}, "邻里行动"),
        ((("他们", "r"), ("邻里", "n"), ("行动", "n")), "行动", {}, "邻里行动"),
        ((("张三", "PER"), ("工作室", "n")), "工作室", {}, "工作室"),
        ((("张三", "PER"), ("故居", "n")), "故居", {"persons": True}, "张三故居"),
        ((("3个", "m"), ("工程", "n")), "工程", {}, "工程"),
        ((("十大", "m"), ("行动", "n")), "行动", {}, "十大行动"),
        ((("十大", "m"), ("行动", "n")), "行动", {"numbers": False}, "行动"),
        (
            (("开展", "v"), ("“", "w"), ("桔灯", "n"), ("”", "w"), ("项目", "n")),
            "项目",
            {},
            "“桔灯”项目",
        ),
        ((("“", "w"), ("桔灯", "n"), ("”", "w"), ("项目", "n")), "项目", {"quotes": False}, "项目"),
        ((("“", "w"), ("走吧。", "n"), ("”", "w"), ("项目", "n")), "项目", {}, "项目"),
        ((("《", "w"), ("桔灯", "n"), ("》", "w"), ("项目", "n")), "项目", {}, "项目"),
        ((("书画", "n"), ("和", "c"), ("摄影", "vn"), ("协会", "n")), "协会", {}, "摄影协会"),
        (
            (("书画", "n"), ("和", "c"), ("摄影", "vn"), ("协会", "n")),
            "协会",
            {"joins": True},
            "书画和摄影协会",
        ),
        ((("一二三四五六七八九十", "n"), ("行动", "n")), "行动", {"limit": 4}, "七八九十行动"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_left_edge(words, head, options, name):
    context = context_of(*words)
    start = context.text.rindex(head)
    assert context.text[left_edge(context, start, **options) :] == name


@given(
    st.lists(
        st.tuples(
            st.text(alphabet="县局和的“”《》（）、，3个村", min_size=1, max_size=4),
            st.sampled_from(["n", "v", "w", "m", "PER", "LOC", "u"]),
        ),
        min_size=1,
        max_size=8,
    ),
    st.integers(1, 20),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_left_edge_stays_within_its_sentence_and_limit(words, limit, flag):
    context = context_of(*words)
    for end in range(1, len(context.text) + 1):
        edge = left_edge(context, end, verbs=flag, joins=not flag, quotes=flag, limit=limit)
        assert max(0, end - limit) <= edge <= end
        assert context.sentence(end - 1)[0] <= edge or edge == end


@pytest.mark.parametrize(
    ("piece", "answer"),
    [("3个", True), ("2010年", True), ("12", True), ("第二", False), ("十大", False), ("三型", False)],
)
def test_counts_and_dates_do_not_name(piece, answer):
    assert counts(piece) is answer


@pytest.mark.parametrize("lone", ["\n", "”", "）"])
def test_the_tagger_proposes_whole_names(lone):
    """Whatever its probabilities say: here that everything is one name."""
    context = context_of(("石亭镇", "LOC"), (lone, "w"), ("大赛", "n"))
    sure = np.zeros((len(context.text), len(TYPES), 3), dtype=np.float32)
    sure[0, 0, BEGIN] = 1.0
    sure[1:, 0, INSIDE] = 1.0
    texts = [context.text[found.start : found.end] for found, _ in evidence(context, sure)]
    assert texts
    assert [text for text in texts if lone in text] == []


def test_a_name_may_end_inside_a_word_that_runs_on_into_a_verb():
    context = context_of(("县足球协会协办", "ORG"), ("比赛", "n"))
    assert closed(context, 5)
    assert not closed(context, 3)


# --- brackets


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("“甲”", [(0, 3, 0)]),
        ("（“甲”）", [(0, 5, 0), (1, 4, 1)]),
        ("《甲“乙”》", [(0, 6, 0), (2, 5, 1)]),
        ("“甲（乙”", [(0, 5, 0)]),
        ("“甲\n乙”", []),
        ("”甲“", []),
        ("“甲”“乙”", [(0, 3, 0), (3, 6, 0)]),
        ("(甲）", []),
    ],
)
def test_match_brackets(text, pairs):
    assert [(pair.start, pair.end, pair.depth) for pair in match_brackets(text)] == pairs


@given(st.text(alphabet=OPEN + CLOSE + "甲\n", max_size=30))
def test_brackets_are_pairs_that_nest_and_stay_in_their_line(text):
    pairs = match_brackets(text)
    for pair in pairs:
        assert PARTNER[text[pair.start]] == text[pair.end - 1]
        assert pair.mark == text[pair.start]
        assert "\n" not in text[pair.start : pair.end]
        for other in pairs:
            crossing = pair.start < other.start < pair.end < other.end
            assert not crossing


# --- overlaps


def found(start, end, kind, rule="test", score=0.8):
    return Found(start, end, kind, rule, score)


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        (found(0, 3, "PLACE", "place.full"), found(0, 6, "ORG"), 2),
        (found(2, 4, "PLACE", "place.full"), found(0, 6, "ORG"), 2),
        (found(2, 4, "PLACE", "place.short"), found(0, 6, "ORG"), 1),
        (found(0, 4, "ORG"), found(0, 8, "ORG"), 2),
        (found(2, 6, "ORG"), found(0, 8, "ORG"), 1),
        (found(0, 4, "AWARD"), found(0, 6, "PROGRAM"), 2),
        (found(0, 4, "PROGRAM"), found(0, 6, "AWARD"), 1),
        (found(1, 4, "PROGRAM"), found(0, 8, "EVENT"), 2),
        (found(1, 4, "PLACE", "place.full"), found(0, 8, "DOCUMENT"), 2),
        (found(1, 4, "PLACE", "place.road"), found(0, 8, "DOCUMENT"), 1),
        (found(0, 4, "PERSON"), found(0, 8, "ORG"), 1),
        (found(0, 5, "ORG"), found(3, 8, "ORG"), 1),
        (found(0, 5, "ORG"), found(5, 8, "PLACE"), 2),
        (found(0, 5, "ORG"), found(0, 5, "PROGRAM"), 1),
    ],
)
def test_which_of_two_overlapping_mentions_stand(one, other, kept):
    assert len(arbitrate([one, other])) == kept
    assert arbitrate([one, other]) == arbitrate([other, one])


def test_the_better_reading_of_one_span_stands():
    assert arbitrate([found(0, 5, "PROGRAM", score=0.6), found(0, 5, "AWARD", score=0.9)])[0].type == "AWARD"
    # A rule of rank goes before any score.
    marked = found(0, 5, "DOCUMENT", "document.marks", 0.1)
    assert arbitrate([marked, found(0, 5, "PROGRAM", score=1.0)]) == [marked]


def test_items_of_a_prize_list_may_share_a_span():
    items = [Found(0, 4, "AWARD", "award.prize-list", 0.9, {"name": name}) for name in ("一等奖", "二等奖")]
    assert len(arbitrate(items)) == 2


def test_an_area_inside_a_title_is_marked():
    place, title = found(0, 3, "PLACE", "place.full"), found(0, 8, "AWARD")
    assert arbitrate([place, title])[1].attributes == {"nested": "title"}
    assert arbitrate([place])[0].attributes == {}


spans = st.builds(
    lambda start, length, kind, rule, score: Found(start, start + length, kind, rule, score),
    st.integers(0, 12),
    st.integers(1, 8),
    st.sampled_from(["ORG", "PLACE", "PROGRAM", "AWARD", "EVENT", "PERSON", "DOCUMENT"]),
    st.sampled_from(["place.full", "place.short", "document.marks", "org.organ", "award.prize-list"]),
    st.sampled_from([0.5, 0.75, 0.9]),
)


@given(st.lists(spans, max_size=10), st.randoms())
def test_arbitration_ignores_the_order_of_finders(items, random):
    shuffled = list(items)
    random.shuffle(shuffled)
    standing = arbitrate(items)
    assert Counter(map(str, standing)) == Counter(map(str, arbitrate(shuffled)))
    assert [m.start for m in standing] == sorted(m.start for m in standing)
    for one in standing:
        for other in standing:
            assert not (one.start < other.start < one.end < other.end)


# --- word lists


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("\tstrong\tno form", "'form' is a required property"),
        ("行动\tnonsense\tunknown class", "'nonsense' is not one of"),
        ("行动", "'class' is a required property"),
        ("行动\tstrong\tnote\tone more", "4 cells, expected at most 3"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(tmp_path, row, complaint):
    path = tmp_path / "program_heads.tsv"
    path.write_text(f"# heads\nform\tclass\tnote\n工程\tstrong\tgood\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(complaint)) as caught:
        read_tsv(path, "program_heads")
    assert f"{path}:4: " in str(caught.value)
    assert "Mend the data file." in str(caught.value)


def test_all_bad_rows_are_reported_together(tmp_path):
    path = tmp_path / "cues.tsv"
    path.write_text("form\tclass\tnote\n甲\tx\tn\n乙\ty\tn\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_tsv(path, "cues")
    assert all(f"{path}:{line}: " in str(caught.value) for line in (2, 3))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xfail(strict=True, reason="six forms stand twice"))
        if name == "organisation_heads"
        else name
        for name in LEXICONS
    ],
)
def test_shipped_word_lists_hold_no_row_twice(name):
    rows = read_tsv(data_path("lexicons", f"{name}.tsv"), name)
    twice = [key for key, count in Counter((row["form"], row["class"]) for row in rows).items() if count > 1]
    assert twice == []
