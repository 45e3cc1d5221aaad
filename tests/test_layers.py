"""Floors: what may import what, and what the import of the package must not cost."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import recognition_model

PACKAGE = Path(recognition_model.__file__).parent
MODULES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
NOUNS = [name for name in MODULES if name.startswith("core/")]


def imports_of(name: str) -> set[str]:
    """All modules that a module names in an import, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def importers_of(library: str) -> list[str]:
    return [
        name for name in MODULES if any(i.partition(".")[0] == library for i in imports_of(name))
    ]


def test_importing_the_package_loads_no_heavy_library():
    program = "import json, sys, recognition_model; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    loaded = set(json.loads(ran.stdout))
    assert "recognition_model" in loaded
    assert "recognition_model.core.dates" not in loaded  # names are loaded when first used
    assert not loaded & {"matplotlib", "numpy", "hypothesis", "pytest", "pandas"}
    assert ran.stderr == b""


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_for(name):
    docstring = ast.get_docstring(ast.parse(MODULES[name].read_text(encoding="utf-8")))
    assert docstring
    assert docstring.splitlines()[0].strip()


def test_only_the_machine_knows_transitions_and_only_the_reading_of_files_knows_yaml():
    assert importers_of("transitions") == ["engine/machine.py"]
    assert importers_of("yaml") == ["io/strict_yaml.py"]


def test_invariants_ask_neither_the_rules_nor_the_machine():
    asked = imports_of("engine/invariants.py")
    assert "recognition_model.core.history" in asked
    assert not {i for i in asked if i.endswith((".rules", ".machine", ".replay"))}


@pytest.mark.parametrize("name", NOUNS)
def test_the_ground_floor_stands_on_itself_alone(name):
    ours = {i.split(".")[1] for i in imports_of(name) if i.startswith("recognition_model.")}
    assert ours <= {"core"}
