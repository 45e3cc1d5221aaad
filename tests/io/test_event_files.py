"""Files of coded events: which are read, and what is read in them."""

from __future__ import annotations

import gzip
import zipfile
from datetime import date
from pathlib import Path

import attrs
import pytest
from support.coded import row, write
from support.scans import crosswalk, of, own, parquet, scan

from recognition_model.core.crosswalks import CountryAlias, TalibanActor
from recognition_model.core.event_codes import CodeList
from recognition_model.core.event_columns import ActorColumns
from recognition_model.core.event_layouts import LAYOUTS
from recognition_model.io.event_files import event_files, scanner

pytest.importorskip("duckdb")


def named(layout: str, path: Path, *events: dict[str, str]) -> Path:
    """Write events with a header, as ICEWS and POLECAT come."""
    names = LAYOUTS[layout].columns
    lines = [names, *([one.get(name, "") for name in names] for one in events)]
    return write(path, *("\t".join(line) for line in lines))


def icews(path: Path, *events: dict[str, str]) -> Path:
    """Write events in the layout of ICEWS, which names countries in words."""
    plain = {"Event Date": "2022-05-05", "CAMEO Code": "042", "Source Country": "Fiji"}
    return named("icews", path, *(plain | one for one in events))


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
    assert of(found) == [
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
    assert of(scan(path)) == [
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
    assert of(scan(path, taken)) == [("XKX", "2022-05-05", "042", "GOV", False, 1)]


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
    assert of(found) == [
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
    found = scan(path, own())
    assert of(found) == [("FJI", "2022-05-05", "042", "", False, 1)]


OWN_HEADER, OWN_ROW = "day,event,c1,a1,c2,a2", "2022-05-05,042,FJI,FJIGOV,AFG,AFGINSTAL"
OWN_DEALING = [("FJI", "2022-05-05", "042", "", False, 1)]


@pytest.mark.parametrize("name", ["own.csv", "own.csv.GZ"])
@pytest.mark.parametrize(("mark", "end"), [("", "\n"), ("\ufeff", "\r\n"), ("", "\r")])
def test_header_is_found_behind_a_byte_order_mark_and_in_a_packed_file(
    tmp_path: Path, name: str, mark: str, end: str
) -> None:
    data = f"{mark}{OWN_HEADER}{end}{OWN_ROW}{end}".encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if name.endswith("GZ") else data)
    assert of(scan(path, own())) == OWN_DEALING


def test_file_without_a_header_is_read_by_the_names_of_the_crosswalk(tmp_path: Path) -> None:
    path = write(tmp_path / "own.csv", OWN_ROW)
    names = tuple(OWN_HEADER.split(","))
    taken = own(names=names)
    assert of(scan(path, taken)) == OWN_DEALING
    # Parquet has the names of its columns in any case.
    packed = parquet(tmp_path / "own.parquet", OWN_ROW.replace(",", "\t"), names=names)
    assert of(scan(packed, taken)) == OWN_DEALING


def test_line_ends_of_every_system_are_read(tmp_path: Path) -> None:
    for end in ("\n", "\r\n", "\r"):
        path = tmp_path / "events.csv"
        path.write_bytes("".join(f"{row('2022-05-05', '042')}{end}" for _ in range(3)).encode())
        found = scan(path)
        assert of(found) == [("FJI", "2022-05-05", "042", "GOV", False, 3)]
        assert (found.rows, found.bad) == (3, 0)


def test_scan_needs_no_bound_on_the_threads(tmp_path: Path) -> None:
    path = write(tmp_path / "events.csv", row("2022-05-05", "042"))
    with scanner() as scan_one:
        assert scan_one(path, crosswalk()) == scan(path)


def test_every_file_of_an_archive_is_read_but_hidden_ones(tmp_path: Path) -> None:
    path = tmp_path / "events.zip"
    inside = parquet(tmp_path / "c.parquet", row("2022-05-03", "042"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(".hidden.csv", row("2022-05-09", "042"))
        archive.mkdir("a.csv")
        archive.writestr("a.csv/events.CSV", row("2022-05-01", "042") + "\n")
        archive.writestr("b", row("2022-05-02", "042") + "\n")
        archive.write(inside, "c.parquet")
        archive.writestr("d/.e.csv", "no events")
    found = scan(path)
    assert [one.day.day for one in found.dealings] == [1, 2, 3]
    assert (found.rows, found.bad) == (3, 0)


def test_rows_of_parquet_are_all_counted_and_none_is_bad(tmp_path: Path) -> None:
    others = [row("2022-05-05", "042", "FJIGOV", "TUVGOV")] * 3
    visits = [row("2022-05-05", "042")] * 2
    found = scan(parquet(tmp_path / "events.parquet", *visits, *others))
    assert of(found) == [("FJI", "2022-05-05", "042", "GOV", False, 2)]
    assert (found.rows, found.bad) == (5, 0)
    assert (found.dealings[0].mentions, found.dealings[0].sources) == (4, 2)


def test_bad_rows_of_one_file_are_not_counted_with_the_next(tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.csv", row("2022-05-05", "042"), "too few")
    good = write(tmp_path / "good.csv", row("2022-05-05", "042"))
    packed = parquet(tmp_path / "good.parquet", row("2022-05-05", "042"))
    with scanner(threads=1) as scan_one:
        found = [scan_one(path, crosswalk()).bad for path in (bad, packed, bad, good)]
    assert found == [1, 0, 1, 0]


def test_mode_of_an_event_is_joined_to_its_type(tmp_path: Path) -> None:
    plain = {
        "Event Date": "2022-05-05",
        "Event Type": "CONSULT",
        "Actor Country": "FJI",
        "Primary Actor Sector": "GOV",
        "Recipient Country": "AFG",
        "Recipient Name": "Taliban",
    }
    path = named("polecat", tmp_path / "events.txt", plain | {"Event Mode": "visit"}, plain)
    assert of(scan(path, crosswalk(codes=CodeList.PLOVER))) == [
        ("FJI", "2022-05-05", "CONSULT", "GOV", False, 1),
        ("FJI", "2022-05-05", "CONSULT/visit", "GOV", False, 1),
    ]


def test_known_group_is_enough_to_mean_the_taliban(tmp_path: Path) -> None:
    path = write(tmp_path / "events.csv", row("2022-05-05", "042", "FJIGOV", "AFGCVLTAL"))
    assert of(scan(path)) == [("FJI", "2022-05-05", "042", "GOV", False, 1)]
    nobody = crosswalk(taliban=(TalibanActor(name="Nobody", why="A name."),))
    assert of(scan(path, nobody)) == []


def test_quotes_in_names_are_read_as_they_are(tmp_path: Path) -> None:
    path = write(
        tmp_path / "it's.csv",
        'day,event,"the ""first"" one\'s",c1,n2,c2',
        "2022-05-05,042,FJIGOV,FJI,\"The 'T' movement\",AFG",
    )
    actor = ActorColumns(country="c1", code='the "first" one\'s')
    taken = own(actor=actor, recipient=ActorColumns(country="c2", name="n2"))
    movement = TalibanActor(name="'t'", why="A name.")
    assert of(scan(path, attrs.evolve(taken, taliban=(movement,)))) == OWN_DEALING


def test_many_actors_are_found_as_few_are(tmp_path: Path) -> None:
    path = write(tmp_path / "events.csv", row("2022-05-05", "042", "FJIGOV", "AFGGOV11"))
    actors = tuple(TalibanActor(code=f"AFGGOV{at}", why="One.") for at in range(12))
    assert of(scan(path, crosswalk(taliban=actors))) == [
        ("FJI", "2022-05-05", "042", "GOV", False, 1)
    ]


def test_rows_by_two_names_that_are_no_country_are_counted_for_each(tmp_path: Path) -> None:
    path = write(
        tmp_path / "events.csv",
        *(row("2022-05-05", code, "XYZGOV") for code in ("042", "043", "042")),
        row("2022-05-05", "042", "QQQGOV"),
        *(row("2022-02-30", "042") for _ in range(2)),
    )
    found = scan(path)
    assert found.unknown_countries == {"QQQ": 1, "XYZ": 3}
    assert [str(one) for one in found.examples] == [
        f"{path}: 2 rows of FJI with an impossible date"
    ]


def test_crosswalk_that_names_nobody_finds_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", row("2022-05-05", "042"))
    assert scan(path, crosswalk(taliban=())).dealings == ()
