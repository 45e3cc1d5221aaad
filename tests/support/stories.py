"""Scenario files for tests, written from their timelines."""

from __future__ import annotations

from string import Template
from textwrap import dedent, indent

from recognition_model.core.countries import is_organisation

# What a story may say for evidence: `evidence: [$host]`. All of it was public in 2026 only.
_PROOF = "{source: yearbook-2026, voice: %s, credibility: 3, recalled: true, claim: An example.}"
_EVIDENCE = {
    "host": _PROOF % "host",
    "taliban": _PROOF % "taliban",
    "other": _PROOF % "other_state",
    "press": _PROOF % "press",
    "denial": _PROOF.replace("claim", "bearing: disputes, claim") % "host",
}
_HEAD = Template("""\
format: recognition-scenario/1
country: $country
title: A made-up record
start: {stage: $stage, ban: $ban, date: $begins, assumed: Made up.}
documented-until: $until
timeline:
""")


def story(
    timeline: str,
    *,
    country: str = "RUS",
    stage: str = "hostile",
    ban: str = "none",
    begins: str | None = None,
    until: str = "2026-01-15",
) -> str:
    """Write a scenario. Dealings at its start begin after the first emirate, which ended all.

    One of an organisation says so, in a line more.
    """
    begins = begins or ("1996-09-27" if stage in ("hostile", "banned") else "2002-01-01")
    code = f"{country}\nkind: organisation" if is_organisation(country) else country
    head = _HEAD.substitute(country=code, stage=stage, ban=ban, begins=begins, until=until)
    return head + indent(Template(dedent(timeline).lstrip("\n")).substitute(_EVIDENCE), "  ")
