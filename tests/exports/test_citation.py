"""Citations of the record, a country, an entry and a file: the sentence, and its parts."""

from __future__ import annotations

import re

import pytest
from attrs import evolve
from support.pictured import OFFICIAL, act, record

import recognition_model as rm
from recognition_model.analysis.edition import edition_of
from recognition_model.analysis.stamp import Shown, Stamp
from recognition_model.core.citing import CREATORS, LICENCE, TITLE
from recognition_model.exports.citation import (
    Citation,
    citation_of_country,
    citation_of_entry,
    citation_of_file,
    citation_of_record,
)

OWN = record(act("engage", "2022-03-01"), act("recognise", "2022-04-01"))
WHOSE = "Own files for recognition_model"
VERSION = r"Record [0-9a-f]{12} \(own files\)"
PROGRAM = r"recognition_model [^ ]+, rules [0-9a-f]{12}"


def stamped(*replays: rm.Replay) -> Stamp:
    """The stamp of a picture of some replays."""
    return Stamp(kind="picture", name="history", title="Who moved", edition=edition_of(replays))


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        (
            citation_of_record([OWN]),
            rf"{WHOSE} \[data set\]\. {VERSION}\. 1 country, data to {{}}\.",
        ),
        (
            citation_of_country(OWN),
            rf"“Fiji \(FJI\)”\. In: {WHOSE}\. {VERSION}\. 2 entries, data to {{}}\.",
        ),
        (
            citation_of_entry(OWN, 1),
            rf"“Fiji \(FJI\), entry 1: act engage 2022-03-01”\. In: {WHOSE}\. {VERSION}\."
            r" Data to {}\.",
        ),
        (
            citation_of_file(stamped(OWN)),
            rf"“Who moved” \[figure\]\. In: {WHOSE}\. {VERSION}\. Made with {PROGRAM}\.",
        ),
    ],
    ids=["record", "country", "entry", "file"],
)
def test_citation_of_own_files_is_one_sentence_after_another(cited: Citation, said: str) -> None:
    assert re.fullmatch(said.replace("{}", "2025-06-30"), cited.text)


def test_citation_of_own_files_has_no_licence_in_any_format() -> None:
    cited = citation_of_country(OWN)
    assert cited.csl[0]["note"] == "2 entries, data to 2025-06-30"
    assert cited.to_dict()["licence"] is None
    assert LICENCE.name not in cited.bibtex + cited.text


def test_citation_of_one_country_of_the_record_names_it_and_the_licence(
    shipped: tuple[rm.Replay, ...],
) -> None:
    first = shipped[0]
    whole, part = citation_of_record([first]), citation_of_country(first)
    ends = rf"\. {LICENCE.name}, {re.escape(LICENCE.url)}\."
    begins = rf"{CREATORS[0]} \(\d{{4}}\)\. "
    named = rf"“{re.escape(part.part)}”\. In: "
    assert re.fullmatch(
        rf"{begins}{TITLE} \[data set\]\. .*\brecord [0-9a-f]{{12}}.*{ends}", whole.text
    )
    assert re.fullmatch(rf"{begins}{named}{TITLE}\. .*{ends}", part.text)
    assert re.search(rf"\brecord of {part.part.partition(' (')[0]} [0-9a-f]{{12}}", part.version)
    assert part.csl[0]["note"].endswith(f". {LICENCE.name}")


def test_file_of_two_countries_of_the_record_says_how_many(shipped: tuple[rm.Replay, ...]) -> None:
    assert re.search(
        r"\brecord of 2 countries [0-9a-f]{12}", citation_of_file(stamped(*shipped[:2])).version
    )


def test_keys_tell_the_record_a_country_and_an_entry_apart() -> None:
    cited = (citation_of_record([OWN]), citation_of_country(OWN), citation_of_entry(OWN, 2))
    assert [one.key for one in cited] == [
        "recognition-record",
        "recognition-record-FJI",
        "recognition-record-FJI-2",
    ]


def test_file_says_by_which_day_its_record_was_known() -> None:
    early = rm.replay(OWN.scenario, known_by="2023-01-01")
    assert citation_of_file(stamped(early)).note.endswith("; as known by 2023-01-01")
    assert "known by" not in citation_of_file(stamped(OWN)).note


@pytest.mark.parametrize(
    ("author", "said"),
    [
        (None, "Yearbook (1997-01-01). A made-up source."),
        ("Yearbook", "Yearbook (1997-01-01). A made-up source."),
        ("A. Writer", "A. Writer (1997-01-01). A made-up source. Yearbook."),
    ],
)
def test_source_names_its_publisher_once(author: str | None, said: str) -> None:
    proof = evolve(OFFICIAL, source=evolve(OFFICIAL.source, author=author))
    cited = citation_of_entry(record(act("engage", "2022-03-01", proof)), 1)
    assert cited.source_texts == (said,)


def test_file_without_a_record_is_of_its_rule_table() -> None:
    made = citation_of_file(stamped())
    assert re.fullmatch(r"Rule table [0-9a-f]{12}", made.version)
    assert made.creators == CREATORS


@pytest.mark.parametrize(
    ("kind", "medium"),
    [
        ("picture", "figure"),
        ("report", "report"),
        ("table", "data table"),
        ("package", "data set"),
    ],
)
def test_file_is_called_what_it_is(kind: Shown, medium: str) -> None:
    made = citation_of_file(evolve(stamped(OWN), kind=kind))
    assert made.medium == medium
    assert re.fullmatch(rf"recognition-{kind}-history-[0-9a-f]{{12}}", made.key)


def test_file_says_which_files_its_record_lacks() -> None:
    edition = edition_of([OWN], left_out=["KAZ.yaml"])
    note = citation_of_file(evolve(stamped(OWN), edition=edition)).note
    assert note.endswith("; Left out because of errors: Kazakhstan (KAZ) in KAZ.yaml")
