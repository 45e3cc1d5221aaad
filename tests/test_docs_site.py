"""The pages that the site has beyond the documents, and what it makes of Markdown.

`nox -s docs` builds the site with warnings as errors, and `.ci/check_docs_site.py` reads it back.
"""

from __future__ import annotations

import inspect
import re
import runpy
from collections.abc import Iterator
from importlib import import_module
from textwrap import dedent
from typing import Any

import pytest
from support.paths import ROOT

import recognition_model as rm
from recognition_model.core.stages import Stage

API = sorted((ROOT / "docs" / "api").glob("*.md"))
DIRECTIVE = re.compile(r"^\.\. (?:auto(\w+)|(currentmodule)):: ([\w.]+)$", re.MULTILINE)
PACKAGES = ("batch", "exports", "plots", "testing")
PAGES = runpy.run_path(str(ROOT / "docs" / "_sphinx" / "pages.py"))
DOCSTRINGS = runpy.run_path(str(ROOT / "docs" / "_sphinx" / "docstrings.py"))


def entries() -> Iterator[tuple[str, str]]:
    """The kind and the full path of each entry of the pages about the library."""
    for page in API:
        module = ""
        for kind, current, name in DIRECTIVE.findall(page.read_text(encoding="utf-8")):
            if current:
                module = name
            else:
                yield kind, name if name.startswith("recognition_model") else f"{module}.{name}"


ENTRIES = [*entries()]


def named(path: str) -> Any:
    """What the path of an entry names."""
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name)


def kind_of(value: Any) -> str:
    if inspect.isclass(value):
        return "exception" if issubclass(value, BaseException) else "class"
    return "function" if inspect.isfunction(value) else "data"


@pytest.mark.parametrize("package", ["", *PACKAGES])
def test_every_public_name_has_an_entry(package: str) -> None:
    module = import_module(f"recognition_model.{package}".rstrip("."))
    paths = {path for _, path in ENTRIES}
    homes = (module.__name__, "recognition_model", "recognition_model.exports")
    lacking = [name for name in module.__all__ if not paths & {f"{home}.{name}" for home in homes}]
    assert lacking == []


def test_no_name_has_two_entries() -> None:
    paths = [path for _, path in ENTRIES]
    assert sorted(paths) == sorted(set(paths))


def test_entries_name_what_is_there_by_its_kind() -> None:
    found = [(kind, path) for kind, path in ENTRIES if kind != "module"]
    assert [(kind_of(named(path)), path) for _, path in found] == found


def docstrings() -> Iterator[tuple[str, str]]:
    """The docstrings that the entries show, those of classes with their members."""
    for kind, path in ENTRIES:
        if kind in ("class", "exception", "function"):
            value = named(path)
            yield path, inspect.getdoc(value) or ""
            for name, member in inspect.getmembers(value) if kind == "class" else ():
                if not name.startswith("_") and (callable(member) or isinstance(member, property)):
                    yield f"{path}.{name}", inspect.getdoc(member) or ""


CODE = {path: text for path, text in docstrings() if "\n\n    " in text}


@pytest.mark.parametrize("path", CODE)
def test_code_of_docstring_runs(path: str) -> None:
    """The names that it takes for granted are those of the docstring's own words."""
    replays = [rm.replay(scenario) for scenario in rm.load_folder().scenarios[:3]]
    names: dict[str, Any] = {"rm": rm, "replays": replays, "record": replays}
    names |= {"RULES": [], "MY_RULE": rm.RULES["R06"], "RuleTable": rm.RuleTable}
    names |= {"INVARIANTS": [], "MY_INVARIANT": rm.INVARIANTS[0]}
    names[path.rpartition(".")[2]] = named(path)
    for paragraph in re.findall(r"(?m)(?:^ {4}.*\n?|^\n(?= {4}))+", CODE[path]):
        exec(compile(dedent(paragraph), path, "exec"), names)  # noqa: S102 - our own page


def test_pages_with_code_in_docstrings_are_found() -> None:
    assert "recognition_model.imputations" in CODE
    assert len(CODE) >= 3


def test_index_page_becomes_table_of_contents() -> None:
    text = "# A\n\nSee [x](x.md).\n\n## B\n\n- [Y](y.md#z)\n- [W](d/w.md), [web](https://e.org)\n"
    assert [*PAGES["contents"](text)] == [("A", ["x <x>"]), ("B", ["W <d/w>"])]
    made = PAGES["table_of_contents"](text)
    assert made.count("```{toctree}\n:hidden:\n") == 2
    assert ":caption: B\n\nW <d/w>\n```\n" in made


@pytest.mark.parametrize(
    ("page", "text", "led"),
    [
        ("tutorial", "[R](../README.md)", "[R](index.md)"),
        ("api/README", "[R](../../README.md)", "[R](../index.md)"),
        ("api/README", "[D](../data.md#x)", "[D](../data.md#x)"),
        (
            "how-to",
            "[b](../benchmarks/README.md)",
            "[b](https://e.org/r/blob/main/benchmarks/README.md)",
        ),
        ("how-to", "[e](examples/a.yaml)", "[e](examples/a.yaml)"),
    ],
)
def test_link_out_of_docs_leads_to_the_repository(page: str, text: str, led: str) -> None:
    assert PAGES["outward"](page, text, "https://e.org/r") == led


def test_link_out_of_docs_is_a_name_without_a_repository() -> None:
    text = PAGES["outward"]("how-to", "the [times](../benchmarks/README.md)", None)
    assert text == "the times (`benchmarks/README.md`)"


def test_page_can_be_scrolled_and_read_without_a_mouse() -> None:
    entry = '<dl class="py"><dt class="sig x">f(<dl>\n<dd>a,</dd>\n</dl>\n)</dt><dd>So.</dd></dl>'
    made = PAGES["for_keyboards_and_readers"](f"<pre>x</pre>{entry}")
    assert made.startswith('<pre tabindex="0">x</pre><dl class="py">')
    assert "f(<span>\n<span>a,</span>\n</span>\n)</dt><dd>So.</dd></dl>" in made


@pytest.mark.parametrize(
    ("lines", "made"),
    [
        (["A `date`s *x*."], ["A ``date``\\ s *x*.", ""]),
        (["Returns `Stage`, as `replay`."], None),
        (["More `**options`, a_ and |b|."], ["More ``**options``, a\\_ and \\|b\\|.", ""]),
        (["So:", "", "    f(x)", "", "Raises."], None),
    ],
)
def test_docstring_in_markdown_becomes_restructured_text(
    lines: list[str], made: list[str] | None
) -> None:
    found = DOCSTRINGS["in_rest"](lines)
    if made is not None:
        assert found == made
    elif "So:" in lines:
        block = [".. code-block:: python", "", "    f(x)"]
        assert found == ["So:", "", *block, "", "Raises.", ""]
    else:
        link = ":py:obj:`Stage <recognition_model.Stage>`"
        assert found == [f"Returns {link}, as ``replay``.", ""]


def test_attributes_and_words_have_the_explanations_of_their_definition() -> None:
    explained = DOCSTRINGS["explanations"]
    assert dict(explained(Stage))["BANNED"] == Stage.BANNED.meaning
    assert dict(explained(rm.Source))["publisher"] == "Who published it."
    assert dict(explained(rm.History))["attested"] == "When the country was heard of."
