"""Changes and spells: the best evidence of a change, and how both read."""

from __future__ import annotations

import pytest
from attrs import evolve
from support.histories import ENGAGED, HOSTILE, UNDER_A_BAN, a_history
from support.pictured import OFFICIAL, PRESS

from recognition_model.core.basis import WITHIN, Basis
from recognition_model.core.changes import Change, Spell, cause_of, entry_of
from recognition_model.core.dates import When
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.evidence import Attestation, Bearing, Evidence, Voice
from recognition_model.core.stages import Act, Ban, Stage

CLAIMED = evolve(OFFICIAL, voice=Voice.TALIBAN, credibility=1)
DISPUTED = evolve(OFFICIAL, voice=Voice.TALIBAN, credibility=1, bearing=Bearing.DISPUTES)
ANNOUNCED = evolve(OFFICIAL, credibility=1, announcement=True)


def change(*evidence: Evidence, attestation: Attestation = Attestation.OFFICIAL) -> Change:
    return Change(
        date=When.parse("2022-03"),
        act=Act.ENGAGE,
        rule="R02",
        before=HOSTILE,
        after=ENGAGED,
        attestation=attestation,
        evidence=evidence,
        place=Place("RUS.yaml", 7),
    )


@pytest.mark.parametrize(
    ("evidence", "best"),
    [
        ((PRESS, OFFICIAL, CLAIMED), OFFICIAL),  # by voice, not by grade or place
        ((PRESS, CLAIMED), CLAIMED),
        ((ANNOUNCED, OFFICIAL), OFFICIAL),  # from after the act, though the grade is worse
        ((ANNOUNCED,), ANNOUNCED),
        ((DISPUTED, PRESS), PRESS),
        ((), None),
    ],
)
def test_best_evidence_of_a_change_is_the_strongest_that_supports_it(
    evidence: tuple[Evidence, ...], best: Evidence | None
) -> None:
    assert change(*evidence).best == best


def test_best_evidence_of_an_attested_change_is_its_only_item() -> None:
    assert change(PRESS, attestation=Attestation.REPORTED).best is PRESS


def test_change_that_is_only_disputed_has_no_best_evidence() -> None:
    assert change(DISPUTED).best is None


def test_change_that_is_not_attested_has_no_best_evidence() -> None:
    assert change(OFFICIAL, attestation=Attestation.NONE).best is None


def test_change_is_an_entry_that_attests_a_stage() -> None:
    entry = entry_of(change(OFFICIAL))
    assert (str(entry.date), entry.what, entry.attests_stage) == ("2022-03", "act engage", True)
    assert entry.place == Place("RUS.yaml", 7)


def test_place_of_a_change_does_not_count_when_changes_are_compared() -> None:
    assert change(OFFICIAL) == evolve(change(OFFICIAL), place=NOWHERE)


def test_change_without_more_has_no_evidence_no_note_and_no_place() -> None:
    (bare,) = a_history("2000", ("2022", ENGAGED)).changes
    assert (bare.evidence, bare.note, bare.contradiction, bare.dated_by) == ((), "", "", None)
    assert bare.place is NOWHERE


def test_spell_reads_as_its_state_and_its_dates() -> None:
    first, second = a_history("2000", ("2022-03~", ENGAGED)).spells
    assert str(first) == "hostile, no ban documented, 2000 to 2022-03~"
    assert str(second) == "engaged, no ban documented, 2022-03~ to 2026-01-15"
    with pytest.deprecated_call(match=r"Spell\.standing is now Spell\.state"):
        assert first.standing is first.state


def test_spell_without_more_is_not_the_last_nor_assumed_and_counts_no_days() -> None:
    bare = Spell(state=HOSTILE, begins=When.parse("2000"), ends=When.parse("2022"))
    assert (bare.change, bare.last, bare.assumed) == (None, False, False)
    assert [bare.days_on(basis) for basis in WITHIN] == [0, 0, 0]


def test_stage_and_ban_of_a_spell_are_those_of_its_state() -> None:
    first, second = a_history("2000", ("2022", UNDER_A_BAN)).spells
    assert (first.stage, first.ban) == (Stage.HOSTILE, Ban.NONE)
    assert (second.stage, second.ban) == (Stage.ENGAGED, Ban.IN_FORCE)


def test_cause_of_a_spell_is_its_change_and_nothing_for_the_first() -> None:
    first, second = a_history("2000", ("2022", ENGAGED)).spells
    assert cause_of(first) == {"act": None, "rule": None, "attestation": None}
    assert cause_of(second) == {"act": "engage", "rule": "R00", "attestation": "official"}


def test_days_of_a_spell_are_told_by_their_basis() -> None:
    # 2020-01-01 to 2020-01-09: nine days before the change, all within two years of the start.
    first, second = a_history("2020-01-01", ("2020-01-10", ENGAGED), until="2020-01-12").spells
    assert [first.days_on(basis) for basis in (Basis.EVIDENCED, Basis.SILENT)] == [9, 0]
    assert [second.days_on(basis) for basis in (Basis.EVIDENCED, Basis.SILENT)] == [3, 0]
    assert first.origin == second.origin == "evidenced"
    assert evolve(first, assumed=True).origin == "assumed"


def test_spell_in_words_says_that_hostility_is_assumed_or_what_it_follows() -> None:
    first, _ = a_history("2000", ("2022", ENGAGED)).spells
    assert first.in_words == "hostile"
    assert evolve(first, assumed=True).in_words == "no dealings documented (assumed)"
    ended = evolve(change(OFFICIAL), act=Act.BREAK_OFF)
    assert evolve(first, change=ended).in_words == "no dealings (broken off)"


def test_change_reads_as_its_act_its_stages_and_its_rule() -> None:
    assert str(change(OFFICIAL)) == "engage 2022-03: hostile to engaged (R02)"
