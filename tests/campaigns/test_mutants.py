"""Which modules a campaign of mutants tries. `nox -s mutants` installs what this needs."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import module_from_spec
from pathlib import Path

import pytest

pytest.importorskip("mutmut", reason="only `nox -s mutants` has mutmut")
from support.paths import ROOT

from campaigns.code_mutations import Mutant, mutants_of
from campaigns.forked import Instead, cached, file_of
from campaigns.mutants import modules_of

PLUGIN = "recognition_model_pytest"


def test_plugin_is_tried_with_its_hooks() -> None:
    assert modules_of(PLUGIN) == [PLUGIN, f"{PLUGIN}.detect", f"{PLUGIN}.items"]
    src = ROOT / "src" / PLUGIN
    assert file_of(PLUGIN) == src / "__init__.py"
    assert file_of(f"{PLUGIN}.detect") == src / "detect.py"


def test_package_is_tried_without_its_lists_of_names() -> None:
    assert modules_of("analysis.robustness")[:2] == [
        "analysis.robustness.blocks",
        "analysis.robustness.choices",
    ]
    assert "analysis.robustness.blocks" in modules_of("analysis")
    assert file_of("core.dates") == ROOT / "src" / "recognition_model" / "core" / "dates.py"


@pytest.mark.parametrize("module", [PLUGIN, f"{PLUGIN}.detect", "core.dates"])
def test_mutant_is_loaded_instead_of_its_module(module: str) -> None:
    name = module if module.startswith(PLUGIN) else f"recognition_model.{module}"
    finder = Instead(Mutant(module, "", 1, "", "", "CHANGED = True\n", inside=False))
    assert finder.find_spec("recognition_model.core.stages") is None
    spec = finder.find_spec(name)
    assert spec is not None
    loaded = module_from_spec(spec)
    finder.exec_module(loaded)
    assert loaded.CHANGED
    assert hasattr(loaded, "__path__") is (module == PLUGIN)  # a package, for its other modules


def test_function_that_keeps_its_answers_is_known() -> None:
    countries = str(file_of("core.countries"))
    found = {name for file, name in cached() if file == countries}
    assert "_codes_by_name" in found
    assert "code_of" not in found


def test_mutant_of_the_plugin_is_in_the_pytest_that_runs_the_tests(tmp_path: Path) -> None:
    """The plugin cannot collect without its suffixes, so that any test fails."""
    (survived,) = (
        f"0\tsurvived\t\t{one.line}\t{one.module}\t{one.function}\t{one.was}\t{one.now}\n"
        for one in mutants_of(f"{PLUGIN}.detect", file_of(f"{PLUGIN}.detect"))
        if one.now == "SUFFIXES = None"
    )
    log = tmp_path / "earlier.log"
    log.write_text(survived, encoding="utf-8")
    tests = ["--tests", "tests/core/test_countries.py"]
    asked = ["--module", f"{PLUGIN}.detect", "--again", str(log), *tests, "--fresh"]
    ran = subprocess.run(
        [sys.executable, "-m", "campaigns.mutants", *asked],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not ran.stderr
    assert ran.stdout.splitlines()[-1].split()[:5] == ["all", "1", "1", "0", "0"]
