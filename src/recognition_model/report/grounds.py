"""On what an answer rests: in a sentence, and as the chain of entries that led to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from recognition_model.analysis.why import Otherwise, Why
from recognition_model.core.anchors import START, entry_anchors
from recognition_model.core.basis import Basis
from recognition_model.core.changes import Spell
from recognition_model.core.countries import in_prose
from recognition_model.core.diagnostics import Place
from recognition_model.core.evidence import Evidence, strongest_first, supporting_sources
from recognition_model.core.position import Position
from recognition_model.core.scenario import Start
from recognition_model.core.wording import humanize, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.report.sentences import (
    SPEAKERS,
    answer,
    bans_in_words,
    date_in_prose,
    start_basis,
)
from recognition_model.report.view import ChainLink


def two_lines(told: Why) -> tuple[str, str]:
    """Say where a country stands on the day, and on what this rests: two lines to paste."""
    return "".join(answer(told.replay, told.day)), rests_on(told)


def rests_on(told: Why) -> str:
    """Name the source, voice, grade, rule and place behind the answer, in a sentence or two."""
    position, start = told.position, told.start
    if not position.spells:
        return f"No entry on {in_prose(told.country)} bears on this day."
    if not position.dates_agree:
        return _open_dates(told)
    spell = position.spells[-1]
    if spell.change is not None:
        rule = f"under rule {spell.change.rule} ({place(spell.change.place)})"
        return f"This rests on {_sources(spell.change.evidence)}, {rule}."
    if not spell.assumed:
        return f"This rests on {_sources(start.evidence)}, as the start ({place(start.place)})."
    attesting = next((e for e in told.heard if e.in_basis and e.in_basis.attests_stage), None)
    if attesting is None or position.start_assumed:
        return f"No source attests it: the start is assumed ({place(start.place)}). {start.assumed}"
    where = f"an entry of {attesting.step.date} ({place(attesting.step.place)})"
    return f"This rests on {_sources(attesting.step.evidence)}, in {where}; the start is assumed."


def _open_dates(told: Why) -> str:
    """Name the changes that may lie after the day, or the start if it may."""
    changes = [
        f"{humanize(link.change.act)} {link.change.date}, on {_sources(link.change.evidence)},"
        f" under rule {link.change.rule} ({place(link.change.place)})"
        for link in told.links
        if not link.surely
    ]
    if not told.position.begun:
        changes.insert(0, f"the start, {told.start.date} ({place(told.start.place)})")
    return f"The dates leave open whether this lies before or after the day: {'; '.join(changes)}."


def _sources(evidence: tuple[Evidence, ...]) -> str:
    """Name the best source with publisher, date, voice and grade, and count the others."""
    supporting = strongest_first(item for item in evidence if item.supports)
    if not supporting:
        return "no evidence"
    best, source = supporting[0], supporting[0].source
    more = len(supporting_sources(evidence)) - 1
    others = f" and {plural(more, 'more source', 'more sources')}" if more else ""
    says = f"the word of {SPEAKERS[best.voice]} in {source.publisher}, {source.issued.in_words}"
    return f"{says} ({best.grade_in_words}){others}"


def otherwise_in_words(one: Otherwise, told: Why) -> str:
    """Say how the answer would differ if an entry were different; `the same answer` if it stays.

    If the words for the stage stay, this says what else differs: the ban, since when and by which
    entry, or when the country was last heard of.
    """
    if not one.turns:
        return "the same answer"
    then, now = one.position, told.position
    words, same = humanize(then.in_words()), then.in_words() == now.in_words()
    parts = []
    if bans_in_words(then) != bans_in_words(now):
        parts.append(bans_in_words(then))
    begun, before = ([_begun(spell, told.start) for spell in at.spells] for at in (then, now))
    if begun != before:
        parts.append(f"since {' or '.join(begun)}")
    elif _rules(then) != _rules(now):
        parts.append(f"under rule {_rules(then)}")
    if _heard(then) != _heard(now) and (same or then.basis is Basis.EVIDENCED):
        parts.append(_heard(then))
    end = one.last_documented
    if same and end.in_words() != told.replay.history.on(end.day).in_words():
        parts.append(f"{humanize(end.in_words())} on {end.day}, when the data end")
    if same:
        stage = "stage" if then.dates_agree else "stages"
        return f"the same {stage}, but {'; '.join(parts) or 'by another entry'}"
    return "; ".join([words, *parts])


def _begun(spell: Spell, start: Start) -> str:
    """Say when a spell began, and in which line: `the start, 1996-09-27 (line 4)`."""
    change = spell.change
    line = (change or start).place.line
    since = date_in_prose(spell.begins) if change else f"the start, {date_in_prose(spell.begins)}"
    return f"{since} (line {line})" if line else since


def _heard(position: Position) -> str:
    last = position.last_entry
    return f"last heard {date_in_prose(last.date)}" if last else "nothing heard"


def _rules(position: Position) -> str:
    return " or ".join(spell.change.rule for spell in position.spells if spell.change)


def place(where: Place) -> str:
    """Name a place by its file, without the folder, and its line: `RUS.yaml, line 54`."""
    name = PurePath(where.file).name
    return f"{name}, line {where.line}" if where.line else name


def chain_of(told: Why) -> tuple[ChainLink, ...]:
    """List the start, the changes that led to the answer, and the last entry heard."""
    if not told.position.spells:
        return ()
    anchors = anchors_of(told.replay)
    links = [
        ChainLink(
            text=f"start {told.start.date} ({start_basis(told.start)})", anchor=anchors[START]
        )
    ]
    links += [
        ChainLink(
            text=f"{humanize(link.change.act)} {link.change.date} ({link.change.rule})"
            f"{'' if link.surely else ', perhaps later'}",
            anchor=anchors[link.entry.number],
        )
        for link in told.links
    ]
    last = told.position.last_entry
    if last is not None:
        number = told.last_heard.number if told.last_heard else START
        links.append(ChainLink(text=f"last heard {last.date}", anchor=anchors[number]))
    return tuple(links)


def anchors_of(replay: Replay) -> Mapping[int, str]:
    """Name the row of each entry by its number in the file; the start has the number 0."""
    return entry_anchors(replay.scenario, replay.numbers)
