"""Crosswalks: what the codes of event data mean for dealings with the Taliban."""

# No `from __future__ import annotations` here: the JSON Schema and the reader of files use the
# annotations of these classes as live types.

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import field, frozen

from recognition_model.core.base import Readable, doc
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.event_codes import CODES, CodeList, wider
from recognition_model.core.event_columns import EventColumns
from recognition_model.core.event_layouts import EventLayout
from recognition_model.core.evidence import Attestation
from recognition_model.core.signals import Family
from recognition_model.core.stages import Act
from recognition_model.core.types import ActorCode, CountryCode, EventCode


def _place() -> Any:
    return doc("Its place in the file.", key=False, default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True, repr=False)
class TalibanActor(Readable):
    """A code or a name by which event data mean the Taliban, with the days on which they do."""

    code: ActorCode | None = doc("A whole actor code: AFGINSTAL.", default=None)
    group: ActorCode | None = doc("The code of a known group: TAL.", default=None)
    name: str = doc("A word in a name, for data without actor codes: taliban.", default="")
    since: date | None = doc("The first day on which it means them. None: always.", default=None)
    until: date | None = doc("The last day on which it means them. None: always.", default=None)
    why: str = doc("Why it means the Taliban, and on these days.")
    place: Place = _place()

    def __str__(self) -> str:
        return str(self.code or self.group or self.name)


@frozen(kw_only=True, repr=False)
class CountryAlias(Readable):
    """A code of event data for a country that is not its alpha-3 code."""

    code: ActorCode = doc("The code in the data.")
    country: CountryCode = doc("The country that it stands for: an alpha-3 code.")
    place: Place = _place()

    def __str__(self) -> str:
        return f"{self.code} is {self.country}"


@frozen(kw_only=True, repr=False)
class EventMeaning(Readable):
    """What some event codes mean here: a family of signals, an act, or both."""

    codes: tuple[EventCode, ...] = doc("Event codes, as text: '042', or CONSULT/visit.")
    family: Family | None = doc("The family of signals that it belongs to.", default=None)
    act: Act | None = doc("The act that it would be, if it is what it seems.", default=None)
    attestation: Attestation | None = doc(
        "How far such an event attests the act: reported for what a machine read in the press.",
        default=None,
    )
    actors: tuple[ActorCode, ...] = doc(
        "The types of the country's actor for which this holds: GOV, MIL; STATE for one without a"
        " type. Without the key it holds for all.",
        default=(),
    )
    why: str = doc("Why these codes mean this.")
    place: Place = _place()

    def fits(self, actor_type: str) -> bool:
        """Whether it holds for a type of actor."""
        return not self.actors or (actor_type or STATE) in self.actors

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: everything but the place."""
        return {
            "codes": [*self.codes],
            "family": self.family.value if self.family else None,
            "act": self.act.value if self.act else None,
            "attestation": self.attestation.value if self.attestation else None,
            "actors": [*self.actors],
            "why": self.why,
        }

    def __str__(self) -> str:
        means = " and ".join(str(one) for one in (self.family, self.act) if one)
        return f"{', '.join(self.codes)}: {means or 'nothing'}"


STATE = "STATE"
"""The type of an actor that has none: the country itself."""


@frozen(kw_only=True, repr=False)
class Crosswalk(Readable):
    """A file that says what the codes of event data mean: who the Taliban are, and what was done.

    A code that is not listed means what the code above it means: `0331` what `033` does.
    """

    title: str = doc("A title, for outputs made with it.")
    codes: CodeList = doc("The list that the event codes belong to.")
    reference: str = doc("The code book, with its version.")
    taliban: tuple[TalibanActor, ...] = doc("The codes and names that mean the Taliban.")
    countries: tuple[CountryAlias, ...] = doc(
        "Codes for countries that are not alpha-3 codes.", default=()
    )
    events: tuple[EventMeaning, ...] = doc("What the event codes mean.")
    columns: EventColumns | None = doc(
        "Which column says what, for files of your own layout.", default=None
    )
    place: Place = _place()
    _by_code: Mapping[str, tuple[EventMeaning, ...]] = field(
        init=False, repr=False, eq=False, metadata={"key": False}
    )

    @_by_code.default
    def _found_by_code(self) -> Mapping[str, tuple[EventMeaning, ...]]:
        found: dict[str, tuple[EventMeaning, ...]] = {}
        for meaning in self.events:
            for code in meaning.codes:
                found[code] = (*found.get(code, ()), meaning)
        return found

    @property
    def layout(self) -> EventLayout | None:
        """The layout of files that no known layout fits; None if it names no columns."""
        return self.columns.layout(self.codes) if self.columns else None

    def meaning(self, code: str, actor_type: str = "") -> EventMeaning | None:
        """Return what a code means for a type of actor; None where the crosswalk does not say.

        The nearest code counts: one that is listed for other actors hides those above it. A mode
        that PLOVER's list lacks counts as its type.
        """
        known = CODES[self.codes]
        unknown_mode = self.codes is CodeList.PLOVER and code not in known
        at: str | None = wider(code, self.codes) if unknown_mode else code
        if at not in known:
            return None  # no code, however it begins
        while at is not None:
            if at in self._by_code:
                fitting = (one for one in self._by_code[at] if one.fits(actor_type))
                return next(fitting, None)
            at = wider(at, self.codes)
        return None

    def __str__(self) -> str:
        return f"{self.title}: {len(self._by_code)} codes of {self.codes}"
