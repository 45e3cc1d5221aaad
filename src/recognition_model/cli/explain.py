"""`recognition-model explain`: what a word, a code or a rule means."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import click

from recognition_model.cli.answer import Answer
from recognition_model.cli.meanings import (
    FAMILIES,
    Block,
    meanings,
    old_signals,
    signal_counts,
    signals,
    signals_meant,
)
from recognition_model.cli.options import as_format, examples
from recognition_model.core.evidence import CREDIBILITIES, Reliability
from recognition_model.core.glossary import TERMS, Meaning, fold, grade_meaning
from recognition_model.core.signals import Family
from recognition_model.core.wording import did_you_mean, near_words

_NARROW = 80


class Word(click.ParamType):  # type: ignore[type-arg]  # generic only in newer releases
    """A code or word that `explain` knows."""

    name = "word"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        wanted = fold(incomplete)
        offered = dict.fromkeys(
            map(_as_one_word, [*_words(), *signals(), *old_signals(), *_grades()])
        )
        return [CompletionItem(word) for word in offered if fold(word).startswith(wanted)]


@click.command(
    "explain",
    epilog=examples("recognition-model explain R06", "recognition-model explain in doubt"),
)
@click.argument("words", nargs=-1, type=Word())
@as_format
def command(words: tuple[str, ...], fmt: str) -> Answer:
    """Explain a word, a rule code (R06) or a finding code (RM501).

    Without a word, list all words. Case does not matter; a space, _ and - are the same. If a word
    has several meanings, all are shown. Words that are not one phrase are explained one by one.
    """
    if not words:
        return _listing(fmt)
    found = [meaning for phrase in _phrases(words) for meaning in _told(phrase)]
    lines = [line for meaning in found for line in (str(meaning), *_words_of(meaning))]
    if fold(" ".join(words)) in ("signal", "signals"):
        lines += ["signals of the record, with their entries:", *_by_family()]
    text = "\n".join(lines)
    if fmt == "json":
        data = {"format": "recognition-explain/1", "code": found[0].word, "text": text}
        return Answer(data=data)
    return Answer(text=text)


def _words_of(meaning: Meaning) -> list[str]:
    """List the words of a family of signals, each with the number of its entries."""
    if meaning.group != FAMILIES:
        return []
    counted = signal_counts(next(one for one in Family if str(one) == meaning.word))
    return _filled(", ".join(f"{word} {count}" for word, count in counted.items()))


def _by_family() -> Iterator[str]:
    """List all words for signals with the numbers of their entries, a family in a paragraph."""
    told: set[str] = set()
    for family in Family:
        counted = signal_counts(family)
        told |= counted.keys()
        if counted:
            used = ", ".join(f"{word} {count}" for word, count in counted.items())
            yield from _filled(f"{family}: {used}")
    if other := {word: n for word, n in signal_counts().items() if word not in told}:
        used = ", ".join(f"{word} {count}" for word, count in other.items())
        yield from _filled(f"without a family: {used}")


def _phrases(words: Sequence[str]) -> Iterator[str]:
    """Join words to the longest phrases that have a meaning; a word without one stays alone.

    If no word has a meaning, they are one phrase.
    """
    whole = " ".join(words)
    if _meant(whole) or not any(map(_meant, words)):
        yield whole
        return
    at = 0
    while at < len(words):
        ends = range(len(words), at + 1, -1)
        end = next((end for end in ends if _meant(" ".join(words[at:end]))), at + 1)
        yield " ".join(words[at:end])
        at = end


def _told(phrase: str) -> list[Meaning]:
    """List the meanings of a phrase. Raises `UsageError` for an unknown one."""
    found = _meant(phrase)
    if not found:
        near = did_you_mean(_near(phrase))
        raise click.UsageError(f"unknown word {phrase!r}{': ' if near else ''}{near}")
    return found


def _meant(phrase: str) -> list[Meaning]:
    return meanings_of(phrase) or _beginning_with(phrase)


def _beginning_with(word: str) -> list[Meaning]:
    """List the terms of several words that begin with a word, and the signals that have it."""
    wanted = fold(word)
    terms = (one for one in meanings() if one.group in TERMS and _first(one.word) == wanted)
    used = (signal for name, signal in signals().items() if wanted in fold(name).split())
    return [*terms, *used]


def _first(word: str) -> str:
    return fold(word).partition(" ")[0]


def meanings_of(word: str) -> list[Meaning]:
    """List every meaning of a word, a code or a grade; empty for an unknown word.

    A plural that means nothing, or only a key of files, gets the meanings of its singular too.
    """
    grade = grade_meaning(word)
    if grade:
        return [grade]
    known = _words_by_fold()
    wanted = fold(word)
    found = known.get(wanted, [])
    if all(isinstance(one, Meaning) and one.label.startswith("key ") for one in found):
        found = [*(known.get(wanted[:-1], []) if wanted.endswith("s") else ()), *found]
    if any(isinstance(meaning, Block) for meaning in found):
        return found
    old = next((name for name in old_signals() if fold(name) == wanted), None)
    used = [signal for name, signal in signals().items() if fold(name) == wanted]
    return [*found, *used, *(signals_meant(old) if old else ())]


def _listing(fmt: str) -> Answer:
    groups: dict[str, dict[str, None]] = {}
    for meaning in meanings():
        groups.setdefault(meaning.group, {})[meaning.word] = None
    groups["Signals of the record"] = dict.fromkeys(signal_counts())
    groups["Old words for signals"] = dict.fromkeys(sorted(old_signals()))
    if fmt == "json":
        words = list(dict.fromkeys(word for group in groups.values() for word in group))
        return Answer(data={"format": "recognition-explain/1", "words": words})
    lines = []
    for group, words_of_it in groups.items():
        lines += [click.style(group, bold=True), *_filled(", ".join(words_of_it)), ""]
    lines += _filled("A grade such as B2 is a letter A to F and a digit 1 to 6.")
    return Answer(text="\n".join(lines))


def _filled(text: str) -> list[str]:
    return textwrap.wrap(
        text,
        _NARROW,
        initial_indent="  ",
        subsequent_indent="  ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _near(asked: str) -> Iterator[str]:
    """Give the known words with the most similar spelling, as written."""
    written = {fold(word): word for word in [*old_signals(), *signals(), *_words()]}
    wanted = fold(asked)
    for key in near_words(wanted, written, 0.8, most=3) or near_words(wanted, written, most=3):
        yield written[key]


def _words() -> Iterable[str]:
    return dict.fromkeys(meaning.word for meaning in meanings())


@cache
def _words_by_fold() -> Mapping[str, list[Meaning]]:
    found: dict[str, list[Meaning]] = {}
    for meaning in meanings():
        for name in dict.fromkeys(
            (fold(meaning.word), fold(meaning.label))
        ):  # `lifted`, `ban lifted`
            found.setdefault(name, []).append(meaning)
    return found


def _as_one_word(word: str) -> str:
    """Write a word so that a shell needs no quotes."""
    return word if re.fullmatch(r"[\w-]+", word, re.ASCII) else fold(word).replace(" ", "_")


def _grades() -> Iterator[str]:
    return (f"{letter.value}{digit}" for letter in Reliability for digit in CREDIBILITIES)
