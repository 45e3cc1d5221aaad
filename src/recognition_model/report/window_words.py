"""The finding of some days in one sentence: what changed in them, and for whom."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from recognition_model.analysis.headline import who_in_words
from recognition_model.analysis.turns import Turn, Turns
from recognition_model.core.countries import in_prose
from recognition_model.core.dates import When
from recognition_model.core.day_words import MONTHS, when_in_words
from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import Act
from recognition_model.core.wording import plural

_MOST_GROUPS = 3
_DECEMBER = 12

_DEEDS: Mapping[Act, tuple[str, str, str]] = MappingProxyType(
    {
        Act.RECOGNISE: ("recognised", "recognised", "the Taliban government"),
        Act.WITHDRAW_RECOGNITION: ("withdrew", "withdrawn", "recognition of the Taliban"),
        Act.ACCEPT_AMBASSADOR: ("accepted", "accepted", "an ambassador of the Taliban"),
        Act.DOWNGRADE: ("ceased", "ceased", "to accept an ambassador of the Taliban"),
        Act.DELIST: ("lifted or suspended", "lifted or suspended", "a ban on the Taliban"),
        Act.BAN: ("banned", "banned", "the Taliban"),
        Act.BREAK_OFF: ("broke off", "broken off", "dealings with the Taliban"),
        Act.LAPSE: ("saw", "seen", "all formal steps lapse as the Taliban ceased to govern"),
        Act.ENGAGE: ("began", "begun", "dealings with the Taliban"),
    }
)
"""Each act in the past and as a participle, with its object. The weightiest is first."""

_TOLD = {
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
    weights = list(_DEEDS)
    ordered = sorted(groups, key=lambda key: (weights.index(key[0]), -key[1].rank))
    first, *others = (groups[key] for key in ordered)
    parts = [_lead(first, days), *(_short(group) for group in others[: _MOST_GROUPS - 1])]
    more = sum(map(len, others[_MOST_GROUPS - 1 :]))
    if more:
        parts.append(f"{plural(more, 'more country', 'more countries')} changed")
    return _capital("; ".join(parts))


def _lead(group: Sequence[Turn], days: str) -> str:
    """Say what some countries did: one with its day, several with the days of the window."""
    act = group[0].change.act
    who, verb = _subject(group)
    when = when_in_words(group[0].date) if len(group) == 1 else days
    return f"{who} {verb} {_DEEDS[act][2]} {when}"


def _short(group: Sequence[Turn]) -> str:
    """Say the same in few words, behind another."""
    who, verb = _subject(group)
    rest = _DEEDS[group[0].change.act][2]
    return f"{who} {verb} {rest.removesuffix(' with the Taliban').removesuffix(' of the Taliban')}"


def _subject(group: Sequence[Turn]) -> tuple[str, str]:
    change = group[0].change
    past, participle, _ = _DEEDS[change.act]
    told = _TOLD.get(change.attestation)
    verb = f"{told[len(group) > 1]} {participle}" if told else past
    return who_in_words([turn.country for turn in group]), verb


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
