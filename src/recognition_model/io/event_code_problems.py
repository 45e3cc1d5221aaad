"""Find codes in a crosswalk that do not exist, or that mean two things at once."""

from __future__ import annotations

from collections.abc import Iterator

from recognition_model.core.crosswalks import STATE
from recognition_model.core.event_codes import CODES, CodeList
from recognition_model.core.wording import did_you_mean, near_words, shown
from recognition_model.io.converters import ValueProblem
from recognition_model.io.nodes import ListNode, MapNode, Text

_ALL = frozenset({"all"})


def code_problems(root: MapNode, codes: CodeList) -> Iterator[ValueProblem]:
    """Report codes that are not in the list, and codes with two meanings for one type of actor."""
    known = CODES[codes]
    taken: dict[str, list[tuple[frozenset[str], int]]] = {}
    for entry in _items(root, "events"):
        if not isinstance(entry, MapNode):
            continue
        actors = frozenset(str(one).strip() for one in _texts(entry, "actors")) or _ALL
        for node in _texts(entry, "codes"):
            code = node.strip()
            if code not in known:
                yield ValueProblem("RM223", *_unknown(code, codes, node))
                continue
            for others, line in taken.setdefault(code, []):
                both = others & actors if _ALL.isdisjoint({*others, *actors}) else _ALL
                if both:
                    whom = "" if both == _ALL else f" for {', '.join(sorted(both))}"
                    message = f"the code {code} has a meaning already{whom}, in line {line}"
                    hint = f"keep one, or name different `actors:` ({STATE} for one without a type)"
                    yield ValueProblem("RM224", message, node, hint)
                    break
            taken[code].append((actors, node.place.line))


def _unknown(code: str, codes: CodeList, node: Text) -> tuple[str, Text, str]:
    message = f"the code {shown(code)} is not in the list of {codes.value.upper()}"
    near = did_you_mean(near_words(code, CODES[codes]))
    kind, slash, _ = code.partition("/")
    modes = sorted(one for one in CODES[codes] if slash and one.startswith(f"{kind}/"))
    hint = near or f"write one of {', '.join(modes)}" if modes else near
    return message, node, hint or f"see the code book that `reference:` names; codes: {codes.value}"


def _items(root: MapNode, key: str) -> list[object]:
    found = root.get(Text(key))
    return list(found) if isinstance(found, ListNode) else []


def _texts(entry: MapNode, key: str) -> list[Text]:
    return [one for one in _items(entry, key) if isinstance(one, Text)]
