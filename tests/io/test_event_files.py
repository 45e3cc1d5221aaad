"""Files of coded events: which are read, what is read in them, and why one cannot be used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.coded import COLUMNS, row, write

from recognition_model.core.crosswalks import CountryAlias, Crosswalk, EventMeaning, TalibanActor
from recognition_model.core.dealings import Dealing, Scan
from recognition_model.core.event_codes import CodeList
from recognition_model.core.event_columns import ActorColumns, EventColumns
from recognition_model.core.event_layouts import LAYOUTS
from recognition_model.core.signals import Family
from recognition_model.io.event_files import EventFileError, event_files, scanner

pytest.importorskip("duckdb")

TALIBAN = (
    TalibanActor(code="AFGINSTAL", why="The movement."),
    TalibanActor(group="TAL", why="The group."),
    TalibanActor(name="Taliban", why="The name."),
    TalibanActor(code="AFGGOV", since=date(2021, 8, 15), why="Their government."),
    TalibanActor(code="AFGREB", until=date(2021, 8, 14), why="They were the rebels."),
)
OWN = EventColumns(
    day="day",
    code="event",
    actor=ActorColumns(country="c1", code="a1"),
    recipient=ActorColumns(country="c2", code="a2"),
)


def crosswalk(**changed: Any) -> Crosswalk:
    """A crosswalk of CAMEO that says who the Taliban are."""
    visits = EventMeaning(codes=("042",), family=Family.VISIT, why="A visit.")
    told: dict[str, Any] = {"title": "Mine", "codes": CodeList.CAMEO, "reference": "A code book"}
    return Crosswalk(**told | {"taliban": TALIBAN, "events": (visits,)} | changed)


def scan(path: Path, taken: Crosswalk | None = None, *days: date | None) -> Scan:
    """Scan one file, its layout found by its columns."""
    with scanner(threads=1) as scan_one:
        return scan_one(path, taken or crosswalk(), None, *days)


def refused(path: Path, taken: Crosswalk | None = None) -> EventFileError:
    with pytest.raises(EventFileError) as error:
        scan(path, taken)
    return error.value


def of(dealings: Iterable[Dealing]) -> list[tuple[str, str, str, str, bool, int]]:
    """What dealings have in common, and their rows."""
    return [
        (one.country, str(one.day), one.code, one.actor, one.by_taliban, one.rows)
        for one in dealings
    ]


def icews(path: Path, *events: dict[str, str]) -> Path:
    """Write events in the layout of ICEWS: with a header, and countries by their names."""
    names = LAYOUTS["icews"].columns
    plain = {"Event Date": "2022-05-05", "CAMEO Code": "042", "Source Country": "Fiji"}
    lines = [names, *([(plain | one).get(name, "") for name in names] for one in events)]
    return write(path, *("\t".join(line) for line in lines))


def test_folder_gives_the_event_files_below_it_in_order(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "z.csv").mkdir()  # a folder is no file, whatever its name
    names = ("b.CSV", "a.export.CSV.zip", "deep/c.parquet", "deep/d.tsv.gz", "e.zip", "notes.md")
    for name in (*names, "f.parquet.gz", "README"):
        (tmp_path / name).touch()
    found = [path.relative_to(tmp_path).as_posix() for path in event_files([tmp_path])]
    # Any packed file may hold events.
    assert found == [
        *("a.export.CSV.zip", "b.CSV", "deep/c.parquet", "deep/d.tsv.gz", "e.zip"),
        "f.parquet.gz",
    ]


def test_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    assert event_files([tmp_path / "a.csv", tmp_path]) == [tmp_path / "a.csv"]


def test_rows_of_a_day_code_actor_and_direction_are_one_dealing(tmp_path: Path) -> None:
    urls = ["http://d.example", "http://b.example", "http://a.example", "http://c.example"]
    visits = [row("2022-06-10", "042", url=url) for url in urls]
    path = write(
        tmp_path / "events.csv",
        *visits,
        row("2022-06-10", "042", NumMentions="", NumSources="many"),
        row("2022-06-10", "042", "FJIBUS"),
        row("2022-06-10", "042", "AFGINSTAL", "FJIGOV"),
        row("2022-06-10", "042", "FJIGOV", "TUVGOV"),
        row("2022-06-10", "042", "AFGINSTAL", "AFGCVL"),
    )
    found = scan(path)
    assert of(found.dealings) == [
        ("FJI", "2022-06-10", "042", "BUS", False, 1),
        ("FJI", "2022-06-10", "042", "GOV", False, 5),
        ("FJI", "2022-06-10", "042", "GOV", True, 1),
    ]
    together = found.dealings[1]
    # Two mentions and one source each, none where the number cannot be read; three addresses.
    assert (together.mentions, together.sources) == (8, 4)
    assert together.urls == ("http://a.example", "http://b.example", "http://c.example")
    assert (found.rows, found.bad) == (9, 0)


def test_actor_means_the_taliban_on_its_days_alone(tmp_path: Path) -> None:
    days = ("2021-08-14", "2021-08-15")
    path = write(
        tmp_path / "events.csv",
        *(row(day, "042", "FJIGOV", actor) for day in days for actor in ("AFGGOV", "AFGREB")),
    )
    assert of(scan(path).dealings) == [
        ("FJI", "2021-08-14", "042", "GOV", False, 1),  # the rebels
        ("FJI", "2021-08-15", "042", "GOV", False, 1),  # the government
    ]


def test_first_and_last_day_asked_for_belong_to_the_days_read(tmp_path: Path) -> None:
    path = write(tmp_path / "events.csv", *(row(f"2022-05-0{day}", "042") for day in range(1, 6)))
    found = scan(path, None, date(2022, 5, 2), date(2022, 5, 4))
    assert [one.day.day for one in found.dealings] == [2, 3, 4]
    assert found.rows == 5


def test_row_that_cannot_be_used_is_counted_with_its_line_and_why(tmp_path: Path) -> None:
    path = write(
        tmp_path / "events.csv",
        row("2022-05-05", "042"),
        "20220508\tFJI\tAFG",
        row("2022-02-30", "042"),
        row("2022-05-05", "042", "XYZGOV"),
    )
    found = scan(path)
    assert (len(found.dealings), found.rows, found.bad) == (1, 4, 2)
    assert [str(one) for one in found.examples] == [
        f"{path}: 1 row of FJI with an impossible date",
        f"{path}:2: missing columns",
    ]
    assert found.unknown_countries == {"XYZ": 1}


def test_code_of_the_data_stands_for_the_country_that_the_crosswalk_names(tmp_path: Path) -> None:
    path = write(tmp_path / "events.csv", row("2022-05-05", "042", "KSVGOV"))
    taken = crosswalk(countries=(CountryAlias(code="KSV", country="XKX"),))
    assert of(scan(path, taken).dealings) == [("XKX", "2022-05-05", "042", "GOV", False, 1)]


def test_actors_and_countries_by_name_become_codes(tmp_path: Path) -> None:
    kabul = {"Target Country": "Afghanistan"}
    path = icews(
        tmp_path / "icews.tab",
        # Sectors give the type of an actor; with Afghanistan, they say whether it is the Taliban's.
        {**kabul, "Target Name": "the TALIBAN", "Source Sectors": "Police,Government"},
        {**kabul, "Target Name": "A minister", "Target Sectors": "Government"},
        {**kabul, "Target Name": "A trader", "Target Sectors": "Business"},
        {**kabul, "Target Name": "Taliban", "Source Country": "Atlantis"},
        {**kabul, "Target Name": "Taliban", "Source Country": "Afghanistan"},
        {"Target Country": "Tonga", "Target Name": "A minister", "Target Sectors": "Government"},
    )
    found = scan(path)
    assert of(found.dealings) == [
        ("FJI", "2022-05-05", "042", "", False, 1),
        ("FJI", "2022-05-05", "042", "GOV", False, 1),
    ]
    assert (found.rows, found.unknown_countries) == (6, {"Atlantis": 1})
    # ICEWS counts neither mentions nor sources, and gives no address.
    assert {(one.mentions, one.sources, one.urls) for one in found.dealings} == {(0, 0, ())}


def test_column_in_quotes_is_found_in_the_header(tmp_path: Path) -> None:
    path = write(
        tmp_path / "own.csv",
        '"day","a note, and more","event","c1","a1","c2","a2"',
        '2022-05-05,"yes, no",042,FJI,FJIGOV,AFG,AFGINSTAL',
    )
    found = scan(path, crosswalk(columns=OWN))
    assert of(found.dealings) == [("FJI", "2022-05-05", "042", "", False, 1)]


def test_number_of_columns_that_does_not_fit_is_told_beside_the_number_named(
    tmp_path: Path,
) -> None:
    names = ("day", "event", "c1", "a1", "c2", "a2")
    told: dict[str, Any] = {name: getattr(OWN, name) for name in ("day", "code")}
    plain = EventColumns(**told, actor=OWN.actor, recipient=OWN.recipient, names=names)
    error = refused(write(tmp_path / "own.csv", '2022-05-05,"042, 043"'), crosswalk(columns=plain))
    assert error.why == "it has 2 columns, and `names:` of the crosswalk 6"


def test_column_of_another_type_is_told_in_one_line(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "numbers.parquet"
    numbers = ", ".join(f'1 AS "{name}"' for name in COLUMNS)
    duckdb.sql(f"COPY (SELECT {numbers}) TO '{path}' (FORMAT parquet)")
    error = refused(path)
    assert error.why.startswith("it cannot be read to its end: Conversion Error: ")
    assert "\n" not in error.why
    assert "SELECT" not in error.why


def test_damaged_file_of_an_archive_is_told_by_the_name_of_the_archive(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "events.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inside.parquet", b"PAR1 no more")
    error = refused(path)
    assert "'events.zip'" in error.why
    assert ".parquet" not in error.why
    assert error.hint == "fetch it again"
