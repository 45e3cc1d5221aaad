"""What a rules file says: the rules of a table, or changes to the shipped one."""

# No `from __future__ import annotations` here: the JSON Schema and the reader of files use the
# annotations of these classes as live types.

from collections.abc import Mapping
from enum import Enum
from typing import Any

from attrs import frozen

from recognition_model.core.base import Readable, doc
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.evidence import Attestation
from recognition_model.core.stages import Act, Ban, Stage
from recognition_model.core.types import FindingCode, RuleCode


class BaseTable(Enum):
    """The tables that a rules file may change."""

    SHIPPED = "shipped"


class BanAfter(Enum):
    """What a rule makes of the ban."""

    SAME = "same"
    NONE = "none"
    IN_FORCE = "in_force"
    LIFTED = "lifted"


def _place() -> Any:
    return doc("Its place in the file.", key=False, default=NOWHERE, eq=False, repr=False)


_DOCS = {
    "act": "The kind of act that the rule permits.",
    "before": "The stages from which it may happen.",
    "after": "The stage to which it leads.",
    "ban_must_be": "What the ban must be before: all of none, in_force and lifted that will do.",
    "ban_becomes": "What the ban is afterwards. Without the key it stays the same.",
    "needs": "The weakest attestation that suffices.",
    "why": "Why the world works so, in one sentence.",
    "reference": "A case, a law or a document.",
}


@frozen(kw_only=True, repr=False)
class WrittenRule(Readable):
    """A rule as a file writes it in full, below its code."""

    code: RuleCode = doc("Its code.", key=False)
    act: Act = doc(_DOCS["act"])
    before: tuple[Stage, ...] = doc(_DOCS["before"])
    after: Stage = doc(_DOCS["after"])
    ban_must_be: tuple[Ban, ...] = doc(_DOCS["ban_must_be"])
    ban_becomes: BanAfter = doc(_DOCS["ban_becomes"], default=BanAfter.SAME)
    needs: Attestation = doc(_DOCS["needs"])
    why: str = doc(_DOCS["why"])
    reference: str = doc(_DOCS["reference"])
    place: Place = _place()

    def __str__(self) -> str:
        return f"{self.code} {self.act}"


@frozen(kw_only=True, repr=False)
class RuleChange(Readable):
    """What a file changes of a rule, below its code; the other keys stay as they are."""

    code: RuleCode = doc("Its code.", key=False)
    act: Act | None = doc(_DOCS["act"], default=None)
    before: tuple[Stage, ...] | None = doc(_DOCS["before"], default=None)
    after: Stage | None = doc(_DOCS["after"], default=None)
    ban_must_be: tuple[Ban, ...] | None = doc(_DOCS["ban_must_be"], default=None)
    ban_becomes: BanAfter | None = doc(
        "What the ban is afterwards: same, none, in_force or lifted.", default=None
    )
    needs: Attestation | None = doc(_DOCS["needs"], default=None)
    why: str | None = doc(_DOCS["why"], default=None)
    reference: str | None = doc(_DOCS["reference"], default=None)
    place: Place = _place()

    def __str__(self) -> str:
        return f"a change of {self.code}"


@frozen(kw_only=True, repr=False)
class InvariantChoice(Readable):
    """Which invariants a table keeps: all but those that it names."""

    off: tuple[FindingCode, ...] = doc(
        "The codes of invariants that mean nothing under this table, as RM617. They are not"
        " checked.",
        default=(),
    )

    def __str__(self) -> str:
        return f"off: {', '.join(self.off) or 'none'}"


@frozen(kw_only=True, repr=False)
class RulesFile(Readable):
    """A rules file: a whole table in `rules:`, or the shipped one with changes."""

    title: str = doc("A title, which names the table in every output made with it.", default="")
    base: BaseTable | None = doc("The table that the file changes.", default=None)
    rules: Mapping[str, WrittenRule] = doc(
        "Every rule of a whole table, below its code.", factory=dict
    )
    change: Mapping[str, RuleChange] = doc(
        "Rules of the base that differ, below their codes: only the keys that change.",
        factory=dict,
    )
    add: Mapping[str, WrittenRule] = doc("New rules, below codes of their own.", factory=dict)
    remove: tuple[RuleCode, ...] = doc("Codes of rules that the base has.", default=())
    invariants: InvariantChoice = doc("Which invariants are not checked.", factory=InvariantChoice)
    place: Place = _place()

    def __str__(self) -> str:
        return self.title or "a table without a title"
