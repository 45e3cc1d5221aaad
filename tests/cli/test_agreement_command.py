"""`agreement`: what it prints of two codings, what it writes, and what goes wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from support.codings import FIRST, SECOND
from support.fixtures import Code, Run
from support.paths import ROOT


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def two(code: Code) -> None:
    """Two codings of Fiji and Tuvalu: of the latter the same."""
    code("a", FIRST, coder="A. B.")
    code("b", SECOND, coder="C. D.")
    code("a", FIRST, "TUV", coder="A. B.")
    code("b", FIRST, "TUV", coder="C. D.")


def test_page_begins_with_where_and_goes_on_with_what(run: Run, two: None) -> None:
    ran = run("agreement", "a", "b")
    text = flat(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert text.startswith(
        "Agreement of two codings A: a, coded by A. B. B: b, coded by C. D. 2 countries in both."
    )
    where, what = text.index("did both find the same event?"), text.index("coded alike?")
    assert where < what < text.index("States, month by month")
    assert "in both only A only B entries with a match 6 0 1 0.923" in text  # 12 / 13
    assert (
        "Dates: 4 the same, 1 overlap, 1 apart; in days, 10 at the median and 10 at most." in text
    )


def test_page_lists_both_readings_of_what_differs(run: Run, two: None) -> None:
    text = flat(run("agreement", "a", "b").out)
    told = text[text.index("To adjudicate") :]
    path, other = "a/FJI.yaml", "b/FJI.yaml"
    assert told.rstrip() == (
        "To adjudicate Fiji (FJI): 3 of 4 events differ; 10 days differ in stage or ban"
        f" 2022-03-01 date 10 days later in B A: 2022-03-01 act engage: host B3, R02 ({path}:8)"
        f" B: 2022-03-11 act engage: host B3, R02 ({other}:8)"
        f" 2022-06-10 date overlaps, voice A: 2022-06-10 signal visit: press B3 ({path}:9)"
        f" B: 2022-06 signal visit: taliban B3 ({other}:9)"
        f" 2023-05-05 only in B B: 2023-05-05 signal talks: press B3 ({other}:10)"
        " 4 of 7 events (57 %) need no decision."
    )


def test_undefined_is_said_with_its_reason(run: Run, two: None) -> None:
    text = flat(run("agreement", "a", "b", "--unit", "month").out)
    assert "ban 704 1.000 undefined undefined 1.000" in text
    assert (
        "Undefined: kappa of ban, alpha of ban: 0/0: both codings have one value everywhere, so"
        " nothing can differ by chance." in text
    )
    assert "nan" not in text.lower()


def test_share_below_one_is_never_shown_as_one(run: Run, code: Code) -> None:
    code("a", FIRST)
    code("b", FIRST.replace("2022-03-01", "2022-03-02"))
    text = flat(run("agreement", "a", "b", "--unit", "day").out)
    assert "stage 10,703 >0.999" in text


def test_folder_compared_with_itself_agrees_in_everything(run: Run, two: None) -> None:
    text = flat(run("agreement", "a", "a").out)
    assert "in both only A only B entries with a match 6 0 0 1.000" in text
    assert "To adjudicate Nothing: the two agree on every event and every state." in text


def test_json_has_matched_and_single_events_and_every_measure(run: Run, two: None) -> None:
    told = json.loads(run("agreement", "a", "b", "--format", "json", "--unit", "event").out)
    assert told["format"] == "recognition-agreement/1"
    assert (told["paths"], told["coders"]) == (
        {"a": "a", "b": "b"},
        {"a": ["A. B."], "b": ["C. D."]},
    )
    assert (len(told["matched"]), told["only_a"]) == (6, [])
    assert [(one["date"], one["what"]) for one in told["only_b"]] == [("2023-05-05", "talks")]
    voice = next(one for one in told["measures"] if one["variable"] == "voice")
    assert voice["observed"]["value"] == told["observed"]["event"]["voice"] == 5 / 6
    assert told["kappa"]["event"]["voice"] == voice["kappa"]["value"]
    assert voice["kappa"]["undefined"] is None
    found = next(one for one in told["measures"] if one["variable"] == "found")
    assert found["kappa"]["value"] is told["kappa"]["event"]["found"] is None
    assert found["kappa"]["undefined"] == "events that neither coding has cannot be counted"


def test_csv_has_a_line_for_each_event(run: Run, two: None) -> None:
    ran = run("agreement", "a", "b", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert len(rows) == 7
    first = rows[0]
    assert (first["country"], first["found"], first["dates"], first["days"]) == (
        *("FJI", "both", "apart"),
        "10",
    )
    assert (rows[1]["differs"], rows[2]["found"], rows[2]["date_a"]) == ("date; voice", "b", "")


def test_worst_limits_the_events_and_not_the_measures(run: Run, two: None, code: Code) -> None:
    code("b", FIRST.replace("2022-06-10", "2022-06-11"), "TUV")
    text = flat(run("agreement", "a", "b", "--worst", "1").out)
    assert "The 1 country with the most differences, of 2." in text
    assert "Fiji (FJI): 3 of 4" in text
    assert "Tuvalu (TUV)" not in text
    assert "entries with a match 6 0 1" in text
    data = json.loads(run("agreement", "a", "b", "--worst", "1", "--format", "json").out)
    assert {one["country"] for one in data["matched"]} == {"FJI"}
    assert [one["country"] for one in data["countries"]] == ["FJI", "TUV"]
    assert data["dates"]["apart"] == 2


def test_same_seed_prints_the_same_intervals(run: Run, two: None) -> None:
    one, again, other = (
        run("agreement", "a", "b", "--seed", seed, "--format", "json").out for seed in "778"
    )
    assert one == again
    assert one != other


def test_no_draws_give_no_intervals(run: Run, two: None) -> None:
    text = flat(run("agreement", "a", "b", "--draws", "0").out)
    assert "No intervals were asked for." in text
    assert "–" not in text


def test_two_files_are_compared(run: Run, two: None) -> None:
    ran = run("agreement", "a/FJI.yaml", "b/FJI.yaml")
    assert ran.code == 0
    assert "1 country in both. No intervals: they need two countries or more." in flat(ran.out)


def test_file_with_errors_is_named_and_left_out(run: Run, two: None) -> None:
    path = Path("b/FJI.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("engage", "engag"), encoding="utf-8")
    ran = run("agreement", "a", "b")
    text = flat(ran.out)
    assert ran.code == 1
    assert "did you mean engage?" in ran.err
    assert "1 country in both." in text
    assert "Not used from B, because of errors or two files: b/FJI.yaml." in text
    assert "Only in A" not in text


def test_bytes_that_are_no_text_leave_out_their_file_alone(run: Run, two: None) -> None:
    Path("b/FJI.yaml").write_bytes(b"\xff\xfe\x00")
    ran = run("agreement", "a", "b")
    assert (ran.code, "RM102" in ran.err) == (2, True)
    assert "1 country in both." in flat(ran.out)


def test_country_with_two_files_in_one_folder_is_left_out(run: Run, two: None) -> None:
    Path("b/copy.yaml").write_bytes(Path("b/FJI.yaml").read_bytes())
    ran = run("agreement", "a", "b")
    assert "RM211" in ran.err
    assert "Not used from B, because of errors or two files: FJI." in flat(ran.out)
    assert "1 country in both." in flat(ran.out)


def test_date_out_of_order_leaves_out_its_country_alone(run: Run, two: None) -> None:
    path = Path("b/FJI.yaml")
    text = path.read_text(encoding="utf-8").replace("2022-03-11", "2022-07-11")
    path.write_text(text, encoding="utf-8")
    ran = run("agreement", "a", "b")
    assert "RM406" in ran.err
    assert "1 country in both." in flat(ran.out)


def test_country_of_one_coding_is_named(run: Run, two: None) -> None:
    Path("b/FJI.yaml").unlink()
    assert "Only in A, not compared: Fiji (FJI)." in flat(run("agreement", "a", "b").out)


def test_no_country_in_both_is_an_error_that_says_what_each_has(run: Run, two: None) -> None:
    ran = run("agreement", "a/FJI.yaml", "b/TUV.yaml")
    assert ran.code == 2
    assert "no country is in both: a/FJI.yaml has FJI; b/TUV.yaml has TUV" in flat(ran.err)


def test_path_that_is_not_there_is_an_error(run: Run, two: None) -> None:
    ran = run("agreement", "a", "c")
    assert ran.code == 2
    assert "'c' does not exist" in ran.err


def test_shipped_record_is_a_coding_by_that_word(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "UZB.yaml"
    text = (ROOT / "scenarios" / "UZB.yaml").read_text(encoding="utf-8")
    mine.write_text(text.replace("date: 2024-10-09", "date: 2024-10-10"), encoding="utf-8")
    told = json.loads(run("agreement", "shipped", mine, "--format", "json", "--unit", "event").out)
    assert told["paths"]["a"] == "shipped"
    assert [one["differs"] for one in told["matched"] if one["differs"]] == [["date"]]
    assert "RUS" in told["countries_only_a"]


def test_coding_whose_replay_has_errors_is_compared_and_named(run: Run, two: None) -> None:
    path = Path("b/TUV.yaml")
    text = path.read_text(encoding="utf-8").replace("voice: host", "voice: press")
    path.write_text(text, encoding="utf-8")
    ran = run("agreement", "a", "b")
    assert ran.code == 0
    assert "note: `replay` finds errors in b: TUV; they were compared as they are" in flat(ran.err)
    assert "act accept_ambassador: press B3, refused (b/TUV.yaml:10)" in flat(ran.out)


# --- the draft -----------------------------------------------------------------------------------


def test_draft_is_written_for_each_country_with_the_register(run: Run, two: None) -> None:
    ran = run("agreement", "a", "b", "-o", "draft")
    assert sorted(path.name for path in Path("draft").iterdir()) == [
        *("FJI.yaml", "TUV.yaml", "sources.yaml")
    ]
    assert "wrote draft: 2 drafts, 3 places to decide" in flat(ran.err)
    again = run("replay", "draft/TUV.yaml")
    assert (again.code, "RM121" in again.err) == (0, False)
    refused = run("replay", "draft/FJI.yaml")
    assert refused.code != 0
    assert "RM121" in refused.out + refused.err


def test_draft_with_one_side_kept_is_read_as_that_coding(run: Run, two: None) -> None:
    run("agreement", "a", "b", "-o", "draft")
    path = Path("draft/FJI.yaml")
    text = path.read_text(encoding="utf-8")
    kept = re.sub(r"(?ms)^<{7} .*?\n.*?^=======\n(.*?)^>{7} .*?\n", r"\1", text)
    path.write_text(kept, encoding="utf-8")
    assert "4 0 0 1.000" in flat(run("agreement", "draft/FJI.yaml", "b/FJI.yaml").out)


def test_draft_of_one_country_can_be_one_file(run: Run, two: None) -> None:
    ran = run("agreement", "a/FJI.yaml", "b/FJI.yaml", "-o", "FJI.yaml")
    assert Path("FJI.yaml").is_file()
    assert "sources of A or B that are not in the shipped register are not in" in flat(ran.err)


def test_draft_of_several_countries_into_one_file_is_refused(run: Run, two: None) -> None:
    ran = run("agreement", "a", "b", "-o", "draft.yaml")
    assert (ran.code, Path("draft.yaml").exists()) == (2, False)
    assert "2 countries need a folder, not one file" in flat(ran.err)


def test_draft_overwrites_nothing(run: Run, two: None) -> None:
    run("agreement", "a", "b", "-o", "draft")
    Path("draft/FJI.yaml").write_text("mine", encoding="utf-8")
    ran = run("agreement", "a", "b", "-o", "draft")
    assert ran.code == 2
    assert "already exists; not overwritten" in flat(ran.err)
    assert Path("draft/FJI.yaml").read_text(encoding="utf-8") == "mine"


def test_page_names_the_kind_of_a_status_once(run: Run, code: Code) -> None:
    code("a", "- {status: {below: de_jure_recognition}, date: 2023-05-05, evidence: [$press]}\n")
    code("b", "- {status: {below: de_jure_recognition}, date: 2023-05-06, evidence: [$press]}\n")
    text = flat(run("agreement", "a", "b", "--draws", "0").out)
    assert "A: 2023-05-05 status below de_jure_recognition: press B3" in text


# --- another rule table -----------------------------------------------------------------------


def test_codings_are_compared_by_another_table(run: Run, code: Code) -> None:
    code("a", "- {act: accept_ambassador, date: 2024-01-15, evidence: [$host]}\n")
    code("b", "- {act: accept_ambassador, date: 2024-01-15, evidence: [$taliban]}\n")
    rules = """\
format: recognition-rules/1
title: One word is enough
base: shipped
change: {R04: {before: [hostile, engaged], needs: claimed}}
"""
    Path("mine.yaml").write_text(rules, encoding="utf-8")
    asked = ("agreement", "a", "b", "--draws", "0", "--format", "json")
    (pair,) = json.loads(run(*asked).out)["matched"]
    assert [pair[side]["rule"] for side in "ab"] == ["refused", "refused"]
    ran = run(*asked, "--rules", "mine.yaml")
    told = json.loads(ran.out)
    (pair,) = told["matched"]
    assert [pair[side]["rule"] for side in "ab"] == ["R04", "R04"]
    assert told["answered_by"]["title"] == "One word is enough"
    assert "note: answered by the rules of One word is enough (rules " in ran.err


# --- the picture ---------------------------------------------------------------------------------


def test_picture_of_two_codings_is_drawn_with_its_tables(run: Run, two: None) -> None:
    asked = ("plot", "codings", "FJI", "--scenarios", "a", "--against", "b")
    ran = run(*asked, "--table", "-o", "two.svg")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        "wrote two.svg: Two codings of Fiji agree on 1 of 4 events: 2 differ in date by up to 10"
        " days, 1 differs in voice, 1 is only in B\n"
    )
    drawn = Path("two.svg").read_text(encoding="utf-8")
    assert "A: A. B." in drawn
    assert "B: C. D." in drawn
    with Path("two_table.csv").open(encoding="utf-8", newline="") as table:
        picture = [(row["found"], row["date_a"], row["date_b"]) for row in csv.DictReader(table)]
    command = run("agreement", "a/FJI.yaml", "b/FJI.yaml", "--format", "csv").out
    events = csv.DictReader(io.StringIO(command))
    assert picture == [(row["found"], row["date_a"], row["date_b"]) for row in events]
    assert Path("two_stages.csv").is_file()


def test_picture_matches_entries_as_near_as_asked(run: Run, two: None) -> None:
    asked = ("plot", "codings", "FJI", "--scenarios", "a", "--against", "b", "-o", "two.svg")
    assert "1 is only in A, 2 are only in B" in run(*asked, "--within", "9").out
    assert "1 is only in A, 2 are only in B" in run(*asked, "--within", "0").out


def test_picture_compares_a_coding_with_the_shipped_record(run: Run, code: Code) -> None:
    code("mine", FIRST, "RUS")
    asked = ("plot", "codings", "RUS", "--against", "shipped", "--scenarios", "mine")
    ran = run(*asked, "-o", "two.png")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("wrote two.png: Two codings of Russia agree on none of ")


def test_picture_without_the_other_coding_is_refused_with_an_example(run: Run, two: None) -> None:
    ran = run("plot", "codings", "FJI", "--scenarios", "a", "-o", "two.svg")
    assert ran.code == 2
    assert (
        "`plot codings` needs --against, the other coding: plot codings UZB --scenarios coder-a"
        " --against coder-b -o two.svg" in flat(ran.err)
    )


def test_other_coding_without_a_file_of_the_country_is_said(run: Run, code: Code) -> None:
    code("a", FIRST)
    code("b", FIRST.replace("2022-06-10", "2022-13-10"))
    ran = run("plot", "codings", "FJI", "--scenarios", "a", "--against", "b", "-o", "two.svg")
    assert ran.code == 2
    assert "--against: b has no usable file of Fiji (FJI)" in flat(ran.err)
    assert "b/FJI.yaml:8:27: error RM402" in ran.err
    assert not Path("two.svg").exists()


def test_other_pictures_take_no_second_coding(run: Run, two: None) -> None:
    ran = run("plot", "history", "FJI", "--scenarios", "a", "--against", "b", "-o", "x.svg")
    assert ran.code == 2
    said = "--against cannot be used with `plot history` (only with: codings)"
    assert said in flat(ran.err)


def test_picture_of_two_codings_cannot_be_checked_against_the_record(run: Run, two: None) -> None:
    run("plot", "codings", "FJI", "--scenarios", "a", "--against", "b", "-o", "two.svg")
    ran = run("cite", "two.svg", "--check", "--scenarios", "a")
    assert "it shows a second coding, which the record does not hold" in flat(ran.out + ran.err)
