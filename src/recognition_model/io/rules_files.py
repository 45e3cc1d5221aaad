"""Rule tables as files: those that ship with the package, by name, and a user's own, by path."""

from __future__ import annotations

import os
from pathlib import Path

from attrs import evolve

from recognition_model.core.diagnostics import RecordError, in_order
from recognition_model.core.rule_files import BanAfter, InvariantChoice, RulesFile, WrittenRule
from recognition_model.core.types import FindingCode, RuleCode
from recognition_model.core.wording import did_you_mean, near_words
from recognition_model.engine.rules import RULES, Rule, RuleTable
from recognition_model.io.files import read_document
from recognition_model.io.rules_reader import RulesReader
from recognition_model.io.shipped import record_root
from recognition_model.io.writer import rules_file_text

FOLDER = "rules"
SHIPPED = "shipped"


def shipped_rules() -> tuple[str, ...]:
    """Return the names of the rule tables that ship with the package: `shipped` and variants."""
    variants = (path.stem for path in (record_root("seeds") / FOLDER).glob("*.yaml"))
    return (SHIPPED, *sorted(variants))


def load_rules(name_or_path: str | os.PathLike[str]) -> RuleTable:
    """Read a rule table that ships, by its name, or from a rules file.

    The names are `shipped`, `strict`, `trusting` and `no-lapse`. Raises `RecordError` with every
    finding of a file that cannot be read or has errors.
    """
    name = os.fspath(name_or_path)
    if name == SHIPPED:
        return RULES
    path = Path(name)
    if name in shipped_rules():
        path = record_root("seeds") / FOLDER / f"{name}.yaml"
    try:
        document = read_document(path)
    except RecordError as error:
        raise _advised(error, name) from None
    reader = RulesReader({})
    table = reader.with_few_findings(RulesReader.rules, document)
    if table is None:
        raise RecordError(in_order(reader.findings))
    return table


def _advised(error: RecordError, name: str) -> RecordError:
    """The same findings; of a path that does not exist, the nearest name as a hint."""
    if os.path.lexists(name):
        return error
    names = shipped_rules()
    near = did_you_mean(near_words(name, names))
    known = f"name a file, or one of {', '.join(names)}"
    return RecordError(
        [evolve(found, hint=near or found.hint or known) for found in error.findings]
    )


def rules_text(table: RuleTable) -> str:
    """The text of a rules file with a whole table; it reads back as the same table.

    Raises `ValueError` if a rule lacks its reason or its reference, which a file must give.
    """
    if silent := [rule.code for rule in table if not (rule.why.strip() and rule.reference.strip())]:
        raise ValueError(f"a rule in a file has `why` and `reference`; not so: {', '.join(silent)}")
    written = {rule.code: _written(rule) for rule in table}
    off = InvariantChoice(off=tuple(map(FindingCode, table.off)))
    return rules_file_text(RulesFile(title=table.title, rules=written, invariants=off))


def _written(rule: Rule) -> WrittenRule:
    return WrittenRule(
        code=RuleCode(rule.code),
        act=rule.act,
        before=rule.before,
        after=rule.after,
        ban_must_be=tuple(sorted(rule.ban_must_be)),
        ban_becomes=BanAfter(rule.ban_becomes.value) if rule.ban_becomes else BanAfter.SAME,
        needs=rule.needs,
        why=rule.why,
        reference=rule.reference,
    )
