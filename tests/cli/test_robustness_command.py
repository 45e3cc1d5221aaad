"""`robustness`: in how many universes an answer holds, and what turns it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from support.fixtures import Put, Run

from recognition_model.analysis.robustness.choices import Choice

HOST = "{source: %s, voice: host, credibility: %s, recalled: true, claim: An example.}"
YEARBOOK, ALMANAC = HOST % ("yearbook-2026", 3), HOST % ("almanac-2026", 1)
FIJI = f"""\
- {{act: engage, date: 2021-09-01, evidence: [{YEARBOOK}, {ALMANAC}]}}
- {{act: accept_ambassador, date: 2022-01-01, evidence: [{ALMANAC}]}}
"""
TUVALU = f"""\
- {{act: engage, date: 2021-09-01, evidence: [{YEARBOOK}, {ALMANAC}]}}
- {{act: accept_ambassador, date: 2022-03-01..2022-03-04, evidence: [{YEARBOOK}, {ALMANAC}]}}
"""
KEEP = ("--keep", "rules", "--keep", "grade", "--keep", "lag")


@pytest.fixture
def two(put: Put) -> tuple[str, ...]:
    """Fiji first, on the almanac's word alone; Tuvalu after it, on two sources."""
    paths = put(FIJI, "FJI"), put(TUVALU, "TUV")
    return tuple(word for path in paths for word in ("--scenarios", str(path)))


def test_text_says_where_the_answer_holds_and_which_source_carries_it(
    run: Run, two: tuple[str, ...]
) -> None:
    ran = run("robustness", "first", "Fiji", "ambassador_accepted", *KEEP, *two)
    assert (ran.code, ran.err) == (0, "")
    # Three weakest voices, all of them the host's or stronger, by three: nothing, or one of two
    # sources left out. Without the almanac Fiji has no ambassador.
    assert ran.out.splitlines() == [
        "Fiji (FJI) is the first country at ambassador accepted since 2021-08-15.",
        "It holds in 66.7 % of 9 universes; a single source carries it: almanac-2026.",
        "The smallest change: another choice alone turns the answer.",
        "  without almanac-2026: no",
        "Answer  Universes",
        "yes     66.7 %",
        "no      33.3 %",
        "Choice                         Option        Holds in  Turned by",
        "without: source left out       nothing       100 %     nothing",
        "                               almanac-2026  0 %       this alone: no",
        "                               1 other       100 %",
        "voice: weakest voice believed  press         66.7 %    1 change",
        "                               other_state   66.7 %    2 changes",
        "                               host          66.7 %    2 changes",
        "Only one option: rule table, weakest grade believed, reports refused as not",
        "attested, width of ~, days to the day that counts.",
        "A universe is one of 9 combinations of choices; no uncertain date bears on the",
        "answer.",
        "Every combination of choices counts the same. That is an assumption, not",
        "knowledge: a share says how much room the choices leave, not how likely",
        "something was.",
    ]


def test_text_says_plainly_that_nothing_turns_an_answer(run: Run, two: tuple[str, ...]) -> None:
    out = run("robustness", "stage TUV 2022-05-01", *KEEP, *two).out
    assert out.splitlines()[:4] == [
        "Tuvalu (TUV) on 2022-05-01: ambassador accepted.",
        "It holds in 100 % of 9 universes; no single source carries it.",
        "Basis of the day: evidenced. An entry that counts lies at most 730 days back.",
        "No combination of choices turns the answer.",
    ]


def test_json_has_counts_shares_and_smallest_changes(run: Run, two: tuple[str, ...]) -> None:
    asked = ("robustness", "order TUV FJI", *KEEP, *two, "--format", "json")
    data = json.loads(run(*asked).out)
    assert data["format"] == "recognition-robustness/1"
    assert data["question"] == "order TUV FJI ambassador_accepted since 2021-08-15"
    assert (data["answer"], data["universes"], data["holds"]) == ("FJI, TUV", 9, 6)
    assert data["share"] == pytest.approx(2 / 3)
    assert data["carried_by"] == ["almanac-2026"]
    assert data["turned_by"] == [
        {
            "changes": [{"choice": "without", "option": "almanac-2026"}],
            "answer": "TUV; not reached: FJI",
        }
    ]
    assert (data["drawn"], data["seed"], data["readings"]) == (False, None, 1)


def test_dates_that_leave_the_answer_open_are_counted_exactly(
    run: Run, two: tuple[str, ...]
) -> None:
    asked = ("robustness", "stage TUV 2022-03-03", *KEEP, *two)
    data = json.loads(run(*asked, "--format", "json").out)
    assert (data["answer"], data["share"]) == ("ambassador_accepted", 0.75)
    assert (data["universes"], data["holds"], data["readings"]) == (9, 6.75, None)
    out = " ".join(run(*asked).out.split())
    assert "With the shipped choices it holds in 75 % of the readings of the dates." in out
    assert "every reading of its dates was counted" in out


def test_csv_has_a_row_for_each_option(run: Run, two: tuple[str, ...]) -> None:
    out = run("robustness", "first FJI ambassador_accepted", *KEEP, *two, "--format", "csv").out
    rows = list(csv.DictReader(out.splitlines()))
    found = {(row["choice"], row["option"]): row for row in rows}
    assert len(rows) == len(found) == 11
    assert found["without", "almanac-2026"] == {
        "choice": "without",
        "option": "almanac-2026",
        "universes": "3",
        "holds": "0",
        "share": "0.0",
        "answer": "no",
        "turns": "true",
        "fewest": "1",
    }


def test_weakest_grade_leaves_out_what_is_weaker(run: Run, two: tuple[str, ...]) -> None:
    asked = ("robustness", "stage", "TUV", "2022-05-01", "--grade", "A1", *two, "--format", "csv")
    rows = {row["option"]: row for row in csv.DictReader(run(*asked).out.splitlines())}
    assert (rows["F6"]["share"], rows["A1"]["answer"]) == ("1.0", "hostile")


def test_rules_are_the_shipped_table_and_those_named(run: Run, two: tuple[str, ...]) -> None:
    own = Path("own.yaml")
    own.write_text(
        "format: recognition-rules/1\ntitle: Mine\nbase: shipped\nremove: [R04]\n", encoding="utf-8"
    )
    asked = ("robustness", "stage FJI 2022-05-01", *two, "--rules", own, "--rules", "strict")
    rows = list(
        csv.DictReader(run(*asked, "--rules", "shipped", "--format", "csv").out.splitlines())
    )
    found = [(row["option"], row["answer"]) for row in rows if row["choice"] == "rules"]
    assert found == [
        ("The shipped rule table", "ambassador_accepted"),
        ("Mine", "engaged"),
        ("Strict", "ambassador_accepted"),
    ]


def test_rules_file_with_an_error_gives_its_findings(run: Run, two: tuple[str, ...]) -> None:
    ran = run("robustness", "stage FJI 2022-05-01", *two, "--rules", "strcit")
    assert (ran.code, ran.out) == (2, "")
    assert "RM101" in ran.err


def test_day_after_the_data_and_start_that_is_assumed_are_said(
    run: Run, two: tuple[str, ...]
) -> None:
    asked = ("robustness", "share engaged 2026-01-16", *two, "--format", "json")
    assert json.loads(run(*asked).out)["ended"] == ["FJI", "TUV"]  # both end on 2026-01-15
    out = run(*asked[:-2]).out
    assert "The data of 2 countries end before this day: FJI, TUV." in out
    for day, basis in (("2026-01-16", "beyond"), ("2021-08-20", "assumed")):
        data = json.loads(run("robustness", f"stage FJI {day}", *two, "--format", "json").out)
        assert data["basis"] == basis


def test_drawn_readings_and_a_single_combination_are_said(
    run: Run, two: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recognition_model.analysis.robustness.joint_answers.MOST_COUNTED", 1)
    keep = [word for choice in Choice for word in ("--keep", choice.value)]
    asked = ("robustness", "stage TUV 2022-03-03", *two, *keep, "--draws", "500", "--seed", "3")
    out = " ".join(run(*asked).out.split())
    assert "of 500 universes; no source was left out." in out
    assert (
        "A universe is the one combination of choices, with one of 500 readings of the dates,"
        " drawn with seed 3." in out
    )


def test_known_by_asks_the_record_of_that_day(run: Run, two: tuple[str, ...]) -> None:
    asked = ("robustness", "stage FJI 2022-05-01", *two, "--known-by", "2025-12-31")
    assert run(*asked).out.splitlines()[0] == "Fiji (FJI) on 2022-05-01: hostile."


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("frist FJI engaged", "unknown question 'frist': did you mean first?"),
        ("first FJI engagd", "unknown stage 'engagd': did you mean engaged?"),
        ("stage Fjii 2022", "no country is called 'Fjii': did you mean FJI (Fiji)?"),
        ("stage FJI 2022-13", "there is no such date as 2022-13: check the month"),
        ("stage FJI", "the question 'stage' lacks a word: write stage COUNTRY DAY"),
        ("order FJI", "an order has 2 to 15 countries, not 1"),
        ("first FJI engaged since", "the question 'first' lacks a word"),
        ("first UNO engaged", "United Nations (UNO) is an organisation: it has no rank"),
        ("share engaged soon", "soon"),
        ("stage NRU 2022-01-01", "not in the record: Naoero (NRU)"),
        ("first NRU engaged", "not in the record: Naoero (NRU)"),
    ],
)
def test_question_that_cannot_be_asked_gets_a_hint_and_exit_code_2(
    run: Run, two: tuple[str, ...], words: str, error: str
) -> None:
    ran = run("robustness", words, *two)
    assert (ran.code, ran.out) == (2, "")
    assert error in " ".join(ran.err.split())


@pytest.mark.parametrize(
    ("option", "value", "error"),
    [
        ("--voice", "hots", "unknown voice 'hots': did you mean host?"),
        ("--grade", "G9", "a grade is a letter A to F and a digit 1 to 6, not 'G9'"),
        ("--fuzz", "1,x", "'x' is not a whole number"),
        ("--lag", "9999", "9999 is not between 0 and 3650"),
    ],
)
def test_option_that_is_no_list_of_its_kind_is_refused(
    run: Run, two: tuple[str, ...], option: str, value: str, error: str
) -> None:
    ran = run("robustness", "stage FJI 2022", option, value, *two)
    assert ran.code == 2
    assert error in " ".join(ran.err.split())


def test_workers_are_not_for_a_cluster(run: Run, two: tuple[str, ...]) -> None:
    asked = ("robustness", "stage TUV 2022-03-03", *two, "--dask", "tcp://127.0.0.1:1")
    ran = run(*asked, "--workers", "2")
    assert (ran.code, ran.out) == (2, "")
    assert "--workers cannot be used with --dask: that cluster has its own" in ran.err


@pytest.mark.nightly
def test_cluster_that_is_not_there_is_said(run: Run, two: tuple[str, ...]) -> None:
    pytest.importorskip("distributed")
    ran = run("robustness", "stage TUV 2022-03-03", *two, "--dask", "tcp://127.0.0.1:1")
    assert (ran.code, ran.out) == (2, "")
    assert "no cluster on tcp://127.0.0.1:1" in ran.err


# --- a file of reasonable choices ----------------------------------------------------------------

CHOICES = """\
format: recognition-choices/1
title: Careful
choices:
  voice:
    - {option: press, reason: All are believed.}
    - {option: host, reason: Only the country itself is believed.}
  without:
    - {option: nothing, reason: No source is known to be wrong.}
    - {option: almanac-2026, reason: It copies from others.}
"""
UNIVERSES = """\
format: recognition-choices/1
title: Three
universes:
  - {name: usual, reason: As most do.}
  - {name: hosts, reason: Only the country itself is believed., voice: host, grade: B2}
  - {name: no almanac, reason: It copies from others., without: almanac-2026}
"""


def choices(text: str) -> Path:
    path = Path("secret-folder-mine.yaml")
    path.write_text(text, encoding="utf-8")
    return path


def test_choices_are_gone_over_and_their_reasons_given(run: Run, two: tuple[str, ...]) -> None:
    asked = ("robustness", "first", "FJI", "ambassador_accepted", *two)
    ran = run(*asked, "--choices", choices(CHOICES))
    assert (ran.code, ran.err) == (0, "")
    # Two voices, either of them the hosts', by two: with the almanac and without it.
    out = " ".join(ran.out.split())
    assert "It holds in 50 % of 4 universes; a single source carries it: almanac-2026." in out
    assert (
        "gives them: voice press: All are believed. voice host: Only the country itself is"
        " believed. without nothing: No source is known to be wrong. without almanac-2026: It"
        " copies from others. A universe is one of 4 combinations of choices that Careful (choices"
    ) in out
    assert "secret-folder" not in out


def test_listed_universes_are_given_one_by_one(run: Run, two: tuple[str, ...]) -> None:
    asked = ("robustness", "first", "FJI", "ambassador_accepted", *two)
    out = run(*asked, "--choices", choices(UNIVERSES)).out
    assert "It holds in 66.7 % of 3 universes" in out
    lines = [" ".join(line.split()) for line in out.splitlines()]
    at = lines.index("Universe Options Answer Holds in")
    # The almanac is a source of grade B and its item a 1; the yearbook's, a 3, falls away.
    assert lines[at + 1 : at + 4] == [
        "usual as shipped yes 100 %",
        "hosts voice host and grade B2 yes 100 %",
        "no almanac without almanac-2026 no 0 %",
    ]


def test_json_and_csv_of_a_choices_file_have_its_reasons(run: Run, two: tuple[str, ...]) -> None:
    asked = ("robustness", "stage FJI 2022-05-01", *two, "--choices", choices(CHOICES))
    ran = run(*asked, "--format", "json")
    data = json.loads(ran.out)
    assert data["chosen"]["title"] == "Careful"
    assert len(data["chosen"]["digest"]) == 12
    options = {o["option"]: o for choice in data["choices"] for o in choice["options"]}
    assert options["host"]["reason"] == "Only the country itself is believed."
    assert options["F6"]["reason"] == ""
    assert "secret-folder" not in ran.out
    rows = list(csv.DictReader(run(*asked, "--format", "csv").out.splitlines()))
    assert {row["option"]: row["reason"] for row in rows}[
        "almanac-2026"
    ] == "It copies from others."
    asked = ("robustness", "stage FJI 2022-05-01", *two, "--choices", choices(UNIVERSES))
    listed = json.loads(run(*asked, "--format", "json").out)["chosen"]["listed"]
    assert listed[1] == {
        "name": "hosts",
        "reason": "Only the country itself is believed.",
        "options": [{"choice": "voice", "option": "host"}, {"choice": "grade", "option": "B2"}],
        "answer": "ambassador_accepted",
        "share": 1.0,
    }


def test_text_says_where_the_first_options_are_not_the_shipped_ones(
    run: Run, two: tuple[str, ...]
) -> None:
    turned = CHOICES.replace("option: press", "option: other_state")
    ran = run("robustness", "stage FJI 2022-05-01", *two, "--choices", choices(turned))
    out = " ".join(ran.out.split())
    assert (
        "This is the answer of the first option of each choice, not of the shipped ones: voice"
        " other_state."
    ) in out


def test_claim_about_sources_covers_those_left_out_alone(run: Run, two: tuple[str, ...]) -> None:
    asked = ("robustness", "stage TUV 2022-05-01", *two, "--choices")
    out = " ".join(run(*asked, choices(CHOICES)).out.split())
    assert "none of the 1 source left out carries it alone" not in out
    assert "the one source left out does not carry it" in out
    none = CHOICES.replace("    - {option: almanac-2026, reason: It copies from others.}\n", "")
    assert "no source was left out" in run(*asked, choices(none)).out


def test_sources_left_out_that_no_entry_cites_are_named(run: Run, two: tuple[str, ...]) -> None:
    asked = ("robustness", "stage TUV 2022-05-01", *two, "--choices")
    one = CHOICES.replace("almanac-2026", "global-times-2024-01-31")
    assert (
        "This source was left out, but no entry asked about cites it: global-times-2024-01-31."
    ) in " ".join(run(*asked, choices(one)).out.split())
    line = "    - {option: global-times-2024-01-31, reason: It copies from others.}\n"
    both = one.replace(line, line + line.replace("global-times-2024-01-31", "rg-2025-07-03"))
    assert (
        "These sources were left out, but no entry asked about cites them:"
        " global-times-2024-01-31, rg-2025-07-03."
    ) in " ".join(run(*asked, choices(both)).out.split())


@pytest.mark.parametrize(
    ("option", "hint"),
    [
        (
            ("--rules", "strict"),
            "--rules cannot be used with --choices: list it in the file, under",
        ),
        (("--voice", "host"), "under `voice:`"),
        (("--grade", "B2"), "under `grade:`"),
        (("--fuzz", "1"), "under `fuzz:`"),
        (("--lag", "0"), "under `lag:`"),
        (("--keep", "voice"), "a choice that the file does not list stays as shipped"),
    ],
)
def test_option_that_says_what_the_file_says_is_refused(
    run: Run, two: tuple[str, ...], option: tuple[str, ...], hint: str
) -> None:
    asked = ("robustness", "stage TUV 2022-05-01", *two)
    ran = run(*asked, "--choices", choices(CHOICES), *option)
    assert ran.code == 2
    assert f"{option[0]} cannot be used with --choices" in ran.err
    assert hint in ran.err


def test_choices_file_with_errors_gives_its_findings(run: Run, two: tuple[str, ...]) -> None:
    wrong = CHOICES.replace("option: host", "option: hots").replace("almanac-2026", "almanac-2027")
    ran = run("robustness", "stage TUV 2022-05-01", *two, "--choices", choices(wrong))
    assert ran.code == 1
    assert "6:16: error RM204 'hots' is not known here" in ran.err
    assert "9:16: error RM273 the source 'almanac-2027' is not in the register" in ran.err
    assert "did you mean almanac-2026?" in ran.err
