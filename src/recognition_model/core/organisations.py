"""Records of organisations that states act through, beside those of countries."""

from __future__ import annotations

from recognition_model.core.base import Ranked
from recognition_model.core.countries import is_organisation
from recognition_model.core.stages import Act, Stage


class RecordKind(Ranked):
    """Whether a record is of a country or of an organisation."""

    COUNTRY = "country", "A country: one with a code of ISO 3166-1, or Kosovo. This is the default."
    ORGANISATION = (
        "organisation",
        "An organisation that states act through. It has no share, no rank and no row in a panel.",
    )


def kind_of(code: str) -> RecordKind:
    """The kind of record that a code has."""
    return RecordKind.ORGANISATION if is_organisation(code) else RecordKind.COUNTRY


STAGES_OF_ORGANISATIONS = (Stage.HOSTILE, Stage.BANNED, Stage.ENGAGED)
"""The stages that an organisation can have: it accepts no ambassador and recognises nothing."""

ACTS_OF_ORGANISATIONS = (Act.BAN, Act.ENGAGE, Act.BREAK_OFF, Act.LAPSE)
"""The acts that lead from one of these stages to another."""
