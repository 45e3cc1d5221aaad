"""`status`: where a country stands, on which day, and who says so."""

import csv
import json

import pytest
from support.commands import CLEAN
from support.fixtures import Put, Ran, Run


def test_status_of_one_country_gives_state_beginning_evidence_and_end(run: Run, put: Put) -> None:
    ran = run("status", "--scenarios", put(CLEAN))
    assert ran == Ran(
        0,
        "Fiji (FJI): engaged\n"
        "    no ban documented; since 2022-02-01 to 2022-02-03, engage: the press in The\n"
        "    Example Yearbook, 2026-01-01 (B3, yearbook-2026)\n"
        "    the data end on 2026-01-15\n",
        "",
    )


def test_status_on_uncertain_day_says_which_states_are_possible(run: Run, put: Put) -> None:
    ran = run("status", "FJI", "--on", "2022-02-02", "--scenarios", put(CLEAN))
    assert ran.code == 0
    assert " ".join(ran.out.split()).startswith(
        "Fiji (FJI): no dealings documented (assumed) or engaged: the act is dated "
        "2022-02-01..2022-02-03 no ban documented; "
    )
    assert "since" not in ran.out


def test_status_on_uncertain_day_says_when_a_silent_country_was_last_heard_of(
    run: Run, put: Put
) -> None:
    path = put(
        """
        - {status: {stage: hostile}, date: 2021-08-20, evidence: [$press]}
        - {act: engage, date: 2023-08..2024-06, evidence: [$press]}
        """
    )
    # 730 days after 2021-08-20 is 2023-08-20.
    near = run("status", "--on", "2023-08-20", "--scenarios", path).out
    silent = run("status", "--on", "2023-08-21", "--scenarios", path).out
    assert "last heard" not in near
    assert " ".join(silent.split()) == " ".join(near.split()).replace(
        "documented; hostile", "documented; last heard 2021-08-20, hostile"
    )


@pytest.mark.parametrize(
    ("dates", "since"), [("earliest", "since 2022-02-01"), ("latest", "since 2021-08-15")]
)
def test_status_with_dates_read_at_one_end_is_certain_and_says_so(
    run: Run, put: Put, dates: str, since: str
) -> None:
    engage = "- {act: engage, date: 2022-02, evidence: [$press]}\n"
    path = put(engage, begins="2021-08-15")
    ran = run("status", "--on", "2022-02-02", "--dates", dates, "--scenarios", path)
    assert since in ran.out
    assert ran.out.endswith(f"\nEvery uncertain date is read at its {dates} possible day.\n")
    ran = run("status", "--dates", dates, "--scenarios", path, "--format", "json")
    assert json.loads(ran.out)["dates"] == dates


def test_status_reads_dates_in_all_ways_by_default(run: Run, put: Put) -> None:
    path = put("- {act: engage, date: 2022-02, evidence: [$press]}\n")
    asked = ("status", "--on", "2022-02-02", "--scenarios", path)
    assert run(*asked) == run(*asked, "--dates", "all")
    assert "(assumed) or engaged: the act" in run(*asked).out


def test_status_json_lists_every_possible_state(run: Run, put: Put) -> None:
    path = put(CLEAN)
    ran = run("status", "--on", "2022-02-02", "--scenarios", path, "--format", "json")
    data = json.loads(ran.out)
    assert (data["format"], data["known_by"]) == ("recognition-status/1", None)
    (country,) = data["countries"]
    states = country.pop("standings")
    assert country == {
        "country": "FJI",
        "name": "Fiji",
        "day": "2022-02-02",
        "words": "no dealings documented (assumed) or engaged: "
        "the act is dated 2022-02-01..2022-02-03",
        "basis": "assumed",
        "certain": False,
        "dates_agree": False,
        "within_record": True,
        "documented_until": "2026-01-15",
        "reviewed": None,
        "last_entry": None,
        "next_entry": {"date": "2022-02-01..2022-02-03", "what": "act engage", "line": 7},
        "days_since": None,
        "weak": ["assumed", "the word of the press", "no grade above B3"],
        "doctrine": None,
    }
    assert states == [
        {
            "stage": "hostile",
            "ban": "none",
            "since": "1996-09-27",
            "act": None,
            "rule": None,
            "attestation": None,
            "evidence": [],
        },
        {
            "stage": "engaged",
            "ban": "none",
            "since": "2022-02-01..2022-02-03",
            "act": "engage",
            "rule": "R02",
            "attestation": "reported",
            "evidence": ["yearbook-2026", "almanac-2026"],
        },
    ]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("1990-01-01", "not documented"),
        ("1996-09-27", "no dealings documented (assumed)"),
        ("2022-01-31", "no dealings documented (assumed)"),
        ("2022-02-03", "engaged"),
        ("2026-01-15", "engaged"),
        ("2026-01-16", "engaged (last documented 2026-01-15)"),
    ],
)
def test_status_before_during_and_after_record(day: str, words: str, run: Run, put: Put) -> None:
    ran = run("status", "--on", day, "--scenarios", put(CLEAN), "--format", "json")
    assert json.loads(ran.out)["countries"][0]["words"] == words


def test_status_known_by_ends_on_that_day(run: Run, put: Put) -> None:
    ran = run("status", "--known-by", "2024-01-01", "--scenarios", put(CLEAN))
    assert ran.out == (
        "Fiji (FJI): no dealings documented (assumed)\n"
        "    no ban documented; since 1996-09-27, assumed at the start\n"
        "    the data end on 2024-01-01\n"
    )
    data = run("status", "--known-by", "2024-01-01", "--scenarios", "record", "--format", "json")
    assert json.loads(data.out)["known_by"] == "2024-01-01"


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (["RUS"], ["RUS"]),
        (["ru"], ["RUS"]),
        (["Russia"], ["RUS"]),
        (["russian federation"], ["RUS"]),
        (["NO", "nor", "Norway"], ["NOR"]),
        (["kz", "China", "RUS", "KAZ"], ["KAZ", "CHN", "RUS"]),
        (["UK", "Türkiye"], ["GBR", "TUR"]),
    ],
)
def test_countries_by_any_name_appear_once_in_order_given(
    asked: list[str], codes: list[str], run: Run
) -> None:
    ran = run("status", *asked, "--format", "json")
    assert ran.code == 0
    assert [country["country"] for country in json.loads(ran.out)["countries"]] == codes


def test_status_of_all_is_sorted_by_country_name(run: Run) -> None:
    rows = list(csv.DictReader(run("status", "--format", "csv").out.splitlines()))
    names = [row["name"] for row in rows]
    assert len(names) > 10
    assert names == sorted(names)


def test_several_paths_form_one_record(run: Run, put: Put) -> None:
    fiji, tuvalu = put(CLEAN), put(CLEAN, country="TUV")
    ran = run("status", "--scenarios", tuvalu, "--scenarios", fiji)
    *countries, basis = [line for line in ran.out.splitlines() if line[0] != " "]
    assert [line.split()[0] for line in countries] == ["Fiji", "Tuvalu"]
    assert basis.startswith("Of 2 countries: 2 evidenced")


@pytest.mark.parametrize("dates", ["earliest", "latest"])
def test_status_json_asks_all_readings_whether_dates_agree(dates: str, run: Run, put: Put) -> None:
    path = put("- {act: engage, date: 2022-02, evidence: [$press]}\n", begins="2021-08-15")
    asked = ("status", "--dates", dates, "--scenarios", path, "--format", "json", "--on")
    for day, agree in (("2022-02-15", False), ("2022-03-01", True)):
        (country,) = json.loads(run(*asked, day).out)["countries"]
        assert (country["dates_agree"], country["certain"]) == (agree, agree)
        assert len(country["standings"]) == 1
