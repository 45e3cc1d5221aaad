"""`screen`: leads from forty rows whose answer was worked out on paper, and what goes wrong."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Iterator
from errno import ENOSPC
from pathlib import Path

import pytest
from support.coded import COLUMNS, FORTY, RECORD, row, write
from support.fixtures import Run

pytest.importorskip("duckdb")


@pytest.fixture
def run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in a folder with a made-up record and forty rows."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "record").mkdir()
    (tmp_path / "record" / "FJI.yaml").write_text(RECORD, encoding="utf-8")
    write(tmp_path / "events.csv", *FORTY)
    return run


def screened(run: Run, *arguments: str) -> list[dict[str, str]]:
    """The leads of a run that must succeed."""
    options = ("--map", "cameo", "--scenarios", "record", "-o", "leads.csv", "--force")
    done = run("screen", *(arguments or ("events.csv",)), *options)
    assert done.code == 0, done.err
    with Path("leads.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def summary(run: Run, *options: str) -> str:
    """What a run on the forty rows prints."""
    record = ("--map", "cameo", "--scenarios", "record", "-o", "l.csv")
    return run("screen", "events.csv", *record, *options).out


def brief(leads: list[dict[str, str]]) -> dict[str, tuple[str, ...]]:
    keys = ("last_day", "rows", "codes", "nearest_date", "distance_days", "standing", "rules")
    return {lead["lead"]: tuple(lead[key] for key in keys) for lead in leads}


def test_forty_rows_give_the_leads_worked_out_on_paper(run: Run) -> None:
    assert len(FORTY) == 40
    assert brief(screened(run)) == {
        "FJI/2022-06-09/visit": (
            "2022-06-10", "3", "042 043", "2022-06-10", "0", "in-record", "held",
        ),
        "FJI/2022-02-24/contact": ("2022-02-24", "1", "040", "2022-03-01", "5", "near", "taken"),
        "FJI/2021-12-20/visit": ("2021-12-23", "2", "042", "2022-03-01", "68", "not", "taken"),
        "FJI/2021-12-27/visit": ("2021-12-27", "1", "042", "2022-03-01", "64", "not", "taken"),
        "FJI/2022-11-15/recognise": (
            "2022-11-15", "1", "054", "2022-06-10", "158", "not", "refused",
        ),
        "FJI/2022-09-01/visit": ("2022-09-01", "1", "042", "2022-06-10", "83", "not", "none"),
        "TUV/2022-05-05/contact": ("2022-05-05", "1", "040", "", "", "no-record", "taken"),
    }  # fmt: skip


@pytest.mark.parametrize(("second", "leads"), [("2021-12-23", 1), ("2021-12-24", 2)])
def test_a_lead_has_two_days_without_dealings_inside_at_most(
    run: Run, tmp_path: Path, second: str, leads: int
) -> None:
    write(tmp_path / "events.csv", row("2021-12-20", "042"), row(second, "042"))
    assert len(screened(run)) == leads


def test_leads_are_sorted_by_their_score(run: Run) -> None:
    # log2(1 + rows), twice for what a rule would take, a fifth near an entry, 0 on its day.
    scores = {lead["lead"]: int(lead["score"]) for lead in screened(run)}
    assert list(scores.items()) == [
        ("FJI/2021-12-20/visit", 3170),  # 2 * log2(3)
        ("FJI/2021-12-27/visit", 2000),  # 2 * log2(2)
        ("TUV/2022-05-05/contact", 2000),
        ("FJI/2022-09-01/visit", 1000),
        ("FJI/2022-11-15/recognise", 1000),
        ("FJI/2022-02-24/contact", 400),  # 2 * log2(2) / 5
        ("FJI/2022-06-09/visit", 0),
    ]


def test_columns_begin_with_those_that_other_programs_read(run: Run) -> None:
    screened(run)
    heading = Path("leads.csv").read_text(encoding="utf-8").splitlines()[0]
    assert heading.startswith(
        "country,first_day,last_day,rows,codes,nearest_date,distance_days,standing,"
    )


def test_rows_that_cannot_be_used_are_counted_and_shown(run: Run) -> None:
    told = " ".join(summary(run).split())
    assert "40 rows, 12 of them between a country and the Taliban; 7 leads." in told
    assert "2 rows could not be used; for example:" in told
    assert "events.csv: 1 row of FJI with an impossible date" in told
    assert "events.csv:18: missing columns" in told
    assert "No country by these names or codes: XYZ (1)." in told
    assert "The crosswalk does not say what these mean: 042 (1), 999 (1)." in told


def test_summary_counts_leads_by_country_and_year(run: Run) -> None:
    lines = [line.split() for line in summary(run).splitlines()]
    assert ["Fiji", "2021", "2"] in lines
    assert ["Fiji", "2022", "1", "1", "2"] in lines
    assert ["Tuvalu", "2022", "1"] in lines


def test_recall_says_which_entries_the_data_have(run: Run) -> None:
    told = " ".join(summary(run).split())
    assert "Of 2 entries of the record in these days, the data have 1 (50 %)" in told
    assert "visit 1 of 1" in told
    assert "engage 0 of 1" in told


@pytest.mark.parametrize("name", ["events.csv.gz", "events.export.CSV.zip"])
def test_packed_files_give_the_same_leads(run: Run, tmp_path: Path, name: str) -> None:
    plain = screened(run)
    write(tmp_path / name, *FORTY)
    assert screened(run, name) == plain


def test_parquet_gives_the_same_leads(run: Run, tmp_path: Path) -> None:
    import duckdb

    plain = screened(run)
    whole = [one for one in FORTY if one.count("\t") == 60]
    write(tmp_path / "whole.csv", *whole)
    typed = ", ".join(f"'{name}': 'VARCHAR'" for name in COLUMNS)
    read = f"read_csv('whole.csv', delim='\t', header=false, quote='', columns={{{typed}}})"
    duckdb.sql(read.join(("COPY (SELECT * FROM ", ") TO 'events.parquet' (FORMAT parquet)")))
    assert screened(run, "events.parquet") == plain


def test_a_folder_of_files_gives_the_leads_of_one_file(run: Run, tmp_path: Path) -> None:
    plain = screened(run)
    (tmp_path / "many" / "deep").mkdir(parents=True)
    for number, one in enumerate(FORTY):
        folder = tmp_path / "many" / ("deep" if number % 2 else "")
        if one.count("\t") == 60:
            write(folder / f"{number:02}.csv", one)
    (tmp_path / "many" / "notes.md").write_text("not events", encoding="utf-8")
    assert screened(run, "many") == plain


def test_days_and_countries_limit_the_leads(run: Run) -> None:
    assert [lead["lead"] for lead in screened(run, "events.csv", "--since", "2022-09")] == [
        "FJI/2022-09-01/visit",
        "FJI/2022-11-15/recognise",
    ]
    assert {lead["lead"] for lead in screened(run, "events.csv", "--until", "2021-12-26")} == {
        "FJI/2021-12-20/visit",
    }
    assert [lead["lead"] for lead in screened(run, "events.csv", "--country", "Tuvalu")] == [
        "TUV/2022-05-05/contact"
    ]


def judged(verdicts: dict[str, str], name: str = "verdicts.csv") -> str:
    lines = ["lead,verdict", *(f"{lead},{verdict}" for lead, verdict in verdicts.items())]
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


def test_a_judged_lead_does_not_come_back(run: Run, tmp_path: Path) -> None:
    judged({"FJI/2021-12-20/visit": "no dealings", "TUV/2022-05-05/contact": "wrong-actor"})
    left = {lead["lead"] for lead in screened(run, "events.csv", "--verdicts", "verdicts.csv")}
    assert left.isdisjoint({"FJI/2021-12-20/visit", "TUV/2022-05-05/contact"})
    assert len(left) == 5
    # More data begin the same lead a day earlier: it was judged all the same.
    write(tmp_path / "events.csv", *FORTY, row("2021-12-19", "042"))
    again = {lead["lead"] for lead in screened(run, "events.csv", "--verdicts", "verdicts.csv")}
    assert "FJI/2021-12-19/visit" not in again


def test_verdicts_give_the_precision_with_its_interval(run: Run) -> None:
    judged(
        {
            "FJI/2021-12-20/visit": "entry-made",
            "FJI/2021-12-27/visit": "duplicate",
            "FJI/2022-09-01/visit": "no-dealings",
            "TUV/2022-05-05/contact": "wrong-actor",
        }
    )
    # Wilson's interval of 2 in 4: 0.1500 to 0.8500.
    told = " ".join(summary(run, "--verdicts", "verdicts.csv").split())
    assert "Of 4 leads judged so far, 2 were right (50 %; 95 % interval 15 to 85 %)." in told


def test_a_sample_is_drawn_again_by_its_seed(run: Run) -> None:
    names = [one["lead"] for one in screened(run, "events.csv", "--sample", "3", "--seed", "1")]
    again = [one["lead"] for one in screened(run, "events.csv", "--sample", "3", "--seed", "1")]
    more = [one["lead"] for one in screened(run, "events.csv", "--sample", "5", "--seed", "1")]
    assert names == again == more[:3]
    assert "FJI/2022-06-09/visit" not in more  # the record has it


def test_no_file_of_the_record_is_written(run: Run, tmp_path: Path) -> None:
    before = (tmp_path / "record" / "FJI.yaml").read_bytes()
    screened(run)
    assert (tmp_path / "record" / "FJI.yaml").read_bytes() == before
    assert [path.name for path in (tmp_path / "record").iterdir()] == ["FJI.yaml"]


def test_verdicts_of_a_person_are_never_written_over(run: Run, tmp_path: Path) -> None:
    screened(run)
    path = tmp_path / "leads.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",,1\n", ",entry-made,1\n"), encoding="utf-8")
    mine = path.read_bytes()
    options = ("--map", "cameo", "--scenarios", "record", "-o", "leads.csv", "--force")
    done = run("screen", "events.csv", *options)
    assert done.code == 2
    assert "leads.csv has 1 verdict that would be lost" in " ".join(done.err.split())
    assert path.read_bytes() == mine
    # With the verdict given, the lead is gone from the file and the verdict from nobody.
    shutil.copy(path, tmp_path / "kept.csv")
    assert run("screen", "events.csv", *options, "--verdicts", "kept.csv").code == 0


def test_a_verdict_that_cannot_be_read_is_not_written_over(run: Run, tmp_path: Path) -> None:
    mine = "lead,verdict\nFJI/2022-01-01/visit,mabye\n"
    (tmp_path / "leads.csv").write_text(mine, encoding="utf-8")
    done = run("screen", "events.csv", "--map", "cameo", "-o", "leads.csv", "--force")
    assert done.code == 2
    assert "leads.csv:2: unknown verdict 'mabye'" in " ".join(done.err.split())
    assert (tmp_path / "leads.csv").read_text(encoding="utf-8") == mine


def test_a_table_of_leads_may_be_larger_than_a_record(run: Run, tmp_path: Path) -> None:
    many = "".join(f"FJI/2022-01-01/visit,,{'x' * 300}\n" for _ in range(10_000))
    (tmp_path / "many.csv").write_text(f"lead,verdict,urls\n{many}", encoding="utf-8")
    assert len(screened(run, "events.csv", "--verdicts", "many.csv")) == 7


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("none.csv", "--map", "cameo", "-o", "x.csv"),
            "none.csv: there is no such file or folder",
        ),
        (("events.csv", "--map", "cameo", "-o", "x.txt"), "leads end in .csv or .parquet"),
        (("events.csv", "--map", "cmeo", "-o", "x.csv"), "did you mean cameo?"),
        (("events.csv", "--map", "plover", "-o", "x.csv"), "take a crosswalk for cameo"),
        (("events.csv", "--map", "cameo", "--layout", "gdelt3", "-o", "x.csv"), "did you mean"),
        (("events.csv", "--map", "cameo", "--seed", "1", "-o", "x.csv"), "--seed is for --sample"),
        (
            ("events.csv", "--map", "cameo", "--since", "2023", "--until", "2022", "-o", "x.csv"),
            "--since is later than --until",
        ),
        (("record", "--map", "cameo", "-o", "x.csv"), "there is no event file in this folder"),
        (("notes.md", "--map", "cameo", "-o", "x.csv"), "this is no event file by its ending"),
        (("odd.csv", "--map", "cameo", "-o", "x.csv"), "its layout is not known: 3 columns"),
        (("events.csv", "--map", "cameo", "--verdicts", "bad.csv", "-o", "x.csv"), "bad.csv:2: "),
        (
            (
                "events.csv",
                "--map",
                "cameo",
                "--workers",
                "2",
                "--dask",
                "tcp://x:1",
                "-o",
                "x.csv",
            ),
            "--workers cannot be used with --dask",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_without_a_file(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    (tmp_path / "notes.md").write_text("notes", encoding="utf-8")
    (tmp_path / "odd.csv").write_text("a\tb\tc\n", encoding="utf-8")
    (tmp_path / "bad.csv").write_text("lead,verdict\nFJI/2022-01-01/visit,mabye\n", "utf-8")
    done = run("screen", *arguments)
    assert (done.code, done.out) == (2, "")
    assert says in " ".join(done.err.split())
    assert not (tmp_path / arguments[-1]).exists()


def test_a_damaged_file_is_named_and_the_others_count(run: Run, tmp_path: Path) -> None:
    plain = screened(run)
    whole = write(tmp_path / "cut.csv.gz", *FORTY).read_bytes()
    (tmp_path / "cut.csv.gz").write_bytes(whole[: len(whole) // 2])
    options = ("--map", "cameo", "--scenarios", "record", "-o", "l.csv")
    done = run("screen", "cut.csv.gz", "events.csv", *options)
    assert done.code == 1
    assert "cut.csv.gz: it cannot be read to its end" in " ".join(done.err.split())
    with (tmp_path / "l.csv").open(encoding="utf-8", newline="") as stream:
        assert list(csv.DictReader(stream)) == plain


def test_a_damaged_archive_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cut.csv.zip").write_bytes(b"PK\x03\x04 cut")
    done = run("screen", "cut.csv.zip", "--map", "cameo", "-o", "l.csv")
    assert done.code == 2
    assert "the archive is damaged" in done.err
    assert not (tmp_path / "l.csv").exists()


def test_bad_rows_of_one_file_are_not_counted_with_those_of_the_next(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "twice").mkdir()
    write(tmp_path / "twice" / "a.csv", *FORTY)
    write(tmp_path / "twice" / "b.csv", *reversed(FORTY))
    options = ("--map", "cameo", "--scenarios", "record", "-o", "l.csv")
    assert "4 rows could not be used" in run("screen", "twice", *options).out


@pytest.mark.parametrize(
    ("place", "value", "why"),
    [
        (6, 1, "is encrypted, password required"),  # the first bit of the flags: it has a password
        (8, 9, "compression method is not supported"),  # Deflate64, which Windows makes
    ],
    ids=["password", "method"],
)
def test_an_archive_that_python_cannot_unpack_is_refused_with_a_hint(
    run: Run, tmp_path: Path, place: int, value: int, why: str
) -> None:
    path = write(tmp_path / "odd.csv.zip", *FORTY)
    data = bytearray(path.read_bytes())
    listed = data.rindex(b"PK\x01\x02")  # the list of files has the same two bytes later
    data[place] |= value
    data[listed + place + 2] |= value
    path.write_bytes(data)
    done = run("screen", "odd.csv.zip", "--map", "cameo", "-o", "l.csv")
    said = " ".join(done.err.split())
    assert done.code == 2
    assert "it cannot be unpacked: " in said
    assert why in said
    assert "(unpack it first)" in said
    assert not (tmp_path / "l.csv").exists()


def test_no_space_to_unpack_an_archive_is_told_and_the_others_count(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "big.csv.zip", *FORTY)

    def full(path: Path, folder: Path) -> Iterator[Path]:
        if path.suffix == ".zip":
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        yield path

    monkeypatch.setattr("recognition_model.io.event_files._unpacked", full)
    options = ("--map", "cameo", "--scenarios", "record", "-o", "l.csv")
    done = run("screen", "big.csv.zip", "events.csv", *options)
    assert done.code == 1
    assert "big.csv.zip: it cannot be read: No space left on device" in " ".join(done.err.split())
    with (tmp_path / "l.csv").open(encoding="utf-8", newline="") as stream:
        assert len([*csv.DictReader(stream)]) == 7


def test_hostile_names_and_texts_do_no_harm(run: Run, tmp_path: Path) -> None:
    name = 'it\'s "odd"; DROP TABLE x.csv'
    write(tmp_path / name, *FORTY, row("2022-05-09", "042'); DROP TABLE x; --", url="=1+1"))
    leads = screened(run, name)
    assert len(leads) == 7
