"""Records as another choice makes them: changed for real, to be replayed by the machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise, product

from attrs import evolve

import recognition_model as rm
from recognition_model.core.stages import Reason

OFFICIAL, CLAIMED = rm.Attestation.OFFICIAL, rm.Attestation.CLAIMED
NOBODYS = ("R11", "R12")
STRICT = rm.RuleTable(
    [rule if rule.code in NOBODYS else evolve(rule, needs=OFFICIAL) for rule in rm.RULES],
    title="Strict",
)
TRUSTING = rm.RuleTable(
    [evolve(rule, needs=min(rule.needs, CLAIMED)) for rule in rm.RULES], title="Trusting"
)
TABLES = (rm.RULES, TRUSTING, STRICT)
WEAKER = {"host": "", "taliban": "host", "other_state": "host taliban"}
EARLIER = ("decided", "announced", "in-force", "done", "reported")


def believed(scenario, *, voice="press", grade="F6", tried=False, without=None):
    """The scenario with only the evidence that is believed, and reports tried as acts."""
    allowed = [*WEAKER.get(voice, "host taliban other_state press").split(), voice]
    steps = []
    for step in scenario.timeline:
        refused = isinstance(step, rm.RefuseStep)
        act = step.refuse if refused else getattr(step, "act", None)
        left = step.evidence
        if act is not None and act is not rm.Act.LAPSE:
            left = tuple(
                item
                for item in step.evidence
                if item.voice.value in allowed
                and item.grade[0] <= grade[0]
                and item.grade[1] <= grade[1]
                and item.source.id != without
            )
        if step.evidence and not left:
            continue
        if refused and tried and step.because is Reason.NOT_ATTESTED:
            step = rm.ActStep(act=act, date=step.date, evidence=left, place=step.place)
        steps.append(evolve(step, evidence=left))
    return evolve(scenario, timeline=tuple(steps))


def redated(scenario, *, fuzz=1, lag=0, counts=None):
    """The scenario with another width of `~` on days, and acts on the day that counts for them.

    `counts` gives for each act the kind of day that counts.
    """
    more = timedelta(days=fuzz - 1)

    def wider(when):
        if not when.text.endswith("~"):
            return when
        return evolve(when, earliest=when.earliest - more, latest=when.latest + more)

    steps = []
    for step in scenario.timeline:
        when = wider(step.date)
        given = getattr(step, "dated_by", None)
        if lag and given is not None and given.value != counts[step.act.value]:
            after = EARLIER.index(given.value) < EARLIER.index(counts[step.act.value])
            days = timedelta(days=lag)
            when = (
                evolve(when, latest=when.latest + days)
                if after
                else evolve(when, earliest=when.earliest - days)
            )
        steps.append(evolve(step, date=when))
    start = evolve(scenario.start, date=wider(scenario.start.date))
    return evolve(scenario, start=start, timeline=tuple(steps))


def readings(scenario, table, longest=None) -> Iterator[rm.Replay]:
    """Replay every reading of the start and of the acts that the rules take, on exact days.

    A date of more days than the `longest` is read at its earliest alone.
    """
    found = rm.replay(scenario, rules=table, invariants=())
    dates = [scenario.start.date, *(change.date for change in found.changes)]
    places = {change.place: at for at, change in enumerate(found.changes, start=1)}
    spans = [range(when.earliest.toordinal(), when.latest.toordinal() + 1) for when in dates]
    spans = [span[:1] if longest and len(span) > longest else span for span in spans]
    for days in product(*spans):
        if any(one > other for one, other in pairwise(days)):
            continue
        exact = [rm.When.of(type(scenario.documented_until).fromordinal(day)) for day in days]
        steps = tuple(
            evolve(step, date=exact[places[step.place]])
            if isinstance(step, rm.ActStep) and step.place in places
            else step
            for step in scenario.timeline
        )
        moved = evolve(scenario, start=evolve(scenario.start, date=exact[0]), timeline=steps)
        yield rm.replay(moved, rules=table, invariants=())
