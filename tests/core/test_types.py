"""The types of texts in a file: each has the name and the words by which a message tells of it."""

from __future__ import annotations

from typing import NewType

import pytest

from recognition_model.core import types
from recognition_model.core.types import SHAPES, Shape


def test_every_type_is_named_as_the_code_and_its_docs_name_it() -> None:
    named = {name: kind for name, kind in vars(types).items() if isinstance(kind, NewType)}
    assert {name: kind.__name__ for name, kind in named.items()} == {name: name for name in named}
    assert {*SHAPES} <= {*named.values()}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=[kind.__name__ for kind in SHAPES])
def test_every_shape_tells_what_it_is_and_what_to_write(shape: Shape) -> None:
    assert shape.name.split()
    assert shape.hint.split()
    assert not shape.fits("")
    assert not shape.fits("no such text")
