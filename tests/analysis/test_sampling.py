"""A drawn sample can be drawn again by anybody."""

from collections.abc import Callable
from hashlib import sha256

import pytest

import recognition_model as rm
from recognition_model.analysis.sampling import digest_of_entries, draw_sample, population

VISITS = "".join(
    f"- {{signal: visit, date: 2024-01-{day:02}, evidence: [$press]}}\n" for day in range(1, 10)
)


@pytest.fixture
def scenario(replay_of: Callable[..., rm.Replay]) -> rm.Scenario:
    return replay_of(VISITS).scenario


def test_sample_has_the_entries_with_the_smallest_hashes_of_seed_and_digest(
    scenario: rm.Scenario,
) -> None:
    entries = population([scenario])
    by_hash = {sha256(f"2026 {one.digest}".encode("ascii")).hexdigest(): one for one in entries}
    by_hand = [by_hash[digits] for digits in sorted(by_hash)[:4]]
    assert list(draw_sample(entries, 4, 2026)) == by_hand
    assert [one.number for one in by_hand] != [1, 2, 3, 4]


def test_sample_does_not_depend_on_the_order_of_the_entries(scenario: rm.Scenario) -> None:
    entries = population([scenario])
    assert draw_sample(entries[::-1], 4, 7) == draw_sample(entries, 4, 7)
    assert draw_sample(entries, 9, 7) != draw_sample(entries, 9, 8)


def test_larger_sample_begins_with_the_smaller_one(scenario: rm.Scenario) -> None:
    entries = population([scenario])
    assert draw_sample(entries, 9, 7)[:3] == draw_sample(entries, 3, 7)


def test_entries_that_claim_the_same_count_once(replay_of: Callable[..., rm.Replay]) -> None:
    twice = replay_of(VISITS + VISITS.splitlines(keepends=True)[-1]).scenario
    assert len(twice.timeline) == 10
    assert [one.number for one in population([twice])] == [1, 2, 3, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize("size", [0, 10])
def test_sample_of_more_than_there_is_raises(size: int, scenario: rm.Scenario) -> None:
    with pytest.raises(ValueError, match=f"a sample of {size} cannot be drawn from 9 entries"):
        draw_sample(population([scenario]), size, 7)


def test_digest_of_a_population_is_that_of_the_sorted_digests(scenario: rm.Scenario) -> None:
    entries = population([scenario])
    text = "\n".join(sorted(one.digest for one in entries)) + "\n"
    assert digest_of_entries(entries[::-1]) == sha256(text.encode()).hexdigest()[:12]
