"""`screen` on files of a user's own layout: the crosswalk says which column says what."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from support.coded import COLUMNS, FORTY, RECORD, write
from support.fixtures import Run

pytest.importorskip("duckdb")

CODED = """\
format: recognition-crosswalk/1
title: Mine
codes: cameo
reference: A code book
taliban:
  - {code: AFGINSTAL, why: The movement.}
  - {group: TAL, why: The group.}
  - {code: AFGGOV, since: 2021-08-15, why: The government from that day.}
events:
  - {codes: ['042'], family: visit, act: engage, attestation: reported, why: A visit.}
columns:
  day: when
  day-format: "%d.%m.%Y"
  code: what
  actor: {country: who, code: who_code, group: who_group, type: who_type}
  recipient: {country: whom, code: whom_code, group: whom_group, type: whom_type}
  mentions: times
"""
NAMED = """\
format: recognition-crosswalk/1
title: Mine
codes: plover
reference: A code book
taliban:
  - {name: taliban, why: The name.}
events:
  - {codes: [CONSULT/visit], family: visit, why: A visit.}
columns:
  day: day
  code: event
  mode: mode
  actor: {country: c1, name: n1}
  recipient: {country: c2, name: n2}
  url: link
  countries-by: name
"""
HEADING = (
    *("id", "when", "what", "who", "who_code", "who_group", "who_type"),
    *("whom", "whom_code", "whom_group", "whom_type", "times"),
)
TAKEN = (
    *("GLOBALEVENTID", "SQLDATE", "EventCode", "Actor1CountryCode", "Actor1Code"),
    *("Actor1KnownGroupCode", "Actor1Type1Code", "Actor2CountryCode", "Actor2Code"),
    *("Actor2KnownGroupCode", "Actor2Type1Code", "NumMentions"),
)


@pytest.fixture
def run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in a folder with a made-up record and a crosswalk."""
    monkeypatch.chdir(tmp_path)
    Path("record").mkdir()
    Path("record/FJI.yaml").write_text(RECORD, encoding="utf-8")
    Path("mine.yaml").write_text(CODED, encoding="utf-8")
    return run


def leads(run: Run, *arguments: str) -> list[tuple[str, str, str]]:
    """Name, rows and mentions of the leads of a run that must succeed."""
    options = ("--map", "mine.yaml", "--scenarios", "record", "-o", "leads.csv", "--force")
    done = run("screen", *arguments, *options)
    assert done.code == 0, done.err
    with Path("leads.csv").open(encoding="utf-8", newline="") as stream:
        return [(one["lead"], one["rows"], one["mentions"]) for one in csv.DictReader(stream)]


def own_rows() -> list[list[str]]:
    """The forty rows in a layout of our own, with days as 09.06.2022."""
    found = []
    for line in FORTY:
        values = dict(zip(COLUMNS, line.split("\t"), strict=False))
        if len(values) == len(COLUMNS):
            day = values["SQLDATE"]
            values["SQLDATE"] = f"{day[6:]}.{day[4:6]}.{day[:4]}"
            found.append([values[name] for name in TAKEN])
    return found


def written(path: str, *, delimiter: str = ",", heading: bool = True) -> str:
    with Path(path).open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, delimiter=delimiter)
        out.writerows([*([HEADING] if heading else []), *own_rows()])
    return path


def test_columns_of_the_crosswalk_say_what_a_known_layout_would(run: Run) -> None:
    write(Path("known.csv"), *(one for one in FORTY if one.count("\t") == len(COLUMNS) - 1))
    assert leads(run, written("own.csv")) == leads(run, "known.csv") != []


@pytest.mark.parametrize(("delimiter", "word"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
def test_file_without_a_header_has_its_columns_in_order(
    run: Run, delimiter: str, word: str
) -> None:
    with_header = leads(run, written("own.csv"))
    names = f"  delimiter: {word}\n  names: [{', '.join(HEADING)}]\n"
    Path("mine.yaml").write_text(CODED + names, encoding="utf-8")
    assert leads(run, written("plain.csv", delimiter=delimiter, heading=False)) == with_header


def test_columns_are_for_files_that_no_known_layout_fits(run: Run) -> None:
    write(Path("known.csv"), *(one for one in FORTY if one.count("\t") == len(COLUMNS) - 1))
    both = leads(run, "known.csv", written("own.csv"))
    once = leads(run, "known.csv")
    assert [(lead, int(rows) / 2) for lead, rows, _ in both] == [
        (lead, int(rows)) for lead, rows, _ in once
    ]


def test_quoted_values_and_named_countries_are_read(run: Run) -> None:
    Path("mine.yaml").write_text(NAMED, encoding="utf-8")
    Path("own.csv").write_text(
        "day,event,mode,c1,n1,c2,n2,link\n"
        '2022-05-05,CONSULT,visit,Fiji,"Minister, Foreign",Afghanistan,The Taliban,http://a.example\n'
        '2022-05-05,CONSULT,visit,Fiji,"He said ""yes""",Afghanistan,Taliban envoy,\n'
        "2022-05-06,CONSULT,visit,Fiji,Somebody,Afghanistan,Ghani,\n",
        encoding="utf-8",
    )
    assert leads(run, "own.csv") == [("FJI/2022-05-05/visit", "2", "0")]


def test_parquet_has_the_columns_with_their_own_types(run: Run) -> None:
    import duckdb

    plain = CODED.replace('  day-format: "%d.%m.%Y"\n', "")
    Path("mine.yaml").write_text(plain, encoding="utf-8")
    duckdb.sql(
        "COPY (SELECT DATE '2022-05-05' AS when, '042' AS what, 'FJI' AS who, 'FJIGOV' AS who_code,"
        " '' AS who_group, 'GOV' AS who_type, 'AFG' AS whom, 'AFGINSTAL' AS whom_code,"
        " 'TAL' AS whom_group, 'INS' AS whom_type, 7 AS times) TO 'own.parquet' (FORMAT parquet)"
    )
    assert leads(run, "own.parquet") == [("FJI/2022-05-05/visit", "1", "7")]


@pytest.mark.parametrize(
    ("change", "heading", "says"),
    [
        ("", "id,when,who\n", "own.csv: it lacks the columns what,"),
        (
            f"  names: [{', '.join(HEADING)}]\n",
            "1,2,3\n",
            "own.csv: it has 3 columns, and `names:` of the crosswalk 12",
        ),
        ("  names: [when, what]\n", "1,2\n", "`names:` lacks the column"),
        (f"  names: [{', '.join((*HEADING, 'who'))}]\n", "1,2\n", "stands in `names:` twice"),
        ("  delimeter: tab\n", "1,2\n", "unknown key 'delimeter'"),
        ("  delimiter: tabs\n", "1,2\n", "did you mean"),
    ],
)
def test_columns_that_do_not_fit_are_refused_without_a_file(
    run: Run, change: str, heading: str, says: str
) -> None:
    Path("mine.yaml").write_text(CODED + change, encoding="utf-8")
    Path("own.csv").write_text(heading, encoding="utf-8")
    done = run("screen", "own.csv", "--map", "mine.yaml", "-o", "x.csv")
    assert (done.code, done.out) == (2, "")
    assert says in " ".join(done.err.split())
    assert not Path("x.csv").exists()


@pytest.mark.parametrize("form", ["%Y", "%d.%m", "%Q", "day"])
def test_format_without_a_whole_day_is_refused(run: Run, form: str) -> None:
    text = CODED.replace("%d.%m.%Y", form)
    Path("mine.yaml").write_text(text, encoding="utf-8")
    done = run("screen", written("own.csv"), "--map", "mine.yaml", "-o", "x.csv")
    assert done.code == 2
    assert "gives no day with its month and year" in " ".join(done.err.split())
