"""What exports are made from."""

from __future__ import annotations

import json
from collections.abc import Sequence

from attrs import field, frozen
from attrs.converters import optional

from recognition_model.analysis.edition import Edition, edition_of
from recognition_model.core.claims import Collective
from recognition_model.core.countries import name_of
from recognition_model.core.dates import DateReading
from recognition_model.core.scales import Scale
from recognition_model.core.signals import Vocabulary
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.state_codes import Frame
from recognition_model.exports.units import Unit
from recognition_model.io.provenance import digest_of
from recognition_model.io.releases import releases


def once(replays: Sequence[Replay]) -> Sequence[Replay]:
    """Return the replays by the names of their countries.

    Raises `ValueError` if a country occurs twice.
    """
    if len({replay.country for replay in replays}) < len(replays):
        raise ValueError("a country occurs twice: its rows would be ambiguous")
    return tuple(sorted(replays, key=lambda replay: name_of(replay.country)))


WITH_CLAIMS = ("claims", "claim_evidence", "sources")
"""The tables that are made from claims about many countries too."""

WITH_ORGANISATIONS = ("entries", "evidence", "sources", "codebook")
"""The tables that have what records of organisations say, whether or not the others have them."""


@frozen(kw_only=True)
class Given:
    """Replays, the reading of their uncertain dates, and what else a folder holds.

    `organisations` are replays of those whose entries, evidence and sources are listed, and which
    no other table has. An organisation among `replays` is in every table but panels and waits.
    `collectives` are claims about many countries, `vocabulary` has the words for signals.
    `left_out` names files that could not be used because of errors: the output says so. With
    `draws`, tables that depend on dates hold so many imputed records, drawn with `seed`. `unit` is
    the one panel of a package; all of them without. `frame` adds the other states to panels, and
    `scale` the levels of a scale. Raises
    `ValueError` if a country occurs twice, and for draws of a reading other than `all`.
    """

    replays: Sequence[Replay] = field(converter=once)
    organisations: Sequence[Replay] = field(default=(), converter=once)
    dates: DateReading = "all"
    collectives: Sequence[Collective] = ()
    vocabulary: Vocabulary = Vocabulary()
    left_out: Sequence[str] = ()
    draws: int | None = field(default=None)
    seed: int = 0
    unit: Unit | None = field(default=None, converter=optional(Unit))
    frame: Frame | None = field(default=None, converter=optional(Frame))
    scale: Scale | None = None

    @draws.validator
    def _drawn_from_all(self, _: object, draws: int | None) -> None:
        if draws is not None and draws < 1:
            raise ValueError(f"at least one draw is needed, not {draws}")
        if draws is not None and self.dates != "all":
            raise ValueError("draws are taken from all readings of the dates")

    @property
    def listed(self) -> Sequence[Replay]:
        """All replays whose entries are listed. Raises `ValueError` if a country occurs twice."""
        return once((*self.replays, *self.organisations))

    def edition(self, *, only: str | None = None, dated: bool = True) -> Edition:
        """Say what an output is made from: all of this, or one table of it.

        `dated` is whether it reads uncertain dates.
        """
        whole = only is None
        seed = None if self.draws is None else self.seed
        apart = bool(self.organisations) and (whole or only in WITH_ORGANISATIONS)
        replays = self.listed if apart else self.replays
        edition = edition_of(
            replays,
            dates=self.dates if dated else None,
            collectives=self.collectives if whole or only in WITH_CLAIMS else None,
            vocabulary=self.vocabulary if whole or only == "signals" else None,
            left_out=self.left_out,
            options={
                "table": only,
                "organisations": "listed" if apart else None,
                "draws": self.draws,
                "seed": seed,
                "unit": self.unit and self.unit.value,
                "frame": self.frame and self.frame.value,
                "scale": self.scale and self.scale.mark,
            },
        )
        told = [dict(one) for release in releases() for one in release.corrections]
        if told and (whole or only == "corrections"):
            return edition.with_parts({"corrections": digest_of(json.dumps(told))})
        return edition
