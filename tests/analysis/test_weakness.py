"""Why the evidence of a stage is weak, in words."""

from datetime import date

import pytest
from attrs import evolve

import recognition_model as rm
from recognition_model.analysis.weakness import weaknesses
from recognition_model.core.changes import Change, Spell
from recognition_model.core.evidence import Attestation, Evidence, Voice, attestation_of
from recognition_model.core.scenario import Start
from recognition_model.core.stages import Act, Ban, Stage, State

ENGAGED = State(Stage.ENGAGED, Ban.NONE)


DAY = rm.When.of(date(2022, 1, 1))
START = Start(stage=Stage.HOSTILE, ban=Ban.NONE, date=DAY, assumed="Made up.")


def spell_on(*evidence: Evidence) -> Spell:
    """A spell of dealings that begins on evidence."""
    day = rm.When.of(date(2022, 1, 1))
    change = Change(
        date=day,
        act=Act.ENGAGE,
        rule="R02",
        before=State(Stage.HOSTILE, Ban.NONE),
        after=ENGAGED,
        attestation=attestation_of(evidence),
        evidence=evidence,
    )
    return Spell(state=ENGAGED, begins=day, ends=day, change=change)


@pytest.fixture
def item(register: dict[str, rm.Source]) -> Evidence:
    """The country's own word in one source, graded B1."""
    source = register["yearbook-2026"]
    assert source.reliability.value == "B"
    return Evidence(source=source, voice=Voice.HOST, credibility=1, claim="Made up.")


@pytest.fixture
def other(item: Evidence, register: dict[str, rm.Source]) -> Evidence:
    """The same word in another source."""
    return evolve(item, source=register["almanac-2026"])


def test_own_word_in_two_good_sources_is_not_weak(item: Evidence, other: Evidence) -> None:
    assert weaknesses(spell_on(item, other), START) == ()


def test_one_source_is_weak(item: Evidence) -> None:
    assert weaknesses(spell_on(item, item), START) == ("one source",)


@pytest.mark.parametrize(
    ("voice", "why"),
    [
        (Voice.TALIBAN, "the word of the Taliban"),
        (Voice.OTHER_STATE, "the word of another"),
        (Voice.PRESS, "the word of the press"),
    ],
)
def test_word_of_another_is_weak(voice: Voice, why: str, item: Evidence, other: Evidence) -> None:
    assert weaknesses(spell_on(evolve(item, voice=voice), evolve(other, voice=voice)), START) == (
        why,
    )


@pytest.mark.parametrize(("digit", "weak"), [(2, ()), (3, ("no grade above B3",))])
def test_grade_below_b2_is_weak(
    digit: int, weak: tuple[str, ...], item: Evidence, other: Evidence
) -> None:
    spell = spell_on(evolve(item, credibility=digit), evolve(other, credibility=digit))
    assert weaknesses(spell, START) == weak


def test_one_good_item_is_enough(item: Evidence, other: Evidence) -> None:
    assert weaknesses(spell_on(item, evolve(other, credibility=5)), START) == ()


def test_denial_leaves_no_evidence(item: Evidence, other: Evidence) -> None:
    denied = spell_on(item, evolve(other, bearing=rm.Bearing.DISPUTES))
    assert denied.change is not None
    assert denied.change.attestation is Attestation.NONE
    assert weaknesses(denied, START) == ("no evidence",)


def test_assumed_start_is_weak_and_an_attested_one_is_weighed(
    item: Evidence, other: Evidence
) -> None:
    spell = Spell(state=ENGAGED, begins=DAY, ends=DAY, assumed=True)
    assert weaknesses(spell, START) == ("assumed",)
    attested = evolve(spell, assumed=False)
    assert weaknesses(attested, evolve(START, assumed=None, evidence=(item, other))) == ()
    press = evolve(item, voice=Voice.PRESS)
    weak = evolve(START, assumed=None, evidence=(press,))
    assert weaknesses(attested, weak) == ("one source", "the word of the press")
