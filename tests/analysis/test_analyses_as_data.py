"""What analyses give as plain data, whole: the keys and values that a program reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve
from support.codings import FIRST, SECOND
from support.pictured import OFFICIAL, PRESS, YEARBOOK, act, record

import recognition_model as rm
from recognition_model.analysis.agreement.draft import merged_register
from recognition_model.analysis.agreement.event_rows import rows_of
from recognition_model.analysis.coverage import coverage
from recognition_model.analysis.edition import edition_of
from recognition_model.analysis.entry_edits import entry_edits
from recognition_model.analysis.facts import facts_of
from recognition_model.analysis.recorded import recorded_entries
from recognition_model.analysis.robustness.outcome import ListedAnswer, number
from recognition_model.analysis.sampling import numbered_entries
from recognition_model.analysis.stamp import Stamp
from recognition_model.analysis.turned_facts import Correction
from recognition_model.core.dating import DatedBy
from recognition_model.core.scenario import Doctrine
from recognition_model.core.stages import Reason


@pytest.fixture
def agreed(compared: Callable[..., rm.Agreement]) -> rm.Agreement:
    """The two codings of a country, compared."""
    return compared()


def test_agreement_counts_the_events_of_a_country(agreed: rm.Agreement) -> None:
    data = agreed.to_dict()
    assert data["countries"] == [
        {
            "country": "RUS",
            "name": "Russia",
            "both": 3,
            "only_a": 0,
            "only_b": 1,
            "differing": 3,
            "days": 10,  # engaged from 1 March in one, from 11 March in the other
            "head": [],
        }
    ]
    assert (data["unusable_a"], data["unusable_b"]) == ([], [])


def test_agreement_gives_every_measure_with_its_unit_and_coefficients(
    agreed: rm.Agreement,
) -> None:
    (voice,) = [one for one in agreed.to_dict()["measures"] if one["variable"] == "voice"]
    assert {key: voice[key] for key in ("unit", "variable", "units", "left_out")} == {
        "unit": "event",
        "variable": "voice",
        "units": 3,
        "left_out": 0,
    }
    assert voice["observed"]["value"] == 2 / 3
    assert voice["kappa"]["value"] == 2 / 5
    assert {"alpha", "ac1"} < set(voice)


def test_agreement_lists_an_event_with_its_entry_in_each_coding(agreed: rm.Agreement) -> None:
    data = agreed.to_dict()
    assert [(one["a"]["kind"], one["a"]["what"]) for one in data["matched"]] == [
        ("act", "engage"),
        ("signal", "visit"),
        ("act", "accept_ambassador"),
    ]
    (alone,) = data["only_b"]
    assert (alone["entry"], alone["date"], alone["kind"], alone["what"]) == (
        *(3, "2023-05-05", "signal", "talks"),
    )
    assert (alone["voice"], alone["grade"], alone["rule"]) == ("press", "B3", None)


def test_rows_of_events_have_the_voice_of_each_coding(agreed: rm.Agreement) -> None:
    rows = list(rows_of(agreed.pairs))
    assert [(row["voice_a"], row["voice_b"]) for row in rows] == [
        ("host", "host"),
        ("press", "taliban"),
        (None, "press"),
        ("host", "host"),
    ]


def test_register_of_two_codings_has_both_readings_of_a_source() -> None:
    other = evolve(YEARBOOK, title="Another title")
    text = merged_register({"yearbook": YEARBOOK}, {"yearbook": other}, {})
    marks = [line for line in text.splitlines() if line[:7] in ("<<<<<<<", "=======", ">>>>>>>")]
    assert marks == ["<<<<<<< A (yearbook)", "=======", ">>>>>>> B"]
    before, _, after = text.partition("=======")
    assert (YEARBOOK.title in before, "Another title" in before) == (True, False)
    assert (YEARBOOK.title in after, "Another title" in after) == (False, True)


def test_register_of_two_codings_has_a_source_of_one_once() -> None:
    text = merged_register({}, {"yearbook": YEARBOOK}, {})
    assert text.count(YEARBOOK.title) == 1
    assert "<<<<<<<" not in text


def test_fraction_is_whole_where_it_can_be() -> None:
    assert [number(Fraction(6, 2)), number(Fraction(1, 4))] == [3, 0.25]
    assert [type(number(Fraction(6, 2))), type(number(Fraction(1, 4)))] == [int, float]


def test_country_of_the_coverage_has_its_start_and_what_was_counted() -> None:
    (one,) = coverage([record(act("engage", "2022-03-01"), until="2023-01-01")]).countries
    data = one.to_dict()
    assert [*data] == [
        *("country", "name", "kind", "start", "documented_until", "links", "weakest", "signals"),
        *("contradictions", "turned_down", "longest_silence"),
    ]
    assert data["start"]["assumed"] is True
    assert (data["documented_until"], data["signals"], data["turned_down"]) == ("2023-01-01", 0, 0)
    assert data["weakest"] == data["links"][0]


def test_edit_has_the_entry_before_and_after(
    story: Callable[..., str], scenario_from: Callable[..., rm.Scenario]
) -> None:
    old, new = (scenario_from(story(timeline)) for timeline in (FIRST, SECOND))
    found = [one.to_dict() for one in entry_edits(old, new)]
    assert [(one["before"], one["after"], one["keys"]) for one in found] == [
        ("act engage 2022-03-01", "act engage 2022-03-11", ["date"]),
        ("signal visit 2022-06-10", "signal visit 2022-06", ["date", "evidence"]),
        (None, "signal talks 2023-05-05", []),
    ]


def test_recorded_entry_says_which_day_its_date_is() -> None:
    told = record(evolve(act("engage", "2022-03-01"), dated_by=DatedBy.ANNOUNCED))
    (entry,) = recorded_entries(told)
    data = entry.to_dict()
    assert (data["entry"], data["date"], data["dated_by"]) == (1, "2022-03-01", "announced")
    (other,) = recorded_entries(record(act("engage", "2022-03-01")))
    assert other.to_dict()["dated_by"] is None


def test_numbered_entry_has_its_digest_and_its_sources() -> None:
    (entry,) = numbered_entries(record(act("engage", "2022-03-01")).scenario)
    data = entry.to_dict()
    assert (data["entry"], data["word"], data["sources"]) == (1, "engage", ["yearbook"])
    assert data["digest"] == entry.digest
    assert data["digest"].startswith("en1-")


def test_facts_before_the_record_are_that_it_has_not_begun() -> None:
    facts = facts_of(record(act("engage", "2022-03-01")))
    assert facts.on(date(1900, 1, 1)).to_dict() == {
        "first": "0001-01-01",
        "stages": ["not_begun"],
        "bans": ["not_begun"],
    }


def test_facts_have_the_doctrine_first_and_what_became_of_each_entry() -> None:
    doctrine = Doctrine(says="It recognises states alone.", evidence=(PRESS,))
    refused = rm.RefuseStep(
        refuse=rm.Act.ENGAGE,
        date=rm.When.parse("2022-01-01"),
        because=Reason.NOT_ATTESTED,
        evidence=(OFFICIAL,),
    )
    told = record(refused, act("ban", "2022-02-01"), act("recognise", "2022-03-01", PRESS))
    facts = facts_of(rm.replay(evolve(told.scenario, doctrine=doctrine)))
    assert [(one.what, one.became) for one in facts.entries] == [
        ("doctrine", ""),
        ("start hostile, ban none", "assumed"),
        ("refuse engage", "permitted"),  # the host says it, so no rule refuses it
        ("act ban", "R01"),
        ("act recognise", "refused"),
    ]


def test_answer_of_a_listed_universe_is_told_with_its_name() -> None:
    one = ListedAnswer(
        name="Press only", reason="It is quick.", options=(), answer="RUS", share=Fraction(3, 4)
    )
    assert str(one) == "Press only: RUS"
    assert one.to_dict()["share"] == 0.75


def test_correction_has_its_days_and_what_turned_into_what() -> None:
    one = Correction(
        country="FJI",
        fact="stage",
        old="hostile",
        new="engaged",
        first=date(2022, 1, 1),
        last=date(2022, 1, 10),
    )
    assert one.to_dict()["days"] == 10
    assert str(one) == "FJI stage 2022-01-01 to 2022-01-10: hostile, now engaged"
    gone = Correction(country="FJI", fact="entry", old="visit 2022", new=None)
    assert gone.to_dict()["days"] is None
    assert str(gone) == "FJI entry: visit 2022, now nothing"
    added = Correction(country="FJI", fact="entry", old=None, new="visit 2022")
    assert str(added) == "FJI entry: nothing, now visit 2022"


def test_stamp_is_read_as_it_was_written_and_nothing_else_is_one() -> None:
    edition = edition_of([record(act("engage", "2022-03-01"))])
    for data in ("0" * 12, None):
        stamp = Stamp(kind="picture", name="map", title="A map", edition=edition, data=data)
        assert Stamp.from_dict(stamp.to_dict()) == stamp
    for wrong in ({"kind": "song"}, {"format": "recognition-why/1"}, {"kind": None}):
        with pytest.raises(ValueError, match="not in the format recognition-stamp/1"):
            Stamp.from_dict({**stamp.to_dict(), **wrong})


def test_chain_of_an_answer_names_its_format_and_its_country() -> None:
    data = rm.why(record(act("engage", "2022-03-01")), "2022-06-01").to_dict()
    assert (data["format"], data["country"], data["name"]) == ("recognition-why/1", "FJI", "Fiji")
    assert (data["kind"], data["known_by"]) == ("country", None)
