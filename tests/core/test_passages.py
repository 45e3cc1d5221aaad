"""Passages are found in a long text as if each of its letters had been tried in turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NoReturn

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.effort import examples

from recognition_model.core import passages
from recognition_model.core.locators import Copy, Found, Locator, letters_of
from recognition_model.core.passages import Job, Passages, passages_in

often = settings(max_examples=examples(200))

words = st.text("abäßжейс7ﬁ\u0301", min_size=1, max_size=4)
between = st.sampled_from((" ", "\n", "\n\n", "-\n", "’", "\u00ad", " — ", "\n * \n"))
texts = st.lists(st.tuples(words, between), max_size=12).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)


def slowly(text: str, locator: Locator) -> tuple[Found, list[int]]:
    """Hash every window of a text, and tell what became of the passage."""
    homes = [
        (number, letter)
        for number, line in enumerate(filter(str.strip, text.splitlines()), 1)
        for letter in letters_of(line)
    ]
    letters = "".join(letter for _, letter in homes)
    places = []
    for start in range(len(letters) - locator.letters + 1):
        window = letters[start : start + locator.letters]
        if f"lt1-{sha256(window.encode()).hexdigest()[:32]}" == locator.digest:
            places.append(homes[start][0])
    if locator.paragraph in places:
        return Found.MATCH, [locator.paragraph]
    if not places:
        return Found.ABSENT, []
    if len(places) == 1:
        return (Found.MOVED if locator.paragraph else Found.MATCH), places
    return Found.AMBIGUOUS, places


@st.composite
def searches(draw: st.DrawFn) -> tuple[str, list[Locator]]:
    """A text and locators: of any of its windows, of words of it, and of what it may not hold."""
    text = draw(texts)
    letters = letters_of(text)
    locators = []
    for _ in range(draw(st.integers(1, 5))):
        begin = draw(st.integers(0, max(0, len(letters) - 1)))
        passage = letters[begin : begin + draw(st.integers(1, 8))] or "a"
        if draw(st.booleans()):
            passage = letters_of(draw(words)) or "b"
        locators.append(Locator.of(passage, draw(st.none() | st.integers(1, 9))))
    return text, locators


@often
@given(searches())
@example(("now\nhere", [Locator.of("owhe", 1), Locator.of("owhe"), Locator.of("here", 1)]))
@example(
    ("Посол прибыл\nв Москву", [Locator.of("осол"), Locator.of("сол при"), Locator.of("скв", 1)])
)
@example(("aaa a\naa", [Locator.of("aa", 2), Locator.of("aaaa", 2), Locator.of("a" * 7)]))
def test_find_all_gives_what_hashing_every_window_gives(search: tuple[str, list[Locator]]) -> None:
    text, locators = search
    assert Copy(text).find_all(locators) == [slowly(text, one) for one in locators]


@often
@given(searches(), st.integers(1, 4))
def test_pieces_of_a_text_lose_no_passage_at_their_ends(
    search: tuple[str, list[Locator]], least: int
) -> None:
    text, locators = search
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passages, "_LEAST", least)
        patch.setattr(passages, "_AT_ONCE", 1)
        assert Copy(text).find_all(locators) == [slowly(text, one) for one in locators]


def never(jobs: Sequence[Job]) -> NoReturn:
    raise AssertionError(f"{len(jobs)} pieces were searched letter by letter")


def test_passage_from_word_to_word_needs_no_search_letter_by_letter() -> None:
    copy = Copy("The envoy came. The envoy\nwent. Талибан — тут.")
    wanted = [Locator.of(passage) for passage in ("envoy came", "The envoy\nwent", "талибан тут")]
    assert copy.find_all(wanted, never) == [
        (Found.MATCH, [1]),
        (Found.MATCH, [1]),
        (Found.MATCH, [2]),
    ]


def test_pieces_after_the_last_passage_are_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "_AT_ONCE", 20_000)
    done = []

    def one_by_one(jobs: Sequence[Job]) -> Iterable[Passages]:
        for job in jobs:
            done.append(job)
            yield passages_in(*job)

    text = "nowhere " + "x" * 100_000
    assert Copy(text).find_all([Locator.of("owher")], one_by_one) == [(Found.MATCH, [1])]
    assert len(done) == 1


def test_passages_of_the_same_length_share_their_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    real = sha256

    def counting(data: bytes) -> object:
        hashed.append(data)
        return real(data)

    monkeypatch.setattr("hashlib.sha256", counting)
    wanted = [Locator.of(f"{number:05}") for number in range(20)]
    hashed.clear()
    assert {found for found, _ in Copy("x" * 1000).find_all(wanted)} == {Found.ABSENT}
    assert len(hashed) == 996


def test_text_of_one_letter_has_a_match_at_each_place() -> None:
    found, places = Copy("a" * 50_000).find(Locator.of("a" * 9_000))
    assert (found, len(places)) == (Found.AMBIGUOUS, 41_001)


@pytest.mark.parametrize("digest", ["lt1-xyz", "", "LT1-6f1b686a4dec856680bd2af62e0c10eb"])
def test_digest_of_another_form_is_absent(digest: str) -> None:
    text = Copy("banlifted")
    assert text.find(Locator(9, digest)) == (Found.ABSENT, [])
