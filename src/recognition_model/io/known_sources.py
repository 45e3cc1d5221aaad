"""Names of a register: those that another register has, and those that are still a placeholder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from recognition_model.core.codes import Severity
from recognition_model.core.diagnostics import Finding, finding
from recognition_model.core.evidence import Sources
from recognition_model.core.types import NO_DATE
from recognition_model.core.wording import join_limited, shortened, shown
from recognition_model.io.nodes import MapNode, Node, Text

MOST_TWICE = 3
"""How many names with other content are reported one by one."""


def report_known(
    register: Sources, known: Sequence[Text], same: Sequence[Text]
) -> Iterator[Finding]:
    """Report the names that the register has already, many of them in one finding.

    Those of `same` have the same content, which is a warning. The others are errors.
    """
    if same:
        what = shown(same[0]) if len(same) == 1 else f"{len(same):,} of these sources"
        names = "" if len(same) == 1 else f": {join_limited(same, 3)}"
        message = f"the register has {what} already, with the same content{names}"
        hint = f"cite {'it' if len(same) == 1 else 'them'}: no entry is needed here"
        yield Finding("RM304", message, same[0].place, hint, Severity.WARNING)
    equal = {*same}
    other = [name for name in known if name not in equal]
    hint = "if it is the same document, cite it: no entry is needed; if not, rename yours"
    if len(other) > MOST_TWICE:
        message = f"the register has {len(other):,} of these names already, with other content"
        yield finding("RM304", f"{message}: {join_limited(other, 3)}", other[0].place, hint)
        return
    for name in other:
        source = shortened(str(register[name]), 120)
        yield finding(
            "RM304", f"the register has {shown(name)} already: {source}", name.place, hint
        )


def is_placeholder(name: str) -> bool:
    """Whether the name of a source still has the mark in place of its date."""
    return name.rstrip("0123456789").rstrip("-").endswith(NO_DATE)


def report_placeholders(entries: Mapping[Text, Node]) -> Iterator[Finding]:
    """Report the sources of a register whose names still have the mark in place of a date."""
    for name, node in entries.items():
        if is_placeholder(name):
            issued = node.get(Text("issued"), "") if isinstance(node, MapNode) else ""
            day = re.search(r"\d{4}(-\d\d){0,2}", str(issued))
            better = name.partition(NO_DATE)[0] + (day[0] if day else "2021-08-27")
            hint = f"name it by its date, as in {better}, here and wherever it is cited"
            yield finding("RM306", f"the name {name} still has no date", name.place, hint)
