"""The fuzzing campaigns: short runs, the cases that they found, and that they find faults."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from attrs import evolve

from campaigns import arguments, grammar, reader
from campaigns.campaign import Found, generator
from campaigns.documents import document
from campaigns.guided import Drawn
from recognition_model.core.diagnostics import Place, finding
from recognition_model.core.scenario import Format
from recognition_model.io.loader import load_folder

commands = pytest.importorskip("campaigns.commands")  # needs POSIX
random_by = partial(generator, "test", 0)
CASES = sorted(Path(__file__).with_name("cases").iterdir())
SHORT = 300


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_document_that_was_found_shows_no_fault_any_more(path: Path) -> None:
    kind = path.stem.partition("-")[0]
    reader.tried(kind, {kind: path.read_bytes()}, random_by(1))


def test_some_documents_of_every_format_pass_through_the_reader() -> None:
    kinds = {reader.case(one, generator("fuzz-reader", 1, one)).split()[0] for one in range(SHORT)}
    assert kinds == {*grammar.KINDS, reader.TOGETHER}
    assert len(grammar.KINDS) == len(Format)


def test_a_document_of_the_grammar_is_usable_where_its_schema_says_so() -> None:
    made = [document(random_by(number), "authority", clean=1.0)[1] for number in range(40)]
    usable = [data for data in made if reader.read("authority", {"authority": data})[1]]
    assert len(usable) > len(made) // 4


def test_a_pattern_gives_texts_that_match_it() -> None:
    random = random_by(1)
    for _ in range(50):
        assert grammar.matching("^lt1-[0-9a-f]{4}$", random).startswith("lt1-")
        assert len(grammar.matching(r"^\d{4}-\d{2}-\d{2}$", random)) == 10


def test_bytes_decide_about_a_document() -> None:
    drawn = Drawn(bytes([200, 0, 7, 255]))
    assert drawn.random() == 200 * 256 / 65536
    assert drawn.getrandbits(12) == (7 * 256 + 255) >> 4
    assert document(Drawn(b"abcdefgh" * 40)) == document(Drawn(b"abcdefgh" * 40))


def here(line: int = 1, column: int = 1, text: str = "") -> Place:
    return Place(str(reader.place() / "here" / "RUS.yaml"), line, column, text)


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (evolve(finding("RM201", "unknown", here()), code="RM999"), "no code"),
        (finding("RM201", "unknown", Place("/elsewhere/RUS.yaml", 1, 1)), "another file"),
        (finding("RM201", "unknown", here(3)), "line 3:1"),
        (finding("RM201", "unknown", here(1, 9)), "behind its line"),
        (finding("RM201", "unknown", here(text="title: b")), "another line"),
        (finding("RM201", "x" * 3000, here()), "3000 letters"),
        (evolve(finding("RM201", "x", here()), hint="\x1b[2J"), "control characters"),
        (finding("RM201", "", here()), "says nothing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_finding_that_breaks_a_rule_is_found(bad: object, told: str) -> None:
    with pytest.raises(Found, match=told):
        reader._check([bad], {"scenario": b"country"})  # type: ignore[list-item]


def test_what_a_command_must_not_print_or_write_is_found() -> None:
    words = ["status", "--format", "json"]
    with pytest.raises(Found, match="ends with 3"):
        commands._check(words, 3, b"", b"")
    with pytest.raises(Found, match="says nothing"):
        commands._check(words, 2, b"", b"")
    with pytest.raises(Found, match="a traceback: KeyError"):
        commands._check(words, 1, b"", b"Traceback (most recent call last)\nKeyError: 'a'")
    with pytest.raises(Found, match="no UTF-8"):
        commands._check(words, 0, b"\xe9", b"")
    with pytest.raises(Found, match=r"U\+001B"):
        commands._check(words, 0, b'"\x1b"', b"")
    with pytest.raises(Found, match="does not parse"):
        commands._check(words, 0, b"[NaN]", b"")
    commands._check(words, 0, json.dumps([1]).encode(), b"")
    with pytest.raises(Found, match="writes b"):
        commands._check_files(["plot", "-o", "a.svg"], {}, {"a.svg": "1", "b": "2"})
    with pytest.raises(Found, match="removes a"):
        commands._check_files(["plot", "-o", "a.svg"], {"a.svg": "1"}, {})


def test_arguments_name_nothing_outside_the_folder() -> None:
    for number in range(200):
        random = random_by(number)
        for word in arguments.arguments(random.choice(arguments.NAMES), ["RUS.yaml"], random):
            assert not word.startswith(("/", "~"))
            assert "../" not in word
            assert word not in {"--preview", "--dask"}


def test_the_record_of_the_commands_is_a_small_one_without_errors(tmp_path: Path) -> None:
    commands.small_record(tmp_path)
    folder = load_folder(tmp_path / "scenarios")
    assert not [one for one in folder.findings if one.is_error]
    assert 1 < len(folder.all_scenarios) < 10
    assert (tmp_path / "src" / "recognition_model" / "schemas").is_dir()
