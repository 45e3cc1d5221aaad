"""The page of `robustness`: the answer, where it holds, what turns it, how much choices matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from recognition_model.analysis.robustness.choices import MEANINGS, Choice
from recognition_model.analysis.robustness.found_words import (
    MOST_SOURCES,
    carried,
    counted,
    holds_in,
)
from recognition_model.cli.page import Block, Paragraph, Styled, Table
from recognition_model.core.wording import in_percent, join_limited, plural

if TYPE_CHECKING:
    from recognition_model.analysis.robustness.outcome import (
        FromFile,
        Option,
        Robustness,
        Turning,
    )

_MOST_ANSWERS = 6
_MOST_TURNINGS = 6
_ASSUMED = (
    "Every combination of choices counts the same. That is an assumption, not knowledge: a share"
    " says how much room the choices leave, not how likely something was."
)


def robustness_page(found: Robustness) -> list[Block]:
    """Write the answer, where it holds, what turns it, and how much each choice matters."""
    page: list[Block] = [
        Paragraph(Styled(f"{found.in_words}.", "strong")),
        Paragraph(f"It holds in {holds_in(found)}; {carried(found)}."),
    ]
    page += _limits(found)
    if found.share_as_shipped < 1:
        share = in_percent(found.share_as_shipped)
        base = _base(found)
        page.append(Paragraph(f"With {base} it holds in {share} of the readings of the dates."))
    page += _unlike(found)
    page += _turnings(found)
    if len(found.answers) > 1:
        page.append(Table(("Answer", "Universes"), tuple(_answers(found))))
    if found.chosen and found.chosen.listed:
        page.append(
            Table(("Universe", "Options", "Answer", "Holds in"), tuple(_listed(found.chosen)))
        )
    if options := tuple(_options(found)):
        page.append(Table(("Choice", "Option", "Holds in", "Turned by"), options))
    return [
        *page,
        *_no_choice(found),
        *_reasons(found),
        Paragraph(counted(found)),
        Paragraph(_ASSUMED),
    ]


def _limits(found: Robustness) -> Iterator[Block]:
    """Say what the answer of a day rests on, and whose data end before it."""
    if found.basis is not None:
        yield Paragraph(f"Basis of the day: {found.basis}. {found.basis.meaning}")
    if found.ended and found.basis is None:
        ended = plural(len(found.ended), "country", "countries")
        codes = join_limited(found.ended, MOST_SOURCES)
        yield Paragraph(f"The data of {ended} end before this day: {codes}.")


def _base(found: Robustness) -> str:
    """The choices whose answer is put to the test."""
    if found.chosen is None:
        return "the shipped choices"
    return "the first universe" if found.chosen.listed else "the first option of each choice"


def _unlike(found: Robustness) -> Iterator[Block]:
    """Say in what the first options of a choices file are not the shipped ones."""
    if found.chosen and found.chosen.unlike:
        unlike = _in_words(found.chosen.unlike)
        yield Paragraph(f"This is the answer of {_base(found)}, not of the shipped ones: {unlike}.")


def _in_words(options: Iterable[tuple[Choice, str]]) -> str:
    return " and ".join(f"{choice} {label}" for choice, label in options)


def _listed(file: FromFile) -> Iterator[tuple[str, str, str, str]]:
    """A row for each universe that a choices file lists."""
    for one in file.listed:
        yield one.name, _in_words(one.options) or "as shipped", one.answer, in_percent(one.share)


def _reasons(found: Robustness) -> Iterator[Block]:
    """Give the reasons of a choices file, and the sources left out that nothing cites."""
    if found.chosen is None:
        return
    reasons = [(one.name, one.reason) for one in found.chosen.listed]
    for choice in Choice:
        mine: dict[str, list[str]] = {}  # one reason for each source is given once
        for option in found.of(choice):
            if option.reason:
                mine.setdefault(option.reason, []).append(option.label)
        for reason, labels in mine.items():
            reasons.append((f"{choice} {join_limited(labels, MOST_SOURCES)}", reason))
    yield Paragraph(f"Reasons, as {found.chosen.in_words} gives them:")
    for name, reason in reasons:
        yield Paragraph(f"{name}: {reason}", indent=2, hang=2)
    if uncited := found.chosen.uncited:
        names = join_limited(uncited, MOST_SOURCES)
        left = "This source was" if len(uncited) == 1 else "These sources were"
        them = "it" if len(uncited) == 1 else "them"
        text = f"{left} left out, but no entry asked about cites {them}: {names}."
        yield Paragraph(text)


def _turnings(found: Robustness) -> Iterator[Block]:
    """Say which smallest change turns the answer."""
    if not found.turned_by:
        if found.drawn:
            yield Paragraph("No combination that was drawn turns the answer.")
        else:
            yield Paragraph("No combination of choices turns the answer.")
        return
    size = len(found.turned_by[0].changes)
    one = "another choice alone turns" if size == 1 else f"{size} other choices together turn"
    shown = found.turned_by[:_MOST_TURNINGS]
    yield Paragraph(f"The smallest change: {one} the answer.")
    for turning in shown:
        yield Paragraph(_turning(turning), indent=2, hang=2)
    if found.turnings > len(shown):
        yield Paragraph(f"and {found.turnings - len(shown):,} more", indent=2)


def _turning(turning: Turning) -> str:
    return f"{_in_words(turning.changes)}: {turning.answer}"


def _answers(found: Robustness) -> Iterator[tuple[str, str]]:
    for answer, share in found.answers[:_MOST_ANSWERS]:
        yield answer, in_percent(share)
    if len(found.answers) > _MOST_ANSWERS:
        others = found.answers[_MOST_ANSWERS:]
        share = sum((share for _, share in others), Fraction(0))
        yield plural(len(others), "other answer", "other answers"), in_percent(share)


def _options(found: Robustness) -> Iterator[tuple[str, str, str, str]]:
    """A row for each option; of sources only those that turn the answer or make it rarest."""
    for choice in sorted(Choice, key=lambda one: (-found.spread(one), [*Choice].index(one))):
        options = found.of(choice)
        if len(options) == 1:
            continue
        shown = _chosen(options) if choice is Choice.WITHOUT else options
        for place, option in enumerate(shown):
            name = f"{choice}: {MEANINGS[choice]}" if not place else ""
            yield name, option.label, in_percent(option.share), _turned_by(option)
        if others := [option for option in options if option not in shown]:
            shares = sorted(option.share for option in others)
            ends = dict.fromkeys(map(in_percent, (shares[0], shares[-1])))
            yield "", plural(len(others), "other", "others"), " to ".join(ends), ""


def _turned_by(option: Option) -> str:
    """Say what it takes to turn the answer with this option."""
    if option.turns:
        return f"this alone: {option.answer}"
    if option.fewest is None:
        return "nothing"
    return plural(option.fewest, "change", "changes")


def _no_choice(found: Robustness) -> Iterator[Block]:
    """Name the choices that have no second option."""
    single = [MEANINGS[choice] for choice in Choice if len(found.of(choice)) == 1]
    if single:
        yield Paragraph(f"Only one option: {', '.join(single)}.")


def _chosen(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Nothing left out, and the sources that turn the answer or without which it is rarest."""
    first, *sources = options
    low = sorted(sources, key=lambda option: (not option.turns, option.share, option.label))
    shown = [option for option in low if option.turns or option.share < first.share]
    return (first, *shown[:MOST_SOURCES])
