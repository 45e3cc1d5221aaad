"""Documents for the fuzzing campaigns: valid-looking, real or damaged ones, of every format."""

from __future__ import annotations

import re
from random import Random
from zlib import crc32

from campaigns.grammar import KINDS, Tree, by_schema, known_sources, pruned, real_files, real_trees
from campaigns.mutations import of_bytes, of_text, of_tree, places, written

COUNTRY = re.compile(rb"^\"?country\"?: *\"?([A-Z]{3})\b", re.MULTILINE)


def document(random: Random, kind: str = "", clean: float = 0.35) -> tuple[str, bytes]:
    """A document and its format. That share is as the schema or a real file has it."""
    kind = kind or random.choice(KINDS)
    as_it_is = random.random() < clean
    if not as_it_is and random.random() < 0.08:
        return kind, _damaged(random.choice(real_files())[:20_000], random)
    tree: Tree
    if kind in real_trees() and random.random() < 0.6:
        tree = pruned(random.choice(real_trees()[kind]), random, random.choice((1, 2, 3, 5)))
    else:
        tree = by_schema(kind, random)
    if random.random() < 0.9:
        _plausible(tree)
    for _ in range(0 if as_it_is else random.choice((0, 1, 1, 2, 4))):
        tree = of_tree(tree, random)
    text = written(tree, random)
    for _ in range(0 if as_it_is else random.choice((0, 0, 0, 1, 2))):
        text = of_text(text, random)
    data = text.encode(errors="surrogatepass")
    return kind, data if as_it_is or random.random() < 0.9 else of_bytes(data, random)


def _plausible(tree: Tree) -> None:
    """Have evidence cite known sources, and entries stand in the order of their dates."""
    known = known_sources()
    for holder, key in places(tree):
        value = holder[key]
        if key == "source" and isinstance(value, str) and value not in known:
            holder[key] = known[crc32(value.encode()) % len(known)]
        elif key == "timeline" and isinstance(value, list):
            value.sort(key=lambda one: str(one.get("date")) if isinstance(one, dict) else "")


def _damaged(data: bytes, random: Random) -> bytes:
    """A real file, a valid one or one with a mistake, with some bytes changed."""
    text = data.decode(errors="replace")
    for _ in range(random.choice((0, 1, 2))):
        text = of_text(text, random)
    return of_bytes(text.encode(errors="surrogatepass"), random)


def name_of(kind: str, data: bytes) -> str:
    """The name of the file that a document would have: that of its country, or of its format."""
    if kind != "scenario":
        return f"{kind}.yaml"
    found = COUNTRY.search(data)
    return f"{found[1].decode()}.yaml" if found else "RUS.yaml"
