"""Meanings of the words in the answers of `agreement`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from recognition_model.core.glossary import Meaning

GROUP = "Words of agreement"
_WORDS: Mapping[str, str] = {
    "a": "The first of the two codings that are compared.",
    "b": "The second of the two codings that are compared.",
    "ac1": "Gwet's AC1 (2008): the observed agreement, corrected for chance by how evenly both"
    " codings use the values that there are. It needs a fixed list of values.",
    "act": "Of a day, month or year: whether a rule took an act in it.",
    "alpha": "Krippendorff's alpha for nominal values (2011): the observed agreement, corrected for"
    " chance by the shares of the values in both codings together.",
    "apart": "The two dates have no day in common.",
    "both": "Both codings have the event.",
    "coders": "Who coded the files of each side, as far as their heads say.",
    "coding": "Which of the two codings a row of the table of stages is from: a or b.",
    "countries_only_a": "Countries that only A has; they are not compared.",
    "countries_only_b": "Countries that only B has; they are not compared.",
    "dates": "How the two dates of an event compare: same, overlap or apart.",
    "days": "Days from the date in A to that in B, below 0 if B is earlier; of a country, days on"
    " which the stage or the ban differ.",
    "differing": "How many events only one coding has, or the two coded differently.",
    "differs": "What the two codings say differently of an event: date, kind, what, voice, grade or"
    " rule.",
    "event": "One entry, or two entries of the two codings that report the same event.",
    "found": "Which coding has the event: both, a or b; as a variable, whether both have it.",
    "head": "What differs in the heads and starts of the two files.",
    "high": "The upper end of an interval that holds the middle 95 % of the draws.",
    "kappa": "Cohen's kappa (1960): the observed agreement, corrected for chance by each coding's"
    " own shares of the values.",
    "keys": "The keys of the file whose values differ, texts too.",
    "left_out": "How many units have no value in one coding or the other, such as days that the"
    " dates leave open.",
    "low": "The lower end of an interval that holds the middle 95 % of the draws.",
    "matched": "The events that both codings have.",
    "measures": "How far the two codings agree on each variable, unit by unit.",
    "median_days": "The median of the days between two dates that lie apart.",
    "most_days": "The most days between two dates that lie apart.",
    "no_interval": "Why a coefficient has no interval, or null.",
    "observed": "The share of units to which both codings give the same value, between 0 and 1.",
    "only_a": "The events that only A has; of a country, how many.",
    "only_b": "The events that only B has; of a country, how many.",
    "overlap": "The two dates have days in common, but not the same first and last day.",
    "paths": "The paths of the two codings, as they were given.",
    "replay_errors": "Countries of each side whose replay has errors; they are compared.",
    "same": "The two dates have the same first and last day.",
    "source_credibility": "The credibility that each coding gives the same source.",
    "source_voice": "The voice that each coding gives the same source.",
    "undefined": "Why a coefficient has no value, or null. Undefined is neither 0 nor 1.",
    "units": "How many units were compared: events, days, months or years.",
    "unusable_a": "Files of A left out because of errors, and countries with two files.",
    "unusable_b": "Files of B left out because of errors, and countries with two files.",
    "variable": "What is compared: found, date, kind, what, voice, grade, rule, act, stage, ban.",
    "voice": "The voice of the strongest item that supports an entry.",
}
_OF_ENTRIES: Mapping[str, str] = {
    "date": "The date of the entry",
    "kind": "The kind of the entry",
    "what": "The act, the signal or what a status says",
    "voice": "The voice of the strongest item that supports the entry",
    "grade": "The grade of the strongest item that supports the entry",
    "rule": "The rule that took the act, refused or struck_out",
    "file": "The file of the entry",
    "line": "The line of the entry in its file",
}


def agreement_meanings() -> Iterator[Meaning]:
    """List the words, keys and columns of `agreement`."""
    words = dict(_WORDS)
    for key, text in _OF_ENTRIES.items():
        words |= {f"{key}_{side}": f"{text}, in {side.upper()}; empty if none." for side in "ab"}
    for word, text in words.items():
        yield Meaning(word=word, label=f"agreement {word}", text=text, group=GROUP)
