"""What a file says that it was made from, as it is read from the file or beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recognition_model.io.stamped import NoStampError, stamp_in


def test_table_has_its_descriptor_beside_it(tmp_path: Path) -> None:
    told = {"title": "Talks – “Kabul”"}
    beside = tmp_path / "talks_datapackage.json"
    beside.write_bytes(json.dumps(told, ensure_ascii=False).encode())
    assert stamp_in(tmp_path / "talks.csv") == told


def test_table_alone_says_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoStampError) as raised:
        stamp_in(tmp_path / "talks.csv")
    assert str(raised.value) == (
        "talks.csv says nothing itself, and talks_datapackage.json is not beside it"
    )


@pytest.mark.parametrize("text", ["[]", "{", ""])
def test_descriptor_that_is_no_mapping_is_an_error(text: str, tmp_path: Path) -> None:
    (tmp_path / "talks_datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(NoStampError, match=r"^(what )?talks\.csv "):
        stamp_in(tmp_path / "talks.csv")
