"""Everyday slips in the text of a file: where they are shown, and what mends them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import assume, example, given
from hypothesis import strategies as st
from support.slips import REGISTER, SCENARIO, told_of, write

import recognition_model as rm
from recognition_model.io.nodes import Document
from recognition_model.io.strict_yaml import parse
from recognition_model.io.writer import scenario_text

NOTE, CLAIM = "note: Envoys hold talks.", "claim: Envoys meet."
NOTE_LINE, CLAIM_LINE = 9, 11
EVIDENCE = "      - {source: example-1, voice: host, credibility: 1, announcement: true, "
FIRST_KEY = "  - act: engage\n"
DATE = "    date: 2021-11-18\n"


def only(document: Document) -> rm.Finding:
    (found,) = document.findings
    return found


# --- a free text that YAML takes for something else ---------------------------------------------

# A text as a person writes it, and the same in quotes as the hint shows it.
TEXTS = [
    ("@mofa posted", '"@mofa posted"'),
    ("%50 of the talks", '"%50 of the talks"'),
    ("*Breaking* news", '"*Breaking* news"'),
    ("*Breaking", '"*Breaking"'),
    ("`Kabul` talks", '"`Kabul` talks"'),
    ("- talks", '"- talks"'),
    ("| talks", '"| talks"'),
    ("> talks", '"> talks"'),
    ("? talks", '"? talks"'),
    (", talks", '", talks"'),
    ("! talks", '"! talks"'),
    ("!talks held", '"!talks held"'),
    ("& talks", '"& talks"'),
    ("&talks held", '"&talks held"'),
    ("] talks", '"] talks"'),
    ("[talks]", '"[talks]"'),
    ("[talks] held", '"[talks] held"'),
    ("{talks}", '"{talks}"'),
    ("{talks} held", '"{talks} held"'),
    (": talks", '": talks"'),
    ("Talks:", '"Talks:"'),
    ("Kabul: talks held", '"Kabul: talks held"'),
    ("“Kabul: talks held”", '"“Kabul: talks held”"'),
    ('"Envoys" hold talks', "'\"Envoys\" hold talks'"),
    ('"Envoys" and "guests"', '\'"Envoys" and "guests"\''),
    ("'Kabul' and 'Herat's man", "\"'Kabul' and 'Herat's man\""),
    ("'Tis Kabul's man", "\"'Tis Kabul's man\""),
    ("'Tis said.", '"\'Tis said."'),
    ('Kabul\'s "talks": held', "'Kabul''s \"talks\": held'"),
]
# The quotes are meant as quotes, and the text inside has one of them.
QUOTED = [
    ("'Kabul's man", '"Kabul\'s man"'),
    ("'Kabul's man and Herat's", "\"Kabul's man and Herat's\""),
    ("'Kabul's man'", '"Kabul\'s man"'),
    ('"A "talk" is held', '\'"A "talk" is held\''),
    ('"C:\\Users"', "'C:\\Users'"),
    ('"Never closed', '"Never closed"'),
]


@pytest.mark.parametrize(("text", "quoted"), TEXTS + QUOTED)
def test_text_of_a_note_is_shown_in_the_quotes_that_mend_it(
    text: str, quoted: str, tmp_path: Path
) -> None:
    found = told_of(tmp_path, NOTE, f"note: {text}")[0]
    assert (found.place.line, found.is_error) == (NOTE_LINE, True)
    assert found.hint.endswith(quoted)
    assert told_of(tmp_path, NOTE, f"note: {quoted}") == []


@pytest.mark.parametrize(("text", "quoted"), TEXTS + QUOTED)
def test_text_inside_braces_is_shown_in_the_quotes_that_mend_it(
    text: str, quoted: str, tmp_path: Path
) -> None:
    found = told_of(tmp_path, CLAIM, f"claim: {text}")[0]
    assert (found.place.line, found.is_error) == (CLAIM_LINE, True)
    assert found.hint.endswith(quoted)
    assert told_of(tmp_path, CLAIM, f"claim: {quoted}") == []


@pytest.mark.parametrize(("text", "quoted"), TEXTS)
def test_mended_text_is_the_text_that_was_meant(text: str, quoted: str, tmp_path: Path) -> None:
    scenario = rm.load(write(tmp_path, NOTE, f"note: {quoted}"))
    assert scenario.timeline[0].note == text


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(("text", "quoted"), TEXTS + QUOTED)
def test_title_of_a_source_is_shown_in_the_quotes_that_mend_it(text: str, quoted: str) -> None:
    edited = REGISTER.replace("title: Envoys meet in Kabul", f"title: {text}")
    document = parse(edited, "sources.yaml")
    if document.findings:  # [talks] and {talks} are for the reader to refuse
        assert (document.findings[0].place.line, document.findings[0].code[:4]) == (6, "RM11")
        assert document.findings[0].hint.endswith(quoted)
    else:
        assert text in ("[talks]", "{talks}")


FLOW_REGISTER = "format: recognition-sources/1\nsources:\n  example-1: {PAIRS}\n"
PAIRS = ("type: webpage", "publisher: P", "author: A", "title: T", "note: N", "issued: 2021",
         "language: en", "reliability: B", "url: https://example.org/a")  # fmt: skip


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("place", range(len(PAIRS)))
@pytest.mark.parametrize("key", ["title", "publisher", "note", "author"])
def test_colon_in_a_source_inside_braces_is_blamed_on_its_own_key(key: str, place: int) -> None:
    pairs = [pair for pair in PAIRS if not pair.startswith(key)]
    pairs.insert(place, f"{key}: Kabul: talks")
    line = FLOW_REGISTER.replace("PAIRS", ", ".join(pairs))
    found = only(parse(line, "sources.yaml"))
    assert found.message.startswith(f"the text of `{key}:` contains a colon")
    assert found.hint == 'put the text in double quotes: "Kabul: talks"'
    colon = line.splitlines()[2].index("Kabul:") + len("Kabul") + 1
    assert (found.place.line, found.place.column) == (3, colon)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "pairs",
    [
        "publisher: P, title: Kabul: talks, issued: 2021, note: Day: two, language: en",
        "publisher: P, title: Kabul: talks,\n    issued: 2021, language: en",
        "publisher: P, title: Kabul: talks,\n    issued: 2021, note: Day: two",
    ],
)
def test_first_of_two_colons_inside_braces_is_shown_first(pairs: str) -> None:
    found = only(parse(FLOW_REGISTER.replace("PAIRS", pairs), "sources.yaml"))
    assert found.message.startswith("the text of `title:` contains a colon")
    assert found.hint == 'put the text in double quotes: "Kabul: talks"'


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("@mofa posted", 11, "begins with @, which has a meaning in YAML"),
        ("Kabul: talks", 16, "contains a colon before a space, which ends a key in YAML"),
        ("'Tis said.", 11, "opens a quote that is never closed"),
        ('"Envoys" talk', 11, "begins with a quote, and YAML ends the text at the next one"),
    ],
)
def test_message_names_what_yaml_misreads_and_where(
    text: str, column: int, message: str, tmp_path: Path
) -> None:
    found = told_of(tmp_path, NOTE, f"note: {text}")[0]
    assert found.message == f"the text of `note:` {message}"
    assert found.place.column == column


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_quote_alone_is_told_to_be_closed(end: str) -> None:
    (found,) = parse(f'title: "{end}', "RUS.yaml").findings
    assert (found.code, found.place.line, found.place.column) == ("RM110", 1, 8)
    assert found.hint == 'close the quote at the end of the text: ""'


def test_a_file_that_breaks_off_without_a_line_end_is_told_at_its_end() -> None:
    (found,) = parse("services:\n  we'b: {image:", "RUS.yaml").findings
    assert (found.code, found.place.line, found.place.column) == ("RM110", 2, 16)


def test_curly_quotes_are_said_not_to_quote(tmp_path: Path) -> None:
    found = told_of(tmp_path, NOTE, "note: “Kabul: talks”")[0]
    assert found.hint.startswith("curly quotes do not quote in YAML; put straight quotes")


def test_long_text_does_not_flood_the_hint(tmp_path: Path) -> None:
    found = told_of(tmp_path, NOTE, f"note: Kabul: {'talks ' * 2000}")[0]
    assert found.code == "RM110"
    assert len(found.message) + len(found.hint) < 250


@pytest.mark.parametrize("mark", ["*", "&", "!"])
def test_long_word_that_yaml_reads_as_a_mark_does_not_flood_the_message(
    mark: str, tmp_path: Path
) -> None:
    for found in told_of(tmp_path, NOTE, f"note: {mark}{'a' * 5000} b"):
        assert len(found.message) + len(found.hint) < 250


def test_text_over_several_lines_is_mended_as_one(tmp_path: Path) -> None:
    found = told_of(tmp_path, NOTE, "note: Envoys hold talks\n      in Kabul: day two.")[0]
    assert found.hint.endswith('"Envoys hold talks in Kabul: day two."')
    mended = 'note: "Envoys hold talks in Kabul: day two."'
    assert told_of(tmp_path, NOTE, mended) == []


def test_comma_in_a_text_inside_braces_is_said_to_need_quotes(tmp_path: Path) -> None:
    (found,) = told_of(tmp_path, CLAIM, "claim: Talks, then tea")
    assert (found.code, found.hint) == ("RM201", "inside { }, quote a text that contains a comma")


@pytest.mark.parametrize("mark", ["|", ">", ">-"])
def test_block_text_without_lines_is_said_to_need_them(mark: str, tmp_path: Path) -> None:
    (found,) = told_of(tmp_path, NOTE, f"note: {mark}")
    assert (found.code, found.place.line) == ("RM208", NOTE_LINE)
    assert f"{mark[0]} announces a text on the lines below" in found.hint


# --- text cut off at # --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        (NOTE, "note: Resolution #2626 and after", 9, 22),
        (NOTE, "note: Talks   # two", 9, 19),
        (NOTE, "note: Talks\t#2", 9, 17),
        (NOTE, "note: Talks of\n      decree #2 in Kabul", 10, 14),
        (NOTE, "note:\n      Decree #2 in Kabul", 10, 14),
        (NOTE, "contradiction: Decree #2 in Kabul", 9, 27),
        ("title: France, a made-up record", "title: Notice #1", 3, 15),
    ],
)
def test_text_that_ends_before_a_comment_is_a_warning_at_the_hash(
    old: str, new: str, line: int, column: int, tmp_path: Path
) -> None:
    (found,) = told_of(tmp_path, old, new)
    assert (found.code, found.severity) == ("RM713", rm.Severity.WARNING)
    assert (found.place.line, found.place.column) == (line, column)
    assert "put the whole text in quotes" in found.hint


def test_text_of_a_hundred_lines_that_ends_before_a_comment_is_a_warning(tmp_path: Path) -> None:
    text = "\n      ".join(["on and on"] * 100)
    (found,) = told_of(tmp_path, NOTE, f"note: {text} #2")
    assert (found.code, found.place.line) == ("RM713", NOTE_LINE + 99)


def test_text_cut_off_in_the_register_is_a_warning(tmp_path: Path) -> None:
    title = ("title: Envoys meet in Kabul", "title: Notice #1 of the ministry")
    (found,) = told_of(tmp_path, register=title)
    assert (found.code, Path(found.place.file).name, found.place.line) == (
        "RM713", "sources.yaml", 6
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (DATE, "    date: 2021-11-18  # about\n"),
        ("act: engage", "act: engage  # a meeting"),
        ("stage: engaged}", "stage: engaged}  # still"),
        (f"{CLAIM}}}", f"{CLAIM}}}  # as of #2"),
        (NOTE, 'note: "Resolution #2626"'),
        (NOTE, "note: 'Resolution' # a comment"),
        (NOTE, "note: |\n      Resolution #2626"),
        (NOTE, "note: Resolution#2626"),
        (NOTE, f"{NOTE}\n    # A comment on its line."),
        (NOTE, f"# note: Resolution #2626\n    {NOTE}"),
    ],
)
def test_comment_that_cuts_off_no_text_is_no_finding(old: str, new: str, tmp_path: Path) -> None:
    assert told_of(tmp_path, old, new) == []


def test_word_of_a_refusal_may_have_a_comment_and_the_reason_of_an_act_may_not() -> None:
    head = SCENARIO[: SCENARIO.index("  - act")]
    refused = "  - {refuse: recognise, date: 2022, because: not-attested # see below\n    }\n"
    struck = "  - act: engage\n    rank: deprecated\n    because: Order #2 says no\n"
    assert parse(head + refused, "f.yaml").findings == ()
    assert only(parse(head + struck, "f.yaml")).code == "RM713"


def test_hash_in_braces_is_blamed_on_its_own_line(tmp_path: Path) -> None:
    found = told_of(tmp_path, CLAIM, "claim: Order #12 signed")[0]
    assert (found.code, found.place.line, found.place.column) == ("RM110", CLAIM_LINE, 91)
    assert found.message == "the text of `claim:` contains ` #`, which begins a comment in YAML"
    assert found.hint == 'put the text in double quotes: "Order #12 signed"'


def test_title_that_is_all_comment_is_said_to_be_one(tmp_path: Path) -> None:
    (found,) = told_of(tmp_path, "title: France, a made-up record", "title: #️⃣ France")
    assert (found.code, found.place.line) == ("RM208", 3)
    assert "what follows a # is a comment" in found.hint


@pytest.mark.usefixtures("loader")
def test_shipped_record_has_no_text_that_is_cut_off() -> None:
    assert rm.load_folder().findings == ()


# --- the layout of a file -----------------------------------------------------------------------

ITEM = f"{EVIDENCE}{CLAIM}}}\n"
# What is written, and the place and the hint of its finding.
LAYOUT = [
    (f"    evidence:\n{ITEM}", f"  evidence:\n{ITEM}", 10, 3, "indent `evidence:` like `note:`"),
    (DATE, f"  {DATE}", 8, 7, "indent `date:` like `act:` in line 7"),
    ("    note:", "   note:", 9, 4, "indent `note:` like `date:` in line 8"),
    ("country:", " country:", 2, 2, "indent `country:` like `format:` in line 1"),
    ("format:", "  format:", 1, 3, "indent `format:` like `country:` in line 2"),
    ("timeline:", " timeline:", 6, 2, "indent `timeline:` like `documented-until:` in line 5"),
    (FIRST_KEY, "- act: engage\n", 7, 1, "indent `- act:` like `- status:` in line 12"),
    (FIRST_KEY, "   - act: engage\n", 7, 4, "indent `- act:` like `- status:` in line 12"),
    (FIRST_KEY, "      - act: engage\n", 7, 7, "indent `- act:` like `- status:` in line 12"),
    ("  - status", "- status", 12, 1, "indent `- status:` like `- act:` in line 7"),
    ("  - status", "   - status", 12, 4, "indent `- status:` like `- act:` in line 7"),
    ("  - status", "        - status", 12, 9, "indent `- status:` like `- act:` in line 7"),
    ("timeline:", "timeline: []", 6, 11, "delete `[]`"),
    ("timeline:", "timeline: {}  # none yet\n", 6, 11, "delete `{}`"),
    ("    evidence:\n", "    evidence: []\n", 10, 15, "delete `[]`"),
    ("date: 2021-11-18", "date: '2021-11-18", 8, 11, "close the quote at the end of the value"),
    (FIRST_KEY, "  act: engage\n", 7, 3, "write `- act:`"),
    (FIRST_KEY, "    act: engage\n", 7, 5, "write `- act:`"),
    ("  - status:", "  status:", 12, 3, "write `- status:`"),
    (DATE, "    date:2021-11-18\n", 8, 5, "write a space after `date:`"),
    (DATE, "    date 2021-11-18\n", 8, 5, "write `date:` with a colon"),
    ("host, credibility", "host credibility", 11, 41, "put a comma before `credibility:`"),
    ("true, claim", "true claim", 11, 77, "put a comma before `claim:`"),
    (f"{CLAIM}}}", CLAIM, 11, 9, "write `}` at the end of the line"),
    ("Still so.}", "Still so.", 15, 9, "write `}` at the end of the line"),
    (f"{CLAIM}}}", f"{CLAIM}]", 11, 9, "write `}` in place of `]` in column 97"),
    ("- {source: example-1", "- source: example-1", 11, 9, "write `{` before `source:`"),
    ("- {source: example-1", "* {source: example-1", 11, 7, "begin the item with `- `"),
    ("- {source: example-1", "+ {source: example-1", 11, 7, "begin the item with `- `"),
    ("- {source: example-1", "-{source: example-1", 11, 7, "put a space behind the dash"),
    (FIRST_KEY, "  * act: engage\n", 7, 3, "begin the item with `- `"),
    (FIRST_KEY, "  + act: engage\n", 7, 3, "begin the item with `- `"),
    (FIRST_KEY, "  -act: engage\n", 7, 3, "put a space behind the dash"),
    (NOTE, "note: |\n    Envoys talk.", 10, 5, "the text below `|` further than `note:`"),
    (NOTE, "note: |\n    Kabul: talks.\n    Two.", 10, 5, "the text below `|` further than"),
    (NOTE, "note: |\n    One\n\n      Two\n    Three", 10, 5, "the text below `|` further than"),
    (NOTE, "note: >-\n  Envoys talk.", 10, 3, "the text below `>` further than `note:`"),
    (NOTE, "note: | # why\nEnvoys talk.", 10, 1, "the text below `|` further than `note:`"),
    (NOTE, "note: Envoys hold talks\n    in Kabul.", 10, 5, "indent it further than `note:`"),
    (NOTE, "note: Envoys hold talks\nin Kabul.", 10, 1, "indent it further than `note:`"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "column", "hint"), LAYOUT)
def test_slip_of_the_layout_is_shown_where_it_is_with_what_mends_it(
    old: str, new: str, line: int, column: int, hint: str, tmp_path: Path
) -> None:
    (found,) = told_of(tmp_path, old, new)
    assert (found.code, found.place.line, found.place.column) == ("RM110", line, column)
    assert hint in found.hint


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(("old", "new", "line", "column", "hint"), LAYOUT)
def test_both_parsers_give_the_same_advice(
    old: str, new: str, line: int, column: int, hint: str
) -> None:
    found = only(parse(SCENARIO.replace(old, new), "FRA.yaml"))
    assert (found.place.line, found.place.column) == (line, column)
    assert hint in found.hint


# A scenario whose lists have several items, and a later comment with an apostrophe.
LONGER = """\
format: recognition-scenario/1
country: FRA
title: France, a made-up record
start: {stage: hostile, ban: none, date: 2021-08-15, assumed: made up}
documented-until: 2023-06-30
timeline:
  - act: engage
    date: 2021-11-18
    note: Envoys hold talks.
    evidence:
      - source: example-1
        voice: host
        credibility: 1
        claim: Envoys meet.
      - source: example-1
        voice: press
        credibility: 2
        claim: The ministry's envoys meet.
  - signal: visit
    date: 2021-12
    note: "A visit: the first."
    evidence:
      - source: example-1
        voice: press
        credibility: 2
        claim: Guests come.
# The host's word counts most.
"""


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("old", "new", "line", "column", "hint"),
    [
        ("title: France", "title: 'France", 3, 8, "close the quote at the end of the text"),
        ("note: Envoys", 'note: "Envoys', 9, 11, '"Envoys hold talks."'),
        ("claim: Envoys", "claim: 'Envoys", 14, 16, "close the quote at the end of the text"),
        ("claim: Guests", "claim: 'Guests", 26, 16, "close the quote at the end of the text"),
        ("voice: host", 'voice: "host', 12, 16, 'close the quote at the end of the value: "host"'),
        ("credibility: 1\n        claim: E", "credibility: '1\n        claim: 'E", 13, 22, "close"),
        ("      - source", "    - source", 11, 5, "indent `- source:` like `- source:` in line 15"),
        ("  - signal", "- signal", 19, 1, "indent `- signal:` like `- act:` in line 7"),
        ("  - signal", "   - signal", 19, 4, "indent `- signal:` like `- act:` in line 7"),
        ("  - signal", "      - signal", 19, 7, "indent `- signal:` like `- act:` in line 7"),
        ("  - act", "    - act", 7, 5, "indent `- act:` like `- signal:` in line 19"),
        ("  - signal", "    signal", 19, 5, "write `- signal:`"),
        ("- source: example-1\n        voice: p", "  source: a\n        voice: p", 15, 9, "write"),
        ("voice: host", "'voice: host", 12, 9, "delete the quote"),
        ("- act", '- "act', 7, 5, "delete the quote"),
        ("    date: 2021-12\n", "    date: 2021\n    date: 2022\n", 21, 5, "keep one of the two"),
    ],
)  # fmt: skip
def test_slip_is_one_finding_at_its_own_line_however_far_the_parser_reads_on(
    old: str, new: str, line: int, column: int, hint: str
) -> None:
    assert old in LONGER
    found = only(parse(LONGER.replace(old, new, 1), "FRA.yaml"))
    assert (found.place.line, found.place.column) == (line, column)
    assert hint in found.hint


def test_second_slip_inside_what_an_open_quote_swallows_does_not_hide_the_quote() -> None:
    text = LONGER.replace("claim: Envoys", "claim: 'Envoys").replace("- signal", "- a: b: c")
    found = only(parse(text, "FRA.yaml"))
    assert (found.place.line, found.place.column) == (14, 16)


@pytest.mark.parametrize("between", [1, 2, 3])
def test_second_slip_below_does_not_hide_a_quote_that_is_never_closed(between: int) -> None:
    lines = ["note: 'Talks", *["date: 2021"] * between, "title: b: c", "author: 'x'"]
    found = only(parse("\n".join(lines) + "\n", "FRA.yaml"))
    assert (found.place.line, found.place.column) == (1, 7)
    assert found.message == "the text of `note:` opens a quote that is never closed"


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("mark", ["* ", "+ ", "-"])
def test_same_wrong_mark_of_every_item_is_one_finding_at_the_first(mark: str) -> None:
    found = only(parse(SCENARIO.replace("- ", mark), "FRA.yaml"))
    assert (found.place.line, found.place.column) == (7, 3)


def test_second_dash_missing_leaves_the_first_entry_as_it_was(tmp_path: Path) -> None:
    (found,) = told_of(tmp_path, "  - status: {", "    status: {")
    assert (found.code, found.place.line, found.place.column) == ("RM114", 12, 5)
    assert found.message == "`status:` begins an item of a list, and its dash is missing"


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        (DATE, DATE + DATE, "keep one of the two"),
        (FIRST_KEY, FIRST_KEY + "    act: engage\n", "if another item begins here, write `- act:`"),
    ],
)
def test_key_that_occurs_twice_in_one_entry_has_a_hint(
    old: str, new: str, hint: str, tmp_path: Path
) -> None:
    (found,) = told_of(tmp_path, old, new)
    assert found.code == "RM114"
    assert hint in found.hint


def test_source_without_its_name_is_one_finding() -> None:
    text = REGISTER.replace("  example-2:\n", "")
    found = only(parse(text, "sources.yaml"))
    assert (found.code, found.place.line) == ("RM114", 11)
    assert found.message == "duplicate key 'type' (first on line 4), and 6 more"
    assert "write its name on a line above" in found.hint


@pytest.mark.parametrize(
    "note",
    ['note: "Talks\n      - in Kabul"', "note: 'Talks\n      note: a word'"],
)
def test_quoted_text_over_lines_that_look_like_keys_is_read(note: str, tmp_path: Path) -> None:
    assert told_of(tmp_path, NOTE, note) == []
    found = told_of(tmp_path, f"{NOTE}\n", f"{note}\n   x: 1\n")[0]
    assert found.place.line == 11  # not where the quote opens


def test_second_slip_further_down_does_not_hide_what_mends_the_first() -> None:
    text = SCENARIO.replace(NOTE, "note: a: b").replace(CLAIM, "claim: c: d")
    found = only(parse(text, "FRA.yaml"))
    assert (found.place.line, found.hint) == (9, 'put the text in double quotes: "a: b"')


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "char"),
    [
        (DATE, DATE.replace("    ", "\xa0\xa0  "), 8, 1, "U+00A0 (no-break space)"),
        (DATE, DATE.replace("    ", "  \u3000\u3000"), 8, 3, "U+3000 (ideographic space)"),
        (FIRST_KEY, "  – act: engage\n", 7, 3, "U+2013 (en dash)"),
        ("  - status", "  • status", 12, 3, "U+2022 (bullet)"),
        (EVIDENCE, EVIDENCE.replace("- {", "— {"), 11, 7, "U+2014 (em dash)"),
    ],
)
def test_odd_beginning_of_a_line_is_one_finding_that_names_the_character(
    old: str, new: str, line: int, column: int, char: str, tmp_path: Path
) -> None:
    (found,) = told_of(tmp_path, old, new)
    assert (found.code, found.place.line, found.place.column) == ("RM123", line, column)
    assert found.message == f"the line begins with {char}"


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "where"),
    [
        (DATE, "    date:\xa02021-11-18\n", 8, 10, "behind `date:`"),
        (FIRST_KEY, "  -\xa0act: engage\n", 7, 4, "behind the dash"),
        ("  - status: {", "  - status:\xa0{", 12, 12, "behind `status:`"),
    ],
)
def test_odd_space_behind_a_key_or_a_dash_is_said_to_stand_there(
    old: str, new: str, line: int, column: int, where: str, tmp_path: Path
) -> None:
    (found,) = told_of(tmp_path, old, new)
    assert (found.code, found.place.line, found.place.column) == ("RM123", line, column)
    assert found.message == f"U+00A0 (no-break space) stands {where} in place of a space"


def test_odd_indents_of_a_whole_entry_are_one_finding(tmp_path: Path) -> None:
    entry = SCENARIO[SCENARIO.index(FIRST_KEY) : SCENARIO.index("  - status")]
    (found,) = told_of(tmp_path, entry, entry.replace("    ", "\xa0\xa0\xa0\xa0"))
    assert (found.code, found.place.line) == ("RM123", 8)
    assert "3 more lines have such a character" in found.message


def test_odd_indents_hide_no_other_finding(tmp_path: Path) -> None:
    found = told_of(tmp_path, f"{DATE}    {NOTE}", f"\xa0\xa0\xa0\xa0date: 2021-11-38\n    {NOTE}")
    assert [one.code for one in found] == ["RM123", "RM402"]


@pytest.mark.parametrize(
    "note",
    [
        "note: >\n      Talks\n      – in Kabul",
        'note: "Talks\n      – in Kabul"',
        "note: Talks\n      – in Kabul",
    ],
)
def test_dash_that_begins_a_line_of_a_text_is_no_finding(note: str, tmp_path: Path) -> None:
    assert told_of(tmp_path, NOTE, note) == []
    assert "– in Kabul" in rm.load(tmp_path / "FRA.yaml").timeline[0].note


@pytest.mark.parametrize(
    ("old", "new", "code", "hint"),
    [
        ("format:", "%YAML 1.1\n---\nformat:", "RM119", "remove the line that begins with %"),
        ("format:", "%YAML 2.3\n---\nformat:", "RM110", "remove the line"),
        ("country:", "---\ncountry:", "RM119", "remove the line `---`"),
        (DATE, f"=======\n{DATE}", "RM121", "keep one side"),
        (DATE, f"<<<<<<< HEAD\n{DATE}=======\n{DATE}>>>>>>> other\n", "RM121", "keep one side"),
        (DATE, f"||||||| base\n{DATE}=======\n>>>>>>> other\n", "RM121", "keep one side"),
    ],
)
def test_line_that_is_no_part_of_the_record_is_said_to_be_none(
    old: str, new: str, code: str, hint: str, tmp_path: Path
) -> None:
    said = {found.code: found.hint for found in told_of(tmp_path, old, new)}
    assert hint in said[code]


# --- any text -----------------------------------------------------------------------------------

PRINTABLE = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp", "Zs"))
ODD = st.sampled_from([*" #:-[]{},&*!|>'\"%@?.~<=`\\/()–“”’", " #", ": ", "- ", "--- "])
UNUSUAL = st.sampled_from("\n\t\xa0\u200c\u200e\xad\ufeff")  # written as escapes
ONE_LINE = st.lists(PRINTABLE | ODD, min_size=1, max_size=30).map(lambda s: "".join(s).strip(" "))


@pytest.fixture(scope="module")
def shipped() -> Mapping[str, rm.Source]:
    return rm.read_sources()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(text=ONE_LINE)
@example(text="Resolution #2626 and after")
@example(text="a\t#b")
@example(text="---")
@example(text="<<: a")
@example(text="? a")
def test_text_after_note_is_read_as_it_is_or_gives_a_finding(
    text: str, folder: Path, shipped: Mapping[str, rm.Source]
) -> None:
    assume(text and text[0] not in "'\"")  # quotes are meant as quotes
    write(folder, NOTE, f"note: {text}")
    read = rm.load_folder(folder, shipped)
    assert read.findings or read.scenarios[0].timeline[0].note == text


@given(text=ONE_LINE)
@example(text="Order #12 signed")
@example(text="Kabul: talks")
def test_text_of_a_claim_is_read_as_it_is_or_gives_a_finding(
    text: str, folder: Path, shipped: Mapping[str, rm.Source]
) -> None:
    assume(text and text[0] not in "'\"" and text[-1] != "," and "}" not in text)
    write(folder, CLAIM, f"claim: {text}")
    read = rm.load_folder(folder, shipped)
    assert read.findings or read.scenarios[0].timeline[0].evidence[0].claim == text


@given(text=ONE_LINE, key=st.sampled_from(["note", "claim"]))
@example(text="{x} y", key="note")
@example(text='it\'s "x": y', key="claim")
def test_quotes_that_a_hint_shows_hold_the_whole_text(
    text: str, key: str, folder: Path, shipped: Mapping[str, rm.Source]
) -> None:
    assume(text and text[0] not in "'\"")
    assume(key == "note" or not set(text) & set(",{}"))  # they may end what is meant
    old = NOTE if key == "note" else CLAIM
    write(folder, old, f"{key}: {text}")
    hints = [found.hint for found in rm.load_folder(folder, shipped).findings]
    for hint in hints[:1]:
        if hint.startswith("put the text in"):
            write(folder, old, f"{key}: {hint.partition(': ')[2]}")
            read = rm.load_folder(folder, shipped)
            assert not read.findings
            step = read.scenarios[0].timeline[0]
            assert (step.note if key == "note" else step.evidence[0].claim) == text


@given(text=st.lists(PRINTABLE | ODD | UNUSUAL, min_size=1).map("".join))
def test_any_text_that_is_written_reads_back_without_a_finding(
    text: str, folder: Path, shipped: Mapping[str, rm.Source]
) -> None:
    assume(text == text.strip() and not set(text) & set("\u115f\u1160\u3164\uffa0"))
    scenario = rm.load(write(folder), shipped)
    first, *rest = scenario.timeline
    changed = evolve(scenario, timeline=(evolve(first, note=text), *rest))
    (folder / "FRA.yaml").write_bytes(scenario_text(changed).encode())
    read = rm.load_folder(folder, shipped)
    assert read.findings == ()
    assert read.scenarios == (changed,)


# --- speed --------------------------------------------------------------------------------------


@pytest.mark.parametrize("slip", ["    note: a #b\n", "    note: [a]\n", "    note: *a\n"])
def test_fifty_thousand_slips_are_found_in_seconds(slip: str) -> None:
    text = "timeline:\n" + f"  - act: engage\n{slip}" * 50_000
    begin = time.process_time()
    parse(text, "f.yaml")
    assert time.process_time() - begin < 20


def test_slip_at_the_end_of_a_long_file_is_found_in_seconds() -> None:
    text = "timeline:\n" + f"  - act: engage\n    {NOTE}\n" * 30_000 + "  - note: a: b\n"
    begin = time.process_time()
    found = only(parse(text, "f.yaml"))
    assert found.place.line == 60_002
    assert found.hint.endswith('"a: b"')
    assert time.process_time() - begin < 20
