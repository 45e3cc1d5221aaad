"""Make a starter file for a country: it replays unchanged.

Below it stands a guide that explains all that the file may contain, to be deleted. Its explanations
of keys, words, rules and dates come from the classes and tables that read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Any

from recognition_model.core.base import Ranked, keys_of, summary_of
from recognition_model.core.countries import code_of, name_of, named
from recognition_model.core.dates import When
from recognition_model.core.evidence import (
    VOICE_ATTESTS,
    Attestation,
    Evidence,
    Reliability,
    Source,
    SourceType,
    Voice,
)
from recognition_model.core.organisations import (
    ACTS_OF_ORGANISATIONS,
    STAGES_OF_ORGANISATIONS,
    RecordKind,
    kind_of,
)
from recognition_model.core.scenario import (
    STEP_OF,
    ActStep,
    Assertion,
    Doctrine,
    Format,
    RefuseStep,
    Scenario,
    SignalStep,
    Start,
    StatusStep,
)
from recognition_model.core.stages import Act, Ban, Reason, Stage
from recognition_model.core.types import SHAPES, SourceName
from recognition_model.engine.rules import RULES
from recognition_model.io.json_schema import EMPTY_START
from recognition_model.io.scaffold_texts import (
    COUNTRY_EXAMPLE,
    GUIDE,
    IN_QUOTES,
    ORGANISATION_EXAMPLE,
    SCENARIO,
    SCENARIO_GUIDE,
    SOURCES,
    SOURCES_GUIDE,
)

WIDTH = 100
COLUMN = 40
_RECORDS = (
    Scenario,
    Start,
    Doctrine,
    ActStep,
    StatusStep,
    SignalStep,
    RefuseStep,
    Evidence,
    Source,
)
_DATES = ("2022-03-05", "2022-03", "2022", "2022-03~", "2022-03?", "2022-03..2022-05", "..2022-03")
_EXPLAINED = re.compile(r"([^<]*\S) <([\w.-]+)>")

Rows = Iterable[tuple[str, str]]


def new_scenario(country: str, bare: bool = False, schema: str = "") -> str:  # noqa: FBT001, FBT002
    """Make the text of a starter scenario file, to be saved under the country's alpha-3 code.

    Unchanged, it replays without a finding and asserts only a start marked as assumed. Unless it is
    `bare`, a guide follows a line of = signs: without the lines above it, and without the `#: `
    that lines of the guide start with, it has an invented entry of every kind, citing the example
    source of `new_register`. `schema` is where an editor finds the JSON Schema, from the file's
    folder. `country` is a code or an English name, also of an organisation: its file says so.
    Raises `UnknownCountry`.
    """
    code = code_of(country)
    kind = kind_of(code)
    of_country = kind is RecordKind.COUNTRY
    words = {
        "country": named(code),
        "name": name_of(code),
        "code": code,
        "kind": kind.value,
        "kind-line": "" if of_country else f"\nkind: {kind}",
        "format": Format.SCENARIO.value,
        **EMPTY_START,
        **(COUNTRY_EXAMPLE if of_country else ORGANISATION_EXAMPLE),
    }
    text = _first_line(schema) + _filled(SCENARIO, words, {})
    if bare:
        return text
    acts = Act if of_country else ACTS_OF_ORGANISATIONS
    tables: dict[str, Rows] = {
        "Stage": _meanings(Stage if of_country else STAGES_OF_ORGANISATIONS),
        **{table.__name__: _meanings(table) for table in (Ban, Attestation, Reason)},
        "kinds": [(kind, summary_of(cls)) for kind, cls in STEP_OF.items()],
        "acts": [(act.value, f"{act.meaning} {_rules_for(act)}.") for act in acts],
        "voices": [(v.value, f"{v.meaning} Counts as {VOICE_ATTESTS[v]}.") for v in Voice],
        "start": _keys_left(Start, SCENARIO_GUIDE),
        "more": _keys_left(Evidence, SCENARIO_GUIDE),
        "dates": [(text, _days(text)) for text in _DATES],
        "status": _keys_left(Assertion, SCENARIO_GUIDE),
    }
    return text + GUIDE + _filled(SCENARIO_GUIDE, words, tables)


def new_register(bare: bool = False, schema: str = "") -> str:  # noqa: FBT001, FBT002
    """Make the text of a `sources.yaml` for the same folder: an empty register.

    Its guide and its first line are as in `new_scenario`.
    """
    words = {"format": Format.SOURCES.value}
    text = _first_line(schema) + _filled(SOURCES, words, {})
    if bare:
        return text
    grades = [f"{grade.value} {grade.name.lower().replace('_', ' ')}" for grade in Reliability]
    tables: dict[str, Rows] = {
        "more": _keys_left(Source, SOURCES_GUIDE),
        "words": [
            ("type", ", ".join(kind.value for kind in SourceType)),
            ("reliability", ", ".join(grades)),
        ],
    }
    return text + GUIDE + _filled(SOURCES_GUIDE, words, tables)


def _first_line(schema: str) -> str:
    """Name the schema for an editor, if there is one."""
    return f"# yaml-language-server: $schema={schema}\n" if schema else ""


def _filled(template: str, words: dict[str, str], tables: dict[str, Rows]) -> str:
    """Fill the slots of a template.

    A slot is a word inside a line, a table in place of a line, or a comment at the end of a line.
    """
    docs = {f"{cls.__name__}.{key}": text for cls in _RECORDS for key, text in _docs(cls)}
    texts = {f"{cls.__name__}.{key}" for cls in _RECORDS for key in _texts(cls)}
    docs["Source.title"] += f" {IN_QUOTES}"
    docs["Source.name"] = f"The name that records cite: {SHAPES[SourceName].hint}."
    for slot, word in words.items():
        template = template.replace(f"<{slot}>", word)
    lines: list[str] = []
    for line in template.splitlines():
        explained = _EXPLAINED.fullmatch(line)
        if explained is not None and explained[2] in texts:
            lines += [*_comment_above(explained[1], docs[explained[2]]), explained[1]]
        elif explained is not None:
            lines += _with_comment(explained[1], docs[explained[2]])
        elif line.startswith("<"):
            lines += _table(tables[line.strip("<>")])
        else:
            lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def _with_comment(line: str, text: str) -> Iterator[str]:
    """Append the comment if it fits, otherwise put it on the following lines."""
    first, *rest = wrap(text, WIDTH - COLUMN - 2)
    if len(line) < COLUMN:
        yield f"{line:{COLUMN}}# {first}"
    else:
        yield line
        rest = [first, *rest]
    yield from (f"{'':{COLUMN}}# {more}" for more in rest)


def _comment_above(line: str, text: str) -> Iterator[str]:
    """A comment for the lines above a free text: one behind it could be taken for a part of it."""
    key = re.match("(#: *)", line)
    indent = key[1] if key else ""
    yield from (f"{indent}# {part}" for part in wrap(text, WIDTH - len(indent) - 2))


def _table(rows: Rows) -> Iterator[str]:
    """Words and their meanings, as comment lines."""
    rows = list(rows)
    head = max(len(word) for word, _ in rows) + 2
    for word, meaning in rows:
        first, *rest = wrap(meaning, WIDTH - head - 4)
        yield f"#   {word:{head}}{first}"
        yield from (f"#   {'':{head}}{more}" for more in rest)


def _docs(cls: type[Any]) -> list[tuple[str, str]]:
    """The keys of a record with their explanations."""
    return [(key, attribute.metadata["doc"]) for key, attribute in keys_of(cls).items()]


def _texts(cls: type[Any]) -> list[str]:
    """The keys of a record whose value is free text."""
    return [key for key, attribute in keys_of(cls).items() if attribute.type in (str, str | None)]


def _keys_left(cls: type[Any], template: str) -> Rows:
    """The keys of a record that have no line in a template, with their explanations."""
    return [row for row in _docs(cls) if f"<{cls.__name__}.{row[0]}>" not in template]


def _meanings(members: Iterable[Ranked]) -> Rows:
    return [(member.value, member.meaning) for member in members]


def _rules_for(act: Act) -> str:
    """The rules for an act and the attestation they need: `R05, R06: official`."""
    rules = RULES.of(act)
    needs = dict.fromkeys(rule.needs.value for rule in rules)
    return f"{', '.join(rule.code for rule in rules)}: {' or '.join(needs)}"


def _days(text: str) -> str:
    """The days that a date may mean."""
    when = When.parse(text)
    if when.exact:
        return "that day"
    first, last = When.OPEN
    ends = [
        f"from {when.earliest}" if when.earliest > first else "",
        f"to {when.latest}" if when.latest < last else "",
        "(approximate)" if when.approximate else "(doubtful)" if when.doubtful else "",
    ]
    return " ".join(["some day", *filter(None, ends)])
