"""Delta debugging: what is left out, and what is kept."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from recognition_model.analysis.delta_debugging import ddmin, left_out


@given(st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n - 1)))))
def test_ddmin_keeps_exactly_what_is_needed(case: tuple[int, set[int]]) -> None:
    size, needed = case
    assert ddmin(range(size), lambda some: needed <= set(some)) == sorted(needed)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.integers(0, 40))
def test_no_kept_item_can_be_left_out_alone(items: list[int], least: int) -> None:
    def shows(some: Sequence[int]) -> bool:  # not monotonic: an odd sum, and large enough
        return sum(some) % 2 == sum(items) % 2 and sum(some) >= min(least, sum(items))

    kept = ddmin(items, shows)
    assert shows(kept)
    assert not any(shows([*kept[:at], *kept[at + 1 :]]) for at in range(len(kept)))


def test_ddmin_of_eight_finds_the_three_of_the_paper() -> None:
    # Zeller and Hildebrandt, figure 5: the changes 1, 7 and 8 of eight fail together.
    assert ddmin(range(1, 9), lambda some: {1, 7, 8} <= set(some)) == [1, 7, 8]


def test_one_item_is_found_in_about_two_trials_a_halving() -> None:
    tried = []

    def shows(some: Sequence[int]) -> bool:
        tried.append(len(some))
        return 700 in some

    assert ddmin(range(1024), shows) == [700]
    assert len(tried) <= 1 + 2 * 10  # one for nothing, two for each of ten halvings


def test_part_is_left_out_with_what_is_inside() -> None:
    tree = {"": "ab", "a": "cd", "b": "ef"}
    tried: list[frozenset[str]] = []

    def parts_at(depth: int, without: frozenset[str]) -> list[str]:
        level = [""]
        for _ in range(depth + 1):
            level = [p for one in level for p in tree.get(one, "") if p not in without]
        return level

    def shows(without: frozenset[str]) -> bool:
        tried.append(without)
        return not without & {"b", "e"}

    assert left_out(parts_at, shows) == {"a", "f"}
    assert not any(without & {"c", "d"} for without in tried)  # they went with a


def test_search_starts_again_when_a_part_was_needed_by_one_inside_another() -> None:
    tree = {"": "ab", "a": "c", "b": "d"}

    def parts_at(depth: int, without: frozenset[str]) -> list[str]:
        level = [""]
        for _ in range(depth + 1):
            level = [p for one in level for p in tree.get(one, "") if p not in without]
        return level

    def shows(without: frozenset[str]) -> bool:  # d cites a, so a goes only after d
        return "b" not in without and ("a" not in without or "d" in without)

    assert left_out(parts_at, shows) == {"a", "c", "d"}
