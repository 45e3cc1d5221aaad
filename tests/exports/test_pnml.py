"""The rules as a Petri net, read back and played by hand."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from support.effort import examples
from support.pictured import act, record

import recognition_model as rm
from recognition_model.exports import export
from recognition_model.testing import scenarios

PNML = "{http://www.pnml.org/version-2009/grammar/pnml}"


class Net:
    """A net with arcs of weight one, as its file has it."""

    def __init__(self, data: bytes) -> None:
        root = ET.fromstring(data)
        ids = [place.get("id") for place in root.iter(f"{PNML}place")]
        self.places = [place for place in ids if place]
        self.names: dict[str, str] = {}
        for one in root.iter(f"{PNML}transition"):
            silent = one.find(f"{PNML}toolspecific[@activity='$invisible$']") is not None
            name = str(one.findtext(f"{PNML}name/{PNML}text"))
            self.names[str(one.get("id"))] = "" if silent else name
        arcs = [(str(a.get("source")), str(a.get("target"))) for a in root.iter(f"{PNML}arc")]
        self.takes = {one: [s for s, target in arcs if target == one] for one in self.names}
        self.gives = {one: [t for source, t in arcs if source == one] for one in self.names}
        first = root.iterfind(f".//{PNML}initialMarking/..")
        self.first = [str(place.get("id")) for place in first]
        final = root.iterfind(f".//{PNML}finalmarkings/{PNML}marking/{PNML}place")
        self.final = [str(place.get("idref")) for place in final]

    def permits(self, acts: list[str]) -> bool:
        """Whether some run from the first to the final marking has these names, in order."""
        markings = self._silently({tuple(self.first)})
        for name in acts:
            markings = self._silently(self._fired(markings, name))
        return tuple(self.final) in markings

    def _fired(self, markings: set[tuple[str, ...]], name: str) -> set[tuple[str, ...]]:
        found = set()
        for marking in markings:
            for one, label in self.names.items():
                left = Counter(marking)
                left.subtract(self.takes[one])
                if label == name and min(left.values()) >= 0:
                    left.update(self.gives[one])
                    found.add(tuple(sorted(left.elements())))
        return found

    def _silently(self, markings: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
        while (more := markings | self._fired(markings, "")) != markings:
            markings = more
        return markings


@pytest.fixture(scope="module")
def net() -> Net:
    return Net(export("pnml", [], "pnml"))


def test_net_has_a_place_for_each_state_that_acts_can_lead_to(net: Net) -> None:
    states = set(net.places) - {"source", "sink"}
    assert len(states) == len(net.places) - 2 == 11
    assert {"hostile.none", "engaged.in_force", "de_jure_recognition.lifted"} <= states
    assert "de_jure_recognition.in_force" not in states


def test_every_part_of_the_net_has_a_name_of_its_own() -> None:
    root = ET.fromstring(export("pnml", [], "pnml"))
    kinds = ("net", "page", "place", "transition", "arc")
    ids = [
        one.get("id")
        for kind in kinds
        for one in root.iter(f"{PNML}{kind}")
        if one.get("idref") is None  # the final marking refers to a place
    ]
    assert None not in ids
    assert len(set(ids)) == len(ids)


def test_arc_is_named_for_its_transition_and_its_direction() -> None:
    root = ET.fromstring(export("pnml", [], "pnml"))
    names = {one.get("id") for one in root.iter(f"{PNML}transition")}
    for arc in root.iter(f"{PNML}arc"):
        source, target = arc.get("source"), arc.get("target")
        assert arc.get("id") == (f"{target}.in" if target in names else f"{source}.out")


@pytest.mark.parametrize(
    "acts",
    [
        [],
        ["engage", "recognise", "withdraw_recognition", "break_off"],
        ["ban", "engage", "delist", "accept_ambassador", "recognise"],
        ["engage", "ban", "delist", "ban"],
    ],
)
def test_net_permits_the_orders_that_the_rules_permit(net: Net, acts: list[str]) -> None:
    assert net.permits(acts)


@pytest.mark.parametrize(
    "acts",
    [
        ["recognise"],
        ["engage", "delist"],  # there is no ban
        ["ban", "engage", "recognise"],  # the ban is in force
        ["engage", "recognise", "accept_ambassador"],
        ["visit"],
    ],
)
def test_net_refuses_the_orders_that_the_rules_refuse(net: Net, acts: list[str]) -> None:
    assert not net.permits(acts)


def test_net_starts_where_the_records_start() -> None:
    engaged = record(act("recognise", "2022-03"), stage=rm.Stage.ENGAGED)
    assert Net(export("pnml", [engaged], "pnml")).permits(["recognise"])


@settings(max_examples=examples(25))
@given(scenarios())
def test_net_permits_the_changes_of_any_record(scenario: rm.Scenario) -> None:
    replay = rm.replay(scenario)
    made = Net(export("pnml", [replay], "pnml"))
    assert made.permits([str(change.act) for change in replay.changes])
