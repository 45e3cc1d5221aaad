"""Histories: spells, and answers over every reading of uncertain dates.

The oracle takes a reading to be one day for each change, in order, and simply tries them all.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.histories import DELISTED, ENGAGED, HOSTILE, UNDER_A_BAN, a_history
from support.pictured import PRESS, act, record

from recognition_model.core.dates import DateError, Holds, OpenEnd, When, end_of
from recognition_model.core.evidence import Evidence, Reliability, Source, SourceType, Voice
from recognition_model.core.history import History
from recognition_model.core.locators import Locator
from recognition_model.core.scenario import SignalStep
from recognition_model.core.stages import Stage

often = settings(max_examples=examples(250))


# --- the oracle --------------------------------------------------------------------------------

DAY = timedelta(days=1)
WINDOW = [date(2024, 2, 28) + n * DAY for n in range(4)]  # over a 29th of February
EARLY, LATE = WINDOW[0] - 2 * DAY, WINDOW[-1] + 2 * DAY  # stand in for all days before and after
Reading = tuple[date, ...]


def clipped(day: date | OpenEnd) -> date:
    return min(max(day, EARLY), LATE)


@st.composite
def dates_around(draw, day: date) -> When:
    """A date in any notation of which `day` is a reading."""
    low = draw(st.sampled_from([other for other in WINDOW if other <= day]))
    high = draw(st.sampled_from([other for other in WINDOW if other >= day]))
    notations = (f"{day}", f"{day}~", f"{low}..{high}", f"..{high}", f"{low}..")
    return When.parse(draw(st.sampled_from(notations)))


intervals = st.sampled_from(WINDOW).flatmap(dates_around)
single_days = st.sampled_from(WINDOW).map(When.of)
few_states = st.sampled_from((HOSTILE, ENGAGED, UNDER_A_BAN))


@st.composite
def histories(draw) -> History:
    days = sorted(draw(st.lists(st.sampled_from(WINDOW), min_size=1, max_size=4)))
    begins, *dates = [str(draw(dates_around(day))) for day in days]
    moves = [(day, draw(few_states)) for day in dates]
    return a_history(begins, *moves, start=draw(few_states), until="2024-03-01")


def days_of(when: When) -> list[date]:
    low, high = clipped(when.earliest), clipped(when.latest)
    return [low + n * DAY for n in range((high - low).days + 1)]


def readings_of(history: History) -> list[Reading]:
    dates = [history.begins, *(change.date for change in history.changes)]
    return [r for r in product(*map(days_of, dates)) if all(a <= b for a, b in pairwise(r))]


def at_end_of(day: date, reading: Reading) -> int | None:
    """Index of the spell in force when the day ends."""
    return max((i for i, began in enumerate(reading) if began <= day), default=None)


def held_during(day: date, reading: Reading) -> set[int]:
    """Indices of all spells with a part in the day: begun by then, and not over before."""
    ends = [*reading[1:], date.max]
    return {i for i, began in enumerate(reading) if began <= day <= ends[i]}


# --- spells ------------------------------------------------------------------------------------


@often
@given(histories())
def test_spells_cover_the_time_from_start_to_documented_until(history):
    spells = history.spells
    assert [spell.change for spell in spells] == [None, *history.changes]
    assert spells[0].begins == history.begins
    assert spells[-1].ends == When.of(history.documented_until)
    for spell, following in pairwise(spells):
        assert spell.ends == following.begins == following.change.date
        assert following.state == following.change.after
    assert spells[0].state == history.start
    assert [spell.last for spell in spells] == [False] * len(history.changes) + [True]
    assert history.last == spells[-1]


# --- on a day ----------------------------------------------------------------------------------


@often
@given(histories(), st.sampled_from(WINDOW))
def test_on_returns_exactly_the_spells_of_all_readings(history, day):
    assume(history.documented)
    possible = {at_end_of(day, reading) for reading in readings_of(history)}
    position = history.on(day)
    assert position.spells == tuple(history.spells[i] for i in sorted(possible - {None}))
    assert position.begun == (None not in possible)
    states = {history.spells[i].state if i is not None else None for i in possible}
    assert position.dates_agree == (len(states) == 1 and None not in states)
    assert bool(position.doubt) == (len(states) > 1)
    for name in ("stage", "ban"):
        words = {state and getattr(state, name) for state in states}
        assert getattr(position, name) is (words.pop() if len(words) == 1 else None)
    assert position.state == (states.pop() if len(states) == 1 else None)
    assert position.within_record == (day <= date(2024, 3, 1) and possible != {None})


def test_on_returns_the_last_of_several_changes_on_a_day():
    history = a_history("2000", ("2024-05-01", ENGAGED), ("2024-05-01", UNDER_A_BAN))
    assert history.on("2024-04-30").state == HOSTILE
    assert history.on("2024-05-01").state == UNDER_A_BAN


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("1995-12-31", "not documented"),
        ("1996-06-01", "not documented or hostile: the record begins 1996"),
        ("1996-12-31", "hostile"),
        ("2022-04-01", "hostile or engaged: the act is dated 2022-03~"),
        ("2025-03-31", "engaged, last heard 2022-03~, then nothing until 2025-04"),
        ("2025-04-01", "engaged or delisted: the act is dated 2025-04"),
        ("2025-04-29", "engaged or delisted: the act is dated 2025-04"),
        ("2025-04-30", "delisted"),
    ],
)
def test_position_in_words_gives_states_and_reasons_for_doubt(day, words):
    history = a_history("1996", ("2022-03~", UNDER_A_BAN), ("2025-04", DELISTED))
    assert history.on(day).in_words() == str(history.on(day)) == words


def test_position_in_words_names_every_uncertain_date():
    history = a_history("2024", ("2024-02..2024-06", ENGAGED), ("2024~", DELISTED))
    words = "not documented or hostile or engaged or delisted: the record begins 2024; "
    assert history.on("2024-03-01").in_words() == (
        words + "the acts are dated 2024-02..2024-06, 2024~"
    )


def test_stage_or_ban_is_known_if_only_the_other_is_in_doubt():
    position = a_history("2000", ("2024-05", UNDER_A_BAN), start=ENGAGED).on("2024-05-10")
    assert (position.stage, position.ban, position.state) == (Stage.ENGAGED, None, None)
    assert position.states == (ENGAGED, UNDER_A_BAN)
    assert position.in_words() == "engaged: the act is dated 2024-05"


def test_position_is_empty_before_the_start_and_undocumented_after_the_end():
    history = a_history("1996-09-27", ("2024", ENGAGED), until="2025-06-30")
    before, after = history.on("1996-09-26"), history.on(date(2025, 7, 1))
    assert (before.spells, before.stage, before.ban, before.within_record) == (
        (),
        None,
        None,
        False,
    )
    assert not before.begun
    after_the_end = (after.state, after.dates_agree, after.certain, after.within_record)
    assert after_the_end == (ENGAGED, True, False, False)
    assert after.documented_until == date(2025, 6, 30)
    assert history.on("2025-06-30").within_record
    assert history.documented
    assert not a_history("2024-01-02", until="2024-01-01").documented


def test_on_refuses_a_date_that_is_not_a_single_day():
    with pytest.raises(DateError, match="2024-05 is not a single day"):
        a_history("2000").on("2024-05")


# --- read one way ------------------------------------------------------------------------------


@often
@given(histories(), st.sampled_from(["earliest", "latest"]))
def test_read_moves_closed_dates_to_the_first_or_last_of_their_readings(history, end):
    days = list(zip(*readings_of(history), strict=True))
    read = history.read(end)
    dates = [read.begins, *(change.date for change in read.changes)]
    bounds = [end_of(both[end == "latest"]) for both in history.bounds]
    for when, possible, bound in zip(dates, days, bounds, strict=True):
        if isinstance(bound, OpenEnd):
            assert not when.exact
        else:
            wanted = min(possible) if end == "earliest" else max(possible)
            assert (when.earliest, when.latest) == (wanted, wanted)
    assert readings_of(read)  # the order can still be kept
    assert history.read("all") == history


def test_read_keeps_a_change_between_its_neighbours():
    history = a_history("2024-02-10", ("2024", ENGAGED), ("2024-03-05", DELISTED))
    assert str(history.read("earliest").changes[0].date) == "2024-02-10"
    assert str(history.read("latest").changes[0].date) == "2024-03-05"
    assert history.read("latest").on("2024-03-04").state == HOSTILE


@pytest.mark.parametrize(
    ("signal", "engaged", "days"),
    [
        ("2022-05-10", "2022-05", [(1, "act engage"), (10, "signal visit")]),
        ("2022-05", "2022-05-10", [(1, "signal visit"), (10, "act engage")]),
    ],
)
def test_read_lets_no_entry_count_before_its_own_day(signal, engaged, days):
    visit = SignalStep(signal="visit", date=When.parse(signal), evidence=(PRESS,))
    history = record(visit, act("engage", engaged)).history.read("earliest")
    told = [(date.fromordinal(day), entry.what) for day, entry in history.attested.counted]
    assert told == [(date(2022, 5, day), what) for day, what in days]


def test_read_keeps_an_entry_between_its_neighbours():
    visit = SignalStep(signal="visit", date=When.parse("2022-05"), evidence=(PRESS,))
    steps = (act("engage", "2022-05-10"), visit, act("accept_ambassador", "2022-05-20"))
    for dates, day in (("earliest", "2022-05-10"), ("latest", "2022-05-20")):
        history = record(*steps).history.read(dates)
        assert [str(e.date) for e in history.entries if e.what == "signal visit"] == [day]


def test_read_refuses_an_unknown_date_reading():
    with pytest.raises(ValueError, match=r"dates must be one of .* not .middle."):
        a_history("2024").read("middle")


# --- held at some time -------------------------------------------------------------------------


@settings(max_examples=examples(600))
@given(histories(), single_days | intervals, st.sets(few_states))
def test_held_agrees_with_enumerated_readings_and_gives_a_witness(history, when, wanted):
    good = {i for i, spell in enumerate(history.spells) if spell.state in wanted}
    truths = [
        (day, bool(held_during(day, reading) & good))
        for reading, day in product(readings_of(history), days_of(when))
    ]
    verdict = history.held(when, wanted.__contains__)
    assert verdict.certain == all(true for _, true in truths)
    assert verdict.possible == any(true for _, true in truths)
    if verdict.possible:
        (witness,) = verdict.witness
        assert (clipped(witness), True) in truths


@pytest.mark.parametrize(
    ("when", "stage", "holds", "witness"),
    [
        ("2025-04-17", Stage.DELISTED, Holds.IN_ALL, date(2025, 4, 17)),
        ("2025-04-17", Stage.ENGAGED, Holds.IN_ALL, date(2025, 4, 17)),  # until that very day
        ("2025-04-18", Stage.ENGAGED, Holds.IN_NONE, None),
        ("2025-04", Stage.ENGAGED, Holds.IN_SOME, date(2025, 4, 1)),
        ("2025-04", Stage.DELISTED, Holds.IN_SOME, date(2025, 4, 17)),
        ("1996", Stage.ENGAGED, Holds.IN_SOME, date(1996, 9, 27)),  # no record before
    ],
)
def test_held_counts_both_states_on_the_day_of_a_change(when, stage, holds, witness):
    history = a_history("1996-09-27", ("2025-04-17", DELISTED), start=UNDER_A_BAN)
    verdict = history.held(When.parse(when), lambda state: state.stage is stage)
    assert verdict.holds is holds
    assert verdict.witness == (None if witness is None else (witness,))


@pytest.mark.parametrize(
    ("recognised", "holds"),
    [("2025-04-17..2025-04-18", Holds.IN_SOME), ("2025-04-17", Holds.IN_ALL)],
)
def test_held_is_uncertain_if_a_day_may_have_only_unwanted_states(recognised, holds):
    history = a_history("2000", ("2025-04-17", UNDER_A_BAN), (recognised, DELISTED))
    assert history.held(When.parse("2025-04-17"), DELISTED.__eq__).holds is holds


@pytest.mark.parametrize(
    ("begins", "when", "holds"),
    [
        ("0001-01-01", "0001-01-01", Holds.IN_ALL),
        ("0001-01-01", "..2024", Holds.IN_SOME),  # perhaps before the calendar begins
        ("..2024", "0001-01-01", Holds.IN_SOME),
        ("2024", "9999-12-31", Holds.IN_ALL),
        ("2024..", "9999-12-31", Holds.IN_SOME),
        ("9999-12-31", "2024..", Holds.IN_SOME),
    ],
)
def test_held_takes_ends_of_calendar_for_days_and_open_ends_for_none(begins, when, holds):
    verdict = a_history(begins, until="9999-12-31").held(When.parse(when), HOSTILE.__eq__)
    assert verdict.holds is holds
    assert all(isinstance(day, date) for day in verdict.witness)


@pytest.mark.parametrize(
    ("begins", "day", "certain"),
    [
        ("0001-01-01", "0001-01-01", True),
        ("..2024", "0001-01-01", False),
        ("..2024", "2024-12-31", True),
        ("9999-12-31", "9999-12-31", True),
        ("2024..", "9999-12-31", False),
    ],
)
def test_on_first_and_last_day_of_calendar_an_open_start_is_in_doubt(begins, day, certain):
    position = a_history(begins, until="9999-12-31").on(day)
    assert (position.certain, position.states) == (certain, (HOSTILE,))


def test_rows_give_ends_of_calendar_as_days_and_open_ends_as_none():
    rows = a_history("0001-01-01", ("..2024", ENGAGED), ("2024..", HOSTILE)).rows()
    bounds = [(row["from_earliest"], row["from_latest"]) for row in rows]
    assert bounds == [
        (date(1, 1, 1), date(1, 1, 1)),
        (None, date(2024, 12, 31)),
        (date(2024, 1, 1), None),
    ]


# --- first day ---------------------------------------------------------------------------------


@often
@given(histories(), st.sets(few_states), st.sampled_from([date.min, *WINDOW]))
def test_first_day_is_the_first_entry_possible_after_since(history, wanted, since):
    readings = readings_of(history)
    days = [*zip(*readings, strict=True)]
    held = [spell.state in wanted for spell in history.spells]
    entries = [i for i, good in enumerate(held) if good and not (i and held[i - 1])]
    good = [i for i in entries if max(days[i]) >= since]
    first = history.first_day(wanted.__contains__, since)
    if not good:
        assert first is None
    else:
        entered = {reading[good[0]] for reading in readings}
        assert (clipped(first.earliest), clipped(first.latest)) == (min(entered), max(entered))
        assert first.text == history.spells[good[0]].begins.text


def test_first_day_ignores_entries_before_since():
    history = a_history("1996", ("1997-05-26", ENGAGED), ("2001-11", HOSTILE), ("2022", ENGAGED))
    engaged = ENGAGED.__eq__
    assert history.first_day(engaged) == When.parse("1997-05-26")
    assert history.first_day(engaged, since=date(1997, 5, 26)) == When.parse("1997-05-26")
    assert history.first_day(engaged, since=date(1997, 5, 27)) == When.parse("2022")
    assert history.first_day(engaged, since=date(2022, 12, 31)) == When.parse("2022")
    assert history.first_day(engaged, since=date(2023, 1, 1)) is None
    assert history.first_day(DELISTED.__eq__) is None


@often
@given(histories(), st.sets(few_states), st.sampled_from(WINDOW), st.sampled_from(WINDOW))
def test_ever_agrees_with_enumerated_readings(history, wanted, since, day):
    # By hand: in a reading, a spell is held from its day to the next one's, both included.
    answers = set()
    for reading in readings_of(history):
        ends = [*reading[1:], date.max]
        spells = zip(history.spells, reading, ends, strict=True)
        answers.add(
            any(s.state in wanted and begin <= day and end >= since for s, begin, end in spells)
        )
    expected = {(True,): Holds.IN_ALL, (False,): Holds.IN_NONE}.get(tuple(answers), Holds.IN_SOME)
    if since <= day:
        assert history.ever(wanted.__contains__, since, When.of(day)) is expected


# --- shown -------------------------------------------------------------------------------------


def told_by(source: str) -> Evidence:
    return Evidence(
        source=Source(
            id=source,
            type=SourceType.WEBPAGE,
            publisher="P",
            title="T",
            issued=When.parse("2022"),
            language="en",
            reliability=Reliability.FAIRLY_RELIABLE,
        ),
        at=Locator.of("a passage", 9),
        voice=Voice.HOST,
        credibility=1,
        claim="C",
    )


def shown() -> History:
    history = a_history("..1996", ("2022-03~", ENGAGED))
    (change,) = history.changes
    hostile_text = "<b>kubha</b>"  # no register would take it; a page must bear it all the same
    change = evolve(change, rule="R02 <&>", evidence=(told_by("tass"), told_by(hostile_text)))
    return evolve(history, changes=(change,))


def test_rows_are_flat_one_per_spell_with_none_for_open_dates():
    first, second = shown().rows()
    assert first == {
        "country": "RUS",
        "stage": "hostile",
        "ban": "none",
        "from": "..1996",
        "from_earliest": None,
        "from_latest": date(1996, 12, 31),
        "to": "2022-03~",
        "to_earliest": date(2022, 2, 1),
        "to_latest": date(2022, 4, 30),
        "last_documented": False,
        "origin": "evidenced",
        # From 1996-12-31: two years after that day, then silence up to 2022-04-29.
        "days_evidenced": 731,
        "days_silent": 9251 - 731,
        "days_assumed": 0,
        "act": None,
        "rule": None,
        "attestation": None,
        "evidence": "",
    }
    assert second == first | {
        "stage": "engaged",
        "from": "2022-03~",
        "from_earliest": date(2022, 2, 1),
        "from_latest": date(2022, 4, 30),
        "to": "2026-01-15",
        "to_earliest": date(2026, 1, 15),
        "to_latest": date(2026, 1, 15),
        "last_documented": True,
        "days_evidenced": 731,
        "days_silent": 1357 - 731,
        "act": "engage",
        "rule": "R02 <&>",
        "attestation": "official",
        "evidence": "tass#9 <b>kubha</b>#9",
    }


def test_history_repr_is_one_line_and_html_table_is_escaped():
    assert repr(shown()) == (
        "<History RUS: hostile ..1996 > engaged 2022-03~; documented until 2026-01-15>"
    )
    assert str(shown().changes[0]) == "engage 2022-03~: hostile to engaged (R02 <&>)"
    page = shown()._repr_html_()
    assert "<caption>Russia, documented until 2026-01-15</caption>" in page
    assert "<td>tass#9<br>&lt;b&gt;kubha&lt;/b&gt;#9</td>" in page
    assert "<td>R02 &lt;&amp;&gt;</td>" in page
    assert "<b>" not in page
    assert page.count("<tr>") == 3


def test_record_whose_data_end_before_it_begins_has_no_state():
    early = a_history("2024-01-02", ("2024-02", ENGAGED), until="2024-01-01")
    assert early.on("2024-03-01").in_words() == "not documented"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2024-01-01", "engaged (last documented 2023-12-31)"),
        ("2024-06-01", "engaged (last documented 2023-12-31)"),
    ],
)
def test_day_after_the_data_repeats_no_silence_if_evidence_was_near(day: str, words: str):
    # 730 days from 2021-12-31 to 2023-12-31.
    assert (
        a_history("2021-01-01", ("2021-12-31", ENGAGED), until="2023-12-31").on(day).in_words()
        == words
    )


def test_day_after_silent_data_says_when_the_last_word_came():
    silent = a_history("2021-01-01", ("2021-12-30", ENGAGED), until="2023-12-31")
    assert silent.on("2024-01-01").in_words() == (
        "engaged, last heard 2021-12-30 (the data end 2023-12-31)"
    )


# --- an assumed start --------------------------------------------------------------------------


def assumed_from_2000() -> History:
    whole = a_history("2000-01-01", ("2001-01-01", ENGAGED), ("2022-03", DELISTED))
    return History(
        country="RUS",
        start=HOSTILE,
        begins=whole.begins,
        changes=whole.changes,
        documented_until=date(2022, 3, 31),
        assumed=True,
    )


def test_history_given_no_entries_has_its_start_and_its_changes_as_entries():
    told = [(e.what, str(e.date), e.counts) for e in assumed_from_2000().entries]
    changes = [("act engage", "2001-01-01", True), ("act delist", "2022-03", True)]
    assert told == [("start hostile", "2000-01-01", False), *changes]
    (start,) = a_history("2000").entries
    assert (start.what, str(start.date), start.counts) == ("start hostile", "2000", True)


def test_only_the_first_spell_of_an_assumed_start_is_assumed():
    assert [spell.assumed for spell in assumed_from_2000().spells] == [True, False, False]
    assert [spell.assumed for spell in a_history("2000", ("2022", ENGAGED)).spells] == [False] * 2


def test_days_of_an_assumed_start_are_assumed_up_to_the_first_change():
    # 366 days of 2000. From 2001-01-01 two years count (731 days), then silence up to 2022-03-30:
    # 7,759 days in all. The delisting is read at its latest day, the last of the record.
    days = [(s.days_assumed, s.days_evidenced, s.days_silent) for s in assumed_from_2000().spells]
    assert days == [(366, 0, 0), (0, 731, 7759 - 731), (0, 1, 0)]


def test_basis_spans_begin_on_the_earliest_day_of_the_start_and_end_with_the_review():
    history = evolve(a_history("2000", until="2001-01-01"), reviewed=date(2002, 1, 1))
    assert [*map(str, history.basis_spans)] == [
        "silent from 2000-01-01 to 2000-12-30",
        "evidenced from 2000-12-31 to 2001-01-01",
        "reviewed from 2001-01-02 to 2002-01-01",
        "beyond from 2002-01-02 on",
    ]
