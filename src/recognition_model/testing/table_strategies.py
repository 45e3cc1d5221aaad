"""Strategy for arbitrary rule tables."""

from __future__ import annotations

from attrs import evolve
from hypothesis import strategies as st

from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import Act, Ban, Stage
from recognition_model.engine.rules import RULES, RuleTable, RuleTableError


@st.composite
def rule_tables(draw: st.DrawFn, most: int = 6) -> RuleTable:
    """Draw any valid table of a few rules, sensible or not. Few acts, so that rules share them."""
    acts = draw(st.lists(st.sampled_from(Act), min_size=1, max_size=3, unique=True))
    table = RuleTable(())
    for number in range(draw(st.integers(0, most))):
        rule = evolve(
            RULES["R02"],
            code=f"T{number}",
            act=draw(st.sampled_from(acts)),
            before=tuple(draw(st.sets(st.sampled_from(Stage), min_size=1))),
            after=draw(st.sampled_from(Stage)),
            ban_must_be=frozenset(draw(st.sets(st.sampled_from(Ban), min_size=1))),
            ban_becomes=draw(st.none() | st.sampled_from(Ban)),
            needs=draw(st.sampled_from(Attestation)),
            why="Made up.",
            reference="made up",
        )
        try:
            table = RuleTable((*table, rule))
        except RuleTableError:  # it overlaps an earlier rule
            continue
    return table
