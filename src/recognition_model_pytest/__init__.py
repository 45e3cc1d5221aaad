"""The pytest plugin: collects scenario files, claims files and source registers.

pytest loads this through the entry point `pytest11`. It is a package of its own so that pytest
does not import `recognition_model` in projects without such files.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from recognition_model_pytest.detect import SUFFIXES, is_ours, rules_asked


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for another rule table, and its setting in the configuration file."""
    help_ = "check scenario files by this rule table: strict, trusting, no-lapse, or a rules file"
    group = parser.getgroup("recognition_model")
    group.addoption("--recognition-rules", metavar="NAME_OR_FILE", help=help_)
    parser.addini("recognition_rules", help_, default="")


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say in the first lines which rule table is used, if it is not the shipped one."""
    name = rules_asked(config)
    if not name:
        return []
    from recognition_model_pytest.items import rules_in_words

    return [f"scenario files are checked by: {rules_in_words(config)}"]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a file of one of our formats; ignore any other file."""
    if file_path.suffix.lower() not in SUFFIXES:
        return None
    if not is_ours(file_path, named=parent.session.isinitpath(file_path)):
        return None
    from recognition_model_pytest.items import RecordFile

    return RecordFile.from_parent(parent, path=file_path)
