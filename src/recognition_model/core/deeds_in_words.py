"""What a country did, as the verb of a sentence: `recognised the Taliban government`.

The words hold for one country and for several. As labels, acts have other words: `analysis.deeds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from recognition_model.core.stages import Act

_GOVERNMENT = "the Taliban government"
_DEEDS: Mapping[Act, tuple[str, str, str, str]] = MappingProxyType(
    {
        Act.BAN: ("banned", "banned", "the Taliban", "the Taliban"),
        Act.ENGAGE: (
            *("began", "begun"),
            *("official dealings with the Taliban", "official dealings"),
        ),
        Act.DELIST: (
            *("lifted or suspended", "lifted or suspended"),
            *("a ban on the Taliban", "a ban"),
        ),
        Act.ACCEPT_AMBASSADOR: (
            *("accepted", "accepted"),
            *("a Taliban ambassador", "an ambassador"),
        ),
        Act.RECOGNISE: ("recognised", "recognised", _GOVERNMENT, _GOVERNMENT),
        Act.WITHDRAW_RECOGNITION: (
            *("withdrew", "withdrawn"),
            *(f"recognition of {_GOVERNMENT}", "recognition"),
        ),
        Act.DOWNGRADE: (
            *("ceased", "ceased"),
            *("to accept a Taliban ambassador", "to accept an ambassador"),
        ),
        Act.BREAK_OFF: (
            *("broke off", "broken off"),
            *("relations with the Taliban", "relations"),
        ),
        Act.LAPSE: ("saw", "seen", "dealings with the Taliban lapse", "dealings lapse"),
    }
)
"""Each act: past, participle, object, and the object where the Taliban are named before."""


def did(act: Act, *, short: bool = False) -> str:
    """Say what countries did, behind their names: `broke off relations with the Taliban`.

    A `short` deed is for a sentence that names the Taliban before: `broke off relations`.
    """
    past, _, full, brief = _DEEDS[act]
    return f"{past} {brief if short else full}"


def done(act: Act, *, short: bool = False) -> str:
    """Say the same behind `have`: `broken off relations with the Taliban`."""
    _, participle, full, brief = _DEEDS[act]
    return f"{participle} {brief if short else full}"
