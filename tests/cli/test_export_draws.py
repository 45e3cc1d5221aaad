"""`export --draws`: imputed records from the command line."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest
from support.fixtures import Put, Run


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_package_of_draws_holds_each_of_them(run: Run, here: Path) -> None:
    done = run("export", "csv", "KAZ", "RUS", "--draws", "3", "--seed", "1", "-o", "m.zip")
    assert done.code == 0
    with zipfile.ZipFile("m.zip") as archive:
        described = json.loads(archive.read("datapackage.json"))
        rows = list(csv.DictReader(archive.read("waits.csv").decode().splitlines()))
    assert "3 imputed records, drawn with the seed 1" in described["description"]
    assert ".draws.3." in described["version"]
    kazakh = [
        row
        for row in rows
        if (row["country"], row["target"], row["clock"]) == ("KAZ", "delisted", "day")
    ]
    # Delisted on a day from 2023-12-29 to 2024-01-31: 866 to 899 days after the takeover.
    assert [row["draw"] for row in kazakh] == ["1", "2", "3"]
    assert all(866 <= int(row["left"]) == int(row["right"]) <= 899 for row in kazakh)


def test_same_seed_writes_same_bytes_and_none_is_seed_0(run: Run, here: Path) -> None:
    wanted = ("export", "csv", "KAZ", "--table", "waits", "--draws", "5", "-o")
    run(*wanted, "one.csv")
    run(*wanted, "two.csv", "--seed", "0")
    run(*wanted, "other.csv", "--seed", "1")
    one, two, other = (Path(name).read_bytes() for name in ("one.csv", "two.csv", "other.csv"))
    assert one == two != other


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--seed", "1", "-o", "a.zip"), "--seed is for --draws"),
        (
            ("--draws", "2", "--table", "sources", "-o", "a.csv"),
            "the table sources has no dates to draw; those that do: spells, waits, country_day,",
        ),
        (
            ("--draws", "2", "--dates", "latest", "-o", "a.zip"),
            "--draws cannot be used with --dates latest",
        ),
    ],
)
def test_draws_that_fit_nothing_are_refused(
    run: Run, here: Path, options: tuple[str, ...], said: str
) -> None:
    done = run("export", "csv", *options)
    assert done.code == 2
    assert said in " ".join(done.err.split())
    assert not list(here.iterdir())


def test_format_without_tables_has_no_draws(run: Run, here: Path) -> None:
    done = run("export", "xes", "--draws", "2", "-o", "a.xes")
    assert (done.code, "--draws cannot be used with `export xes`" in done.err) == (2, True)


def test_date_without_a_first_day_is_named_and_nothing_is_written(run: Run, put: Put) -> None:
    put("\n  []", begins="..1998")
    done = run("export", "csv", "--scenarios", "record", "--draws", "2", "-o", "a.zip")
    assert done.code == 2
    said = " ".join(done.err.split())
    assert "FJI: start ..1998 has no first day to draw from; leave the country out" in said
    assert not Path("a.zip").exists()
