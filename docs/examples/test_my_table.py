"""A custom rule and a custom invariant. The invariant finds what the rule wrongly permits."""

from attrs import evolve
from hypothesis import settings

from recognition_model import RULES, Act, Ban, RuleTable, Stage
from recognition_model.analysis.proof import prove
from recognition_model.engine.counterexamples import a_history
from recognition_model.engine.invariants import sequence_invariant
from recognition_model.testing import RelationshipMachine

AT_ONCE = evolve(
    RULES["R06"],
    code="X01",
    before=(Stage.HOSTILE,),
    why="A new government may be recognised on its first day.",
    reference="made up, for this page",
)
TABLE = RuleTable((*RULES, AT_ONCE))


def broken_off_and_recognised():
    """The shortest history that the invariant must catch."""
    return a_history(
        (Act.ENGAGE, Stage.ENGAGED, Ban.NONE),
        (Act.BREAK_OFF, Stage.HOSTILE, Ban.NONE),
        (Act.RECOGNISE, Stage.DE_JURE_RECOGNITION, Ban.NONE),
    )


@sequence_invariant("X601", broken_by=broken_off_and_recognised, remembers=lambda _: None)
def a_break_is_not_healed_by_recognition_alone(last, change):
    """A country that broke off dealings must resume them before it recognises."""
    wrong = last is Act.BREAK_OFF and change.act is Act.RECOGNISE
    return change.act, f"recognised {change.date}, straight after a break" if wrong else ""


class WithMyRule(RelationshipMachine):
    table = TABLE
    monitored = (a_break_is_not_healed_by_recognition_alone,)


TestWithMyRule = WithMyRule.TestCase
TestWithMyRule.settings = settings(stateful_step_count=10, deadline=None)


def test_the_invariant_holds_over_all_sequences():
    (result,) = prove(TABLE, invariants=[a_break_is_not_healed_by_recognition_alone]).invariants
    assert result.refuted is None, result.refuted
