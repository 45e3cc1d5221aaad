"""Report as Markdown: same content as the page, and no text becomes markup."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

import recognition_model as rm
from recognition_model.cli.plain import plain
from recognition_model.cli.status_page import status_page
from recognition_model.cli.status_rows import Row
from recognition_model.report.build import page_of
from recognition_model.report.markdown import escaped, markdown_report

Told = Callable[..., rm.Replay]
PATH = Path("record.md")
FOOTNOTE = re.compile(r"\[\^(\d+)\](?!:)")
DEFINED = re.compile(r"^\[\^(\d+)\]: ", re.MULTILINE)
# Characters that GitHub's Markdown or a spreadsheet interprets, unless they are escaped.
LIVE = re.compile(
    r"(?<!\\)[`*\[\]|~!$<>]|(?<!\\)(?<![A-Za-z0-9])_|^\s*[#=+-]|^\s*\d+[.)](?:\s|$)"
    r"|://|www\.|@(?=\w)|:(?=[a-z0-9_+-]+:)",
    re.IGNORECASE,
)


def text_of(files: dict[Path, bytes], path: Path = PATH) -> str:
    return files[path].decode()


def unescaped(text: str) -> str:
    """The text as a reader of the Markdown sees it; written apart from the escaping."""
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    for entity, char in (("#8203", ""), ("#8288", ""), ("lt", "<"), ("gt", ">"), ("amp", "&")):
        shown = shown.replace(f"&{entity};", char)
    return shown


@pytest.fixture
def told(replay_of: Told) -> rm.Replay:
    return replay_of(
        "- {act: engage, date: 2021-09-07, note: A visit., evidence: [$host, $press]}\n"
        "- {refuse: recognise, date: 2022-04-09, because: not-attested, evidence: [$press]}\n"
    )


# --- escaping ------------------------------------------------------------------------------------


@example("<script>alert(1)</script>")
@example("a | b")
@example("`code` ``")
@example("[x](javascript:alert(1)) ![y](z)")
@example("=HYPERLINK(1)")
@example("# head")
@example("- item")
@example("1. item")
@example("0.8")
@example("see http://a.example/x, www.a.example, :smile: and a@b.example")
@example("snake_case _emphasis_ *strong* ~~struck~~ $x$ @name \\ &amp;")
@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])))
def test_texts_are_shown_verbatim_and_never_as_markup(text: str) -> None:
    shown = escaped(text)
    assert LIVE.search(shown) is None
    assert unescaped(shown) == text


def test_numbers_and_dates_are_written_as_they_are() -> None:
    assert [*map(escaped, ("0.8", "1999..2000-02-03"))] == ["0.8", "1999..2000-02-03"]
    assert escaped("1. item") == "1&#8203;. item"
    assert escaped("2)") == "2&#8203;)"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("de_jure_recognition", "de_jure_recognition"),
        ("_so_", r"\_so\_"),
        ("a | b", r"a \| b"),
        ("<b>", "&lt;b&gt;"),
        ("[x](javascript:1)", r"\[x\](javascript:1)"),
        ("=1+1", r"\=1+1"),
        ("# not a heading", r"\# not a heading"),
        ("two\nlines", "two lines"),
    ],
)
def test_markdown_escapes_only_what_it_must(text: str, shown: str) -> None:
    assert escaped(text) == shown


# --- the whole report ----------------------------------------------------------------------------


def test_figures_and_sources_are_separate_linked_files(told: rm.Replay) -> None:
    path = Path("some where") / "my record.md"
    files = markdown_report([told], path)
    folder = path.parent / "my record_pictures"
    pictures = [folder / f"my record-{name}.svg" for name in ("swimmer", "history-RUS")]
    sources = [path.parent / f"my record_sources.{ending}" for ending in ("json", "bib")]
    assert set(files) == {path, *pictures, *sources}
    for picture in pictures:
        assert ET.fromstring(files[picture]).tag.endswith("svg")
    links = re.findall(r"\]\(<([^>]+)>\)", text_of(files, path))
    assert links == [
        "my%20record_pictures/my%20record-swimmer.svg",
        "my%20record_pictures/my%20record-history-RUS.svg",
        "my%20record_sources.json",
        "my%20record_sources.bib",
    ]


def test_report_of_five_countries_has_share_and_of_four_says_why_not() -> None:
    replays = [rm.replay(scenario) for scenario in rm.load_folder().scenarios[:5]]
    reason = "a share needs at least 5 countries with a record, and there are 4"
    five = markdown_report(replays, PATH)
    four = markdown_report(replays[:4], PATH)
    share = Path("record_pictures") / "record-share.svg"
    assert (share in five, share in four) == (True, False)
    assert ("is left out" in text_of(five), reason in text_of(four)) == (False, True)


def test_every_footnote_is_defined_once_and_every_source_is_cited() -> None:
    replays = [rm.replay(scenario) for scenario in rm.load_folder().scenarios[:3]]
    text = text_of(markdown_report(replays, PATH))
    defined = [int(number) for number in DEFINED.findall(text)]
    assert defined == list(range(1, len(defined) + 1))
    assert {int(number) for number in FOOTNOTE.findall(text)} == set(defined)


def test_table_rows_have_as_many_cells_as_header(told: rm.Replay) -> None:
    attacked = evolve(told.scenario, title="a | b")
    rows = [evolve(step, note="x | y\n\n| z |") for step in attacked.timeline]
    replay = rm.replay(evolve(attacked, timeline=tuple(rows)))
    width = 0
    for line in text_of(markdown_report([replay], PATH)).splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line))
        width = 0 if not cells else width or cells
        assert cells == width, line


def test_country_section_gives_answer_entries_and_next_acts(
    told: rm.Replay,
) -> None:
    text = text_of(markdown_report([told], PATH))
    section = text.partition("## Russia (RUS)\n")[2].partition("\n## ")[0]
    assert section.startswith(
        "\nRussia was last documented to deal officially with the Taliban, below the rank of"
        " ambassador, since 2021-09-07 (no ban documented), according to its own authorities[^1];"
        " the last entry that counts is dated 2021-09-07, more than two years before the data end"
        " on 2026-01-15.\n"
    )
    assert (
        ", under rule R02 (RUS.yaml, line 7). The chain: start 1996-09-27 (assumed); engage"
        " 2021-09-07 (R02); last heard 2021-09-07.\n"
    ) in section
    assert (
        "| 2021-09-07<br>line 7 | engage (R02)<br>A visit. | engaged, no ban documented; attested:"
        " official | An example. (host, B3)[^1]<br>An example. (press, B3)[^1] |\n"
    ) in section
    assert "| 2022-04-09 | recognise<br>refused, as expected | why: R05 stage must be" in section
    assert "| recognise | open | R06 to de jure recognition, no ban documented |" in section
    only = "| lapse<br>only if the Taliban cease to govern | open | R11 to no dealings (lapsed), "
    assert only in section
    assert "| delist | closed | R03 ban must be in force (is none) |" in section


def test_start_with_evidence_is_recorded_not_assumed(told: rm.Replay) -> None:
    scenario = told.scenario
    start = evolve(scenario.start, assumed=None, evidence=scenario.timeline[0].evidence)
    replay = rm.replay(evolve(scenario, start=start, timeline=()))
    assert (
        "\nRussia was last recorded to have no formal dealings with the Taliban since 1996-09-27"
        " (no ban documented), from the start of its data; the last entry that counts is dated"
        " 1996-09-27, more than two years before the data end on 2026-01-15.\n"
    ) in text_of(markdown_report([replay], PATH))
    page = page_of([replay])
    assert page.countries[0].row.who == "recorded at the start"
    assert json.loads(page.data)["countries"]["RUS"]["start"] == "recorded"
    status = status_page([Row(replay, replay.history.on("2000-01-01"))], full=True)
    assert "since 1996-09-27, recorded at the start" in plain(status, 80)


def test_heading_levels_descend_and_blank_lines_are_single(told: rm.Replay) -> None:
    text = text_of(markdown_report([told], PATH))
    levels = [len(mark) for mark in re.findall(r"^(#+) ", text, re.MULTILINE)]
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
