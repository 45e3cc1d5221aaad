"""`changes` since a day: what happened, and what became known, each worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import recognition_model as rm
from recognition_model.analysis.turns import Turn, changes
from recognition_model.core.evidence import Reliability, SourceType
from recognition_model.core.scenario import Assertion, Rank
from recognition_model.core.stages import Ban, Stage, State
from recognition_model.engine.outcomes import step_of
from recognition_model.testing import scenarios

DAY = timedelta(days=1)
HOSTILE = State(Stage.HOSTILE, Ban.NONE)
ENGAGED = State(Stage.ENGAGED, Ban.NONE)


def said(public: str, voice: str = "press", *, disputes: bool = False) -> rm.Evidence:
    """One item of evidence in a source that was public on a day."""
    source = rm.Source(
        id=f"{voice}-{public.strip('.~?')}".replace(".", "-"),
        type=SourceType.ARTICLE_NEWSPAPER,
        publisher="The Example",
        title="Made up",
        issued=rm.When.parse(public),
        language="en",
        reliability=Reliability.USUALLY_RELIABLE,
    )
    bearing = rm.Bearing.DISPUTES if disputes else rm.Bearing.SUPPORTS
    voiced = rm.Voice(voice)
    return rm.Evidence(source=source, voice=voiced, credibility=2, bearing=bearing, claim="x")


def act(word: str, day: str, *evidence: rm.Evidence) -> rm.ActStep:
    return rm.ActStep(act=rm.Act(word), date=rm.When.parse(day), evidence=evidence)


def record(
    *steps: rm.Step, country: str = "FJI", until: str = "2025-12-31", **head: Any
) -> rm.Scenario:
    start = rm.Start(
        stage=head.pop("stage", Stage.HOSTILE),
        ban=head.pop("ban", Ban.NONE),
        date=rm.When.parse(head.pop("begins", "1996-09-27")),
        assumed="Made up.",
    )
    last = date.fromisoformat(until)
    return rm.Scenario(
        country=country, title="x", start=start, documented_until=last, timeline=steps, **head
    )


def told(turns: tuple[Turn, ...]) -> list[tuple[str, str, str, str]]:
    return [
        (str(t.date), str(t.change.act), str(t.before.stage), str(t.after.stage)) for t in turns
    ]


ENGAGE = act("engage", "2024-03-01", said("2024-03-05"))
AMBASSADOR = act("accept_ambassador", "2025-01-10", said("2025-02-01", "host"))
FIJI = record(ENGAGE, AMBASSADOR)


# --- what happened -------------------------------------------------------------------------------


def test_changes_dated_in_the_window_happened_with_before_and_after() -> None:
    found = changes([FIJI], "2024", "2024-12")
    assert told(found.happened) == [("2024-03-01", "engage", "hostile", "engaged")]
    assert told(changes([FIJI], "2025").happened) == [
        ("2025-01-10", "accept_ambassador", "engaged", "ambassador_accepted")
    ]


def test_change_whose_date_only_overlaps_perhaps_happened() -> None:
    scenario = record(act("engage", "2024", said("2025-01-01")))
    (only,) = changes([scenario], "2024-06").happened
    assert only.in_window == "perhaps"
    (whole,) = changes([scenario], "2024", "2024").happened
    assert whole.in_window == "surely"


def test_order_of_the_acts_narrows_the_date_of_a_change() -> None:
    # The break lies in 2024, but after dealings began in July.
    scenario = record(
        act("engage", "2024-07-01", said("2025-01-01")),
        act("break_off", "2024", said("2025-01-01", "host")),
    )
    assert told(changes([scenario], "2024-01-01", "2024-06-30").happened) == []
    sure = changes([scenario], "2024-07-01", "2024-12-31").happened
    assert [turn.in_window for turn in sure] == ["surely", "surely"]


def test_order_of_other_entries_narrows_the_date_of_a_change_too() -> None:
    # Dealings are told without a first day, but after a visit of July 2024.
    scenario = record(
        rm.SignalStep(
            signal="visit", date=rm.When.parse("2024-07-01"), evidence=(said("2025-01-01"),)
        ),
        act("engage", "..2024", said("2025-01-01")),
    )
    early = act("engage", "2024-06-01", said("2025-01-01"))
    assert told(changes([scenario], "2024-01-01", "2024-06-30").happened) == []
    two = changes([scenario, record(early, country="TUV")], "2024-01-01").happened
    assert [(turn.country, turn.in_window) for turn in two] == [
        ("TUV", "surely"),
        ("FJI", "surely"),
    ]


def test_change_of_the_ban_alone_beside_the_stage_is_told_with_both() -> None:
    scenario = record(
        act("engage", "2024-03-01", said("2024-03-05")),
        act("delist", "2025-04-17", said("2025-04-18", "host")),
        stage=Stage.BANNED,
        ban=Ban.IN_FORCE,
    )
    (lifted,) = changes([scenario], "2025").happened
    data = lifted.to_dict()
    assert (data["before"], data["after"]) == ("engaged", "delisted")
    assert (data["ban_before"], data["ban_after"]) == ("in_force", "lifted")


def test_lapse_in_the_window_happened() -> None:
    scenario = record(
        act("engage", "1997-05-01", said("1997-05-02")),
        act("lapse", "2001-12-07", said("2001-12-07"), said("2001-12-08")),
    )
    assert told(changes([scenario], "2001-12").happened) == [
        ("2001-12-07", "lapse", "engaged", "hostile")
    ]


def test_what_the_rules_refuse_or_the_file_strikes_out_did_not_happen() -> None:
    struck = rm.ActStep(
        act=rm.Act.ENGAGE,
        date=rm.When.parse("2024-02-01"),
        rank=Rank.DEPRECATED,
        because="x",
        evidence=(said("2024-02-02"),),
    )
    refused = act("accept_ambassador", "2024-05-01", said("2024-05-02"))
    found = changes([record(struck, ENGAGE, refused)], "2024")
    assert told(found.happened) == told(found.became_known)
    assert told(found.happened) == [("2024-03-01", "engage", "hostile", "engaged")]


def test_change_from_an_assumed_start_says_so_until_a_status_attests_the_start() -> None:
    attested = rm.StatusStep(
        status=Assertion(stage=Stage.HOSTILE),
        date=rm.When.parse("2023-01-01"),
        evidence=(said("2023-01-02"),),
    )
    for steps, assumed in [((ENGAGE, AMBASSADOR), True), ((attested, ENGAGE, AMBASSADOR), False)]:
        first, second = changes([record(*steps)], "2024").happened
        assert (first.before_assumed, second.before_assumed) == (assumed, False)


# --- what became known ---------------------------------------------------------------------------


def test_change_becomes_known_when_a_source_is_public_whatever_its_date() -> None:
    found = changes([FIJI], "2025-02", "2025-02")
    assert told(found.happened) == []
    (only,) = found.became_known
    assert told((only,)) == [("2025-01-10", "accept_ambassador", "engaged", "ambassador_accepted")]
    assert (only.known_on, only.in_window, only.was, only.gone) == (
        date(2025, 2, 1),
        "surely",
        None,
        False,
    )


def test_change_known_before_the_window_does_not_become_known_again() -> None:
    repeated = act("engage", "2024-03-01", said("2024-03-05"), said("2025-06-01"))
    assert changes([record(repeated)], "2025").became_known == ()
    assert [t.known_on for t in changes([record(repeated)], "2024").became_known] == [
        date(2024, 3, 5)
    ]


def test_announced_act_becomes_known_on_its_own_day() -> None:
    announced = act("engage", "2024-07-01", said("2024-06-01"))
    assert changes([record(announced)], "2024-06-01", "2024-06-30").became_known == ()
    (only,) = changes([record(announced)], "2024-06-15", "2024-07-31").became_known
    assert only.known_on == date(2024, 7, 1)


def test_change_becomes_known_with_the_source_that_first_suffices() -> None:
    # The press tells of the ambassador in January, but only the host's word of March suffices.
    scenario = record(
        ENGAGE,
        act("accept_ambassador", "2025-01-10", said("2025-01-11"), said("2025-03-02", "host")),
    )
    assert changes([scenario], "2025-01", "2025-02").became_known == ()
    assert [t.known_on for t in changes([scenario], "2025").became_known] == [date(2025, 3, 2)]


def test_earlier_ban_that_becomes_known_turns_what_was_known_of_the_dealings() -> None:
    # The ban of 2006 is told only in 2024; until then dealings began from no dealings, without it.
    scenario = record(
        act("ban", "2006-09-15", said("2024-09-06", "host")),
        act("engage", "2013-05-01", said("2013-05-02")),
    )
    ban, engage = changes([scenario], "2024", "2024").became_known
    assert told((ban,)) == [("2006-09-15", "ban", "hostile", "banned")]
    assert ban.was is None
    assert told((engage,)) == [("2013-05-01", "engage", "banned", "engaged")]
    assert engage.after == State(Stage.ENGAGED, Ban.IN_FORCE)
    assert engage.was is not None
    assert (engage.was.before, engage.was.after) == (HOSTILE, ENGAGED)
    assert (ban.before_assumed, engage.before_assumed, engage.was.before_assumed) == (
        True,
        False,
        True,
    )
    assert ban.known_on == engage.known_on == date(2024, 9, 6)


def test_denial_of_the_host_that_becomes_public_takes_a_change_away() -> None:
    denied = act(
        "engage", "2024-03-01", said("2024-03-05"), said("2025-05-01", "host", disputes=True)
    )
    (gone,) = changes([record(denied)], "2025").became_known
    assert (gone.gone, gone.known_on, gone.was) == (True, date(2025, 5, 1), None)
    assert told((gone,)) == [("2024-03-01", "engage", "hostile", "engaged")]
    assert gone.to_dict()["gone"] is True
    assert changes([record(denied)], "2025").happened == ()


def test_source_with_a_doubtful_day_makes_a_change_known_perhaps_in_the_window() -> None:
    scenario = record(act("engage", "2024-03-01", said("2024-12..2025-02")))
    (only,) = changes([scenario], "2025").became_known
    assert (only.known_on, only.in_window) == (date(2025, 2, 28), "perhaps")
    (sure,) = changes([scenario], "2024-12", "2025").became_known
    assert sure.in_window == "surely"


def test_source_that_is_public_on_no_known_day_makes_nothing_known() -> None:
    scenario = record(act("engage", "2024-03-01", said("2024-03..")))
    found = changes([scenario], "2024")
    assert (len(found.happened), found.became_known) == (1, ())


def test_window_without_an_end_holds_sources_of_any_later_day() -> None:
    scenario = record(act("engage", "2024-03-01", said("2999-01-01")))
    assert [t.known_on for t in changes([scenario], "2025").became_known] == [date(2999, 1, 1)]


def test_source_of_the_last_day_of_the_window_counts_and_of_the_eve_does_not() -> None:
    assert len(changes([FIJI], "2024-03-05", "2024-03-05").became_known) == 1
    assert changes([FIJI], "2024-03-06").became_known[0].change.act is rm.Act.ACCEPT_AMBASSADOR
    assert changes([FIJI], "2024-01-01", "2024-03-04").became_known == ()


def test_act_of_an_own_table_that_leaves_the_state_as_it_is_changed_nothing() -> None:
    again = evolve(rm.RULES["R02"], code="R99", before=(Stage.ENGAGED,))
    table = rm.RuleTable((*rm.RULES, again))
    twice = record(ENGAGE, act("engage", "2024-06-01", said("2024-06-02")))
    assert len(rm.replay(twice, rules=table).changes) == 2
    found = changes([twice], "2024", rules=table)
    assert len(found.happened) == len(found.became_known) == 1


# --- the whole answer ----------------------------------------------------------------------------


def test_countries_whose_data_end_before_the_window_are_named() -> None:
    tuvalu = record(country="TUV", until="2024-06-30")
    kiribati = record(country="KIR", until="2024-06-30", reviewed=date(2025, 12, 31))
    found = changes([FIJI, tuvalu, kiribati], "2025", "2025")
    assert found.ended == ("TUV",)
    assert changes([FIJI, tuvalu, kiribati], "2025").end == date(2025, 12, 31)
    assert changes([FIJI, tuvalu], "2025", "2026").ended == ("FJI", "TUV")


def test_changes_as_data_have_the_keys_of_the_format() -> None:
    data = changes([FIJI], "2025", "2025").to_dict()
    assert data["format"] == "recognition-changes/1"
    (happened,), (known,) = data["happened"], data["became_known"]
    for key in ("date", "country", "before", "after", "act"):
        assert happened[key] == known[key]
    assert (happened["date"], happened["act"]) == ("2025-01-10", "accept_ambassador")
    assert (known["known_on"], known["was"], known["gone"]) == ("2025-02-01", None, False)
    assert "known_on" not in happened


def test_changes_take_replays_of_whole_scenarios_and_no_others() -> None:
    assert changes([rm.replay(FIJI)], "2025") == changes([FIJI], "2025")
    with pytest.raises(ValueError, match="whole scenarios"):
        changes([rm.replay(FIJI, known_by="2025-01-01")], "2025")


def test_window_of_changes_must_end_after_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        changes([FIJI], "2025", "2024")


def test_changes_since_the_first_day_of_the_calendar_need_no_day_before_it() -> None:
    found = changes([FIJI], date.min)
    assert len(found.happened) == len(found.became_known) == 2


def test_russia_in_july_2025_took_an_ambassador_and_recognised() -> None:
    found = changes(rm.load_folder(), "2025-07", "2025-07")
    assert told(found.happened) == [
        ("2025-07-03", "accept_ambassador", "delisted", "ambassador_accepted"),
        ("2025-07-03", "recognise", "ambassador_accepted", "de_jure_recognition"),
    ]
    assert told(found.became_known) == told(found.happened)


# --- properties ----------------------------------------------------------------------------------


def known_changes(scenario: rm.Scenario, by: date) -> Iterator[tuple[int, State, State]]:
    replay = rm.replay(scenario, known_by=by)
    for number, outcome in zip(replay.numbers, replay.outcomes, strict=True):
        if isinstance(outcome, rm.Change):
            yield number, outcome.before, outcome.after


@given(scenarios(), st.dates(date(1990, 1, 1), date(2035, 1, 1)), st.integers(0, 6000))
def test_what_became_known_leads_from_one_record_to_the_other(
    scenario: rm.Scenario, since: date, length: int
) -> None:
    until = since + timedelta(days=length)
    old = set(known_changes(scenario, since - DAY))
    new = set(known_changes(scenario, until))
    steps = [step_of(outcome) for outcome in rm.replay(scenario).outcomes]
    turned = changes([scenario], since, until).became_known
    assert len(turned) == len({number for number, *_ in old ^ new})
    for turn in turned:
        assert turn.change.date in {step.date for step in steps}
        assert since <= (turn.known_on or date.min) <= until
        eve = set(known_changes(scenario, (turn.known_on or date.min) - DAY))
        day = set(known_changes(scenario, turn.known_on or date.min))
        assert eve != day


@given(scenarios(exact=True), st.data())
def test_all_that_happened_leads_from_the_position_before_to_the_one_after(
    scenario: rm.Scenario, data: st.DataObject
) -> None:
    history = rm.replay(scenario).history
    assume(history.changes)
    dated = sorted({change.date.earliest for change in history.changes})
    since, until = sorted([data.draw(st.sampled_from(dated)), data.draw(st.sampled_from(dated))])
    assume(history.begins.latest < since)
    happened = changes([scenario], since, until).happened
    assert {turn.in_window for turn in happened} == {"surely"}
    before, after = history.on(since - DAY), history.on(until)
    assert (before.state, after.state) == (happened[0].before, happened[-1].after)
