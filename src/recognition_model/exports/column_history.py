"""What became of the columns of earlier releases. A renamed column is one entry here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

LATEST = "1"
"""The number of the latest release of the data."""

_BEFORE = """
countries: country name cow gw title begins begins_earliest begins_latest documented_until
    reviewed stage ban basis last_entry days_since start_assumed start_evidenced doctrine
entries: country entry kind subject date date_earliest date_latest attestation outcome because
    deprecated counts counts_from status_stage status_ban status_at_least status_below note
    contradiction
changes: country change entry date date_earliest date_latest act rule stage_before stage_after
    ban_before ban_after attestation
spells: country spell stage ban from from_earliest from_latest to to_earliest to_latest
    last_documented change origin attestation days_evidenced days_silent days_assumed
evidence: country entry item source paragraph letters digest voice credibility bearing
    announcement claim
sources: source type publisher author title issued issued_earliest issued_latest public
    public_earliest public_latest language reliability url archive seen seen_earliest
    seen_latest note
country_day: country cow gw day stage ban stages bans basis last_entry days_since certain
    dates_agree spell origin attestation within_record
country_month: country cow gw month on stage ban stages bans basis last_entry days_since certain
    dates_agree spell origin attestation within_record
country_year: country cow gw year on stage ban stages bans basis last_entry days_since certain
    dates_agree spell origin attestation within_record
"""
BEFORE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        table: tuple(columns.split())
        for table, columns in re.findall(r"(?m)^(\w+):((?:.|\n(?= ))+)", _BEFORE)
    }
)
"""The columns of the release before: of release 1, those of the data without a number."""

_MOVED = {"from": "begins", "to": "ends"}
BECAME: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("spells", f"{old}{side}"): f"{new}{side}"
        for old, new in _MOVED.items()
        for side in ("", "_earliest", "_latest")
    }
    | {(f"country_{unit}", "on"): "day" for unit in ("month", "year")}
)
"""What became of a column, by its table and name: the new name, or why it is gone."""


def is_new(table: str, column: str) -> bool:
    """Whether a column came with the latest release, or has a new name."""
    return column not in BEFORE.get(table, ())
