"""What was checked against the sources, in sentences."""

from __future__ import annotations

import pytest
from attrs import evolve
from support.sampled import VISIT, checks_with

from recognition_model.analysis.checks import CheckCoverage, CountryChecks, Tally
from recognition_model.report.checks import checks_in_words, sample_in_words

NONE = Tally()


def checked(changes: Tally, signals: Tally = NONE, entries: Tally = NONE, lapsed: int = 0) -> str:
    """What the checks of one country are in words."""
    old = tuple(evolve(VISIT, entry=f"visit {2000 + number}") for number in range(lapsed))
    one = CountryChecks(
        country="RUS", changes=changes, signals=signals, entries=entries, lapsed=old
    )
    return checks_in_words(CheckCoverage(countries=(one,), samples=()))


def test_checks_in_words_say_how_many_somebody_else_checked() -> None:
    assert checked(Tally(total=3, by_other=2), Tally(total=1)) == (
        "Somebody other than the coder checked, as they stand now, 2 of 3 changes and 0 of 1 signal"
        " against their sources."
    )


@pytest.mark.parametrize(
    ("count", "sentences"),
    [
        (
            1,
            "The coder alone checked 1 change. The page of 1 entry could not be found again."
            " 1 entry is known to be wrong and not corrected yet."
            " 1 check has lapsed: the entry was changed since.",
        ),
        (
            2,
            "The coder alone checked 2 changes. The page of 2 entries could not be found again."
            " 2 entries are known to be wrong and not corrected yet."
            " 2 checks have lapsed: the entry was changed since.",
        ),
    ],
)
def test_checks_in_words_name_what_else_became_of_checks(count: int, sentences: str) -> None:
    text = checked(
        Tally(total=4, by_coder=count),
        entries=Tally(total=9, not_found=count, wrong=count),
        lapsed=count,
    )
    first = "Somebody other than the coder checked, as they stand now, 0 of 4 changes and"
    assert text == f"{first} 0 of 0 signals against their sources. {sentences}"


def test_sample_in_words_has_draw_results_rate_and_bounds() -> None:
    text = sample_in_words(checks_with(agrees=30, partly=4, corrected=1, wrong=1, not_found=24))
    assert text.startswith(
        "60 of 537 entries of a made-up record, drawn on 2026-05-01 by the seed 7. Checked: 60."
        " Results: 30 agrees, 1 corrected, 4 partly, 24 not-found, 1 wrong."
    )
    assert "2 errors in 36 entries whose page was found: 5.6 %" in text
    assert text.endswith(
        "all 60 is 3.3 % if those entries are all right and 43.3 % if all are wrong."
    )


def test_sample_in_words_gives_no_bounds_where_every_page_was_found() -> None:
    text = sample_in_words(checks_with(agrees=59, corrected=1))
    assert (
        "1 error in 60 entries whose page was found: 1.7 % (95 % interval 0.3 % to 8.9 %," in text
    )
    assert text.endswith("is not in the rate; there was none.")


def test_sample_without_a_page_found_gives_no_rate_in_words() -> None:
    assert "in 0 entries" not in sample_in_words(checks_with(not_found=5))


def test_sample_without_a_check_says_only_how_it_was_drawn() -> None:
    assert sample_in_words(checks_with()) == (
        "60 of 537 entries of a made-up record, drawn on 2026-05-01 by the seed 7. Checked: 0."
    )
