"""The matching form: what becomes what, and that no offset ever moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.normalize import matching_form

CASES = [
    ("１２３ａＢｃ％", "123aBc%"),
    ("县委，县政府：好！（一）", "县委，县政府：好！（一）"),
    ("「文明講堂」與『書香』", "“文明讲堂”与‘书香’"),
    ('"邻里大讲堂"和"守望点"', "“邻里大讲堂”和“守望点”"),
    ('他说:"好!"\n"对"', "他说：“好！”\n“对”"),
    ("don't 8:30 2,000", "don't 8:30 2,000"),
    ("讲堂(第三期)", "讲堂（第三期）"),
    ("乾县著名的讲堂", "乾县著名的讲堂"),
    ("關於開展鄉村讲堂的實施方案", "关于开展乡村讲堂的实施方案"),
    ("古丽・买买提　来了", "古丽·买买提 来了"),
    ("⼀⽉ 豈", "一月 岂"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "form"), CASES)
def test_forms(text, form):
    assert matching_form(text) == form


@given(
    st.text(alphabet=st.characters(codec="utf-8"))
    | st.text(alphabet="「」\"'（）()ＡａB１臺台後于於乾漢汉\n\t 　·・，,:")
)
def test_length_and_lines_are_kept_and_twice_is_once(text):
    form = matching_form(text)
    assert len(form) == len(text)
    assert [place for place, c in enumerate(form) if c == "\n"] == [
        place for place, c in enumerate(text) if c == "\n"
    ]
    assert matching_form(form) == form
