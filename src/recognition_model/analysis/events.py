"""One chronology over all countries: every entry of every timeline, to filter and to search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from attrs import frozen

from recognition_model.analysis.asked import Record, known_word, replays_of, text_of, texts_of
from recognition_model.analysis.deeds import outcome_in_words
from recognition_model.analysis.recorded import RecordedEntry, recorded_entries
from recognition_model.core.base import Readable
from recognition_model.core.countries import code_of, name_of
from recognition_model.core.dates import OpenEnd, When, closed, day_of
from recognition_model.core.dating import DatedBy
from recognition_model.core.diagnostics import Place
from recognition_model.core.evidence import (
    Attestation,
    Evidence,
    Voice,
    attestation_of,
    strongest_first,
)
from recognition_model.core.folder import Folder
from recognition_model.core.glossary import fold
from recognition_model.core.organisations import kind_of
from recognition_model.core.scenario import STEP_OF, ActStep, RefuseStep, Step
from recognition_model.core.signals import Family, Vocabulary
from recognition_model.core.windows import InWindow, Window
from recognition_model.core.wording import humanize
from recognition_model.engine.outcomes import Replay
from recognition_model.io.vocabulary import shipped_vocabulary

KINDS = tuple(STEP_OF)
"""The kinds of entry, in the order of the file format."""

_Day = date | OpenEnd


@frozen(kw_only=True, repr=False)
class Event(Readable):
    """One entry of a timeline, as a line of a chronology.

    `date` is as written; `earliest` and `latest` are the days on which the entry can lie, as
    narrowed by the order of its file. `what` says in words what happened, `word` is the act, signal
    or status in the file's own words. `dated_by` says which day of an act its date is; None if the
    file does not say. `evidence` is sorted, strongest first. `in_window` is
    `perhaps` if an uncertain date only overlaps the days asked about. `set_aside` says why the
    replay does not use the entry; it is empty if it does. `family` is that of a signal. `denied`
    says that the host or the Taliban deny the signal, and nowhere confirm it.
    """

    country: str
    date: When
    earliest: _Day
    latest: _Day
    kind: str
    what: str
    word: str
    note: str = ""
    contradiction: str = ""
    because: str = ""
    dated_by: DatedBy | None = None
    evidence: tuple[Evidence, ...]
    in_window: InWindow = "surely"
    set_aside: str = ""
    family: Family | None = None
    denied: bool = False
    place: Place

    @property
    def counted(self) -> bool:
        """Whether the replay uses the entry."""
        return not self.set_aside

    @property
    def attestation(self) -> Attestation:
        return attestation_of(self.evidence)

    @property
    def best(self) -> Evidence | None:
        """The strongest evidence that supports the entry; None if none does."""
        return next((item for item in self.evidence if item.supports), None)

    @property
    def disputed(self) -> bool:
        """Whether some evidence speaks against the entry."""
        return not all(item.supports for item in self.evidence)

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of all sources, strongest evidence first, each once."""
        return tuple(dict.fromkeys(item.source.id for item in self.evidence))

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as one item of `events` in `recognition-events/1`."""
        first, last = closed(self.earliest), closed(self.latest)
        best = self.best
        return {
            "date": self.date.text,
            "earliest": first.isoformat() if first else None,
            "latest": last.isoformat() if last else None,
            "dated_by": self.dated_by and self.dated_by.value,
            "country": self.country,
            "name": name_of(self.country),
            "record_kind": kind_of(self.country).value,
            "kind": self.kind,
            "what": self.what,
            "word": self.word,
            "family": self.family.value if self.family else None,
            "denied": self.denied,
            "note": self.note,
            "contradiction": self.contradiction,
            "because": self.because,
            "attestation": self.attestation.value,
            "disputed": self.disputed,
            "best": best.source.id if best else None,
            "voice": best.voice.value if best else None,
            "grade": best.grade if best else None,
            "publisher": best.source.publisher if best else None,
            "issued": best.source.issued.text if best else None,
            "sources": list(self.sources),
            "in_window": self.in_window,
            "counted": self.counted,
            "set_aside": self.set_aside or None,
            "file": self.place.file,
            "line": self.place.line,
        }

    def __str__(self) -> str:
        return f"{self.date} {self.country}: {self.what}"


def events(
    record: Record,
    countries: str | Iterable[str] = (),
    *,
    since: date | str | None = None,
    until: date | str | None = None,
    match: str = "",
    kinds: str | Iterable[str] = (),
    families: str | Iterable[str] = (),
    voice: Voice | str | None = None,
    min_grade: str | None = None,
    known_by: date | str | None = None,
    all_entries: bool = False,
    vocabulary: Vocabulary | None = None,
) -> tuple[Event, ...]:
    """List the entries of the record in order: earliest possible day, country name, line.

    `record` is a `Folder`, with its organisations, or scenarios, or replays. `countries`, `kinds`
    and `families` take one text or several; `families` leaves only signals. Entries that the replay
    does not use are left out: struck-out and refused acts, rejected reports, statuses that fail.
    `all_entries` adds them; `kinds` that names `refuse` adds the rejected reports.

    `since` and `until` are days or texts such as `2025` or `2025-12`. `match` is looked for in
    notes, claims, titles, publishers, names and the entry's own words, without regard to case or
    accents. An alias of a signal's word counts as its own word; `vocabulary` has the aliases, by
    default that of the folder or the shipped one. `voice` and `min_grade` (`B2`) ask for one
    supporting item of evidence that has both. F and 6 mean that it cannot be judged, so no such
    item reaches a least grade. The order of its file narrows an entry's date before it is held
    against the days.

    Raises `ValueError` for a word that is not known, `DateError` for a day that is none, and
    `TypeError` for another type of value.
    """
    window = Window(
        None if since is None else day_of(since, "first"),
        None if until is None else day_of(until, "last"),
    )
    wanted = _known_kinds(kinds)
    of_families = known_families(families)
    known = vocabulary or (record.vocabulary if isinstance(record, Folder) else None)
    looked_for = _folded(text_of("match", match))
    said_by = _known_voice(voice) if voice is not None else None
    least = least_grade(min_grade) if min_grade is not None else None
    of = {code_of(country) for country in texts_of("countries", countries)}
    found = [
        event
        for replay in replays_of(record, of, known_by=known_by, organisations=True)
        for event in _of_replay(replay, window)
        if event.kind in (wanted or KINDS)
        and (not of_families or event.family in of_families)
        and (event.counted or all_entries or (event.kind == "refuse" and "refuse" in wanted))
        and _has_evidence(event, said_by, least)
        and (not looked_for or looked_for in _text_of(event, known))
    ]
    return tuple(sorted(found, key=_place_in_order))


def least_grade(text: str) -> str:
    """Return a least grade in capitals: a letter A to E and a digit 1 to 5.

    Raises `ValueError` for another text. F and 6 mean that it cannot be judged, which is no grade
    to reach.
    """
    grade = text_of("a least grade", text).strip().upper()
    if len(grade) == 2 and grade[0] in "ABCDE" and grade[1] in "12345":
        return grade
    why = "F and 6 mean that it cannot be judged" if "F" in grade or "6" in grade else ""
    hint = "write a letter A to E and a digit 1 to 5, as in B2"
    raise ValueError(f"{text!r} is no least grade: " + "; ".join(filter(None, [why, hint])))


def _of_replay(replay: Replay, window: Window) -> Iterator[Event]:
    for entry in recorded_entries(replay):
        where = window.holds(entry.earliest.toordinal(), entry.latest.toordinal())
        if where is not None:
            step = entry.step
            yield Event(
                country=replay.country,
                date=step.date,
                earliest=entry.earliest,
                latest=entry.latest,
                kind=step.kind,
                what=outcome_in_words(entry.outcome),
                word=_word_of(entry),
                note=step.note,
                contradiction=step.contradiction,
                because=_because(step),
                dated_by=entry.dated_by,
                evidence=strongest_first(step.evidence),
                in_window=where,
                set_aside=entry.set_aside,
                family=entry.family,
                denied=entry.denied,
                place=step.place,
            )


def _word_of(entry: RecordedEntry) -> str:
    return entry.label.removeprefix(f"{entry.step.kind} ")


def _because(step: Step) -> str:
    return str(step.because) if isinstance(step, ActStep | RefuseStep) else ""


def _place_in_order(event: Event) -> tuple[int, str, str, int]:
    day = event.earliest.toordinal()
    return day, name_of(event.country), event.place.file, event.place.line


# --- what is asked for ---------------------------------------------------------------------------


def _known_kinds(kinds: str | Iterable[str]) -> frozenset[str]:
    several = texts_of("kinds", kinds)
    return frozenset(known_word("kind of entry", kind, KINDS) for kind in several)


def known_families(families: str | Iterable[str]) -> frozenset[Family]:
    """Return families of signals by their words. Raises `ValueError` for an unknown one."""
    words = {str(family): family for family in Family}
    several = texts_of("families", families)
    return frozenset(words[known_word("family of signals", one, words)] for one in several)


def _known_voice(voice: Voice | str) -> Voice:
    if isinstance(voice, Voice):
        return voice
    words = {str(one): one for one in Voice}
    return words[known_word("voice", text_of("voice", voice), words)]


def _folded(match: str) -> str:
    folded = fold(match)
    if match.strip() and not folded:
        raise ValueError(f"nothing to look for in {match!r}: give a word")
    return folded


def _has_evidence(event: Event, voice: Voice | None, least: str | None) -> bool:
    if voice is None and least is None:
        return True
    return any(
        item.supports
        and (voice is None or item.voice is voice)
        and (least is None or _reaches(item, least))
        for item in event.evidence
    )


def _reaches(item: Evidence, least: str) -> bool:
    """Whether an item is graded at least so well. F and 6 stand behind every least grade."""
    return item.grade[0] <= least[0] and item.grade[1] <= least[1]


def _text_of(event: Event, known: Vocabulary | None) -> str:
    """The texts of an entry in which a word is looked for, folded, one on each line."""
    meaning = None
    if event.kind == "signal":
        meaning = (known or shipped_vocabulary()).words.get(event.word)
    texts = [
        *(meaning.aliases if meaning else ()),
        *(event.country, name_of(event.country), event.word, event.what),
        *(event.note, event.contradiction, event.because),
    ]
    for item in event.evidence:
        source = item.source
        texts += [item.claim, source.id, source.publisher, source.title, source.author or ""]
    return "\n".join(fold(humanize(text)) for text in texts)
