"""Docstrings as autodoc needs them: ours are Markdown, and attributes have theirs in `doc(...)`."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum
from importlib import import_module
from textwrap import dedent
from typing import TYPE_CHECKING, Any, NewType, get_type_hints

import attrs

import recognition_model as rm
from recognition_model.core.base import Renamed
from recognition_model.core.types import RANGES, SHAPES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PACKAGES = ("batch", "exports", "plots", "testing")
CODE = re.compile(r"`([^`]+)`")
SPECIAL = re.compile(r"(?<=\w)_(?=\W|$)|[|\\]|\*(?=\*)")
INDENT = " " * 4


def names() -> dict[str, str]:
    """Every public class and constant, and `rm.` with every function: where their entries are.

    The name of a function alone may well be that of a parameter, such as `dates`.
    """
    found = dict[str, str]()
    for package in PACKAGES:
        for name in import_module(f"recognition_model.{package}").__all__:
            found[name] = f"recognition_model.{package}.{name}"
    found = {name: found.get(name, f"recognition_model.{name}") for name in (*found, *rm.__all__)}
    return {name if name[0].isupper() else f"rm.{name}": path for name, path in found.items()}


NAMES = names()


def in_rest(lines: list[str]) -> list[str]:
    """Markdown as reStructuredText: code or links for backticks, blocks for indented code."""
    paragraphs = re.split(r"\n{2,}", "\n".join(lines).strip())
    made = "\n\n".join(map(_paragraph, paragraphs))
    return [*made.split("\n"), ""]


def _paragraph(text: str) -> str:
    if text.startswith(INDENT):
        return f".. code-block:: python\n\n{text}"
    parts = CODE.split(text)  # text, code, text, code, ..., text
    parts[::2] = [SPECIAL.sub(r"\\\g<0>", part) for part in parts[::2]]
    parts[1::2] = [_code(" ".join(part.split())) for part in parts[1::2]]
    for n, part in enumerate(parts):
        if n and not n % 2 and re.match(r"\w", part):
            parts[n] = f"\\ {part}"  # `date`s
    return "".join(parts)


def _code(text: str) -> str:
    path = NAMES.get(text)
    return f":py:obj:`{text} <{path}>`" if path else f"``{text}``"


def explanations(kind: type[Any]) -> Iterator[tuple[str, str]]:
    """Attributes that have no docstring where autodoc looks, with what explains them.

    Members of an enum have meanings, attributes of records have `doc(...)`, and attrs replaces
    cached properties, whose docstrings are in the source.
    """
    if issubclass(kind, Enum):
        yield from ((m.name, getattr(m, "meaning", "")) for m in kind)
    elif attrs.has(kind):
        yield from ((one.name, one.metadata.get("doc", "")) for one in attrs.fields(kind))
        (written,) = ast.parse(dedent(inspect.getsource(kind))).body
        for one in written.body if isinstance(written, ast.ClassDef) else ():
            if isinstance(one, ast.FunctionDef) and "cached_property" in map(
                ast.unparse, one.decorator_list
            ):
                yield one.name, ast.get_docstring(one) or ""


def explain_attributes(kind: type[Any]) -> None:
    """Let autodoc find the explanations of a class as comments of its module."""
    from sphinx.pycode import ModuleAnalyzer

    analyzer = ModuleAnalyzer.for_module(kind.__module__)
    analyzer.analyze()
    for name, text in explanations(kind):
        if text:
            analyzer.attr_docs[kind.__qualname__, name] = text.splitlines()


class Lookup(dict[str, Any]):
    """The names of a module, those too that it imports for type checkers only or on first use."""

    def __init__(self, module: Any) -> None:
        self.module = module

    def __missing__(self, name: str) -> Any:
        try:
            return getattr(self.module, name)
        except AttributeError:
            raise KeyError(name) from None


def resolve(_: Sphinx, value: Any, *__: Any) -> None:
    """Give a function its annotations as types where autodoc alone would fail to read them."""
    module = sys.modules.get(getattr(value, "__module__", ""))
    if inspect.isfunction(value) and module is not None:
        with suppress(NameError):
            value.__annotations__ = get_type_hints(value, localns=Lookup(module))


def form(value: Any) -> str:
    """The form that a type of `core.types` asks of a text or a number in a file."""
    if not isinstance(value, NewType):
        return ""
    if value in RANGES:
        least, most = RANGES[value]
        return f"A number from {least} to {most}." if most else f"A number from {least} up."
    shape = SHAPES.get(value)
    return f"A text that matches `{shape.pattern}`: {shape.hint}." if shape else ""


def process(_: Sphinx, what: str, __: str, value: Any, ___: Any, lines: list[str]) -> None:
    """Give autodoc a docstring in its own language, or one where there is none."""
    if what == "class":
        explain_attributes(value)
    elif what == "data" and "\n".join(lines).strip() == inspect.getdoc(value):
        lines[:] = [form(value)]  # what autodoc found is the docstring of its type
    lines[:] = in_rest(lines)


def signature(_: Sphinx, what: str, __: str, value: Any, *___: Any) -> tuple[str, str] | None:
    """The keywords that make a value, and none for a word. Types stand with the attributes."""
    if what not in ("class", "exception"):
        return None
    if issubclass(value, Enum):
        return "", ""
    if attrs.has(value):
        fields = [one for one in attrs.fields(value) if one.init]
        at = sum(not one.kw_only for one in fields)
        shown = [_keyword(one.alias, one.default) for one in sorted(fields, key=_by_keyword)]
        return f"({', '.join([*shown[:at], *['*'] * (at < len(shown)), *shown[at:]])})", ""
    if issubclass(value, tuple):
        defaults = value._field_defaults
        shown = [_keyword(name, defaults.get(name, attrs.NOTHING)) for name in value._fields]
        return f"({', '.join(shown)})", ""
    return None


def _by_keyword(one: attrs.Attribute[Any]) -> bool:
    return one.kw_only


def _keyword(name: str, default: Any) -> str:
    """A keyword, with its default if that is a plain value, or with dots."""
    if default is attrs.NOTHING:
        return name
    if isinstance(default, Enum):
        return f"{name}={type(default).__name__}.{default.name}"
    plain = default is None or default == () or isinstance(default, str | int | float)
    return f"{name}={default!r}" if plain else f"{name}=..."


def skip(_: Sphinx, __: str, ___: str, member: Any, *____: Any) -> bool | None:
    """Leave out old names, which answer with a warning."""
    return True if isinstance(member, Renamed) else None


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("autodoc-before-process-signature", resolve)
    app.connect("autodoc-process-docstring", process)
    app.connect("autodoc-process-signature", signature)
    app.connect("autodoc-skip-member", skip)
    return {"parallel_read_safe": True}
