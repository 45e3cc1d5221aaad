"""Lint: warnings about records that are valid but may be incomplete or careless."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from recognition_model.analysis.checks import lapsed_checks
from recognition_model.analysis.signal_words import missing_examples, unknown_signals
from recognition_model.core.authority import Authority
from recognition_model.core.claims import Collective
from recognition_model.core.codes import CODES
from recognition_model.core.dates import OpenEnd, When, nearest_day
from recognition_model.core.dating import DatedBy
from recognition_model.core.diagnostics import Finding, Place, finding, in_order
from recognition_model.core.evidence import Source, sufficient_evidence, supporting_sources
from recognition_model.core.folder import Folder
from recognition_model.core.plausible import REVIEWED, UNTIL
from recognition_model.core.scenario import ActStep, Scenario, Start, Step
from recognition_model.core.wording import join_limited, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.rules import RuleTable

LONG_AGO = timedelta(days=2 * 365)
SOON = 3  # days; news of a day is out by then
MOST_NAMED = 3
MIN_TITLE = 20  # letters; shorter titles do not identify a text


def lint(
    folder: Folder,
    replays: Sequence[Replay],
    rules: RuleTable | None = None,
    *,
    strict: bool = False,
) -> tuple[Finding, ...]:
    """Collect warnings about the files of a folder, replayed without `known_by`.

    Registers are checked only if their folder was read completely (`Folder.registered`). Words for
    signals must be in the vocabulary of the folder: an unknown one is an error in a file of the
    shipped record, and a warning in others. `rules` is another table than those of the replays.
    With `strict`, warn of sources without an archived copy too, which most records have.
    """
    found = [
        *(one for replay in replays for one in _about_changes(replay, rules or replay.rules)),
        *(one for replay in replays for one in _older_than_its_entry(replay)),
        *(one for replay in replays for one in _told_late(replay.scenario)),
        *(one for replay in replays for one in _recalled_at_once(replay.scenario)),
        *(one for replay in replays for one in _twice(replay.scenario)),
        *(one for replay in replays for one in _not_reported_then(replay.scenario)),
        *_long_ago(replays),
        *(one for replay in replays for one in _beyond_its_sources(replay.scenario)),
        *(one for replay in replays for one in _not_logged(folder, replay.scenario)),
        *_logged_twice(folder),
        *unknown_signals(folder, [replay.scenario for replay in replays]),
        *missing_examples(folder),
        *lapsed_checks(folder),
        *(_not_archived(folder) if strict else ()),
        *_under_two_names(folder),
        *_never_cited(folder),
    ]
    return in_order(found)


def _about_changes(replay: Replay, rules: RuleTable) -> Iterator[Finding]:
    for change in replay.changes:
        label = f"{change.act} {change.date} rests on"
        names = supporting_sources(change.evidence)
        if len(names) == 1:
            yield finding("RM701", f"{label} {names[0]} alone", change.place)
        sufficient = sufficient_evidence(change.evidence, rules[change.rule].needs)
        if sufficient and all(item.weak for item in sufficient):
            weak = join_limited(list(map(str, sufficient)), MOST_NAMED)
            yield finding("RM708", f"{label} weak evidence: {weak}", change.place)


def _older_than_its_entry(replay: Replay) -> Iterator[Finding]:
    """Check evidence of entries other than acts; RM605 checks acts."""
    for step in replay.scenario.timeline:
        if isinstance(step, ActStep):
            continue
        for item in step.evidence:
            early = item.source.public.latest < step.date.earliest
            if early and item.supports and not item.announcement:
                message = f"{item.id} was public {item.source.public}, before {step}"
                yield finding("RM703", message, step.place)


def _told_late(scenario: Scenario) -> Iterator[Finding]:
    """Find exact days that no supporting source tells of until more than three days later.

    An assumed start and a deprecated act claim no day. Of sources that may be the first, one that
    looks back is enough.
    """
    for entry in _dated(scenario):
        supporting = [item for item in entry.evidence if item.supports]
        if not (supporting and entry.date.exact):
            continue
        first = min(supporting, key=lambda item: (item.source.public.earliest, not item.recalled))
        late = _days_after(first.source.public.earliest, entry) > SOON
        if late and not first.recalled:
            source = f"{first.id}, the first source of {_name(entry)},"
            message = f"{source} was public {first.source.public}"
            yield finding("RM709", message, entry.place, CODES["RM709"].remedy)


def _recalled_at_once(scenario: Scenario) -> Iterator[Finding]:
    """Find evidence marked `recalled: true` whose source was surely public within three days."""
    for entry in _dated(scenario):
        for item in entry.evidence:
            if item.recalled and _days_after(item.source.public.latest, entry) <= SOON:
                public = f"{item.id} was public {item.source.public}"
                message = f"{public}, no more than three days after {_name(entry)}"
                yield finding("RM710", message, entry.place)


def _twice(scenario: Scenario) -> Iterator[Finding]:
    """Find entries that say the same of the same day, with the same evidence, as one above."""
    first: dict[object, Step] = {}
    for step in scenario.timeline:
        told = tuple((i.source.id, i.voice, i.bearing, i.claim) for i in step.evidence)
        other = first.setdefault((step.label, step.date, told), step)
        if other is not step:
            message = f"{step} stands in line {other.place.line} already, with the same evidence"
            hint = "remove one of the two, or correct what is wrong in it"
            yield finding("RM714", message, step.place, hint)


def _not_reported_then(scenario: Scenario) -> Iterator[Finding]:
    """Find acts dated by a report that is not among their evidence."""
    for step in scenario.timeline:
        if isinstance(step, ActStep) and step.dated_by is DatedBy.REPORTED:
            days = [item.source.public for item in step.evidence if item.supports]
            if not any(_overlap(step.date, day) for day in days):
                message = f"{step} is dated by a report; no source that supports it was public then"
                yield finding("RM719", message, step.place)


def _overlap(one: When, other: When) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


def _dated(scenario: Scenario) -> Iterator[Start | Step]:
    """The entries whose dates rest on their evidence."""
    if scenario.start.assumed is None:
        yield scenario.start
    for step in scenario.timeline:
        if not (isinstance(step, ActStep) and step.deprecated):
            yield step


def _days_after(day: date | OpenEnd, entry: Start | Step) -> int:
    """Count the days from an entry to a day; many for an open end."""
    return day.toordinal() - entry.date.earliest.toordinal()


def _name(entry: Start | Step) -> str:
    return f"start {entry.date}" if isinstance(entry, Start) else str(entry)


def _long_ago(replays: Iterable[Replay]) -> Iterator[Finding]:
    """Find records that end long before the newest source cited. Today's date is not used."""
    scenarios = [replay.scenario for replay in replays]
    cited = ((item.source, scenario) for scenario in scenarios for item in scenario.evidence)
    newest, citing = max(cited, key=lambda one: one[0].public.earliest, default=(None, None))
    for scenario in scenarios:
        code, verb, until, key = "RM707", "documented until", scenario.documented_until, UNTIL
        hint = f"does this record really end in {until.year}? If you found nothing later, say so"
        hint += " with `reviewed:`"
        if scenario.reviewed is not None:
            code, verb, until, key = "RM711", "reviewed", scenario.reviewed, REVIEWED
            hint = "search again, and set `reviewed:` to the day of the search"
        if newest and citing and nearest_day(newest.public.earliest) - until > LONG_AGO:
            here = any(item.source.id == newest.id for item in scenario.evidence)
            where = "this file" if here else Path(citing.file).name or citing.country
            public = f"{newest.id}, which {where} cites, was public {newest.public}"
            place = scenario.day_places.get(key, Place(scenario.file))
            yield finding(code, f"{verb} {until}; {public}", place, hint)


def _beyond_its_sources(scenario: Scenario) -> Iterator[Finding]:
    """Check that a scenario's data end no later than its newest source was surely public."""
    newest = max((item.source for item in scenario.evidence), key=_last_public, default=None)
    until = scenario.documented_until
    if newest is not None and newest.public.latest < until:
        message = f"documented until {until}; {newest.id}, its newest source, was public"
        place = scenario.day_places.get(UNTIL, Place(scenario.file))
        yield finding("RM712", f"{message} {newest.public}", place)


def _not_logged(folder: Folder, scenario: Scenario) -> Iterator[Finding]:
    """Check that a search of the log backs `reviewed:`, if the folder of the file has a log."""
    log = folder.searches.get(str(Path(scenario.file).parent))
    day, country = scenario.reviewed, scenario.country
    if log is None or day is None or any(one.covers(country, day) for one in log.searches):
        return
    furthest = next(iter(log.of(country)), None)
    has = f"it looked up to {furthest.reviewed}" if furthest else f"it has no search for {country}"
    place = scenario.day_places.get(REVIEWED, Place(scenario.file))
    name = Path(log.place.file).name
    hint = f"add the search to {name}, or correct the day"
    yield finding("RM423", f"reviewed {day}, which {name} does not back: {has}", place, hint)


def _logged_twice(folder: Folder) -> Iterator[Finding]:
    """Find searches of a log that are equal to one above."""
    for log in folder.searches.values():
        first: dict[object, Place] = {}
        for search in log.searches:
            told = (frozenset(search.countries), search.reviewed, search.seen, search.searched)
            other = first.setdefault((*told, search.where), search.place)
            if other is not search.place:
                message = f"the search stands in line {other.line} already"
                yield finding("RM222", message, search.place, "remove one of the two")


def _last_public(source: Source) -> int:
    return source.public.latest.toordinal()


def _not_archived(folder: Folder) -> Iterator[Finding]:
    """Report one finding per register, at its first source without an archived copy."""
    without = defaultdict[str, list[str]](list)
    for name, place in folder.registered.items():
        source = folder.sources[name]
        if source.url is not None and source.archive is None:
            without[place.file].append(name)
    for names in without.values():
        count = plural(len(names), "source has", "sources have")
        message = f"{count} no archived copy: {join_limited(names, MOST_NAMED)}"
        yield finding("RM702", message, folder.registered[names[0]])


def _under_two_names(folder: Folder) -> Iterator[Finding]:
    """Find sources with the same URL, or with the same title and date."""
    for what, key in (("address", _address), ("heading", _heading)):
        first: dict[object, str] = {}
        for name, source in folder.sources.items():
            identity = key(source)
            other = name if identity is None else first.setdefault(identity, name)
            here = name if name in folder.registered else other
            if other != name and here in folder.registered:
                message = f"{name} and {other} have the same {what}"
                yield finding("RM704", message, folder.registered[here])


def _address(source: Source) -> str | None:
    """Strip from a URL its protocol, `www.`, fragment and trailing slash."""
    if source.url is None:
        return None
    host, slash, path = source.url.partition("://")[2].partition("#")[0].partition("/")
    return (host.casefold().removeprefix("www.") + slash + path).rstrip("/")


def _heading(source: Source) -> tuple[str, str] | None:
    """Give the title's letters and the day; None if either cannot identify a text."""
    if source.title.startswith("[") or not source.issued.exact:
        return None
    letters = re.sub(r"[\W_]+", "", source.title.casefold())
    return (letters, source.issued.text) if len(letters) >= MIN_TITLE else None


def _never_cited(folder: Folder) -> Iterator[Finding]:
    records: tuple[Scenario | Collective | Authority, ...] = (
        *folder.all_scenarios,
        *folder.collectives,
        *folder.authorities,
    )
    cited = {item.source.id for record in records for item in record.evidence}
    for name, place in folder.registered.items():
        if name not in cited:
            yield finding("RM705", f"nothing cites {name}", place)
