"""Choices files: what is read, what is refused, and how a file is named in outputs."""

from __future__ import annotations

from pathlib import Path

import pytest

import recognition_model as rm

HEAD = "format: recognition-choices/1\ntitle: Made up\n"
VOICES = """\
choices:
  voice:
    - {option: press, reason: All are believed.}
    - {option: host, reason: Only the country itself is believed.}
"""


def written(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def told(path: Path) -> list[str]:
    """The findings of a file that cannot be read, by line and code."""
    with pytest.raises(rm.RecordError) as raised:
        rm.load_choices(path)
    return [f"{one.place.line} {one.code} {one.message}" for one in raised.value.findings]


def test_options_are_read_with_their_reasons(tmp_path: Path) -> None:
    chosen = rm.load_choices(written(tmp_path, HEAD + VOICES))
    assert chosen.to_dict() == {
        "title": "Made up",
        "choices": {
            "voice": [
                {"option": "press", "reason": "All are believed."},
                {"option": "host", "reason": "Only the country itself is believed."},
            ]
        },
        "universes": [],
    }


def test_universes_are_read_with_the_options_that_they_name(tmp_path: Path) -> None:
    text = """\
universes:
  - {name: usual, reason: As most do.}
  - {name: hosts, reason: Only hosts know., rules: shipped, voice: host, fuzz: 2}
"""
    chosen = rm.load_choices(written(tmp_path, HEAD + text))
    digest = chosen.table("shipped").digest
    assert chosen.to_dict() == {
        "title": "Made up",
        "choices": {},
        "universes": [
            {"name": "usual", "reason": "As most do."},
            {"name": "hosts", "reason": "Only hosts know.", "rules": digest, "voice": "host"}
            | {"fuzz": 2},
        ],
    }


def test_option_or_universe_that_stands_twice_is_named(tmp_path: Path) -> None:
    twice = "    - {option: press, reason: A newspaper.}\n"
    assert told(written(tmp_path, HEAD + VOICES + twice)) == [
        "7 RM271 `voice:` lists 'press' twice"
    ]
    text = """\
universes:
  - {name: one, reason: A., voice: host}
  - {name: one, reason: B., voice: press}
  - {name: two, reason: C., without: each}
"""
    assert told(written(tmp_path, HEAD + text)) == [
        "5 RM271 two universes are called 'one'",
        "6 RM273 a universe leaves out one source, not each",
    ]


def test_rules_file_is_looked_up_from_the_folder_of_the_choices_file(tmp_path: Path) -> None:
    written(
        tmp_path / "tables",
        "format: recognition-rules/1\ntitle: Word of the Taliban\nbase: shipped\n"
        "change:\n  R04: {needs: claimed}\n",
    )
    text = "choices:\n  rules:\n    - {option: shipped, reason: A.}\n"
    text += "    - {option: tables/mine.yaml, reason: B.}\n"
    chosen = rm.load_choices(written(tmp_path, HEAD + text))
    assert chosen.table("tables/mine.yaml").title == "Word of the Taliban"
    assert chosen.table("shipped") == rm.RULES
    # The path is not in what the file is named by.
    assert "tables" not in str(chosen.to_dict())


def test_errors_of_a_rules_file_are_findings_at_its_own_lines(tmp_path: Path) -> None:
    written(
        tmp_path / "tables",
        "format: recognition-rules/1\ntitle: Wrong\nbase: shipped\n"
        "change:\n  R40: {needs: claimed}\n",
    )
    text = "choices:\n  rules:\n    - {option: shipped, reason: A.}\n"
    text += (
        "    - {option: tables/mine.yaml, reason: B.}\n  voice:\n    - {option: me, reason: C.}\n"
    )
    assert told(written(tmp_path, HEAD + text)) == [
        "8 RM204 'me' is not known here",
        "5 RM231 the base has no rule 'R40'",
    ]
    right = HEAD + text.replace("option: me", "option: host")
    assert told(written(tmp_path, right)) == ["5 RM231 the base has no rule 'R40'"]


def test_every_mistake_of_a_file_is_found_at_once(tmp_path: Path) -> None:
    text = """\
format: recognition-choices/1
choices:
  rules: [{option: trustng, reason: A.}]
  voice: [{option: host}]
  grade: [{option: Z9, reason: A.}]
  refused: [{option: maybe, reason: A.}]
  without: [{option: never-heard-of, reason: A.}]
  fuzz: [{option: 101, reason: A.}]
  lag: []
  weight: 3
"""
    assert told(written(tmp_path, text)) == [
        "1 RM202 the key 'title' is missing",
        "3 RM272 no rule table 'trustng'",
        "4 RM202 the key 'reason' is missing",
        "5 RM209 'Z9' is no grade",
        "6 RM204 'maybe' is not known here",
        "7 RM273 the source 'never-heard-of' is not in the register",
        "8 RM209 '101' is not a whole number from 0 to 100",
        "9 RM212 `lag:` lists nothing",
        "10 RM201 unknown key 'weight'",
    ]


def test_number_out_of_range_is_no_hint(tmp_path: Path) -> None:
    text = "choices:\n  fuzz: [{option: 101, reason: A.}, {option: 2 days, reason: B.}]\n"
    with pytest.raises(rm.RecordError) as raised:
        rm.load_choices(written(tmp_path, HEAD + text))
    assert [one.hint for one in raised.value.findings] == ["", "write 2"]


def test_each_source_is_more_than_one_universe(tmp_path: Path) -> None:
    text = "choices:\n  without: [{option: each, reason: One may be wrong.}]\n"
    assert rm.load_choices(written(tmp_path, HEAD + text)).title == "Made up"


def test_digest_is_that_of_what_the_file_says(tmp_path: Path) -> None:
    first = rm.load_choices(written(tmp_path, HEAD + VOICES))
    same = rm.load_choices(written(tmp_path, "# A note.\n" + HEAD + VOICES, "other.yaml"))
    other = rm.load_choices(written(tmp_path, HEAD + VOICES.replace("All are", "All may be")))
    assert first.digest == same.digest != other.digest
    assert first.in_words == str(first) == f"Made up (choices {first.digest})"
    assert first.identity() == {"title": "Made up", "digest": first.digest}


def test_another_kind_of_file_says_where_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + VOICES)
    with pytest.raises(rm.RecordError) as raised:
        rm.load_rules(path)
    assert "a choices file is read by `robustness --choices`" in str(raised.value.findings[0].hint)


def test_source_of_an_own_register_can_be_left_out(tmp_path: Path) -> None:
    text = "choices:\n  without:\n    - {option: nothing, reason: A.}\n"
    path = written(tmp_path, HEAD + text + "    - {option: my-own, reason: B.}\n")
    assert told(path) == ["6 RM273 the source 'my-own' is not in the register"]
    shipped = rm.read_sources()
    folder = rm.Folder(sources={**shipped, "my-own": next(iter(shipped.values()))})
    assert rm.load_choices(path, folder).title == "Made up"
