"""Sequences of acts as arrays of symbols: what many histories at once are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import Act

Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]

SYMBOLS = tuple(product(Act, Attestation))
"""A symbol is an act with its attestation, by the index in this tuple."""

_SYMBOL_OF = {symbol: number for number, symbol in enumerate(SYMBOLS)}


def symbol_of(act: Act, attestation: Attestation) -> int:
    """The symbol of an act and its attestation: the index in `SYMBOLS`."""
    return _SYMBOL_OF[act, attestation]


def _copy_of(symbols: Iterable[int] | Bytes) -> Bytes:
    return np.array(symbols, order="C")  # a copy, so later writes by the caller change nothing


def _to_offsets(numbers: Iterable[int] | Places) -> Places:
    offsets = np.array(numbers)
    if offsets.size and not np.issubdtype(offsets.dtype, np.integer):
        raise ValueError(f"offsets must be integers, not {offsets.dtype}")
    return offsets.astype(np.intp)


@frozen(eq=False)
class Sequences:
    """Many sequences of symbols end to end: sequence i is `symbols[offsets[i]:offsets[i + 1]]`.

    `symbols` is a 1-D uint8 array. `offsets` rises from 0 to the number of symbols and has one
    entry more than there are sequences. Raises `ValueError` for an unknown symbol or invalid
    offsets.
    """

    symbols: Bytes = field(converter=_copy_of)
    offsets: Places = field(converter=_to_offsets)

    def __attrs_post_init__(self) -> None:
        symbols, offsets = self.symbols, self.offsets
        if symbols.dtype != np.uint8 or symbols.ndim != 1:
            raise ValueError(f"symbols must be 1-D uint8, not {symbols.ndim}-D {symbols.dtype}")
        if symbols.size and symbols.max() >= len(SYMBOLS):
            at = int(np.argmax(symbols >= len(SYMBOLS)))
            raise ValueError(
                f"unknown symbol {symbols[at]} at {at}: must be 0 to {len(SYMBOLS) - 1}"
            )
        whole = offsets.ndim == 1 and offsets.size > 0 and offsets[0] == 0
        if not whole or offsets[-1] != symbols.size or (np.diff(offsets) < 0).any():
            raise ValueError("offsets must rise from 0 to the number of symbols")

    @classmethod
    def of(cls, sequences: Iterable[Iterable[tuple[Act, Attestation]]]) -> Sequences:
        """Make from sequences of (act, attestation). Raises `ValueError` for anything else."""
        try:
            rows = [bytes(_SYMBOL_OF[symbol] for symbol in row) for row in sequences]
        except (KeyError, TypeError) as error:
            raise ValueError(f"a symbol must be an (Act, Attestation) pair, not {error}") from None
        symbols = np.frombuffer(b"".join(rows), dtype=np.uint8)
        return cls(symbols, np.cumsum([0, *map(len, rows)]))

    @classmethod
    def of_equal_length(cls, rows: Bytes) -> Sequences:
        """Make from a 2-D uint8 array of symbols, one sequence per row."""
        count, length = rows.shape
        return cls(rows.reshape(-1), np.arange(count + 1, dtype=np.intp) * length)

    @classmethod
    def from_columns(
        cls,
        ids: Sequence[Any] | NDArray[Any],
        acts: Sequence[Act | str] | NDArray[Any],
        attestations: Sequence[Attestation | str] | NDArray[Any],
    ) -> tuple[NDArray[Any], Sequences, Places]:
        """Make from three columns of a table of events, one row per event.

        The rows of one id stay in their order, so sort the table by day before. Returns the ids
        (each once, sorted), the sequences in that order, and for each symbol the row it came from.
        Raises `ValueError` for columns of different lengths and for an unknown word.
        """
        named, by_act, by_attestation = np.asarray(ids), _column(acts), _column(attestations)
        if not named.shape == by_act.shape == by_attestation.shape or named.ndim != 1:
            raise ValueError("ids, acts and attestations must be columns of one length")
        numbers = _numbers(by_act, Act, "act") * len(Attestation)
        numbers += _numbers(by_attestation, Attestation, "attestation")
        rows = np.argsort(named, kind="stable").astype(np.intp, copy=False)
        kept, begins = np.unique(named[rows], return_index=True)
        offsets = np.append(begins, named.size).astype(np.intp) if kept.size else np.zeros(1, int)
        return kept, cls(numbers[rows], offsets), rows

    @property
    def lengths(self) -> Places:
        """The number of symbols in each sequence."""
        return np.diff(self.offsets)

    def __len__(self) -> int:
        return int(self.offsets.size) - 1


def _column(values: Any) -> NDArray[Any]:
    return np.asarray([str(value) for value in values] if not hasattr(values, "dtype") else values)


def _numbers(words: NDArray[Any], known: type[Act | Attestation], what: str) -> Bytes:
    """Return the index of each word among those known."""
    found, at = np.unique(words.astype(str), return_inverse=True)
    index = {member.value: number for number, member in enumerate(known)}
    unknown = [word for word in found.tolist() if word not in index]
    if unknown:
        raise ValueError(f"unknown {what} {unknown[0]!r}: must be one of {', '.join(index)}")
    numbers = np.array([index[word] for word in found.tolist()], dtype=np.uint8)
    return numbers[at.reshape(-1)] if found.size else np.zeros(0, np.uint8)
