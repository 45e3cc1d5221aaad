"""Read a question: `first CHN ambassador_accepted since 2021-08-15`."""

from __future__ import annotations

from datetime import date
from typing import Literal, NoReturn

from recognition_model.analysis.robustness.questions import (
    First,
    Order,
    Question,
    QuestionError,
    ShareOn,
    StageOn,
)
from recognition_model.core.authority import PERIODS_OF_RULE
from recognition_model.core.countries import UnknownCountry, code_of, is_organisation, named
from recognition_model.core.dates import DateError, day_of
from recognition_model.core.stages import Stage
from recognition_model.core.wording import did_you_mean, escape_invisible, near_words

MOST_ORDERED = 15
SINCE = PERIODS_OF_RULE[-1].first
"""Without a day of its own, a question is about the present period of Taliban rule."""

USAGE = {
    "first": "first [COUNTRY] STAGE [since DAY]",
    "stage": "stage COUNTRY DAY",
    "order": "order COUNTRY COUNTRY... [STAGE] [since DAY]",
    "share": "share STAGE DAY",
}


def question_of(text: str) -> Question:
    """Read a question. Raises `QuestionError` for one that cannot be asked."""
    words = text.split()
    kind = words[0].lower() if words else ""
    if kind not in USAGE:
        near = did_you_mean(near_words(kind, USAGE)) if kind else ""
        first = f"unknown question {_shown(words[0])}" if words else "no question is given"
        raise QuestionError(first, near or f"ask one of: {'; '.join(USAGE.values())}")
    rest = words[1:]
    if kind == "stage":
        return _stage(rest)
    if kind == "share":
        return _share(rest)
    return _arrivals(kind, rest)


def _stage(words: list[str]) -> StageOn:
    if len(words) < 2:
        _usage("stage")
    return StageOn((_country(" ".join(words[:-1])),), _day(words[-1], "last"))


def _share(words: list[str]) -> ShareOn:
    if len(words) < 2:
        _usage("share")
    return ShareOn((), _stage_of("_".join(words[:-1])), _day(words[-1], "last"))


def _arrivals(kind: str, words: list[str]) -> Question:
    since = SINCE
    lower = [word.lower() for word in words]
    if "since" in lower:
        at = lower.index("since")
        if at != len(words) - 2:
            _usage(kind)
        since = _day(words[-1], "first")
        words = words[:at]
    if kind == "first":
        return _first(words, since)
    stage = Stage.AMBASSADOR_ACCEPTED
    if words and _is_stage(words[-1]):
        stage, words = _stage_of(words[-1]), words[:-1]
    line = " ".join(words)
    names = [part.strip() for part in line.split(",")] if "," in line else words
    countries = tuple(dict.fromkeys(map(_country, filter(None, names))))
    if not 2 <= len(countries) <= MOST_ORDERED:
        raise QuestionError(
            f"an order has 2 to {MOST_ORDERED} countries, not {len(countries)}",
            f"write {USAGE['order']}",
        )
    return Order(_no_organisation(countries), stage, since)


def _first(words: list[str], since: date) -> First:
    if not words:
        _usage("first")
    # A stage may be two words, and so may a country: the longest stage at the end is meant.
    for at in range(len(words)):
        if _is_stage("_".join(words[at:])):
            stage, country = _stage_of("_".join(words[at:])), " ".join(words[:at])
            break
    else:
        stage, country = _stage_of(words[-1]), " ".join(words[:-1])
    return First(_no_organisation((_country(country),)) if country else (), stage, since)


def _usage(kind: str) -> NoReturn:
    raise QuestionError(f"the question {kind!r} lacks a word", f"write {USAGE[kind]}")


def _shown(word: str) -> str:
    return repr(escape_invisible(word))


def _is_stage(word: str) -> bool:
    return word.lower().replace("-", "_") in {stage.value for stage in Stage}


def _stage_of(word: str) -> Stage:
    plain, words = word.lower().replace("-", "_"), [stage.value for stage in Stage]
    if plain not in words:
        near = did_you_mean(near_words(plain, words)) or f"the stages are {', '.join(words)}"
        raise QuestionError(f"unknown stage {_shown(word)}", near)
    return Stage[plain.upper()]


def _country(word: str) -> str:
    try:
        return str(code_of(word))
    except UnknownCountry as unknown:
        raise QuestionError(str(unknown), unknown.hint) from None


def _no_organisation(codes: tuple[str, ...]) -> tuple[str, ...]:
    for code in codes:
        if is_organisation(code):
            raise QuestionError(f"{named(code)} is an organisation", "it has no rank")
    return codes


def _day(word: str, end: Literal["first", "last"]) -> date:
    try:
        return day_of(word, end)
    except DateError as error:
        raise QuestionError(str(error), error.hint) from None
