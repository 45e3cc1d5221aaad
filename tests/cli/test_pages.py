"""Pages: headings, paragraphs and tables as plain text, on a terminal and as Markdown."""

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from recognition_model.cli.markdown import markdown
from recognition_model.cli.page import Block, Heading, Paragraph, Styled, Table, joined, text_of
from recognition_model.cli.plain import fitted, plain
from recognition_model.cli.terminal import styled
from recognition_model.core.wording import escape_invisible

ESCAPES = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m")
PAGE: list[Block] = [
    Heading("Fiji"),
    Paragraph(("An envoy ", Styled("perhaps", "doubt"), " came."), indent=2, hang=2),
    Table(("Country", "Stage"), (("Fiji", Styled("engaged", "strong")),)),
]


def unstyled(text: str) -> str:
    return ESCAPES.sub("", text)


def test_page_is_plain_text_in_order() -> None:
    assert plain(PAGE, 80) == "Fiji\n  An envoy perhaps came.\nCountry  Stage\nFiji     engaged"


def test_heading_after_other_blocks_has_an_empty_line_above() -> None:
    assert plain([Paragraph("One."), Heading("Two")], 80) == "One.\n\nTwo"
    assert unstyled(styled([Paragraph("One."), Heading("Two")], 80)) == "One.\n\nTwo"


def test_paragraph_wraps_with_hanging_indent() -> None:
    block = Paragraph("one two three four", indent=2, hang=2)
    assert plain([block], 11) == "  one two\n    three\n    four"
    assert unstyled(styled([Paragraph("aaaa bbbb cccc", 2, 3)], 15)) == "  aaaa bbbb\n     cccc"


def test_text_follows_its_label_and_wraps_below_itself() -> None:
    block = Paragraph("one two three four five six", hang=6, label="note")
    wanted = "note  one two three four\n      five six"
    assert plain([block], 28) == wanted
    assert unstyled(styled([block], 28)) == wanted


def test_lines_hang_a_quarter_of_a_narrow_width_at_most() -> None:
    block = Paragraph("one two three four", hang=12, label="note")
    assert plain([block], 20) == "note one two three\n     four"
    assert unstyled(styled([block], 20)) == "note one two three\n     four"


@pytest.mark.parametrize("label", ["a" * 20, "a" * 18])
def test_first_word_after_a_label_has_a_line_of_its_own_if_it_fills_it(label: str) -> None:
    block = Paragraph("b" * 18, hang=2, label=label)
    assert plain([block], 20) == f"{label}\n  {'b' * 18}"
    assert unstyled(styled([block], 20)) == f"{label}\n  {'b' * 18}"


def test_word_that_fits_no_line_is_not_put_beside_a_label_that_fills_its_own() -> None:
    block = Paragraph("b" * 25, hang=2, label="a" * 20)
    assert plain([block], 20) == f"{'a' * 20}\n  {'b' * 25}"


def test_label_longer_than_hang_is_followed_by_one_space() -> None:
    assert plain([Paragraph("text", hang=2, label="label")], 40) == "label text"


def test_table_wraps_its_widest_cells_to_fit() -> None:
    table = Table(("A", "B"), (("x", "one two three four five"), ("y", "six")))
    lines = plain([table], 16).splitlines()
    assert lines == ["A  B", "x  one two three", "   four five", "y  six"]


def test_table_without_headings_or_rows_prints_only_what_it_has() -> None:
    assert plain([Table(("", ""), (("a", "b"),))], 80) == "a  b"
    assert plain([Table(("A", "B"), ())], 80) == ""
    assert styled([Table(("A", "B"), ())], 80) == ""


words = st.text("abcd ", min_size=0, max_size=40)


@given(
    st.integers(1, 5).flatmap(
        lambda count: st.lists(
            st.lists(words, min_size=count, max_size=count), min_size=1, max_size=4
        )
    ),
    st.integers(20, 120),
)
@example([["aaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbb", "c"]], 20)
def test_columns_fit_if_their_longest_words_do(rows: list[list[str]], width: int) -> None:
    gaps = 2 * (len(rows[0]) - 1)
    natural = [max(map(len, column)) for column in zip(*rows, strict=True)]
    longest = [
        max(len(word) for cell in column for word in cell.split(" "))
        for column in zip(*rows, strict=True)
    ]
    least = [min(most, max(8, word)) for most, word in zip(natural, longest, strict=True)]
    widths = fitted(rows, width)
    if sum(least) + gaps > width:
        assert widths is None
        return
    assert widths is not None
    for word, room, most in zip(least, widths, natural, strict=True):
        assert word <= room <= most
    assert sum(widths) + gaps == min(width, sum(natural) + gaps)


def test_table_without_room_puts_each_cell_on_its_own_line() -> None:
    table = Table(("Country", "Stage", "Ban"), (("Fiji", "a-very-long-word", ""),))
    lines = ["Fiji", "  Stage: a-very-long-word"]
    assert plain([table], 25).splitlines() == lines
    assert unstyled(styled([table], 25)).splitlines() == lines


@given(st.lists(st.lists(words, min_size=3, max_size=3), min_size=1, max_size=3))
@example([["", "a" * 17, "a" * 38]])  # exactly as wide as the terminal
@example([[f"{'a' * 11} a {'a' * 7} {'a' * 11}", f"{'a' * 6} {'a' * 11} {'a' * 11} aaaaaaa", ""]])
def test_table_has_the_same_lines_on_a_terminal_as_in_a_pipe(rows: list[list[str]]) -> None:
    table = Table(("A", "B", "C"), tuple(map(tuple, rows)))
    shown = unstyled(styled([table], 60)).splitlines()
    assert [line.split() for line in shown] == [x.split() for x in plain([table], 60).splitlines()]


@given(words, words, st.integers(0, 6), st.integers(0, 12), st.integers(30, 60))
@example("a" * 15, "a" * 15, 0, 0, 30)
@example("a" * 30, "b" * 30, 0, 0, 30)  # a label as wide as the terminal
@example(f"{'a' * 29} a", "", 0, 0, 30)  # a label wider than the terminal
@example("a label of many words", "text text text text text text text text", 0, 12, 30)
def test_paragraph_has_the_same_lines_on_a_terminal_as_in_a_pipe(
    label: str, text: str, indent: int, hang: int, width: int
) -> None:
    longest = max(map(len, [*label.split(), *text.split(), ""]))
    assume(longest + indent + hang <= width)  # a word that does not fit is cut on a terminal only
    block = Paragraph(" ".join(text.split()), indent, hang, " ".join(label.split()))
    shown = [line.rstrip() for line in unstyled(styled([block], width)).splitlines()]
    assert shown == plain([block], width).splitlines()


pieces = st.text("ab é条\u202e\x07", min_size=1, max_size=30)


@given(pieces, st.integers(30, 90))
def test_terminal_shows_hidden_characters_by_their_code_points(text: str, width: int) -> None:
    shown = unstyled(styled([Paragraph(text)], width))
    assert "".join(shown.split()) == "".join(escape_invisible(text).split())


def test_link_is_an_escape_sequence_on_a_terminal_and_its_text_in_a_pipe() -> None:
    linked = [Paragraph(Styled("Gazette", link="https://example.org/a"))]
    assert "https://example.org/a" in styled(linked, 80)
    assert unstyled(styled(linked, 80)) == "Gazette"
    assert plain(linked, 80) == "Gazette"


@pytest.mark.parametrize(
    ("style", "code"),
    [("strong", "1"), ("struck", "2;9"), ("doubt", "33"), ("good", "32"), ("bad", "31")],
)
def test_style_has_its_look_on_a_terminal(style: str, code: str) -> None:
    shown = styled([Paragraph(Styled("word", style))], 80)  # type: ignore[arg-type]
    assert shown == f"\x1b[{code}mword\x1b[0m"


def test_page_is_markdown_with_table_list_and_link() -> None:
    page = [
        Heading("Fiji", 2),
        Paragraph(("By ", Styled("the *Gazette*", link="https://example.org/a"))),
        Paragraph("one", indent=2),
        Paragraph("two", indent=2),
        Table(("Country", "Stage"), (("Fiji", Styled("engaged", "strong")), ("a|b", "c"))),
    ]
    assert markdown(page) == (
        "## Fiji\n\nBy [the \\*Gazette\\*](<https://example.org/a>)\n\n- one\n- two\n\n"
        "| Country | Stage |\n| --- | --- |\n| Fiji | **engaged** |\n| a\\|b | c |"
    )


def test_contents_are_joined_with_a_text_between() -> None:
    assert text_of(joined(["a", Styled("b", "strong"), ("c", "d")])) == "a, b, cd"
