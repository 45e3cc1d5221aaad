"""Event log for process mining: XES (IEEE 1849), a trace per country, an event per entry.

An act that a rule took has the name of the act: a filter on these names, or on `kind` = act, gives
the changes. Every other event has a name with its kind in front, such as `signal: visit` and
`struck_out: recognise`; `used` says whether the replay used the entry.

An XES event has a single time stamp: its date read at one end, at midnight UTC. The attributes
`date`, `date_earliest` and `date_latest` keep the uncertainty. Events stand in the order of their
time stamps: changes in the order of the file, entries that move nothing are read one by one.

A trace says whether its start is assumed, and why; what the answer for its last documented day
rests on; and how many days of its first spell are evidenced, silent or assumed. A change gives
the same three counts for the spell that it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from xml.etree import ElementTree as ET

from recognition_model.analysis.edition import Edition
from recognition_model.analysis.publicity import attested_from
from recognition_model.analysis.recorded import known_entries, outcome_of
from recognition_model.core.changes import Change, Spell
from recognition_model.core.countries import name_of
from recognition_model.core.dates import DateReading, When, closed, end_of, nearest_day
from recognition_model.core.scenario import ActStep, RefuseStep, SignalStep, Step
from recognition_model.core.wording import without_marks
from recognition_model.engine.outcomes import Outcome, Replay
from recognition_model.exports.basis_columns import DAYS, days_of, rests_on
from recognition_model.exports.entry_table import USED, kind_of, subject_of
from recognition_model.exports.formats import Job
from recognition_model.exports.long_tables import identity

_SPACE = "http://www.xes-standard.org/"
_EXTENSIONS = {"Concept": "concept", "Time": "time"}


def xes(replays: Sequence[Replay], dates: DateReading, edition: Edition) -> bytes:
    """Write the entries of all countries as one log, in order."""
    log = ET.Element("log", {"xes.version": "1849.2016", "xes.features": "", "xmlns": _SPACE})
    for name, prefix in _EXTENSIONS.items():
        uri = f"{_SPACE}{prefix}.xesext"
        ET.SubElement(log, "extension", {"name": name, "prefix": prefix, "uri": uri})
    for scope in ("trace", "event"):
        always = ET.SubElement(log, "global", {"scope": scope})
        _put(always, "string", "concept:name", "unknown")
        if scope == "event":
            _put(always, "date", "time:timestamp", _midnight(1970, 1, 1))
    ET.SubElement(log, "classifier", {"name": "Act", "keys": "concept:name"})
    _put(log, "string", "concept:name", "Relations with the Taliban")
    _put(log, "string", "dates", f"read at their {dates} day")
    _put(log, "string", "writer", f"recognition_model {edition.program}")
    _put(log, "string", "version", edition.version)
    _put(log, "string", "record", edition.record)
    _put(log, "string", "rules", edition.rules)
    if edition.rules_title:
        _put(log, "string", "rules_title", edition.rules_title)
    if edition.release is not None:
        _put(log, "int", "release", str(edition.release))
    if edition.known_by:
        _put(log, "date", "known_by", _day(edition.known_by))
    if edition.own:
        _put(log, "string", "own_files", " ".join(edition.own))
    if edition.left_out:
        _put(log, "string", "left_out", " ".join(edition.left_out))
    for replay in replays:
        _trace(log, replay, dates)
    ET.indent(log)
    text: str = ET.tostring(log, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _trace(log: ET.Element, replay: Replay, dates: DateReading) -> None:
    trace = ET.SubElement(log, "trace")
    history = replay.history
    country, cow, gw = identity(replay)
    _put(trace, "string", "concept:name", country)
    _put(trace, "string", "country", name_of(country))
    _put(trace, "string", "record_kind", replay.kind.value)
    for key, number in (("cow", cow), ("gw", gw)):
        if number is not None:
            _put(trace, "int", key, str(number))
    _put(trace, "string", "stage_at_start", str(history.start.stage))
    _put(trace, "string", "ban_at_start", str(history.start.ban))
    reason = replay.scenario.start.assumed
    _put(trace, "boolean", "start_assumed", "true" if reason is not None else "false")
    if reason is not None:
        _put(trace, "string", "start_assumed_because", reason)
    heard = history.read(dates)
    spells = heard.spells
    for key, count in zip(DAYS, days_of(spells[0]), strict=True):
        _put(trace, "int", f"{key}_at_start", str(count))
    _put(trace, "date", "documented_until", _day(history.documented_until))
    if history.reviewed:
        _put(trace, "date", "reviewed", _day(history.reviewed))
    basis, last, _ = rests_on(heard, history.documented_until)
    if basis:
        _put(trace, "string", "basis_at_end", basis)
    if last:
        _put(trace, "date", "last_entry_at_end", _day(last))
    for _, _, write in sorted(_events(replay, dates, spells), key=lambda event: event[:2]):
        write(ET.SubElement(trace, "event"))


def _events(
    replay: Replay, dates: DateReading, spells: Sequence[Spell]
) -> Iterator[tuple[int, int, Callable[[ET.Element], None]]]:
    """Yield the day, the number and the writer of every event."""
    begun = iter(replay.history.begin_days(dates)[1:])
    at = 0
    for number, step, outcome in known_entries(replay):
        if isinstance(outcome, Change):
            at += 1
            day = next(begun)
            yield day, number, partial(_change, replay, spells[at], number, at, day)
        else:
            day = _read(step.date, dates)
            yield day, number, partial(_other, number, step, outcome, day)


def _read(when: When, dates: DateReading) -> int:
    """Read a date at one end; at the other if that end is open."""
    ends = (when.latest, when.earliest) if dates == "latest" else (when.earliest, when.latest)
    first, other = map(closed, ends)
    return nearest_day(first or other or ends[0]).toordinal()


def _change(
    replay: Replay, spell: Spell, number: int, at: int, day: int, event: ET.Element
) -> None:
    """Write an act that a rule took."""
    history = replay.history
    change = history.changes[at - 1]
    _head(event, str(change.act), day, "act", number)
    _put(event, "int", "change", str(at))
    _put(event, "string", "date", change.date.text)
    _bounds(event, [closed(end_of(one)) for one in history.bounds[at]])
    if change.dated_by:
        _put(event, "string", "dated_by", str(change.dated_by))
    _put(event, "string", "rule", change.rule)
    for key, state in (("before", change.before), ("after", change.after)):
        _put(event, "string", f"stage_{key}", str(state.stage))
        _put(event, "string", f"ban_{key}", str(state.ban))
    for key, count in zip(DAYS, days_of(spell), strict=True):
        _put(event, "int", key, str(count))
    if attested := attested_from(replay, change):
        _put(event, "date", "attested_from", _day(attested))
    _attested(event, change)


def _other(number: int, step: Step, outcome: Outcome, day: int, event: ET.Element) -> None:
    """Write an entry that moved nothing, under a name that no act has."""
    kind = kind_of(step, outcome)
    _head(event, f"{kind}: {subject_of(step)}", day, kind, number)
    _put(event, "string", "date", step.date.text)
    _bounds(event, [closed(step.date.earliest), closed(step.date.latest)])
    word, because = outcome_of(outcome)
    found = {"outcome": word, "because": because}
    if isinstance(step, ActStep) and step.dated_by:
        found["dated_by"] = str(step.dated_by)
    if isinstance(step, RefuseStep):
        found["expected_because"] = str(step.because)
    if kind == "signal" and isinstance(step, SignalStep):
        found |= {"signal": step.signal, "family": str(step.family) if step.family else None}
    for key, value in found.items():
        if value:
            _put(event, "string", key, value)
    _attested(event, step)


def _head(event: ET.Element, name: str, day: int, kind: str, number: int) -> None:
    _put(event, "string", "concept:name", name)
    _put(event, "date", "time:timestamp", _day(date.fromordinal(day)))
    _put(event, "string", "kind", kind)
    _put(event, "boolean", "used", "true" if kind in USED else "false")
    _put(event, "int", "entry", str(number))


def _bounds(event: ET.Element, days: Sequence[date | None]) -> None:
    for key, day in zip(("date_earliest", "date_latest"), days, strict=True):
        if day is not None:
            _put(event, "date", key, _day(day))


def _attested(event: ET.Element, entry: Change | Step) -> None:
    _put(event, "string", "attestation", str(entry.attestation))
    _put(event, "string", "evidence", " ".join(item.id for item in entry.evidence))


def _put(parent: ET.Element, kind: str, key: str, value: str) -> None:
    ET.SubElement(parent, kind, {"key": key, "value": without_marks(value)})


def _day(day: date) -> str:
    return _midnight(day.year, day.month, day.day)


def _midnight(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}T00:00:00.000+00:00"


def write(job: Job) -> bytes:
    """The event log that a job asks for."""
    return xes(job.replays, job.dates, job.given.edition())
