"""Room for labels: a place is free if no box that is taken lies in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recognition_model.plots.labels import Box, Taken

WITHIN = Box(0.0, 0.0, 40.0, 20.0)
mm = st.integers(-4, 48).map(float)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, right = sorted((draw(mm), draw(mm)))
    low, top = sorted((draw(mm), draw(mm)))
    return Box(left, low, right, top)


@given(st.lists(boxes(), max_size=6), boxes())
def test_place_is_free_if_it_meets_no_box(taken: list[Box], place: Box) -> None:
    inside = Box(
        min(max(place.left, 0.0), 40.0),
        min(max(place.low, 0.0), 20.0),
        max(min(place.right, 40.0), 0.0),
        max(min(place.top, 20.0), 0.0),
    )
    met = Taken(WITHIN, taken).meets(inside.left, inside.low, inside.right, inside.top)
    assert met == any(inside.meets(box) for box in taken)
