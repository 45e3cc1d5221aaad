"""Strict YAML: everything is text with a place, and nothing is invisible."""

import json
import string
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from recognition_model.io import strict_yaml as nodes
from recognition_model.io.nodes import Document, ListNode, MapNode, Node, Text
from recognition_model.io.strict_yaml import parse


def plain(node: Node | None) -> Any:
    """A node as plain Python values, so that a wrong kind of node shows."""
    if isinstance(node, MapNode):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, ListNode):
        return [plain(value) for value in node]
    return None if node is None else str(node)


def codes(document: Document) -> list[str]:
    return [found.code for found in document.findings]


def places(document: Document) -> list[tuple[str, int, int]]:
    return [(found.code, found.place.line, found.place.column) for found in document.findings]


# --- every scalar is text --------------------------------------------------------------------


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "scalar",
    [
        *("no", "NO", "on", "yes", "true", "null", "~", "=", "2024-05-01", "2024-05-01T00:00:00Z"),
        *("0x10", "010", "1_000", "1e3", ".inf", "-.NaN", "12:30:45", "1.10"),
    ],
)
def test_scalar_that_other_parsers_convert_stays_text(scalar: str) -> None:
    document = parse(f"value: {scalar}\n{scalar}: key\n", "f.yaml")
    assert not document.findings
    assert plain(document.root) == {"value": scalar, scalar: "key"}


@pytest.mark.usefixtures("loader")
def test_empty_value_is_empty_text() -> None:
    document = parse("a:\nb: ''\nc: [x, ]\nd: {e, f: }\n", "f.yaml")
    assert not document.findings
    assert plain(document.root) == {"a": "", "b": "", "c": ["x"], "d": {"e": "", "f": ""}}


@pytest.mark.usefixtures("loader")
def test_block_scalar_is_text_placed_at_its_indicator() -> None:
    document = parse("a: >-\n  one\n  two\nb: |\n  one\n  two\n", "f.yaml")
    assert plain(document.root) == {"a": "one two", "b": "one\ntwo\n"}
    assert isinstance(document.root, MapNode)
    assert [(n.line, n.column) for n in document.root.values()] == [(1, 4), (4, 4)]


# --- places ----------------------------------------------------------------------------------

# What may stand in a quoted text: no line end, and nothing that hides or that YAML forbids.
LETTERS = st.characters(
    exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"),
    exclude_characters="\u115f\u1160\u3164\uffa0",
)
BARE = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,8}", fullmatch=True) | st.sampled_from(
    ["no", "on", "null", "~", "2024-05-01", "0x10", "1e3", "a b", "x:y", "a#b", "Ω", "😀"]
)
STYLED = st.one_of(
    BARE.map(lambda text: (text, text)),
    st.text(LETTERS, max_size=8).map(lambda text: (text, "'" + text.replace("'", "''") + "'")),
    st.text(LETTERS | st.sampled_from("\n\t"), max_size=8).map(
        lambda text: (text, json.dumps(text, ensure_ascii=False))
    ),
)
SCALARS = STYLED.map(lambda pair: ("scalar", *pair))
KEYS = st.lists(STYLED, min_size=1, max_size=4, unique_by=lambda pair: pair[0])
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.tuples(st.just("list"), st.lists(inner, min_size=1, max_size=4), st.booleans()),
        st.tuples(
            st.just("mapping"),
            KEYS.flatmap(
                lambda keys: st.tuples(st.just(keys), st.tuples(*[inner] * len(keys)))
            ).map(lambda both: list(zip(*both, strict=True))),
            st.booleans(),
        ),
    ),
    max_leaves=12,
)


class Writer:
    """Writes YAML and notes the place of every value, independently of the parser."""

    def __init__(self) -> None:
        self.text = ""
        self.line = self.column = 1

    def put(self, text: str) -> None:
        self.text += text
        self.column += len(text)

    def newline(self, indent: int) -> None:
        self.text += "\n" + " " * indent
        self.line += 1
        self.column = indent + 1

    def here(self) -> tuple[int, int]:
        return self.line, self.column

    def flow(self, tree: Any) -> Any:
        kind, content, *_ = tree
        at = self.here()
        if kind == "scalar":
            self.put(tree[2])
            return at, content
        entries = []
        self.put("[" if kind == "list" else "{")
        for number, entry in enumerate(content):
            if number:
                self.put(", ")
            if kind == "list":
                entries.append(self.flow(entry))
            else:
                key = self.flow(("scalar", *entry[0]))
                self.put(" : ")
                entries.append((key, self.flow(entry[1])))
        self.put("]" if kind == "list" else "}")
        return at, entries

    def block(self, tree: Any, indent: int) -> Any:
        kind, content, in_flow = tree[0], tree[1], tree[-1]
        if kind == "scalar" or in_flow:
            return self.flow(tree)
        at, entries = self.here(), []
        for number, entry in enumerate(content):
            if number:
                self.newline(indent)
            if kind == "list":
                self.put("- ")
                entries.append(self.block(entry, indent + 2))
            else:
                key = self.flow(("scalar", *entry[0]))
                self.put(": ")
                nested = entry[1][0] != "scalar" and not entry[1][-1]
                if nested:
                    self.newline(indent + 3)
                entries.append((key, self.block(entry[1], indent + 3)))
        return at, entries


def noted(node: Node | None) -> Any:
    """The parser's result, in the writer's notation."""
    assert node is not None
    at = (node.line, node.column)
    if isinstance(node, ListNode):
        return at, [noted(entry) for entry in node]
    if isinstance(node, MapNode):
        return at, [(noted(key), noted(value)) for key, value in node.items()]
    return at, str(node)


def written(tree: Any) -> tuple[str, Any]:
    writer = Writer()
    account = writer.block(("list", [tree], False), 0)
    return writer.text + "\n", account


@given(TREES)
def test_every_value_has_its_place(tree: Any) -> None:
    text, account = written(tree)
    document = parse(text, "f.yaml")
    assert not document.findings
    assert noted(document.root) == account


@given(TREES)
def test_python_and_c_loaders_agree(tree: Any) -> None:
    text, account = written(tree)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr("yaml.CSafeLoader", raising=False)
        document = parse(text, "f.yaml")
    assert not document.findings
    assert noted(document.root) == account


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_place_shows_the_parsers_line(end: str) -> None:
    text = end.join(["# Comment", "länd: 'x'", "😀: y", "list:", "  - z", ""])
    document = parse(text, "f.yaml")
    assert isinstance(document.root, MapNode)
    shown = [key.place for key in document.root]
    assert [(place.line, place.column, place.text) for place in shown] == [
        (2, 1, "länd: 'x'"),
        (3, 1, "😀: y"),
        (4, 1, "list:"),
    ]
    place = document.root[Text("😀")].place
    assert place.text[place.column - 1 :] == "y"


@pytest.mark.usefixtures("loader")
def test_carriage_return_is_not_part_of_a_value() -> None:
    document = parse("a: one\r\nb: >\r\n  two\r\n  three\r\n", "f.yaml")
    assert not document.findings
    assert plain(document.root) == {"a": "one", "b": "two three\n"}


def test_a_place_is_as_wide_as_the_text_on_its_line() -> None:
    document = parse("colour: [red, '']\n", "f.yaml")
    assert isinstance(document.root, MapNode)
    ((key, items),) = document.root.items()
    assert isinstance(items, ListNode)
    assert [node.place.width for node in (key, items, *items)] == [6, 1, 3, 1]
    block = parse("note: |\n  one\n  and two\n", "f.yaml")
    assert isinstance(block.root, MapNode)
    assert block.root[Text("note")].place.width == 3  # no wider than its first line


def test_finding_about_a_whole_file_names_the_file_alone() -> None:
    (found,) = parse("", "f.yaml").findings
    assert (str(found.place), found.code) == ("f.yaml", "RM112")


# --- what is not accepted --------------------------------------------------------------------


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("second", ["a", "'a'", '"a"', '"\\x61"', "? a\n"])
def test_duplicate_key_is_reported_and_the_first_kept(second: str) -> None:
    document = parse(f"b: 0\na: 1\n{second}: 2\n", "f.yaml")
    (found,) = document.findings
    assert (found.code, found.place.line) == ("RM114", 3)
    assert found.message == "duplicate key 'a' (first on line 2)"
    assert plain(document.root) == {"b": "0", "a": "1"}


@pytest.mark.usefixtures("loader")
def test_two_mappings_may_share_keys() -> None:
    document = parse("a: {x: 1}\nb: {x: 2, X: 3}\n", "f.yaml")
    assert not document.findings


@pytest.mark.usefixtures("loader")
def test_anchors_and_aliases_are_findings_and_never_followed() -> None:
    document = parse("a: &one [x]\nb: *one\n*one : c\n", "f.yaml")
    assert places(document) == [("RM115", 1, 4), ("RM115", 2, 4), ("RM115", 3, 1)]
    assert plain(document.root) == {"a": ["x"], "b": "", "": "c"}


@pytest.mark.usefixtures("loader")
def test_billion_laughs_does_not_expand() -> None:
    lines = ["a0: &a0 [ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    document = parse("\n".join(lines), "f.yaml")
    assert set(codes(document)) == {"RM115"}
    assert len(document.findings) == 10 + 9 * 10  # an anchor per line, ten aliases in nine
    assert isinstance(document.root, MapNode)
    assert sum(len(value) for value in document.root.values()) == 1 + 9 * 10


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("a: !!int 5", "tag:yaml.org,2002:int"),
        ("a: !!python/object/apply:os.system [ls]", "tag:yaml.org,2002:python/object/apply:os.sys"),
        ("a: !mine {b: c}", "!mine"),
        ("a: !<x:y> z", "x:y"),
    ],
)
def test_tag_is_a_finding_and_constructs_nothing(text: str, tag: str) -> None:
    document = parse(text, "f.yaml")
    (found,) = document.findings
    assert (found.code, found.place.line, found.place.column) == ("RM116", 1, 4)
    assert found.message.startswith(f"the tag {tag}")
    assert isinstance(document.root, MapNode)
    assert isinstance(document.root[Text("a")], (Text, ListNode, MapNode))


@pytest.mark.usefixtures("loader")
def test_a_merge_key_merges_nothing() -> None:
    document = parse("a: b\n<<: {c: d}\n", "f.yaml")
    assert places(document) == [("RM117", 2, 1)]
    assert plain(document.root) == {"a": "b"}


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("quoted", ["'<<'", '"<<"'])
def test_quoted_merge_key_is_an_ordinary_key(quoted: str) -> None:
    document = parse(f"{quoted}: b\n", "f.yaml")
    assert not document.findings
    assert plain(document.root) == {"<<": "b"}


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("key", ["[a, b]", "{a: b}"])
def test_key_that_is_not_text_is_a_finding(key: str) -> None:
    document = parse(f"a: b\n? {key}\n: c\n", "f.yaml")
    assert places(document) == [("RM203", 2, 3)]
    assert plain(document.root) == {"a": "b"}


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: b\n---\nc: d\n", 2),
        ("a: b\n...\n---\n", 3),
        ("%YAML 1.1\n---\na: b", 1),
        ("%TAG ! tag:example.org,2024:\n---\na: b", 1),
    ],
)
def test_second_document_or_directive_is_a_finding(text: str, line: int) -> None:
    assert places(parse(text, "f.yaml")) == [("RM119", line, 1)]


@pytest.mark.usefixtures("loader")
def test_document_markers_are_not_a_second_document() -> None:
    document = parse("---\na: b\n...\n", "f.yaml")
    assert not document.findings
    assert plain(document.root) == {"a": "b"}


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n", "--- # nothing\n...\n"])
def test_empty_file_is_a_finding_and_has_no_root(text: str) -> None:
    document = parse(text, "f.yaml")
    assert places(document) == [("RM112", 0, 0)]
    assert document.root is None


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a:\n\tb: c\n", 2, 1),
        ("a:\n  b: c\n \td: e\n", 3, 2),
        ("\ta: b\n", 1, 1),
        ("a: [\n\t- b\n", 2, 1),
    ],
)
def test_tab_indentation_is_a_finding(text: str, line: int, column: int) -> None:
    assert places(parse(text, "f.yaml")) == [("RM111", line, column)]


@pytest.mark.usefixtures("loader")
def test_tab_inside_quotes_is_text() -> None:
    document = parse("a: 'one\ttwo'\nb: \"one\ttwo\"\n", "f.yaml")
    assert not document.findings
    assert plain(document.root) == {"a": "one\ttwo", "b": "one\ttwo"}


def test_only_c_loader_accepts_tab_inside_plain_text(loader: str) -> None:
    document = parse("a: one\ttwo\n", "f.yaml")
    if loader == "C":
        assert plain(document.root) == {"a": "one\ttwo"}
    else:  # PyYAML's own scanner ends a bare text at a tab
        assert places(document) == [("RM111", 1, 7)]


STRAY = "write `key: value`; or indent the line further if it goes on with the text above"


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "line", "column", "hint"),
    [
        ("a: b: c\n", 1, 5, "put a text that contains a colon in quotes; or the indent is wrong"),
        (
            "note: b\nstray\nc: d\n",
            2,
            1,
            "indent it further than `note:` if it goes on with that text",
        ),
        ("a: b\nstray\nc: d\n", 2, 1, STRAY),
        ("a: 'open\nb: c\n", 1, 4, "close the quote at the end of the text"),
        ("a: 'open\n\tb: c", 1, 4, "close the quote at the end of the text"),
        ("a: [b, c\n", 1, 4, "write `]` at the end of the line"),
        ("a: {b: c]\n", 1, 4, "write `}` in place of `]` in column 9"),
        ("a: {b: c\n", 1, 4, "write `}` at the end of the line"),
        ("a: @b\n", 1, 4, "put the text in quotes"),
        ("a:\n- b\nc d\n- e\n", 3, 1, STRAY),
    ],
)
def test_syntax_error_is_one_finding_where_the_slip_begins(
    text: str, line: int, column: int, hint: str
) -> None:
    document = parse(text, "f.yaml")
    assert places(document) == [("RM110", line, column)]
    assert document.findings[0].hint == hint
    assert document.root is None


# --- limits ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("loader")
def test_twenty_five_levels_are_too_deep() -> None:
    assert not parse("[" * 24 + "]" * 24, "f.yaml").findings
    document = parse("[" * 25 + "]" * 25, "f.yaml")
    assert places(document) == [("RM113", 1, 25)]
    assert document.root is None


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_hundred_thousand_levels_are_rejected_early(opening: str) -> None:
    document = parse(opening * 100_000, "f.yaml")
    (found,) = document.findings
    assert (found.code, found.message) == ("RM113", "more than 24 levels")
    # Level 25 opens behind 24 openings of one level each; `{a: ` holds the level's brace first.
    assert (found.place.line, found.place.column) == (1, 24 * len(opening) + 1)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("depth", [100, 999, 1000, 1001, 1500])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_place_is_where_our_limit_is_exceeded_however_deep_the_text_goes(
    depth: int, end: str
) -> None:
    document = parse(f"é: 1{end}b: {'[' * depth}", "f.yaml")
    assert places(document) == [("RM113", 2, 27)]  # `b` is level 1, the 24th bracket level 25
    assert document.findings[0].message == "more than 24 levels"


def test_findings_before_the_depth_are_kept() -> None:
    document = parse("[&a 1, " + "[" * 1500, "f.yaml")
    assert places(document) == [("RM115", 1, 2), ("RM113", 1, 31)]


class _Shallow(yaml.SafeLoader):
    """A loader whose own limit of depth strikes before any event of the text."""

    error: Exception

    def get_event(self) -> Any:
        if self.buffer.count("[") > 1000:
            raise self.error
        return super().get_event()


@pytest.mark.parametrize(
    "error",
    [
        yaml.scanner.ScannerError(None, None, "exceeded maximum nesting depth", None),
        RecursionError("maximum recursion depth exceeded"),
    ],
)
def test_a_parser_that_names_no_place_for_its_limit_gives_ours(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Shallow, "error", error, raising=False)
    monkeypatch.setattr(yaml, "CSafeLoader", _Shallow, raising=False)
    document = parse("[" * 5000, "f.yaml")
    assert places(document) == [("RM113", 1, 25)]


@pytest.mark.usefixtures("loader")
def test_one_value_over_the_limit_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "MAX_NODES", 4)  # the list itself is one
    assert not parse("[a, b, c]", "f.yaml").findings
    document = parse("[a, b, c, d]", "f.yaml")
    assert places(document) == [("RM113", 1, 11)]
    assert document.root is None


def test_limits_match_their_explanation() -> None:
    assert (nodes.MAX_BYTES, nodes.MAX_DEPTH, nodes.MAX_NODES) == (2 * 1024 * 1024, 24, 200_000)


# --- characters that no parser takes ---------------------------------------------------------


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("letter", ["\ufffe", "\uffff"], ids=["U+FFFE", "U+FFFF"])
def test_noncharacter_is_reported_on_its_line(letter: str) -> None:
    document = parse(f"a: b\nc: x{letter}y\n", "f.yaml")
    (found,) = document.findings
    assert found.code in {"RM110", "RM118"}
    assert (found.place.line, found.place.column) == (2, 5)
    assert "\n" not in found.message


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("escape", ["\\ud800", "\\U00110000", "\\UFFFFFFFF"])
def test_escape_of_a_noncharacter_is_a_finding(escape: str) -> None:
    document = parse(f'a: "{escape}"\n', "f.yaml")
    (found,) = document.findings
    assert found.code in {"RM110", "RM118"}
    assert found.place.line <= 1  # the scanner in Python may not know where it was


# --- any text at all -------------------------------------------------------------------------

ANY_TEXT = st.text(
    st.characters(exclude_categories=("Cs",)) | st.sampled_from("\n\r\t :-[]{},&*!|>'\"%@#?.~<"),
    max_size=60,
)


def nodes_of(node: Node | None) -> Iterator[Node]:
    if node is not None:
        yield node
    if isinstance(node, ListNode):
        for entry in node:
            yield from nodes_of(entry)
    elif isinstance(node, MapNode):
        for key, value in node.items():
            yield from nodes_of(key)
            yield from nodes_of(value)


@pytest.mark.parametrize("with_c", [True, False], ids=["C", "Python"])
@given(text=ANY_TEXT)
@example(text="\x0c")
@example(text="\x1c")
@example(text="a: \uffff")
@example(text='"\\U00110000"')
@example(text='"\\UFFFFFFFF"')
def test_any_text_gives_nodes_or_findings_with_places_inside_it(*, text: str, with_c: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if not with_c:
            patch.delattr("yaml.CSafeLoader", raising=False)
        document = parse(text, "f.yaml")
    assert document.root is not None or document.findings
    lines = len(text.splitlines()) + 1  # an error may stand behind the last line
    for found in document.findings:
        assert found.place.file == "f.yaml"
        assert 0 <= found.place.line <= lines
    for node in nodes_of(document.root):
        assert type(node) in (Text, ListNode, MapNode)
        assert 1 <= node.line <= lines
        assert node.column >= 1


BITS = st.sampled_from(
    ["\n", "\n  ", "\r\n", " ", "- ", "? ", ": ", ":", ", ", "[", "]", "{", "}", "'", '"', "a", "~"]
) | st.sampled_from(
    ["<<", "0", "&x ", "*x", "!t ", "|\n  ", ">\n ", "#c", "---\n", "...\n", "\\x41", "\\u202e"]
)


@given(st.lists(BITS, max_size=14).map("".join))
def test_loaders_agree_on_texts_without_tabs(text: str) -> None:
    with_c = parse(text, "f.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr("yaml.CSafeLoader", raising=False)
        without = parse(text, "f.yaml")
    assert plain(without.root) == plain(with_c.root)
    syntax = {"RM110", "RM111"}
    if not syntax & {*codes(with_c), *codes(without)}:
        assert codes(without) == codes(with_c)
    else:
        assert syntax & {*codes(with_c)}
        assert syntax & {*codes(without)}


@given(st.text(string.printable, max_size=80))
def test_quoted_text_reads_back(text: str) -> None:
    hidden = any(unicodedata.category(c) == "Cc" and c not in "\t\n\r" for c in text)
    document = parse("a: " + json.dumps(text), "f.yaml")
    assert codes(document) == (["RM118"] if hidden else [])
    assert plain(document.root) == {"a": text}
