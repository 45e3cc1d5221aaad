"""SHA-256, with the modules of the interpreter or without them."""

import sys
from hashlib import sha256
from importlib import reload

import pytest

from recognition_model.core import hashing

DATA = "Ağrı".encode()


def test_digits_are_those_of_the_published_example() -> None:
    # FIPS 180-2, appendix B.1
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hashing.sha256_digits(b"abc") == expected


def test_interpreter_without_its_own_modules_gives_the_same_digits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patched:
        for name in ("_sha2", "_sha256"):
            patched.setitem(sys.modules, name, None)
        digits = reload(hashing).sha256_digits(DATA)
    reload(hashing)
    assert digits == hashing.sha256_digits(DATA) == sha256(DATA).hexdigest()
