"""Characters that do not show: errors where they hide or reorder text, else warnings."""

from __future__ import annotations

import unicodedata

import pytest

from recognition_model.core.wording import without_marks
from recognition_model.io.strict_yaml import parse

REORDERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROLS = "".join(c for c in map(chr, range(0xA0)) if c not in "\t\n\r" and not c.isprintable())
LINE_ENDS = "\x85\u2028\u2029"
WITHOUT_GLYPH = "\u115f\u1160\u3164\uffa0\U000e0041"
HIDDEN = REORDERING + CONTROLS + "\u2028\u2029" + WITHOUT_GLYPH
MARKS = "\u00ad\u061c\u200b\u200d\u200e\u200f\u2060\ufeff"


def code_point(char: str) -> str:
    return f"U+{ord(char):04X}"


def places(text: str) -> list[tuple[str, int, int]]:
    found = parse(text, "f.yaml").findings
    return [(one.code, one.place.line, one.place.column) for one in found]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("hidden", HIDDEN, ids=code_point)
def test_hidden_character_is_an_error_at_its_place_in_an_editor(hidden: str) -> None:
    document = parse(f"a: b\nc: x{hidden}y\nd: e\n", "f.yaml")
    (found,) = document.findings
    assert (found.code, found.place.line, found.place.column) == ("RM118", 2, 5)
    assert found.message.startswith(f"the hidden character {code_point(hidden)}")
    assert document.root is None


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("end", LINE_ENDS, ids=code_point)
def test_odd_line_end_moves_no_place_behind_it(end: str) -> None:
    assert places(f"# one{end}two\na: x\u202ey\n") == [("RM118", 1, 6), ("RM118", 2, 5)]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\x85", "U+0085 (next line)"),
        ("\u2028", "U+2028 (line separator)"),
        ("\u202e", "U+202E (right-to-left override)"),
        ("\u3164", "U+3164 (hangul filler)"),
        ("\x01", "U+0001 (a control character)"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_hidden_character_is_named(char: str, name: str) -> None:
    (found,) = parse(f"a: {char}\n", "f.yaml").findings
    assert found.message == f"the hidden character {name}"


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("hidden", [c for c in HIDDEN if not c.isprintable()], ids=code_point)
def test_escaped_hidden_character_is_an_error(hidden: str) -> None:
    escape = f"\\U{ord(hidden):08x}"
    assert places(f'a: "x{escape}y"\n"b{escape}": c\n') == [("RM118", 1, 4), ("RM118", 2, 1)]


@pytest.mark.usefixtures("loader")
def test_all_hidden_characters_are_reported_together() -> None:
    text = "a: \u202eb\u202c\nc: \u2066d\n"
    assert places(text) == [("RM118", 1, 4), ("RM118", 1, 6), ("RM118", 2, 4)]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("mark", MARKS, ids=code_point)
def test_mark_without_a_glyph_is_a_warning_and_stays_in_the_text(mark: str) -> None:
    document = parse(f"a: b\nc: x{mark}y\n", "f.yaml")
    (found,) = document.findings
    assert (found.code, found.place.line, found.place.column) == ("RM120", 2, 5)
    assert found.message == (
        f"the invisible character {code_point(mark)} ({unicodedata.name(mark).lower()})"
        if mark != "\ufeff"
        else "the invisible character U+FEFF (byte order mark)"
    )
    assert not found.is_error
    assert document.root == {"a": "b", "c": f"x{mark}y"}


def test_marks_of_one_line_are_one_warning() -> None:
    document = parse("a: x\u200ey\u200fz\u200e\nb: \u200ec\n", "f.yaml")
    assert [found.message for found in document.findings] == [
        "the invisible character U+200E (left-to-right mark) and 2 more in this line",
        "the invisible character U+200E (left-to-right mark)",
    ]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "text",
    [
        *("ا", "א", "é", "я", "中", "😀", "\xa0", "می\u200cخواهد", "ه\u200d.ش"),
        "👩\u200d👧",  # an emoji of two people
        "👩🏽\u200d🚀",  # the same with a colour of skin
        "❤️\u200d🔥",  # behind a variation selector
        "क्\u200dष",  # behind a virama
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # the flag of Scotland
    ],
)
def test_letters_of_any_script_are_accepted(text: str) -> None:
    document = parse(f"a: x{text}y\n", "f.yaml")
    assert not document.findings
    assert document.root == {"a": f"x{text}y"}
    assert without_marks(f"x{text}y") == f"x{text}y" or "\U000e0067" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Na\u00adme", "Name"),
        ("\u200fنام\u200e", "نام"),
        ("a\u200db\u200b\ufeffc\u2060", "abc"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("می\u200cخواهد", "می\u200cخواهد"),
        ("a\u202eb", "a<U+202E>b"),
        ("one\ttwo", "one two"),
        ("plain", "plain"),
    ],
)
def test_text_of_a_page_leaves_marks_out_and_shows_what_hides(text: str, shown: str) -> None:
    assert without_marks(text) == shown
