"""Runs of pytest with the plugin.

Most tests run a second pytest in this process. Those of the process itself, and a few that find
the plugin as a user's pytest does, start a process.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.fixtures import Story
from support.paths import REGISTER
from support.pytest_runs import PRINTING, RUSSIA, Pytest, plain

# `pytester` forgets the modules that a run imports, and half of ours must not be imported anew.
import recognition_model.cli.render
import recognition_model.engine.alignment  # noqa: F401
import recognition_model_pytest.items

OFF = ("cacheprovider", "faulthandler")  # the first writes files, the second belongs to the process


@pytest.fixture
def folder(tmp_path: Path, story: Story) -> Path:
    """A folder with a record of Russia and the register it needs."""
    (tmp_path / "record").mkdir()
    (tmp_path / "record" / "sources.yaml").write_bytes(REGISTER.read_bytes())
    (tmp_path / "record" / "RUS.yaml").write_text(story(RUSSIA), encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Pytest:
    """A second pytest in this process, in the folder, with no other plugin than ours."""
    off = [part for name in OFF for part in ("-p", f"no:{name}")]
    options = [*off, "-W", "error"]

    def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
        with monkeypatch.context() as patch:
            patch.chdir(folder)
            for name in PRINTING:
                patch.delenv(name, raising=False)
            patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
            patch.setenv("COLUMNS", "120")
            result = pytester.runpytest_inprocess(
                *options, *arguments, plugins=[recognition_model_pytest]
            )
        return subprocess.CompletedProcess(
            arguments, int(result.ret), result.stdout.str(), result.stderr.str()
        )

    return ran


@pytest.fixture
def run_apart(folder: Path) -> Pytest:
    """pytest in a process of its own, in the folder, with the plugins that are installed."""

    def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-W", "error", *arguments],
            cwd=folder,
            env=plain(os.environ) | {"PYTHONUTF8": "1", "COLUMNS": "120"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return ran
