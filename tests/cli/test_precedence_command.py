"""`precedence`: which country was first, in which share of the readings."""

import csv
import json
import re
from fractions import Fraction

import pytest
from support.fixtures import Put, Run

from recognition_model.cli.precedence import share_in_words

ACCEPTED = """\
- {{act: engage, date: 2021-09-01, evidence: [$press]}}
- {{act: accept_ambassador, date: {copies}, evidence: [$host]}}
- {{signal: credentials_originals, date: {originals}, evidence: [$host]}}
"""


@pytest.fixture
def two(put: Put) -> tuple[str, ...]:
    """Fiji and Tuvalu, the one sooner with the copies, the other perhaps with the originals."""
    fiji = ACCEPTED.format(copies="2022-01-01..2022-01-03", originals="2022-03-02")
    tuvalu = ACCEPTED.format(copies="2022-01-02..2022-01-04", originals="2022-03-01..2022-03-04")
    paths = put(fiji, "FJI"), put(tuvalu, "TUV"), put("[]", "KIR")
    return tuple(word for path in paths for word in ("--scenarios", str(path)))


def test_precedence_of_two_prints_exact_shares_and_assumption(
    run: Run, two: tuple[str, ...]
) -> None:
    ran = run("precedence", "Fiji", "Tuvalu", *two)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[:5] == [
        "Fiji (FJI)    ambassador accepted  2022-01-01..2022-01-03",
        "Tuvalu (TUV)  ambassador accepted  2022-01-02..2022-01-04",
        "Fiji before Tuvalu: 2/3 (66.7 %)",
        "on the same day: 2/9 (22.2 %)",
        "Fiji after Tuvalu: 1/9 (11.1 %)",
    ]
    assert "an assumption, not knowledge" in " ".join(ran.out.split())


def test_precedence_of_signal_gives_pair_shares(run: Run, two: tuple[str, ...]) -> None:
    asked = ("precedence", "FJ", "TV", "--signal", "credentials_originals", *two)
    data = json.loads(run(*asked, "--format", "json").out)
    assert data["format"] == "recognition-precedence/1"
    (pair,) = data["pairs"]  # Tuvalu's is on one of four days, the second of them Fiji's
    assert {name: pair[name]["exact"] for name in ("before", "same", "after")} == {
        "before": "1/2",
        "same": "1/4",
        "after": "1/4",
    }
    assert pair["before"]["number"] == 0.5


def test_precedence_gives_undocumented_country_no_rank(run: Run, two: tuple[str, ...]) -> None:
    out = run("precedence", *two).out
    assert "Kiribati (KIR)  ambassador accepted  not documented" in out
    assert out.count("Kiribati") == 1
    alone = run("precedence", "Kiribati", "Fiji", *two)
    assert (alone.code, "nothing to compare" in alone.out) == (0, True)


def test_precedence_by_draws_prints_count_seed_and_error(run: Run, two: tuple[str, ...]) -> None:
    asked = ("precedence", *two, "--draws", "10000", "--seed", "3")
    out = run(*asked).out
    assert out == run(*asked).out
    assert "shares of 10000 draws, seed 3; standard error at most 0.5 points" in out
    assert re.search(r"Fiji \(FJI\) +rank 1: ", out)


def test_precedence_since_ignores_earlier_events(run: Run, two: tuple[str, ...]) -> None:
    out = run("precedence", "Fiji", *two, "--stage", "engaged", "--since", "2022-01-01").out
    assert "only documented before 2022-01-01 (2021-09-01)" in out


RECOGNISED = """\
- {act: engage, date: 2021-09-01, evidence: [$press]}
- {act: recognise, date: 2022-03-01, evidence: [$host]}
"""


def test_precedence_names_the_stage_that_was_really_reached(run: Run, put: Put) -> None:
    asked = ("precedence", "--scenarios", str(put(RECOGNISED)))
    assert run(*asked).out.splitlines()[0] == (
        "Fiji (FJI)  recognised, beyond ambassador accepted  2022-03-01"
    )
    higher = run(*asked, "--stage", "engaged", "--since", "2022-01-01").out.splitlines()[0]
    assert higher == ("Fiji (FJI)  engaged  only documented before 2022-01-01 (2021-09-01)")
    equal = run(*asked, "--stage", "de_jure_recognition").out.splitlines()[0]
    assert equal == "Fiji (FJI)  de jure recognition  2022-03-01"
    (event,) = json.loads(run(*asked, "--format", "json").out)["events"]
    assert (event["what"], event["reached"]) == ("ambassador_accepted", "de_jure_recognition")


def test_precedence_of_signal_and_of_nothing_reaches_no_stage(
    run: Run, two: tuple[str, ...]
) -> None:
    for asked in (("--signal", "credentials_originals"), ("--stage", "de_jure_recognition")):
        events = json.loads(run("precedence", *two, *asked, "--format", "json").out)["events"]
        assert {event["reached"] for event in events} == {None}


def test_saudi_arabia_recognised_and_took_no_ambassador(run: Run) -> None:
    out = run("precedence", "Saudi Arabia").out
    assert "recognised, beyond ambassador accepted  1997-05-26" in out


def test_signal_that_the_record_does_not_know_is_a_usage_error(
    run: Run, two: tuple[str, ...]
) -> None:
    ran = run("precedence", *two, "--signal", "credentials_original")
    assert (ran.code, ran.out) == (2, "")
    assert (
        "no entry of the record has the signal 'credentials_original'; did you mean"
        " credentials_originals?"
    ) in " ".join(ran.err.split())
    shipped = run("precedence", "Russia", "--signal", "nosuch")
    assert (shipped.code, shipped.out) == (2, "")


def test_signal_of_another_country_of_the_record_is_only_not_documented(
    run: Run, two: tuple[str, ...]
) -> None:
    ran = run("precedence", "Kiribati", *two, "--signal", "credentials_originals")
    assert (ran.code, "credentials originals  not documented" in ran.out) == (0, True)
    shipped = run("precedence", "Austria", "--signal", "charge_accepted")
    assert (shipped.code, "charge accepted  not documented" in shipped.out) == (0, True)


def test_precedence_of_a_family_names_it(run: Run, two: tuple[str, ...]) -> None:
    ran = run("precedence", "FJ", "TV", "--family", "accreditation", *two)
    assert ran.out.splitlines()[0].split() == ["Fiji", "(FJI)", "accreditation", "2022-03-02"]


def test_name_of_a_family_as_a_signal_lists_its_words_on_standard_error(run: Run) -> None:
    ran = run("precedence", "Russia", "Iran", "--signal", "visit")
    assert "note: visit is a family: visit_made, visit_received, visit, visit_planned" in (
        " ".join(ran.err.split())
    )
    assert "is a family" not in run("precedence", "Russia", "--signal", "visit_made").err


def test_precedence_takes_stage_or_signal_not_both(run: Run) -> None:
    ran = run("precedence", "--stage", "engaged", "--signal", "visit")
    assert (ran.code, ran.out) == (2, "")
    assert "--stage or --signal, not both" in ran.err
    ran = run("precedence", "--family", "force", "--signal", "visit")
    assert "--signal or --family, not both" in ran.err


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (Fraction(0), "0 %"),
        (Fraction(1), "100 %"),
        (Fraction(1, 4), "1/4 (25 %)"),
        (Fraction(1, 10_000_000), "under 0.1 %"),
        (Fraction(9_999_999, 10_000_000), "over 99.9 %"),
    ],
)
def test_share_below_one_is_never_rounded_to_100_percent(share: Fraction, told: str) -> None:
    assert share_in_words(share) == told


def test_precedence_as_csv_gives_the_share_of_readings_in_which_each_is_first(
    run: Run, two: tuple[str, ...]
) -> None:
    asked = ("precedence", "FJ", "TV", "Kiribati", "--signal", "credentials_originals", *two)
    ran = run(*asked, "--format", "csv")
    rows = {row["country"]: row for row in csv.DictReader(ran.out.splitlines())}
    # Fiji before Tuvalu in 1/2, on the same day in 1/4: first or tied in 3/4; Tuvalu in 1/2.
    assert (rows["FJI"]["first"], rows["TUV"]["first"]) == ("0.75", "0.5")
    assert (rows["KIR"]["first"], rows["KIR"]["why"]) == ("", "not documented")
