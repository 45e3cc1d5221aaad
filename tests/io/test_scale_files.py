"""Scales: those that ship, and a user's own, read strictly with the place of every mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

import recognition_model as rm
from recognition_model.core.evidence import Attestation
from recognition_model.core.signals import Deed, Family, SignalMeaning, Vocabulary
from recognition_model.core.stages import STATES
from recognition_model.io.scale_files import shipped_scales

HEAD = """\
format: recognition-scale/1
name: mine
title: Mine
about: Made up.
levels:
"""
TWO = """\
  - level: low
    meaning: Low.
    held-in: {stages: [hostile, banned]}
  - level: high
    meaning: High.
    held-in: {stages: [engaged, delisted, ambassador_accepted, de_jure_recognition]}
"""


def read(
    folder: Path, levels: str, head: str = HEAD, vocabulary: Vocabulary | None = None
) -> rm.Scale:
    path = folder / "mine.yaml"
    path.write_text(head + levels, encoding="utf-8")
    return rm.load_scale(path, vocabulary)


def findings(folder: Path, levels: str, head: str = HEAD) -> list[str]:
    with pytest.raises(rm.RecordError) as error:
        read(folder, levels, head)
    return [f"{one.code} {one.place.line}:{one.place.column}" for one in error.value.findings]


def test_three_scales_ship() -> None:
    assert shipped_scales() == ("listing", "relations", "representation")


def test_representation_has_the_ranks_of_a_mission_in_order() -> None:
    names = rm.load_scale("representation").names
    assert names == ("none", "contact", "mission", "charge", "ambassador")


def test_relations_have_five_points() -> None:
    assert len(rm.load_scale("relations").levels) == 5


@pytest.mark.parametrize("name", shipped_scales())
def test_every_state_has_a_level_of_a_shipped_scale(name: str) -> None:
    scale = rm.load_scale(name)
    assert scale.name == name
    assert all(scale.held_in(state) for state in STATES)


@pytest.mark.parametrize("name", shipped_scales())
def test_every_level_of_a_shipped_scale_has_a_whole_sentence(name: str) -> None:
    scale = rm.load_scale(name)
    for text in (scale.about, *scale.meanings.values()):
        assert text.endswith(".")
        assert " " in text


def test_a_file_of_two_levels_is_a_scale(tmp_path: Path) -> None:
    scale = read(tmp_path, TWO)
    assert scale.names == ("low", "high")
    assert str(scale) == "Mine: low < high"


def test_digest_changes_with_a_meaning_and_not_with_a_comment(tmp_path: Path) -> None:
    plain = read(tmp_path, TWO).digest
    assert read(tmp_path, f"# A comment.\n{TWO}").digest == plain
    assert read(tmp_path, TWO.replace("Low.", "Lower.")).digest != plain


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    wrong = TWO.replace("hostile", "hostil").replace("meaning: High.", "meanning: High.")
    assert findings(tmp_path, wrong) == ["RM204 8:24", "RM201 10:5"]


def test_unknown_words_and_levels_are_told_together(tmp_path: Path) -> None:
    more = "    entered-by: [{signals: [visit_maid], only-from: [lo]}]\n"
    assert findings(tmp_path, TWO + more) == ["RM252 12:29", "RM253 12:54"]


def test_two_levels_of_one_word_are_an_error(tmp_path: Path) -> None:
    assert findings(tmp_path, TWO.replace("high", "low")) == ["RM251 9:12"]


def test_entry_that_says_nothing_is_an_error(tmp_path: Path) -> None:
    more = "    entered-by: [{needs: claimed}]\n    left-by: [{to: low}]\n"
    assert findings(tmp_path, TWO + more) == ["RM212 12:18", "RM212 13:15"]


def test_entry_that_needs_nothing_is_told_what_it_may_need(tmp_path: Path) -> None:
    more = "    entered-by: [{signals: [visit_made], needs: none}]\n"
    with pytest.raises(rm.RecordError) as error:
        read(tmp_path, TWO + more)
    (found,) = error.value.findings
    assert (found.code, found.message) == ("RM212", "`needs: none` asks for nothing")
    assert found.hint == "write reported, claimed or official, or leave the key out"


def test_a_word_of_ones_own_vocabulary_can_move_a_level(tmp_path: Path) -> None:
    own = SignalMeaning(
        word="flag_raised", family=Family.MISSION, meaning="A.", deed=Deed.HOST, is_not="B."
    )
    more = "    entered-by: [{signals: [flag_raised], only-from: [low], needs: official}]\n"
    level = read(tmp_path, TWO + more, vocabulary=Vocabulary.of([own])).named("high")
    assert level.entered_by[0].needs is Attestation.OFFICIAL
    assert findings(tmp_path, TWO + more) == ["RM252 12:29"]


def test_a_word_that_is_named_is_not_meant_by_its_family(tmp_path: Path) -> None:
    three = """\
  - {level: low, meaning: Low.}
  - {level: mid, meaning: Mid., entered-by: [{families: [accreditation]}]}
  - {level: high, meaning: High., entered-by: [{signals: [charge_accepted]}]}
"""
    scale = read(tmp_path, three)
    assert rm.prove_scale(scale).ok


def test_another_kind_of_file_is_no_scale(tmp_path: Path) -> None:
    head = HEAD.replace("recognition-scale/1", "recognition-crosswalk/1")
    assert findings(tmp_path, TWO, head) == ["RM206 1:9"]


def test_absent_file_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(rm.RecordError, match="RM101"):
        rm.load_scale(tmp_path / "absent.yaml")
