"""`coverage`: what the record covers."""

import json

from support.commands import CLEAN
from support.fixtures import Put, Run


def test_coverage_prints_markdown_or_same_data_as_json(run: Run, put: Put) -> None:
    put(CLEAN)
    page = run("coverage", "--scenarios", "record")
    assert (page.code, page.err) == (0, "")
    assert page.out.startswith("# What the record covers and what it leaves open\n")
    ran = run("coverage", "Fiji", "--scenarios", "record", "--format", "json")
    data = json.loads(ran.out)
    assert (data["format"], data["sources"], data["grades"]) == (
        "recognition-coverage/1",
        2,
        {"B3": 5},
    )
    (fiji,) = data["countries"]
    link = {
        "date": "2022-02-01..2022-02-03",
        "act": "engage",
        "after": "engaged",
        "attestation": "reported",
        "voice": "press",
        "grade": "B3",
        "sources": ["yearbook-2026", "almanac-2026"],
    }
    assert fiji == {
        "country": "FJI",
        "name": "Fiji",
        "start": {"stage": "hostile", "date": "1996-09-27", "assumed": True},
        "documented_until": "2026-01-15",
        "links": [link],
        "weakest": link,
        "signals": 1,
        "contradictions": 0,
        "turned_down": 1,
        "longest_silence": ["1996-09-27", "2022-02-01"],
    }


def test_coverage_of_missing_country_lists_available_ones(run: Run, put: Put) -> None:
    put(CLEAN)
    ran = run("coverage", "Tuvalu", "--scenarios", "record")
    assert (ran.code, ran.out) == (2, "")
    assert "not in the record: Tuvalu (TUV) " in ran.err
    assert ran.err.endswith("Countries in the record: Fiji (FJI)\n")
