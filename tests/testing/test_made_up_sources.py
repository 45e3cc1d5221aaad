"""Made-up sources and texts."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given

from recognition_model import Source
from recognition_model.testing import sources, texts


@given(texts())
def test_text_has_one_to_four_words(text: str) -> None:
    words = text.split(" ")
    assert 1 <= len(words) <= 4
    assert all(words)


@given(sources(), sources())
def test_made_up_sources_share_a_name_only_if_they_are_equal(one: Source, two: Source) -> None:
    assert (one.id == two.id) is (evolve(one, id=two.id) == two)
