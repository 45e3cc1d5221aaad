"""Universes in blocks of one answer: their sums are those of universes asked one by one."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import numpy as np
import pytest

from recognition_model.analysis.robustness import blocks as blocking
from recognition_model.analysis.robustness.survey import Survey, survey_of
from recognition_model.engine.rules import RULES
from recognition_model.io.loader import load_folder

SHIPPED = load_folder()


def counted(survey: Survey) -> dict[str, dict[object, Fraction]]:
    """For each answer, the universes of each option: added up one by one."""
    every = survey.choices.combinations(survey.choices.numbers)
    labels = list(survey.choices.labels.items())
    sums: dict[str, dict[object, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for row, shares in zip(every.tolist(), survey.answers(every), strict=True):
        for answer, share in shares.items():
            sums[answer]["all"] += share
            for (choice, of), place in zip(labels, row, strict=True):
                sums[answer][choice, of[place]] += share
    return sums


# Kazakhstan's day of delisting is one of several: it leaves the answer open.
@pytest.mark.parametrize(
    "question",
    [
        "order CHN ARE UZB RUS",
        "stage KAZ 2023-12-30",
        "stage KAZ 2023-12-28",
        "stage RUS 2024-05-28",
    ],
)
def test_blocks_are_the_sums_of_universes_asked_one_by_one(question: str) -> None:
    survey = survey_of(SHIPPED, question, fuzz=(1, 2), lags=(0, 30))
    found = survey.result(blocks=True)
    assert found.combinations > blocking.FEW
    sums = counted(survey)
    assert found.blocks[0].answer == found.answer
    assert {block.answer for block in found.blocks} == sums.keys()
    for block in found.blocks:
        mine = sums[block.answer]
        assert block.universes == pytest.approx(float(mine["all"]))
        for option, share in block.shares:
            assert share == pytest.approx(float(mine[option] / mine["all"])), option


def test_few_universes_are_blocks_one_by_one_nearest_to_the_first_options_first() -> None:
    survey = survey_of(
        SHIPPED, "stage KAZ 2023-12-30", tables=[RULES], sources=False, fuzz=(), lags=()
    )
    found = survey.result(blocks=True)
    assert found.combinations == 9 * len(survey.choices.refused) <= blocking.FEW
    sums = counted(survey)
    for answer, mine in sums.items():
        blocks = [block for block in found.blocks if block.answer == answer]
        assert sum(block.universes for block in blocks) == pytest.approx(float(mine["all"]))
        assert all(share == 1 for block in blocks for _, share in block.shares)
        first = [of[0] for of in survey.choices.labels.values()]
        far = [
            sum(label != usual for ((_, label), _), usual in zip(block.shares, first, strict=True))
            for block in blocks
        ]
        assert far == sorted(far)


def test_rarest_answers_are_one_block_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    survey = survey_of(SHIPPED, "order CHN ARE UZB RUS", lags=())
    whole = survey.result(blocks=True)
    monkeypatch.setattr(blocking, "MOST_ANSWERS", 2)
    found = survey.result(blocks=True)
    assert [block.answer for block in found.blocks] == [whole.answer, whole.blocks[1].answer, ""]
    rest = whole.blocks[2:]
    assert found.blocks[2].universes == pytest.approx(sum(block.universes for block in rest))
    for option, share in found.blocks[2].shares:
        sums = sum(block.universes * block.of_options[option] for block in rest)
        assert share * found.blocks[2].universes == pytest.approx(sums)


def test_answer_without_blocks_has_none() -> None:
    assert survey_of(SHIPPED, "stage RUS 2024-05-28").result().blocks == ()


def test_sums_of_blocks_are_the_same_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    survey = survey_of(SHIPPED, "order CHN UZB", tables=[RULES], fuzz=(1,), lags=(0,))
    whole = survey.result(blocks=True).blocks
    monkeypatch.setattr(blocking, "_PART", 100)
    parts = survey.result(blocks=True).blocks
    assert [block.universes for block in parts] == [block.universes for block in whole]
    for one, other in zip(parts, whole, strict=True):
        assert np.allclose([*one.of_options.values()], [*other.of_options.values()])
