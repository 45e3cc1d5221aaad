"""Coverage of a record, with numbers and lines counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from support.pictured import OFFICIAL, PRESS, YEARBOOK, act, record

import recognition_model as rm
from recognition_model.analysis.coverage import coverage
from recognition_model.core.claims import Claim, ClaimKind
from recognition_model.core.evidence import Reliability
from recognition_model.testing import scenarios

GAZETTE = evolve(YEARBOOK, id="gazette", reliability=Reliability.COMPLETELY_RELIABLE)
BLOG = evolve(YEARBOOK, id="blog", reliability=Reliability.UNRELIABLE)


BAD = evolve(OFFICIAL, source=BLOG, credibility=1)


def signal(day: str, **more: str) -> rm.SignalStep:
    return rm.SignalStep(
        signal="visit", date=rm.When.parse(day), evidence=(evolve(PRESS, source=GAZETTE),), **more
    )


# --- links ---------------------------------------------------------------------------------------


def test_change_is_graded_by_its_strongest_voice() -> None:
    better_but_no_host = evolve(PRESS, source=GAZETTE, credibility=1)
    told = record(
        act("engage", "2022"), act("accept_ambassador", "2024", OFFICIAL, better_but_no_host)
    )
    (one,) = coverage([told]).countries
    assert [link.grade for link in one.links] == ["B2", "B2"]
    assert [link.sources for link in one.links] == [("yearbook",), ("yearbook", "gazette")]


def test_host_evidence_grades_an_engagement() -> None:
    told = record(act("engage", "2022", OFFICIAL, evolve(PRESS, source=GAZETTE, credibility=1)))
    (link,) = coverage([told]).countries[0].links
    assert link.grade == "B2"
    assert (link.to_dict()["voice"], link.to_dict()["attestation"]) == ("host", "official")


def test_announcement_grades_a_change_only_without_later_evidence() -> None:
    announced = evolve(OFFICIAL, source=GAZETTE, credibility=1, announcement=True)
    both = record(act("engage", "2022", announced, OFFICIAL))
    alone = record(act("engage", "2022", announced))
    assert [one.links[0].grade for one in coverage([both, alone]).countries] == ["B2", "A1"]


def test_disputing_evidence_is_no_source_of_a_change() -> None:
    against = evolve(PRESS, source=GAZETTE, credibility=1, bearing=rm.Bearing.DISPUTES)
    (link,) = coverage([record(act("engage", "2022", PRESS, against))]).countries[0].links
    assert (link.grade, link.sources) == ("B3", ("yearbook",))


@pytest.mark.parametrize(
    ("first", "second", "weakest"),
    [
        ((OFFICIAL,), (evolve(OFFICIAL, credibility=3),), 1),
        ((evolve(OFFICIAL, credibility=3),), (OFFICIAL,), 0),
        ((evolve(OFFICIAL, source=BLOG, credibility=1),), (evolve(OFFICIAL, credibility=3),), 0),
        ((OFFICIAL,), (evolve(OFFICIAL, source=GAZETTE),), 0),
        ((OFFICIAL, evolve(PRESS, source=BLOG)), (OFFICIAL,), 1),
        ((OFFICIAL,), (OFFICIAL,), 0),
        ((evolve(OFFICIAL, credibility=3),), (BAD, evolve(OFFICIAL, credibility=3)), 0),
        ((OFFICIAL,), (evolve(OFFICIAL, source=BLOG, credibility=2),), 1),
    ],
    ids=[
        "credibility",
        "in-either-place",
        "weak-first",
        "reliability",
        "fewer-sources",
        "the-first",
        "best-carrier",
        "weak-source",
    ],
)
def test_weakest_change_has_lowest_grade(
    first: tuple[rm.Evidence, ...], second: tuple[rm.Evidence, ...], weakest: int
) -> None:
    told = record(act("engage", "2022", *first), act("accept_ambassador", "2024", *second))
    (one,) = coverage([told]).countries
    assert one.weakest is one.links[weakest]


def test_country_without_changes_has_no_weakest_change() -> None:
    (one,) = coverage([record()]).countries
    assert (one.links, one.weakest, one.single) == ((), None, ())


# --- what is left open ------------------------------------------------------------------------


def test_longest_gap_runs_from_latest_to_next_earliest_day() -> None:
    told = record(signal("2015"), signal("2018-03"), begins="2014-06-01", until="2020-01-01")
    (one,) = coverage([told]).countries
    assert one.silence is not None
    assert (one.silence.begins, one.silence.ends) == (date(2015, 12, 31), date(2018, 3, 1))


def test_gap_up_to_end_of_record_counts() -> None:
    told = record(signal("2015"), begins="2014-06-01", until="2020-01-01")
    silence = coverage([told]).countries[0].silence
    assert silence is not None
    assert str(silence) == "2015-12-31 to 2020-01-01"


@pytest.mark.parametrize(
    "days",
    [("2015..", "2015-06"), ("2015-06", "..2020-01-01")],
    ids=["no-last-day", "no-first-day"],
)
def test_open_date_counts_on_its_known_end(
    days: tuple[str, str],
) -> None:
    told = record(*map(signal, days), begins="2015-01-01", until="2020-01-01")
    silence = coverage([told]).countries[0].silence
    assert silence is not None
    assert str(silence) == "2015-06-30 to 2020-01-01"


def test_gap_contains_no_possible_day_of_a_change() -> None:
    told = record(
        act("engage", "2015-07..2018-02"),
        signal("2016-07"),
        begins="2015-01-01",
        until="2019-01-01",
    )
    assert coverage([told]).countries[0].silence is None


def test_gap_under_two_years_is_ignored() -> None:
    # 730 days from 31 December 2014 to 30 December 2016; one more day is reported.
    for until, found in (("2016-12-30", False), ("2016-12-31", True)):
        told = record(begins="2014-12-31", until=until)
        assert (coverage([told]).countries[0].silence is not None) is found


def test_unconfirmed_and_undated_changes_are_listed_separately() -> None:
    told = record(act("engage", "2022-02-01", PRESS), act("accept_ambassador", "2024-05"))
    (one,) = coverage([told]).countries
    assert [link.change.act for link in one.unconfirmed] == [rm.Act.ENGAGE]
    by_kabul = record(act("engage", "2022-02-01", evolve(PRESS, voice=rm.Voice.TALIBAN)))
    assert len(coverage([by_kabul]).countries[0].unconfirmed) == 1
    assert [link.change.act for link in one.undated] == [rm.Act.ACCEPT_AMBASSADOR]


def test_ban_is_unknown_if_none_is_documented() -> None:
    never, once = record(act("engage", "2022")), record(act("ban", "2022"))
    assert [one.ban_unknown for one in coverage([never, once]).countries] == [True, False]
    lifted = record(act("engage", "2021-09"), act("ban", "2022"), act("delist", "2023"))
    assert not coverage([lifted]).countries[0].ban_unknown


def test_coverage_rejects_replays_with_known_by() -> None:
    with pytest.raises(ValueError, match="replayed without known_by"):
        coverage([record(act("engage", "2022"), known_by="2023-01-01")])


# --- the whole ------------------------------------------------------------------------


def test_grades_and_sources_count_collective_claims_too() -> None:
    claim = Claim(
        claim=ClaimKind.UNATTRIBUTED,
        group="some states",
        date=rm.When.parse("2022"),
        evidence=(evolve(PRESS, source=BLOG, credibility=5),),
    )
    covered = coverage(
        [record(act("engage", "2022"), signal("2023"))], [rm.Collective(title="", claims=(claim,))]
    )
    assert covered.grades == (("A3", 1), ("B2", 1), ("E5", 1))
    assert hash(covered) == hash(evolve(covered))
    assert (covered.sources, covered.of_groups) == (3, (claim,))


def test_unexpected_refusal_is_not_listed_as_turned_down(
    replay_of: Callable[..., rm.Replay],
) -> None:
    told = replay_of("- {act: recognise, date: 2022, evidence: [$host]}\n")
    assert coverage([told]).countries[0].turned_down == ()


@given(scenarios())
def test_every_change_is_in_the_column_of_its_stage(
    scenario: rm.Scenario,
) -> None:
    told = rm.replay(scenario)
    (one,) = coverage([told]).countries
    assert [link.change for link in one.links] == list(told.changes)
    assert (one.weakest is None) is (told.changes == ())
    assert sum(len(one.to(stage)) for stage in rm.Stage) == len(told.changes)
