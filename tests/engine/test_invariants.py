"""Invariants of a history: each catches its own counterexample."""

import pickle
from collections.abc import Callable
from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import recognition_model as rm
import recognition_model.engine.counterexamples as made_up
from recognition_model import (
    INVARIANTS,
    Act,
    Attestation,
    Ban,
    Bearing,
    Change,
    Evidence,
    History,
    Invariant,
    Stage,
    State,
    Voice,
    When,
)
from recognition_model.core.codes import CODES
from recognition_model.core.evidence import Reliability, SourceType
from recognition_model.core.scenario import ActStep, Scenario, Start
from recognition_model.engine.invariants import invariant, violations_of

NONE, IN_FORCE, LIFTED = Ban.NONE, Ban.IN_FORCE, Ban.LIFTED
HOSTILE = State(Stage.HOSTILE, NONE)
Move = tuple[Act, Stage, Ban]


def proof(
    voice: Voice = Voice.HOST,
    public: str = "2026-01-01",
    bearing: Bearing = Bearing.SUPPORTS,
    *,
    announcement: bool = False,
) -> Evidence:
    source = rm.Source(
        id="made-up",
        type=SourceType.BOOK,
        publisher="The Example Yearbook",
        title="An example",
        issued=When.parse(public),
        language="en",
        reliability=Reliability.FAIRLY_RELIABLE,
    )
    return Evidence(
        source=source,
        voice=voice,
        credibility=3,
        bearing=bearing,
        announcement=announcement,
        claim="An example.",
    )


def history(
    *moves: Move,
    dates: tuple[str, ...] = ("2021", "2022", "2023", "2024", "2025"),
    start: State = HOSTILE,
    evidence: tuple[Evidence, ...] = (),
    begins: str = "2002-01-01",
    until: date = date(2026, 1, 1),
) -> History:
    """A history written by hand, without the rules."""
    changes: list[Change] = []
    before = start
    for number, (act, stage, ban) in enumerate(moves):
        after = State(stage, ban)
        changes.append(
            Change(
                date=When.parse(dates[number]),
                act=act,
                rule="R00",
                before=before,
                after=after,
                attestation=Attestation.OFFICIAL,
                evidence=evidence or (proof(),),
                place=rm.Place("RUS.yaml", 7 + number, 5),
            )
        )
        before = after
    return History(
        country="RUS",
        start=start,
        begins=When.parse(begins),
        changes=tuple(changes),
        documented_until=until,
        place=rm.Place("RUS.yaml", 4, 8),
    )


BAN: Move = (Act.BAN, Stage.BANNED, IN_FORCE)
ENGAGE: Move = (Act.ENGAGE, Stage.ENGAGED, NONE)
ENGAGE_UNDER_THE_BAN: Move = (Act.ENGAGE, Stage.ENGAGED, IN_FORCE)
DELIST: Move = (Act.DELIST, Stage.DELISTED, LIFTED)
AMBASSADOR: Move = (Act.ACCEPT_AMBASSADOR, Stage.AMBASSADOR_ACCEPTED, LIFTED)
RECOGNISE: Move = (Act.RECOGNISE, Stage.DE_JURE_RECOGNITION, LIFTED)
RUSSIA = (BAN, ENGAGE_UNDER_THE_BAN, DELIST, AMBASSADOR, RECOGNISE)


def broken(told: History) -> list[tuple[str, int | None]]:
    return [
        (violation.invariant.code, violation.at) for violation in violations_of(told, INVARIANTS)
    ]


# --- each invariant and its counterexample -----------------------------------------------------


@pytest.mark.parametrize("invariant", INVARIANTS, ids=lambda invariant: invariant.name)
def test_invariant_catches_its_counterexample(invariant: Invariant) -> None:
    told = invariant.broken_by()
    own = invariant.violations(told)
    assert own
    assert {violation.invariant.code for violation in own} == {invariant.code}
    assert invariant.code in {code for code, _ in broken(told)}
    for violation in own:
        assert violation.message
        place = told.place if violation.at is None else told.changes[violation.at].place
        assert violation.place == place


@pytest.mark.parametrize(
    "told",
    [
        history(),
        history(*RUSSIA),
        history((Act.BREAK_OFF, Stage.HOSTILE, NONE), start=State(Stage.ENGAGED, NONE)),
        history(ENGAGE, (Act.RECOGNISE, Stage.DE_JURE_RECOGNITION, NONE)),
        history(ENGAGE, dates=("..2022",), evidence=(proof(Voice.PRESS),)),
    ],
    ids=["nothing", "Russia's", "a break", "with no ambassador", "an open date"],
)
@pytest.mark.parametrize("invariant", INVARIANTS, ids=lambda invariant: invariant.name)
def test_valid_history_keeps_the_invariant(invariant: Invariant, told: History) -> None:
    assert invariant.violations(told) == ()


def test_invariant_is_explained_among_the_codes() -> None:
    codes = [invariant.code for invariant in INVARIANTS]
    assert codes == sorted(set(codes))
    assert set(codes) == {code for code in CODES if "RM601" <= code < "RM650"}
    for one in INVARIANTS:
        assert CODES[one.code].name == one.name.replace("_", "-")
        assert CODES[one.code].meaning == one.why
        assert one.why.endswith(".")
        assert CODES[one.code].severity is rm.Severity.ERROR


def test_custom_invariant_is_registered_by_name_and_docstring(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(CODES, "RM699", raising=False)
    monkeypatch.setitem(CODES, "RM698", CODES["RM601"])  # so that CODES is put back afterwards

    @invariant("RM699", broken_by=history)
    def nothing_ever_happens(told: History) -> list[tuple[int | None, str]]:
        """Nothing
        ever does."""
        return [(at, str(change)) for at, change in enumerate(told.changes)]

    made = nothing_ever_happens
    assert made not in INVARIANTS
    assert (made.name, made.why) == ("nothing_ever_happens", "Nothing ever does.")
    assert CODES["RM699"].name == "nothing-ever-happens"
    told = history(BAN)
    (violation,) = violations_of(told, [made])
    assert (violation.at, violation.place.line) == (0, 7)
    with pytest.raises(ValueError, match="RM699 is taken"):
        invariant("RM699", broken_by=history)(made.check)
    del CODES["RM699"]


# --- one invariant at a time -------------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.AMBASSADOR_ACCEPTED, Stage.DE_JURE_RECOGNITION])
def test_start_under_a_ban_is_checked_too(stage: Stage) -> None:
    told = history(start=State(stage, IN_FORCE))
    assert broken(told) == [("RM601", None)]
    assert violations_of(told, INVARIANTS)[0].place.line == 4


@pytest.mark.parametrize("stage", [Stage.ENGAGED, Stage.BANNED])
def test_dealings_under_a_ban_are_allowed(stage: Stage) -> None:
    assert broken(history(start=State(stage, IN_FORCE))) == []


def test_a_ban_in_force_at_the_start_must_be_lifted_before_recognition() -> None:
    forgotten = history(
        (Act.ENGAGE, Stage.ENGAGED, NONE),
        (Act.RECOGNISE, Stage.DE_JURE_RECOGNITION, NONE),
        start=State(Stage.BANNED, IN_FORCE),
        dates=("2021", "2022"),
    )
    # The first change lost sight of the ban; the second is what must not come of it.
    assert broken(forgotten) == [("RM602", 1), ("RM611", 0)]
    assert "the ban of the start never lifted" in violations_of(forgotten, INVARIANTS)[0].message


def test_a_second_ban_must_be_lifted_again() -> None:
    again = history(
        DELIST, BAN, ENGAGE, (*RECOGNISE[:2], NONE), start=State(Stage.BANNED, IN_FORCE)
    )
    assert broken(again) == [("RM602", 3), ("RM611", 2)]
    assert "the ban of 2022 never lifted" in violations_of(again, INVARIANTS)[0].message


def test_violation_dates_the_ban_by_its_start() -> None:
    told = history(BAN, ENGAGE_UNDER_THE_BAN, (*RECOGNISE[:2], NONE))
    assert broken(told) == [("RM602", 2), ("RM611", 2)]
    assert (
        violations_of(told, INVARIANTS)[0].message
        == "recognised 2023 with the ban of 2021 never lifted"
    )


@pytest.mark.parametrize(
    ("evidence", "caught"),
    [
        ((proof(Voice.HOST),), False),
        ((proof(Voice.PRESS), proof(Voice.HOST)), False),
        ((proof(Voice.TALIBAN), proof(Voice.OTHER_STATE), proof(Voice.PRESS)), True),
        ((proof(Voice.PRESS), proof(Voice.HOST, bearing=Bearing.DISPUTES)), True),
    ],
    ids=["host", "host and press", "all but the host", "the host denies it"],
)
def test_recognition_and_delisting_need_the_hosts_word(
    evidence: tuple[Evidence, ...],
    caught: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    delisted = history(DELIST, start=State(Stage.BANNED, IN_FORCE), evidence=evidence)
    recognised = history(RECOGNISE, start=State(Stage.DELISTED, LIFTED), evidence=evidence)
    denied = [("RM612", 0)] if any(not item.supports for item in evidence) else []
    assert broken(recognised) == ([("RM603", 0), *denied] if caught else [])
    assert broken(delisted) == ([("RM604", 0), *denied] if caught else [])


def test_message_names_the_voices_given() -> None:
    voices = (proof(Voice.TALIBAN), proof(Voice.PRESS), proof(Voice.PRESS))
    told = history(RECOGNISE, start=State(Stage.DELISTED, LIFTED), evidence=voices)
    (violation,) = violations_of(told, INVARIANTS)
    assert violation.message == "recognition 2021 is shown by press, taliban, not by the host"


@pytest.mark.parametrize(
    ("public", "day", "caught"),
    [
        ("2024-05-26", "2024-05-27", True),
        ("2024-05-27", "2024-05-27", False),
        ("2024-05-28", "2024-05-27", False),
        ("2024-04", "2024-05", True),
        ("2024-05", "2024-05", False),
        ("2024-05", "2024-05-31", False),  # it may have come on that very day
        ("2024-05", "2024-06-01", True),
        ("2023", "2024-01?", True),
        ("2023~", "2024-01", False),
        ("..2024", "2025-01-01", True),
        ("2020..", "2025-01-01", False),
    ],
)
def test_evidence_older_than_its_act_is_a_violation(
    public: str,
    day: str,
    caught: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    told = history(ENGAGE, dates=(day,), evidence=(proof(public=public),))
    assert broken(told) == ([("RM605", 0)] if caught else [])


def test_announcement_and_denial_may_precede_the_act() -> None:
    announced = proof(public="2020", announcement=True)
    denied = proof(Voice.TALIBAN, public="2020", bearing=Bearing.DISPUTES)
    assert broken(history(ENGAGE, evidence=(announced, denied))) == []


def test_every_item_older_than_the_act_is_named() -> None:
    told = history(ENGAGE, evidence=(proof(public="2019"), proof(public="2020-12-31"), proof()))
    assert [violation.message for violation in violations_of(told, INVARIANTS)] == [
        "made-up was public 2019, before the engage of 2021",
        "made-up was public 2020-12-31, before the engage of 2021",
    ]


@pytest.mark.parametrize(
    ("dates", "at"),
    [
        (("2021", "2021"), None),
        (("2021-06", "2021"), None),
        (("2021-06", "2021-05"), 1),
        (("1995", "2021"), 0),  # before the record begins
    ],
)
def test_changes_out_of_order_are_reported_at_the_later_one(
    dates: tuple[str, str], at: int | None
) -> None:
    told = history(ENGAGE, (Act.BREAK_OFF, Stage.HOSTILE, NONE), dates=dates)
    assert broken(told) == ([] if at is None else [("RM606", at)])


def test_message_names_the_date_that_a_change_cannot_follow() -> None:
    early = history(ENGAGE, dates=("1995",))
    (violation,) = violations_of(early, INVARIANTS)
    assert violation.message == "engage 1995 is listed after 2002-01-01"
    back = history(ENGAGE, (Act.BREAK_OFF, Stage.HOSTILE, NONE), dates=("2021-06", "2021-05"))
    (violation,) = violations_of(back, INVARIANTS)
    assert violation.message == "break_off 2021-05 is listed after 2021-06"


def test_gap_between_states_is_reported_at_its_change() -> None:
    whole = history(*RUSSIA)
    for at, change in enumerate(whole.changes):
        torn = evolve(change, before=State(Stage.DE_JURE_RECOGNITION, NONE))
        changes = (*whole.changes[:at], torn, *whole.changes[at + 1 :])
        assert ("RM607", at) in broken(evolve(whole, changes=changes))


@pytest.mark.parametrize(
    ("day", "caught"),
    [("2026-01-01", False), ("2026-01-02", True), ("2026", False), ("2026-02", True)],
)
def test_change_after_the_end_of_the_record_is_a_violation(
    day: str,
    caught: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    told = history(ENGAGE, dates=(day,), evidence=(proof(public="2027"),))
    assert broken(told) == ([("RM608", 0)] if caught else [])


def test_record_beginning_after_its_end_is_a_violation_of_the_whole() -> None:
    told = history(begins="2026-02", until=date(2026, 1, 1))
    assert broken(told) == [("RM608", None)]


@pytest.mark.parametrize(
    ("stage", "bans"),
    [
        (Stage.BANNED, {IN_FORCE}),
        (Stage.DELISTED, {LIFTED}),
        (Stage.HOSTILE, {NONE, IN_FORCE, LIFTED}),
        (Stage.ENGAGED, {NONE, IN_FORCE, LIFTED}),
    ],
)
def test_only_banned_and_delisted_determine_the_ban(stage: Stage, bans: set[Ban]) -> None:
    kept = {ban for ban in Ban if broken(history(start=State(stage, ban))) == []}
    assert kept == bans


# --- the other account of the world ----------------------------------------------------------

STARTS = st.sampled_from(
    [State(Stage.HOSTILE, ban) for ban in (NONE, LIFTED)]
    + [State(Stage.ENGAGED, ban) for ban in Ban]
    + [State(Stage.BANNED, IN_FORCE), State(Stage.DELISTED, LIFTED)]
    + [State(Stage.AMBASSADOR_ACCEPTED, ban) for ban in (NONE, LIFTED)]
    + [State(Stage.DE_JURE_RECOGNITION, ban) for ban in (NONE, LIFTED)]
)


@given(
    start=STARTS,
    days=st.lists(st.dates(date(2021, 8, 16), date(2025, 12, 31)), max_size=15).map(sorted),
    data=st.data(),
)
def test_permitted_acts_in_order_break_no_invariant(
    start: State, days: list[date], data: st.DataObject
) -> None:
    timeline = []
    for day in days:
        voice = data.draw(st.sampled_from([Voice.HOST, Voice.HOST, Voice.HOST, *Voice]))
        act = data.draw(st.sampled_from([act for act in Act if act is not Act.LAPSE]))
        timeline.append(ActStep(act=act, date=When.of(day), evidence=(proof(voice),)))
    scenario = Scenario(
        country="RUS",
        title="A made-up record",
        start=Start(stage=start.stage, ban=start.ban, date=When.parse("2021-08-15")),
        documented_until=date(2026, 1, 1),
        timeline=tuple(timeline),
    )
    assert rm.replay(scenario).violations == ()


@pytest.mark.parametrize(
    ("engaged", "ends", "until", "caught"),
    [
        ("2001-08-14", None, "2001-12-08", True),
        ("2001-08-14", None, "2001-12-07", False),  # the data do not reach beyond it
        ("2001-12-07", None, "2005-01-01", True),
        ("2001-12-07..2001-12-08", None, "2005-01-01", False),  # begun afterwards, perhaps
        ("2001-08-14", "2001-12-07", "2005-01-01", False),
        ("2001-08-14", "2001-12-08", "2005-01-01", True),
        ("2001-08-14", "2001-12", "2005-01-01", False),  # ended by then, perhaps
        ("2001-12-08", None, "2005-01-01", False),
    ],
)
def test_dealings_may_not_outlast_the_first_emirate(
    engaged: str,
    ends: str | None,
    until: str,
    caught: bool,  # noqa: FBT001 - a case of the table
) -> None:
    told = made_up.a_history(
        (Act.ENGAGE, Stage.ENGAGED, NONE),
        *([(Act.BREAK_OFF, Stage.HOSTILE, NONE)] if ends else []),
        dates=[engaged, *([ends] if ends else [])],
        begins="1996-09-27",
        until=until,
    )
    assert [code for code, _ in broken(told) if code == "RM617"] == ["RM617"] * caught


@pytest.mark.parametrize(
    ("lapse", "caught"),
    [
        ("2001-11-12", True),
        ("2001-11-13", False),
        ("2001-12-07", False),
        ("2001-12-07..2001-12-08", True),
        ("2001-11", True),
        ("2021-08-15", True),
    ],
)
def test_lapse_falls_between_the_loss_of_kabul_and_of_kandahar(
    lapse: str,
    caught: bool,  # noqa: FBT001 - a case of the table
) -> None:
    told = made_up.a_history(
        (Act.ENGAGE, Stage.ENGAGED, NONE),
        (Act.LAPSE, Stage.HOSTILE, NONE),
        dates=["2001-08-14", lapse],
        begins="1996-09-27",
    )
    assert (("RM617", 1) in broken(told)) == caught


Breaking = Callable[[History], History]


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("RM601", lambda h: _end(h, 3, IN_FORCE)),
        ("RM603", lambda h: _heard(h, 4)),
        ("RM604", lambda h: _heard(h, 2)),
        ("RM606", lambda h: _dated(h, 2, "2020")),
        ("RM608", lambda h: _dated(h, 4, "2027")),
        ("RM609", lambda h: _end(h, 0, NONE)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_single_corruption_of_a_valid_history_is_caught(code: str, spoil: Breaking) -> None:
    good = history(*RUSSIA)
    assert broken(good) == []
    assert code in {found for found, _ in broken(spoil(good))}


def _with(told: History, at: int, change: Change) -> History:
    return evolve(told, changes=(*told.changes[:at], change, *told.changes[at + 1 :]))


def _end(told: History, at: int, ban: Ban) -> History:
    change = told.changes[at]
    return _with(told, at, evolve(change, after=State(change.after.stage, ban)))


def _heard(told: History, at: int) -> History:
    return _with(told, at, evolve(told.changes[at], evidence=(proof(Voice.PRESS),)))


def _dated(told: History, at: int, day: str) -> History:
    return _with(told, at, evolve(told.changes[at], date=When.parse(day)))


def test_invariant_sent_to_another_process_is_the_one_that_is_there() -> None:
    for one in INVARIANTS:
        assert pickle.loads(pickle.dumps(one)) is one  # noqa: S301 - made here


def test_invented_evidence_says_that_it_is_an_example_and_claims_the_least() -> None:
    made = made_up.an_item(Voice.PRESS)
    assert made.grade == "F6"
    assert (made.source.publisher, made.source.title) == ("The Example", "An example")
    assert (made.id, made.claim) == ("example", "An example.")
