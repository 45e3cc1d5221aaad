"""The rule table as a Petri net in PNML (ISO/IEC 15909-2), to check event logs against it.

A workflow net with one token: it begins in `source`, a silent transition takes it to a state in
which a record starts, an act from state to state, and a silent transition from any state to
`sink`. A place is a state: a stage with a ban. A transition is a rule that permits an act from that
state, and has the name of the act, as the events of a log have it.

The net permits what the rules permit with sufficient evidence: it knows neither the attestation
that a rule needs nor dates, and so not that a lapse needs the end of a period of rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from recognition_model.analysis.edition import Edition
from recognition_model.analysis.model_checking import NO_RELATIONS, moves, reachable
from recognition_model.core.stages import State
from recognition_model.engine.rules import RuleTable
from recognition_model.exports.formats import Job
from recognition_model.exports.vocabulary_tables import rules_of

_SPACE = "http://www.pnml.org/version-2009/grammar/pnml"
_TYPE = f"{_SPACE.removesuffix('pnml')}ptnet"
_SOURCE, _SINK = "source", "sink"


def pnml(rules: RuleTable, starts: Iterable[State], edition: Edition) -> bytes:
    """Write the rules as a net that may start in any of some states, and end in any state."""
    starts = sorted(set(starts), key=_order)
    states = sorted({s for start in starts for s in reachable(rules, start)}, key=_order)
    root = ET.Element("pnml", {"xmlns": _SPACE})
    net = ET.SubElement(root, "net", {"id": "rules", "type": _TYPE})
    _name(net, f"R{edition.rules_in_words[1:]} of recognition_model {edition.program}")
    page = ET.SubElement(net, "page", {"id": "page"})
    _place(page, _SOURCE, _SOURCE, tokens=1)
    for state in states:
        _place(page, _id(state), str(state))
    _place(page, _SINK, _SINK)
    for state in starts:
        _transition(page, f"start.{_id(state)}", f"start: {state}", _SOURCE, _id(state))
    for state in states:
        taken = {move.act: move.rule for move in moves(rules, state) if move.rule}
        for act, rule in taken.items():
            after = _id(rule.move(state))
            _transition(page, f"{rule.code}.{_id(state)}", str(act), _id(state), after, rule.code)
        _transition(page, f"end.{_id(state)}", f"end: {state}", _id(state), _SINK)
    finals = ET.SubElement(net, "finalmarkings")
    _text(ET.SubElement(ET.SubElement(finals, "marking"), "place", {"idref": _SINK}), "1")
    ET.indent(root)
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _order(state: State) -> tuple[int, int]:
    return state.stage.rank, state.ban.rank


def _id(state: State) -> str:
    return f"{state.stage}.{state.ban}"


def _text(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "text").text = text


def _name(parent: ET.Element, text: str) -> None:
    _text(ET.SubElement(parent, "name"), text)


def _place(page: ET.Element, name: str, text: str, *, tokens: int = 0) -> None:
    place = ET.SubElement(page, "place", {"id": name})
    _name(place, text)
    if tokens:
        _text(ET.SubElement(place, "initialMarking"), str(tokens))


def _transition(
    page: ET.Element, name: str, text: str, before: str, after: str, rule: str = ""
) -> None:
    """Write a transition and its two arcs. Without a rule it is silent, as ProM marks it."""
    transition = ET.SubElement(page, "transition", {"id": name})
    _name(transition, text)
    if rule:
        tool = {"tool": "recognition_model", "version": "1", "rule": rule}
    else:
        tool = {"tool": "ProM", "version": "6.4", "activity": "$invisible$"}
    ET.SubElement(transition, "toolspecific", tool)
    for side, (source, target) in (("in", (before, name)), ("out", (name, after))):
        ends = {"id": f"{name}.{side}", "source": source, "target": target}
        ET.SubElement(page, "arc", ends)


def write(job: Job) -> bytes:
    """The net of the rules of the replays of a job, with the states in which they start."""
    starts = {NO_RELATIONS, *(replay.history.start for replay in job.replays)}
    return pnml(rules_of(job.replays), starts, job.given.edition(dated=False))
