"""Files that are written in pieces, with their size and hash."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Protocol, Self

from attrs import frozen


class Sink(Protocol):
    """What bytes can be written to."""

    def write(self, data: bytes, /) -> object: ...


@frozen
class Written:
    """How many bytes were written, and their SHA-256."""

    size: int
    sha256: str

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Describe bytes at hand."""
        return cls(len(data), sha256(data).hexdigest())


def write_pieces(pieces: bytes | Iterable[bytes], sink: Sink) -> Written:
    """Write bytes, at once or a piece after the other, and say what was written."""
    size, digest = 0, sha256()
    for piece in (pieces,) if isinstance(pieces, bytes) else pieces:
        sink.write(piece)
        digest.update(piece)
        size += len(piece)
    return Written(size, digest.hexdigest())
