"""Valid-looking documents of every format, built from its JSON Schema and from real documents.

The formats are those of `core.scenario.Format`, so a new one is fuzzed without a line here. A
document is a tree of dicts, lists and texts, as strict YAML has them. Most texts are those that
real documents have under the same key; the others follow the patterns of the schema.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from random import Random
from typing import Any

import yaml

import recognition_model as rm
from campaigns.campaign import ROOT
from recognition_model.core.scenario import Format
from recognition_model.io.json_schema import json_schema

Tree = str | list["Tree"] | dict[str, "Tree"]

KINDS = tuple(re.sub("^recognition-|/.*$", "", one.value) for one in Format)
"""The names of the formats: scenario, collective, sources ..."""
DEEPEST = 12
MANY_KEYS = 30  # a mapping with more is a list of named entries: it may be cut
MOST_VALUES = 300  # of one key
WORDS = ("text", "An example.", "a: b", "Gesandte, 2024", "سفير", "#1", "x" * 70, "0", "1.5", "~")


# --- real documents ----------------------------------------------------------------------------


@cache
def real_files() -> tuple[bytes, ...]:
    """Every YAML file of the record and of the tests of findings, whole."""
    folders = (ROOT / "scenarios", ROOT / "seeds", ROOT / "tests" / "findings")
    paths = sorted(path for folder in folders for path in folder.rglob("*.yaml"))
    return tuple(path.read_bytes() for path in paths if path.is_file())


@cache
def real_trees() -> Mapping[str, tuple[Tree, ...]]:
    """The real documents that parse, by the names of their formats."""
    found: dict[str, list[Tree]] = defaultdict(list)
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    for data in real_files():
        try:
            tree = yaml.load(data, loader)  # noqa: S506 - a loader of plain texts
        except (yaml.YAMLError, ValueError):
            continue
        if isinstance(tree, dict):
            kind = re.sub("^recognition-|/.*$", "", str(tree.get("format")))
            found[kind].append(tree)
    return {kind: tuple(found[kind]) for kind in KINDS if found[kind]}


@cache
def register() -> rm.Sources:
    """A few shipped sources, those of one country, and the made-up ones of the tests."""
    folder = rm.load_folder([ROOT / "scenarios" / "OMN.yaml"])
    (one,) = folder.scenarios
    entries = (one.start, *one.timeline)
    cited = {item.source.id for entry in entries for item in entry.evidence}
    few = {*cited, *sorted(folder.sources)[::40]}
    made_up = rm.read_sources(ROOT / "tests" / "findings" / "register.yaml")
    return {**{name: folder.sources[name] for name in sorted(few)}, **made_up}


@cache
def known_sources() -> tuple[str, ...]:
    """The names of the register."""
    return tuple(register())


@cache
def parts() -> Mapping[str, tuple[Tree, ...]]:
    """What real documents have under each key: texts, and smaller subtrees."""
    found: dict[str, dict[str, Tree]] = defaultdict(dict)
    for trees in real_trees().values():
        for tree in trees:
            for key, value in _under_keys(tree, ""):
                kept = found[key]
                if len(kept) < MOST_VALUES and len(shape := repr(value)) < 2000:
                    kept[shape] = value
    return {key: tuple(values.values()) for key, values in found.items()}


@cache
def texts() -> Mapping[str, tuple[str, ...]]:
    """The texts among the parts, by their keys."""
    found = {key: tuple(v for v in values if isinstance(v, str)) for key, values in parts().items()}
    return {key: values for key, values in found.items() if values}


@cache
def names() -> tuple[str, ...]:
    """Every key of real documents and of the schemas."""
    found = set(parts())
    for kind in KINDS:
        found |= {key for schema in _schemas(json_schema(kind)) for key in schema["properties"]}
    return tuple(sorted(found))


def _schemas(schema: Any) -> Iterator[Any]:
    """The parts of a schema that have properties."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield schema
        for value in schema.values():
            yield from _schemas(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _schemas(value)


def _under_keys(tree: Tree, key: str) -> Iterator[tuple[str, Tree]]:
    yield key, tree
    if isinstance(tree, dict):
        many = len(tree) > MANY_KEYS
        for name, value in tree.items():
            if many:
                yield "", name
            yield from _under_keys(value, key if many else name)
    elif isinstance(tree, list):
        for value in tree:
            yield from _under_keys(value, key)


def pruned(tree: Tree, random: Random, most: int, depth: int = 0) -> Tree:
    """A copy of a tree, each list and each mapping of named entries with at most so many items."""
    if isinstance(tree, str) or depth > DEEPEST:
        return tree if isinstance(tree, str) else ""
    if isinstance(tree, list):
        begin = random.randrange(len(tree) - most + 1) if len(tree) > most else 0
        return [pruned(one, random, most, depth + 1) for one in tree[begin : begin + most]]
    keys = list(tree)
    if len(keys) > MANY_KEYS:
        begin = random.randrange(len(keys) - most + 1)
        keys = keys[begin : begin + most]
    return {key: pruned(tree[key], random, most, depth + 1) for key in keys}


# --- documents by the schema -------------------------------------------------------------------


@cache
def _schema(kind: str) -> Any:
    return json_schema(kind)


def by_schema(kind: str, random: Random) -> Tree:
    """A document of a format that follows its schema, nearly always."""
    schema = _schema(kind)
    return _value(schema, schema, random, "", 0)


def _value(schema: Any, root: Any, random: Random, key: str, depth: int) -> Tree:
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    for choice in ("oneOf", "anyOf"):
        if choice in schema:
            return _value(random.choice(schema[choice]), root, random, key, depth)
    if "const" in schema:
        return str(schema["const"])
    if "enum" in schema:
        return str(random.choice(schema["enum"]))
    kind = schema.get("type", "string")
    kind = random.choice(kind) if isinstance(kind, list) else kind
    if depth > DEEPEST:
        return "deep"
    if kind == "array":
        least = schema.get("minItems", 0)
        items = schema.get("items", {})
        count = max(least, random.choice((0, 1, 1, 2, 3, 5)))
        return [_value(items, root, random, key, depth + 1) for _ in range(count)]
    if kind == "object":
        return _object(schema, root, random, key, depth)
    if kind == "boolean":
        return random.choice(("true", "false"))
    pattern = schema.get("pattern", "^[0-9]+$" if kind in {"integer", "number"} else "")
    if key in texts() and random.random() < 0.8:
        text = random.choice(texts()[key])
        if re.search(pattern, text):
            return text
    if not pattern:
        return random.choice(WORDS)
    return matching(pattern, random) if "pattern" in schema else random.choice("12356")


def _object(schema: Any, root: Any, random: Random, key: str, depth: int) -> Tree:
    properties = schema.get("properties", {})
    required = set(schema.get("required", ()))
    often = random.choice((0.1, 0.3, 0.7))
    made: dict[str, Tree] = {}
    for name, value in properties.items():
        if name in required or random.random() < often:
            made[name] = _value(value, root, random, name, depth + 1)
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        pattern = schema.get("propertyNames", {}).get("pattern", "[a-z]{3,9}")
        for _ in range(random.choice((0, 1, 2, 4))):
            made[matching(pattern, random)] = _value(more, root, random, key, depth + 1)
    return made


# --- texts by their pattern --------------------------------------------------------------------


@cache
def _parsed(pattern: str) -> Any:
    from re import _parser  # type: ignore[attr-defined]  # the standard library has no other

    return _parser.parse(pattern)


def matching(pattern: str, random: Random) -> str:
    """A text that a regular expression of a schema matches. Days are real ones near ours."""
    text = "".join(_match(one, random) for one in _parsed(pattern))

    def near(found: re.Match[str]) -> str:
        parts = (random.randrange(1994, 2028), random.randint(1, 12), random.randint(1, 28))
        return "-".join(f"{part:02}" for part in parts[: 1 + found[0].count("-")])

    return re.sub(r"(?<![\w-])\d{4}(-\d\d){0,2}(?![\w-])", near, text)


def _match(part: Any, random: Random) -> str:
    name, value = str(part[0]), part[1]
    if name == "LITERAL":
        return chr(value)
    if name == "NOT_LITERAL":
        return "x" if value != ord("x") else "y"
    if name == "IN":
        return _one_of(value, random)
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        least, most, inside = value
        count = random.randint(least, min(int(most), least + 8))
        return "".join(_match(one, random) for _ in range(count) for one in inside)
    if name == "SUBPATTERN":
        return "".join(_match(one, random) for one in value[-1])
    if name == "BRANCH":
        return "".join(_match(one, random) for one in random.choice(value[1]))
    return "x" if name == "ANY" else ""


def _one_of(choices: Any, random: Random) -> str:
    if str(choices[0][0]) == "NEGATE":
        return random.choice("aZ0-_.é")
    name, value = random.choice(choices)
    if str(name) == "RANGE":
        return chr(random.randint(*value))
    if str(name) == "CATEGORY":
        return random.choice("0123456789" if "DIGIT" in str(value) else "aZ_")
    return chr(value)
