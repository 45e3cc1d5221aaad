"""Which modules a campaign of mutants tries. `nox -s mutants` installs what this needs."""

from __future__ import annotations

from importlib.util import module_from_spec

import pytest

pytest.importorskip("mutmut", reason="only `nox -s mutants` has mutmut")
from support.paths import ROOT

from campaigns.code_mutations import Mutant
from campaigns.forked import Instead, file_of
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
