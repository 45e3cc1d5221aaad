"""The door through which pytest finds the plugin of this package: the entry point `pytest11`.

It stands outside the package, so that a pytest with no record of ours imports nothing of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from recognition_model_pytest.detect import SUFFIXES, is_ours


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A record's file; nothing for any other."""
    if file_path.suffix not in SUFFIXES or not is_ours(file_path):
        return None
    from recognition_model_pytest.items import RecordFile

    return RecordFile.from_parent(parent, path=file_path)
