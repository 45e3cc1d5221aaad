"""The file that a record begins with: it replays as it is, and explains what can stand in it.

What it says of keys, words, rules and dates is taken from the classes and tables that read them.
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

SCENARIO = """\
# <country>
#
# Where it stands towards the Taliban government, since when, and who says so.
#
# This file replays as it is, and claims nothing yet:
#
#     recognition-model replay <code>.yaml
#
# It holds a made-up example. To try it, here and in the sources.yaml beside it:
#
#   1. delete the lines that end in  #-
#   2. where a line begins with  #:  take that away, and the space behind it
#
# Then put what you know in its place. What stands behind a # is for the reader alone.
# `recognition-model explain WORD` tells more of a word, a rule (R02) or a finding (RM302).
#
# An editor completes keys and words by a schema. Print it beside this file:
#
#     recognition-model schema > scenario.json
#
# and make this the first line:
#
#     # yaml-language-server: $schema=scenario.json

format: <format>
country: <code> <Scenario.country>
title: <name>, not yet looked up <Scenario.title>

# Stages, lowest to highest:
<Stage>
# Bans, remembered beside the stage:
<Ban>

start: <Scenario.start>
  stage: hostile <Start.stage>
  ban: none <Start.ban>
  # The day on which the Taliban took Kabul (tass-2022-01-31 in the register). Where their first
  # government matters, the day on which they first took it: 1996-09-27 (guardian-1996-09-28).
  date: 2021-08-15 <Start.date>
  assumed: Nothing has been looked up yet; that is all this start says. <Start.assumed>
# It may also have:
<start>

documented-until: 2021-08-15  #-
#: documented-until: 2023-06-30 <Scenario.documented-until>

#: doctrine: <Scenario.doctrine>
#:   says: It recognises states, never governments. <Doctrine.says>
#:   evidence: <Doctrine.evidence>
#:     - {source: example-2023, voice: host, credibility: 1, claim: Its ministry says so.}

# What happened, in that order. An entry is one of four kinds:
<kinds>

timeline: []  #-
#: timeline: <Scenario.timeline>

# --- act ------------------------------------------------------------------------------------------
#
# Acts, the rules that may take them, and what the evidence must amount to at least:
<acts>
# What evidence amounts to, weakest to strongest:
<Attestation>
# Voices. The strongest that supports an entry counts:
<voices>

#:   - act: engage <ActStep.act>
#:     date: 2021-11-18 <ActStep.date>
#:     note: Envoys hold talks in Kabul. <ActStep.note>
#:     evidence: <ActStep.evidence>
#:       - source: example-2023 <Evidence.source>
#:         voice: press <Evidence.voice>
#:         credibility: 2 <Evidence.credibility>
#:         claim: Envoys met ministers. <Evidence.claim>
# Replayed: R02 takes it, and the stage is engaged.
#
# An item of evidence may also have:
<more>

# An act that nobody should believe any more is kept and shown, and never replayed:
#:   - act: accept_ambassador
#:     rank: deprecated <ActStep.rank>
#:     because: The ministry denied it. <ActStep.because>
#:     date: 2022-02
#:     evidence:
#:       - {source: example-2023, voice: press, credibility: 5, claim: An ambassador came.}
#:       - source: example-2023
#:         voice: host
#:         credibility: 1
#:         bearing: disputes <Evidence.bearing>
#:         claim: No ambassador came.

# --- signal ---------------------------------------------------------------------------------------
#
# A date that is not known to the day says so. Never write the first of a month for some day of it.
<dates>

#:   - signal: visit <SignalStep.signal>
#:     date: 2022-03~
#:     evidence:
#:       - {source: example-2023, voice: taliban, credibility: 2, claim: A delegation came.}
# Replayed: it is shown, and moves nothing.

# --- refuse ---------------------------------------------------------------------------------------
#
# A false report, or what an authority calls impossible. Its evidence is what such an act would rest
# on. The rules must turn it down:
<Reason>

#:   - refuse: recognise <RefuseStep.refuse>
#:     date: 2022-05-02..2022-05-04
#:     because: not-attested <RefuseStep.because>
#:     evidence:
#:       - {source: example-2023, voice: press, credibility: 4, claim: It writes of recognition.}
# Replayed: refused, as expected.

# --- status ---------------------------------------------------------------------------------------
#
# What a source says the state was. All that is given must hold:
<status>

#:   - status: {at-least: engaged, below: de_jure_recognition} <StatusStep.status>
#:     date: 2022-12-31
#:     contradiction: One table has an embassy. The text is read. <StatusStep.contradiction>
#:     evidence:
#:       - {source: example-2023, voice: other_state, credibility: 2, claim: Talks and no more.}
# Replayed: it holds.

# --- and an act that needs the word of the country itself -----------------------------------------

#:   - act: accept_ambassador
#:     date: 2023-02
#:     evidence:
#:       - {source: example-2023, voice: host, credibility: 1, claim: His letters are taken.}
# Replayed: R04 takes it, and the stage is ambassador_accepted.
"""

SOURCES = """\
# The sources of the records in this folder. They add to the register that ships with the package: a
# source that stands there may be cited by its name, and that name is not given again here.
#
# The example goes with that of a record begun by `recognition-model new COUNTRY`. To try it:
#
#   1. delete the lines that end in  #-
#   2. where a line begins with  #:  take that away, and the space behind it

format: <format>

sources: {}  #-
#: sources:
#:   example-2023: <Source.name>
#:     type: report <Source.type>
#:     publisher: The Example <Source.publisher>
#:     title: A made-up yearbook <Source.title>
#:     issued: 2023-05 <Source.issued>
#:     public: 2023-06-30 <Source.public>
#:     language: en <Source.language>
#:     url: https://example.org/2023 <Source.url>
#:     reliability: C <Source.reliability>

# A source may also have:
<more>
# Words for two of the keys:
<words>
"""

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


def new_scenario(country: str) -> str:
    """The text of a scenario file to begin with; the file is named by the country's alpha-3 code.

    As it is, it replays without a finding and asserts nothing but a start that it calls assumed.
    Without its lines that end in `#-`, and without the `#: ` that other lines begin with, it holds
    an entry of every kind, all made up, on the source that `new_register` has an example of.
    `country` is a code or an English name; raises `UnknownCountry`.
    """
    code = code_of(country)
    words = {
        "country": named(code),
        "name": name_of(code),
        "code": code,
        "format": Format.SCENARIO.value,
    }
    tables: dict[str, Rows] = {
        **{kind.__name__: _meanings(kind) for kind in (Stage, Ban, Attestation, Reason)},
        "kinds": [(kind, summary_of(cls)) for kind, cls in STEP_OF.items()],
        "acts": [(act.value, f"{act.meaning} {_rules_for(act)}.") for act in Act],
        "voices": [(v.value, f"{v.meaning} Counts as {VOICE_ATTESTS[v]}.") for v in Voice],
        "start": _keys_left(Start, SCENARIO),
        "more": _keys_left(Evidence, SCENARIO),
        "dates": [(text, _days(text)) for text in _DATES],
        "status": _keys_left(Assertion, SCENARIO),
    }
    return _filled(SCENARIO, words, tables)


def new_register() -> str:
    """The text of a `sources.yaml` to lie beside it: a register without a source, and an example.

    Its marks are those of `new_scenario`.
    """
    grades = [f"{grade.value} {grade.name.lower().replace('_', ' ')}" for grade in Reliability]
    tables: dict[str, Rows] = {
        "more": _keys_left(Source, SOURCES),
        "words": [
            ("type", ", ".join(kind.value for kind in SourceType)),
            ("reliability", ", ".join(grades)),
        ],
    }
    return _filled(SOURCES, {"format": Format.SOURCES.value}, tables)


def _filled(template: str, words: dict[str, str], tables: dict[str, Rows]) -> str:
    """The template with its slots filled: a word, a table for a line, a comment behind a line."""
    told = {f"{cls.__name__}.{key}": text for cls in _RECORDS for key, text in _docs(cls)}
    told["Source.name"] = f"The name that records cite: {SHAPES[SourceName].hint}."
    for slot, word in words.items():
        template = template.replace(f"<{slot}>", word)
    lines: list[str] = []
    for line in template.splitlines():
        explained = _EXPLAINED.fullmatch(line)
        if explained is not None:
            lines += _with_comment(explained[1], told[explained[2]])
        elif line.startswith("<"):
            lines += _table(tables[line.strip("<>")])
        else:
            lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def _with_comment(line: str, text: str) -> Iterator[str]:
    """A line and a comment behind it, where that has room; else, and for the rest, below."""
    first, *rest = wrap(text, WIDTH - COLUMN - 2)
    if len(line) < COLUMN:
        yield f"{line:{COLUMN}}# {first}"
    else:
        yield line
        rest = [first, *rest]
    yield from (f"{'':{COLUMN}}# {more}" for more in rest)


def _table(rows: Rows) -> Iterator[str]:
    """Words and what they mean, as lines of a comment."""
    rows = list(rows)
    head = max(len(word) for word, _ in rows) + 2
    for word, meaning in rows:
        first, *rest = wrap(meaning, WIDTH - head - 4)
        yield f"#   {word:{head}}{first}"
        yield from (f"#   {'':{head}}{more}" for more in rest)


def _docs(cls: type[Any]) -> list[tuple[str, str]]:
    """The keys of a record, each with its explanation."""
    return [(key, attribute.metadata["doc"]) for key, attribute in keys_of(cls).items()]


def _keys_left(cls: type[Any], template: str) -> Rows:
    """The keys of a record, with their explanations, that a template has no line for."""
    return [row for row in _docs(cls) if f"<{cls.__name__}.{row[0]}>" not in template]


def _meanings(kind: type[Ranked]) -> Rows:
    return [(member.value, member.meaning) for member in kind]


def _rules_for(act: Act) -> str:
    """The rules for an act and what they need: `R05, R06: official`."""
    rules = RULES.of(act)
    needs = dict.fromkeys(rule.needs.value for rule in rules)
    return f"{', '.join(rule.code for rule in rules)}: {' or '.join(needs)}"


def _days(text: str) -> str:
    """Which days a date may mean."""
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
