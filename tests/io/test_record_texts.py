"""The texts of a record: one file with what is read beside it, or a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import recognition_model as rm
from recognition_model.io.record_texts import as_bytes, record_texts

FILES = {"FJI.yaml": "a: b\n", "TON.yaml": "c: d\n", "sources.yaml": "e: f\n", "Notes.md": "g"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


def test_scenario_has_the_texts_of_the_files_read_beside_it(folder: Path) -> None:
    path = folder / "FJI.yaml"
    texts = record_texts(path)
    assert texts.files == {"FJI.yaml": "a: b\n", "sources.yaml": "e: f\n"}
    assert (texts.asked, texts.what) == ("FJI.yaml", str(path))


def test_text_that_is_nowhere_written_has_the_name_that_is_given(folder: Path) -> None:
    texts = record_texts(folder / "-", "FJI.yaml", "x: y\n")
    assert texts.files == {"FJI.yaml": "x: y\n", "sources.yaml": "e: f\n"}
    assert texts.asked == "FJI.yaml"


def test_folder_has_the_texts_of_all_that_could_be_records(folder: Path) -> None:
    texts = record_texts(folder)
    assert texts.files == {name: FILES[name] for name in ("FJI.yaml", "TON.yaml", "sources.yaml")}
    assert (texts.asked, texts.what) == ("", str(folder))


def test_folder_without_a_scenario_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "Notes.md").write_text("g", encoding="utf-8")
    with pytest.raises(rm.RecordError) as raised:
        record_texts(tmp_path)
    assert [str(found) for found in raised.value.findings] == [
        f"{tmp_path}: RM103 the folder holds no scenario"
    ]


def test_bytes_that_are_not_utf_8_are_written_back_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "FJI.yaml").write_bytes(b"a: \xff\xc3\xa9\n")
    (text,) = record_texts(tmp_path).files.values()
    assert as_bytes(text) == b"a: \xff\xc3\xa9\n"
