"""YAML as a tree whose parts are written as in the file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from recognition_model.io.loader import record_root
from recognition_model.io.raw_yaml import (
    Part,
    RawEntry,
    RawGroup,
    RawNode,
    RawText,
    parts_at,
    raw_lines,
    raw_text,
    raw_tree,
)
from recognition_model.io.strict_yaml import parse

SHIPPED = [
    *sorted(record_root("scenarios").glob("*.yaml")),
    *sorted(record_root("seeds").glob("*.yaml")),
]


def entries(node: RawNode) -> Iterator[RawEntry]:
    if not isinstance(node, RawText):
        for entry in node.entries:
            yield entry
            yield from entries(entry.value)


def entry(node: RawNode, key: str) -> RawEntry:
    return next(one for one in entries(node) if one.key is not None and one.key.value == key)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_file_written_from_its_tree_has_the_same_nodes(path) -> None:  # type: ignore[no-untyped-def]
    text = path.read_text(encoding="utf-8")
    assert parse(raw_text(raw_tree(text)), "x").root == parse(text, "x").root


@pytest.mark.parametrize(
    "text",
    [
        "a: 'it''s'\n",
        'a: "b\\u202ec"\n',
        "a: 1\na: 2\n",
        "a: &x b\nc: *x\n",
        "a: !!str b\nc: !own\n  - d\n",
        "<<: {a: b}\n",
        "a: {b: [c, {d: e}], f: }\n",
        "a: {b: [], c: {}}\n",
        "- - a\n  - b\n- c: d\n  e: f\n",
        "a:\n",
        "[a, b]\n",
        "[a, {b: c}]: d\n{e: f}: g\n",
        "ü: 🜁 ź\nb: {é: 'ß', c: d}\n",
    ],
)
def test_text_keeps_quotes_tags_anchors_and_repeated_keys(text: str) -> None:
    written = raw_text(raw_tree(text))
    again, first = parse(written, "x"), parse(text, "x")
    assert again.root == first.root
    assert [one.code for one in again.findings] == [one.code for one in first.findings]
    assert "".join(written.split()) == "".join(text.split())  # but for its layout


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: b\n   c\n", "b c"),
        ('a: "b\n   c"\n', "b c"),
        ("a: |\n  b\n  c: d\n", "b\nc: d\n"),
        ("a: >-\n  b\n  c\n", "b c"),
        ("a: b\n\n   c\n", "b\nc"),
    ],
)
def test_text_of_several_lines_is_written_on_one(text: str, value: str) -> None:
    written = raw_text(raw_tree(text))
    assert written.count("\n") == 1
    assert parse(written, "x").root == {"a": value}


def test_part_that_is_left_out_is_not_written() -> None:
    tree = raw_tree("a: 1\nb:\n  - c: 2\n    d: 3\n  - e\n")
    assert raw_text(tree, {entry(tree, "c")}) == "a: 1\nb:\n  - d: 3\n  - e\n"
    assert raw_text(tree, {entry(tree, "a")}) == "b:\n  - c: 2\n    d: 3\n  - e\n"


def test_list_and_mapping_without_their_parts_are_empty_not_missing() -> None:
    tree = raw_tree("a:\n  - b\nc:\n  d: e\n")
    inside: set[Part] = {*parts_at([tree], 1, ())}
    assert raw_text(tree, inside) == "a: []\nc: {}\n"
    assert raw_text(tree, {*parts_at([tree], 0, ())}) == "{}\n"


def test_text_is_replaced_wherever_it_is_told_to_be() -> None:
    tree = raw_tree("a: {b: c}\n")
    one = entry(tree, "b")
    assert isinstance(one.value, RawText)
    assert one.key is not None
    assert raw_text(tree, (), {one.value: "x", one.key: "y"}) == "a: {y: x}\n"


def test_comment_behind_a_text_is_a_part_if_it_is_asked_for() -> None:
    text = "# at the top\na: b  # why\nc:\n  - d # too\n"
    assert raw_text(raw_tree(text)) == "a: b\nc:\n  - d\n"
    tree = raw_tree(text, comments=True)
    assert raw_text(tree) == "a: b  # why\nc:\n  - d # too\n"
    comment = entry(tree, "a").comment
    assert comment is not None
    assert comment in parts_at([tree], 1, ())
    assert raw_text(tree, {comment}) == "a: b\nc:\n  - d # too\n"


def test_parts_inside_a_part_that_is_left_out_are_not_listed() -> None:
    tree = raw_tree("a: {b: c}\nd: {e: f}\n")
    first, second = parts_at([tree], 0, ())
    assert parts_at([tree], 1, {first}) == [entry(tree, "e")]
    assert parts_at([tree], 0, {first}) == [second]
    assert parts_at([tree], 2, ()) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only\n",
        "a: b: c\n",
        "a: 1\n---\nb: 2\n",
        "%YAML 1.1\n---\na: b\n",
        "? - a\n  - b\n: c\n",
        "[" * 500,
    ],
)
def test_text_that_no_tree_writes_again_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - in the words of the parser
        raw_tree(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# only\n", "no document, or one with directives"),
        ("%YAML 1.1\n---\na: b\n", "no document, or one with directives"),
        ("a: 1\n---\nb: 2\n", "several documents"),
    ],
)
def test_refusal_says_what_the_text_is(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=f"^{told}$"):
        raw_tree(text)


def test_any_text_is_its_lines() -> None:
    text = "a: b: c\n\t- d\nlast"
    node = raw_lines(text)
    assert raw_text(node) == text
    assert raw_text(node, {node.entries[1]}) == "a: b: c\nlast"


def test_windows_line_ends_are_read_as_one_line_end() -> None:
    tree = raw_tree("a: b # c\r\nd: e\r\n", comments=True)
    assert isinstance(tree, RawGroup)
    assert raw_text(tree) == "a: b # c\nd: e\n"
