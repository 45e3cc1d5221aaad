"""Numbered releases of a made-up record, what they correct, and files made from them."""

from __future__ import annotations

import csv
import io
import json
import re
import runpy
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.fixtures import Put, Run
from support.paths import ROOT

import recognition_model as rm
from recognition_model.io import releases as kept

ENGAGED = """\
- act: engage
  date: 2022-03-01
  evidence: [$host]
"""
LATER = ENGAGED.replace("03-01", "05-01")
# March has 31 days and April 30.
STATE = "Fiji, state 2022-03-01 to 2022-04-30: hostile, no ban documented, was engaged, no ban"
CFF = "CITATION.cff"
REASON = "The gazette gives the first of May."


class Releases:
    """Makes releases of the record in the folder `record`, as a maintainer does."""

    def __init__(self, put: Put) -> None:
        self.put = put
        Path(CFF).write_text((ROOT / CFF).read_text("utf-8"), "utf-8")
        self.main = runpy.run_path(str(ROOT / "tools" / "make_release.py"))["main"]

    def make(self, number: int, day: str) -> int:
        where = ("--record", "record", "--folder", "seeds/releases", "--citation", CFF)
        with redirect_stdout(io.StringIO()):
            done: int = self.main([str(number), "--day", day, *where])
        return done

    def give_reasons(self) -> None:
        draft = Path("release-reasons.yaml")
        text = draft.read_text("utf-8")
        draft.write_text(text.replace('reason: ""', f'reason: "{REASON}"'), "utf-8")


@pytest.fixture
def releases(put: Put, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Releases:
    """Releases of the test's own, in place of those of the package."""
    monkeypatch.setattr(kept, "record_root", lambda name: tmp_path / name)
    return Releases(put)


@pytest.fixture
def corrected(releases: Releases, run: Run) -> Releases:
    """Two releases: the second dates the dealings of Fiji two months later."""
    releases.put(ENGAGED)
    assert releases.make(1, "2026-01-31") == 0
    assert run("plot", "history", "FJI", "--scenarios", "record", "-o", "one.svg").code == 0
    table = ("--table", "country_year", "-o", "one.csv")
    assert run("export", "csv", "FJI", "--scenarios", "record", *table).code == 0
    releases.put(LATER)
    assert releases.make(2, "2026-06-30") == 1
    releases.give_reasons()
    assert releases.make(2, "2026-06-30") == 0
    return releases


def test_release_with_a_correction_without_a_reason_is_refused(
    releases: Releases, capsys: pytest.CaptureFixture[str]
) -> None:
    releases.put(ENGAGED)
    assert releases.make(1, "2026-01-31") == 0
    releases.put(LATER)
    capsys.readouterr()
    assert releases.make(2, "2026-06-30") == 1
    said = "2 of 2 corrections have no reason: fill in `reason:` in release-reasons.yaml"
    assert capsys.readouterr().err.strip() == said
    assert not Path("seeds/releases/2.yaml").exists()


@pytest.mark.parametrize(
    ("number", "day", "said"),
    [
        (3, "2026-06-30", "the next release has the number 2, not 3"),
        (1, "2026-06-30", "the next release has the number 2, not 1"),
        (2, "2026-01-30", "release 1 is of 2026-01-31, which is after 2026-01-30"),
        (2, "2026-06-30", "the record is exactly release 1"),
    ],
)
def test_release_out_of_order_or_of_nothing_new_is_refused(
    releases: Releases, number: int, day: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    releases.put(ENGAGED)
    assert releases.make(1, "2026-01-31") == 0
    capsys.readouterr()
    assert releases.make(number, day) == 1
    assert capsys.readouterr().err.strip() == said


def test_record_with_errors_is_not_released(
    releases: Releases, capsys: pytest.CaptureFixture[str]
) -> None:
    releases.put(ENGAGED.replace("03-01", "13-01"))
    assert releases.make(1, "2026-01-31") == 1
    assert "RM402" in capsys.readouterr().err


def test_citation_file_names_the_last_release_and_its_day(corrected: Releases) -> None:
    before, after = (yaml.safe_load(p.read_text("utf-8")) for p in (ROOT / CFF, Path(CFF)))
    data, program = after.pop("preferred-citation"), before.pop("preferred-citation")
    assert (data["version"], str(data["date-released"])) == ("2", "2026-06-30")
    assert (data["title"], after) == (program["title"], before)


def test_corrections_of_a_release_are_listed_with_their_reason(
    corrected: Releases, run: Run
) -> None:
    ran = run("corrections", "--scenarios", "record")
    text = " ".join(ran.out.split())
    assert ran.code == 0
    assert "2 corrections and 0 additions in all releases." in text
    assert "Corrections: data release 2 of 2026-06-30" in text
    assert f"{STATE} documented. Reason: {REASON}" in text
    assert "in no release yet" not in text


def test_corrections_in_json_and_csv_have_release_days_and_sources(
    corrected: Releases, run: Run
) -> None:
    data = json.loads(run("corrections", "--scenarios", "record", "--format", "json").out)
    assert data["format"] == "recognition-corrections/1"
    assert data["releases"] == [
        {"number": 1, "day": "2026-01-31"},
        {"number": 2, "day": "2026-06-30"},
    ]
    state = data["corrections"][0]
    assert {key: state[key] for key in ("release", "country", "fact", "days", "sources")} == {
        "release": 2,
        "country": "FJI",
        "fact": "state",
        "days": 61,
        "sources": ["yearbook-2026"],
    }
    told = run("corrections", "--scenarios", "record", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(told, newline="")))
    assert [row["fact"] for row in rows] == ["state", "entry"]
    assert {row["reason"] for row in rows} == {REASON}


def test_corrections_since_the_last_release_are_those_of_the_record_as_it_is(
    corrected: Releases, run: Run
) -> None:
    nothing = run("corrections", "--since", "2", "--scenarios", "record").out
    assert "0 corrections and 0 additions since data release 2 of 2026-06-30." in nothing
    corrected.put(LATER.replace("05-01", "05-03"))
    ran = run("corrections", "--since", "2", "--scenarios", "record")
    text = " ".join(ran.out.split())
    assert "Corrections: in no release yet" in text
    assert "Fiji, state 2022-05-01 to 2022-05-02: hostile" in text
    assert REASON not in text


def test_unknown_release_is_refused_with_those_that_there_are(
    corrected: Releases, run: Run
) -> None:
    ran = run("corrections", "--since", "3", "--scenarios", "record")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no data release 3; releases: data release 1 of 2026-01-31" in ran.err


def test_corrections_without_a_release_say_so(releases: Releases, run: Run) -> None:
    releases.put(ENGAGED)
    ran = run("corrections", "--scenarios", "record")
    assert ran.out == "There is no data release yet, so nothing is corrected.\n"
    assert ran.code == 0


def test_corrections_in_markdown_are_a_table_for_each_release(
    corrected: Releases, run: Run
) -> None:
    ran = run("corrections", "--scenarios", "record", "--format", "md")
    assert "| Country | Fact | Days | Was | Is | Reason |" in ran.out
    assert f"| {REASON} |" in ran.out


def test_corrections_function_gives_what_the_command_prints(corrected: Releases) -> None:
    replays = [rm.replay(one) for one in rm.load_folder("record").scenarios]
    found = rm.corrections(replays, since=1)
    assert [one.fact for one in found.corrections] == ["state", "entry"]
    assert rm.corrections(replays, since=2).items == ()


# --- files made from a release -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["one.svg", "one.csv"])
def test_file_of_a_release_says_what_was_corrected_since(
    corrected: Releases, run: Run, name: str
) -> None:
    ran = run("cite", name, "--check", "--scenarios", "record")
    text = " ".join(ran.out.split())
    assert ran.code == 1
    assert "(data release 1)" in text
    assert "Compared with: recognition_model" in text
    assert "(data release 2)" in text
    assert "Made now, its data would differ." in text
    assert "Corrected and added since data release 1" in text
    assert f"{STATE} documented. Reason: {REASON}" in text
    assert "No fact about days that were in the data was corrected" not in text


def test_corrections_of_a_file_stand_under_a_heading_in_bold(corrected: Releases, run: Run) -> None:
    out = run("cite", "one.csv", "--check", "--scenarios", "record", "--color", "always").out
    assert "\x1b[1mCorrected and added since data release 1\x1b[0m" in out.splitlines()


def test_file_of_a_release_that_only_lacks_later_days_is_told_so(
    releases: Releases, run: Run
) -> None:
    releases.put(ENGAGED)
    assert releases.make(1, "2026-01-31") == 0
    assert run("plot", "history", "FJI", "--scenarios", "record", "-o", "one.svg").code == 0
    releases.put(ENGAGED, until="2026-03-15")
    text = " ".join(run("cite", "one.svg", "--check", "--scenarios", "record").out.split())
    said = "No fact about days that were in the data was corrected; see `changes` for new ones."
    assert text.endswith(said)
    assert "Corrected and added since" not in text


def test_file_of_a_release_is_cited_with_its_number(corrected: Releases, run: Run) -> None:
    text = " ".join(run("cite", "one.svg").out.split())
    assert re.search(r"Data release 1 of 2026-01-31 \(record of Fiji [0-9a-f]{12}\)\.", text)


def test_record_of_a_release_is_cited_with_its_number(corrected: Releases, run: Run) -> None:
    text = " ".join(run("cite", "record", "--scenarios", "record").out.split())
    assert re.search(r"Data release 2 of 2026-06-30 \(record [0-9a-f]{12}\)\. 1 country", text)


def test_correction_that_a_table_does_not_show_leaves_it_as_it_is(
    releases: Releases, run: Run
) -> None:
    releases.put(ENGAGED)
    assert releases.make(1, "2026-01-31") == 0
    table = ("--table", "rules", "-o", "rules.csv")
    assert run("export", "csv", "--scenarios", "record", *table).code == 0
    releases.put(LATER)
    ran = run("cite", "rules.csv", "--check", "--scenarios", "record", "--format", "json")
    data = json.loads(ran.out)
    assert (ran.code, data["differs"], data["changed"]) == (0, False, ["FJI"])
    assert [one["fact"] for one in data["corrections"]] == ["state", "entry"]


def test_package_holds_the_corrections_of_its_countries(corrected: Releases, run: Run) -> None:
    table = ("--table", "corrections", "-o", "corrections.csv")
    assert run("export", "csv", "FJI", "--scenarios", "record", *table).code == 0
    with Path("corrections.csv").open(encoding="utf-8", newline="") as stream:
        rows: list[Any] = list(csv.DictReader(stream))
    assert [(row["release"], row["fact"], row["days"]) for row in rows] == [
        ("2", "state", "61"),
        ("2", "entry", ""),
    ]
    early = ("--known-by", "2026-06-29", *table, "--force")
    assert run("export", "csv", "FJI", "--scenarios", "record", *early).code in (0, 1)
    assert len(Path("corrections.csv").read_text("utf-8").splitlines()) == 1


def test_another_rule_table_turns_states_and_is_named(
    run: Run, releases: Releases, put: Put
) -> None:
    put(ENGAGED.replace("$host", "$press"))
    releases.make(1, "2026-02-01")
    asked = ("corrections", "FJI", "--scenarios", "record")
    assert "0 corrections and 0 additions" in run(*asked).out
    ran = run(*asked, "--rules", "strict")
    told = " ".join(ran.out.split())
    assert "Fiji, state 2022-03-01 to 2026-01-15: hostile, no ban documented" in told
    assert "The record is replayed with another rule table than that of the last release" in told
    assert "note: answered by the rules of Strict (rules " in ran.err
