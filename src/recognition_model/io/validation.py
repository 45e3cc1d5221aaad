"""Check a whole mapping in a file: its keys, and values that depend on each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from recognition_model.core.authority import PeriodOfRule
from recognition_model.core.checks import NEEDED_BY_RESULTS, Check
from recognition_model.core.claims import NEEDED_KEYS, Claim
from recognition_model.core.dating import DAYS_OF_ACTS
from recognition_model.core.evidence import Source
from recognition_model.core.scenario import ActStep, Assertion, Start
from recognition_model.core.searches import Search
from recognition_model.core.wording import near_words, shown
from recognition_model.io.converters import ValueProblem
from recognition_model.io.nodes import ListNode, MapNode, Node, Text
from recognition_model.io.record_kinds import claim_is_about_countries

MOST_KEYS = 20
"""How many unknown keys of one mapping are reported one by one."""


def unknown_keys(node: MapNode, keys: Mapping[str, Any]) -> Iterator[ValueProblem]:
    """Report the keys of a mapping that are not among `keys`."""
    unknown = [key for key in node if key not in keys]
    if not unknown:
        return
    from recognition_model.io.key_advice import hint_for_key

    for key in unknown[:MOST_KEYS]:
        hint = hint_for_key(key, node, keys)
        yield ValueProblem("RM201", f"unknown key {shown(key)}", key, hint)
    if more := unknown[MOST_KEYS:]:
        yield ValueProblem("RM201", f"{len(more):,} more unknown keys in this mapping", more[0])


def missing_keys(
    node: MapNode, keys: Mapping[str, Any], file_format: str = ""
) -> Iterator[ValueProblem]:
    """Report the required keys that a mapping lacks, except those it misspells.

    `file_format` is the value of the key `format` at the top of a file.
    """
    unknown = [key for key in node if key not in keys][:MOST_KEYS]
    misspelt = {near for key in unknown for near in near_words(key, keys)}
    if unknown:
        from recognition_model.io.everyday import key_meant

        missing = [key for key in keys if key not in node]
        misspelt |= {key_meant(key, missing) for key in unknown}
    for key in keys:
        if key in node or key in misspelt:
            continue
        if keys[key] is not None and keys[key].default is not attrs.NOTHING:
            continue
        if key == "evidence":
            yield _no_evidence(node)
        else:
            from recognition_model.io.advice import hint_for_missing

            hint = hint_for_missing(key, keys[key].type if keys[key] is not None else None)
            if key == "format":
                hint = f"add `format: {file_format}`"
            yield ValueProblem("RM202", f"the key {key!r} is missing", node, hint)


def empty_evidence(node: MapNode) -> Iterator[ValueProblem]:
    """Report an empty evidence list even if the entry has other problems."""
    given = node.get(Text("evidence"))
    if isinstance(given, ListNode) and not given:
        yield _no_evidence(given)


def _no_evidence(node: Node) -> ValueProblem:
    hint = "add `evidence:` with source, voice, credibility and claim"
    return ValueProblem("RM302", "the entry has no evidence", node, hint)


def _start_is_grounded(start: Start, node: MapNode) -> None:
    if not start.evidence and start.assumed is None:
        hint = "add `evidence:`, or say in `assumed:` why this start is assumed"
        raise ValueProblem("RM302", "the start has neither evidence nor `assumed:`", node, hint)


def _says_something(assertion: Assertion, node: MapNode) -> None:
    if not assertion.possible:
        asserted = str(assertion) or "nothing"
        hint = "use stage, ban, at-least or below, so that some state satisfies them"
        message = f"the status asserts {asserted}: no state can be meant"
        raise ValueProblem("RM212", message, node, hint)


def _deprecation_is_explained(step: ActStep, node: MapNode) -> None:
    if step.deprecated and not step.because:
        hint = "add `because:` with the reason"
        raise ValueProblem("RM202", "a deprecated act needs the key 'because'", node, hint)
    if step.because and not step.deprecated:
        hint = "add `rank: deprecated`, or remove it"
        raise ValueProblem(
            "RM212", "`because:` says why an act is deprecated; this is not", node, hint
        )


def _day_belongs_to_the_act(step: ActStep, node: MapNode) -> None:
    days = DAYS_OF_ACTS[step.act]
    if step.dated_by is not None and step.dated_by not in days.permitted:
        message = f"dated-by: {step.dated_by} does not go with act {step.act}"
        permitted = " or ".join(map(str, days.permitted))
        hint = f"write {permitted}; without the key it is {days.counts}"
        raise ValueProblem("RM410", message, node[Text("dated-by")], hint)


def _claim_is_whole(claim: Claim, node: MapNode) -> None:
    for key in NEEDED_KEYS[claim.claim]:
        if getattr(claim, key) is None:
            raise ValueProblem(
                "RM202", f"a {claim.claim.value!r} claim needs the key {key!r}", node
            )


def _public_after_issue(source: Source, node: MapNode) -> None:
    if source.public.latest < source.issued.earliest:
        message = f"public {source.public}, before it was issued {source.issued}"
        hint = "swap them, or correct the one that is wrong"
        raise ValueProblem("RM305", message, node[Text("public")], hint)


def _period_is_possible(period: PeriodOfRule, node: MapNode) -> None:
    if (period.closing is None) != (period.last is None):
        message = "`closing` and `last` go together: a period that has ended needs both"
        raise ValueProblem("RM202", message, node, "add the other, or remove both")
    days = [day for day in (period.first, period.closing, period.last) if day is not None]
    if days != sorted(days):
        message = f"the period ends before it begins: {', '.join(map(str, days))}"
        raise ValueProblem("RM403", message, node, "put `first`, `closing`, `last` in order")


def _check_is_whole(check: Check, node: MapNode) -> None:
    if check.lacks:
        message = f"a check with the result {check.result} needs the key {check.lacks!r}"
        raise ValueProblem("RM202", message, node, NEEDED_BY_RESULTS[check.lacks])


def _search_is_possible(search: Search, node: MapNode) -> None:
    if not search.countries:
        message = "the search names no country"
        hint = "write the alpha-3 code of each country that it was for"
        raise ValueProblem("RM212", message, node[Text("countries")], hint)
    if search.reviewed > search.seen:
        message = f"reviewed {search.reviewed}, after it was made on {search.seen}"
        hint = "a search looks no further than its own day: correct the day that is wrong"
        raise ValueProblem("RM422", message, node[Text("reviewed")], hint)


Checks = Mapping[type[Any], tuple[Callable[[Any, MapNode], None], ...]]
CHECKS: Checks = {
    ActStep: (_deprecation_is_explained, _day_belongs_to_the_act),
    Claim: (_claim_is_whole, claim_is_about_countries),
    Assertion: (_says_something,),
    Start: (_start_is_grounded,),
    Source: (_public_after_issue,),
    PeriodOfRule: (_period_is_possible,),
    Check: (_check_is_whole,),
    Search: (_search_is_possible,),
}
