"""Locators: a passage is recognised by its letters alone."""

from __future__ import annotations

import unicodedata
from hashlib import sha256

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from support.effort import examples

from recognition_model.core.locators import Copy, Found, Locator, letters_of

often = settings(max_examples=examples(150))

words = st.text("abcdeßéüžдйёчї0127", min_size=1, max_size=6)
passages = st.lists(words, min_size=1, max_size=8)
# What a PDF, a browser or an editor puts between words, and into them.
between = st.sampled_from(
    (" ", "\n", "\r\n", "\t", "\u00a0", " — ", " – ", "-\n", "… ", " “", "” ")
)
inside = st.sampled_from(("", "", "\u00ad", "\u00ad\n", "\u200b", "'", "’"))


def digest(passage: str) -> str:
    return Locator.of(passage).digest


def in_ascii(least: int = 1) -> st.SearchStrategy[list[str]]:
    return st.lists(st.text("ab", min_size=1, max_size=2), min_size=least, max_size=5)


def test_digest_is_half_the_sha256_of_folded_letters_and_numbers():
    located = Locator.of("„Ban“ — LIFTED!\n", 3)
    assert located.digest == "lt1-" + sha256(b"banlifted").hexdigest()[:32]
    assert located.digest == "lt1-6f1b686a4dec856680bd2af62e0c10eb"  # printf banlifted | sha256sum
    assert (located.letters, located.paragraph) == (9, 3)
    assert (
        str(located) == "{paragraph: 3, letters: 9, digest: lt1-6f1b686a4dec856680bd2af62e0c10eb}"
    )
    assert str(Locator.of("7")).startswith("{letters: 1, digest: lt1-")


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("The Taliban’s ban", "thetalibansban"),
        ("ﬁrst oﬃce, №5", "firstofficeno5"),
        ("Straße STRASSE", "strassestrasse"),
        ("Café, CAFE\u0301", "cafecafe"),
        ("Талибан — ТАЛИБАН", "талибанталибан"),
        ("x² ½ ٣", "x212٣"),
        ("co\u00adop", "coop"),
        ("$ % — …", ""),
    ],
)
def test_letters_of_keeps_letters_and_numbers_and_expands_compatibility_forms(text, letters):
    assert letters_of(text) == letters


@often
@given(passages, st.data())
def test_digest_ignores_wrapping_quotes_dashes_and_soft_hyphens(passage, data):
    rewrapped = "".join(
        data.draw(between) + word[:1] + data.draw(inside) + word[1:] for word in passage
    )
    assert Locator.of(rewrapped) == Locator.of(" ".join(passage))


@often
@given(passages)
def test_digest_ignores_case(passage):
    text = " ".join(passage)
    assert digest(text) == digest(text.upper()) == digest(text.title()) == digest(text.swapcase())


@often
@given(st.text(min_size=1, max_size=20), st.sampled_from(("NFC", "NFD", "NFKC", "NFKD")))
@example("ﬁ Å ẛ̣ 각 ǆ", "NFC")
def test_digest_ignores_unicode_normal_form(text, form):
    assume(letters_of(text))
    assert Locator.of(text) == Locator.of(unicodedata.normalize(form, text))


@often
@given(in_ascii(), in_ascii())
def test_digests_are_equal_only_for_equal_letters(one, other):
    assert (digest(" ".join(one)) == digest("-".join(other))) == ("".join(one) == "".join(other))


@often
@given(in_ascii(least=2), st.data())
def test_digest_changes_with_a_word_changed_removed_or_added(passage, data):
    at = data.draw(st.integers(0, len(passage) - 1))
    before, word, after = passage[:at], passage[at], passage[at + 1 :]
    for tampered in (
        [*before, *after],
        [*before, word, "c", *after],
        [*before, word + "c", *after],
    ):
        assert digest(" ".join(tampered)) != digest(" ".join(passage))


def test_known_gap_digest_ignores_diacritics_and_spaces():
    """The price of lt1 as designed: й is и with a mark, and marks and spaces are dropped."""
    assert digest("мой") == digest("мои")
    assert digest("now here") == digest("nowhere")


@pytest.mark.parametrize("passage", ["", " \n", "— … “”", "\u00ad\u0301"])
def test_locator_of_passage_without_letters_raises_value_error(passage):
    with pytest.raises(ValueError, match="no letter and no number"):
        Locator.of(passage)
    with pytest.raises(ValueError, match="no letter and no number"):
        Copy("Some text.").locate(passage)


# --- finding a passage in a copy ---------------------------------------------------------------

COPY = Copy(
    "The ban was lifted.\n"  # 1
    "\n   \n"  # blank lines are not counted
    "* * *\n"  # 2: a paragraph, though without a letter
    "The envoy came. The envoy\n"  # 3
    "went. The ban was lifted!"  # 4
)


@pytest.mark.parametrize(
    ("passage", "hint", "found", "places"),
    [
        ("THE ENVOY CAME", 3, Found.MATCH, [3]),
        ("the envoy came", None, Found.MATCH, [3]),
        ("the envoy came", 1, Found.MOVED, [3]),
        ("the envoy went", 3, Found.MATCH, [3]),  # begins in 3, ends in 4
        ("the envoy went", 4, Found.MOVED, [3]),
        ("the ban was lifted", 4, Found.MATCH, [4]),
        ("the ban was lifted", None, Found.AMBIGUOUS, [1, 4]),
        ("the ban was lifted", 2, Found.AMBIGUOUS, [1, 4]),
        ("the envoy", None, Found.AMBIGUOUS, [3, 3]),
        ("the envoy", 3, Found.MATCH, [3]),
        ("the ban was not lifted", 1, Found.ABSENT, []),
        ("lifted the envoy", 1, Found.MATCH, [1]),  # runs over the paragraph without letters
    ],
)
def test_find_returns_match_moved_ambiguous_or_absent(passage, hint, found, places):
    assert COPY.find(Locator.of(passage, hint)) == (found, places)


def test_find_returns_absent_for_short_copy_or_other_letter_count():
    located = Locator.of("The ban was lifted")
    assert Copy("").find(located) == (Found.ABSENT, [])
    assert Copy("The ban").find(located) == (Found.ABSENT, [])
    assert COPY.find(Locator(14, located.digest, 1)) == (Found.ABSENT, [])  # it has 15


def starts_of(needle: str, letters: str) -> int:
    return sum(letters.startswith(needle, at) for at in range(len(letters)))


@often
@given(st.lists(in_ascii(), min_size=1, max_size=4), st.data())
def test_locators_from_locate_match_in_their_paragraph(paragraphs, data):
    lines = [" ".join(paragraph) for paragraph in paragraphs]
    copy = Copy("\n\n".join(lines))
    home = data.draw(st.integers(0, len(paragraphs) - 1))
    first = data.draw(st.integers(0, len(paragraphs[home]) - 1))
    passage = "  ".join(paragraphs[home][first:])
    located = copy.locate(passage.upper())
    assert home + 1 in [locator.paragraph for locator in located]
    assert len(located) == starts_of(letters_of(passage), letters_of("".join(lines)))
    assert all(copy.find(locator)[0] is Found.MATCH for locator in located)


def test_locate_returns_nothing_for_absent_passage():
    assert COPY.locate("the envoy stayed") == []


def test_passage_of_more_than_ten_thousand_letters_has_no_locator():
    assert Locator.of("x, " * 10_000).letters == 10_000
    with pytest.raises(ValueError, match=r"^the passage holds 10,001 letters .* at most 10,000$"):
        Locator.of("x, " * 10_001)
