"""Hypothesis strategies and a state machine, derived from a rule table: test your own with them.

    from recognition_model.testing import RelationshipMachine, legal_histories

The strategies ask the table what it permits, so a changed table changes what they draw. Needs the
extra `testing` (`pip install 'recognition-model[testing]'`); nothing else imports Hypothesis.
"""

from recognition_model.testing.dates import NearMiss, dates, days, edges, near_miss_dates
from recognition_model.testing.evidence import SHARP_NAMES, evidence, sources, texts, voices
from recognition_model.testing.histories import (
    IllegalHistory,
    acts,
    illegal_histories,
    legal_histories,
    standings,
)
from recognition_model.testing.relationship import RelationshipMachine
from recognition_model.testing.scenarios import scenarios
from recognition_model.testing.tables import rule_tables

__all__ = [
    "SHARP_NAMES",
    "IllegalHistory",
    "NearMiss",
    "RelationshipMachine",
    "acts",
    "dates",
    "days",
    "edges",
    "evidence",
    "illegal_histories",
    "legal_histories",
    "near_miss_dates",
    "rule_tables",
    "scenarios",
    "sources",
    "standings",
    "texts",
    "voices",
]
