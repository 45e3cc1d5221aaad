"""What a history says, in one sentence: the title of a picture of one country.

The sentence is about the last day shown, and about no later one. It claims no more than the record:
it says where a change is in doubt, where a start is assumed, where nothing was heard for years, and
who says so if the country itself does not.
"""

from __future__ import annotations

from datetime import date

from recognition_model.core.basis import Basis
from recognition_model.core.changes import Change, Spell
from recognition_model.core.countries import in_prose
from recognition_model.core.dates import When, closed
from recognition_model.core.day_words import MONTHS, day_in_words, when_in_words, when_on_label
from recognition_model.core.deeds_in_words import did, done
from recognition_model.core.evidence import Attestation, Voice
from recognition_model.core.position import Position
from recognition_model.core.stages import Act, Stage
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Replay

_SHORT = {
    Act.BAN: "banned",
    Act.ENGAGE: "dealings",
    Act.DELIST: "ban lifted",
    Act.ACCEPT_AMBASSADOR: "ambassador accepted",
    Act.RECOGNISE: "recognised",
    Act.WITHDRAW_RECOGNITION: "recognition withdrawn",
    Act.DOWNGRADE: "ambassador gone",
    Act.BREAK_OFF: "broken off",
    Act.LAPSE: "lapsed",
}
_STANDING = (Act.ENGAGE, Act.DELIST, Act.ACCEPT_AMBASSADOR, Act.RECOGNISE)
"""The acts that begin dealings, which silence puts in question."""
_STANDS = {
    Stage.BANNED: "banned the Taliban",
    Stage.ENGAGED: "dealt officially with the Taliban",
    Stage.DELISTED: "had the Taliban off its list of banned organisations",
    Stage.AMBASSADOR_ACCEPTED: "accepted a Taliban ambassador",
    Stage.DE_JURE_RECOGNITION: "recognised the Taliban government",
}
"""What a country does at each stage above the lowest, after `has`."""


def last_day(replay: Replay, until: date | None) -> date:
    """Return the last day that a picture speaks of: its last day, or that of the data."""
    end = replay.history.documented_until
    return min(until, end) if until else end


def finding(replay: Replay, until: date | None = None, *, reports: bool = False) -> str:
    """Say in a sentence where a country stood on the last day shown, and since when.

    `until` is the last day shown, if the picture ends before the data. `reports` says whether it
    shows claims that count for nothing.
    """
    day = last_day(replay, until)
    position = replay.history.on(day)
    who = in_prose(replay.country)
    if not position.spells:
        return _sentence(f"nothing on {who} and the Taliban is documented by {day_in_words(day)}")
    if position.stage is None:
        return _sentence(_in_doubt(position, who))
    spell = position.spells[-1]  # of acts on one day, the last
    cut = day < replay.history.documented_until
    if spell.change is None:
        return _sentence(_at_start(position, spell, who, reports=reports, cut=cut))
    return _sentence(_of_change(spell.change, position, who, cut=cut))


def short_finding(replay: Replay, until: date | None = None, *, years: bool = False) -> str:
    """Say in a few words where a country stood on the last day shown: `recognised 3 Jul 2025`.

    With `years` it is shorter still: `recognised 2025`.
    """
    position = replay.history.on(last_day(replay, until))
    if not position.spells:
        return "not documented"
    if position.stage is None:
        stages = dict.fromkeys(humanize(position.words_of(one)) for one in position.spells)
        possible = f": {' or '.join(stages if position.begun else ['none', *stages])}"
        return f"in doubt{'' if years else possible}"
    spell = position.spells[-1]
    if spell.change is None:
        if spell.stage is Stage.HOSTILE:
            return "none documented" if years else "no dealings documented"
        return f"{humanize(spell.stage)}{', assumed' if position.start_assumed else ''}"
    act, when = spell.change.act, spell.change.date
    quiet = ", silent" if position.basis is Basis.SILENT and act in _STANDING else ""
    if years:
        first, last = closed(when.earliest), closed(when.latest)
        span = "–".join(dict.fromkeys(str(day.year) for day in (first, last) if day))
        return f"{_SHORT[act]} {'since ' if act is Act.ENGAGE else ''}{span}{quiet}"
    dated = _since(when, short=True) if act is Act.ENGAGE else when_on_label(when)
    return f"{_SHORT[act]} {dated}{quiet}"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _in_doubt(position: Position, who: str) -> str:
    """Say that the last change may or may not have happened by the day."""
    by = f"by {day_in_words(position.day)}"
    last = position.spells[-1].change
    first = position.spells[0].change
    if not position.begun and len(position.spells) == 1:
        return f"nothing on {who} and the Taliban is surely documented {by}"
    if last is None or len(position.spells) > 2 or not position.begun or last == first:
        stages = dict.fromkeys(humanize(position.words_of(one)) for one in position.spells)
        return f"where {who} stood {by} is in doubt: {' or '.join(stages)}"
    return f"{who} may have {done(last.act)} {by}, but the dates leave that in doubt"


def _at_start(position: Position, spell: Spell, who: str, *, reports: bool, cut: bool) -> str:
    """Say what is documented where nothing has changed since the start."""
    if spell.stage is Stage.HOSTILE:
        heard = "; reports of more are not confirmed" if reports else ""
        by = f" by {day_in_words(position.day)}" if cut else ""
        return f"no dealings of {who} with the Taliban are documented{by}{heard}"
    stands = f"{who} has {_STANDS[spell.stage]} {_since(spell.begins)}"
    if closed(spell.begins.earliest) is not None:
        stands += " or earlier"
    if position.start_assumed:
        return f"it is only assumed that {stands}"
    return stands


def _of_change(change: Change, position: Position, who: str, *, cut: bool) -> str:
    silent = position.basis is Basis.SILENT
    if change.act is Act.ENGAGE and not cut and not silent:
        said = f"{who} has dealt officially with the Taliban {_since_some_day(change.date)}"
    else:
        said = f"{who} {did(change.act)} {_in_words(change.date)}"
        if change.act is Act.LAPSE:
            said += ", when they ceased to govern"
    said += _according_to(change)
    if silent and change.act in _STANDING:
        said += "; for the last two years nothing is documented"
    return said


def _according_to(change: Change) -> str:
    """Say who reports a change that the country itself does not state."""
    if change.attestation is Attestation.OFFICIAL or change.act is Act.LAPSE:
        return ""
    voices = {item.voice for item in change.evidence if item.supports}
    said = [words for voice, words in _VOICES.items() if voice in voices]
    if change.attestation is Attestation.REPORTED or not said:
        said = ["the press"]
    return f", according to {' and '.join(said)}"


_VOICES = {Voice.TALIBAN: "the Taliban", Voice.OTHER_STATE: "third parties"}


def _in_words(when: When) -> str:
    """Write a date with its preposition; of two days in a row, `on 14 or 15 August 2001`."""
    said = when_in_words(when)
    first, last = closed(when.earliest), closed(when.latest)
    if ".." in when.text and first and last and (last - first).days == 1:
        return said.replace("between", "on", 1).replace(" and ", " or ", 1)
    return said


def _since(when: When, *, short: bool = False) -> str:
    """Write since when: `since November 2010`, `since 4 February 2022 at the latest`."""
    first, last = closed(when.earliest), closed(when.latest)
    if ".." not in when.text:
        return f"since {_bare(when, short=short)}"
    if last is None:
        return f"since {_bare(When.parse(when.text[:-2]), short=short)} or later"
    if first is not None and (first.year, first.month) == (last.year, last.month):
        month = MONTHS[last.month - 1]
        return f"since {month[:3] if short else month} {last.year}"
    if short:
        return f"by {day_in_words(last, short=True)}"
    return f"since {day_in_words(last)} at the latest"


def _since_some_day(when: When) -> str:
    """Write since when; of an interval over several months both ends, as its label does."""
    first, last = closed(when.earliest), closed(when.latest)
    one_month = first and last and (first.year, first.month) == (last.year, last.month)
    said = when_in_words(when)
    if one_month or ".." not in when.text or not said.startswith("between"):
        return _since(when)
    return f"since some day {said}"


def _bare(when: When, *, short: bool = False) -> str:
    """Write a date without its preposition."""
    if short:
        return when_on_label(when)
    return when_in_words(when).removeprefix("on ").removeprefix("in ")
