"""A record and claims for the pytest plugin, and what a run of pytest shows."""

import re
import subprocess
from collections.abc import Callable, Mapping

RUSSIA = """
    - act: ban
      date: 2003-02-14
      evidence: [$host]
    - act: engage
      date: 2021-07-08
      evidence: [$host]
    - signal: visit
      date: 2021-10-20
      evidence: [$press]
    - status: {ban: in_force, below: de_jure_recognition}
      date: 2022-01-31
      evidence: [$press]
    - refuse: recognise
      date: 2024-05-27
      because: ban-in-force
      evidence: [$host]
    - refuse: recognise
      date: 2024-05-27
      because: ban-in-force
      evidence: [$host]
    - act: delist
      rank: deprecated
      because: A false report.
      date: 2024-06
      evidence: [$press]
"""
CLAIMS = """\
format: recognition-collective/1
title: Made-up claims
claims:
  - claim: none
    stage: de_jure_recognition
    date: 2022-01-31
    evidence: [{source: yearbook-2026, voice: press, credibility: 3, claim: An example.}]
  - claim: first
    country: FJI
    stage: engaged
    date: 2022
    evidence: [{source: yearbook-2026, voice: press, credibility: 3, claim: An example.}]
  - claim: unattributed
    group: several states
    date: 2022
    evidence: [{source: yearbook-2026, voice: press, credibility: 3, claim: An example.}]
"""
# What changes how pytest prints: on a build server its summary repeats whole findings.
PRINTING = {"BUILD_NUMBER", "CI", "FORCE_COLOR", "NO_COLOR", "PY_COLORS"}
Pytest = Callable[..., subprocess.CompletedProcess[str]]


def plain(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what would change what a run of pytest does or prints."""
    return {
        name: value
        for name, value in environment.items()
        if name not in PRINTING and not name.startswith("PYTEST")
    }


def outcomes(ran: subprocess.CompletedProcess[str]) -> dict[str, int]:
    """`{"passed": 3, "failed": 1}` from the last line."""
    last = ran.stdout.rstrip().splitlines()[-1]
    return {what: int(count) for count, what in re.findall(r"(\d+) (\w+)", last) if what != "in"}


def listed(ran: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in ran.stdout.splitlines() if "::" in line]
