"""`plot robustness QUESTION` on the command line: a question stands in the place of countries."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.shell_completion import BashComplete
from support.fixtures import Put, Run

from recognition_model.cli.app import cli

HOST = "{source: %s, voice: host, credibility: 1, recalled: true, claim: An example.}"
FIJI = f"""\
- {{act: engage, date: 2021-09-01, evidence: [{HOST % "yearbook-2026"}]}}
- {{act: accept_ambassador, date: 2022-01-01, evidence: [{HOST % "almanac-2026"}]}}
"""
CHOICES = """\
format: recognition-choices/1
title: Careful
choices:
  without:
    - {option: nothing, reason: No source is known to be wrong.}
    - {option: almanac-2026, reason: It copies from others.}
"""


@pytest.fixture
def fiji(put: Put) -> tuple[str, ...]:
    """The options for a made-up record of Fiji, with a choices file in the current folder."""
    Path("mine.yaml").write_text(CHOICES, encoding="utf-8")
    return ("--scenarios", str(put(FIJI, "FJI")), "-o", "f.svg")


def test_question_is_drawn_with_the_choices_of_a_file(run: Run, fiji: tuple[str, ...]) -> None:
    asked = ("plot", "robustness", "stage", "Fiji", "2022-05-01")
    ran = run(*asked, *fiji, "--choices", "mine.yaml", "--table")
    assert (ran.code, ran.err) == (0, "")
    # One of two universes: without the almanac, Fiji has no ambassador.
    assert ran.out.splitlines()[0] == (
        "wrote f.svg: Fiji (FJI) on 2022-05-01: ambassador accepted; this holds in 50 % of 2"
        " universes, and a single source carries it"
    )
    rows = list(csv.DictReader(Path("f_table.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["answer"], row["option"], row["share"]) for row in rows] == [
        ("ambassador_accepted", "nothing", "1.0"),
        ("ambassador_accepted", "almanac-2026", "0.0"),
        ("engaged", "nothing", "0.0"),
        ("engaged", "almanac-2026", "1.0"),
    ]


def test_question_may_be_one_word_of_the_shell(run: Run, fiji: tuple[str, ...]) -> None:
    ran = run("plot", "robustness", "stage FJI 2022-05-01", *fiji)
    assert "this holds in " in ran.out


def test_day_by_which_evidence_was_public_counts(run: Run, fiji: tuple[str, ...]) -> None:
    asked = ("plot", "robustness", "stage FJI 2022-05-01", *fiji)
    ran = run(*asked, "--known-by", "2022-06-01")
    # The yearbook and the almanac are of 2026.
    assert ran.out.startswith("wrote f.svg: Fiji (FJI) on 2022-05-01: hostile; this holds in 100 %")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--rules", "strict"), "it goes over the tables that ship; list others in a file"),
        (("--dates", "earliest"), "it goes over all readings of the dates"),
        (("--since", "2020"), "--since cannot be used with `plot robustness`"),
        (("--scale", "listing"), "--scale cannot be used with `plot robustness`"),
    ],
)
def test_option_that_the_picture_cannot_use_is_refused(
    run: Run, fiji: tuple[str, ...], more: tuple[str, ...], message: str
) -> None:
    ran = run("plot", "robustness", "stage FJI 2022-05-01", *fiji, *more)
    assert ran.code == 2
    assert message in ran.err
    assert not Path("f.svg").exists()


def test_choices_are_for_universes_alone(run: Run, fiji: tuple[str, ...]) -> None:
    ran = run("plot", "history", "FJI", *fiji, "--choices", "mine.yaml")
    assert ran.code == 2
    assert "--choices cannot be used with `plot history` (only with: robustness)" in ran.err


def test_question_that_cannot_be_asked_gets_a_hint(run: Run, fiji: tuple[str, ...]) -> None:
    ran = run("plot", "robustness", "stge", "FJI", "2022-05-01", *fiji)
    assert ran.code == 2
    assert "unknown question 'stge': did you mean stage?" in ran.err


def test_word_that_is_no_country_is_still_refused_for_other_pictures(
    run: Run, fiji: tuple[str, ...]
) -> None:
    ran = run("plot", "history", "stage", *fiji)
    assert ran.code == 2
    assert "no country is called 'stage'" in ran.err


def test_check_of_a_file_asks_its_question_again(run: Run, fiji: tuple[str, ...], put: Put) -> None:
    run("plot", "robustness", "stage FJI 2022-05-01", *fiji)
    same = run("cite", "f.svg", "--check", *fiji[:2])
    assert same.code == 0
    put(FIJI.replace("2022-01-01", "2022-06-01"), "FJI")
    assert run("cite", "f.svg", "--check", *fiji[:2]).code == 1
    run("plot", "robustness", "stage FJI 2022-05-01", *fiji, "--choices", "mine.yaml")
    assert "made with a choices file" in " ".join(
        run("cite", "f.svg", "--check", *fiji[:2]).out.split()
    )


def test_completion_offers_questions_then_countries() -> None:
    def completions(*args: str) -> list[str]:
        complete = BashComplete(cli, {}, "recognition-model", "_RECOGNITION_MODEL_COMPLETE")
        return [item.value for item in complete.get_completions(list(args[:-1]), args[-1])]

    assert completions("plot", "robustness", "s") == ["stage", "share"]
    assert completions("plot", "robustness", "stage", "RU") == ["RUS"]
    assert completions("plot", "history", "RU") == ["RUS"]
