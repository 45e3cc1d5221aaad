"""`--scale` on the command line: the level beside the stage, in panels and in the codebook."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from support.commands import keys_of
from support.fixtures import Put, Run

import recognition_model as rm
from recognition_model.cli.levels import LEVEL_COLUMNS
from recognition_model.exports import export
from recognition_model.plots.kinds import KINDS

SCALED = [kind for kind, known in KINDS.items() if known.scaled]

ENGAGED = """
    - {act: engage, date: 2022-02-01, evidence: [$host]}
    - {signal: charge_accepted, date: 2023-05-01..2023-05-20, evidence: [$host]}
"""
OWN = """\
format: recognition-scale/1
name: flags
title: A flag
about: Made up.
levels:
  - {level: down, meaning: No flag.}
  - {level: up, meaning: A flag., entered-by: [{signals: [charge_accepted]}]}
"""


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


# --- status ------------------------------------------------------------------------------------


def test_status_of_one_country_names_the_entries_behind_its_level(run: Run) -> None:
    done = run("status", "RUS", "--on", "2024-05-28", "--scale", "representation")
    said = " ".join(done.out.split())
    assert "Representation of the Taliban: chargé d'affaires since 2022-04-06" in said
    assert "rests on signal charge accepted 2022-04-06, its own authorities" in said


def test_status_names_the_scale_by_title_and_digest(run: Run) -> None:
    done = run("status", "RUS", "--scale", "listing")
    assert f"(scale {rm.load_scale('listing').digest})" in " ".join(done.out.split())


def test_status_of_many_has_a_column_for_the_level(run: Run) -> None:
    done = run("status", "--on", "2025-12-31", "--scale", "relations", "--format", "md")
    (russia,) = (line for line in done.out.splitlines() if line.startswith("| **Russia**"))
    assert "| recognised since 2025-07-03 |" in russia


def test_status_says_where_the_dates_leave_two_levels(run: Run, put: Put) -> None:
    record = put(ENGAGED)
    asked = ("status", "FJI", "--scenarios", record, "--on", "2023-05-10", "--format", "csv")
    (row,) = rows_of(run(*asked, "--scale", "representation").out)
    assert (row["level"], row["levels"]) == ("", "contact; charge")
    assert (row["level_since"], row["level_entries"]) == ("", "1; 2")


def test_status_without_a_scale_has_no_level(run: Run) -> None:
    assert "level" not in json.loads(run("status", "RUS", "--format", "json").out)["countries"][0]


def test_explain_knows_every_key_that_a_scale_adds(run: Run) -> None:
    data = json.loads(run("status", "RUS", "--scale", "relations", "--format", "json").out)
    added = {*keys_of(data["scale"]), "scale", *keys_of(data["countries"][0]["level"]), "level"}
    unknown = [key for key in (*added, *LEVEL_COLUMNS) if run("explain", key).code]
    assert unknown == []


def test_scale_of_ones_own_is_read_from_its_path(run: Run, put: Put, tmp_path: Path) -> None:
    path = tmp_path / "flags.yaml"
    path.write_text(OWN, encoding="utf-8")
    done = run("status", "FJI", "--scenarios", put(ENGAGED), "--scale", path)
    assert "A flag: up since 2023-05-01 to 2023-05-20" in " ".join(done.out.split())
    assert str(path) not in done.out


def test_mistakes_of_a_scale_are_told_with_their_places(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "flags.yaml"
    path.write_text(OWN.replace("charge_accepted", "charge_acepted"), encoding="utf-8")
    done = run("status", "RUS", "--scale", path)
    assert done.code == 2
    assert "flags.yaml:7:59: RM252" in done.err
    assert "did you mean charge_accepted" in done.err


def test_unknown_scale_gives_a_suggestion(run: Run) -> None:
    done = run("status", "RUS", "--scale", "representations")
    assert done.code == 2
    assert "did you mean representation or" in done.err


# --- panels and the codebook -------------------------------------------------------------------


@pytest.fixture
def years(run: Run, put: Put) -> list[dict[str, str]]:
    """The country-years of a made-up record, with its levels."""
    asked = ("export", "csv", "--scenarios", put(ENGAGED, until="2023-12-31"), "--unit", "year")
    return rows_of(run(*asked, "--scale", "representation", "-o", "-").out)


def test_panel_has_the_level_at_the_end_of_the_year(years: list[dict[str, str]]) -> None:
    last = {row["year"]: (row["level"], row["level_code"]) for row in years}
    assert [last[year] for year in ("2021", "2022", "2023")] == [
        ("none", "0"),
        ("contact", "1"),
        ("charge", "3"),
    ]


def test_panel_names_the_entries_of_each_level_by_number(years: list[dict[str, str]]) -> None:
    assert [row["level_entries"] for row in years[-3:]] == ["", "1", "2"]
    assert years[-1]["level_since"] == "2023-05-01..2023-05-20"


def test_days_between_two_readings_have_both_levels(run: Run, put: Put) -> None:
    record = put(ENGAGED, until="2023-12-31")
    asked = ("export", "csv", "--scenarios", record, "--unit", "day", "--scale", "representation")
    days = {row["day"]: row for row in rows_of(run(*asked, "-o", "-").out)}
    between = days["2023-05-10"]
    assert (between["level"], between["level_low"], between["level_high"]) == (
        "",
        "contact",
        "charge",
    )
    assert between["levels"] == "contact charge"
    assert [days[day]["level"] for day in ("2023-04-30", "2023-05-20")] == ["contact", "charge"]


@pytest.mark.parametrize(("dates", "level"), [("earliest", "charge"), ("latest", "contact")])
def test_one_reading_of_the_dates_has_one_level(dates: str, level: str, run: Run, put: Put) -> None:
    record = put(ENGAGED, until="2023-12-31")
    asked = ("export", "csv", "--scenarios", record, "--unit", "day", "--dates", dates)
    days = rows_of(run(*asked, "--scale", "representation", "-o", "-").out)
    assert [row["level"] for row in days if row["day"] == "2023-05-10"] == [level]


@pytest.mark.parametrize("unit", ["day", "month", "year"])
def test_panel_says_what_a_level_history_says(unit: str, shipped: tuple[rm.Replay, ...]) -> None:
    scale = rm.load_scale("representation")
    some = [replay for replay in shipped if replay.country in ("CHN", "MYS", "RUS", "USA")]
    histories = {replay.country: rm.levels_of(replay, scale) for replay in some}
    table = rm.panel(some, unit, scale=scale)
    names = [field.name for field in table.fields]
    at = {name: names.index(name) for name in ("country", "day", "level", "levels")}
    seen = set()
    for row in table.iter_rows():
        if unit == "day" and row[at["day"]].day not in (1, 17):  # type: ignore[union-attr]
            continue
        position = histories[str(row[at["country"]])].on(row[at["day"]])  # type: ignore[arg-type]
        assert row[at["level"]] == (position.level.level if position.level else None)
        assert set(str(row[at["levels"]]).split()) == {level.level for level in position.levels}
        seen.add(row[at["level"]])
    assert {"none", "contact", "mission", "charge", "ambassador"} <= seen


def test_later_entries_of_a_level_are_named_from_their_day_on(run: Run, put: Put) -> None:
    again = "    - {signal: charge_accepted, date: 2023-09-01, evidence: [$press]}\n"
    asked = ("export", "csv", "--scenarios", put(ENGAGED + again, until="2023-12-31"))
    rows = rows_of(run(*asked, "--unit", "day", "--scale", "representation", "-o", "-").out)
    days = {row["day"]: row["level_entries"] for row in rows}
    assert [days[day] for day in ("2023-08-31", "2023-09-01", "2023-12-31")] == ["2", "2 3", "2 3"]


def test_version_of_a_panel_has_the_digest_of_the_scale(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "years.csv"
    run("export", "csv", "RUS", "--unit", "year", "--scale", "relations", "-o", path)
    described = json.loads((tmp_path / "years_datapackage.json").read_text(encoding="utf-8"))
    assert f".scale.relations-{rm.load_scale('relations').digest}." in described["version"]


def test_codebook_has_each_level_with_its_meaning(shipped: tuple[rm.Replay, ...]) -> None:
    scale = rm.load_scale("representation")
    rows = rows_of(export("codebook", shipped[:2], "csv", scale=scale).decode())
    of_years = [row for row in rows if row["in_table"] == "country_year"]
    values = [row for row in of_years if row["variable"] == "level"]
    assert [(row["value"], row["place"]) for row in values[1:]] == [
        (name, str(at)) for at, name in enumerate(scale.names)
    ]
    assert values[-1]["meaning"] == scale.levels[-1].meaning
    assert scale.in_words in values[0]["rule"]


def test_frame_leaves_the_levels_of_other_states_empty(run: Run, put: Put) -> None:
    asked = ("export", "csv", "--scenarios", put(ENGAGED), "--unit", "year", "--frame", "cow")
    rows = rows_of(run(*asked, "--scale", "representation", "-o", "-").out)
    outside = [row for row in rows if row["country"] == "RUS"]
    assert {row["level_low"] for row in outside} == {""}
    assert {row["level_low"] for row in rows if row["in_record"] == "true"} == {
        "none",
        "contact",
        "charge",
    }


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("csl", "-o", "x.json"), "--scale cannot be used with `export csl`"),
        (("csv", "--table", "waits", "-o", "x.csv"), "waits is not a panel"),
    ],
)
def test_scale_goes_with_panels_alone(args: tuple[str, ...], told: str, run: Run) -> None:
    done = run("export", *args, "--scale", "relations")
    assert done.code == 2
    assert told in done.err


# --- pictures ----------------------------------------------------------------------------------


def test_command_refuses_a_scale_for_other_kinds(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.svg"
    done = run("plot", "history", "RUS", "--scale", "relations", "-o", path)
    assert done.code == 2
    assert f"(only with: {', '.join(SCALED)})" in done.err
    assert not path.exists()


@pytest.mark.parametrize("kind", SCALED)
def test_picture_of_a_shipped_scale_is_made_again(kind: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.svg"
    assert run("plot", kind, "--scale", "listing", "-o", path).code == 0
    assert run("cite", path, "--check").code == 0


def test_table_of_a_shipped_scale_is_made_again(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "years.csv"
    run("export", "csv", "RUS", "--unit", "year", "--scale", "listing", "-o", path)
    assert run("cite", path, "--check").code == 0


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--scale", "relations", "--stage", "engaged"), "--level names a level of it"),
        (("--level", "contact"), "--level needs --scale"),
        (("--scale", "relations", "--level", "contakt"), "did you mean contact?"),
    ],
)
def test_time_to_a_level_takes_a_level_of_its_scale(
    args: tuple[str, ...], told: str, run: Run, tmp_path: Path
) -> None:
    done = run("plot", "time-to-stage", *args, "-o", tmp_path / "x.svg")
    assert done.code == 2
    assert told in done.err


def test_picture_of_the_time_to_a_level_is_made_again(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.svg"
    asked = ("--scale", "relations", "--level", "diplomatic", "-o", path)
    assert run("plot", "time-to-stage", *asked).code == 0
    assert run("cite", path, "--check").code == 0


# --- prove ---------------------------------------------------------------------------------------

ENDS = 19
"""Acts with a state that a rule leads to: ban 1, engage 3, delist 1, accept 2, recognise 2,
withdraw 2, downgrade 2, break off 3, lapse 3.
"""


def test_proof_of_a_scale_says_what_was_tried_and_what_the_record_reaches(
    run: Run, put: Put
) -> None:
    path = Path("flags.yaml")
    path.write_text(OWN, encoding="utf-8")
    done = run("prove", "--scale", path, "--scenarios", put(ENGAGED))
    cases = 2 * (18 * len(rm.shipped_vocabulary().families) + ENDS)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"Always: {cases:,} cases of a level, a state and an entry tried",
        f"  scale        A flag (scale {rm.load_scale(path).digest})",
        "  levels       down < up",
        "  total        each of the 18 states has a level",
        "  unambiguous  no entry leads to two levels",
        "",
        "Sometimes, in 1 country: 2 entries, 1 moves a level",
        "  down  reached 1  FJI",
        "  up    reached 1  FJI",
        "",
        f"total and unambiguous: {cases:,} cases, 2 entries, 1 move, 0 shortcomings",
    ]


def test_proof_names_the_entries_that_the_state_keeps_out(run: Run, put: Put) -> None:
    path = Path("flags.yaml")
    held = "{level: up, held-in: {stages: [ambassador_accepted]}, "
    path.write_text(OWN.replace("{level: up, ", held), encoding="utf-8")
    done = run("prove", "--scale", path, "--scenarios", put(ENGAGED))
    assert done.code == 0
    said = " ".join(done.out.split())
    assert "they move nothing FJI: signal charge_accepted 2023-05-01..2023-05-20, not up" in said
    assert "up reached 0" in said


def test_proof_of_a_scale_as_json(run: Run, put: Put) -> None:
    Path("flags.yaml").write_text(OWN, encoding="utf-8")
    asked = ("prove", "--scale", "flags.yaml", "--scenarios", put(ENGAGED), "--format", "json")
    data = json.loads(run(*asked).out)
    assert data["format"] == "recognition-scale-proof/1"
    assert (data["ok"], data["entries"], data["moves"]) == (True, 2, 1)
    assert data["reached"] == [
        {"level": "down", "countries": ["FJI"]},
        {"level": "up", "countries": ["FJI"]},
    ]


def test_proof_of_a_scale_with_a_mistake_shows_its_line_and_ends_with_1(run: Run, put: Put) -> None:
    twice = "  - {level: top, meaning: Up., entered-by: [{signals: [charge_accepted]}]}\n"
    Path("flags.yaml").write_text(OWN + twice, encoding="utf-8")
    done = run("prove", "--scale", "flags.yaml", "--scenarios", put(ENGAGED))
    assert (done.code, done.out) == (1, "")
    assert "flags.yaml:8" in done.err
    assert "error RM255" in done.err


def test_proof_of_an_unknown_scale_names_the_nearest(run: Run) -> None:
    done = run("prove", "--scale", "listings")
    assert done.code == 2
    assert "no scale 'listings': did you mean listing?" in done.err


def test_scale_is_proven_over_the_acts_of_another_rule_table(run: Run, put: Put) -> None:
    put("    - {act: engage, date: 2022-02-01, evidence: [$press]}\n")
    asked = ("prove", "--scale", "representation", "--scenarios", "record", "--format", "json")
    assert json.loads(run(*asked).out)["entries"] == 1
    strict = run(*asked, "--rules", "strict")
    assert json.loads(strict.out)["entries"] == 0
    assert json.loads(strict.out)["answered_by"]["title"] == "Strict"
    assert "note: answered by the rules of Strict" in strict.err
