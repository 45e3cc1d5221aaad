"""`cite`: the record, a country, an entry with its sources, and files made from the record."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from struct import pack
from typing import Any
from zlib import crc32

import pytest
import yaml
from attrs import evolve
from pybtex.database import parse_string
from support.fixtures import Put, Run
from support.paths import ROOT
from support.pictured import OFFICIAL, act, record

import recognition_model as rm
from recognition_model.core.citing import CREATORS, LICENCE, TITLE

ENTRIES = """\
- act: engage
  date: 2022-03-01
  evidence: [$host]
- signal: visit_made
  date: 2023-05
  evidence: [$press, $denial]
"""
CFF = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_citation_file_of_the_repository_says_what_cite_prints(run: Run) -> None:
    preferred = CFF["preferred-citation"]
    assert preferred["title"] == TITLE
    assert [author["name"] for author in preferred["authors"]] == list(CREATORS)
    assert preferred["license"] == LICENCE.name
    ran = run("cite")
    assert ran.code == 0
    assert flat(ran.out).startswith(f"{CREATORS[0]} (")
    assert f"). {TITLE} [data set]. " in flat(ran.out)
    assert f"{LICENCE.name}, {LICENCE.url}." in flat(ran.out)


def test_record_is_cited_without_a_word_and_by_name_alike(run: Run) -> None:
    assert run("cite").out == run("cite", "record").out


def test_country_is_cited_with_its_entries_and_the_end_of_its_data(run: Run, put: Put) -> None:
    put(ENTRIES)
    ran = run("cite", "Fiji", "--scenarios", "record")
    assert "“Fiji (FJI)”. In: " in flat(ran.out)
    assert "2 entries, data to 2026-01-15." in flat(ran.out)


@pytest.mark.parametrize("what", ["FJI/2", "fiji/2", "FJI.yaml:10", "record/FJI.yaml:12:5"])
def test_entry_is_cited_by_number_or_line_with_its_sources(run: Run, put: Put, what: str) -> None:
    # The head has six lines, and each entry three; so the second begins in line 10.
    put(ENTRIES)
    ran = run("cite", what, "--scenarios", "record")
    assert ran.code == 0
    assert "“Fiji (FJI), entry 2: signal visit_made 2023-05”" in flat(ran.out)
    _, _, sources = ran.out.partition("Sources\n")
    assert sources.count("yearbook-2026") == 0  # cited in full, not by its name
    assert flat(sources).endswith("Disputes the entry.")


def test_start_is_entry_0(run: Run, put: Put) -> None:
    put(ENTRIES)
    ran = run("cite", "FJI/0", "--scenarios", "record")
    assert "entry 0: start hostile 1996-09-27" in flat(ran.out)


def test_own_files_are_cited_without_our_name_and_licence(run: Run, put: Put) -> None:
    put(ENTRIES)
    ran = run("cite", "FJI", "--scenarios", "record")
    assert CREATORS[0] not in ran.out
    assert LICENCE.name not in ran.out
    assert "Own files for recognition_model" in flat(ran.out)


@pytest.mark.parametrize("clone", [False, True])
def test_folder_with_our_names_is_ours_only_in_a_clone_of_the_project(
    run: Run, put: Put, *, clone: bool
) -> None:
    put(ENTRIES)
    shutil.copytree(ROOT / "seeds", "seeds")
    Path("record/FJI.yaml").rename("FJI.yaml")
    Path("record/sources.yaml").rename("own-sources.yaml")
    Path("scenarios").mkdir()
    name = Path("FJI.yaml").rename("scenarios/FJI.yaml")
    Path("own-sources.yaml").rename("scenarios/sources.yaml")
    if clone:
        Path("src/recognition_model").mkdir(parents=True)
        Path("src/recognition_model/__init__.py").touch()
    assert (CREATORS[0] in run("cite", "FJI", "--scenarios", str(name)).out) is clone
    run("export", "csv", "FJI", "--scenarios", str(name), "-o", "p.zip")
    with zipfile.ZipFile("p.zip") as package:
        described = json.loads(package.read("datapackage.json"))
    assert ("licenses" in described) is clone


@pytest.mark.parametrize("what", ["record", "RUS", "RUS/3"])
def test_bibtex_and_csl_of_a_citation_agree(run: Run, what: str) -> None:
    entries = parse_string(run("cite", what, "--format", "bibtex").out, "bibtex").entries
    items = json.loads(run("cite", what, "--format", "csl").out)
    assert [*entries] == [item["id"] for item in items]
    first = entries[items[0]["id"]]
    (author,) = first.persons["author"]
    assert str(author) == f"{{{CREATORS[0]}}}".replace("_", r"\_")  # one name, never split
    assert first.fields["year"] == str(items[0]["issued"]["date-parts"][0][0])
    assert items[0]["author"] == [{"literal": CREATORS[0]}]
    assert items[0]["type"] == "dataset"
    assert TITLE in (items[0]["title"], items[0].get("container-title"))


def test_json_of_a_citation_has_its_parts(run: Run, put: Put) -> None:
    put(ENTRIES)
    data = json.loads(run("cite", "FJI/1", "--scenarios", "record", "--format", "json").out)
    assert (data["format"], data["licence"]) == ("recognition-citation/1", None)
    assert data["part"] == "Fiji (FJI), entry 1: act engage 2022-03-01"
    assert [source["id"] for source in data["sources"]] == ["yearbook-2026"]


WRONG = {
    ("Fidschi",): "WHAT is `record`, a country, an entry (RUS/3) or a file that this program wrote",
    ("FJI/3",): "Fiji (FJI) has no entry 3: its entries are 0 to 2",
    ("FJI.yaml:1",): "no entry is at FJI.yaml:1",
    ("FJI.yaml:99999",): "no entry is at FJI.yaml:99999",
    ("FJI", "--check"): "--check needs a file: .svg, .png, .pdf",
    ("nowhere.svg",): "cannot read nowhere.svg: No such file",
    ("plain.svg",): "plain.svg does not say what it was made from",
    ("plain.csv",): "plain.csv says nothing itself, and plain_datapackage.json is not beside it",
    ("broken.zip",): "broken.zip does not say what it was made from",
    ("broken.parquet",): "broken.parquet does not say what it was made from",
    ("plain.xlsx",): "cite cannot read .xlsx files; it reads .svg, .png, .pdf",
    ("plain.svg", "--known-by", "2024"): "--known-by cannot be used with a file",
}


@pytest.mark.parametrize(("args", "said"), WRONG.items(), ids=[" ".join(key) for key in WRONG])
def test_wrong_cite_arguments_exit_2(run: Run, put: Put, args: tuple[str, ...], said: str) -> None:
    if "broken.parquet" in args:
        pytest.importorskip("pyarrow")  # with it in the session `consumers`
    put(ENTRIES)
    for name in ("plain.svg", "plain.csv", "broken.zip", "broken.parquet", "plain.xlsx"):
        Path(name).write_text("<svg></svg>", "utf-8")
    ran = run("cite", *args, "--scenarios", "record")
    assert (ran.code, ran.out) == (2, "")
    assert said in flat(ran.err)
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("name", ["h.svg", "h.png", "h.pdf", "r.html", "r.md", "p.zip"])
def test_file_is_cited_from_its_metadata_and_unchanged_when_made_again(
    run: Run, put: Put, name: str
) -> None:
    put(ENTRIES)
    command = {
        "h": ("plot", "history", "FJI"),
        "r": ("report", "FJI"),
        "p": ("export", "csv", "FJI"),
    }[name[0]]
    assert run(*command, "--scenarios", "record", "-o", name).code == 0
    cited = flat(run("cite", name).out)
    assert "Own files for recognition_model" in cited
    assert re.search(r"Record [0-9a-f]{12} \(own files\)\. Made with recognition_model ", cited)
    ran = run("cite", name, "--check", "--scenarios", "record")
    assert "Compared with: the same." in flat(ran.out)
    assert "Made now, its data would be the same." in flat(ran.out)
    assert ran.code == 0


def test_parquet_table_is_cited_and_checked(run: Run, put: Put) -> None:
    pytest.importorskip("pyarrow")  # with it in the session `consumers`
    put(ENTRIES)
    table = ("FJI", "--table", "spells", "-o", "s.parquet")
    assert run("export", "parquet", "--scenarios", "record", *table).code == 0
    assert "“Spells” [data table]" in flat(run("cite", "s.parquet").out)
    assert run("cite", "s.parquet", "--check", "--scenarios", "record").code == 0
    put(ENTRIES.replace("2022-03-01", "2022-03-02"))
    ran = run("cite", "s.parquet", "--check", "--scenarios", "record")
    assert ran.code == 1
    assert "Made now, its data would differ." in ran.out


def test_check_of_a_file_of_no_release_names_countries_and_says_what_it_cannot(
    run: Run, put: Put
) -> None:
    put(ENTRIES)
    assert run("plot", "history", "FJI", "--scenarios", "record", "-o", "h.svg").code == 0
    put(ENTRIES.replace("2022-03-01", "2022-03-02"))
    ran = run("cite", "h.svg", "--check", "--scenarios", "record")
    text = flat(ran.out)
    assert ran.code == 1
    assert "Made now, its data would differ." in text
    assert "The record differs for Fiji (FJI)." in text
    assert "whose facts are not kept. The changes cannot be listed." in text


def test_picture_is_made_again_with_its_options(run: Run, put: Put) -> None:
    put(ENTRIES)
    args = ("--stage", "engaged", "--origin", "2022-01-01", "--dates", "latest")
    made = run("plot", "time-to-stage", "FJI", "--scenarios", "record", *args, "-o", "t.svg")
    assert made.code == 0
    ran = run("cite", "t.svg", "--check", "--scenarios", "record", "--format", "json")
    data = json.loads(ran.out)
    assert data["made_from"]["edition"]["options"] == {
        "origin": "2022-01-01",
        "picture": "time-to-stage",
        "stage": "engaged",
    }
    # Measured from the day without --origin, the wait would be another.
    assert (ran.code, data["differs"], data["same"]) == (0, False, True)


@pytest.mark.parametrize(
    "args", [("--unit", "year", "--frame", "cow"), ("--draws", "2", "--seed", "5")], ids=" ".join
)
def test_package_of_a_country_of_ours_is_made_again_with_its_options(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("export", "csv", "Oman", *args, "-o", "p.zip").code == 0
    data = json.loads(run("cite", "p.zip", "--check", "--format", "json").out)
    assert (data["same"], data["differs"], data["parts"]) == (True, False, [])
    assert set(data["now"]["options"]) == {name.removeprefix("--") for name in args[::2]}


def test_table_that_was_changed_by_hand_is_told(run: Run, put: Put) -> None:
    put(ENTRIES)
    table = ("FJI", "--table", "spells", "-o", "s.csv")
    assert run("export", "csv", "--scenarios", "record", *table).code == 0
    path = Path("s.csv")
    path.write_bytes(path.read_bytes().replace(b"engaged", b"hostile"))
    ran = run("cite", "s.csv", "--check", "--scenarios", "record")
    assert "The file was changed after it was made." in ran.out
    assert ran.code == 1


def test_table_written_with_a_picture_is_cited_as_the_picture(run: Run, put: Put) -> None:
    put(ENTRIES)
    args = ("history", "FJI", "--scenarios", "record", "--table", "-o", "h.png")
    assert run("plot", *args).code == 0
    assert run("cite", "h_table.csv").out == run("cite", "h.png").out
    assert run("cite", "h_table.csv", "--check", "--scenarios", "record").code == 0


def test_rule_graph_is_cited_and_checked_by_its_rules_alone(run: Run, put: Put) -> None:
    put(ENTRIES)
    assert run("plot", "rules", "-o", "n.svg").code == 0
    assert re.search(r"\. Rule table [0-9a-f]{12}\. ", flat(run("cite", "n.svg").out))
    put(ENTRIES.replace("2022-03-01", "2022-03-02"))
    ran = run("cite", "n.svg", "--check", "--scenarios", "record")
    assert "Compared with: the same." in flat(ran.out)
    assert ran.code == 0


def test_rule_graph_drawn_as_a_network_is_still_checked(run: Run, put: Put) -> None:
    assert run("plot", "rules", "-o", "n.svg").code == 0
    path = Path("n.svg")
    told = path.read_text("utf-8")
    old = re.sub(r'("|&quot;)name\1: \1rules\1', r"\1name\1: \1network\1", told)
    assert old != told
    path.write_text(old, "utf-8")
    ran = run("cite", "n.svg", "--check")
    assert "Made now, its data would be the same." in flat(ran.out)
    assert ran.code == 0


def test_file_of_a_release_that_is_not_known_is_checked_without_its_corrections(
    run: Run, put: Put
) -> None:
    put(ENTRIES)
    assert run("plot", "history", "FJI", "--scenarios", "record", "-o", "h.md.svg").code == 0
    path = Path("h.md.svg")
    told = path.read_text("utf-8")
    path.write_text(re.sub(r'("|&quot;)release\1: null', r"\1release\1: 7", told), "utf-8")
    ran = run("cite", str(path), "--check", "--scenarios", "record")
    said = "This program does not know data release 7; what was corrected cannot be listed."
    assert said in flat(ran.out)
    assert "Made now, its data would be the same." in flat(ran.out)


WRONG_OPTIONS = {
    ("draws", "999999"): "it says that it has 999999 draws; at most 1000 are made",
    ("draws", "many"): "its option draws is no usable number: 'many'",
    ("unit", "week"): "its options cannot be used: 'week'",
    ("replays", "x"): "this version has no option 'replays' for a table",
}


def changed_descriptor(path: str, change: Callable[[dict[str, Any]], None]) -> None:
    descriptor = Path(path)
    data = json.loads(descriptor.read_text("utf-8"))
    change(data)
    descriptor.write_text(json.dumps(data), "utf-8")


@pytest.mark.parametrize(("option", "said"), WRONG_OPTIONS.items(), ids=str)
def test_table_with_a_wrong_option_cannot_be_made_again(
    run: Run, put: Put, option: tuple[str, str], said: str
) -> None:
    put(ENTRIES)
    table = ("FJI", "--table", "spells", "-o", "s.csv")
    assert run("export", "csv", "--scenarios", "record", *table).code == 0
    changed_descriptor(
        "s_datapackage.json", lambda data: data["edition"]["options"].update([option])
    )
    ran = run("cite", "s.csv", "--check", "--scenarios", "record")
    assert f"This program cannot make it again: {said}" in flat(ran.out)


@pytest.mark.parametrize("option", [("stage", "nonsense"), ("since", "never")], ids=str)
def test_picture_with_a_wrong_option_cannot_be_made_again(
    run: Run, put: Put, option: tuple[str, str]
) -> None:
    put(ENTRIES)
    assert run("plot", "history", "FJI", "--scenarios", "record", "-o", "h.svg").code == 0
    name, value = option
    path = Path("h.svg")
    told = path.read_text("utf-8")
    path.write_text(
        re.sub(r'("|&quot;)options\1: \{', rf"\1options\1: {{\1{name}\1: \1{value}\1, ", told),
        "utf-8",
    )
    ran = run("cite", "h.svg", "--check", "--scenarios", "record")
    assert f"its option {name} cannot be used: '{value}'" in flat(ran.out)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["resources"][0].pop("format"),
        lambda data: data["edition"]["countries"].update(XXX="0"),
    ],
    ids=["no format", "unknown country"],
)
def test_descriptor_with_wrong_values_is_refused(
    run: Run, put: Put, change: Callable[[dict[str, Any]], None]
) -> None:
    put(ENTRIES)
    table = ("FJI", "--table", "spells", "-o", "s.csv")
    assert run("export", "csv", "--scenarios", "record", *table).code == 0
    changed_descriptor("s_datapackage.json", change)
    ran = run("cite", "s.csv", "--check", "--scenarios", "record")
    assert (ran.code, ran.out) == (2, "")
    assert "what s.csv says it was made from cannot be read" in flat(ran.err)


def test_byte_order_mark_for_excel_is_no_difference(run: Run, put: Put) -> None:
    put(ENTRIES)
    table = ("FJI", "--table", "spells", "--excel", "-o", "s.csv")
    assert run("export", "csv", "--scenarios", "record", *table).code == 0
    assert run("cite", "s.csv", "--check", "--scenarios", "record").code == 0


def test_table_of_stata_is_cited_from_the_descriptor_beside_it(run: Run, put: Put) -> None:
    put(ENTRIES)
    table = ("FJI", "--table", "spells", "-o", "s.csv")
    assert run("export", "csv", "--scenarios", "record", *table).code == 0
    cited = run("cite", "s.csv").out
    Path("s.csv").rename("s.dta")
    changed_descriptor(
        "s_datapackage.json",
        lambda data: data["resources"][0].update(path="s.dta", format="dta"),
    )
    assert run("cite", "s.dta").out == cited
    ran = run("cite", "s.dta", "--check", "--scenarios", "record")
    assert "it cannot compare the data of .dta files." in flat(ran.out)


@pytest.mark.parametrize("ending", ["dta", "sav"])
def test_tables_of_a_statistics_program_are_not_compared(run: Run, put: Put, ending: str) -> None:
    put(ENTRIES)
    assert run("export", "csv", "FJI", "--scenarios", "record", "-o", "p.zip").code == 0
    with zipfile.ZipFile("p.zip") as old, zipfile.ZipFile("st.zip", "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b'"format": "csv"', f'"format": "{ending}"'.encode())
            new.writestr(name, data)
    ran = run("cite", "st.zip", "--check", "--scenarios", "record")
    assert f"again: it cannot compare the data of .{ending} files." in flat(ran.out)


def test_citation_of_what_was_known_by_a_day_has_the_year_of_the_data(run: Run, put: Put) -> None:
    put(ENTRIES)
    for what in ("record", "FJI", "FJI/0"):
        args = ("--scenarios", "record", "--format", "json")
        whole, early = (
            json.loads(run("cite", what, *args, *more).out)
            for more in ((), ("--known-by", "1997-01-01"))
        )
        assert early["day"] == whole["day"]


def test_picture_with_a_damaged_stamp_is_refused(run: Run, tmp_path: Path) -> None:
    damaged = b"recognition-stamp\0\0not compressed"
    chunk = pack(">I4s", len(damaged), b"zTXt") + damaged + pack(">I", crc32(b"zTXt" + damaged))
    path = tmp_path / "broken.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk)
    ran = run("cite", str(path))
    assert ran.code == 2
    assert "the stamp of the picture cannot be decompressed" in flat(ran.err)


def test_entry_that_was_not_yet_public_is_not_cited() -> None:
    known = record(act("engage", "2022-03-01"), known_by="1996-01-01", begins="1990-01-01")
    with pytest.raises(ValueError, match="has no entry 1"):
        rm.citation_of_entry(known, 1)


def test_title_in_a_figure_keeps_its_quotes_apart() -> None:
    cited = rm.citation_of_country(record(act("engage", "2022-03-01", OFFICIAL)))
    assert "“Time to ‘engaged’”" in evolve(cited, part="Time to “engaged”").text
