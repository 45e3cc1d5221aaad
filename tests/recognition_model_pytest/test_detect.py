"""Which files the pytest plugin takes for its own, without a run of pytest."""

from __future__ import annotations

from pathlib import Path

import pytest

from recognition_model_pytest.detect import is_ours

FORMAT = "format: recognition-scenario/1\n"


@pytest.mark.parametrize(("letters", "ours"), [(60_000, True), (70_000, False)])
def test_format_line_is_looked_for_in_the_first_64_kibibytes(
    *, letters: int, ours: bool, tmp_path: Path
) -> None:
    file = tmp_path / "long.yaml"
    file.write_text(f"# {'x' * letters}\n{FORMAT}", encoding="utf-8")
    assert is_ours(file) is ours


def test_format_line_in_utf_16_is_recognised(tmp_path: Path) -> None:
    file = tmp_path / "fiji.yaml"
    file.write_bytes(FORMAT.encode("utf-16"))
    assert is_ours(file)


def test_key_of_a_record_counts_below_a_comment_too(tmp_path: Path) -> None:
    file = tmp_path / "fiji.yaml"
    file.write_text("# Made up.\nfromat: recognition-scenario/1\ncountry: FJI\n", encoding="utf-8")
    assert is_ours(file, named=True)
    assert not is_ours(file)
