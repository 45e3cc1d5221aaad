"""Terminal text: findings in their frame, replays, positions and rules."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import click
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import recognition_model as rm
from recognition_model.analysis import claims as collective
from recognition_model.analysis.verify import Item, Verification
from recognition_model.cli.next import next_page
from recognition_model.cli.plain import plain
from recognition_model.cli.render import aligned, columns, finding_in_words
from recognition_model.cli.replay_page import claims_in_words, replay_in_words, summary
from recognition_model.cli.rules import rules_page
from recognition_model.cli.status_page import status_page
from recognition_model.cli.status_rows import Row
from recognition_model.cli.verify import verification_in_words
from recognition_model.core.diagnostics import finding
from recognition_model.core.locators import Found
from recognition_model.core.wording import escape_invisible

Told = Callable[..., rm.Replay]
GUTTER = 8  # `    7 | `
# A gutter, 100 columns, an ellipsis at either end, and room for a wide letter at the seam.
WIDEST_FRAME = GUTTER + 100 + 2 + 2


def framed(line: str, column: int, width: int = 1, number: int = 7) -> tuple[str, str]:
    """The offending line and the pointer below it, without colour."""
    place = rm.Place("FJI.yaml", number, column, line, width)
    _, shown, pointer = click.unstyle(
        finding_in_words(finding("RM204", "a word", place))
    ).splitlines()
    return shown, pointer


def cells(line: str) -> int:
    """Columns of a terminal, counted apart from the code: marks none, wide letters two."""
    return sum(
        0
        if unicodedata.category(char) in ("Mn", "Me")
        else 2
        if unicodedata.east_asian_width(char) in ("W", "F")
        else 1
        for char in line
    )


def under_the_first_caret(shown: str, pointer: str) -> str:
    """Return the shown text from the column of the first caret on."""
    wanted = pointer.index("^")
    for at in range(len(shown)):
        if cells(shown[:at]) == wanted and cells(shown[at]):
            return shown[at:]
    return f"nothing: the line has {cells(shown)} columns, the caret is in {wanted}"


# --- a finding in its frame ------------------------------------------------------------------


def test_finding_shows_place_code_line_and_hint() -> None:
    place = rm.Place("FJI.yaml", 7, 10, "  - act: engag", 5)
    found = finding("RM204", "'engag' is not known here", place, "did you mean engage?")
    assert click.unstyle(finding_in_words(found)).splitlines() == [
        "FJI.yaml:7:10: error RM204 'engag' is not known here",
        "    7 |   - act: engag",
        "      |          ^^^^^",
        "  hint: did you mean engage?",
    ]


@pytest.mark.parametrize(
    "place", [rm.Place("FJI.yaml"), rm.Place("FJI.yaml", 7, 1), rm.Place("FJI.yaml", 7, 3, "  \t")]
)
def test_finding_about_file_or_blank_line_has_no_frame(place: rm.Place) -> None:
    found = finding("RM112", "the file holds nothing", place)
    assert click.unstyle(finding_in_words(found)) == f"{place}: error RM112 the file holds nothing"


@pytest.mark.parametrize(
    ("code", "word", "colour"),
    [("RM204", "error", "red"), ("RM210", "warning", "yellow"), ("RM652", "note", "cyan")],
)
def test_severity_has_own_word_and_colour(code: str, word: str, colour: str) -> None:
    told = finding_in_words(finding(code, "something", rm.Place("FJI.yaml")))
    assert told == f"FJI.yaml: {click.style(word, fg=colour, bold=True)} {code} something"


def test_message_hint_and_path_stay_on_one_line_and_show_hidden_characters() -> None:
    place = rm.Place("a\x1b[31m\nb.yaml")
    found = finding("RM101", "gone\x1b[2J\r\nfor good", place, "look\u202e\there")
    assert click.unstyle(finding_in_words(found)).splitlines() == [
        "a<U+001B>[31m b.yaml: error RM101 gone<U+001B>[2J<U+000D> for good",
        "  hint: look<U+202E> here",
    ]


@pytest.mark.parametrize(
    ("before", "wide"),
    [
        ("", 0),
        ("a: ", 3),
        ("a\t: ", 4),  # a tab is drawn as one space
        ("a\N{NO-BREAK SPACE}: ", 4),
        ("条約: ", 6),  # two columns a letter
        ("Ａ: ", 4),  # full width
        ("ｱ: ", 3),  # half width
        ("e\N{COMBINING ACUTE ACCENT}: ", 3),
        ("a\N{COMBINING ENCLOSING CIRCLE}: ", 3),
        ("か\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}: ", 4),
        ("שלום: ", 6),
        ("شَ: ", 3),  # a letter and its vowel mark
        ("के: ", 3),  # a Devanagari letter and its vowel sign
        ("กั: ", 3),  # a Thai letter and the vowel above it
        ("\N{RIGHT-TO-LEFT OVERRIDE}a: ", 11),  # eight columns of code point
        ("a\N{SOFT HYPHEN}b: ", 12),
        ("a\N{ZERO WIDTH SPACE}: ", 11),
    ],
)
def test_caret_is_under_place_after_any_letters(before: str, wide: int) -> None:
    shown, pointer = framed(f"{before}word", len(before) + 1, 4)
    assert pointer == "      | " + " " * wide + "^^^^"
    assert under_the_first_caret(shown, pointer) == "word"


@pytest.mark.parametrize(
    ("marked", "carets"), [("条約", 4), ("e\N{COMBINING ACUTE ACCENT}", 1), ("\x07", 8)]
)
def test_carets_are_as_wide_as_marked_text(marked: str, carets: int) -> None:
    _, pointer = framed(f"a: {marked}, b", 4, len(marked))
    assert pointer == "      |    " + "^" * carets


def test_carets_end_with_line_and_one_follows_it_if_something_is_missing() -> None:
    assert framed("a: word", 4, 40)[1] == "      |    ^^^^"
    assert framed("a:", 3)[1] == "      |   ^"


def test_gutter_grows_with_line_number() -> None:
    assert framed("a: word", 4, 4, number=123_456) == (
        "123456 | a: word",
        "       |    ^^^^",
    )


def test_long_line_is_cropped_around_place_with_ellipsis() -> None:
    shown, pointer = framed("a" * 200 + "word" + "b" * 200, 201, 4)
    assert re.fullmatch("    7 [|] …a{90,97}wordb*…", shown)
    assert cells(shown) <= WIDEST_FRAME
    assert pointer == "      | " + " " * (shown.index("word") - GUTTER) + "^^^^"


def test_line_cropped_after_place_keeps_beginning() -> None:
    shown, pointer = framed("key: word" + "b" * 200, 6, 4)
    assert shown.startswith("    7 | key: wordbbb")
    assert shown.endswith("b…")
    assert cells(shown) <= WIDEST_FRAME
    assert pointer == "      |      ^^^^"


def test_line_that_fits_is_not_cropped() -> None:
    assert framed("a" * 96 + "word", 97, 4)[0] == "    7 | " + "a" * 96 + "word"


@pytest.mark.parametrize(
    ("line", "column", "width"),
    [
        pytest.param("条" * 60 + "word", 61, 4, id="wide, 120 columns before it"),
        pytest.param("条" * 200 + "word", 201, 4, id="wide, 400 columns before it"),
        pytest.param("\N{RIGHT-TO-LEFT OVERRIDE}" * 30 + "word", 31, 4, id="hidden, 30 before it"),
    ],
)
def test_place_after_wide_or_hidden_letters_stays_visible(
    line: str, column: int, width: int
) -> None:
    shown, pointer = framed(line, column, width)
    assert under_the_first_caret(shown, pointer).startswith("word")
    assert pointer.endswith("^^^^")
    assert max(cells(shown), cells(pointer)) <= WIDEST_FRAME


letters = st.text("ab:- \t条Ａשe\u0301\u0947\u202e\x07\u00ad", max_size=150)


@given(letters, st.text("word", min_size=1, max_size=120), letters)
@example("", "w", "")
@example("e\u0301" * 70, "word", "")
def test_first_caret_is_under_first_marked_letter_in_any_line(
    before: str, marked: str, after: str
) -> None:
    shown, pointer = framed(f"{before}{marked}{after}", len(before) + 1, len(marked))
    assert under_the_first_caret(shown, pointer).startswith(marked[0])
    assert shown.isprintable()
    assert set(pointer[GUTTER:]) <= {" ", "^"}
    assert max(cells(shown), cells(pointer)) <= WIDEST_FRAME
    assert cells(pointer) <= cells(shown)


# --- what hides, and how wide it is ----------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("plain words, Türkiye, 条約, שלום", "plain words, Türkiye, 条約, שלום"),
        ("\x1b[31mred", "<U+001B>[31mred"),
        ("\x9b31m", "<U+009B>31m"),
        ("\x7f\x00", "<U+007F><U+0000>"),
        ("one\ttwo\nthree", "one two three"),
        ("a\N{NO-BREAK SPACE}b", "a\N{NO-BREAK SPACE}b"),
        ("\N{LEFT-TO-RIGHT ISOLATE}\N{ZERO WIDTH JOINER}", "<U+2066><U+200D>"),
        ("\N{LINE SEPARATOR}", "<U+2028>"),
        (
            "می\N{ZERO WIDTH NON-JOINER}کنند",
            "می\N{ZERO WIDTH NON-JOINER}کنند",
        ),  # as Persian is spelt
        ("\udcff", "<U+DCFF>"),  # a byte of a file name that is no UTF-8
        ("\U000e0041", "<U+E0041>"),  # a tag character, above the first plane
    ],
)
def test_control_characters_are_shown_as_code_points(told: str, shown: str) -> None:
    assert escape_invisible(told) == shown


@given(st.text())
def test_escaped_text_contains_no_terminal_control(told: str) -> None:
    shown = escape_invisible(told).replace("\N{ZERO WIDTH NON-JOINER}", "")
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")]


@pytest.mark.parametrize(
    ("told", "wide"), [("", 0), ("abc", 3), ("条約", 4), ("e\u0301", 1), ("ｱ", 1), ("को", 2)]
)
def test_width_of_text_is_sum_of_letters(told: str, wide: int) -> None:
    assert columns(told) == wide


def test_columns_align_below_wide_letters() -> None:
    rows = [("条約", "a", "x"), ("b", "cc", "y")]
    assert aligned(rows) == "条約  a   x\nb     cc  y"


def test_table_has_no_trailing_spaces_and_may_be_empty() -> None:
    assert aligned([("a", ""), ("bbb", "c")]) == "a\nbbb  c"
    assert aligned([]) == ""


# --- a replay --------------------------------------------------------------------------------


@pytest.fixture
def told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    story: Callable[..., str],
    register: Mapping[str, rm.Source],
) -> Told:
    """Tell a story of Fiji, where nothing of the kind happened, and replay it."""
    monkeypatch.chdir(tmp_path)

    def replayed(
        timeline: str, known_by: str | None = None, country: str = "FJI", **head: str
    ) -> rm.Replay:
        path = Path(f"{country}.yaml")
        path.write_text(story(timeline, country=country, **head), encoding="utf-8")
        return rm.replay(rm.load(path, register), known_by=known_by)

    return replayed


EVERY_KIND = """
    - act: engage
      date: 2022-02-01..2022-02-03
      contradiction: One report says the 1st, another the 3rd.
      evidence: [$press, $taliban]
    - act: recognise
      date: 2023
      rank: deprecated
      because: Nobody else has it.
      evidence: [$press]
    - status: {stage: engaged}
      date: 2024-01-01
      evidence: [$other]
    - signal: visit
      date: 2024-03~
      evidence: [$host, $denial]
    - refuse: recognise
      date: 2024-05-27
      because: not-attested
      evidence: [$press]
    - act: accept_ambassador
      date: 2024-06-01
      evidence: [$taliban]
    - status: {at-least: delisted}
      date: 2024-07-01
      evidence: [$press]
"""


def test_replay_lists_every_entry_with_result_and_evidence(told: Told) -> None:
    assert (
        click.unstyle(replay_in_words(told(EVERY_KIND)))
        == """\
Fiji (FJI): engaged, no ban documented; last documented 2026-01-15
FJI.yaml
  1996-09-27              start                      hostile, no ban documented
                            assumed: Made up.
  2022-02-01..2022-02-03  R02 engage                 engaged, no ban documented
                            claimed: yearbook-2026 (press, B3), yearbook-2026
                            (taliban, B3)
                            in doubt: One report says the 1st, another the 3rd.
  2023                    recognise                  deprecated, not replayed
                            Nobody else has it.
                            yearbook-2026 (press, B3)
  2024-01-01              status                     stage engaged: holds
                            yearbook-2026 (other_state, B3)
  2024-03~                signal                     visit
                            yearbook-2026 (host, B3), yearbook-2026
                            (host, B3, disputes)
  2024-05-27              refused recognise          as expected: not-attested
                            yearbook-2026 (press, B3)
  2024-06-01              refused accept_ambassador  not expected: not-attested
                            yearbook-2026 (taliban, B3)
  2024-07-01              status
                            at least delisted: does not hold
                            yearbook-2026 (press, B3)"""
    )


def test_colour_shows_changes_bold_and_deprecated_acts_struck(told: Told) -> None:
    lines = replay_in_words(told(EVERY_KIND)).splitlines()
    heading, change = (line for line in lines if "\x1b[1m" in line)
    assert "Fiji (FJI)" in heading
    assert "R02 engage" in change
    (struck,) = (line for line in lines if "\x1b[9m" in line)
    assert struck.startswith("  2023  ")


def test_status_in_some_readings_is_labelled(told: Told) -> None:
    lines = replay_in_words(
        told("""
            - act: engage
              date: 2022-02-01..2022-02-03
              evidence: [$press]
            - status: {stage: engaged}
              date: 2022-02-02
              evidence: [$press]
        """)
    )
    assert "  stage engaged: holds in some readings of the dates\n" in click.unstyle(lines)


@pytest.mark.parametrize(
    ("known_by", "heading", "end"),
    [
        (
            "2022-01-31",
            "Fiji (FJI): no dealings documented (assumed), no ban documented; last documented "
            "2022-01-31, as known by 2022-01-31",
            "  7 entries not public by 2022-01-31",
        ),
        (
            "1990-01-01",
            "Fiji (FJI): not documented, as known by 1990-01-01",
            "  7 entries not public by 1990-01-01",
        ),
    ],
)
def test_entries_not_yet_public_are_counted(
    told: Told, known_by: str, heading: str, end: str
) -> None:
    lines = click.unstyle(replay_in_words(told(EVERY_KIND, known_by))).splitlines()
    assert lines[0] == heading
    assert lines[-1] == end


def test_single_entry_not_yet_public_is_singular(told: Told) -> None:
    replay = told("- {signal: visit, date: 2022-02-01, evidence: [$press]}", "2023-01-01")
    assert replay_in_words(replay).endswith("\n  1 entry not public by 2023-01-01")


def test_long_reason_is_wrapped_below_entry(told: Told) -> None:
    reason = " ".join(["contradictory"] * 30)
    replay = told(f"""
        - signal: visit
          date: 2022-02-01
          contradiction: {reason}
          evidence: [$press]
    """)
    lines = replay_in_words(replay).splitlines()
    reasons = [line for line in lines if "contradictory" in line]
    assert len(reasons) > 3
    assert all(line.startswith(" " * 16) and len(line) <= 100 for line in reasons)
    assert " ".join(" ".join(reasons).split()) == f"in doubt: {reason}"


ENGAGED = "- {act: engage, date: 2022-02-02, evidence: [$press]}\n"
REFUSED = "- {refuse: recognise, date: 2023, because: wrong-stage, evidence: [$host]}\n"
NOT_REFUSED = "- {act: recognise, date: 2023, evidence: [$host]}\n"


@pytest.mark.parametrize(
    ("stories", "findings", "line"),
    [
        ([], 0, "0 countries, 0 changes, 0 refusals (0 expected), 0 findings"),
        ([REFUSED], 1, "1 country, 0 changes, 1 refusal (1 expected), 1 finding"),
        ([NOT_REFUSED], 1, "1 country, 0 changes, 1 refusal (0 expected), 1 finding"),
        ([ENGAGED], 0, "1 country, 1 change, 0 refusals (0 expected), 0 findings"),
        (
            [ENGAGED, ENGAGED, REFUSED, NOT_REFUSED],
            2,
            "4 countries, 2 changes, 2 refusals (1 expected), 2 findings",
        ),
    ],
)
def test_summary_uses_singular_and_plural(
    told: Told, stories: list[str], findings: int, line: str
) -> None:
    found = [finding("RM501", "an example")] * findings
    assert summary([told(timeline) for timeline in stories], found) == line


@pytest.mark.parametrize(
    ("codes", "told_of"),
    [
        (["RM652"], "1 finding (0 errors)"),
        (["RM501", "RM652"], "2 findings (1 error)"),
        (["RM501", "RM210", "RM501"], "3 findings (2 errors)"),
    ],
)
def test_summary_counts_errors_separately(codes: list[str], told_of: str) -> None:
    line = summary([], [finding(code, "an example") for code in codes])
    assert line == f"0 countries, 0 changes, 0 refusals (0 expected), {told_of}"


# --- claims, positions, what comes next ------------------------------------------------------


def test_claims_give_result_and_number_of_countries(
    told: Told, register: Mapping[str, rm.Source]
) -> None:
    replays = [
        told("- {act: engage, date: 2022-02-01..2022-02-03, evidence: [$press]}"),
        told("- {act: engage, date: 2022-02-02, evidence: [$press]}", country="TUV"),
    ]
    Path("claims.yaml").write_text(
        """\
format: recognition-collective/1
title: Made up
claims:
  - claim: first
    country: FJI
    stage: engaged
    date: 2022-02-03
    evidence: [{source: yearbook-2026, voice: press, credibility: 3, claim: An example.}]
  - claim: none
    stage: engaged
    date: 2023
    evidence: [{source: yearbook-2026, voice: press, credibility: 3, claim: An example.}]
  - claim: first
    country: TUV
    among: [TUV]
    stage: engaged
    date: ..2024-05
    contradiction: Another source says that nobody was.
    evidence: [{source: yearbook-2026, voice: host, credibility: 1, claim: An example.}]
  - claim: unattributed
    group: some islands
    date: 2024
    evidence: [{source: yearbook-2026, voice: press, credibility: 3, claim: An example.}]
""",
        encoding="utf-8",
    )
    (claims,) = rm.load_folder(["claims.yaml"], register).collectives
    checks = collective.check(claims, replays)
    assert click.unstyle(claims_in_words(checks)).splitlines() == [
        "Claims about many countries",
        "  2022-02-03    first FJI engaged: holds in some readings of the dates; checked",
        "                over 2 countries, 2 documented to that day",
        "                yearbook-2026 (press, B3)",
        "  2023          none engaged: does not hold; checked over 2 countries, 2",
        "                documented to that day",
        "                yearbook-2026 (press, B3)",
        "  ..2024-05     first TUV engaged among TUV: holds; checked over 1 country, 1",
        "                documented to that day; in doubt",
        "                yearbook-2026 (host, B1)",
        "  2024          unattributed some islands: about a group; not counted for any",
        "                member",
        "                yearbook-2026 (press, B3)",
    ]


def test_positions_table_gives_state_ban_beginning_and_evidence(
    told: Told,
) -> None:
    fiji = told("- {act: engage, date: 2022-02-01..2022-02-03, evidence: [$press, $host]}")
    tuvalu = told("- {signal: visit, date: 2022, evidence: [$press]}", country="TUV")
    rows = [
        (fiji, fiji.history.on("2022-02-02")),
        (fiji, fiji.history.on("2022-02-03")),
        (tuvalu, tuvalu.history.on("2026-01-16")),
        (tuvalu, tuvalu.history.on("1990-01-01")),
    ]
    page = plain(status_page([Row(*row) for row in rows]), 250)
    doubt = "no dealings documented (assumed) or engaged: the act is dated 2022-02-01..2022-02-03"
    host = "its own authorities (B3)"
    cells_of = [
        ("Country", "Stage", "Since", "Who says so", "Data end"),
        ("Fiji", doubt, "", host, "2026-01-15"),
        ("Fiji", "engaged", "2022-02-01 to 2022-02-03", host, "2026-01-15"),
        (
            "Tuvalu",
            "no dealings documented (assumed) (the data end 2026-01-15)",
            "1996-09-27",
            "assumed at the start",
            "2026-01-15",
        ),
        ("Tuvalu", "not documented", "", "", "2026-01-15"),
    ]
    widths = (7, len(doubt), 24, len(host), 0)
    assert page.splitlines() == [
        *(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in cells_of
        ),
        "Of 3 countries, each on the last day of its data: 1 evidenced within two years, 0 silent "
        "for longer, 1 assumed, 1 after the end of the data.",
    ]


def flowed(lines: list[str]) -> list[str]:
    """Entries of `next` with their wrapped lines joined again."""
    joined: list[str] = []
    for line in lines:
        if line.startswith(" " * 10):
            joined[-1] += " " + " ".join(line.split())
        else:
            joined.append(" ".join(line.split()))
    return joined


def next_of(replay: rm.Replay, day: str) -> list[str]:
    position = replay.history.on(day)
    acts = [(spell, act) for spell in position.spells for act in rm.next_acts(spell.state)]
    return plain(next_page(replay, position, acts), 100).splitlines()


def test_next_lists_open_acts_first_and_evidence_needed(
    told: Told,
) -> None:
    replay = told("- {signal: visit, date: 2022, evidence: [$press]}")
    lines = next_of(replay, "2024-01-01")
    assert all(len(line) <= 100 for line in lines)
    # From the rule table, by hand. In brackets: the rules that lead there from here, or all.
    assert flowed(lines) == [
        "Fiji (FJI) on 2024-01-01: no dealings documented (assumed) (no ban documented)",
        "open ban: R01 to banned, ban in force needs an official voice of the country",
        "open engage: R02 to engaged, no ban documented needs a report",
        "closed delist: R03 stage must be banned or engaged (is hostile) and ban must be in force "
        "(is none) the stage must be banned or engaged first (R01, R02) and there "
        "must be a ban in force (R01)",
        "closed accept ambassador: R04 stage must be engaged or delisted (is hostile) the stage "
        "must be engaged or delisted first (R02)",
        "closed recognise: R05 stage must be ambassador accepted (is hostile); R06 stage must be "
        "engaged or delisted (is hostile) the stage must be ambassador accepted first (R04); or "
        "the stage must be engaged or delisted first (R02)",
        "closed withdraw recognition: R07 stage must be de jure recognition (is hostile) the stage "
        "must be de jure recognition first (R05, R06)",
        "closed downgrade: R08 stage must be ambassador accepted (is hostile) the stage must be "
        "ambassador accepted first (R04)",
        "closed break off: R09 stage must be engaged or delisted or ambassador accepted or "
        "de jure recognition (is hostile); R10 stage must be engaged (is hostile) and ban must be "
        "in force (is none) the stage must be engaged or delisted or ambassador accepted or "
        "de jure recognition first (R02)",
        "only if the Taliban cease to govern:",
        "closed lapse: R11 stage must be engaged or delisted or ambassador accepted or "
        "de jure recognition (is hostile); R12 stage must be engaged (is hostile) and ban must be "
        "in force (is none) the stage must be engaged or delisted or ambassador accepted or "
        "de jure recognition first (R02)",
    ]


def test_next_covers_each_possible_state(told: Told) -> None:
    replay = told(
        "- {act: delist, date: 2024-01-01..2024-01-31, evidence: [$host]}",
        stage="banned",
        ban="in_force",
    )
    lines = flowed(next_of(replay, "2024-01-15"))
    assert " ".join(lines[:2]) == (
        "Fiji (FJI) on 2024-01-15: banned (assumed) or delisted: the act is dated "
        "2024-01-01..2024-01-31 (ban in force or ban lifted)"
    )
    assert [line for line in lines if line.startswith("if ")] == [
        "if banned, ban in force:",
        "if delisted, ban lifted:",
    ]
    banned = lines[lines.index("if banned, ban in force:") + 1 :][:8]
    delisted = lines[lines.index("if delisted, ban lifted:") + 1 :]
    opened = [
        [" ".join(a.split(" to ")[0].split()) for a in acts if a[:4] == "open"]
        for acts in (banned, delisted)
    ]
    assert opened == [
        ["open engage: R02", "open delist: R03"],
        [
            "open ban: R01",
            "open accept ambassador: R04",
            "open recognise: R06",
            "open break off: R09",
            "open lapse: R11",
        ],
    ]


def test_next_is_empty_before_the_record_begins(told: Told) -> None:
    replay = told("- {signal: visit, date: 2022, evidence: [$press]}")
    assert next_of(replay, "1990-01-01") == ["Fiji (FJI) on 1990-01-01: not documented"]


# --- rules and verifications -----------------------------------------------------------------


def test_rule_table_prints_as_in_design() -> None:
    header, *rows = plain(rules_page(rm.RULES), 200).splitlines()
    starts = [header.index(title) for title in ("code", "act", "before", "after")]
    starts += [header.index(title) for title in ("ban must be", "ban becomes", "needs")]
    ends = [*starts[1:], None]

    def parted(row: str) -> list[str]:
        return [row[a:b].strip() for a, b in zip(starts, ends, strict=True)]

    assert len(rows) == 12
    assert parted(rows[0]) == [
        *("R01", "ban", "hostile, engaged, delisted, ambassador accepted", "banned"),
        *("none, lifted", "in force", "official"),
    ]
    assert parted(rows[1]) == [
        *("R02", "engage", "hostile, banned", "engaged"),
        *("none, in force, lifted", "same", "reported"),
    ]
    assert parted(rows[2]) == [
        *("R03", "delist", "banned, engaged", "delisted", "in force", "lifted", "official"),
    ]
    assert parted(rows[9]) == [
        *("R10", "break off", "engaged", "banned", "in force", "same", "claimed"),
    ]


def test_verification_counts_per_source_and_in_total(
    register: Mapping[str, rm.Source],
) -> None:
    def item(source: str, found: Found) -> Item:
        locator = rm.Locator.of("An example.")
        place = rm.Place("FJI.yaml", 7, 5)
        return Item(source=register[source], locator=locator, place=place, found=found)

    items = (
        item("wire-2022", Found.ABSENT),
        item("yearbook-2026", Found.NO_COPY),
        item("wire-2022", Found.MATCH),
        item("wire-2022", Found.MATCH),
    )
    assert verification_in_words(Verification(items=items, findings=())) == (
        "wire-2022:      2 match, 1 absent\n"
        "yearbook-2026:  1 no copy held\n"
        "2 match, 0 moved, 0 ambiguous, 1 absent, 1 no copy held"
    )


def test_empty_verification_counts_nothing() -> None:
    nothing = Verification(items=(), findings=())
    assert (
        verification_in_words(nothing) == "0 match, 0 moved, 0 ambiguous, 0 absent, 0 no copy held"
    )
