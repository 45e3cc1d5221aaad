"""`status`: where a country stands, on which day, and who says so."""

import csv
import json
from pathlib import Path

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


def test_wrong_country_leads_to_the_help_by_its_long_name(run: Run) -> None:
    """Older versions of click name the first option for help, newer ones the longest."""
    done = run("status", "Atlantis")
    assert done.code == 2
    assert "status --help' for help." in done.err


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
        "kind": "country",
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


def test_review_is_shown_only_if_it_looked_beyond_the_end_of_the_data(run: Run, put: Put) -> None:
    head = "documented-until: 2026-01-15"
    path = put(CLEAN)
    for reviewed, shown in (
        ("2026-03-01", "; reviewed up to 2026-03-01, no change found"),
        ("", ""),
    ):
        line = f"{head}\nreviewed: {reviewed}" if reviewed else head
        path.write_text(path.read_text(encoding="utf-8").replace(head, line), encoding="utf-8")
        assert run("status", "--scenarios", path).out.endswith(f"2026-01-15{shown}\n")
        cut = run("status", "--known-by", "2026-01-10", "--scenarios", path).out
        assert "the data end on 2026-01-10\n" in cut
        path = put(CLEAN)


def test_status_known_by_ends_on_that_day(run: Run, put: Put) -> None:
    ran = run("status", "--known-by", "2024-01-01", "--scenarios", put(CLEAN))
    assert ran.out == (
        "Fiji (FJI): no dealings documented (assumed)\n"
        "    no ban documented; since 1996-09-27, assumed at the start\n"
        "    the data end on 2024-01-01\n"
        "As known by 2024-01-01; 4 entries were not yet public.\n"
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
    countries = [line.split()[0] for line in ran.out.splitlines() if " (" in line[:15]]
    assert countries == ["Fiji", "Tuvalu"]
    assert "Of 2 countries on 2026-01-15: 2 evidenced" in " ".join(ran.out.split())


@pytest.mark.parametrize("dates", ["earliest", "latest"])
def test_status_json_asks_all_readings_whether_dates_agree(dates: str, run: Run, put: Put) -> None:
    path = put("- {act: engage, date: 2022-02, evidence: [$press]}\n", begins="2021-08-15")
    asked = ("status", "--dates", dates, "--scenarios", path, "--format", "json", "--on")
    for day, agree in (("2022-02-15", False), ("2022-03-01", True)):
        (country,) = json.loads(run(*asked, day).out)["countries"]
        assert (country["dates_agree"], country["certain"]) == (agree, agree)
        assert len(country["standings"]) == 1


# --- by stage, by a day, by weakness ---------------------------------------------------------


AMBASSADOR = """
- {act: engage, date: 2022-01-01, evidence: [$host]}
- {act: accept_ambassador, date: %s, evidence: [$host]}
"""


def rows_of(run: Run, *args: str | Path) -> list[dict[str, str]]:
    ran = run("status", "--scenarios", "record", "--format", "csv", *args)
    assert ran.code == 0
    return list(csv.DictReader(ran.out.splitlines()))


@pytest.fixture
def four(put: Put) -> None:
    """Three countries that reached the stage ambassador, and one that did not."""
    put(AMBASSADOR % "2024-03-01", country="FJI")
    put(AMBASSADOR % "2023-05-01..2023-07-01", country="TUV")
    put(
        AMBASSADOR % "2023-01-01" + "- {act: break_off, date: 2023-02-01, evidence: [$host]}\n",
        country="KIR",
    )
    put("- {act: engage, date: 2022-01-01, evidence: [$press]}\n", country="TON")


@pytest.mark.usefixtures("four")
def test_status_by_stage_shows_who_is_there_now(run: Run) -> None:
    there = rows_of(run, "--stage", "ambassador_accepted")
    assert [row["country"] for row in there] == ["FJI", "TUV"]
    assert [row["country"] for row in rows_of(run, "--stage", "hostile")] == ["KIR"]


@pytest.mark.usefixtures("four")
def test_status_by_day_shows_who_had_reached_the_stage_in_which_order(run: Run) -> None:
    asked = ("--stage", "ambassador accepted", "--sort", "since", "--by")
    assert [row["country"] for row in rows_of(run, *asked, "2024")] == ["KIR", "TUV", "FJI"]
    assert [row["country"] for row in rows_of(run, *asked, "2024-02-29")] == ["KIR", "TUV"]
    assert rows_of(run, *asked, "2022") == []
    out = run("status", "--scenarios", "record", *asked, "2024").out
    kiribati = next(line for line in out.splitlines() if line.startswith("Kiribati"))
    assert "2023-01-01" in kiribati  # reached it, and is no more there


@pytest.mark.usefixtures("four")
def test_status_by_a_day_within_the_interval_is_perhaps(run: Run) -> None:
    asked = ("status", "--scenarios", "record", "--stage", "ambassador_accepted", "--by")
    assert "perhaps" in run(*asked, "2023-06").out
    assert "perhaps" not in run(*asked, "2023-07").out
    data = json.loads(run(*asked, "2023-06", "--format", "json").out)
    tuvalu = next(one for one in data["countries"] if one["country"] == "TUV")
    assert tuvalu["reached"] == {
        "stage": "ambassador_accepted",
        "date": "2023-05-01..2023-07-01",
        "by": "perhaps",
    }


@pytest.mark.usefixtures("four")
def test_status_since_a_day_leaves_out_what_was_reached_before(run: Run) -> None:
    asked = ("--stage", "ambassador_accepted", "--by", "2024", "--sort", "since", "--since")
    assert [row["country"] for row in rows_of(run, *asked, "2023-03")] == ["TUV", "FJI"]
    within = run("status", "--scenarios", "record", *asked, "2023-06", "--format", "json").out
    reached = {one["country"]: one["reached"]["by"] for one in json.loads(within)["countries"]}
    assert reached == {"TUV": "perhaps", "FJI": "surely"}


@pytest.mark.usefixtures("four")
def test_status_names_a_higher_stage_that_was_reached_instead(run: Run, put: Put) -> None:
    put(
        "- {act: engage, date: 2022-01-01, evidence: [$host]}\n"
        "- {act: recognise, date: 2023-01-01, evidence: [$host]}\n",
        country="WSM",
    )
    asked = ("--scenarios", "record", "--stage", "ambassador_accepted", "--by", "2024")
    ran = run("status", "Samoa", *asked, "--format", "md")
    assert ran.code == 0, ran.err
    assert "| de jure recognition, a higher stage |" in ran.out
    assert "higher" not in run("status", "Fiji", *asked).out


@pytest.mark.usefixtures("four")
def test_status_sorts_by_stage_from_the_highest(run: Run) -> None:
    by_stage = [row["country"] for row in rows_of(run, "--sort", "stage")]
    assert by_stage == ["TUV", "FJI", "TON", "KIR"]
    by_name = [row["country"] for row in rows_of(run)]
    assert by_name == ["FJI", "KIR", "TON", "TUV"]
    assert [row["country"] for row in rows_of(run, "TUV", "FJI")] == ["TUV", "FJI"]


@pytest.mark.usefixtures("four")
def test_status_of_weak_evidence_says_why_it_is_weak(run: Run) -> None:
    weak = {row["country"]: row["weak"] for row in rows_of(run, "--weak")}
    # Every item is graded B3; the press alone says it of Tonga.
    assert weak == {
        "FJI": "one source; no grade above B3",
        "KIR": "one source; no grade above B3",
        "TON": "one source; the word of the press; no grade above B3",
        "TUV": "one source; no grade above B3",
    }
    out = run("status", "--weak", "--scenarios", "record", "--format", "md").out
    assert "the word of" in out


@pytest.mark.usefixtures("four")
def test_status_that_no_country_fits_says_so(run: Run) -> None:
    ran = run("status", "--scenarios", "record", "--stage", "de_jure_recognition")
    assert (ran.code, ran.out) == (
        0,
        "None of 4 countries is documented at the stage de jure recognition.\n",
    )


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["--by", "2024"], "--by needs --stage"),
        (["--since", "2024"], "--since needs --by"),
        (["--stage", "engaged", "--by", "2024", "--on", "2024"], "--by or --on, not both"),
        (["--stage", "ambasador"], "did you mean"),
    ],
)
def test_status_options_that_do_not_fit_exit_2(args: list[str], why: str, run: Run) -> None:
    ran = run("status", *args)
    assert (ran.code, why in ran.err) == (2, True)


def test_status_of_all_fits_80_columns(run: Run) -> None:
    assert max(map(len, run("status").out.splitlines())) <= 80
    assert max(map(len, run("status", "--weak").out.splitlines())) <= 80


def test_status_says_on_which_day_its_countries_are_counted(run: Run, put: Put) -> None:
    put(CLEAN)
    put(CLEAN, country="TUV", until="2025-06-30")
    assert "Of 2 countries, each on the last day of its data: " in run(
        "status", "--scenarios", "record"
    ).out.replace("\n", " ")
    assert "Of 2 countries on 2025-12-31: " in run(
        "status", "--scenarios", "record", "--on", "2025"
    ).out.replace("\n", " ")


@pytest.mark.usefixtures("four")
def test_csv_with_by_says_what_was_reached_and_where_it_stands_on_the_day(run: Run) -> None:
    rows = {row["country"]: row for row in rows_of(run, "--stage", "engaged", "--by", "2023-02-15")}
    kiribati = rows["KIR"]
    assert (kiribati["reached"], kiribati["reached_on"], kiribati["in_window"]) == (
        "engaged",
        "2022-01-01",
        "surely",
    )
    assert (kiribati["day"], kiribati["stage"]) == ("2023-02-15", "hostile")


def test_csv_has_the_voice_of_what_was_reached_beside_the_day_since_which_the_state_holds(
    run: Run, put: Put
) -> None:
    put(
        "- {act: engage, date: 2022-03-01, evidence: [$press]}\n"
        "- {act: accept_ambassador, date: 2024-01-15..2024-01-20, evidence: [$host]}\n"
    )
    asked = ("status", "--scenarios", "record", "--format", "csv")
    found = {}
    for name, more in {
        "reached": ("--stage", "engaged", "--by", "2025"),
        "state": ("--on", "2025"),
        "open": ("--on", "2024-01-16"),
    }.items():
        (row,) = csv.DictReader(run(*asked, *more).out.splitlines())
        found[name] = tuple(row[key] for key in ("reached", "voice", "stage", "since"))
    accepted = ("ambassador_accepted", "2024-01-15..2024-01-20")
    assert found == {
        "reached": ("engaged", "press", *accepted),
        "state": ("", "host", *accepted),
        "open": ("", "host", "engaged; ambassador_accepted", ""),
    }


def test_status_none_of_names_the_days_asked_about(run: Run, put: Put) -> None:
    put("- {act: engage, date: 2021-09-01, evidence: [$host]}\n")
    asked = ("status", "--scenarios", "record", "--stage", "engaged", "--since", "2021-09-02")
    out = " ".join(run(*asked, "--by", "2024").out.split())
    assert out == (
        "None of 1 country is documented to have reached the stage engaged from 2021-09-02 to"
        " 2024-12-31."
    )
