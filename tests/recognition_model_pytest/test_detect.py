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
