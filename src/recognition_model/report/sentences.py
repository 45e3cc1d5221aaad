"""Sentences of the report: where a country stands, since when, and according to whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from recognition_model.core.basis import Basis
from recognition_model.core.changes import Spell
from recognition_model.core.countries import in_prose
from recognition_model.core.dates import Holds, When
from recognition_model.core.evidence import SourceType, Voice
from recognition_model.core.position import Position
from recognition_model.core.scenario import Start
from recognition_model.core.stages import Act, Ban, Stage, ban_in_words
from recognition_model.core.wording import humanize, plural
from recognition_model.engine.outcomes import Replay

if TYPE_CHECKING:  # every command that shows a state would import it
    from recognition_model.analysis.claims import ClaimCheck

TO_HAVE = {
    Stage.HOSTILE: "to have no formal dealings with the Taliban",
    Stage.BANNED: "to outlaw the Taliban, with no official dealings,",
    Stage.ENGAGED: "to deal officially with the Taliban, below the rank of ambassador,",
    Stage.DELISTED: "to have lifted or suspended its ban on the Taliban, with no ambassador,",
    Stage.AMBASSADOR_ACCEPTED: (
        "to have accepted an ambassador of the Taliban, short of recognition,"
    ),
    Stage.DE_JURE_RECOGNITION: "to have recognised the Taliban government de jure",
}
WHEN_ENDED = {Act.BREAK_OFF: ", when they were broken off", Act.LAPSE: ", when they lapsed"}
SPEAKERS = {
    Voice.HOST: "its own authorities",
    Voice.TALIBAN: "the Taliban",
    Voice.OTHER_STATE: "another state or an international body",
    Voice.PRESS: "the press",
}
VOICES = {
    Voice.HOST: "host",
    Voice.TALIBAN: "Taliban",
    Voice.OTHER_STATE: "other state",
    Voice.PRESS: "press",
}
KINDS = {
    SourceType.ARTICLE_NEWSPAPER: "newspaper article",
    SourceType.ARTICLE_JOURNAL: "journal article",
    SourceType.ARTICLE_MAGAZINE: "magazine article",
    SourceType.ENTRY_ENCYCLOPEDIA: "encyclopedia entry",
    SourceType.LEGAL_CASE: "legal case",
    SourceType.POST_WEBLOG: "weblog post",
}
GRADES = (
    "Grades follow the NATO Admiralty code: B2 is a source of reliability B with a claim of "
    "credibility 2. Reliability of the source: A completely reliable, B usually reliable, "
    "C fairly reliable, D not usually reliable, E unreliable, F cannot be judged. Credibility of "
    "the claim: 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot "
    "be judged. Grades are shown but not counted: what a rule permits depends on who speaks."
)


def since(when: When) -> str:
    """Say `since 2025-07-03`; give an uncertain date as an interval."""
    return f"since {date_in_prose(when)}"


def date_in_prose(when: When) -> str:
    """Say `2025-07-03`, `about 2025-07`, `some day in 2025-07`, `2024-05 at the latest`."""
    first, _, last = when.text.partition("..")
    if first != when.text:
        if not first:
            return f"{last} at the latest"
        return f"some day between {first} and {last}" if last else f"{first} at the earliest"
    if when.approximate:
        return f"about {when.text[:-1]}"
    if when.doubtful:
        return f"{when.text[:-1]}, a doubtful date"
    return str(when) if when.exact else f"some day in {when}"


def start_basis(start: Start) -> str:
    """Say whether the state at the start is `assumed`, or `recorded` on evidence."""
    return "assumed" if start.assumed else "recorded"


def answer(replay: Replay, day: date | None = None) -> tuple[str, str]:
    """Say in one sentence where a country stands: the text before the source, and after it.

    The sentence gives the state on a day, by default the last documented one, never the present
    one, with its ban, its beginning, the voice behind it and how far the data go. It says so if the
    state or a date is uncertain, if the state is merely assumed, and if nothing was heard for two
    years. Of a day after the end of the data it says that, and gives the last documented state.
    """
    history = replay.history
    until = history.documented_until
    name = in_prose(replay.country)
    known = f", as known by {replay.known_by}" if replay.known_by else ""
    if not history.documented:
        return f"Nothing is documented about {name} by {until}{known}", "."
    if day is not None and day > until:
        before, after = answer(replay)
        return f"The data on {name} end before {day}. {before}", after
    position = history.on(day or until)
    if not position.spells:
        begins = f"; the data begin {history.begins}"
        return f"Nothing is documented about {name} on {day}{begins}{known}", "."
    at = f" on {day}" if day else ""
    end = f"{_heard(position) if day else _end(position)}{known}."
    if not position.dates_agree:
        return f"Where {name} stands{at} is uncertain: {humanize(position.in_words())}", end
    spell = position.spells[-1]
    ban, begins = ban_in_words(spell.ban), since(spell.begins)
    if position.basis is Basis.ASSUMED and spell.stage is Stage.HOSTILE:
        too = ", and no ban" if spell.ban is Ban.NONE else f" ({ban})"
        by = f" by {day}" if day else ""
        return (
            f"No formal dealings of {name} with the Taliban are documented{by}{too}."
            f" That there were none {begins} is assumed",
            end,
        )
    name = f"On {day} {name}" if day else name[0].upper() + name[1:]
    to_have = TO_HAVE[spell.stage]
    is_ = "was last" if position.basis is Basis.SILENT else "is"
    if position.basis is Basis.ASSUMED:
        return f"{name} is assumed {to_have} {begins} ({ban}); no entry confirms it", end
    if spell.assumed:
        return (
            f"{name} {is_} documented {to_have} ({ban}); that this was so {begins} is assumed",
            end,
        )
    if spell.change is None:
        return f"{name} {is_} recorded {to_have} {begins} ({ban}), from the start of its data", end
    if spell.stage is Stage.HOSTILE:
        begins += WHEN_ENDED.get(spell.change.act, "")
    return f"{name} {is_} documented {to_have} {begins} ({ban}), {_according_to(spell)}", end


def _heard(position: Position) -> str:
    """Say when the country was last heard of before a day within the data."""
    last = position.last_entry
    if position.basis is Basis.EVIDENCED and last:
        return f"; last heard {date_in_prose(last.date)}"
    if position.basis is Basis.SILENT and last:
        return f"; the last entry that counts is dated {last.date}, more than two years before"
    return "; no entry counts by then" if position.basis is Basis.SILENT else ""


def _end(position: Position) -> str:
    """Say how far the data go, and how far before their end the last entry lies if it is far."""
    until, searched = position.documented_until, position.searched_until
    says = f"; documented until {until}"
    if position.basis is Basis.ASSUMED:
        says = f"; the data end on {until}"
    elif position.basis is Basis.SILENT and position.last_entry:
        says = (
            f"; the last entry that counts is dated {position.last_entry.date}, more than two years"
            f" before the data end on {until}"
        )
    elif position.basis is Basis.SILENT:
        says = f"; no entry counts before the data end on {until}"
    if searched:
        says += f"; reviewed up to {searched}, and no change found"
    return says


def _according_to(spell: Spell) -> str:
    best = spell.change.best if spell.change else None
    return f"according to {SPEAKERS[best.voice]}" if best else "on no evidence"


HOLDS_IN_WORDS = {
    Holds.IN_ALL: "holds",
    Holds.IN_SOME: "holds in some readings of the dates",
    Holds.IN_NONE: "does not hold",
}


def claim_answer(check: ClaimCheck) -> str:
    """How far a claim about many countries holds, and over which records it was checked."""
    if check.claim.group is not None:
        return "about a group; not counted for any member"
    if check.verdict is None:
        return "not checked: the records given cannot answer it"
    over = plural(len(check.over), "country", "countries")
    documented = f"{len(check.documented)} documented to that day"
    return f"{HOLDS_IN_WORDS[check.verdict.holds]}; checked over {over}, {documented}"


def bans_in_words(position: Position) -> str:
    """List the possible bans: `ban in force`, or `ban in force or ban lifted`."""
    return " or ".join(dict.fromkeys(ban_in_words(s.ban) for s in position.states))
