"""Which key, entry or source a user meant: hints on names that a file cannot have.

Loaded only when a file has an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from recognition_model.core.base import keys_of
from recognition_model.core.evidence import Evidence, Source, Sources
from recognition_model.core.likeness import bare, look_alikes, near_names
from recognition_model.core.scenario import STEP_OF, ActStep, Assertion
from recognition_model.core.stages import Act
from recognition_model.core.web_addresses import comparable
from recognition_model.core.wording import did_you_mean, join_limited, near_words, shortened
from recognition_model.io.advice import AS_SIGNAL, MOST_READ, as_address
from recognition_model.io.everyday import CONTACTS, key_meant, meant
from recognition_model.io.nodes import MapNode, Text


def hint_for_key(key: str, node: MapNode, keys: Mapping[str, Any]) -> str:
    """Say which of `keys` an unknown key of a mapping may stand for, or where it belongs."""
    missing = [known for known in keys if known not in node]
    key = key[:MOST_READ]
    odd = look_alikes(key)
    if odd:
        return "; ".join(filter(None, [did_you_mean(near_words(key, keys)), odd]))
    belongs = "; ".join(_belongs(key, keys))
    if belongs:
        return belongs
    known = key_meant(key, missing)
    same = any(bare(one) == bare(key) for one in keys)
    near = [known] if known and not same else near_words(key, keys)
    if near:
        return did_you_mean(near)
    if " " in key or node.get(Text(key)) == "":
        return "inside { }, quote a text that contains a comma"
    return f"the keys here are {', '.join(sorted(keys))}"


def _belongs(key: str, keys: Mapping[str, Any]) -> Iterator[str]:
    """Name the place of a key that is known elsewhere."""
    item, source = keys_of(Evidence), keys_of(Source)
    if keys.keys() == item.keys():
        if key in keys_of(ActStep):
            yield f"`{key}` belongs to the entry, not to an item of its evidence"
        elif key in source:
            yield f"`{key}` belongs to the source, in sources.yaml"
    elif "evidence" in keys and key in item:
        yield f"`{key}` belongs to an item of `evidence:`"
    elif "invariants" in keys and key == "off":
        yield "write it below `invariants:`, as `invariants: {off: [RM617]}`"
    elif keys.keys() == source.keys() and key in item:
        yield f"`{key}` belongs to an item of `evidence:`, in the scenario"


def hint_for_entry(node: MapNode) -> str:
    """Say how to begin an entry of a timeline that has none of the four kinds."""
    for key in node:
        key = Text(key[:MOST_READ])
        if near := near_words(key, STEP_OF):
            return did_you_mean(near)
        if meant(Act, key) or key in Act._value2member_map_:
            act = key if key in Act._value2member_map_ else meant(Act, key)[0].value
            return f"begin it with `act: {act}`"
        if bare(key).replace("-", " ") in CONTACTS:
            return AS_SIGNAL
        if key in keys_of(Assertion):
            return f"begin it with `status: {{{key}: {shortened(str(node[key]))}}}`"
    return "begin it with `act:`, `status:`, `signal:` or `refuse:`"


def hint_for_source(name: str, own: Mapping[str, Any], register: Sources) -> str:
    """Say which source an unknown name may mean. The names of `own`, the user's, come first."""
    name = name[:MOST_READ]
    plain = bare(name)
    for other in (*own, *register):
        source = register[other]
        if _is_address_of(name, source):
            return f"that is the address of {other}: cite that name"
        if plain == bare(source.title):
            return f"that is the title of {other}: cite that name"
    if near := near_names(name, own, register):
        return "; ".join(filter(None, [did_you_mean(near), look_alikes(name)]))
    named = [other for other in (*own, *register) if bare(register[other].publisher) == plain]
    if named:
        return f"a source is cited by its name, not its publisher: {join_limited(named, 3)}"
    beside = f"{'the' if own else 'a'} sources.yaml beside this file"
    if "://" in name:
        return f"add it to {beside} with this `url:`, and cite it by its name there"
    return "; ".join(filter(None, [f"add it to {beside}", look_alikes(name)]))


def _is_address_of(name: str, source: Source) -> bool:
    if "." not in name:
        return False
    address = comparable(as_address(name))
    return any(comparable(url) == address for url in (source.url, source.archive) if url)
