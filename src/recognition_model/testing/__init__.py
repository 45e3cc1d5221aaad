"""Hypothesis strategies and a state machine for testing a rule table.

    from recognition_model.testing import RelationshipMachine, legal_histories

The strategies ask the table what it permits, so they follow any change to it. Needs the extra
`testing` (`pip install 'recognition-model[testing]'`); no other package imports Hypothesis.
"""

from typing import TYPE_CHECKING, Any

from recognition_model.core.base import warn_renamed
from recognition_model.testing.date_strategies import NearMiss, dates, days, edges, near_miss_dates
from recognition_model.testing.evidence_strategies import (
    SHARP_NAMES,
    evidence,
    sources,
    texts,
    voices,
)
from recognition_model.testing.history_strategies import (
    IllegalHistory,
    acts,
    illegal_histories,
    legal_histories,
    states,
)
from recognition_model.testing.period_strategies import periods_of_rule
from recognition_model.testing.scenario_strategies import scenarios
from recognition_model.testing.state_machine import RelationshipMachine
from recognition_model.testing.table_strategies import rule_tables

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
    "periods_of_rule",
    "rule_tables",
    "scenarios",
    "sources",
    "states",
    "texts",
    "voices",
]


if not TYPE_CHECKING:  # a type checker must see every name that is not there

    def __getattr__(name: str) -> Any:
        if name == "standings":
            warn_renamed(f"{__name__}.standings", f"{__name__}.states")
            return states
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
