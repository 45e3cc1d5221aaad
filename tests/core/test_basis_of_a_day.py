"""The basis of a day: each clause of its definition by hand, then a second definition.

The second definition goes day by day over a scenario and its replay, and shares no code with the
first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

import recognition_model as rm
from recognition_model import Act, ActStep, Ban, Bearing, Stage, Voice, When
from recognition_model.core.basis import Basis, basis_in_words
from recognition_model.core.scenario import (
    Assertion,
    Rank,
    RefuseStep,
    Scenario,
    SignalStep,
    Start,
    StatusStep,
    Step,
)
from recognition_model.core.stages import Reason
from recognition_model.engine.counterexamples import an_item
from recognition_model.testing import acts, dates, scenarios

some = settings(max_examples=examples(60))
DAY = timedelta(days=1)


# --- small records ------------------------------------------------------------------------------


def engage(day: str, public: str = "2000-01-01") -> ActStep:
    return ActStep(
        act=Act.ENGAGE, date=When.parse(day), evidence=(an_item(Voice.HOST, public=public),)
    )


def visit(day: str) -> SignalStep:
    return SignalStep(signal="visit", date=When.parse(day), evidence=(an_item(Voice.PRESS),))


def status(day: str, **says: Any) -> StatusStep:
    told = (an_item(Voice.PRESS),)
    return StatusStep(status=Assertion(**says), date=When.parse(day), evidence=told)


def refused_delisting(day: str, voice: Voice = Voice.HOST) -> RefuseStep:
    """No list, so no delisting: the rules refuse it whoever says so."""
    return RefuseStep(
        refuse=Act.DELIST,
        because=Reason.NO_BAN_IN_FORCE,
        date=When.parse(day),
        evidence=(an_item(voice),),
    )


def record(
    *steps: Step,
    begins: str = "1999-01-01",
    stage: Stage = Stage.HOSTILE,
    assumed: str | None = "Made up.",
    evidence: tuple[rm.Evidence, ...] = (),
    until: str = "2010-01-01",
    reviewed: str | None = None,
) -> Scenario:
    return Scenario(
        country="RUS",
        title="A made-up record",
        start=Start(
            stage=stage,
            ban=Ban.NONE,
            date=When.parse(begins),
            assumed=assumed,
            evidence=evidence,
        ),
        documented_until=date.fromisoformat(until),
        reviewed=date.fromisoformat(reviewed) if reviewed else None,
        timeline=steps,
    )


def on(day: str, *steps: Step, **head: Any) -> rm.Position:
    return rm.replay(record(*steps, **head)).history.on(day)


def basis(day: str, *steps: Step, **head: Any) -> str | None:
    found = on(day, *steps, **head).basis
    return found.value if found else None


# --- before the start, and after the end --------------------------------------------------------


def test_day_before_the_start_has_no_basis() -> None:
    assert basis("1998-12-31") is None
    assert basis("1999-01-01") == "assumed"


def test_basis_begins_on_the_earliest_day_of_an_uncertain_start() -> None:
    assert basis("1998-12-31", begins="1999") is None
    before = on("1999-01-01", begins="1999")
    assert before.basis is Basis.ASSUMED
    assert not before.begun


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2001-01-01", "evidenced"),
        ("2001-01-02", "reviewed"),
        ("2002-01-01", "reviewed"),
        ("2002-01-02", "beyond"),
    ],
)
def test_day_after_the_end_is_reviewed_up_to_the_review(day: str, wanted: str) -> None:
    assert basis(day, engage("2000"), until="2001-01-01", reviewed="2002-01-01") == wanted


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([], "no dealings documented (assumed) (the data end 2001-01-01)"),
        ([visit("2000")], "no dealings documented (assumed) (the data end 2001-01-01)"),
        ([status("2000", stage=Stage.HOSTILE)], "hostile (last documented 2001-01-01)"),
    ],
)
def test_start_is_called_assumed_after_the_end_unless_a_status_attested_it(
    steps: list[Step], words: str
) -> None:
    assert on("2002-01-01", *steps, until="2001-01-01").in_words() == words


@pytest.mark.parametrize(
    ("steps", "start"),
    [([], "no dealings documented (assumed)"), ([status("2000", stage=Stage.HOSTILE)], "hostile")],
)
def test_act_that_may_come_after_the_end_does_not_attest_the_start(
    steps: list[Step], start: str
) -> None:
    act = engage("2001-01-01..", public="2009-01-01")
    found = on("2009-06-01", *steps, act, until="2009-06-01")
    assert found.basis is Basis.EVIDENCED
    assert found.in_words() == f"{start} or engaged: the act is dated 2001-01-01.."


def test_review_of_one_more_day_covers_that_day() -> None:
    ended = {"until": "2001-01-01", "reviewed": "2001-01-02"}
    assert basis("2001-01-02", engage("2000"), **ended) == "reviewed"
    assert basis("2001-01-03", engage("2000"), **ended) == "beyond"


@pytest.mark.parametrize("reviewed", [None, "2001-01-01"])
def test_day_after_the_end_is_beyond_without_a_later_review(reviewed: str | None) -> None:
    assert basis("2001-01-02", engage("2000"), until="2001-01-01", reviewed=reviewed) == "beyond"


def test_day_after_the_end_is_not_assumed() -> None:
    assert basis("2001-01-01", until="2001-01-01") == "assumed"
    assert basis("2001-01-02", until="2001-01-01") == "beyond"


# --- near and far -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "wanted", "since"),
    [
        ("1999-12-31", "assumed", None),
        ("2000-01-01", "evidenced", 0),
        ("2001-12-31", "evidenced", 730),  # 366 days of 2000 and 364 of 2001
        ("2002-01-01", "silent", 731),
        ("2010-01-01", "silent", 3653),
    ],
)
def test_act_is_evidence_from_its_day_for_730_days(
    day: str, wanted: str, since: int | None
) -> None:
    position = on(day, engage("2000-01-01"))
    assert (str(position.basis), position.days_since) == (wanted, since)


@pytest.mark.parametrize(
    "entry",
    [
        visit("2003-01-01"),
        refused_delisting("2003-01-01"),
        status("2003-01-01", below=Stage.DE_JURE_RECOGNITION),
        status("2003-01-01", stage=Stage.ENGAGED),
    ],
    ids=str,
)
def test_entry_that_counts_ends_a_silence(entry: Step) -> None:
    steps = (engage("2000-01-01"), entry)
    assert basis("2002-12-31", *steps) == "silent"
    assert basis("2003-01-01", *steps) == "evidenced"
    assert basis("2005-01-01", *steps) == "silent"  # 731 days: 2004 is a leap year


def struck_out(day: str) -> ActStep:
    return evolve(engage(day), rank=Rank.DEPRECATED, because="Made up.")


@pytest.mark.parametrize(
    "entry",
    [
        struck_out("2003-01-01"),
        refused_delisting("2003-01-01", Voice.PRESS),
        status("2003-01-01", stage=Stage.HOSTILE),
        status("2003-01-01", ban=Ban.LIFTED),
        engage("2003-01-01"),  # engaged already: no rule takes it
        evolve(refused_delisting("2003-01-01"), because=Reason.BAN_IN_FORCE),
        RefuseStep(
            refuse=Act.BREAK_OFF,  # a rule permits it
            because=Reason.WRONG_STAGE,
            date=When.parse("2003-01-01"),
            evidence=(an_item(Voice.HOST),),
        ),
    ],
    ids=str,
)
def test_entry_that_does_not_count_leaves_the_silence(entry: Step) -> None:
    position = on("2003-01-01", engage("2000-01-01"), entry)
    assert position.basis is Basis.SILENT
    assert position.last_entry is not None
    assert position.last_entry.what == "act engage"
    assert position.days_since == 1096


def test_expected_refusal_counts_if_the_host_disputes_the_act() -> None:
    denial = an_item(Voice.HOST, Bearing.DISPUTES)
    step = evolve(refused_delisting("2003-01-01"), evidence=(an_item(Voice.PRESS), denial))
    assert basis("2003-01-01", engage("2000-01-01"), step) == "evidenced"


# --- what ends an assumption --------------------------------------------------------------------


@pytest.mark.parametrize(
    "entry",
    [
        visit("2000-01-01"),
        refused_delisting("2000-01-01"),
        status("2000-01-01", below=Stage.ENGAGED),
        status("2000-01-01", at_least=Stage.HOSTILE),
        status("2000-01-01", ban=Ban.NONE),
    ],
    ids=str,
)
def test_entry_that_names_no_stage_ends_no_assumption(entry: Step) -> None:
    position = on("2000-01-01", entry)
    assert position.basis is Basis.ASSUMED
    assert position.days_since == 0
    assert position.dates_agree
    assert not position.certain


def test_status_that_names_the_stage_ends_the_assumption() -> None:
    step = status("2000-01-01", stage=Stage.HOSTILE)
    assert basis("1999-12-31", step) == "assumed"
    assert on("2000-01-01", step).certain
    assert basis("2002-01-01", step) == "silent"


@pytest.mark.parametrize(
    "entry", [status("2000-01-01", stage=Stage.ENGAGED), struck_out("2000-01-01")], ids=str
)
def test_entry_that_fails_or_is_struck_out_ends_no_assumption(entry: Step) -> None:
    position = on("2000-01-01", entry)
    assert position.basis is Basis.ASSUMED
    assert position.last_entry is None


def test_refused_act_ends_no_assumption() -> None:
    early = evolve(engage("2000-01-01"), act=Act.RECOGNISE)
    assert basis("2000-01-01", early) == "assumed"


def test_end_of_an_assumption_lasts() -> None:
    assert basis("2009-12-31", engage("2000-01-01"), visit("2009-12-31")) == "evidenced"


def test_entries_before_the_end_of_an_assumption_do_not_count_twice() -> None:
    """The visit ends nothing; after the act its age no longer plays a part."""
    steps = (visit("1999-06-01"), engage("2000-01-01"))
    assert basis("1999-12-31", *steps) == "assumed"
    assert on("2000-01-01", *steps).days_since == 0


# --- the start ----------------------------------------------------------------------------------


ATTESTED = {"assumed": None, "evidence": (an_item(Voice.HOST, public="1999-06-01"),)}


@pytest.mark.parametrize(
    ("day", "wanted", "since"),
    [
        ("1999-01-01", "evidenced", 0),
        ("2000-12-31", "evidenced", 730),  # 365 days of 1999 and 365 of 2000
        ("2001-01-01", "silent", 731),
    ],
)
def test_start_with_evidence_counts(day: str, wanted: str, since: int) -> None:
    position = on(day, **ATTESTED)
    assert (str(position.basis), position.days_since) == (wanted, since)


def test_uncertain_start_with_evidence_counts_from_its_latest_day() -> None:
    assert basis("1999-12-30", begins="1999", **ATTESTED) == "silent"
    assert basis("1999-12-31", begins="1999", **ATTESTED) == "evidenced"


def test_assumed_start_with_evidence_is_assumed() -> None:
    position = on("1999-01-01", evidence=(an_item(Voice.HOST),))
    assert position.basis is Basis.ASSUMED
    assert position.last_entry is None


def test_start_with_neither_ground_is_silent() -> None:
    position = on("1999-01-01", assumed=None)
    assert position.basis is Basis.SILENT
    assert position.days_since is None


# --- uncertain dates ----------------------------------------------------------------------------


def test_uncertain_act_counts_from_its_latest_day() -> None:
    assert basis("2000-12-30", engage("2000")) == "assumed"
    assert basis("2000-12-31", engage("2000")) == "evidenced"


def test_order_of_the_file_makes_an_entry_count_earlier() -> None:
    steps = (engage("2000"), visit("2000-03-01"))
    assert basis("2000-02-29", *steps) == "assumed"
    assert basis("2000-03-01", *steps) == "evidenced"


def test_entry_that_does_not_count_narrows_the_dates_too() -> None:
    steps = (engage("2000"), status("2000-03-01", ban=Ban.LIFTED))
    assert basis("2000-02-29", *steps) == "assumed"
    assert basis("2000-03-01", *steps) == "evidenced"


def test_struck_out_act_narrows_no_date() -> None:
    steps = (engage("2000"), struck_out("2000-03-01"))
    assert basis("2000-12-30", *steps) == "assumed"
    assert basis("2000-12-31", *steps) == "evidenced"


def test_end_of_the_record_makes_an_entry_count_earlier() -> None:
    assert basis("2000-06-29", engage("2000"), until="2000-06-30") == "assumed"
    assert basis("2000-06-30", engage("2000"), until="2000-06-30") == "evidenced"


def test_entry_after_the_end_of_the_record_does_not_count() -> None:
    position = on("2000-06-30", engage("2000-01-01"), visit("2001-01-01"), until="2000-06-30")
    assert position.next_entry is None
    assert position.last_entry is not None
    assert position.last_entry.what == "act engage"


# --- the entries around a day -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "last", "following", "since"),
    [
        ("1999-12-31", None, "act engage 2000-01-01", None),
        ("2000-01-01", "act engage 2000-01-01", "signal visit 2004", 0),
        ("2004-12-30", "act engage 2000-01-01", "signal visit 2004", 1825),
        ("2004-12-31", "signal visit 2004", "status stage engaged 2006-01-01", 0),
        ("2006-01-02", "status stage engaged 2006-01-01", None, 1),
        ("2012-01-01", "status stage engaged 2006-01-01", None, 2191),
    ],
)
def test_entries_around_a_day(
    day: str, last: str | None, following: str | None, since: int | None
) -> None:
    steps = (engage("2000-01-01"), visit("2004"), status("2006-01-01", stage=Stage.ENGAGED))
    position = on(day, *steps)
    around = [str(one) if one else None for one in (position.last_entry, position.next_entry)]
    assert around == [last, following]
    assert position.days_since == since


def test_last_of_several_entries_of_one_day_is_the_last_in_the_file() -> None:
    position = on("2000-01-01", engage("2000-01-01"), visit("2000-01-01"))
    assert position.last_entry is not None
    assert position.last_entry.what == "signal visit"


# --- what could be known ------------------------------------------------------------------------


def test_entry_not_yet_public_gives_no_basis() -> None:
    told = record(engage("2000-01-01", public="2000-03-01"))
    early = rm.replay(told, known_by="2000-02-28").history
    assert early.on("2000-02-28").basis is Basis.ASSUMED
    late = rm.replay(told, known_by="2000-03-01").history
    assert late.on("2000-03-01").basis is Basis.EVIDENCED
    assert late.on("2000-03-02").basis is Basis.BEYOND


def test_review_is_cut_to_the_day_known_by() -> None:
    told = record(engage("2000-01-01"), until="2001-01-01", reviewed="2005-01-01")
    history = rm.replay(told, known_by="2003-01-01").history
    assert history.on("2003-01-01").basis is Basis.REVIEWED
    assert history.on("2003-01-02").basis is Basis.BEYOND


def test_start_whose_evidence_is_not_yet_public_is_silent() -> None:
    history = rm.replay(record(**ATTESTED), known_by="1999-05-31").history
    assert history.on("1999-05-31").basis is Basis.SILENT
    assert rm.replay(record(**ATTESTED), known_by="1999-06-01").history.on("1999-06-01").certain


# --- in words -----------------------------------------------------------------------------------


def test_review_adds_nothing_to_data_that_reach_the_day_known_by() -> None:
    told = record(engage("2000-01-01"), until="2001-01-01", reviewed="2005-01-01")
    assert told.known_by("2000-12-31").reviewed is None
    assert told.known_by("2001-01-01").reviewed is None
    assert told.known_by("2001-01-02").reviewed == date(2001, 1, 2)
    assert told.known_by("2006-01-01").reviewed == date(2005, 1, 1)


ENDED = {"until": "2001-01-01", "reviewed": "2002-01-01"}


@pytest.mark.parametrize(
    ("day", "steps", "head", "words"),
    [
        ("1998-01-01", (), {}, "not documented"),
        ("2000-01-01", (engage("2000-01-01"),), {}, "engaged"),
        (
            "2003-01-01",
            (engage("2000-01-01"), visit("2005-01-01")),
            {},
            "engaged, last heard 2000-01-01, then nothing until 2005-01-01",
        ),
        (
            "2003-01-01",
            (engage("2000-01-01"),),
            {},
            "engaged, last heard 2000-01-01, then nothing since",
        ),
        ("2000-01-01", (), {"assumed": None}, "hostile, nothing heard at all"),
        (
            "2000-01-01",
            (visit("2005-01-01"),),
            {"assumed": None},
            "hostile, nothing heard until 2005-01-01",
        ),
        ("2000-01-01", (), {}, "no dealings documented (assumed)"),
        ("2000-01-01", (), {"stage": Stage.ENGAGED}, "engaged (assumed)"),
        ("2000-01-01", (status("2000-01-01", stage=Stage.HOSTILE),), {}, "hostile"),
        (
            "2001-06-01",
            (engage("2000-01-01"),),
            ENDED,
            "engaged (documented until 2001-01-01; no change found by 2002-01-01)",
        ),
        (
            "2003-01-01",
            (engage("2000-01-01"),),
            ENDED,
            "engaged (last documented 2001-01-01, reviewed 2002-01-01)",
        ),
        (
            "2003-01-01",
            (engage("2000-01-01"),),
            {"until": "2001-01-01"},
            "engaged (last documented 2001-01-01)",
        ),
    ],
)
def test_basis_shows_in_the_words(
    day: str, steps: tuple[Step, ...], head: dict[str, Any], words: str
) -> None:
    assert on(day, *steps, **head).in_words() == words


@pytest.mark.parametrize(
    ("act", "words"),
    [(Act.BREAK_OFF, "no dealings (broken off)"), (Act.LAPSE, "no dealings (lapsed)")],
)
def test_end_of_dealings_is_named_by_what_ended_them(act: Act, words: str) -> None:
    end = evolve(engage("2001-12-07"), act=act)
    assert on("2001-12-07", engage("2000-01-01"), end).in_words() == words


def test_bases_of_several_countries_are_counted_in_one_line() -> None:
    near = [Basis.EVIDENCED, Basis.SILENT, Basis.SILENT, Basis.ASSUMED, None]
    assert basis_in_words(near) == (
        "Of 4 countries: 1 evidenced within two years, 2 silent for longer, 1 assumed."
    )
    assert basis_in_words([Basis.EVIDENCED, Basis.REVIEWED, Basis.BEYOND]) == (
        "Of 3 countries: 1 evidenced within two years, 0 silent for longer, 0 assumed, "
        "2 after the end of the data."
    )
    assert basis_in_words([Basis.ASSUMED]).startswith("Of 1 country: 0 evidenced")
    assert basis_in_words([None]) == basis_in_words([]) == ""


# --- spells -------------------------------------------------------------------------------------


def test_spells_count_their_days_by_basis() -> None:
    """365 assumed days of 1999. From 2000-01-01 to 2003-01-01 there are 1097 days, the first 731 of
    them near the act."""
    replay = rm.replay(record(engage("2000-01-01"), until="2003-01-01"))
    first, second = replay.history.spells
    assert (first.days_evidenced, first.days_silent, first.days_assumed) == (0, 0, 365)
    assert (second.days_evidenced, second.days_silent, second.days_assumed) == (731, 366, 0)
    assert (first.origin, second.origin) == ("assumed", "evidenced")


def test_first_spell_of_an_evidenced_start_is_evidenced() -> None:
    (spell,) = rm.replay(record(until="2001-01-01", **ATTESTED)).history.spells
    assert spell.origin == "evidenced"
    assert (spell.days_evidenced, spell.days_silent, spell.days_assumed) == (731, 1, 0)


# --- a second definition ------------------------------------------------------------------------


@st.composite
def muddled(draw: st.DrawFn, *, exact: bool = False) -> Scenario:
    """Records in order with mistakes of every other kind: acts refused, statuses that fail, entries
    after the end, and dates of any width unless they are `exact`."""
    told = draw(scenarios(exact=True, most=4))
    timeline: list[Step] = []
    for step in told.timeline:
        if isinstance(step, StatusStep) and draw(st.booleans()):
            step = evolve(step, status=Assertion(stage=draw(st.sampled_from(Stage))))
        timeline.append(step)
        if draw(st.integers(0, 3)) == 0:
            timeline.append(evolve(draw(acts()), date=step.date))
    begins = told.start.date
    if not exact:
        timeline = [evolve(s, date=draw(dates(on=s.date.earliest))) for s in timeline]
        begins = draw(dates(on=begins.earliest))
    first, last = told.start.date.earliest, told.documented_until
    until = draw(st.just(last) | st.dates(first, last))
    return evolve(
        told,
        start=evolve(told.start, date=begins),
        documented_until=until,
        reviewed=draw(st.none() | st.dates(until, until + 900 * DAY)),
        timeline=tuple(timeline),
    )


def told_of(replay: rm.Replay) -> Iterator[tuple[When, str, bool, bool]]:
    """The date of each entry not struck out, what it is, whether it counts, whether it ends an
    assumption."""
    start = replay.scenario.start
    counts = start.evidence != () and start.assumed is None
    yield start.date, f"start {start.stage}", counts, False
    for step, outcome in zip(replay.scenario.timeline, replay.outcomes, strict=True):
        if isinstance(step, ActStep):
            if step.rank is not Rank.DEPRECATED:
                taken = isinstance(outcome, rm.Change)
                yield step.date, f"act {step.act}", taken, taken
        elif isinstance(step, StatusStep):
            assert isinstance(outcome, rm.StatusCheck)
            holds = outcome.verdict.holds is not rm.Holds.IN_NONE
            yield step.date, step.label, holds, holds and step.status.stage is not None
        elif isinstance(step, SignalStep):
            yield step.date, step.label, True, False
        elif isinstance(step, RefuseStep):
            as_told = isinstance(outcome, rm.Refusal) and outcome.expected
            by_host = [item for item in step.evidence if item.voice is Voice.HOST]
            yield step.date, step.label, as_told and by_host != [], False


Answer = tuple[str | None, tuple[str, str] | None, tuple[str, str] | None, int | None]


def answer(replay: rm.Replay, day: date) -> Answer:
    """Basis, last entry, next entry and days since, read from the definition."""
    scenario = replay.scenario
    until, told = scenario.documented_until, [*told_of(replay)]
    known = []
    for place, (when, what, counts, ends) in enumerate(told):
        from_ = min([until, *(later.latest for later, *_ in told[place:])])
        if counts and when.earliest <= until:
            known.append((from_, (when.text, what), ends))
    past = [one for one in known if one[0] <= day]
    to_come = [one for one in known if one[0] > day]
    since = (day - past[-1][0]).days if past else None
    if day < scenario.start.date.earliest:
        basis = None
    elif day > until:
        searched = scenario.reviewed is not None and day <= scenario.reviewed
        basis = "reviewed" if searched else "beyond"
    elif scenario.start.assumed is not None and not any(ends for *_, ends in past):
        basis = "assumed"
    else:
        basis = "evidenced" if since is not None and since <= 730 else "silent"
    return basis, past[-1][1] if past else None, to_come[0][1] if to_come else None, since


def given_answer(position: rm.Position) -> Answer:
    last, following = (
        (entry.date.text, entry.what) if entry else None
        for entry in (position.last_entry, position.next_entry)
    )
    found = position.basis.value if position.basis else None
    return found, last, following, position.days_since


def days_of_note(scenario: Scenario) -> list[date]:
    """The days at which an answer may turn, and the days beside them."""
    whens = [scenario.start.date, *(step.date for step in scenario.timeline)]
    edges = [scenario.documented_until, scenario.reviewed or scenario.documented_until]
    edges += [day for when in whens for day in (when.earliest, when.latest)]
    edges = [day for day in edges if date(1900, 1, 1) < day < date(2100, 1, 1)]
    turns = [day + timedelta(days=n) for day in edges for n in (-1, 0, 1, 730, 731)]
    return sorted(set(turns))


@some
@given(muddled())
def test_basis_agrees_with_its_definition_on_every_day_of_note(scenario: Scenario) -> None:
    replay = rm.replay(scenario)
    for day in days_of_note(scenario):
        assert given_answer(replay.history.on(day)) == answer(replay, day), day


@some
@given(muddled(), st.data())
def test_basis_of_what_was_known_agrees_with_its_definition(
    scenario: Scenario, data: st.DataObject
) -> None:
    days = days_of_note(scenario)
    replay = rm.replay(scenario, known_by=data.draw(st.sampled_from(days)))
    for day in days:
        assert given_answer(replay.history.on(day)) == answer(replay, day), day


# --- what always holds --------------------------------------------------------------------------


@some
@given(muddled())
def test_spans_of_basis_cover_every_day_without_a_gap(scenario: Scenario) -> None:
    history = rm.replay(scenario).history
    spans = history.basis_spans
    assert spans[0].first == history.begins.earliest.toordinal()
    assert spans[-1].last is None
    for span, following in pairwise(spans):
        assert span.last == following.first - 1 >= span.first
        assert span.basis is not following.basis
    for day in days_of_note(scenario):
        number = day.toordinal()
        held = [s.basis for s in spans if s.first <= number and (not s.last or number <= s.last)]
        assert [history.on(day).basis] == (held or [None])


@some
@given(muddled())
def test_days_of_the_spells_add_up_to_the_days_of_the_record(scenario: Scenario) -> None:
    history = rm.replay(scenario).history
    counted = sum(
        spell.days_evidenced + spell.days_silent + spell.days_assumed for spell in history.spells
    )
    latest = [history.begins.latest, *(change.date.latest for change in history.changes)]
    first, last = min(latest).toordinal(), history.documented_until.toordinal()
    assert counted == max(0, last - first + 1)


@some
@given(muddled())
def test_certain_means_one_state_and_near_evidence(scenario: Scenario) -> None:
    history = rm.replay(scenario).history
    for day in days_of_note(scenario):
        position = history.on(day)
        one = position.begun and len({spell.state for spell in position.spells}) == 1
        assert position.certain == (one and position.basis is Basis.EVIDENCED)
        assert position.dates_agree == one


@some
@given(muddled())
def test_assumed_start_is_never_certain_before_a_source_names_a_stage(scenario: Scenario) -> None:
    assumed = evolve(scenario, start=evolve(scenario.start, assumed="Made up."))
    replay = rm.replay(assumed)
    named = [when.earliest for when, _, _, ends in told_of(replay) if ends]
    for day in days_of_note(assumed):
        if day < min(named, default=date.max):
            assert not replay.history.on(day).certain


@some
@given(scenarios(exact=True), st.data())
def test_knowing_less_evidences_nothing_in_an_exact_clean_record(
    scenario: Scenario, data: st.DataObject
) -> None:
    public = sorted({item.source.public.latest for item in scenario.evidence})
    known_by = data.draw(st.sampled_from(public) if public else st.just(date(2000, 1, 1)))
    then, now = rm.replay(scenario, known_by=known_by).history, rm.replay(scenario).history
    for day in days_of_note(scenario):
        if then.on(day).basis is Basis.EVIDENCED:
            assert now.on(day).basis is Basis.EVIDENCED


@some
@given(muddled(exact=True), st.data())
def test_later_entry_changes_no_earlier_basis_in_an_exact_record(
    scenario: Scenario, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, len(scenario.timeline)))
    shorter = evolve(scenario, timeline=scenario.timeline[:count])
    less, more = rm.replay(shorter).history, rm.replay(scenario).history
    rest = [step.date.earliest for step in scenario.timeline[count:]]
    for day in days_of_note(scenario):
        if day < min(rest, default=date.max):
            assert less.on(day).basis is more.on(day).basis
