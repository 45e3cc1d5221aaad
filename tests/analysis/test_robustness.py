"""Which answers survive every choice: each universe is replayed for real, and gives the same."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.pictured import OFFICIAL, act, record
from support.universes import TABLES, TRUSTING, believed, readings, redated

import recognition_model as rm
from recognition_model.analysis.readings import NoConsistentReading, first_reached
from recognition_model.analysis.robustness import joint_answers
from recognition_model.analysis.robustness import summary as summing
from recognition_model.analysis.robustness import survey as surveying
from recognition_model.analysis.robustness.choices import Choice
from recognition_model.analysis.robustness.question_words import question_of
from recognition_model.analysis.robustness.questions import (
    First,
    Order,
    Question,
    QuestionError,
    ShareOn,
    StageOn,
)
from recognition_model.analysis.robustness.spreads import NEVER
from recognition_model.analysis.robustness.survey import Survey, survey_of
from recognition_model.core.dating import DatedBy
from recognition_model.core.evidence import Reliability
from recognition_model.core.stages import Reason
from recognition_model.io.loader import load_folder

FIRST_DAY = date(2021, 8, 15)
CODES = ("FJI", "TUV", "KIR")
COUNTS = {
    "ban": "in-force",
    "engage": "done",
    "delist": "in-force",
    "accept_ambassador": "done",
    "recognise": "announced",
    "withdraw_recognition": "announced",
    "downgrade": "done",
    "break_off": "done",
}
SHIPPED = load_folder()
QUESTIONS = (
    "first ambassador_accepted since 2021-08-16",
    "first FJI engaged since 2021-08-20",
    "order FJI TUV engaged since 2021-08-15",
    "stage FJI 2021-08-20",
    "share engaged 2021-08-22",
)


# --- the oracle: every universe replayed ---------------------------------------------------------


@st.composite
def items(draw: st.DrawFn, sources: tuple[str, ...]) -> rm.Evidence:
    name = draw(st.sampled_from(sources))
    source = evolve(OFFICIAL.source, id=name, reliability=Reliability("BD"[name.endswith("2")]))
    return evolve(
        OFFICIAL,
        source=source,
        voice=draw(st.sampled_from(rm.Voice)),
        credibility=draw(st.sampled_from([1, 4])),
        bearing=draw(st.sampled_from([rm.Bearing.SUPPORTS] * 4 + [rm.Bearing.DISPUTES])),
    )


@st.composite
def whens(draw: st.DrawFn, at: int) -> rm.When:
    day = FIRST_DAY + timedelta(days=at)
    if draw(st.integers(0, 3)) == 0:
        return rm.When.parse(f"{day}~")
    return rm.When.parse(f"{day}..{day + timedelta(days=draw(st.integers(0, 2)))}")


@st.composite
def a_scenario(draw: st.DrawFn, code: str) -> rm.Scenario:
    """A few acts and reports within some days, taken or not."""
    steps: list[rm.Step] = []
    for at in sorted(draw(st.lists(st.integers(1, 9), max_size=3))):
        word = draw(
            st.sampled_from(["engage", "accept_ambassador", "break_off", "ban", "recognise"])
        )
        evidence = tuple(draw(st.lists(items((f"{code}-1", f"{code}-2")), min_size=1, max_size=3)))
        parts = {"date": draw(whens(at)), "evidence": evidence, "place": rm.Place(code, len(steps))}
        if draw(st.integers(0, 4)) == 0:
            steps.append(rm.RefuseStep(refuse=rm.Act(word), because=Reason.NOT_ATTESTED, **parts))
        else:
            given_ = draw(st.none() | st.sampled_from(DatedBy))
            steps.append(rm.ActStep(act=rm.Act(word), dated_by=given_, **parts))
    made = record(*steps, country=code, begins="2021-08-15", until="2022-01-01").scenario
    stage = draw(st.sampled_from([rm.Stage.HOSTILE, rm.Stage.HOSTILE, rm.Stage.ENGAGED]))
    begins = draw(st.sampled_from(["2021-08-15", "2021-08-13..2021-08-17"]))
    return evolve(made, start=evolve(made.start, stage=stage, date=rm.When.parse(begins)))


def number_in(question: Question, replay: rm.Replay) -> int:
    """What a question needs of one replay on exact days, asked of the history itself."""
    if isinstance(question, First | Order):
        when = first_reached(replay, question.stage, question.since).days
        return when.first if when else NEVER
    assert isinstance(question, StageOn | ShareOn)
    stage = replay.history.on(question.day).stage
    if stage is None:
        return -1
    return int(stage >= question.stage) if isinstance(question, ShareOn) else stage.rank


def answer_in(question: Question, numbers: dict[str, int]) -> str:
    """The answer that some numbers give, written without arrays."""
    if isinstance(question, StageOn):
        (rank,) = numbers.values()
        return "none" if rank < 0 else [*rm.Stage][rank].value
    if isinstance(question, ShareOn):
        return f"{[*numbers.values()].count(1)} of {sum(one >= 0 for one in numbers.values())}"
    days = {code: day for code, day in numbers.items() if day < NEVER}
    if isinstance(question, First):
        first = [code for code in days if days[code] == min(days.values())]
        if question.countries:
            return "yes" if question.countries[0] in first else "no"
        return " and ".join(first) or "none"
    told = []
    for day in sorted(set(days.values())):
        told.append(" = ".join(code for code in numbers if days.get(code) == day))
    never = [code for code in numbers if code not in days]
    text = ", ".join(told)
    lacking = f"not reached: {', '.join(never)}" if never else ""
    return "; ".join(filter(None, [text, lacking]))


def replayed(
    survey: Survey,
    scenarios: list[rm.Scenario],
    places: tuple[int, ...],
    longest: int | None = None,
) -> dict[str, Fraction]:
    """The answers of one universe, with their shares, from replays of records really changed."""
    chosen = {
        choice: labels[place]
        for (choice, labels), place in zip(survey.choices.labels.items(), places, strict=True)
    }
    per_country = []
    for scenario in scenarios:
        changed = believed(
            scenario,
            voice=chosen[Choice.VOICE],
            grade=chosen[Choice.GRADE],
            tried=chosen[Choice.REFUSED] == "tried",
            without=chosen[Choice.WITHOUT],
        )
        fuzz, lag = int(chosen[Choice.FUZZ]), int(chosen[Choice.LAG])
        moved = redated(changed, fuzz=fuzz, lag=lag, counts=COUNTS)
        table = survey.choices.tables[places[0]]
        found = Counter(number_in(survey.question, one) for one in readings(moved, table, longest))
        whole = sum(found.values())
        per_country.append({number: Fraction(count, whole) for number, count in found.items()})
    answers: dict[str, Fraction] = {}
    for together in product(*(one.items() for one in per_country)):
        numbers = dict(zip(survey.countries, (number for number, _ in together), strict=True))
        share = Fraction(1)
        for _, mine in together:
            share *= mine
        answer = answer_in(survey.question, numbers)
        answers[answer] = answers.get(answer, Fraction(0)) + share
    return answers


@pytest.mark.parametrize("asked", QUESTIONS)
@settings(max_examples=examples(150))
@given(data=st.data())
def test_every_universe_answers_as_the_replay_of_a_changed_record(
    asked: str, data: st.DataObject
) -> None:
    scenarios = [data.draw(a_scenario(code)) for code in CODES]
    survey = survey_of(scenarios, asked, tables=TABLES, lags=(0, 3))
    concerned = [one for one in scenarios if one.country in survey.countries]
    every = survey.choices.combinations(np.arange(survey.choices.count))
    chosen = data.draw(st.lists(st.integers(0, len(every) - 1), min_size=1, max_size=3))
    found = survey.answers(every[chosen])
    for at, mine in zip(chosen, found, strict=True):
        assert mine == replayed(survey, concerned, tuple(every[at].tolist()))


@settings(max_examples=examples(50))
@given(data=st.data())
def test_shares_are_those_of_all_universes_counted_one_by_one(data: st.DataObject) -> None:
    scenarios = [data.draw(a_scenario(code)) for code in CODES[:2]]
    survey = survey_of(
        scenarios, QUESTIONS[0], tables=TABLES[:2], lags=(0,), fuzz=(2,), grades=["B2"]
    )
    every = survey.choices.combinations(np.arange(survey.choices.count))
    found = survey.answers(every)
    result = survey.result()
    held = [mine.get(result.answer, Fraction(0)) for mine in found]
    assert result.share == sum(held) / len(held)
    assert result.share_as_shipped == held[0] == max(found[0].values())
    assert sum(share for _, share in result.answers) == 1
    labels = survey.choices.labels
    for at, choice in enumerate(labels):
        for place, option in enumerate(result.of(choice)):
            mine = [share for row, share in zip(every, held, strict=True) if row[at] == place]
            assert (option.label, option.share) == (labels[choice][place], sum(mine) / len(mine))


@pytest.mark.parametrize(
    "asked",
    [
        "first CHN ambassador_accepted since 2021-08-15",
        "order CHN ARE UZB RUS",
        "stage RUS 2024-05-28",
        "stage KAZ 2023-12-30",
    ],
)
def test_shipped_record_answers_as_replays_of_changed_records(asked: str) -> None:
    survey = survey_of(SHIPPED, asked, tables=TABLES)
    by_code = {one.country: one for one in SHIPPED.all_scenarios}
    # Only these can be at that stage, whatever is believed; a replay of the others shows it.
    concerned = [by_code[code] for code in survey.countries]
    if isinstance(survey.question, First):
        concerned = [by_code[code] for code in ("CHN", "ARE", "UZB", "RUS", "TUR")]
        survey = evolve(
            survey,
            countries=tuple(one.country for one in concerned),
            lanes=tuple(survey.lanes[survey.countries.index(one.country)] for one in concerned),
        )
    count = survey.choices.count
    every = survey.choices.combinations(np.arange(0, count, max(1, count // 40)))
    for row, mine in zip(every, survey.answers(every), strict=True):
        # No date of over 40 days is near the days asked about.
        assert mine == replayed(survey, concerned, tuple(row.tolist()), longest=40)


# --- by hand -------------------------------------------------------------------------------------


def accepted(country: str, when: str) -> rm.Scenario:
    return record(
        act("engage", "2021-09-01"), act("accept_ambassador", when), country=country
    ).scenario


def asked(question: str, *scenarios: rm.Scenario, **options: object) -> rm.Robustness:
    """The answer with every choice as shipped but those given."""
    kept: dict[str, object] = {"tables": (rm.RULES,), "voices": (), "grades": (), "fuzz": ()}
    kept |= {"lags": (), "sources": False}
    return rm.robustness(scenarios, question, **{**kept, **options})


def test_day_on_or_after_since_is_that_of_the_first_entry_not_before_it() -> None:
    # 21 readings: engaged on the 1st or the 2nd, 8 each, or on the 3rd, 5. Of the former 16, the
    # second engagement is on the 3rd in 4, on the 4th in 6 and on the 5th in 6.
    steps = (
        act("engage", "2022-01-01..2022-01-03"),
        act("break_off", "2022-01-02..2022-01-04"),
        act("engage", "2022-01-03..2022-01-05"),
    )
    again = record(*steps, country="FJI").scenario
    others = [
        record(act("engage", day), country="TUV").scenario
        for day in ("2022-01-03", "2022-01-04", "2022-01-05")
    ]
    found = [
        dict(asked("order FJI TUV engaged since 2022-01-03", again, one).answers)["FJI = TUV"]
        for one in others
    ]
    assert found == [Fraction(9, 21), Fraction(6, 21), Fraction(6, 21)]


def test_overlapping_days_give_the_shares_of_all_pairs_of_days() -> None:
    fiji = accepted("FJI", "2022-01-01..2022-01-03")
    tuvalu = accepted("TUV", "2022-01-02..2022-01-04")
    found = asked("order FJI TUV", fiji, tuvalu)
    assert found.answers == (
        ("FJI, TUV", Fraction(2, 3)),
        ("FJI = TUV", Fraction(2, 9)),
        ("TUV, FJI", Fraction(1, 9)),
    )
    assert (found.share, found.share_as_shipped, found.universes) == (Fraction(2, 3),) * 2 + (1,)


def test_country_that_may_share_the_first_day_is_first_with_the_other() -> None:
    found = asked(
        "first ambassador_accepted",
        accepted("FJI", "2022-01-03"),
        accepted("TUV", "2022-01-03..2022-01-04"),
    )
    assert found.answers == (("FJI", Fraction(1, 2)), ("FJI and TUV", Fraction(1, 2)))
    assert found.answer == "FJI"  # of two as frequent, the first in the alphabet


def test_combination_that_turns_an_answer_is_the_smallest() -> None:
    claimed = evolve(OFFICIAL, voice=rm.Voice.TALIBAN)
    report = rm.RefuseStep(
        refuse=rm.Act.ACCEPT_AMBASSADOR,
        because=Reason.NOT_ATTESTED,
        date=rm.When.parse("2021-12-01"),
        evidence=(claimed,),
    )
    tuvalu = accepted("TUV", "2022-06-01")
    tuvalu = evolve(tuvalu, timeline=(tuvalu.timeline[0], report, tuvalu.timeline[1]))
    found = asked(
        "first FJI ambassador_accepted",
        accepted("FJI", "2022-01-01"),
        tuvalu,
        tables=(rm.RULES, TRUSTING),
    )
    (turning,) = found.turned_by
    assert (found.answer, found.share, found.turnings) == ("yes", Fraction(3, 4), 1)
    assert turning.changes == ((Choice.RULES, "Trusting"), (Choice.REFUSED, "tried"))
    assert turning.answer == "no"
    fewest = {
        (str(o.choice), o.label): o.fewest for o in found.options if len(found.of(o.choice)) > 1
    }
    assert fewest == {
        ("rules", "The shipped rule table"): None,
        ("rules", "Trusting"): 2,
        ("refused", "kept out"): None,
        ("refused", "tried"): 2,
    }


def test_sums_are_the_same_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without a source left out, only two choices together turn the answer: see the next test.
    options = {"sources": False, "lags": (), "fuzz": ()}
    whole = rm.robustness(SHIPPED, "first ambassador_accepted", **options)
    monkeypatch.setattr(surveying, "BLOCK", 5)
    monkeypatch.setattr(summing, "BLOCK", 7)
    assert rm.robustness(SHIPPED, "first ambassador_accepted", **options) == whole
    assert (len(whole.turned_by), whole.turnings) == (1, 1)


def test_shipped_record_has_the_uae_first_if_the_word_of_the_taliban_is_enough() -> None:
    # The UAE's report is of 2023-10-27, China's act of 2023-12-01.
    found = rm.robustness(
        SHIPPED,
        "first ambassador_accepted",
        sources=False,
        voices=(),
        grades=(),
    )
    assert [option.label for option in found.of(Choice.RULES)] == [
        "The shipped rule table",
        "Without the lapse",
        "Strict",
        "Trusting",
    ]
    assert (found.answer, [str(one) for one in found.turned_by]) == (
        "CHN",
        ["rules Trusting, refused tried: ARE"],
    )


def test_act_left_without_evidence_is_left_out_even_where_no_evidence_is_needed() -> None:
    table = rm.RuleTable([evolve(rule, needs=rm.Attestation.NONE) for rule in rm.RULES])
    fiji = record(act("engage", "2022-01-01")).scenario
    found = asked("stage FJI 2023-01-01", fiji, tables=(table,), sources=True)
    assert found.carried_by == ("yearbook",)


def test_wider_date_leaves_more_readings() -> None:
    # 2022-03-10~ is one of 3 days, of 5, of 7: on or before the 10th on 2, 3, 4 of them.
    fiji = record(act("engage", "2022-03-10~")).scenario
    found = asked("stage FJI 2022-03-10", fiji, fuzz=(1, 2, 3))
    assert [option.share for option in found.of(Choice.FUZZ)] == [
        Fraction(2, 3),
        Fraction(3, 5),
        Fraction(4, 7),
    ]
    assert found.share == (Fraction(2, 3) + Fraction(3, 5) + Fraction(4, 7)) / 3


@pytest.mark.parametrize(
    ("given_", "on", "share"),
    [
        # An acceptance counts when it is done: after it is announced, before it is reported.
        (DatedBy.ANNOUNCED, "2022-03-12", Fraction(3, 5)),
        (DatedBy.REPORTED, "2022-03-07", Fraction(2, 5)),
        (DatedBy.DONE, "2022-03-10", Fraction(1)),
    ],
)
def test_day_that_counts_lies_after_or_before_the_one_that_is_given(
    given_: DatedBy, on: str, share: Fraction
) -> None:
    step = evolve(act("accept_ambassador", "2022-03-10"), dated_by=given_)
    fiji = record(act("engage", "2022-01-01"), step).scenario
    found = asked(f"stage FJI {on}", fiji, lags=(0, 4))
    held = [dict(found.answers)["ambassador_accepted"]] if share == 1 else []
    lagged = found.of(Choice.LAG)[-1]
    accepted_share = lagged.share if found.answer == "ambassador_accepted" else 1 - lagged.share
    assert (held or [accepted_share]) == [share]


def test_sources_of_the_authority_file_are_never_left_out() -> None:
    lapse = next(
        step
        for scenario in SHIPPED.scenarios
        for step in scenario.timeline
        if isinstance(step, rm.ActStep) and step.act is rm.Act.LAPSE
    )
    used_again = evolve(act("engage", "2022-01-01"), evidence=lapse.evidence)
    found = asked("stage FJI 2023-01-01", record(used_again).scenario, sources=True)
    assert [option.label for option in found.of(Choice.WITHOUT)] == ["nothing"]


def test_too_many_readings_are_drawn_by_seed_near_the_exact_share(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fiji = accepted("FJI", "2022-01-01..2022-01-03")
    tuvalu = accepted("TUV", "2022-01-02..2022-01-04")
    monkeypatch.setattr(joint_answers, "MOST_COUNTED", 3)
    found = asked("order FJI TUV", fiji, tuvalu, draws=20_000, seed=4)
    assert (found.universes, found.readings, found.seed) == (20_000, 20_000, 4)
    assert abs(found.share - Fraction(2, 3)) < 0.02  # six standard errors
    assert found == asked("order FJI TUV", fiji, tuvalu, draws=20_000, seed=4)
    assert found != asked("order FJI TUV", fiji, tuvalu, draws=20_000, seed=5)


def test_too_many_combinations_are_drawn_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rm.robustness(SHIPPED, "first CHN ambassador_accepted")
    monkeypatch.setattr(surveying, "MOST_COMBINATIONS", 1_000)
    monkeypatch.setattr(surveying, "DRAWN_COMBINATIONS", 5_000)
    found = rm.robustness(SHIPPED, "first CHN ambassador_accepted", seed=3)
    assert (found.drawn, found.combinations, found.seed) == (True, 5_000, 3)
    assert found.possible == whole.combinations > 5_000
    assert abs(found.share - whole.share) < 0.01
    assert found.turned_by == whole.turned_by  # single changes are looked at one by one


def test_several_processes_give_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    # Fiji's day is one of 3, 5 or 7 around the 3rd; on 1, 2, 3 of them it is before Tuvalu's.
    fiji, tuvalu = accepted("FJI", "2022-01-03~"), accepted("TUV", "2022-01-03")
    kiribati = accepted("KIR", "2022-01-02..2022-01-03")
    alone = asked("order FJI TUV KIR", fiji, tuvalu, kiribati, fuzz=(2, 3))
    monkeypatch.setattr(joint_answers, "LEAST_SHARED", 1)
    assert asked("order FJI TUV KIR", fiji, tuvalu, kiribati, fuzz=(2, 3), workers=2) == alone
    assert alone.readings == 0
    assert len({option.share for option in alone.of(Choice.FUZZ)}) == 3


@pytest.mark.nightly
def test_cluster_gives_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    fiji, tuvalu = accepted("FJI", "2022-01-03~"), accepted("TUV", "2022-01-02..2022-01-03")
    alone = asked("order FJI TUV", fiji, tuvalu, fuzz=(2, 3))
    monkeypatch.setattr(joint_answers, "LEAST_SHARED", 1)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as theirs:
        address = theirs.scheduler_address
        assert asked("order FJI TUV", fiji, tuvalu, fuzz=(2, 3), scheduler=address) == alone


def test_days_that_are_not_alike_count_by_their_readings() -> None:
    # Fiji deals with them no later than it accepts: on the 1st in one reading, on the 2nd in two.
    steps = (
        act("engage", "2022-01-01..2022-01-02"),
        act("accept_ambassador", "2022-01-01..2022-01-02"),
    )
    fiji = record(*steps, country="FJI").scenario
    found = asked("order FJI TUV", fiji, accepted("TUV", "2022-01-01..2022-01-03"))
    assert dict(found.answers) == {
        "FJI, TUV": Fraction(4, 9),
        "FJI = TUV": Fraction(3, 9),
        "TUV, FJI": Fraction(2, 9),
    }


def test_start_without_a_first_day_is_read_at_its_last() -> None:
    # The order of the entries leaves the start no later day than the 5th.
    fiji = record(act("engage", "2022-01-05..2022-01-07"), begins="..2022-01-10").scenario
    found = [asked(f"stage FJI {day}", fiji).answers for day in ("2022-01-04", "2022-01-06")]
    assert found == [
        (("none", Fraction(1)),),
        (("engaged", Fraction(2, 3)), ("hostile", Fraction(1, 3))),
    ]


def test_record_that_cannot_be_kept_in_order_is_named() -> None:
    fiji = record(act("engage", "2025-07.."), until="2025-06-30").scenario
    with pytest.raises(NoConsistentReading, match=r"^FJI: no day for 2025-07"):
        asked("stage FJI 2025-06-30", fiji)


def test_countries_in_one_word_or_more_are_read() -> None:
    found = [
        str(question_of(text))
        for text in (
            "first South Korea engaged since 2020",
            "order South Korea, Sri Lanka, CHN engaged",
            "Stage sri lanka 2022",
            "share Ambassador accepted 2024-05",
        )
    ]
    assert found == [
        "first KOR engaged since 2020-01-01",
        "order KOR LKA CHN engaged since 2021-08-15",
        "stage LKA 2022-12-31",
        "share ambassador_accepted 2024-05-31",
    ]


def test_months_and_years_widen_by_their_own_units() -> None:
    widened = [rm.When.parse(text).widened(2) for text in ("2024-05~", "2024~", "2024-05-10~")]
    assert [(str(one.earliest), str(one.latest)) for one in widened] == [
        ("2024-03-01", "2024-07-31"),
        ("2022-01-01", "2026-12-31"),
        ("2024-05-08", "2024-05-12"),
    ]
    assert rm.When.parse("2024-05").widened(3) == rm.When.parse("2024-05")
    assert rm.When.parse("2024-05~").widened(1) == rm.When.parse("2024-05~")


def test_stage_of_a_question_may_be_written_with_hyphens() -> None:
    assert str(question_of("first RUS ambassador-accepted since 2022")) == (
        "first RUS ambassador_accepted since 2022-01-01"
    )
    assert str(question_of("share Ambassador-Accepted 2024")) == (
        "share ambassador_accepted 2024-12-31"
    )


@pytest.mark.parametrize(
    ("text", "told", "hint"),
    [
        ("frist RUS engaged", "unknown question 'frist'", "did you mean first?"),
        ("share engagd 2024", "unknown stage 'engagd'", "did you mean engaged?"),
        ("first UNO engaged", "United Nations (UNO) is an organisation", "it has no rank"),
        ("order RUS UNO engaged", "United Nations (UNO) is an organisation", "it has no rank"),
    ],
)
def test_question_that_cannot_be_asked_is_told_with_what_to_write(
    text: str, told: str, hint: str
) -> None:
    with pytest.raises(QuestionError) as raised:
        question_of(text)
    assert (str(raised.value), raised.value.hint) == (told, hint)
