"""The documents say what the code does: every example in them is run."""

from __future__ import annotations

import ast
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from support.paths import ROOT
from support.pytest_runs import plain

import recognition_model as rm
from recognition_model.analysis.claims import check
from recognition_model.io.files import read_document
from recognition_model.io.reader import Reader
from recognition_model.plots.kinds import KINDS

DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLES = ROOT / "docs" / "examples"
FENCE = re.compile(r"^ *(?:```|~~~)(.*)$", re.MULTILINE)
BLOCK = re.compile(r"^ *```([\w ]+)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)(?:#([^)]*))?\)")
LANGUAGES = {
    *("console", "diff", "html", "latex", "powershell", "python", "r", "sh", "stata"),
    *("text", "yaml"),
}
NOT_SHOWN = {"{eval-rst}"}  # what Sphinx replaces by docstrings


class Block(NamedTuple):
    """A block of a page: its language and further words, and its text."""

    page: str
    kind: str
    text: str


BLOCKS = [
    Block(page.relative_to(ROOT).as_posix(), *match.groups())
    for page in DOCS
    for match in BLOCK.finditer(page.read_text(encoding="utf-8"))
]
RUN: set[Block] = set()
"""The blocks that a test of this file takes."""


def blocks(kind: str, *others: str, page: str | None = None) -> list[Block]:
    """Take the blocks of some kinds, in the order of a page or of all pages, to run them.

    Call this while the module is read: `RUN` is complete then.
    """
    found = [one for one in BLOCKS if one.kind in (kind, *others) and page in (None, one.page)]
    assert found, (page, kind)
    RUN.update(found)
    return found


def the_block(kind: str, page: str) -> pytest.MarkDecorator:
    """Give a test the text of the one block of a kind that a page has, as `code`."""
    (block,) = blocks(kind, page=page)
    return pytest.mark.parametrize("code", [block.text], ids=[page])


def run_code(code: str, page: str = "page", **names: Any) -> dict[str, Any]:
    """Run Python code of a page, and return its names."""
    exec(compile(code, page, "exec"), names)  # noqa: S102 - our own page
    return names


def values_shown(code: str, names: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each expression of an example that has a comment: what it shows, and its value."""
    lines = code.splitlines()
    for node in ast.parse(code).body:
        line = lines[(node.end_lineno or 0) - 1]
        _, mark, shown = line[node.end_col_offset or 0 :].partition("# ")
        if mark and isinstance(node, ast.Expr):
            value = eval(ast.unparse(node), names)  # noqa: S307 - our own page
            yield shown, repr(value)


def run_example(example: str, folder: Path) -> tuple[str, str]:
    """Run the command of an example in a folder: what it prints, and what the page shows."""
    command, shown = example.split("\n", 1)
    assert command.startswith("$ recognition-model ")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("_RECOGNITION")}
    run = subprocess.run(
        [sys.executable, "-m", "recognition_model", *shlex.split(command)[2:]],
        cwd=folder,
        capture_output=True,
        env=environment | {"PYTHONUTF8": "1"},
        encoding="utf-8",
        check=False,
    )
    return run.stderr + run.stdout, shown


def assert_prints(example: str, folder: Path) -> None:
    printed, shown = run_example(example, folder)
    assert printed == shown


def assert_has(example: str, folder: Path) -> None:
    """A line of three dots replaces one or more lines of the output."""
    printed, shown = run_example(example, folder)
    parts = [re.escape(part) for part in re.split(r"(?m)^\.\.\.\n", shown)]
    assert len(parts) > 1
    assert re.fullmatch(r"(?:.*\n)+".join(parts), printed), printed


def test_every_python_and_console_block_is_run_by_a_test() -> None:
    shown = {block for block in BLOCKS if block.kind.split()[0] in ("python", "console")}
    assert len({block.page for block in shown}) > 5
    assert {(page, kind) for page, kind, _ in shown - RUN} == set()


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_fences_of_page_name_a_known_language(page: Path) -> None:
    """Python under another name, such as `pycon`, would be run by no test."""
    opened = FENCE.findall(page.read_text(encoding="utf-8"))[::2]
    assert {words.split()[0] if words else "" for words in opened} <= LANGUAGES | NOT_SHOWN


@pytest.mark.parametrize("block", blocks("console"), ids=lambda block: block.page)
def test_console_example_prints_what_page_shows(block: Block, tmp_path: Path) -> None:
    if block.page == "docs/tutorial.md":  # its reader is in the folder of the examples
        shutil.copytree(EXAMPLES, tmp_path, dirs_exist_ok=True)
    assert_prints(block.text, tmp_path)


@pytest.mark.parametrize("block", blocks("console excerpt"), ids=lambda block: block.page)
def test_excerpt_has_whole_output_lines_in_order(block: Block, tmp_path: Path) -> None:
    assert_has(block.text, tmp_path)


QUESTION = re.compile(r"(?m)^\|[^|`]+\| `recog ([^`]+)` \|$")
ASKED = [
    (page.name, command)
    for page in (ROOT / "README.md", ROOT / "docs" / "how-to.md")
    for command in QUESTION.findall(page.read_text("utf-8"))
]


@pytest.mark.parametrize(("page", "command"), ASKED)
def test_question_of_a_briefing_has_an_answer(page: str, command: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "recognition_model", *command.split()],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(ran.stdout) > 60


def test_how_to_has_the_ten_questions_of_a_briefing() -> None:
    assert len([command for page, command in ASKED if page == "how-to.md"]) == 10


@the_block("text edit", "docs/how-to.md")
def test_edit_of_how_to_means_what_the_page_says(code: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", str(tmp_path)]
    for args in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "before"]):
        subprocess.run([*git, *args], check=True)
    path = tmp_path / "scenarios" / "UZB.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("date: 2024-10-09", "date: 2024-09-29"), encoding="utf-8")
    options = ["changes", "--scenarios", "scenarios", "--against", "HEAD"]
    ran = subprocess.run(
        [sys.executable, "-m", "recognition_model", *options],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    commit = re.compile(r"\([0-9a-f]{9}\)")
    assert commit.sub("(commit)", ran.stdout) == commit.sub("(commit)", code)


def on_two_codings(folder: Path, *command: str) -> str:
    """What a command prints where Uzbekistan is coded twice, its ambassador on two days."""
    text = (ROOT / "scenarios" / "UZB.yaml").read_text(encoding="utf-8")
    earlier = text.replace("date: 2024-10-09", "date: 2024-09-29")
    for coder, told in (("a", text), ("b", earlier)):
        (folder / f"coder-{coder}").mkdir()
        (folder / f"coder-{coder}" / "UZB.yaml").write_text(told, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "recognition_model", *command],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return ran.stdout


@the_block("text agreement", "docs/how-to.md")
def test_codings_of_how_to_differ_as_the_page_says(code: str, tmp_path: Path) -> None:
    assert code in on_two_codings(tmp_path, "agreement", "coder-a", "coder-b")


@the_block("text codings", "docs/how-to.md")
def test_picture_of_two_codings_says_what_the_page_says(code: str, tmp_path: Path) -> None:
    asked = ("--scenarios", "coder-a", "--against", "coder-b", "-o", "UZB.svg")
    assert on_two_codings(tmp_path, "plot", "codings", "UZB", *asked) == code


HOUR = blocks("console hour", "diff hour", page="docs/weekly-hour.md")


def test_weekly_hour_goes_as_its_page_says(tmp_path: Path) -> None:
    """Its commands are run and its edit is applied, in the order of the page."""
    assert [one.kind.split()[0] for one in HOUR] == ["console", "diff", *["console"] * 5]
    for name in ("ATA.yaml", "sources.yaml"):
        shutil.copy(EXAMPLES / name, tmp_path)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", str(tmp_path)]
    for args in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "before"]):
        subprocess.run([*git, *args], check=True)
    for _, kind, text in HOUR:
        if kind == "diff hour":
            subprocess.run([*git, "apply"], input=text, encoding="utf-8", check=True)
            continue
        printed, shown = run_example(text, tmp_path)
        commit = re.compile(r"\([0-9a-f]{9}\)")
        assert commit.sub("(commit)", printed) == commit.sub("(commit)", shown)
    folder = rm.load_folder(tmp_path)
    assert (folder.findings, str(folder.scenarios[0].reviewed)) == ((), "2026-06-30")


def test_page_of_searches_equals_generated_page() -> None:
    searches = runpy.run_path(str(ROOT / "tools" / "make_searches.py"))["searches"]
    page = (ROOT / "docs" / "searches.md").read_text(encoding="utf-8")
    assert page == searches()
    assert not re.search(r"(?m) $|\n\n\n", page)


@the_block("yaml correction", "docs/how-to.md")
def test_correction_of_how_to_replays_without_error(code: str, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "ATA.yaml"
    head, _, _ = path.read_text(encoding="utf-8").partition("timeline:\n")
    path.write_text(f"{head}timeline:\n{code}", encoding="utf-8")
    replay = rm.replay(rm.load(path))
    assert (replay.ok, len(replay.deprecated)) == (True, 1)
    assert [change.date.text for change in replay.changes] == ["2024-02-02"]


PLAIN = [block for block in blocks("python") if block.page != "README.md"]


@pytest.mark.parametrize("block", PLAIN, ids=lambda block: block.page)
def test_python_of_page_has_the_values_that_its_comments_show(
    block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comment behind an expression is its value, and perhaps a colon and words."""
    monkeypatch.chdir(tmp_path)
    for shown, value in values_shown(block.text, run_code(block.text, block.page)):
        assert shown == value or shown.startswith(f"{value}: ")


def test_values_in_comments_of_examples_are_found() -> None:
    code = "x = 2  # two\nx  # 2\nstr(x)  # '3': not so\n(\n    x\n)  # a: 2\n# 4\nx\n"
    found = [("2", "2"), ("'3': not so", "'2'"), ("a: 2", "2")]
    assert [*values_shown(code, {"x": 2})] == found


# Hypothesis shrinks as ever, but does not then vary each part to say which of them matter.
NO_EXPLANATION = """
from hypothesis import Phase, settings
settings.register_profile("short", phases=set(Phase) - {Phase.explain})
settings.load_profile("short")
"""


@the_block("python testing", "docs/how-to.md")
def test_how_to_example_tests_users_own_table(code: str, tmp_path: Path) -> None:
    assert code == (EXAMPLES / "test_my_table.py").read_text(encoding="utf-8")
    (shown,) = blocks("text", page="docs/how-to.md")
    (tmp_path / "test_my_table.py").write_text(code, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(NO_EXPLANATION, encoding="utf-8")
    options = ["-q", "-p", "no:cacheprovider", "--hypothesis-seed=1"]  # what is drawn, finds it
    command = [sys.executable, "-m", "pytest", *options, "test_my_table.py"]
    run = subprocess.run(
        command,
        cwd=tmp_path,
        env=plain(os.environ),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    # Hypothesis shrinks to few acts, not always to the same; the exploration to the fewest.
    dated = [re.sub(r"\d{4}-\d\d-\d\d", "DAY", text) for text in (shown.text, run.stdout)]
    first, why, *_, last = [line.strip() for line in dated[0].splitlines()]
    for line in (first, why, last):
        assert line in dated[1], run.stdout
    assert "engage (press), break_off (taliban), recognise (host)" in run.stdout
    assert "2 failed" in run.stdout.splitlines()[-1]


@the_block("python batch", "docs/how-to.md")
def test_sequences_of_how_to_end_in_expected_states(code: str) -> None:
    names = run_code(code)
    assert [str(state) for state in names["last"]] == [
        "delisted, ban lifted",
        "engaged, no ban documented",
    ]
    assert [str(why) for why in names["why"][:4]] == [
        "R01 ban",
        "R02 engage",
        "R03 delist",
        "R02 engage",
    ]
    assert {reason.value for reason in names["why"][4]} == {"not-attested"}


@the_block("python dated", "docs/how-to.md")
def test_dated_events_of_how_to_end_in_stated_stages(code: str) -> None:
    pytest.importorskip("pyarrow")
    names = run_code(code)
    assert [value for shown, value in values_shown(code, names) if shown != value] == []
    assert names["stays"].num_rows == 5  # two starts, two first meetings, one ban


(SCALE,) = blocks("yaml scale", page="docs/how-to.md")


def test_scale_of_how_to_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "offices.yaml"
    path.write_text(SCALE.text, encoding="utf-8")
    scale = rm.load_scale(path)
    (turkey,) = (one for one in rm.load_folder().scenarios if one.country == "TUR")
    level = rm.levels_of(rm.replay(turkey), scale).on("2024-01-01").level
    assert level is scale.named("office")


@the_block("python scale", "docs/how-to.md")
def test_scale_in_python_of_how_to_gives_what_it_shows(code: str) -> None:
    names = run_code(code)
    assert [value for shown, value in values_shown(code, names) if shown != value] == []


(RULES_FILE,) = blocks("yaml rules", page="docs/how-to.md")
(WHAT_IF,) = blocks("console rules", page="docs/how-to.md")


def test_rules_file_of_how_to_turns_what_is_shown(tmp_path: Path) -> None:
    (tmp_path / "my-rules.yaml").write_text(RULES_FILE.text, encoding="utf-8")
    assert_prints(WHAT_IF.text, tmp_path)


(CHOICES_FILE,) = blocks("yaml choices", page="docs/how-to.md")
(REASONABLE,) = blocks("console choices", page="docs/how-to.md")
(DRAWN,) = blocks("console drawn", page="docs/how-to.md")


def test_choices_file_of_how_to_gives_what_is_shown(tmp_path: Path) -> None:
    (tmp_path / "reasonable.yaml").write_text(CHOICES_FILE.text, encoding="utf-8")
    assert_has(REASONABLE.text, tmp_path)
    assert_prints(DRAWN.text, tmp_path)


(EVENTS,) = blocks("text events", page="docs/how-to.md")
(CROSSWALK,) = blocks("yaml crosswalk", page="docs/how-to.md")
(SCREEN,) = blocks("console screen", page="docs/how-to.md")


def test_coded_events_of_how_to_give_the_leads_shown(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    (tmp_path / "events.csv").write_text(EVENTS.text, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(CROSSWALK.text, encoding="utf-8")
    run_example("$ recognition-model new Fiji\n", tmp_path)
    assert_prints(SCREEN.text, tmp_path)
    lines = (tmp_path / "leads.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["FJI", "2024-02-05", "2024-02-06"],
        ["FJI", "2024-05-21", "2024-05-21"],
    ]


@the_block("python exports", "docs/data.md")
def test_tables_of_how_to_match_record(code: str) -> None:
    names = run_code(code)
    assert {"country", "act", "rule"} <= set(names["columns"])
    at = [[field.name for field in names["years"].fields].index(key) for key in ("country", "year")]
    assert ("RUS", 2025) in {tuple(row[n] for n in at) for row in names["years"].rows}


@the_block("python pooling", "docs/data.md")
def test_pooling_of_data_page_gives_stated_share(code: str) -> None:
    names = run_code(code)
    assert 0.01 < names["of_dates"] < 0.09  # "about 5 %"
    assert 0 < names["share"] < 1


@the_block("python waits", "docs/data.md")
def test_waits_of_data_page_run(code: str) -> None:
    run_code(code)


@the_block("python pandas", "docs/data.md")
def test_merge_of_data_page_finds_the_stages(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pandas = pytest.importorskip("pandas")
    monkeypatch.chdir(tmp_path)
    replays = [rm.replay(scenario) for scenario in rm.load_folder().scenarios]
    Path("panel.csv").write_bytes(rm.panel(replays, unit="year").csv())
    yours = pandas.DataFrame({"cow": [365, 365, 2], "year": [2025, 1950, 2024]})
    names = run_code(code, yours=yours)
    assert [*names["merged"]["stage"]][:1] == ["de_jure_recognition"]
    assert list(names["attested"]["cow"]) == [365, 2]


@the_block("yaml signals", "docs/how-to.md")
def test_own_words_of_how_to_are_read(code: str, tmp_path: Path) -> None:
    (tmp_path / "signals.yaml").write_text(code, encoding="utf-8")
    reader = Reader({})
    words = reader.signals(read_document(tmp_path / "signals.yaml"), shipped=False)
    assert reader.findings == []
    assert [*words.words] == ["joint_exercise"]


@the_block("python precedence", "docs/how-to.md")
def test_shares_of_how_to_match_text(code: str) -> None:
    names = run_code(code)
    told = [line.split("  # ") for line in code.splitlines() if "# Fraction" in line]
    assert [repr(eval(said, names)) for said, _ in told] == [  # noqa: S307 - our own page
        shown.partition(":")[0] for _, shown in told
    ]
    assert names["rows"].shape == (1000, len(names["replays"]["KAZ"].history.spells))


@the_block("python", "README.md")
def test_python_of_readme_gives_stated_answers(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names = run_code(code)
    replay = names["replay"]
    assert isinstance(replay, rm.Replay)
    assert replay.history.on("2024-05-28").stage is rm.Stage.ENGAGED


FIVE_MINUTES = blocks("console steps", "yaml steps", page="docs/how-to.md")


def test_five_minutes_of_how_to_make_record_that_replays(tmp_path: Path) -> None:
    """Its commands are run and its lines put in place, in the order of the page."""
    assert len(FIVE_MINUTES) == 8
    for _, kind, text in FIVE_MINUTES:
        if kind == "console steps":
            assert_prints(text, tmp_path)
        else:
            in_place_of_its_line(text, tmp_path)
    folder = rm.load_folder(tmp_path)
    replay = rm.replay(folder.scenarios[0])
    assert (folder.findings, replay.findings) == ((), ())
    assert [(c.rule, c.date.text) for c in replay.changes] == [("R02", "2021-08-26")]


def in_place_of_its_line(text: str, folder: Path) -> None:
    """Put a text in the place of the one line of a record or register that begins with its key."""
    key, _ = text.split(":", 1)
    found = 0
    for path in folder.glob("*.yaml"):
        before = path.read_text(encoding="utf-8")
        after, times = re.subn(rf"(?m)^{key}:.*\n", lambda _: text, before)
        path.write_text(after, encoding="utf-8")
        found += times
    assert found == 1, text


@the_block("yaml", "docs/how-to.md")
def test_claims_of_how_to_hold_over_shipped_record(code: str, tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(code, encoding="utf-8")
    folder = rm.load_folder(tmp_path)
    assert folder.findings == ()
    replays = [rm.replay(scenario) for scenario in rm.load_folder().scenarios]
    none, group = check(folder.collectives[0], replays)
    assert none.verdict is not None
    assert (none.verdict.certain, group.verdict) == (True, None)


def test_reference_equals_generated_page() -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        from make_reference import reference
    finally:
        sys.path.remove(str(ROOT / "tools"))
    assert (ROOT / "docs" / "reference.md").read_text(encoding="utf-8") == reference()


def test_glossary_equals_generated_page() -> None:
    glossary = runpy.run_path(str(ROOT / "tools" / "make_glossary.py"))["glossary"]
    assert (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8") == glossary()


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_links_of_pages_have_targets(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        found = page.parent / target
        assert found.exists(), target
        if anchor:
            heading = f"## {anchor}".replace("-", " ").lower()
            assert heading in found.read_text(encoding="utf-8").lower(), anchor


@pytest.mark.parametrize("rule", rm.RULES.rules, ids=str)
def test_reference_describes_every_rule(rule: rm.Rule) -> None:
    assert f"**{rule.code} {rule.act}**" in (ROOT / "docs" / "reference.md").read_text("utf-8")


@the_block("python plotting", "docs/how-to.md")
def test_drawing_of_how_to_runs(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run_code(code)
    assert (tmp_path / "both.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_picture_is_in_gallery_readme_and_how_to(kind: str) -> None:
    gallery = runpy.run_path(str(ROOT / "tools" / "make_gallery.py"))["PICTURES"]
    assert kind in {drawn for drawn, _, _ in gallery.values()}
    for page in ("README.md", "docs/how-to.md"):
        assert f"`{kind}`" in (ROOT / page).read_text(encoding="utf-8")


def test_gallery_matches_shipped_record() -> None:
    module = runpy.run_path(str(ROOT / "tools" / "make_gallery.py"))
    pictures = module["drawn"]()
    folder = ROOT / "docs" / "gallery"
    assert {path.name for path in folder.iterdir()} == {"README.md", *pictures}
    assert (folder / "README.md").read_text(encoding="utf-8") == module["page"](pictures)
    for file, (words, _) in pictures.items():
        # The words, which come from the record; the strokes may differ with matplotlib's version.
        assert f">{escape(words)}</desc>" in (folder / file).read_text(encoding="utf-8")
