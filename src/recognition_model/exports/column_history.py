"""What became of the columns of earlier releases. A renamed column is one entry here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

LATEST = "2"
"""The number of the latest release of the data."""

_BEFORE = """
countries: country name cow gw title begins begins_earliest begins_latest documented_until
    reviewed stage ban basis last_entry days_since start_assumed start_evidenced doctrine
entries: country entry kind subject claimed date date_earliest date_latest dated_by act signal
    family status_stage status_ban status_at_least status_below attestation outcome
    expected_because because deprecated counts counts_from note contradiction
changes: country change entry date date_earliest date_latest dated_by act rule stage_before
    stage_after ban_before ban_after attestation attested_from
spells: country spell stage ban begins begins_earliest begins_latest ends ends_earliest
    ends_latest last_documented change origin attestation days_evidenced days_silent days_assumed
waits: target clock country spell origin origin_earliest origin_latest at_risk_from stage ban
    begun_by basis last_entry days_since left right days event ended reached ended_on
    ended_on_earliest ended_on_latest change exit exit_left exit_right exit_days exit_change
evidence: country entry kind item source paragraph letters digest voice credibility bearing
    announcement claim
claims: number kind stage country among group_named since since_earliest since_latest date
    date_earliest date_latest holds checked_over documented against sources note contradiction
claim_evidence: number item source paragraph letters digest voice credibility bearing announcement
    claim
sources: source type publisher author title issued issued_earliest issued_latest public
    public_earliest public_latest language reliability url archive seen seen_earliest seen_latest
    note
corrections: release item country kind fact old new first last days reason sources
rules: rule act stages_before stage_after bans_before ban_after needs why reference
signals: signal family meaning deed is_not example_country example_date aliases cameo plover
country_day: country cow gw day stage stage_code stage_low stage_low_code stage_high
    stage_high_code ban states stages bans basis last_entry days_since certain dates_agree spell
    change origin attestation known_from within_record acts signals signals_denied signals_contact
    signals_visit signals_mission signals_accreditation signals_predecessor_mission
    signals_statement signals_listing signals_economic signals_humanitarian signals_consular
    signals_security signals_force signals_multilateral signals_doctrine acts_perhaps
    signals_perhaps in_record
country_month: country cow gw month day stage stage_code stage_low stage_low_code stage_high
    stage_high_code ban states stages bans basis last_entry days_since certain dates_agree spell
    change origin attestation known_from within_record days days_hostile days_banned days_engaged
    days_delisted days_ambassador_accepted days_de_jure_recognition days_undetermined lowest
    lowest_code highest highest_code acts signals signals_denied signals_contact signals_visit
    signals_mission signals_accreditation signals_predecessor_mission signals_statement
    signals_listing signals_economic signals_humanitarian signals_consular signals_security
    signals_force signals_multilateral signals_doctrine acts_perhaps signals_perhaps in_record
country_year: country cow gw ccode1 ccode2 gwcode1 gwcode2 dyad year day stage stage_code
    stage_low stage_low_code stage_high stage_high_code ban states stages bans basis last_entry
    days_since certain dates_agree spell change origin attestation known_from within_record days
    days_hostile days_banned days_engaged days_delisted days_ambassador_accepted
    days_de_jure_recognition days_undetermined lowest lowest_code highest highest_code acts
    signals signals_denied signals_contact signals_visit signals_mission signals_accreditation
    signals_predecessor_mission signals_statement signals_listing signals_economic
    signals_humanitarian signals_consular signals_security signals_force signals_multilateral
    signals_doctrine acts_perhaps signals_perhaps in_record
codebook: number in_table variable value place type unit meaning rule refers_to example since
"""
BEFORE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        table: tuple(columns.split())
        for table, columns in re.findall(r"(?m)^(\w+):((?:.|\n(?= ))+)", _BEFORE)
    }
)
"""The columns of the release before."""

BECAME: Mapping[tuple[str, str], str] = MappingProxyType({})
"""What became of a column, by its table and name: the new name, or why it is gone."""


def is_new(table: str, column: str) -> bool:
    """Whether a column came with the latest release, or has a new name."""
    return column not in BEFORE.get(table, ())
