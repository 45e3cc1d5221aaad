"""Two lines about a day, and the chain of entries behind them."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.fixtures import ReplayOf

import recognition_model as rm
from recognition_model.report.grounds import chain_of, otherwise_in_words, two_lines
from recognition_model.testing import days, scenarios

# The entries begin in lines 7, 8, ... of the file.
RECORD = """
    - {act: ban, date: 2003-02-14, evidence: [$host]}
    - {act: engage, date: 2018-11-09, evidence: [$press]}
    - {signal: visit, date: ..2021-03-05, evidence: [$host]}
    - {act: delist, date: 2025-04-17, evidence: [$host]}
"""
BOOK = "The Example Yearbook, 2026-01-01 (B3: usually reliable, possibly true)"


def lines(replay: rm.Replay, day: str | None = None) -> tuple[str, str]:
    return two_lines(rm.why(replay, day))


def test_two_lines_say_where_a_country_stood_and_on_whose_word(replay_of: ReplayOf) -> None:
    assert lines(replay_of(RECORD), "2021-06-01") == (
        "On 2021-06-01 Russia is documented to deal officially with the Taliban, below the rank of"
        " ambassador, since 2018-11-09 (ban in force), according to the press; last heard"
        " 2021-03-05 at the latest.",
        f"This rests on the word of the press in {BOOK}, under rule R02 (RUS.yaml, line 8).",
    )


def test_two_lines_say_how_old_the_last_entry_is(replay_of: ReplayOf) -> None:
    first, _ = lines(replay_of(RECORD), "2015-01-01")
    assert first.startswith("On 2015-01-01 Russia was last documented to outlaw the Taliban, ")
    assert first.endswith(
        "; the last entry that counts is dated 2003-02-14, more than two years before."
    )


def test_two_lines_say_that_nothing_attests_an_assumed_start(replay_of: ReplayOf) -> None:
    assert lines(replay_of(RECORD), "2000-01-01") == (
        "No formal dealings of Russia with the Taliban are documented by 2000-01-01, and no ban."
        " That there were none since 1996-09-27 is assumed.",
        "No source attests it: the start is assumed (RUS.yaml, line 4). Made up.",
    )


def test_two_lines_name_the_status_that_attests_an_assumed_start(replay_of: ReplayOf) -> None:
    told = replay_of("- {status: {stage: hostile}, date: 2021-09-07, evidence: [$host]}\n")
    first, second = lines(told, "2021-12-31")
    assert "that this was so since 1996-09-27 is assumed; last heard 2021-09-07." in first
    assert second == (
        f"This rests on the word of its own authorities in {BOOK}, in an entry of 2021-09-07"
        " (RUS.yaml, line 7); the start is assumed."
    )


def test_two_lines_say_which_dates_leave_the_answer_open(replay_of: ReplayOf) -> None:
    told = replay_of("- {act: engage, date: 2022-02-01..2022-02-03, evidence: [$host]}\n")
    assert lines(told, "2022-02-02") == (
        "Where Russia stands on 2022-02-02 is uncertain: no dealings documented (assumed) or"
        " engaged: the act is dated 2022-02-01..2022-02-03.",
        "The dates leave open whether this lies before or after the day: engage"
        f" 2022-02-01..2022-02-03, on the word of its own authorities in {BOOK}, under rule R02"
        " (RUS.yaml, line 7).",
    )


def test_two_lines_count_the_other_sources_that_support_the_change(replay_of: ReplayOf) -> None:
    wire = "{source: wire-2022, voice: press, credibility: 2, claim: An example.}"
    denial = "{source: almanac-2026, voice: taliban, credibility: 2, bearing: disputes, claim: No.}"
    told = replay_of(
        f"- {{act: engage, date: 2022-01, evidence: [$host, $press, {wire}, {denial}]}}\n"
    )
    _, second = lines(told, "2022-03-01")
    assert f"{BOOK} and 1 more source, under rule R02" in second


def test_two_lines_after_the_end_of_the_data_say_so(replay_of: ReplayOf) -> None:
    first, second = lines(replay_of(RECORD), "2026-05-01")
    assert first.startswith(
        "The data on Russia end before 2026-05-01. Russia is documented to have"
    )
    assert first.endswith("; documented until 2026-01-15.")
    assert "under rule R03 (RUS.yaml, line 10)" in second


def test_two_lines_before_the_start_say_that_nothing_is_documented(replay_of: ReplayOf) -> None:
    assert lines(replay_of(RECORD), "1990-01-01") == (
        "Nothing is documented about Russia on 1990-01-01; the data begin 1996-09-27.",
        "No entry on Russia bears on this day.",
    )


@pytest.mark.parametrize(
    ("day", "chain"),
    [
        ("1990-01-01", ""),
        ("2000-01-01", "RUS/1996-09-27/start start 1996-09-27 (assumed)"),
        (
            "2021-06-01",
            "RUS/1996-09-27/start start 1996-09-27 (assumed); RUS/2003-02-14/ban ban 2003-02-14"
            " (R01); RUS/2018-11-09/engage engage 2018-11-09 (R02); RUS/..2021-03-05/visit"
            " last heard ..2021-03-05",
        ),
    ],
)
def test_chain_names_start_changes_and_last_entry_heard(
    day: str, chain: str, replay_of: ReplayOf
) -> None:
    told = chain_of(rm.why(replay_of(RECORD), day))
    assert "; ".join(f"{link.anchor} {link.text}" for link in told) == chain


def test_chain_marks_a_change_that_may_lie_after_the_day(replay_of: ReplayOf) -> None:
    told = replay_of("- {act: engage, date: 2022-02-01..2022-02-03, evidence: [$host]}\n")
    _, link = chain_of(rm.why(told, "2022-02-02"))
    assert link.text == "engage 2022-02-01..2022-02-03 (R02), perhaps later"


OTHERWISE = """
    - {act: engage, date: 1999-01-22, evidence: [$host]}
    - {act: lapse, date: 2001-12-07, evidence: [$press]}
    - {act: engage, date: 2021-10-07, evidence: [$host]}
    - {act: accept_ambassador, date: 2023-01, evidence: [$host]}
    - {act: recognise, date: 2023-05-01, evidence: [$host]}
    - {signal: visit, date: 2023-06-02, evidence: [$host]}
"""
VISITED = """
    - {act: engage, date: 1999-01-22, evidence: [$host]}
    - {act: lapse, date: 2001-12-07, evidence: [$press]}
    - {act: engage, date: 2021-10-07, evidence: [$host]}
    - {signal: visit, date: 2021-11-24, evidence: [$host]}
"""


def test_words_name_day_and_line_if_only_the_beginning_differs(replay_of: ReplayOf) -> None:
    told = rm.why(replay_of(VISITED), "2022-01-01")
    assert {one.entry.line: otherwise_in_words(one, told) for one in told.otherwise} == {
        7: "the same answer",
        8: "the same stage, but since 1999-01-22 (line 7)",
        9: "no dealings (lapsed); since 2001-12-07 (line 8)",
        10: "the same stage, but last heard 2021-10-07",
    }


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (
            "2022-01-01",
            {
                7: "the same answer",
                # The second engagement would be refused, and an act refused does not count.
                8: "engaged, last heard 1999-01-22, then nothing until 2023-01;"
                " since 1999-01-22 (line 7)",
                # Nor could an ambassador or recognition follow, which leaves the visit.
                9: "no dealings (lapsed), last heard 2001-12-07, then nothing until 2023-06-02;"
                " since 2001-12-07 (line 8)",
            },
        ),
        (
            "2023-07-01",
            {
                7: "the same answer",
                8: "the same answer",
                9: "no dealings (lapsed); since 2001-12-07 (line 8)",
                10: "the same stage, but under rule R06",
                11: "ambassador accepted; since some day in 2023-01 (line 10)",
                12: "the same stage, but last heard 2023-05-01",
            },
        ),
    ],
)
def test_words_say_what_would_differ(day: str, words: dict[int, str], replay_of: ReplayOf) -> None:
    told = rm.why(replay_of(OTHERWISE), day)
    assert {one.entry.line: otherwise_in_words(one, told) for one in told.otherwise} == words


def with_lines(scenario: rm.Scenario) -> rm.Scenario:
    steps = [
        evolve(step, place=rm.Place("XXX.yaml", line, 0))
        for line, step in enumerate(scenario.timeline, start=7)
    ]
    return evolve(scenario, timeline=tuple(steps))


@given(scenarios(), st.data())
def test_same_answer_means_that_both_lines_stay(scenario: rm.Scenario, data: st.DataObject) -> None:
    scenario = with_lines(scenario)
    changes = [change.date for change in rm.replay(scenario).changes]
    near = [day for when in changes for day in (when.earliest, when.latest)]
    day = data.draw(st.one_of(days(), *(st.just(d) for d in near if hasattr(d, "year"))))
    told = rm.why(scenario, day)
    for one in told.otherwise:
        if one.how == "left out":
            steps = [s for s in scenario.timeline if s.place != one.entry.step.place]
            without = rm.why(evolve(scenario, timeline=tuple(steps)), day)
            if not one.turns:
                assert two_lines(without) == two_lines(told)
        assert one.turns == (otherwise_in_words(one, told) != "the same answer")


def test_words_name_the_end_of_the_data_if_only_its_answer_differs(replay_of: ReplayOf) -> None:
    # The ban is lifted on some day of 2025, and the data end within that year.
    timeline = """
    - {act: ban, date: 2003-02-14, evidence: [$host]}
    - {act: engage, date: 2018-11-09, evidence: [$press]}
    - {act: delist, date: 2025, evidence: [$host]}
"""
    told = rm.why(replay_of(timeline, until="2025-06-30"), "2026-06-30")
    words = {one.entry.line: otherwise_in_words(one, told) for one in told.otherwise}
    assert words[8] == (
        "the same stage, but banned or delisted: the act is dated 2025 on 2025-06-30,"
        " when the data end"
    )
