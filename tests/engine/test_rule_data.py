"""The rule table for a reader and for a program: words, plain data, names, what stands already."""

from __future__ import annotations

from hashlib import sha256

import pytest
from attrs import evolve

from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import Act, Ban, Reason, Stage, State
from recognition_model.engine.rules import RULES, Rule, RuleTable, Unmet

RAISED = Rule(
    code="T1",
    act=Act.ENGAGE,
    before=(Stage.HOSTILE, Stage.BANNED),
    after=Stage.ENGAGED,
    ban_must_be=frozenset({Ban.LIFTED, Ban.NONE}),
    needs=Attestation.CLAIMED,
    why="A chargé d'affaires.",
    reference="Nobody, 1999",
)
RAISED_AS_JSON = (
    '[{"code": "T1", "act": "engage", "before": ["hostile", "banned"], "after": "engaged", '
    '"ban_must_be": ["none", "lifted"], "ban_becomes": null, "needs": "claimed", '
    '"why": "A chargé d\'affaires.", "reference": "Nobody, 1999"}]'
)


def twelve_digits(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


# --- words and data ----------------------------------------------------------------------------


def test_attempt_says_each_unmet_condition_in_words_and_as_data():
    _, r06 = RULES.attempts(State(Stage.HOSTILE, Ban.IN_FORCE), Act.RECOGNISE, Attestation.REPORTED)
    assert str(r06) == (
        "R06 stage must be engaged or delisted (is hostile)"
        " and ban must be none or lifted (is in_force)"
        " and attestation must be official (is reported)"
    )
    stage, ban, attestation = r06.to_dicts()
    assert stage == {
        "rule": "R06",
        "reason": "wrong-stage",
        "condition": "stage",
        "needs": ["engaged", "delisted"],
        "found": "hostile",
    }
    assert (ban["reason"], ban["condition"]) == ("ban-in-force", "ban")
    assert (attestation["reason"], attestation["condition"]) == ("not-attested", "attestation")
    assert Unmet(Reason.NO_BAN_IN_FORCE, ("in_force",), "none").condition == "ban"


def test_rule_as_data_has_every_cell_of_its_line():
    assert RULES["R03"].to_dict() == {
        "code": "R03",
        "act": "delist",
        "before": ["banned", "engaged"],
        "after": "delisted",
        "ban_must_be": ["in_force"],
        "ban_becomes": "lifted",
        "needs": "official",
        "why": "What a court or ministry has forbidden, it alone can permit again.",
        "reference": "Kazakhstan 2023, Russia 2025",
    }
    assert RULES["R02"].to_dict()["ban_becomes"] is None


# --- the names of a table ----------------------------------------------------------------------


def test_table_is_known_by_title_digest_and_what_is_off():
    table = RuleTable([RAISED], title="Mine", off=["RM617", "RM612", "RM617"])
    digest = twelve_digits(f"{RAISED_AS_JSON} off RM612 RM617")
    assert table.off == ("RM612", "RM617")
    assert table.digest == digest
    assert table.in_words == f"Mine (rules {digest})"
    assert table.identity() == {"title": "Mine", "digest": digest, "off": ["RM612", "RM617"]}


def test_table_without_title_is_named_so_and_the_shipped_one_by_its_title():
    plain = RuleTable([RAISED])
    digest = twelve_digits(RAISED_AS_JSON)
    assert plain.in_words == f"a table without a title (rules {digest})"
    assert plain.identity() == {"title": None, "digest": digest, "off": []}
    assert (plain.title, plain.off) == ("", ())
    assert RULES.title == "The shipped rule table"


def test_table_with_half_a_surrogate_pair_has_a_digest():
    half = evolve(RAISED, why="\ud83d")
    digest = twelve_digits(RAISED_AS_JSON.replace("A chargé d'affaires.", "\ud83d"))
    assert RuleTable([half]).digest == digest


def test_title_and_what_is_off_are_given_by_name():
    for given in [("Mine",), ("Mine", ["RM617"])]:
        with pytest.raises(TypeError, match="positional argument"):
            RuleTable([RAISED], *given)


def test_repr_of_a_table_shows_each_rule_once():
    assert repr(RuleTable([RAISED])).count("T1") == 1


# --- what stands already -----------------------------------------------------------------------

# The stages at which an act and a ban (None: any) find that what the act would bring about is so
# already. A step up: at its stage and above.
STANDS = {
    # A ban: where one is in force, whatever the stage.
    (Act.BAN, Ban.IN_FORCE): [*Stage],
    (Act.ENGAGE, None): [
        Stage.ENGAGED,
        Stage.DELISTED,
        Stage.AMBASSADOR_ACCEPTED,
        Stage.DE_JURE_RECOGNITION,
    ],
    (Act.DELIST, Ban.LIFTED): [
        Stage.DELISTED,
        Stage.AMBASSADOR_ACCEPTED,
        Stage.DE_JURE_RECOGNITION,
    ],
    (Act.ACCEPT_AMBASSADOR, None): [Stage.AMBASSADOR_ACCEPTED, Stage.DE_JURE_RECOGNITION],
    (Act.RECOGNISE, None): [Stage.DE_JURE_RECOGNITION],
    # An end of dealings: where there are none, with a ban or without.
    (Act.BREAK_OFF, None): [Stage.HOSTILE, Stage.BANNED],
    (Act.LAPSE, None): [Stage.HOSTILE, Stage.BANNED],
}


@pytest.mark.parametrize("act", Act)
def test_act_stands_where_what_it_would_bring_about_is_so(act):
    for ban in Ban:
        expected = STANDS.get((act, ban), STANDS.get((act, None), []))
        stood = [stage for stage in Stage if RULES.stands(State(stage, ban), act)]
        assert stood == expected, ban


def test_act_of_a_rule_that_keeps_the_highest_stage_it_takes_never_stands():
    kept = evolve(RAISED, before=(Stage.HOSTILE, Stage.ENGAGED))
    table = RuleTable([kept])
    assert not any(table.stands(State(stage, Ban.NONE), Act.ENGAGE) for stage in Stage)


def test_table_gives_the_reasons_of_the_closest_rules():
    engaged = State(Stage.ENGAGED, Ban.IN_FORCE)
    assert RULES.reasons(engaged, Act.RECOGNISE, Attestation.OFFICIAL) == {Reason.BAN_IN_FORCE}
    free = State(Stage.ENGAGED, Ban.NONE)
    assert RULES.reasons(free, Act.RECOGNISE, Attestation.OFFICIAL) == frozenset()
