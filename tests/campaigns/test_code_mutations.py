"""The mutants of a module. `nox -s mutants` installs what this needs."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("mutmut", reason="only `nox -s mutants` has mutmut")
from campaigns.code_mutations import Mutant, mutants_of

SOURCE = '''\
"""A module."""

from typing import Any

LIMIT = 3


class Shelf:
    """A class."""

    @property
    def heavy(self) -> "list[Any]":
        """A property: mutmut leaves it out."""
        return [book for book in self.books if book.weight >= LIMIT]


def fits(shelf: Shelf, strict: bool = False) -> bool:
    for book in shelf.books:
        if book.wide and not strict:
            raise ValueError(f"{book} is too wide", "wide", "too wide")
    return all(zip(shelf.books, shelf.places, strict=True))
'''


def made(tmp_path: Path) -> list[Mutant]:
    file = tmp_path / "shelf.py"
    file.write_text(SOURCE, encoding="utf-8")
    return mutants_of("shelf", file)


def test_mutants_of_a_module_are_these(tmp_path: Path) -> None:
    loop, test = "for book in shelf.books:", "if book.wide and not strict:"
    told = 'raise ValueError(f"{book} is too wide", "wide", "too wide")'
    filtered = "return [book for book in self.books if book.weight >= LIMIT]"
    whole = "return all(zip(shelf.books, shelf.places, strict=True))"
    assert {(one.function, one.was, one.now) for one in made(tmp_path)} == {
        ("", "LIMIT = 3", "LIMIT = None"),
        ("", "LIMIT = 3", "LIMIT = 4"),
        ("Shelf.heavy", filtered, "return None"),
        ("Shelf.heavy", filtered, "return [book for book in self.books]"),
        ("Shelf.heavy", filtered, filtered.replace(">=", ">")),
        (
            "fits",
            "def fits(shelf: Shelf, strict: bool = False) -> bool:",
            "def fits(shelf: Shelf, strict: bool = True) -> bool:",
        ),
        ("fits", loop, "for book in ():"),
        ("fits", test, "if not (book.wide and not strict):"),
        ("fits", test, "if book.wide or not strict:"),
        ("fits", test, "if book.wide and strict:"),
        ("fits", told, told.replace('f"{book} is too wide"', "None")),
        ("fits", told, told.replace('"wide", ', "None, ")),
        ("fits", told, told.replace('"too wide"', "None")),
        ("fits", told, told.replace('"wide", ', '"XXwideXX", ')),
        ("fits", whole, "return None"),
        ("fits", whole, "return all(None)"),
        ("fits", whole, whole.replace("shelf.books", "None")),
        ("fits", whole, whole.replace("shelf.places", "None")),
    }


def test_mutant_is_inside_if_only_the_body_of_a_function_differs(tmp_path: Path) -> None:
    inside = {one.was: one.inside for one in made(tmp_path)}
    assert not inside["LIMIT = 3"]
    assert not inside["def fits(shelf: Shelf, strict: bool = False) -> bool:"]
    assert inside["for book in shelf.books:"]
    assert inside["return [book for book in self.books if book.weight >= LIMIT]"]


def test_mutant_has_the_line_and_the_whole_source(tmp_path: Path) -> None:
    (one,) = (one for one in made(tmp_path) if one.now == "LIMIT = 4")
    assert one.line == 5
    assert one.source == SOURCE.replace("LIMIT = 3", "LIMIT = 4")
