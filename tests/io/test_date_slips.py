"""Dates as people write them, in a file: each message names what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.slips import told_of


@pytest.mark.parametrize(
    ("written", "code", "hint"),
    [
        ("26/08/2021", "RM401", "write 2021-08-26"),
        (
            "05/06/2021",
            "RM401",
            "write 2021-06-05 if the day comes first, 2021-05-06 if the month does",
        ),
        ("26 August 2021", "RM401", "write 2021-08-26"),
        ("Aug 2021", "RM401", "write 2021-08"),
        ("2021-8-26", "RM401", "write 2021-08-26"),
        ("2021-08-26T10:00", "RM401", "days are the finest unit: write 2021-08-26"),
        ("2021-08-26 10:00", "RM401", "days are the finest unit: write 2021-08-26"),
        (
            "2021-08-26 to 2021-08-28",
            "RM401",
            "for one day in that time, write 2021-08-26..2021-08-28",
        ),
        (
            "2023-07-01 - 2023-07-14",
            "RM401",
            "for one day in that time, write 2023-07-01..2023-07-14",
        ),
        (
            "2021-08-26/2021-08-28",
            "RM404",
            "for one day not known better, write 2021-08-26..2021-08-28",
        ),
        ("c. 2021", "RM401", "write 2021~ (one year wider on each side)"),
        ("~2021-08", "RM401", "write 2021-08~ (one month wider on each side)"),
        ("early August 2021", "RM401", "write 2021-08-01..2021-08-10"),
        ("mid-2021", "RM401", "write 2021-05..2021-08"),
        ("2021-Q3", "RM401", "write 2021-07..2021-09"),
        ("before 2021-09", "RM401", "write ..2021-08"),
        ("2001-22", "RM402", "22 is summer in EDTF: write 2001-06..2001-08 (northern summer)"),
        ("199X", "RM401", "write 1990..1999"),
        ("1984%", "RM401", "write 1984~ (one year wider on each side); put the doubt in a note"),
        ("[1667..1672]", "RM401", "write 1667..1672"),  # a list to YAML
        ('"[1667..1672]"', "RM401", "write 1667..1672"),
        ("{1960, 1961-12}", "RM401", "write 1960..1961-12 to cover them all"),  # a mapping to YAML
        ("[..1760-12-03]", "RM401", "write ..1760-12-03"),
        ("2021–11–18", "RM401", "write 2021-11-18"),
        ("۲۰۲۱-۱۱-۱۸", "RM401", "write 2021-11-18"),
        ("2021-02-30", "RM402", "check the month and the day"),
        ("2021-2-30", "RM402", "February 2021 has 28 days: check the day"),
        ("2021-13-5", "RM401", "write 2021-05-13 if 13 is the day"),
    ],
)
def test_slip_in_the_date_of_an_entry_is_told_once_with_what_to_write(
    tmp_path: Path, written: str, code: str, hint: str
) -> None:
    (found,) = told_of(tmp_path, "date: 2021-11-18", f"date: {written}")
    assert (found.code, found.hint) == (code, hint)
    assert (found.place.line, found.place.column) == (8, 11)


@pytest.mark.parametrize(
    ("written", "code", "hint"),
    [
        ("30 June 2023", "RM401", "write 2023-06-30"),
        ("30/06/2023", "RM401", "write 2023-06-30"),
        ("June 2023", "RM401", "write one full day: YYYY-MM-DD"),
        ("2023-06", "RM405", "write YYYY-MM-DD"),
        ("end of June 2023", "RM401", "write one full day: YYYY-MM-DD"),
        ("[2023-06-30, 2023-07-01]", "RM203", "write it as in `documented-until: 2021-08-26`"),
        ("2023-06-31", "RM402", "check the month and the day"),
    ],
)
def test_only_a_day_is_advised_where_only_a_day_can_stand(
    tmp_path: Path, written: str, code: str, hint: str
) -> None:
    old = "documented-until: 2023-06-30"
    (found,) = told_of(tmp_path, old, f"documented-until: {written}")
    assert (found.code, found.hint) == (code, hint)


@pytest.mark.parametrize(
    "written", ["[]", "{}", "[a, b]", "[[2021]]", "{2021: 2022}", "[2021, []]"]
)
def test_list_or_mapping_that_is_no_set_of_dates_is_of_the_wrong_kind(
    tmp_path: Path, written: str
) -> None:
    (found,) = told_of(tmp_path, "date: 2021-11-18", f"date: {written}")
    assert found.code == "RM203"
    assert "a text" in found.message


@pytest.mark.parametrize("key", ["issued", "seen"])
def test_slip_in_the_date_of_a_source_is_told_with_what_to_write(tmp_path: Path, key: str) -> None:
    new = "issued: 2021-11-18\n    seen: 18 Nov. 2021" if key == "seen" else "issued: 18 Nov. 2021"
    found = told_of(tmp_path, register=("issued: 2021-11-18", new))
    assert found[0].code == "RM401"
    assert found[0].hint == "write 2021-11-18"
