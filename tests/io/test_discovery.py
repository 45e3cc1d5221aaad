"""Which files of a folder are read, and what is said about the others."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from support.slips import REGISTER, SCENARIO

import recognition_model as rm
from recognition_model.io.discovery import scenario_files

GERMANY = SCENARIO.replace("FRA", "DEU")
NO_RECORD = "not read: it has no `format:` of a record, no `country:` and no `timeline:`"
OTHER_ENDING = "not read: its name does not end in .yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one scenario and its register."""
    (tmp_path / "FRA.yaml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(REGISTER, encoding="utf-8")
    return tmp_path


def said(folder: Path) -> list[tuple[str, str, str]]:
    found = rm.load_folder(folder).findings
    return [(one.code, Path(one.place.file).name, one.message) for one in found]


def countries(folder: Path) -> list[str]:
    return sorted(scenario.country for scenario in rm.load_folder(folder).scenarios)


@pytest.mark.parametrize("name", ["DEU.YAML", "DEU.Yml", "deu.yml", "record-1.YAML"])
def test_ending_in_capitals_is_read(name: str, folder: Path) -> None:
    (folder / name).write_text(GERMANY, encoding="utf-8")
    assert countries(folder) == ["DEU", "FRA"]
    assert said(folder) == []


@pytest.mark.parametrize(
    ("name", "text", "hint"),
    [
        ("DEU.yaml.txt", GERMANY, "if it is a record, name it DEU.yaml"),
        ("DEU.json", "{}", "if it is a record, name it DEU.yaml"),
        ("germany.txt", GERMANY, "if it is a record, name it germany.yaml"),
        ("germany", GERMANY, "if it is a record, name it germany.yaml"),
        ("notes.md", f"# An example\n\n```yaml\n{GERMANY}```\n", "name it notes.yaml"),
        ("FRA.yaml.orig", SCENARIO, "FRA.yaml beside it is read"),
    ],
)
def test_file_with_another_ending_that_looks_like_a_record_is_a_note(
    name: str, text: str, hint: str, folder: Path
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    (found,) = rm.load_folder(folder).findings
    assert (found.code, found.severity, found.message) == (
        "RM122", rm.Severity.NOTE, OTHER_ENDING
    )  # fmt: skip
    assert found.hint.endswith(hint)
    assert countries(folder) == ["FRA"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", "# About this folder\n"),
        ("notes.txt", "Nothing of interest."),
        ("FRA.svg", "<svg/>"),
        ("FRA.csv", "country,date\n"),
        ("and.txt", "a word that is a country's code in capitals"),
        ("FRA.yaml~", SCENARIO),
        (".FRA.yaml", SCENARIO),
    ],
)
def test_file_that_does_not_look_like_a_record_is_left_out_silently(
    name: str, text: str, folder: Path
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    assert said(folder) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.yaml", "# Only a comment.\n"),
        ("empty.yaml", ""),
        ("docker-compose.yaml", "services:\n  web:\n    environment:\n      country: DE\n"),
        ("notes.yml", "# Title\n\nA *Markdown* text: with `code`.\n"),
        ("entries.yaml", "- act: engage\n  date: 2021\n"),
    ],
)
def test_yaml_without_a_key_of_a_record_is_a_note(name: str, text: str, folder: Path) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    assert said(folder) == [("RM122", name, NO_RECORD)]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("DEU.yaml", "", "RM112"),
        ("DEU.yaml", "# Only a comment.\n", "RM112"),
        ("germany.yaml", "country: DEU\n", "RM202"),
        ("germany.yaml", "formt: x\ntimeline: [\n", "RM110"),
        ("germany.yaml", "format: recogntion-scenario/1\n", "RM206"),
        ("more-sources.yaml", REGISTER, "RM206"),
    ],
)
def test_damaged_record_is_not_left_out(name: str, text: str, code: str, folder: Path) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    assert code in {one[0] for one in said(folder)}


def test_file_named_by_the_user_is_read_even_if_it_is_empty(folder: Path) -> None:
    path = folder / "README.yaml"
    path.write_text("# Only a comment.\n", encoding="utf-8")
    (found,) = rm.load_folder(path).findings
    assert (found.code, found.severity) == ("RM112", rm.Severity.ERROR)


def test_folder_with_nothing_but_other_yaml_says_so_of_both(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text("services: {}\n", encoding="utf-8")
    assert [(code, name) for code, name, _ in said(tmp_path)] == [
        ("RM103", tmp_path.name),
        ("RM122", "compose.yaml"),
    ]


def test_folder_named_like_the_register_is_an_error_that_says_so(folder: Path) -> None:
    (folder / "sources.yaml").unlink()
    (folder / "sources.yaml").mkdir()
    found = {one.code: one for one in rm.load_folder(folder).findings}
    assert Path(found["RM101"].place.file).name == "sources.yaml"
    assert found["RM101"].hint == "it is a folder that is named like a file: rename it"


def test_folder_named_like_the_register_is_read_if_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "FRA.yaml").write_text(SCENARIO, encoding="utf-8")
    inside = tmp_path / "sources.yaml"
    inside.mkdir()
    (inside / "DEU.yaml").write_text(GERMANY, encoding="utf-8")
    (inside / "sources.yaml").write_text(REGISTER, encoding="utf-8")
    read = rm.load_folder([tmp_path / "FRA.yaml", inside], rm.read_sources(inside))
    assert "DEU" in {scenario.country for scenario in read.scenarios}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_pipe_in_a_folder_is_said_to_be_readable_by_name(folder: Path) -> None:
    os.mkfifo(folder / "DEU.yaml")
    (found,) = rm.load_folder(folder).findings
    assert (found.code, found.hint) == ("RM101", "a pipe is read if you give it by name")


def test_scenarios_of_a_folder_are_its_records_without_claims_and_periods_of_rule(
    folder: Path,
) -> None:
    texts = {
        "claims.yaml": "format: recognition-collective/1\ncountry: DEU\n",
        "periods.yml": "# mine\n'format': recognition-authority/1\ndocumented-until: 2024\n",
        "AUT.yaml": "",  # it has the name of a country
        "germany.yml": "country: DEU\n",
        "compose.yaml": "services: {}\n",
        "notes.md": GERMANY,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert [path.name for path in scenario_files(folder)] == ["AUT.yaml", "FRA.yaml", "germany.yml"]
    assert scenario_files(folder / "missing") == []


def test_shipped_record_leaves_no_file_out() -> None:
    assert [found for found in rm.load_folder().findings if found.code == "RM122"] == []


def test_no_hint_advises_to_remove_a_file(folder: Path) -> None:
    (folder / "DEU.yaml").write_text("", encoding="utf-8")
    (folder / "AUT.yaml").mkdir()
    (folder / "compose.yaml").write_text("services: {}\n", encoding="utf-8")
    (folder / "FRA.json").write_text("{}", encoding="utf-8")
    hints = " ".join(found.hint for found in rm.load_folder(folder).findings)
    assert "remove" not in hints
    assert "delete" not in hints
