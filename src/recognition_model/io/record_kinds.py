"""Check that the kind of a record goes with its code, and its entries with its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recognition_model.core.claims import Claim
from recognition_model.core.countries import ORGANISATIONS, is_country, is_organisation
from recognition_model.core.organisations import (
    ACTS_OF_ORGANISATIONS,
    STAGES_OF_ORGANISATIONS,
    RecordKind,
)
from recognition_model.core.stages import Act, Stage
from recognition_model.io.converters import ValueProblem
from recognition_model.io.nodes import ListNode, MapNode, Node, Text

_KIND = Text("kind")
_AN_ORGANISATION = f"`kind: {RecordKind.ORGANISATION}`"
_FOREIGN_ACTS = {act.value for act in Act} - {act.value for act in ACTS_OF_ORGANISATIONS}
_FOREIGN_STAGES = {stage.value for stage in Stage} - {s.value for s in STAGES_OF_ORGANISATIONS}
_NAME_A_STAGE = ("stage", "at-least", "below")


def kind_problems(root: MapNode, code: str | None, kind: RecordKind) -> Iterator[ValueProblem]:
    """Report a kind that does not go with the code, and what no organisation does.

    `root` is the mapping of the file, `code` that of its country, None if it has no usable one.
    """
    of_organisation = kind is RecordKind.ORGANISATION
    # A kind that is no word for one has its own finding.
    told = root.get(_KIND, Text(RecordKind.COUNTRY.value))
    readable = isinstance(told, Text) and told.strip() == RecordKind.COUNTRY.value
    if code is not None and is_organisation(code) and not of_organisation and readable:
        where = root.get(_KIND, root[Text("country")])
        hint = f"{'write' if _KIND in root else 'add'} {_AN_ORGANISATION}"
        yield ValueProblem("RM218", f"{code} is an organisation, not a country", where, hint)
    if code is not None and is_country(code) and of_organisation:
        hint = f"remove {_AN_ORGANISATION}; the organisations are {' and '.join(ORGANISATIONS)}"
        yield ValueProblem("RM219", f"{code} is a country, not an organisation", root[_KIND], hint)
        return
    if of_organisation or (code is not None and is_organisation(code)):
        yield from _foreign_stages(root.get(Text("start")))
        entries = root.get(Text("timeline"))
        for entry in entries if isinstance(entries, ListNode) else ():
            yield from _foreign_acts(entry)
            if isinstance(entry, MapNode):
                yield from _foreign_stages(entry.get(Text("status")))


def _foreign_acts(entry: Node) -> Iterator[ValueProblem]:
    for key in ("act", "refuse"):
        word = entry.get(Text(key)) if isinstance(entry, MapNode) else None
        if isinstance(word, Text) and word.strip() in _FOREIGN_ACTS:
            can = _listed([act.value for act in ACTS_OF_ORGANISATIONS])
            hint = f"its acts are {can}; write anything else as `signal:`"
            message = f"an organisation has no act {word.strip()}"
            yield ValueProblem("RM220", message, word, hint)


def _foreign_stages(state: Node | None) -> Iterator[ValueProblem]:
    for key in _NAME_A_STAGE:
        word = state.get(Text(key)) if isinstance(state, MapNode) else None
        if isinstance(word, Text) and word.strip() in _FOREIGN_STAGES:
            has = _listed([stage.value for stage in STAGES_OF_ORGANISATIONS])
            message = f"an organisation has no stage {word.strip()}"
            yield ValueProblem("RM220", message, word, f"its stages are {has}")


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def claim_is_about_countries(claim: Claim, node: MapNode) -> None:
    """Raise `ValueProblem` if a claim about many countries names an organisation."""
    for code in (claim.country, *claim.among):
        if code is not None and is_organisation(code):
            among = node.get(Text("among"), ())
            written = [node.get(Text("country")), *among]
            where = next(one for one in written if isinstance(one, Text) and one.strip() == code)
            message = f"{code} is an organisation: a claim is about countries"
            raise ValueProblem("RM221", message, where, "name countries alone")
