"""Vocabularies of signals: read as strictly as a register, with old words and words of a user."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import ROOT

import recognition_model as rm
from recognition_model.core.dates import When
from recognition_model.core.signals import Deed, Example, Family, Plover, SignalMeaning
from recognition_model.io.known_words import misspelt_signal
from recognition_model.io.reader import Reader
from recognition_model.io.strict_yaml import parse
from recognition_model.io.vocabulary import quick_vocabulary, vocabulary_at
from recognition_model.io.writer import vocabulary_text

GOOD = """\
format: recognition-signals/1
signals:
  lighthouse_lit:
    family: economic
    meaning: The host lights a lighthouse.
    deed: host
    is-not: A bonfire.
    example: {country: RUS, date: 2022-05~}
    aliases: [beacon_lit]
    cameo: ["042"]
    plover: [AID]
"""
SEEDS = ROOT / "seeds"


def read(text: str, *, shipped: bool = False) -> tuple[rm.Vocabulary, list[rm.Finding]]:
    reader = Reader({})
    return reader.signals(parse(text, "signals.yaml"), shipped=shipped), reader.findings


def test_vocabulary_is_read_with_every_key_and_the_place_of_each_word() -> None:
    known, findings = read(GOOD)
    assert findings == []
    assert [*known.words.values()] == [
        SignalMeaning(
            word="lighthouse_lit",
            family=Family.ECONOMIC,
            meaning="The host lights a lighthouse.",
            deed=Deed.HOST,
            is_not="A bonfire.",
            example=Example(country="RUS", date=When.parse("2022-05~")),
            aliases=("beacon_lit",),
            cameo=("042",),
            plover=(Plover.AID,),
        )
    ]
    assert str(known.words["lighthouse_lit"].place) == "signals.yaml:3:3"


@pytest.mark.parametrize(
    ("right", "wrong", "code", "line", "hint"),
    [
        ("family: economic", "family: ecnomic", "RM204", 4, "did you mean economic?"),
        ("deed: host", "deed: hots", "RM204", 6, "did you mean host?"),
        ("is-not", "isnot", "RM201", 7, "did you mean is-not?"),
        ("    deed: host\n", "", "RM202", 4, "add `deed: host`, or another of host, taliban"),
        ("RUS", "Russia", "RM205", 8, "write RUS (Russia)"),
        ("2022-05~", "May 2022", "RM401", 8, "write 2022-05"),
        ("[beacon_lit]", "[Beacon lit]", "RM209", 9, "write beacon_lit"),
        ("[beacon_lit]", "beacon_lit", "RM203", 9, "write `aliases: [beacon_lit]`"),
        ('["042"]', '["42"]', "RM209", 10, "write its three or four digits in quotes"),
        ("[AID]", "[AIDS]", "RM204", 11, "did you mean AID?"),
        ("lighthouse_lit:", "Lighthouse:", "RM209", 3, "write lighthouse"),
        ("signals/1", "signals/2", "RM206", 1, "write format: recognition-signals/1"),
    ],
)
def test_slip_in_a_vocabulary_is_reported_with_its_place_and_a_hint(
    right: str, wrong: str, code: str, line: int, hint: str
) -> None:
    assert right in GOOD
    _, findings = read(GOOD.replace(right, wrong))
    assert [(one.code, one.place.line) for one in findings] == [(code, line)]
    assert findings[0].hint.startswith(hint)


def test_word_of_the_shipped_vocabulary_needs_an_example() -> None:
    without = GOOD.replace("    example: {country: RUS, date: 2022-05~}\n", "")
    assert read(without)[1] == []
    assert [one.code for one in read(without, shipped=True)[1]] == ["RM202"]


@pytest.mark.parametrize("text", ["signals: []\n", "signals: a word\n"])
def test_vocabulary_that_is_no_mapping_has_no_words(text: str) -> None:
    known, findings = read(f"format: recognition-signals/1\n{text}")
    assert (len(known.words), [one.code for one in findings]) == (0, ["RM203"])


def test_same_meaning_as_a_shipped_word_is_only_a_warning(tmp_path: Path, story) -> None:
    shipped = rm.shipped_vocabulary()
    text = vocabulary_text([*shipped.words.values()][:4])
    (tmp_path / "signals.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "RUS.yaml").write_text(story("[]"), encoding="utf-8")
    folder = rm.load_folder(tmp_path)
    assert [(one.code, str(one.severity)) for one in folder.findings] == [("RM214", "warning")]
    assert folder.vocabulary == shipped


def beside_the_shipped(text: str) -> list[rm.Finding]:
    reader = Reader({})
    reader.vocabulary = rm.shipped_vocabulary()
    reader.signals(parse(text, "signals.yaml"))
    return reader.findings


@pytest.mark.parametrize(
    ("aliases", "told"),
    [
        ("[visit_made]", "the alias 'visit_made' of lighthouse_lit is a word already"),
        ("[embassy_closed]", "the alias 'embassy_closed' of lighthouse_lit is an alias of"),
        ("[beacon_lit, beacon_lit]", "the alias 'beacon_lit' of lighthouse_lit is an alias of"),
    ],
)
def test_alias_that_is_taken_is_told_with_what_it_is(aliases: str, told: str) -> None:
    (found,) = beside_the_shipped(GOOD.replace("[beacon_lit]", aliases))
    assert (found.code, found.place.line) == ("RM215", 9)
    assert found.message.startswith(told)


def test_word_with_another_meaning_than_the_known_one_is_an_error() -> None:
    (found,) = beside_the_shipped(GOOD.replace("lighthouse_lit:", "visit_made:"))
    assert (found.code, found.is_error, found.place.line) == ("RM214", True, 3)
    assert found.message.startswith("the vocabulary has 'visit_made' already: ")


@pytest.mark.parametrize("word", ["visit_made", "something_else"])
def test_word_that_is_known_or_far_from_all_is_no_misspelling(word: str) -> None:
    assert misspelt_signal(word, rm.shipped_vocabulary()) == []


def test_word_of_two_parts_with_a_slip_in_each_is_a_misspelling() -> None:
    assert misspelt_signal("vizit_mad", rm.shipped_vocabulary()) == ["visit_made"]


# --- what the reader makes of the words of a scenario ---------------------------------------------


def signals_of(folder: rm.Folder) -> list[tuple[str, Family | None]]:
    steps = (step for scenario in folder.scenarios for step in scenario.timeline)
    return [(step.signal, step.family) for step in steps if isinstance(step, rm.SignalStep)]


def test_signal_has_the_family_of_its_word_and_an_old_word_becomes_the_present_one(
    tmp_path: Path, story, register
) -> None:
    (tmp_path / "signals.yaml").write_text(GOOD, encoding="utf-8")
    words = ("visit_made", "beacon_lit", "bonfire", "contacts_confirmed")
    entries = "".join(f"- {{signal: {w}, date: 2022-05, evidence: [$press]}}\n" for w in words)
    (tmp_path / "RUS.yaml").write_text(story(entries), encoding="utf-8")
    folder = rm.load_folder(tmp_path, register)
    assert signals_of(folder) == [
        ("visit_made", Family.VISIT),
        ("lighthouse_lit", Family.ECONOMIC),
        ("bonfire", None),
        ("contact_unspecified", Family.CONTACT),
    ]
    assert [(one.code, one.hint) for one in folder.findings] == [
        ("RM717", "write `signal: lighthouse_lit`"),
        ("RM717", "write `signal: contact_unspecified`"),
    ]
    assert folder.vocabulary.family_of("beacon_lit") is Family.ECONOMIC


def test_own_vocabulary_is_no_record_and_not_left_out_either(tmp_path: Path, story) -> None:
    (tmp_path / "signals.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "RUS.yaml").write_text(story("[]"), encoding="utf-8")
    assert rm.load_folder(tmp_path).findings == ()
    given = rm.load_folder([tmp_path / "RUS.yaml", tmp_path / "signals.yaml"])
    assert (given.findings, len(given.scenarios)) == ((), 1)
    assert "lighthouse_lit" in given.vocabulary.words


def test_vocabulary_under_another_name_is_an_error_that_says_the_right_one(
    tmp_path: Path, story
) -> None:
    (tmp_path / "my-words.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "RUS.yaml").write_text(story("[]"), encoding="utf-8")
    (found,) = rm.load_folder(tmp_path).findings
    assert (found.code, found.hint) == (
        "RM206",
        "a vocabulary is read beside the scenarios, as signals.yaml",
    )


def test_version_of_the_record_without_a_vocabulary_has_none(tmp_path: Path, story) -> None:
    for name in ("scenarios", "seeds"):
        (tmp_path / name).mkdir()
    (tmp_path / "seeds" / "sources.yaml").write_text(
        "format: recognition-sources/1\nsources: {}\n", encoding="utf-8"
    )
    (tmp_path / "scenarios" / "RUS.yaml").write_text(story("[]"), encoding="utf-8")
    assert not rm.load_folder(tmp_path / "scenarios").vocabulary


# --- the shipped vocabulary -----------------------------------------------------------------------


def test_quick_look_at_the_shipped_vocabulary_finds_what_reading_finds() -> None:
    quick = quick_vocabulary((SEEDS / "signals.yaml").read_text(encoding="utf-8"))
    whole = vocabulary_at(SEEDS)
    assert quick is not None
    assert [*quick.families.items()] == [*whole.families.items()]
    assert [*quick.aliases.items()] == [*whole.aliases.items()]
    assert quick == whole
    assert pickle.loads(pickle.dumps(quick)) == whole  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    "text",
    [
        "",
        GOOD.replace("family: economic", "family: ecnomic"),
        GOOD.replace("    family: economic\n", ""),
        GOOD.replace("aliases: [beacon_lit]", "aliases:\n      - beacon_lit"),
        GOOD + GOOD.partition("signals:\n")[2],
    ],
    ids=["empty", "unknown family", "no family", "aliases in a block", "a word twice"],
)
def test_quick_look_gives_up_on_another_layout(text: str) -> None:
    assert quick_vocabulary(text) is None


@given(st.sampled_from([*rm.shipped_vocabulary().families, *rm.shipped_vocabulary().aliases, "x"]))
def test_present_word_of_a_present_word_is_itself(word: str) -> None:
    known = rm.shipped_vocabulary()
    once = known.canonical(word)
    assert once is None or known.canonical(once) == once


TEXTS = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=20)
WORDS = st.from_regex("[a-z][a-z0-9_]{0,12}", fullmatch=True)


@st.composite
def meanings(draw: st.DrawFn) -> list[SignalMeaning]:
    words = draw(st.lists(WORDS, unique=True, max_size=6))
    return [
        SignalMeaning(
            word=word,
            family=draw(st.sampled_from(Family)),
            meaning=draw(TEXTS),
            deed=draw(st.sampled_from(Deed)),
            is_not=draw(TEXTS),
            example=draw(st.none() | st.just(Example(country="RUS", date=When.parse("2022-05~")))),
            aliases=(f"{word}_old",) if f"{word}_old" not in words and draw(st.booleans()) else (),
            cameo=draw(st.sampled_from([(), ("042",), ("0311", "050")])),
            plover=tuple(draw(st.lists(st.sampled_from(Plover), max_size=2))),
        )
        for word in words
    ]


@given(meanings())
def test_vocabulary_reads_back_as_it_was_written(some: list[SignalMeaning]) -> None:
    known, findings = read(vocabulary_text(some))
    assert findings == []
    assert known == rm.Vocabulary.of(some)
    assert known.aliases == rm.Vocabulary.of(some).aliases
