"""News of a record: every entry with the day on which the public could first know of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from recognition_model.analysis.deeds import outcome_in_words
from recognition_model.analysis.recorded import RecordedEntry, recorded_entries
from recognition_model.core.changes import Change
from recognition_model.core.countries import name_of
from recognition_model.core.dates import closed
from recognition_model.core.evidence import Evidence, Source, strongest_first
from recognition_model.core.wording import without_marks
from recognition_model.engine.outcomes import Replay
from recognition_model.report.grounds import anchors_of


@frozen(kw_only=True)
class News:
    """One entry of a record, for a list of what is new.

    `known` is the first day on which a source that supports it was surely public, and the entry
    can have happened. `anchor` names the entry, and its row on the page of its country. `moves`
    says whether it changed the stage or the ban. `best` is the strongest evidence for it.
    """

    known: date
    country: str
    number: int
    anchor: str
    date: str
    what: str
    note: str
    moves: bool
    best: Evidence

    @property
    def page(self) -> str:
        """The row on the page of the country, as an address from the top of the site."""
        return f"{self.country}.html#{self.anchor}"

    @property
    def title(self) -> str:
        """Country, what happened, and when: `Russia: recognised de jure, 2025-07-03`."""
        return f"{name_of(self.country)}: {self.what}, {self.date}"


def news_of(replay: Replay) -> Iterator[News]:
    """Yield the entries of a replay that a public source supports, in the order of its file."""
    anchors = anchors_of(replay)
    for entry in recorded_entries(replay):
        known, best = known_from(entry), strongest_first(entry.step.evidence)
        if known is not None:
            yield News(
                known=known,
                country=replay.country,
                number=entry.number,
                anchor=anchors[entry.number],
                date=entry.step.date.text,
                what=outcome_in_words(entry.outcome),
                note=without_marks(entry.step.note),
                moves=isinstance(entry.outcome, Change),
                best=next(item for item in best if item.supports),
            )


def known_from(entry: RecordedEntry) -> date | None:
    """Return the first day on which the public could know of an entry; None if no day is sure.

    A source was public on the day on which somebody read it, if its own date is less exact. It can
    be later than the last day that the record tells of.
    """
    public = [
        min(day for day in days if day)
        for item in entry.step.evidence
        if item.supports and any(days := _days_public(item.source))
    ]
    if not public:
        return None
    earliest = closed(entry.step.date.earliest) or min(public)
    return max(earliest, min(public))


def _days_public(source: Source) -> tuple[date | None, date | None]:
    read = source.seen and closed(source.seen.latest)
    return closed(source.public.latest), read or None


def newest_first(news: list[News]) -> list[News]:
    """Sort news by the day on which they became known; of one day by country and entry."""
    return sorted(news, key=lambda one: (-one.known.toordinal(), name_of(one.country), one.number))
