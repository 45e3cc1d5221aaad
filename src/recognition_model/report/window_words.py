"""The finding of some days in one sentence: what changed in them, and for whom."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from recognition_model.analysis.headline import who_in_words
from recognition_model.analysis.turns import Turn, Turns
from recognition_model.core.countries import in_prose
from recognition_model.core.dates import When
from recognition_model.core.day_words import MONTHS, when_in_words
from recognition_model.core.deeds_in_words import did, done
from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import Act
from recognition_model.core.wording import plural

_MOST_GROUPS = 3
_DECEMBER = 12

_WEIGHTIEST_FIRST = (
    *(Act.RECOGNISE, Act.WITHDRAW_RECOGNITION, Act.ACCEPT_AMBASSADOR, Act.DOWNGRADE, Act.DELIST),
    *(Act.BAN, Act.BREAK_OFF, Act.LAPSE, Act.ENGAGE),
)

_SAID = {
    Attestation.CLAIMED: ("is said to have", "are said to have"),
    Attestation.REPORTED: ("is reported to have", "are reported to have"),
}
"""How a title says what the country's own authorities have not said."""


def days_in_words(since: date, until: date) -> str:
    """Write some days with their preposition.

    `in 2025`, `in July 2025`, `on 3 July 2025`, `between 1 January and 31 March 2025`.
    """
    if since == until:
        return when_in_words(When.of(since))
    month_ends = until.day == monthrange(until.year, until.month)[1]
    if since.day == 1 and month_ends and since.year == until.year:
        if (since.month, until.month) == (1, _DECEMBER):
            return f"in {since.year}"
        if since.month == until.month:
            return f"in {MONTHS[since.month - 1]} {since.year}"
    return when_in_words(When.parse(f"{since}..{until}"))


def finding_of(found: Turns, until: date) -> str:
    """Say what changed in a window that ends on a day: the title of a brief.

    Of each country the last change of the window counts. The weightiest act is first. Changes whose
    dates leave open whether they fall into the window count only if there are no others.
    """
    days = days_in_words(found.since, until)
    if found.happened:
        sure = [turn for turn in found.happened if turn.in_window == "surely"]
        return _of_turns(sure or found.happened, days)
    only = f"{in_prose(found.last_days[0][0])}: " if len(found.last_days) == 1 else ""
    none = _capital(f"{only}no change of stage or ban is documented {days}")
    known = [turn for turn in found.became_known if not turn.gone]
    gone = len(found.became_known) - len(known)
    if len(known) == 1 and not gone:
        return f"{none}; it became known that {_lead(known, '')}"
    parts = [none]
    if known:
        parts.append(f"{plural(len(known), 'earlier change', 'earlier changes')} became known")
    if gone:
        parts.append(f"{plural(gone, 'change is', 'changes are')} no longer known")
    return "; ".join(parts)


def _of_turns(turns: Sequence[Turn], days: str) -> str:
    last = {turn.country: turn for turn in turns}
    groups: dict[tuple[Act, Attestation], list[Turn]] = {}
    for turn in last.values():
        groups.setdefault((turn.change.act, turn.change.attestation), []).append(turn)
    ordered = sorted(groups, key=lambda key: (_WEIGHTIEST_FIRST.index(key[0]), -key[1].rank))
    first, *others = (groups[key] for key in ordered)
    parts = [
        _lead(first, days),
        *(_told(group, short=True) for group in others[: _MOST_GROUPS - 1]),
    ]
    more = sum(map(len, others[_MOST_GROUPS - 1 :]))
    if more:
        parts.append(f"{plural(more, 'more country', 'more countries')} changed")
    return _capital("; ".join(parts))


def _lead(group: Sequence[Turn], days: str) -> str:
    """Say what some countries did: one with its day, several with the days of the window."""
    when = when_in_words(group[0].date) if len(group) == 1 else days
    return f"{_told(group)} {when}"


def _told(group: Sequence[Turn], *, short: bool = False) -> str:
    change = group[0].change
    voice = _SAID.get(change.attestation)
    deed = did(change.act, short=short)
    if voice:
        deed = f"{voice[len(group) > 1]} {done(change.act, short=short)}"
    return f"{who_in_words([turn.country for turn in group])} {deed}"


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
