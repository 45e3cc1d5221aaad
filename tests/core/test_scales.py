"""Scales: their plain data, and how their parts are named."""

from __future__ import annotations

from recognition_model.core.evidence import Attestation
from recognition_model.core.scales import Entering, Entries, HeldIn, Leaving, Level, Scale
from recognition_model.core.signals import Family
from recognition_model.core.stages import Act, Ban, Stage

LOW = Level(level="low", meaning="Little.", held_in=HeldIn(bans=(Ban.NONE, Ban.LIFTED)))
HIGH = Level(
    level="quite_high",
    label="high",
    meaning="Much.",
    held_in=HeldIn(stages=(Stage.ENGAGED,), bans=(Ban.NONE,)),
    entered_by=(
        Entering(signals=("visit_made",), acts=(Act.ENGAGE,), only_from=("low",)),
        Entering(families=(Family.VISIT,), needs=Attestation.CLAIMED),
    ),
    left_by=(Leaving(acts=(Act.BREAK_OFF, Act.BAN), to="low"),),
)
SCALE = Scale(name="height", title="Height", about="How high.", levels=(LOW, HIGH))


def test_plain_data_of_a_scale_have_every_key_of_its_file() -> None:
    assert SCALE.to_dict() == {
        "name": "height",
        "title": "Height",
        "about": "How high.",
        "levels": [
            {
                "level": "low",
                "label": "",
                "meaning": "Little.",
                "held-in": {"stages": [], "bans": ["none", "lifted"]},
                "entered-by": [],
                "left-by": [],
            },
            {
                "level": "quite_high",
                "label": "high",
                "meaning": "Much.",
                "held-in": {"stages": ["engaged"], "bans": ["none"]},
                "entered-by": [
                    {
                        "signals": ["visit_made"],
                        "families": [],
                        "acts": ["engage"],
                        "only-from": ["low"],
                        "needs": None,
                    },
                    {
                        "signals": [],
                        "families": ["visit"],
                        "acts": [],
                        "only-from": [],
                        "needs": "claimed",
                    },
                ],
                "left-by": [
                    {"signals": [], "families": [], "acts": ["break_off", "ban"], "to": "low"}
                ],
            },
        ],
    }


def test_parts_of_a_scale_are_named_by_what_they_say() -> None:
    assert str(SCALE) == "Height: low < quite_high"
    assert [*map(str, SCALE.levels)] == ["low", "high"]
    assert [str(level.held_in) for level in SCALE.levels] == [
        "ban none or lifted",
        "stage engaged, ban none",
    ]
    assert str(HeldIn()) == "every state"
    assert str(HeldIn(stages=(Stage.ENGAGED, Stage.HOSTILE))) == "stage engaged or hostile"
    assert [*map(str, HIGH.entered_by)] == ["signal visit_made, act engage", "family visit"]
    assert str(Entries()) == "nothing"
    assert [*map(str, SCALE.moves(HIGH))] == ["quite_high to low by act break_off, act ban"]
