"""Everyday slips: one valid scenario, spoilt by one edit, and what is said about it."""

from pathlib import Path

import recognition_model as rm

SCENARIO = """\
format: recognition-scenario/1
country: FRA
title: France, a made-up record
start: {stage: hostile, ban: none, date: 2021-08-15, assumed: made up}
documented-until: 2023-06-30
timeline:
  - act: engage
    date: 2021-11-18
    note: Envoys hold talks.
    evidence:
      - {source: example-1, voice: host, credibility: 1, announcement: true, claim: Envoys meet.}
  - status: {stage: engaged}
    date: 2022-01-05
    evidence:
      - {source: example-2, voice: host, credibility: 1, claim: Still so.}
"""

REGISTER = """\
format: recognition-sources/1
sources:
  example-1:
    type: article-newspaper
    publisher: The Example Gazette
    title: Envoys meet in Kabul
    issued: 2021-11-18
    language: en
    reliability: B
    url: https://example.org/envoys
  example-2:
    type: webpage
    publisher: Ministry of Examples
    title: A word on Kabul
    issued: 2022-01-05
    language: en
    reliability: A
    url: https://example.org/kabul
"""


def told_of(
    folder: Path,
    old: str = "",
    new: str = "",
    *,
    register: tuple[str, str] = ("", ""),
) -> list[rm.Finding]:
    """Write the scenario and its register with `old` replaced once by `new`; list the findings.

    The findings are those of the files and of the replay. `old` must occur.
    """
    write(folder, old, new, register=register)
    read = rm.load_folder(folder)
    replays = [rm.replay(scenario) for scenario in read.scenarios]
    return [*read.findings, *(found for replay in replays for found in replay.findings)]


def write(
    folder: Path,
    old: str = "",
    new: str = "",
    *,
    register: tuple[str, str] = ("", ""),
) -> Path:
    """Write the spoilt scenario and its register; give the scenario's path."""
    assert old in SCENARIO
    assert register[0] in REGISTER
    path = folder / "FRA.yaml"
    path.write_bytes(SCENARIO.replace(old, new, 1).encode() if old else SCENARIO.encode())
    text = REGISTER.replace(*register, 1) if register[0] else REGISTER
    (folder / "sources.yaml").write_bytes(text.encode())
    return path
