"""Which entry of one coding tells of the same event as which entry of the other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recognition_model as rm
from recognition_model.analysis.agreement.matching import cheapest_matching
from recognition_model.analysis.agreement.pairs import Pair, coded_entries, paired

Gains = dict[tuple[int, int], int]


def lowest_by_trying(gains: Gains) -> int:
    """The lowest sum of costs over every way to match rows and columns."""
    rows = sorted({row for row, _ in gains})
    columns = [None, *sorted({column for _, column in gains})]
    sums = [0]
    for choice in product(columns, repeat=len(rows)):
        used = [column for column in choice if column is not None]
        chosen = [(r, c) for r, c in zip(rows, choice, strict=True) if c is not None]
        if len(used) == len(set(used)) and all(cell in gains for cell in chosen):
            sums.append(sum(gains[cell] for cell in chosen))
    return min(sums)


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(-40, 5), max_size=14
    )
)
def test_matching_costs_as_little_as_the_best_of_all_matchings(gains: Gains) -> None:
    matched = cheapest_matching(gains)
    assert len(set(matched.values())) == len(matched)
    assert sum(gains[cell] for cell in matched.items()) == lowest_by_trying(gains)


@pytest.fixture
def pairs(
    story: Callable[..., str], scenario_from: Callable[..., rm.Scenario]
) -> Callable[..., list[str]]:
    """The pairs of two timelines, each as `date date`, with a dash for none."""

    def told(a: str, b: str, within: int = 183) -> list[str]:
        codings = [coded_entries(rm.replay(scenario_from(story(timeline)))) for timeline in (a, b)]
        found = paired(*codings, within)
        mirrored = paired(*reversed(codings), within)
        assert [(pair.b, pair.a) for pair in mirrored] == [(pair.a, pair.b) for pair in found]
        return sorted(map(dates_of, found))

    return told


def dates_of(pair: Pair) -> str:
    return " ".join(str(one.step.date) if one else "-" for one in (pair.a, pair.b))


def visits(*dates: str, word: str = "visit", proof: str = "$press") -> str:
    return "".join(f"- {{signal: {word}, date: {day}, evidence: [{proof}]}}\n" for day in dates)


def test_entry_is_matched_with_the_nearest_of_its_word(pairs: Callable[..., list[str]]) -> None:
    a, b = visits("2022-03-01", "2022-05-01"), visits("2022-03-20", "2022-05-02")
    assert pairs(a, b) == ["2022-03-01 2022-03-20", "2022-05-01 2022-05-02"]


def test_event_that_one_coding_lacks_does_not_shift_the_others(
    pairs: Callable[..., list[str]],
) -> None:
    # Each with its neighbour would make three pairs, but of 100 days each.
    a, b = (
        visits("2022-01-01", "2022-04-11", "2022-07-20"),
        visits("2022-04-11", "2022-07-20", "2022-10-28"),
    )
    assert pairs(a, b) == [
        "- 2022-10-28",
        "2022-01-01 -",
        "2022-04-11 2022-04-11",
        "2022-07-20 2022-07-20",
    ]


@pytest.mark.parametrize(("day", "events"), [("2022-07-03", 1), ("2022-07-04", 2)])
def test_same_word_is_matched_up_to_half_a_year_apart(
    pairs: Callable[..., list[str]], day: str, events: int
) -> None:
    # 2022-01-01 and 183 days more is 2022-07-03.
    assert len(pairs(visits("2022-01-01"), visits(day))) == events


def test_days_between_can_be_chosen(pairs: Callable[..., list[str]]) -> None:
    assert len(pairs(visits("2022-01-01"), visits("2022-01-11"), 10)) == 1
    assert len(pairs(visits("2022-01-01"), visits("2022-01-12"), 10)) == 2


def test_other_word_is_matched_on_the_same_date(pairs: Callable[..., list[str]]) -> None:
    other = visits(
        "2022-01-01",
        word="talks",
        proof="{source: wire-2022, voice: press, credibility: 3, claim: Talks.}",
    )
    assert pairs(visits("2022-01-01"), other) == ["2022-01-01 2022-01-01"]


def test_act_of_one_is_matched_with_the_signal_of_the_other(
    pairs: Callable[..., list[str]],
) -> None:
    act = "- {act: engage, date: 2022-01-01, evidence: [$press]}\n"
    assert pairs(act, visits("2022-01-01")) == ["2022-01-01 2022-01-01"]


def test_own_word_is_preferred_to_another_of_the_same_date(
    pairs: Callable[..., list[str]],
) -> None:
    a = visits("2022-01-01")
    b = visits("2022-01-01", word="talks") + visits("2022-01-21")
    assert pairs(a, b) == ["- 2022-01-01", "2022-01-01 2022-01-21"]


@pytest.mark.parametrize(
    ("day", "proof", "events"),
    [
        ("2022-01-08", "$press", 1),
        ("2022-01-09", "$press", 2),
        ("2022-01-02", "{source: wire-2022, voice: press, credibility: 3, claim: Talks.}", 2),
    ],
)
def test_other_word_on_another_date_needs_a_source_in_common_and_a_week_at_most(
    pairs: Callable[..., list[str]], day: str, proof: str, events: int
) -> None:
    found = pairs(visits("2022-01-01"), visits(day, word="talks", proof=proof))
    assert len(found) == events


def test_of_two_dates_that_meet_the_one_that_fits_best_is_matched(
    pairs: Callable[..., list[str]],
) -> None:
    a, b = visits("2022-05"), visits("2022", "2022-05-01..2022-06-02")
    assert pairs(a, b) == ["- 2022", "2022-05 2022-05-01..2022-06-02"]


def test_entry_that_both_have_is_matched_with_itself_although_its_date_is_open(
    pairs: Callable[..., list[str]],
) -> None:
    first = """
- {signal: visit, date: 2021-07-08, evidence: [$host]}
- {signal: visit, date: ..2025-07-04, evidence: [$host]}
"""
    second = """
- {signal: visit, date: 2021-03-10, evidence: [$press]}
- {signal: visit, date: ..2025-07-04, evidence: [$host]}
"""
    assert pairs(first, second) == ["..2025-07-04 ..2025-07-04", "2021-07-08 2021-03-10"]


def test_entries_alike_are_matched_in_the_order_of_the_files(
    pairs: Callable[..., list[str]],
    story: Callable[..., str],
    scenario_from: Callable[..., rm.Scenario],
) -> None:
    three = coded_entries(rm.replay(scenario_from(story(visits(*["2022-01-01"] * 3)))))
    numbers = [(p.a.number, p.b.number) for p in paired(three, three) if p.a and p.b]
    assert numbers == [(1, 1), (2, 2), (3, 3)]


def test_tie_is_decided_alike_whichever_coding_comes_first(
    pairs: Callable[..., list[str]],
    story: Callable[..., str],
    scenario_from: Callable[..., rm.Scenario],
) -> None:
    # Each entry shares its note with the next one of the other coding and its contradiction with
    # the one before: two ways to match all three cost the same.
    def entry(word: str, note: int, doubt: int) -> str:
        said = f"note: N{note % 3}, contradiction: C{doubt % 3}"
        return f"- {{signal: {word}, date: 2022-01-01, {said}, evidence: [$press]}}\n"

    a = "".join(entry(f"word_a{i}", i, i) for i in range(3))
    b = "".join(entry(f"word_b{i}", i - 1, i + 1) for i in range(3))
    assert pairs(a, b) == ["2022-01-01 2022-01-01"] * 3  # which also mirrors them
    codings = [coded_entries(rm.replay(scenario_from(story(text)))) for text in (a, b)]
    places = {(p.b.number - p.a.number) % 3 for p in paired(*codings) if p.a and p.b}
    assert places in ({1}, {2})
