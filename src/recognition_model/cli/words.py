"""Types of options that take words of a list or grades, with hints and completion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click

from recognition_model.analysis.asked import known_word
from recognition_model.core.evidence import Voice
from recognition_model.core.glossary import grade_meaning
from recognition_model.core.signals import Family


class Word(click.ParamType):  # type: ignore[type-arg]  # generic only in newer releases
    """One of some words, each with its meaning; a space, `-` and `_` are the same."""

    def __init__(self, name: str, words: Mapping[str, str]) -> None:
        self.name = name
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return known_word(self.name, str(value), self.words)
        except ValueError as error:
            self.fail(str(error), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        return _fitting(self.words, incomplete)


class Words(Word):
    """Several words of a list, with commas between: `act,signal`."""

    def convert(  # type: ignore[override]  # several for one
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        parts = [part for part in str(value).split(",") if part.strip()]
        if not parts:
            self.fail(f"no {self.name} is given: one of {', '.join(self.words)}", param, ctx)
        return tuple(super(Words, self).convert(part, param, ctx) for part in parts)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        before, comma, last = incomplete.rpartition(",")
        given = before.split(",")
        left = {word: text for word, text in self.words.items() if word not in given}
        return _fitting(left, last, before + comma)


class Grade(click.ParamType):  # type: ignore[type-arg]  # as above
    """A grade, checked by a function of the library that raises `ValueError`.

    A shell completes the `grades`.
    """

    name = "grade"

    def __init__(self, check: Callable[[str], str], grades: Iterable[str]) -> None:
        self.check = check
        self.grades = tuple(grades)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return self.check(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        meanings = {grade: grade_meaning(grade) for grade in self.grades}
        texts = {grade: meaning.text if meaning else "" for grade, meaning in meanings.items()}
        return _fitting(texts, incomplete)


def voice_word() -> Word:
    """Make the type of an option that takes a voice."""
    return Word("voice", {str(voice): voice.meaning for voice in Voice})


FAMILIES: Mapping[str, str] = {str(family): family.meaning for family in Family}
_FAMILY = "family of signals"


def family_word() -> Word:
    """Make the type of an option that takes a family of signals."""
    return Word(_FAMILY, FAMILIES)


def family_words() -> Words:
    """Make the type of an option that takes several families of signals."""
    return Words(_FAMILY, FAMILIES)


def _fitting(words: Mapping[str, str], begun: str, before: str = "") -> list[Any]:
    from click.shell_completion import CompletionItem

    begun = begun.strip().lower()
    fits = [word for word in words if word.lower().startswith(begun)]
    return [CompletionItem(before + word, help=words[word]) for word in fits]
