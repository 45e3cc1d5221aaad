"""The table of leads: its cells, and the same as Parquet."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from support.leads import ALONE, NEAR

from recognition_model.exports.lead_table import leads_as_parquet, leads_table

WANTED: list[dict[str, Any]] = [
    {
        "country": "FJI",
        "first_day": date(2022, 3, 3),
        "last_day": date(2022, 3, 4),
        "rows": 3,
        "codes": "054 055",
        "nearest_date": "2022-03-01",
        "distance_days": 2,
        "standing": "near",
        "nearest_entry": "dealings begin (engaged)",
        "lead": "FJI/2022-03-03/recognise",
        "name": "Fiji",
        "family": None,
        "act": "recognise",
        "rules": "refused",
        "rules_say": "not attested",
        "mentions": 12,
        "sources": 2,
        "urls": "https://example.org/1 https://example.org/2",
        "score": 500,
        "verdict": None,
        "rank": 1,
    },
    {
        "country": "NOR",
        "first_day": date(2022, 5, 1),
        "last_day": date(2022, 5, 1),
        "rows": 1,
        "codes": "042",
        "nearest_date": None,
        "distance_days": None,
        "standing": "no-record",
        "nearest_entry": None,
        "lead": "NOR/2022-05-01/visit",
        "name": "Norway",
        "family": "visit",
        "act": None,
        "rules": "none",
        "rules_say": None,
        "mentions": 1,
        "sources": 1,
        "urls": None,
        "score": 0,
        "verdict": None,
        "rank": 2,
    },
]


def test_row_of_a_lead_says_what_is_near_it_and_leaves_the_verdict_to_a_person() -> None:
    made = leads_table([NEAR, ALONE])
    names = [field.name for field in made.fields]
    assert [dict(zip(names, row, strict=True)) for row in made.rows] == WANTED


def test_no_number_of_a_lead_is_below_the_least_that_its_column_permits() -> None:
    made = leads_table([NEAR, ALONE])
    for at, field in enumerate(made.fields):
        if field.minimum is not None:
            assert min(row[at] for row in made.rows if row[at] is not None) >= field.minimum


def test_leads_as_parquet_have_the_same_rows_and_a_title() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    found = pq.read_table(io.BytesIO(leads_as_parquet(leads_table([NEAR, ALONE]))))
    assert found.to_pylist() == WANTED
    assert found.schema.metadata[b"title"] == b"Leads from coded event data"
    assert not found.schema.field("last_day").nullable
