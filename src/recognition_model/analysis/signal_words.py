"""Words for signals that are probably slips: misspelt ones, and the names of acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from recognition_model.core.codes import Severity
from recognition_model.core.diagnostics import Finding, finding
from recognition_model.core.scenario import Scenario, SignalStep
from recognition_model.core.stages import Act
from recognition_model.core.wording import did_you_mean, near_words
from recognition_model.io.shipped import misspelt_signal, not_shipped, shipped_signals

ALIKE = 0.88
SIMILAR = 0.8
"""From here on, two words may mean the same: `charge_arrived` and `charge_received`."""
MOST_NAMED = 3


def odd_signals(scenarios: Sequence[Scenario]) -> Iterator[Finding]:
    """Find words for signals that are probably slips.

    A word of a file that is not shipped is compared with the words of the shipped record, and is
    reported where it is first used. Other words are compared with each other.
    """
    own = {*not_shipped(scenario.file for scenario in scenarios)}
    new: dict[str, SignalStep] = {}
    if own:
        known = shipped_signals()
        for scenario in scenarios:
            for step in _signals(scenario) if scenario.file in own else ():
                if step.signal not in known:
                    new.setdefault(step.signal, step)
    reported = {word: found for word, step in new.items() if (found := _beside_shipped(step))}
    yield from reported.values()
    yield from _beside_each_other(scenarios, new, {*reported})


def _signals(scenario: Scenario) -> list[SignalStep]:
    return [step for step in scenario.timeline if isinstance(step, SignalStep)]


def _beside_shipped(step: SignalStep) -> Finding | None:
    """Compare a new word with the acts and with the words of the shipped record."""
    word, place = step.signal, step.place
    if acts := near_words(word, [act.value for act in Act], ALIKE, most=1):
        message = f"the signal {word} has the name of an act: a signal moves no stage"
        return finding("RM716", message, place, f"if it is the act, write `act: {acts[0]}`")
    message = f"no signal of the shipped record is called {word}"
    if near := misspelt_signal(word):
        return finding("RM706", message, place, did_you_mean(near))
    if near := near_words(word, shipped_signals(), SIMILAR, most=MOST_NAMED):
        hint = f"if you mean the same as {' or '.join(near)}, use that word"
        return Finding("RM706", message, place, hint, Severity.NOTE)
    return None


def _beside_each_other(
    scenarios: Sequence[Scenario], new: dict[str, SignalStep], reported: set[str]
) -> Iterator[Finding]:
    """Find words used once that nearly match another. If both are, report the later.

    A word of the shipped record is not reported for a new one of the user.
    """
    steps = [step for scenario in scenarios for step in _signals(scenario)]
    used: Counter[str] = Counter(step.signal for step in steps)
    seen: set[str] = set()
    for step in steps:
        seen.add(step.signal)
        if used[step.signal] > 1 or step.signal in reported:
            continue
        others = [
            word for word in used if word != step.signal and (step.signal in new or word not in new)
        ]
        near = near_words(step.signal, others, ALIKE, most=1)
        if near and (used[near[0]] > 1 or near[0] in seen):
            message = f"the signal {step.signal} is used only here"
            yield finding("RM706", message, step.place, did_you_mean(near))
