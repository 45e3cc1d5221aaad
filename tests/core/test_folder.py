"""The contents of a folder as a value."""

from __future__ import annotations

from recognition_model.core.folder import Folder


def test_folders_that_hold_the_same_are_equal_and_have_one_hash() -> None:
    one, other = Folder(unused=("a.yaml",)), Folder(unused=("a.yaml",))
    assert (one, hash(one)) == (other, hash(other))
    assert one != Folder()
    assert str(Folder()) == "0 scenarios, 0 findings"
