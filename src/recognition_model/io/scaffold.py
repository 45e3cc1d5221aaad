"""Make a starter file for a country: it replays unchanged and explains all that it may contain.

Its explanations of keys, words, rules and dates come from the classes and tables that read them.
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
# The country's position towards the Taliban government: since when, and according to whom.
#
# You can replay this file now. It makes no claim yet:
#
#     recognition-model replay <code>.yaml
#
# It contains an invented example. To try it, edit this file and sources.yaml in the same folder:
#
#   1. Delete every line that ends with  #-
#   2. From every line that starts with  #:  delete these two characters and the space after them.
#
# Then replace the example with what you know. Text after a # is a comment.
# `recognition-model explain WORD` explains a word, a rule (R02) or a finding (RM302).
#
# An editor can complete keys and words if it has the schema. Save it in the same folder:
#
#     recognition-model schema > scenario.json
#
# and make this the first line of the file:
#
#     # yaml-language-server: $schema=scenario.json

format: <format>
country: <code> <Scenario.country>
title: <name>, not yet looked up <Scenario.title>

# Stages, lowest to highest:
<Stage>
# Bans, recorded in addition to the stage:
<Ban>

start: <Scenario.start>
  stage: hostile <Start.stage>
  ban: none <Start.ban>
  # The day the Taliban took Kabul (source: tass-2022-01-31 in the register). If their first
  # government matters, use the day they first took it: 1996-09-27 (source: guardian-1996-09-28).
  date: 2021-08-15 <Start.date>
  assumed: Nothing has been looked up yet. This start is a placeholder. <Start.assumed>
# Optional key of the start:
<start>

documented-until: 2021-08-15  #-
#: documented-until: 2023-06-30 <Scenario.documented-until>
#: reviewed: 2023-09-30 <Scenario.reviewed>

#: doctrine: <Scenario.doctrine>
#:   says: It recognises states, never governments. <Doctrine.says>
#:   evidence: <Doctrine.evidence>
#:     - {source: example-2023, voice: host, credibility: 1, claim: Its ministry says so.}

# The events, in the order they happened. There are four kinds of entry:
<kinds>

timeline: []  #-
#: timeline: <Scenario.timeline>

# --- act ------------------------------------------------------------------------------------------
#
# Acts, the rules that may permit them, and the attestation that each rule needs at least:
<acts>
# Attestation, weakest to strongest:
<Attestation>
# Voices. The strongest voice that supports an entry counts:
<voices>

#:   - act: engage <ActStep.act>
#:     date: 2021-11-18 <ActStep.date>
#:     note: Envoys hold talks in Kabul. <ActStep.note>
#:     evidence: <ActStep.evidence>
#:       - source: example-2023 <Evidence.source>
#:         voice: press <Evidence.voice>
#:         credibility: 2 <Evidence.credibility>
#:         claim: Envoys met ministers. <Evidence.claim>
# Result: R02 permits it, and the stage becomes engaged.
#
# Optional keys of an evidence item:
<more>

# An act that is no longer credible stays in the file. It is shown but never replayed:
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
# If you do not know the exact day, write what you know: 2022-03, not 2022-03-01.
<dates>

#:   - signal: visit <SignalStep.signal>
#:     date: 2022-03~
#:     evidence:
#:       - {source: example-2023, voice: taliban, credibility: 2, claim: A delegation came.}
# Result: it is shown, and the stage does not change.

# --- refuse ---------------------------------------------------------------------------------------
#
# A false report, or an act that an authority calls impossible. Give the evidence that the act would
# have. The rules must refuse it, for one of these reasons:
<Reason>

#:   - refuse: recognise <RefuseStep.refuse>
#:     date: 2022-05-02..2022-05-04
#:     because: not-attested <RefuseStep.because>
#:     evidence:
#:       - {source: example-2023, voice: press, credibility: 4, claim: It reports recognition.}
# Result: refused, as expected.

# --- status ---------------------------------------------------------------------------------------
#
# What a source says the state was on a day. Every key given must hold:
<status>

#:   - status: {at-least: engaged, below: de_jure_recognition} <StatusStep.status>
#:     date: 2022-12-31
#:     contradiction: One table lists an embassy. We follow the text. <StatusStep.contradiction>
#:     evidence:
#:       - {source: example-2023, voice: other_state, credibility: 2, claim: There are only talks.}
# Result: the status holds.

# --- an act that needs the word of the country itself ---------------------------------------------

#:   - act: accept_ambassador
#:     date: 2023-02
#:     evidence:
#:       - {source: example-2023, voice: host, credibility: 1, claim: It took his credentials.}
# Result: R04 permits it, and the stage becomes ambassador_accepted.
"""

SOURCES = """\
# The sources of the records in this folder. They add to the register that ships with the package.
# Records may cite sources from both. Do not use a name of that register again here.
#
# The example belongs to the one in the file that `recognition-model new COUNTRY` writes. To try it:
#
#   1. Delete every line that ends with  #-
#   2. From every line that starts with  #:  delete these two characters and the space after them.

format: <format>

sources: {}  #-
#: sources:
#:   example-2023: <Source.name>
#:     type: report <Source.type>
#:     publisher: The Example <Source.publisher>
#:     title: An invented yearbook <Source.title>
#:     issued: 2023-05 <Source.issued>
#:     public: 2023-06-30 <Source.public>
#:     language: en <Source.language>
#:     url: https://example.org/2023 <Source.url>
#:     reliability: C <Source.reliability>

# Optional keys of a source:
<more>
# Allowed words for two of the keys:
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
    """Make the text of a starter scenario file, to be saved under the country's alpha-3 code.

    Unchanged, it replays without a finding and asserts only a start marked as assumed. Without the
    lines that end with `#-` and without the `#: ` that other lines start with, it has an invented
    entry of every kind, citing the example source of `new_register`. `country` is a code or an
    English name. Raises `UnknownCountry`.
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
    """Make the text of a `sources.yaml` for the same folder: an empty register with an example.

    The example is marked as in `new_scenario`.
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
    """Fill the slots of a template.

    A slot is a word inside a line, a table in place of a line, or a comment at the end of a line.
    """
    docs = {f"{cls.__name__}.{key}": text for cls in _RECORDS for key, text in _docs(cls)}
    docs["Source.name"] = f"The name that records cite: {SHAPES[SourceName].hint}."
    for slot, word in words.items():
        template = template.replace(f"<{slot}>", word)
    lines: list[str] = []
    for line in template.splitlines():
        explained = _EXPLAINED.fullmatch(line)
        if explained is not None:
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


def _keys_left(cls: type[Any], template: str) -> Rows:
    """The keys of a record that have no line in a template, with their explanations."""
    return [row for row in _docs(cls) if f"<{cls.__name__}.{row[0]}>" not in template]


def _meanings(kind: type[Ranked]) -> Rows:
    return [(member.value, member.meaning) for member in kind]


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
