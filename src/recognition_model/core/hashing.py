"""SHA-256 without the load of OpenSSL, which takes longer than the hashes of a replay.

`random` of the standard library does the same.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any


def sha256_digits(data: bytes) -> str:
    """Return the SHA-256 of some bytes as 64 hexadecimal digits."""
    return str(_sha256()(data).hexdigest())


@cache
def _sha256() -> Callable[[bytes], Any]:
    for name in ("_sha2", "_sha256"):  # the first since Python 3.12
        with suppress(ImportError):
            made: Callable[[bytes], Any] = import_module(name).sha256
            return made
    from hashlib import sha256

    return sha256
