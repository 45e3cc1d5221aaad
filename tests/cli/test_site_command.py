"""`site`: the command, what it refuses, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support.commands import INTERRUPTIBLE, keys_of
from support.fixtures import Run
from support.site_links import broken_links

from recognition_model.cli.app import cli


def run(*args: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(cli, ["site", *args])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of two countries, as the command wrote it."""
    target = tmp_path_factory.mktemp("site") / "pages"
    ran = run("RUS", "China", "-o", str(target))
    assert (ran.exit_code, ran.stderr) == (0, "")
    first, second, third, fourth = ran.stdout.splitlines()
    assert first == f"wrote {target}: site on 2 countries"
    assert second.endswith("new, 0 changed, 0 the same")
    assert third == f"open {target / 'index.html'}"
    assert fourth == "no sitemap: it needs full addresses (--url)"
    return target


def test_site_has_pages_data_and_figures_in_three_layouts(folder: Path) -> None:
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"index.html", "RUS.html", "RUS.json", "changes.xml", "minisearch.LICENSE.txt"} <= there
    for layout in ("page", "column", "slide"):
        assert {f"figures/{layout}/history-{code}.svg" for code in ("RUS", "CHN")} <= there
        for kind in ("histories", "map", "network", "rules", "time-to-stage", "timeline"):
            assert f"figures/{layout}/{kind}.svg" in there
    assert {"figures/history-RUS.csv", "figures/history-RUS.txt"} <= there
    assert not [path for path in there if path.endswith((".png", ".pdf"))]


def test_every_link_leads_somewhere_figures_too(folder: Path) -> None:
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    checked, broken = broken_links(files, ("CHN", "RUS"))
    assert not broken
    assert checked > 1000


def test_words_of_a_figure_begin_with_its_finding(folder: Path) -> None:
    heading = json.loads((folder / "RUS.json").read_text(encoding="utf-8"))["heading"]
    words = (folder / "figures" / "history-RUS.txt").read_text(encoding="utf-8")
    assert words.startswith(f"{heading}\n\n")


def test_layouts_of_a_figure_have_their_widths(folder: Path) -> None:
    widths = {}
    for layout in ("page", "column", "slide"):
        head = (folder / "figures" / layout / "history-RUS.svg").read_text(encoding="utf-8")[:2000]
        widths[layout] = float(
            head.partition("<svg ")[2].partition('width="')[2].partition("pt")[0]
        )
    # 160 mm, 89 mm and 338.6 mm in points of 1/72 inch
    assert widths == pytest.approx({"page": 453.54, "column": 252.28, "slide": 959.81}, abs=0.5)


def test_second_run_changes_nothing(folder: Path) -> None:
    times = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    ran = run("RUS", "China", "-o", str(folder))
    assert ran.exit_code == 0
    assert ", 0 changed, " in ran.stdout
    assert " 0 new" in ran.stdout
    now = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    listed = folder / ".recognition-folder.json"
    assert {**now, listed: 0} == {**times, listed: 0}


def test_all_figures_are_png_and_pdf_too(tmp_path: Path) -> None:
    ran = run("BGR", "--figures", "all", "-o", str(tmp_path / "pages"))
    assert ran.exit_code == 0
    for layout in ("page", "column", "slide"):
        of = tmp_path / "pages" / "figures" / layout
        assert (of / "history-BGR.png").read_bytes().startswith(b"\x89PNG")
        assert (of / "history-BGR.pdf").read_bytes().startswith(b"%PDF")


def test_site_without_figures_says_so_and_links_to_none(tmp_path: Path) -> None:
    ran = run("BGR", "--figures", "none", "-o", str(tmp_path / "pages"))
    assert ran.exit_code == 0
    assert not (tmp_path / "pages" / "figures").exists()
    for path in (tmp_path / "pages").glob("*.html"):
        assert 'href="figures/' not in path.read_text(encoding="utf-8"), path.name


def test_folder_of_somebody_else_is_refused_with_2_and_left(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine", encoding="utf-8")
    ran = run("BGR", "-o", str(tmp_path))
    assert ran.exit_code == 2
    assert "is not empty, and `site` did not write it; choose another folder" in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


@pytest.mark.parametrize(
    ("output", "why"),
    [
        (".", ". cannot be replaced: it is the current folder; name a folder in it, such as pages"),
        ("..", ".. cannot be replaced: it holds the current folder"),
    ],
)
def test_current_folder_is_refused_and_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, why: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    ran = run("BGR", "--figures", "none", "-o", output)
    assert ran.exit_code == 2
    assert why in ran.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["here"]


def test_path_that_is_a_file_is_named_and_kept(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("afile").write_text("mine", encoding="utf-8")
    assert run("site", "BGR", "-o", "afile") == (2, "", "cannot write afile: Not a directory\n")
    assert Path("afile").read_text(encoding="utf-8") == "mine"


def test_help_says_that_a_folder_with_other_files_is_refused() -> None:
    said = " ".join(run("--help").output.split())
    assert "A folder that holds other files, such as .git or CNAME, is refused" in said


def test_file_of_the_user_in_the_folder_is_named_and_kept(tmp_path: Path) -> None:
    target = tmp_path / "pages"
    assert run("BGR", "--figures", "none", "-o", str(target)).exit_code == 0
    (target / "CNAME").write_text("example.org", encoding="utf-8")
    ran = run("BGR", "--figures", "none", "-o", str(target))
    assert ran.exit_code == 2
    assert "CNAME" in ran.stderr
    assert "move them away" in ran.stderr
    assert (target / "CNAME").read_text(encoding="utf-8") == "example.org"


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["--url", "example.org"], "--url: not the address of a folder on the web"),
        (["FJI"], "not in the record: Fiji (FJI)"),
        (["--figures", "gif"], "is not one of"),
    ],
)
def test_wrong_usage_is_explained_and_writes_nothing(
    tmp_path: Path, args: list[str], why: str
) -> None:
    ran = run(*args, "-o", str(tmp_path / "pages"))
    assert ran.exit_code == 2
    assert why in ran.stderr
    assert not list(tmp_path.iterdir())


def test_url_adds_a_sitemap(tmp_path: Path) -> None:
    target = tmp_path / "pages"
    ran = run("BGR", "--figures", "none", "--url", "https://x.example/t/", "-o", str(target))
    assert ran.exit_code == 0
    assert "no sitemap" not in ran.stdout
    assert "https://x.example/t/BGR.html" in (target / "sitemap.xml").read_text(encoding="utf-8")


def test_organisation_alone_has_a_site(tmp_path: Path) -> None:
    ran = run("UNO", "-o", str(tmp_path / "pages"))
    assert ran.exit_code == 0
    assert (tmp_path / "pages" / "figures" / "page" / "history-UNO.svg").exists()
    assert not (tmp_path / "pages" / "figures" / "page" / "swimmer.svg").exists()


def test_file_with_an_error_is_told_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "FJI.yaml").write_text("format: recognition-scenario/1\n", encoding="utf-8")
    ran = run(
        "BGR", "--with", str(tmp_path / "in"), "--figures", "none", "-o", str(tmp_path / "pages")
    )
    assert ran.exit_code == 1
    assert "FJI.yaml" in ran.stderr


def test_explain_knows_every_key_of_the_data(folder: Path) -> None:
    files = [path for path in folder.glob("*.json") if path.name != "sources-csl.json"]
    keys = {
        key
        for path in files
        if not path.name.startswith(".")
        for key in keys_of(json.loads(path.read_text(encoding="utf-8")))
    }
    assert {"heading", "anchor", "answer", "uses", "known_on", "spells"} <= keys
    for key in sorted(keys):
        told = CliRunner(catch_exceptions=False).invoke(cli, ["explain", key])
        assert told.exit_code == 0, key


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize("group", [True, False], ids=["terminal", "process"])
def test_interrupt_leaves_the_old_folder_no_draft_and_no_process(
    tmp_path: Path,
    group: bool,  # noqa: FBT001
) -> None:
    (tmp_path / "pages").mkdir()
    with subprocess.Popen(
        [sys.executable, *INTERRUPTIBLE, "site", "-o", "pages"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob(".recognition-model-*/*.html")):  # pages are being made
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(1)
        (os.killpg if group else os.kill)(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)  # ends when no process holds the pipes
    assert (process.returncode, out, err.strip()) == (130, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]
    assert not list((tmp_path / "pages").iterdir())
