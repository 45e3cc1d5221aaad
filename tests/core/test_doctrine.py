"""A country that recognises states and not governments: in its file and in every output."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import recognition_model as rm
from recognition_model.cli.next import next_page
from recognition_model.cli.plain import plain
from recognition_model.cli.replay_page import replay_in_words
from recognition_model.cli.status_page import status_page
from recognition_model.cli.status_rows import Row
from recognition_model.exports import table
from recognition_model.io.json_schema import json_schema
from recognition_model.io.provenance import digest
from recognition_model.io.writer import scenario_text
from recognition_model.plots import picture
from recognition_model.report.build import page_of
from recognition_model.report.html import html_report

SAYS = "It recognises states and not governments."
DOCTRINE = f"""\
doctrine:
  says: {SAYS}
  evidence: [{{source: yearbook-2026, voice: host, credibility: 1, claim: An example.}}]
start:"""


@pytest.fixture
def replay(story: Callable[..., str], scenario_from: Callable[..., rm.Scenario]) -> rm.Replay:
    told = story("- {act: engage, date: 2022-02-01, evidence: [$host]}", country="FJI")
    return rm.replay(scenario_from(told.replace("start:", DOCTRINE), "FJI.yaml"))


def test_doctrine_is_read_with_its_evidence(replay: rm.Replay) -> None:
    doctrine = replay.scenario.doctrine
    assert doctrine is not None
    assert (doctrine.says, [item.id for item in doctrine.evidence]) == (SAYS, ["yearbook-2026"])
    assert doctrine.place.line == 5
    assert replay.ok


def test_doctrine_without_evidence_is_rm302(
    story: Callable[..., str], findings_of: Callable[..., list[rm.Finding]]
) -> None:
    told = story("- {signal: visit, date: 2022-02-01, evidence: [$host]}", country="FJI").replace(
        "start:", f"doctrine: {{says: {SAYS}}}\nstart:"
    )
    assert [found.code for found in findings_of(told, "FJI.yaml")] == ["RM302"]


def test_doctrine_is_printed_by_status_next_and_replay(replay: rm.Replay) -> None:
    position = replay.history.on("2024-01-01")
    line = f"  doctrine: {SAYS} (yearbook-2026 (host, B1))"
    status = plain(status_page([Row(replay, position)], full=True), 100)
    assert f"  {line}" in status.splitlines()
    assert line in plain(next_page(replay, position, []), 100).splitlines()
    assert line in replay_in_words(replay)
    assert replay.to_dict()["doctrine"] == {"says": SAYS, "evidence": ["yearbook-2026"]}


def test_doctrine_is_in_the_report_with_source_and_in_the_caption(
    replay: rm.Replay,
) -> None:
    (country,) = page_of([replay]).countries
    assert country.doctrine == SAYS
    assert [proof.voice for proof in country.doctrine_proofs] == ["host"]
    assert f"Doctrine of recognition: <bdi>{SAYS}</bdi>" in html_report([replay])
    assert f"Doctrine of recognition: {SAYS}" in picture("history", [replay]).full_caption


def test_doctrine_is_omitted_if_its_evidence_was_not_yet_public(replay: rm.Replay) -> None:
    public = replay.scenario.doctrine.evidence[0].source.public.latest  # type: ignore[union-attr]
    before = rm.replay(replay.scenario, known_by=date.fromordinal(public.toordinal() - 1))
    assert before.scenario.doctrine is None
    assert rm.replay(replay.scenario, known_by=public).scenario.doctrine is not None


def test_doctrine_is_written_back_and_counts_in_the_digest(
    replay: rm.Replay, tmp_path: Path, register: dict[str, rm.Source]
) -> None:
    scenario = replay.scenario
    assert scenario.evidence[0] is scenario.doctrine.evidence[0]  # type: ignore[union-attr]
    (tmp_path / "FJI.yaml").write_text(scenario_text(scenario), encoding="utf-8")
    again = rm.load(tmp_path / "FJI.yaml", register)
    assert again == scenario
    assert digest([again]) == digest([scenario])


def test_doctrine_is_in_the_schema() -> None:
    told = json_schema("scenario")
    assert told["properties"]["doctrine"]["$ref"] == "#/$defs/Doctrine"
    assert "doctrine" not in told["required"]
    shipped = Path(rm.__file__).parent / "schemas" / "scenario.json"
    assert json.loads(shipped.read_text(encoding="utf-8")) == told


def test_doctrine_is_exported_with_its_country_and_evidence(
    replay: rm.Replay,
) -> None:
    (country,) = table("countries", [replay]).rows
    assert country[-1] == SAYS
    rows = [row for row in table("evidence", [replay]).rows if row[2] == 0]
    assert [row[3:6] for row in rows] == [("doctrine", 1, "yearbook-2026")]


def test_doctrine_is_not_exported_before_its_evidence_was_public(
    story: Callable[..., str], scenario_from: Callable[..., rm.Scenario]
) -> None:
    told = story("- {act: engage, date: 2022-02-01, evidence: [$host]}", country="FJI")
    scenario = scenario_from(told.replace("start:", DOCTRINE), "FJI.yaml")
    early = rm.replay(scenario, known_by="2025-01-01")
    (country,) = table("countries", [early]).rows
    assert country[-1] is None
    assert table("evidence", [early]).rows == ()
