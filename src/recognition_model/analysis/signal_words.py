"""Words for signals that no vocabulary has, and words whose example is not in the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from recognition_model.core.codes import Severity
from recognition_model.core.countries import named
from recognition_model.core.diagnostics import VOCABULARIES, Finding, finding
from recognition_model.core.folder import Folder
from recognition_model.core.scenario import Scenario, SignalStep
from recognition_model.core.signals import Vocabulary
from recognition_model.core.stages import Act
from recognition_model.core.wording import did_you_mean, near_words
from recognition_model.io.known_words import NEAR, VERY_NEAR, misspelt_signal, near_signals
from recognition_model.io.shipped import not_shipped
from recognition_model.io.vocabulary import shipped_vocabulary

MOST_NAMED = 3
_DEFINE = "define it in a signals.yaml beside the file"


def unknown_signals(folder: Folder, scenarios: Sequence[Scenario]) -> Iterator[Finding]:
    """Find words for signals that the vocabulary of a folder does not have.

    Each is reported where it is first used: as an error in a file of the shipped record, as a
    warning in any other. Files beside a vocabulary with errors are left out, and so is everything
    where there is no vocabulary.
    """
    known = folder.vocabulary
    if not known:
        return
    unread = {
        Path(found.place.file).parent
        for found in folder.findings
        if found.is_error and Path(found.place.file).name in VOCABULARIES
    }
    own = {*not_shipped(scenario.file for scenario in scenarios)}
    used = Counter[str]()
    first: dict[str, tuple[SignalStep, Severity]] = {}
    for scenario in scenarios:
        if Path(scenario.file).parent in unread:
            continue
        severity = Severity.WARNING if scenario.file in own else Severity.ERROR
        for step in scenario.timeline:
            if isinstance(step, SignalStep) and known.canonical(step.signal) is None:
                used[step.signal] += 1
                first.setdefault(step.signal, (step, severity))
    seen: list[str] = []
    for word, (step, severity) in first.items():
        others = [other for other in first if used[other] > used[word] or other in seen]
        code, message, hint = _told(word, known, others)
        yield Finding(code, message, step.place, hint, severity)
        seen.append(word)


def _told(word: str, known: Vocabulary, others: Sequence[str]) -> tuple[str, str, str]:
    """Say of an unknown word what it may be: an act, a slip, or a word like others.

    `others` are unknown words too, used more often or earlier.
    """
    if acts := near_words(word, [act.value for act in Act], VERY_NEAR, most=1):
        message = f"the signal {word} has the name of an act: a signal moves no stage"
        return "RM716", message, f"if it is the act, write `act: {acts[0]}`"
    message = f"no vocabulary has the signal {word}"
    if near := misspelt_signal(word, known) or near_words(word, others, VERY_NEAR, most=1):
        return "RM706", message, f"{did_you_mean(near)} If not, {_DEFINE}"
    if near := near_signals(word, known, NEAR, MOST_NAMED):
        return "RM718", message, f"write {' or '.join(near)} if you mean that; if not, {_DEFINE}"
    return "RM718", message, f"use a word that `explain signals` lists; or {_DEFINE}"


def missing_examples(folder: Folder) -> Iterator[Finding]:
    """Find words whose example is no entry of the scenario beside their vocabulary.

    The shipped words are checked if the shipped record was read completely.
    """
    known = folder.vocabulary
    if known is shipped_vocabulary() and not folder.registered:
        return  # do not read meanings for the sake of one country
    of = {scenario.country: scenario for scenario in folder.all_scenarios}
    for one in known.words.values():
        scenario = of.get(one.example.country) if one.example else None
        if one.example is None or scenario is None or not _beside(one.place.file, scenario.file):
            continue
        signals = (step for step in scenario.timeline if isinstance(step, SignalStep))
        if not any(one.word == s.signal and one.example.date == s.date for s in signals):
            message = f"{named(scenario.country)} has no entry {one.word} of {one.example.date}"
            yield finding("RM722", message, one.place, "give an entry that has the word")


def _beside(vocabulary: str, scenario: str) -> bool:
    """Whether a vocabulary lies beside a scenario, or in `seeds` beside its folder."""
    folder = Path(scenario).parent
    return Path(vocabulary).parent in (folder, folder.parent / "seeds")
