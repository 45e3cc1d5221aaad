"""What a question over many countries is asked of and with: a record, words, signals."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from attrs import frozen

from recognition_model.core.base import Readable
from recognition_model.core.countries import named
from recognition_model.core.dates import exact_day
from recognition_model.core.folder import Folder
from recognition_model.core.scenario import Scenario, SignalStep
from recognition_model.core.signals import Family, Vocabulary
from recognition_model.core.wording import did_you_mean, join_limited, near_words
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.replay import replay as run
from recognition_model.engine.rules import RULES, RuleTable

Record = Folder | Iterable[Scenario | Replay]
"""A folder, scenarios, or replays of them. Of a folder, the scenarios of countries are meant."""


def replays_of(
    record: Record,
    countries: Collection[str] = (),
    *,
    known_by: date | str | None = None,
    organisations: bool = False,
    rules: RuleTable = RULES,
) -> tuple[Replay, ...]:
    """Replay the scenarios of a record that are not replayed yet, in their order.

    With `countries` (alpha-3 codes), only theirs. Those of a folder's organisations are among them
    if `organisations` asks for them, or if they are named. Raises `ValueError` if the record lacks
    one, or if it holds a replay made with another `known_by`.
    """
    replays = [
        one if isinstance(one, Replay) else run(one, known_by=known_by, rules=rules)
        for one in _one_by_one(record, organisations=organisations or bool(countries))
        if not countries or one.country in countries
    ]
    absent = set(countries) - {replay.country for replay in replays}
    if absent:
        raise ValueError(f"not in the record: {', '.join(map(named, sorted(absent)))}")
    if known_by is not None and {replay.known_by for replay in replays} - {exact_day(known_by)}:
        raise ValueError(f"a replay was not made with known_by={known_by}")
    return tuple(replays)


def scenarios_of(record: Record) -> tuple[Scenario, ...]:
    """Return the whole scenarios of a record, in their order.

    Raises `ValueError` for a replay made with `known_by`, which holds only a part of its scenario.
    """
    one_by_one = _one_by_one(record)
    if any(isinstance(one, Replay) and one.known_by is not None for one in one_by_one):
        raise ValueError("this needs whole scenarios, not replays made with known_by")
    return tuple(one.scenario if isinstance(one, Replay) else one for one in one_by_one)


def _one_by_one(record: Record, *, organisations: bool = False) -> tuple[Scenario | Replay, ...]:
    if isinstance(record, Folder):
        return record.all_scenarios if organisations else record.scenarios
    some = tuple(record) if isinstance(record, Iterable) else (record,)
    for one in some:
        if not isinstance(record, Iterable) or not isinstance(one, Scenario | Replay):
            raise TypeError(f"a record is a Folder, or several scenarios or replays, not {one!r}")
    return some


def last_days(scenarios: Iterable[Scenario]) -> tuple[tuple[str, date], ...]:
    """Return for each country the last day looked at: the end of its data or of a later search."""
    return tuple(
        (one.country, max(one.documented_until, one.reviewed or date.min)) for one in scenarios
    )


# --- words ---------------------------------------------------------------------------------------


def text_of(name: str, given: object) -> str:
    """Return a text as it is. Raises `TypeError` with the argument's name for anything else."""
    if isinstance(given, str):
        return given
    raise TypeError(f"{name} takes a text, not {given!r}")


def texts_of(name: str, given: str | Iterable[str]) -> tuple[str, ...]:
    """Return one text or several as several. Raises `TypeError` for anything else."""
    if isinstance(given, str):
        return (given,)
    several = tuple(given) if isinstance(given, Iterable) else (given,)
    if isinstance(given, Iterable) and all(isinstance(one, str) for one in several):
        return several
    raise TypeError(f"{name} takes a text or several, not {given!r}")


def known_word(what: str, given: str, words: Iterable[str]) -> str:
    """Return the word of a list that is given; case does not count, space, `-` and `_` are alike.

    Raises `ValueError` with a hint if there is none.
    """
    words = list(words)
    word = given.strip().lower().replace("-", "_").replace(" ", "_")
    if word in words:
        return word
    hint = did_you_mean(near_words(word, words)) or f"one of {', '.join(words)}"
    raise ValueError(f"{given!r} is no {what}: {hint}")


# --- signals --------------------------------------------------------------------------------------


@frozen(repr=False)
class AskedSignals(Readable):
    """The words for signals asked for, and `what` they were asked for as."""

    what: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return self.what


def asked_signals(
    signal: str | None, family: Family | str | None, vocabulary: Vocabulary
) -> AskedSignals | None:
    """Return the words that a signal or a family means; None if neither is given.

    A signal is a word, an old word for it, or a family; several stand with commas between. The name
    of a family means all its words, also where one of them is called so.

    Raises `ValueError` for an unknown family, and for both.
    """
    if family is not None:
        if signal is not None:
            raise ValueError("a signal or a family, not both")
        members = {str(one): one for one in Family}
        word = known_word("family of signals", text_of("family", str(family)), members)
        return AskedSignals(word, vocabulary.in_family(members[word]))
    if signal is None:
        return None
    parts = [part.strip() for part in text_of("signal", signal).split(",") if part.strip()]
    families = {str(one): one for one in Family}
    found: dict[str, None] = {}
    for part in parts or [signal]:
        word = vocabulary.canonical(part) or part
        of_family = vocabulary.in_family(families[word]) if word in families else ()
        found |= dict.fromkeys(of_family or (word,))
    named = [vocabulary.canonical(part) or part for part in parts]
    return AskedSignals(",".join(named) or signal, tuple(found))


def check_signals(asked: AskedSignals, scenarios: Iterable[Scenario]) -> None:
    """Raise `ValueError` if no scenario has any of the signals, with the words most like them."""
    steps = (step for scenario in scenarios for step in scenario.timeline)
    known = sorted({step.signal for step in steps if isinstance(step, SignalStep)})
    if not set(asked.words) & set(known):
        hint = (
            did_you_mean(near_words(asked.what, known))
            or f"it has: {join_limited(known, 12) or 'none'}"
        )
        raise ValueError(f"no entry of the record has the signal {asked.what!r}; {hint}")
