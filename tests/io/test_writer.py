"""Records written as files read back unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import recognition_model as rm
from recognition_model.io.strict_yaml import parse
from recognition_model.io.writer import _quoted, collective_text, register_text, scenario_text


def test_shipped_record_reads_back_unchanged(tmp_path: Path) -> None:
    shipped = rm.load_folder()
    for scenario in shipped.all_scenarios:
        path = tmp_path / f"{scenario.country}.yaml"
        path.write_text(scenario_text(scenario), encoding="utf-8")
    for claims in shipped.collectives:
        (tmp_path / "collective.yaml").write_text(collective_text(claims), encoding="utf-8")
    register = register_text(shipped.sources.values())
    (tmp_path / "sources.yaml").write_text(register, encoding="utf-8")
    read = rm.load_folder(tmp_path, sources={})
    assert read.findings == ()
    assert read.all_scenarios == shipped.all_scenarios
    assert read.collectives == shipped.collectives
    assert dict(read.sources) == dict(shipped.sources)


def test_entry_starts_with_its_kind_and_omits_defaults(scenario_from, story) -> None:
    told = story("- act: engage\n  date: 2022-03~\n  evidence: [$press]\n")
    assert scenario_text(scenario_from(told)).splitlines()[8:] == [
        "documented-until: 2026-01-15",
        "timeline:",
        "  - act: engage",
        "    date: 2022-03~",
        "    evidence:",
        "      - source: yearbook-2026",
        "        voice: press",
        "        credibility: 3",
        "        recalled: true",
        '        claim: "An example."',
    ]


def test_record_without_entries_is_written_as_empty_list(scenario_from, story) -> None:
    assert scenario_text(scenario_from(story("[]\n"))).endswith("timeline: []\n")


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1)


@given(TEXTS)
def test_any_text_reads_back(text: str) -> None:
    """Uses PyYAML's own reader, because ours rejects invisible characters even if escaped."""
    assert yaml.safe_load(f"key: {_quoted(text)}") == {"key": text}


@pytest.mark.parametrize("text", ["no", "true", "null", "Off", "1e3", "0x1f", "~", "2024", "- x"])
def test_word_with_a_meaning_in_yaml_is_quoted(text: str) -> None:
    assert _quoted(text) == f'"{text}"'
    document = parse(f"key: {_quoted(text)}\n", "x.yaml")
    assert document.root == {"key": text}
