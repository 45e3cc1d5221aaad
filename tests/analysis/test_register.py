"""The register of sources to search: what cites each, by hand and by a script over the YAML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.fixtures import Story
from support.paths import ROOT

import recognition_model as rm
from recognition_model.analysis.register import by_publisher, known_grade

CLAIM = """\
format: recognition-collective/1
title: Made-up claims
claims:
  - claim: unattributed
    group: Some states
    date: 2026
    evidence: [{source: almanac-2026, voice: press, credibility: 3, claim: An example.}]
"""
TIMELINE = """
    - signal: visit
      date: 2024-05
      evidence: [{source: gazette-2024-05, voice: host, credibility: 1, claim: An example.}]
    - {signal: visit, date: 2025, evidence: [$press, $denial]}
"""


REGISTER = """\
format: recognition-sources/1
sources:
  almanac-2026: {publisher: The Other Example, issued: 2026-01-01, reliability: B, %s}
  yearbook-2026: {publisher: The Example Yearbook, issued: 2026-01-01, reliability: B, %s}
  gazette-2024-05:
    {publisher: The Example Gazette, issued: 2024-05, public: 2024-06, reliability: B, %s}
  ecole-2020: {publisher: École des Exemples, issued: 2020, reliability: A, %s}
""".replace("%s", "type: report, title: An example, language: en")


@pytest.fixture
def folder(tmp_path: Path, story: Story) -> rm.Folder:
    """Fiji cites a yearbook and a gazette, a claim about a group an almanac, nothing a school."""
    (tmp_path / "FJI.yaml").write_text(story(TIMELINE, country="FJI"), encoding="utf-8")
    (tmp_path / "claims.yaml").write_text(CLAIM, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(REGISTER, encoding="utf-8")
    folder = rm.load_folder(tmp_path)
    assert folder.findings == ()
    return folder


def names(found: tuple[rm.analysis.register.CitedSource, ...]) -> list[str]:
    return [one.source.id for one in found]


def test_sources_come_by_publisher_each_with_what_cites_it(folder: rm.Folder) -> None:
    found = rm.cited_sources(folder)
    assert names(found) == ["ecole-2020", "gazette-2024-05", "yearbook-2026", "almanac-2026"]
    assert [[str(one) for one in source.cited_by] for source in found] == [
        [],
        ["FJI signal 2024-05"],
        ["FJI signal 2025", "FJI signal 2025"],
        ["claim 2026"],
    ]


def test_citation_says_why_the_replay_does_not_use_its_entry(tmp_path: Path, story: Story) -> None:
    timeline = """
        - {act: engage, date: 2022, evidence: [$press]}
        - {act: ban, date: 2022, rank: deprecated, because: No., evidence: [$press]}
        - {act: accept_ambassador, date: 2023, evidence: [$press]}
        - {refuse: recognise, because: not-attested, date: 2024, evidence: [$press]}
        - {status: {below: engaged}, date: 2025, evidence: [$press]}
    """
    (tmp_path / "FJI.yaml").write_text(story(timeline, country="FJI"), encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(REGISTER, encoding="utf-8")
    (yearbook,) = rm.cited_sources(rm.load_folder(tmp_path), country="FJI")
    told = [(str(one), one.set_aside) for one in yearbook.cited_by]
    assert told == [
        ("FJI act 2022", ""),
        ("FJI act 2022", "struck out"),
        ("FJI act 2023", "refused by the rules"),  # the press alone makes no ambassador
        ("FJI refuse 2024", "rejected"),
        ("FJI status 2025", "does not hold"),
    ]
    data = [one["set_aside"] for one in yearbook.to_dict()["cited_by"]]
    assert data == [None, *(why for _, why in told[1:])]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"publisher": 3}, "publisher takes a text, not 3"),
        ({"country": 3}, "country takes a text, not 3"),
        ({"grade": 3}, "a grade takes a text, not 3"),
        ({"known_by": 3}, "a date is a date or a text"),
    ],
)
def test_value_of_another_type_is_refused_by_the_name_of_its_argument(
    folder: rm.Folder, asked: Any, why: str
) -> None:
    with pytest.raises(TypeError, match=why):
        rm.cited_sources(folder, **asked)


def test_register_is_asked_of_a_folder_alone() -> None:
    with pytest.raises(TypeError, match="takes a Folder, as `load_folder` returns, not 3"):
        rm.cited_sources(3)  # type: ignore[arg-type]


def test_sources_of_the_shipped_register_that_an_own_folder_does_not_cite_are_left_out(
    folder: rm.Folder,
) -> None:
    assert "tass-2022-01-31" in folder.sources
    assert "tass-2022-01-31" not in names(rm.cited_sources(folder))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"publisher": "ECOLE"}, ["ecole-2020"]),
        ({"publisher": "the example"}, ["gazette-2024-05", "yearbook-2026"]),
        ({"country": "Fiji"}, ["gazette-2024-05", "yearbook-2026"]),
        ({"country": "TUV"}, []),
        ({"uncited": True}, ["ecole-2020"]),
        ({"grade": "b"}, ["gazette-2024-05", "yearbook-2026", "almanac-2026"]),
        ({"grade": "B1"}, ["gazette-2024-05"]),
        ({"grade": "A", "uncited": True}, ["ecole-2020"]),
        ({"known_by": "2024-06-30"}, ["ecole-2020", "gazette-2024-05"]),
        ({"known_by": "2024-06-29"}, ["ecole-2020"]),
    ],
    ids=str,
)
def test_filter_keeps_the_sources_that_match(
    folder: rm.Folder, asked: dict[str, Any], found: list[str]
) -> None:
    assert names(rm.cited_sources(folder, **asked)) == found


@pytest.mark.parametrize("asked", [{"country": "FJI"}, {"grade": "A1"}])
def test_uncited_source_has_neither_country_nor_digit(folder: rm.Folder, asked: Any) -> None:
    with pytest.raises(ValueError, match="neither a country nor a digit"):
        rm.cited_sources(folder, uncited=True, **asked)


@pytest.mark.parametrize("text", ["", "G", "2", "B7", "BB", "2B"])
def test_text_that_is_no_grade_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="as in B2"):
        known_grade(text)


def test_publishers_are_counted_most_sources_first(folder: rm.Folder) -> None:
    gazette, yearbook, almanac = rm.cited_sources(folder, publisher="the")
    groups = by_publisher((gazette, yearbook, almanac, almanac))
    assert [(one.name, len(one.sources), one.citations, one.countries) for one in groups] == [
        ("The Other Example", 2, 2, ()),
        ("The Example Gazette", 1, 1, ("FJI",)),
        ("The Example Yearbook", 1, 2, ("FJI",)),
    ]


def test_source_as_data_has_the_keys_of_the_format(folder: rm.Folder) -> None:
    _, gazette, *_ = rm.cited_sources(folder)
    data = gazette.to_dict()
    assert (data["id"], data["publisher"]) == ("gazette-2024-05", "The Example Gazette")
    (cited,) = data["cited_by"]
    assert (cited["country"], cited["kind"], cited["date"], cited["grade"]) == (
        "FJI",
        "signal",
        "2024-05",
        "B1",
    )
    assert Path(cited["file"]).name == "FJI.yaml"
    assert cited["line"] == 7


def items_in(node: Any) -> Iterator[str]:
    """The name of the source of every item of evidence in a parsed file."""
    if isinstance(node, dict):
        if "source" in node and "voice" in node:
            yield node["source"]
        for value in node.values():
            yield from items_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from items_in(value)


def test_citations_of_the_shipped_record_are_those_of_its_files() -> None:
    written: Counter[str] = Counter()
    for path in [*(ROOT / "scenarios").glob("*.yaml"), ROOT / "seeds" / "authority.yaml"]:
        written.update(items_in(yaml.safe_load(path.read_text(encoding="utf-8"))))
    register = yaml.safe_load((ROOT / "seeds" / "sources.yaml").read_text(encoding="utf-8"))
    found = rm.cited_sources(rm.load_folder())
    assert {one.source.id: len(one.cited_by) for one in found} == written
    assert set(names(found)) == set(register["sources"])
    publishers = Counter(entry["publisher"] for entry in register["sources"].values())
    assert {one.name: len(one.sources) for one in by_publisher(found)} == publishers
