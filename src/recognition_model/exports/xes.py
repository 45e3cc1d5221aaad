"""Event log for process mining: XES (IEEE 1849), a trace per country, an event per change.

An XES event has a single time stamp: its date read at one end, at midnight UTC. The attributes
`date`, `date_earliest` and `date_latest` keep the uncertainty. A country without a change has a
trace without events.

A trace says whether its start is assumed, and why; what the answer for its last documented day
rests on; and how many days of its first spell are evidenced, silent or assumed. An event gives the
same three counts for the spell that it begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as ET

from recognition_model.analysis.edition import Edition
from recognition_model.core.countries import name_of
from recognition_model.core.dates import DateReading, is_open
from recognition_model.core.wording import without_marks
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.basis_columns import DAYS, days_of, rests_on
from recognition_model.exports.formats import Job
from recognition_model.exports.long_tables import identity

_SPACE = "http://www.xes-standard.org/"
_EXTENSIONS = {"Concept": "concept", "Time": "time"}


def xes(replays: Sequence[Replay], dates: DateReading, edition: Edition) -> bytes:
    """Write the changes of all countries as one log, in order."""
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
    days = history.begin_days(dates)
    for at, change in enumerate(history.changes, start=1):
        event = ET.SubElement(trace, "event")
        _put(event, "string", "concept:name", str(change.act))
        _put(event, "date", "time:timestamp", _day(date.fromordinal(days[at])))
        _put(event, "int", "change", str(at))
        _put(event, "string", "date", change.date.text)
        for key, day in zip(("date_earliest", "date_latest"), history.bounds[at], strict=True):
            if not is_open(day):
                _put(event, "date", key, _day(date.fromordinal(day)))
        _put(event, "string", "rule", change.rule)
        for key, state in (("before", change.before), ("after", change.after)):
            _put(event, "string", f"stage_{key}", str(state.stage))
            _put(event, "string", f"ban_{key}", str(state.ban))
        _put(event, "string", "attestation", str(change.attestation))
        for key, count in zip(DAYS, days_of(spells[at]), strict=True):
            _put(event, "int", key, str(count))
        _put(event, "string", "evidence", " ".join(item.id for item in change.evidence))


def _put(parent: ET.Element, kind: str, key: str, value: str) -> None:
    ET.SubElement(parent, kind, {"key": key, "value": without_marks(value)})


def _day(day: date) -> str:
    return _midnight(day.year, day.month, day.day)


def _midnight(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}T00:00:00.000+00:00"


def write(job: Job) -> bytes:
    """The event log that a job asks for."""
    return xes(job.replays, job.dates, job.given.edition())
