"""Layers: which package may import which, and what importing the package must not load."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import pytest

import recognition_model
from recognition_model import exports, plots
from recognition_model.cli.app import SUMMARIES, load_command
from recognition_model.exports.formats import FORMATS
from recognition_model.plots.kinds import KINDS

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


def test_importing_package_loads_no_heavy_library():
    program = "import json, sys, recognition_model; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    loaded = set(json.loads(ran.stdout))
    assert "recognition_model" in loaded
    assert "recognition_model.core.dates" not in loaded  # names are loaded when first used
    assert not loaded & {"matplotlib", "numpy", "hypothesis", "pytest", "pandas"}
    assert ran.stderr == b""


@pytest.mark.parametrize("name", MODULES)
def test_every_module_has_docstring(name):
    docstring = ast.get_docstring(ast.parse(MODULES[name].read_text(encoding="utf-8")))
    assert docstring
    assert docstring.splitlines()[0].strip()


def test_only_machine_imports_transitions_and_only_io_imports_yaml():
    assert importers_of("transitions") == ["engine/machine.py"]
    assert importers_of("yaml") == ["io/strict_yaml.py"]


def test_invariants_import_neither_rules_nor_machine():
    asked = imports_of("engine/invariants.py")
    assert "recognition_model.core.history" in asked
    assert not {i for i in asked if i.endswith((".rules", ".machine", ".replay"))}


@pytest.mark.parametrize("name", NOUNS)
def test_core_imports_only_core(name):
    ours = {i.split(".")[1] for i in imports_of(name) if i.startswith("recognition_model.")}
    assert ours <= {"core"}


# --- one place each ------------------------------------------------------------------------------

PACKAGES = sorted({name.rpartition("/")[0] for name in MODULES if "/" in name})


@pytest.mark.parametrize("package", ["", *PACKAGES])
def test_dotted_name_is_module_or_function_not_both(package):
    dotted = ".".join(filter(None, ["recognition_model", package.replace("/", ".")]))
    face = import_module(dotted)
    modules = {name.name for name in iter_modules(face.__path__)}
    named = getattr(face, "__all__", [name for name in vars(face) if not name.startswith("_")])
    given_out = {name for name in named if callable(getattr(face, name))}
    assert not given_out & modules
    for module in modules - {"__main__"}:
        assert isinstance(import_module(f"{dotted}.{module}"), ModuleType)
        assert import_module(f"{dotted}.{module}") is getattr(face, module)


def test_every_public_name_loads_on_access():
    for name in recognition_model.__all__:
        assert getattr(recognition_model, name) is not None
    assert set(recognition_model.__all__) <= set(dir(recognition_model))
    with pytest.raises(AttributeError, match="no attribute 'nosuch'"):
        _ = recognition_model.nosuch


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("recognition_model", "Standing", "State"),
        ("recognition_model", "Permitted", "UnexpectedlyPermitted"),
        ("recognition_model.testing", "standings", "states"),
        ("recognition_model.batch", "STANDINGS", "STATES"),
    ],
)
def test_old_public_name_gives_new_object_and_warning(module, old, new):
    face = import_module(module)
    with pytest.warns(DeprecationWarning, match=rf"{old} is now .*{new}"):
        assert getattr(face, old) is getattr(face, new)


def test_old_attribute_names_work_with_warning():
    replay = recognition_model.replay(next(iter(recognition_model.load_folder().scenarios)))
    position = replay.history.on(replay.history.documented_until)
    for value in (position, position.spells[0], replay.scenario.start):
        with pytest.warns(DeprecationWarning, match=r"\.standing is now .*\.state"):
            assert value.standing == value.state
    with pytest.warns(DeprecationWarning, match=r"Position\.standings is now"):
        assert position.standings == position.states
    with pytest.warns(DeprecationWarning, match="exports.Dates is now the words"):
        assert [str(word) for word in exports.Dates] == ["earliest", "latest", "all"]


def test_listed_commands_match_command_modules():
    written = {
        Path(name).stem
        for name, path in MODULES.items()
        if name.startswith("cli/") and "@click.command(" in path.read_text(encoding="utf-8")
    }
    assert written == set(SUMMARIES)
    for name, summary in SUMMARIES.items():
        assert load_command(name).name == name
        assert len(summary) <= 45
        assert not summary.endswith(".")


def test_every_drawing_module_is_a_picture_kind():
    drawing = {
        Path(name).stem
        for name, path in MODULES.items()
        if name.startswith("plots/") and "\ndef draw(" in path.read_text(encoding="utf-8")
    }
    assert drawing == {kind.module for kind in KINDS.values()}
    assert list(plots.PLOTS) == list(KINDS)
    for name, plot in plots.PLOTS.items():
        assert (plot.name, plot.summary) == (name, KINDS[name].summary)


def test_every_format_has_writer():
    for kind in FORMATS.values():
        module, function = kind.writer.split(":")
        assert callable(getattr(import_module(f"recognition_model.exports.{module}"), function))


def test_listing_kinds_and_formats_loads_no_heavy_library():
    program = (
        "import json, sys; from recognition_model.cli.app import load_command;"
        "load_command('plot'); load_command('export'); print(json.dumps(sorted(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert not set(json.loads(ran.stdout)) & {"matplotlib", "numpy", "pyarrow", "jinja2"}


def test_the_three_lists_of_public_names_agree():
    tree = ast.parse(Path(recognition_model.__file__).read_text(encoding="utf-8"))
    (checked,) = [
        node
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    imported = {
        alias.name: node.module.removeprefix("recognition_model.")
        for node in checked.body
        for alias in node.names
        if node.module != "typing"
    }
    assert imported == recognition_model._HOME_OF
    assert sorted(imported) == sorted(recognition_model.__all__)


@pytest.mark.parametrize(
    "face",
    ["recognition_model", *(f"recognition_model.{p}" for p in ("plots", "exports", "batch"))],
)
def test_a_type_checker_sees_no_catch_all_for_names(face):
    tree = ast.parse(Path(import_module(face).__file__).read_text(encoding="utf-8"))
    assert "__getattr__" not in {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}


def test_a_picture_module_is_an_attribute_of_plots():
    program = "import recognition_model as rm; print(rm.plots.history.draw.__name__)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert ran.stdout == b"draw\n"


@pytest.mark.parametrize(("name", "kinds"), [("plot", KINDS), ("export", FORMATS)])
def test_help_explains_every_word_of_the_registry(name, kinds):
    text = load_command(name).help
    for word, kind in kinds.items():
        assert f"{word}: {kind.summary}." in text
