"""What a country did, as the verb of a sentence: `recognised the Taliban government`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from recognition_model.core.countries import in_prose
from recognition_model.core.stages import Act
from recognition_model.core.wording import in_words

DID: Mapping[Act, str] = MappingProxyType(
    {
        Act.BAN: "banned the Taliban",
        Act.ENGAGE: "began official dealings",
        Act.DELIST: "lifted or suspended a ban",
        Act.ACCEPT_AMBASSADOR: "accepted an ambassador",
        Act.RECOGNISE: "recognised the Taliban government",
        Act.WITHDRAW_RECOGNITION: "withdrew recognition",
        Act.DOWNGRADE: "ended an ambassador's acceptance",
        Act.BREAK_OFF: "broke off relations",
        Act.LAPSE: "had its dealings lapse",
    }
)
"""Each act in the past, behind the name of a country."""

_FEW = 3


def who(codes: Sequence[str]) -> str:
    """Name up to three countries, and count more: `China and Qatar`, `four countries`."""
    names = sorted(map(in_prose, codes), key=lambda name: name.removeprefix("the "))
    if len(names) > _FEW:
        return f"{in_words(len(names))} countries"
    return " and ".join([*([", ".join(names[:-1])] if names[:-1] else []), *names[-1:]])
