"""The pytest plugin: collects scenario files, claims files and source registers.

pytest loads this through the entry point `pytest11`. It is a package of its own so that pytest
does not import `recognition_model` in projects without such files.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from recognition_model_pytest.detect import SUFFIXES, is_ours


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a file of one of our formats; ignore any other file."""
    if file_path.suffix.lower() not in SUFFIXES:
        return None
    if not is_ours(file_path, named=parent.session.isinitpath(file_path)):
        return None
    from recognition_model_pytest.items import RecordFile

    return RecordFile.from_parent(parent, path=file_path)
