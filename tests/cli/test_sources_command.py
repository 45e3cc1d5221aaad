"""`sources` and `source add`: the register to search, and the beginning of an entry."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.shell_completion import BashComplete
from support.fixtures import Put, Run

import recognition_model.cli.source as adding
from recognition_model.cli.app import cli

FIJI = """
    - signal: visit
      date: 2024-05
      evidence: [{source: gazette-2024-05, voice: host, credibility: 1, claim: An example.}]
    - {signal: visit, date: 2025, evidence: [$press, $other]}
"""
TODAY = adding.today  # before the tests set the day
PAGE = "https://example.org/2025/07/03/talks"


@pytest.fixture
def fiji(put: Put) -> Path:
    """Fiji cites a gazette and a yearbook; the register beside it has an almanac too."""
    folder = put(FIJI).parent
    almanac = """\
  almanac-2026:
    {type: book, publisher: Élan, title: Unread, issued: 2026, language: en, reliability: A}
"""
    with (folder / "sources.yaml").open("a", encoding="utf-8") as register:
        register.write(almanac)
    return folder


@pytest.fixture(autouse=True)
def a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "today", lambda: date(2026, 1, 2))


# --- sources -------------------------------------------------------------------------------------


def test_sources_tell_publisher_date_title_grades_and_citations(run: Run, fiji: Path) -> None:
    ran = run("sources", "--scenarios", fiji)
    assert ran.code == 0
    assert ran.out == (
        "almanac-2026: Élan, 2026, Unread (A). Cited by nothing.\n"
        "gazette-2024-05: The Example Gazette, 2024-05, An example whose day nobody noted\n"
        "    (B1). Cited by Fiji (signal 2024-05).\n"
        "yearbook-2026: The Example Yearbook, 2026-01-01, An example that looks back\n"
        "    (B3). Cited by Fiji (signal 2025).\n"
        "\n"
        "3 sources of 3 publishers, 3 citations.\n"
    )


def test_citations_that_the_replay_does_not_use_are_marked(run: Run, put: Put) -> None:
    put("""
        - {act: engage, date: 2022, evidence: [$press]}
        - {act: ban, date: 2022, rank: deprecated, because: No., evidence: [$press]}
        - {act: accept_ambassador, date: 2023, evidence: [$press]}
        - {refuse: recognise, because: not-attested, date: 2024, evidence: [$press]}
    """)
    out = " ".join(run("sources", "--scenarios", "record").out.split())
    assert (
        "Cited by Fiji (act 2022, act 2022 [struck out], act 2023 [refused by the rules], refuse"
        " 2024)."
    ) in out
    assert out.endswith("4 citations, 3 of them for entries that the replay does not use.")


@pytest.mark.parametrize(
    ("args", "found"),
    [
        (["--publisher", "elan"], ["almanac-2026"]),
        (["--uncited"], ["almanac-2026"]),
        (["--country", "Fiji", "--grade", "b3"], ["yearbook-2026"]),
        (["--known-by", "2025"], ["gazette-2024-05"]),
        (["--publisher", "nosuch"], []),
    ],
    ids=" ".join,
)
def test_options_choose_sources(args: list[str], found: list[str], run: Run, fiji: Path) -> None:
    out = run("sources", *args, "--format", "json", "--scenarios", fiji).out
    data = json.loads(out)
    assert data["format"] == "recognition-sources-list/1"
    assert [source["id"] for source in data["sources"]] == found


def test_no_source_is_one_line(run: Run, fiji: Path) -> None:
    for more in ([], ["--group-by", "publisher"]):
        ran = run("sources", "--publisher", "nosuch", *more, "--scenarios", fiji)
        assert (ran.code, ran.out) == (0, "No source matches.\n")


def test_sources_grouped_by_publisher_are_counted(run: Run, fiji: Path) -> None:
    asked = ("sources", "--group-by", "publisher", "--scenarios", fiji)
    assert run(*asked).out == (
        "Publisher             Sources  Citations  Cited for\n"
        "Élan                  1        0\n"
        "The Example Gazette   1        1          Fiji\n"
        "The Example Yearbook  1        2          Fiji\n"
        "\n"
        "3 publishers, 3 sources.\n"
    )
    first, *_ = json.loads(run(*asked, "--format", "json").out)["publishers"]
    assert first == {
        "publisher": "Élan",
        "count": 1,
        "sources": ["almanac-2026"],
        "citations": 0,
        "countries": [],
    }
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv").out)))
    assert [(row["count"], row["countries"]) for row in rows] == [
        ("1", ""),
        ("1", "FJI"),
        ("1", "FJI"),
    ]


def test_sources_as_csv_count_citations_and_name_countries(run: Run, fiji: Path) -> None:
    out = run("sources", "--country", "FJI", "--format", "csv", "--scenarios", fiji).out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["id"], row["grades"], row["citations"], row["countries"]) for row in rows] == [
        ("gazette-2024-05", "B1", "1", "FJI"),
        ("yearbook-2026", "B3", "2", "FJI"),
    ]


def test_shipped_sources_name_claims_and_periods_that_cite_them(run: Run) -> None:
    out = " ".join(run("sources", "--publisher", "Tehran Times").out.split())
    assert "tehran-times-2021-08-15: Tehran Times, 2021-08-15" in out
    assert "Cited by the periods of rule (2021-08-15)." in out
    claims = " ".join(run("sources", "--publisher", "RBC-Ukraine").out.split())
    assert "Cited by claims about many countries (" in claims


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["--grade", "G"], "'G' is no grade: write a letter A to F"),
        (["--country", "Tuvalu"], "not in the record: Tuvalu (TUV)"),
        (["--uncited", "--grade", "B2"], "neither a country nor a digit"),
        (["--group-by", "title"], "is not 'publisher'"),
    ],
    ids=str,
)
def test_wrong_choice_of_sources_is_a_usage_error(
    args: list[str], why: str, run: Run, fiji: Path
) -> None:
    ran = run("sources", *args, "--scenarios", fiji)
    assert (ran.code, ran.out) == (2, "")
    assert why in " ".join(ran.err.split())


def test_shell_completes_grades_of_sources() -> None:
    complete = BashComplete(cli, {}, "recognition-model", "_RECOGNITION_MODEL_COMPLETE")
    offered = [item.value for item in complete.get_completions(["sources", "--grade"], "c")]
    assert offered == ["C", "C1", "C2", "C3", "C4", "C5", "C6"]


# --- source add ----------------------------------------------------------------------------------


def test_entry_goes_into_the_register_of_the_folder_and_keeps_what_it_has(
    run: Run, fiji: Path
) -> None:
    register = fiji / "sources.yaml"
    before = register.read_text(encoding="utf-8")
    ran = run("source", "add", f"{PAGE}?utm_source=mail", "-o", fiji)
    assert (ran.code, ran.out) == (0, "added example-2025-07-03 to record/sources.yaml\n")
    assert ran.err == (
        "note: left out of the address what only tracks readers: utm_source\n"
        "note: fill in title, issued, language and reliability\n"
    )
    after = register.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert f'url: "{PAGE}"\n' in after
    assert after.endswith("seen: 2026-01-02\n")
    told = run("replay", fiji)
    assert told.code == 1
    assert told.err.count("RM208") == 4


def test_first_entry_makes_a_register(run: Run, tmp_path: Path) -> None:
    ran = run("source", "add", PAGE, "-o", tmp_path)
    assert ran.code == 0
    text = (tmp_path / "sources.yaml").read_text(encoding="utf-8")
    assert text.startswith("format: recognition-sources/1\n\nsources:\n")
    (tmp_path / "sources.yaml").write_text("", encoding="utf-8")
    assert run("source", "add", PAGE, "-o", tmp_path).code == 0
    assert (tmp_path / "sources.yaml").read_text(encoding="utf-8") == text


def test_folder_with_a_register_in_yml_keeps_that_one(run: Run, tmp_path: Path) -> None:
    register = tmp_path / "sources.yml"
    register.write_text("format: recognition-sources/1\nsources: {}\n", encoding="utf-8")
    assert run("source", "add", PAGE, "-o", tmp_path).code == 0
    assert list(tmp_path.iterdir()) == [register]
    assert "example-2025-07-03:" in register.read_text(encoding="utf-8")


def test_entry_for_standard_output_is_only_printed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("source", "add", PAGE, "-o", "-")
    assert ran.code == 0
    assert "  example-2025-07-03:\n    type: webpage\n" in ran.out
    assert list(tmp_path.iterdir()) == []


def test_known_address_is_named_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    shipped = run("source", "add", "https://tass.com/politics/1395377", "-o", tmp_path)
    assert (shipped.code, shipped.out) == (1, "")
    assert shipped.err == "that is tass-2022-01-31: cite that name\n"
    assert list(tmp_path.iterdir()) == []
    run("source", "add", PAGE, "-o", tmp_path)
    before = (tmp_path / "sources.yaml").read_bytes()
    again = run("source", "add", f"{PAGE}/", "-o", tmp_path)
    assert (again.code, again.err) == (1, "that is example-2025-07-03: cite that name\n")
    assert (tmp_path / "sources.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("format: recognition-sources/1\nsources: {a: {title: x}}\n", 1, "nothing was added to"),
        ("format: recognition-scenario/1\n", 1, "it is no register"),
        ("a: [\n", 1, "RM110"),
    ],
)
def test_register_that_cannot_be_added_to_stays_as_it_is(
    text: str, code: int, why: str, run: Run, tmp_path: Path
) -> None:
    register = tmp_path / "sources.yaml"
    register.write_text(text, encoding="utf-8")
    ran = run("source", "add", PAGE, "-o", register)
    assert (ran.code, ran.out) == (code, "")
    assert why in ran.err
    assert register.read_text(encoding="utf-8") == text


def test_byte_order_mark_and_line_ends_of_a_register_are_kept(run: Run, tmp_path: Path) -> None:
    register = tmp_path / "sources.yaml"
    register.write_bytes(b"\xef\xbb\xbfformat: recognition-sources/1\r\nsources: {}\r\n")
    assert run("source", "add", PAGE, "-o", register).code == 0
    data = register.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfformat: recognition-sources/1\r\nsources:\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_copy_in_an_archive_goes_under_comments_with_its_page(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text("# My register.\n", encoding="utf-8")
    copy = f"https://web.archive.org/web/20250704000000/{PAGE}"
    ran = run("source", "add", copy, "-o", path)
    text = path.read_text(encoding="utf-8")
    assert (ran.code, ran.out) == (0, f"added example-2025-07-03 to {path}\n")
    assert text.startswith("# My register.\nformat: recognition-sources/1\n")
    assert f'    url: "{PAGE}"\n    archive: "{copy}"\n' in text


def test_register_of_another_name_is_written_with_a_note(run: Run, tmp_path: Path) -> None:
    ran = run("source", "add", PAGE, "-o", tmp_path / "mine.yaml")
    assert (ran.code, (tmp_path / "mine.yaml").exists()) == (0, True)
    assert "records cite only sources of a file named sources.yaml" in ran.err


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["add", "example.org/x", "-o", "-"], "not the address of a page"),
        (["add", PAGE], "Missing option"),
        (
            ["add", "https://me:secret@example.org/x", "-o", "-"],
            "a password stands before the host",
        ),
        (["add", "https://example.org/\u202ex", "-o", "-"], "U+202E (right-to-left override)"),
        (["remove", PAGE, "-o", "-"], "is not 'add'"),
    ],
    ids=str,
)
def test_wrong_use_of_source_is_a_usage_error(args: list[str], why: str, run: Run) -> None:
    ran = run("source", *args)
    assert (ran.code, ran.out) == (2, "")
    assert why in ran.err


def test_source_that_cannot_be_written_exits_2(run: Run, tmp_path: Path) -> None:
    ran = run("source", "add", PAGE, "-o", tmp_path / "nowhere" / "sources.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert "cannot write" in ran.err


def test_today_is_a_day_of_the_clock() -> None:
    assert abs((TODAY() - date.today()).days) <= 1  # noqa: DTZ011 - the same clock
