"""`locate`: locators of passages, alone and in a copy."""

import json
from pathlib import Path

import pytest
from click.shell_completion import BashComplete
from support.commands import ENVOY, SEED, TEXT
from support.fixtures import Put, Ran, Run
from support.paths import REGISTER

import recognition_model as rm
from recognition_model.cli.app import cli


def test_locate_without_copy_makes_locator(run: Run) -> None:
    ran = run("locate", SEED, stdin="«The ENVOY\n came»")
    assert ran == Ran(0, f"at: {{letters: 12, digest: {ENVOY}}}\n", "")


def test_locate_in_copy_gives_every_paragraph_with_passage(run: Run, copy: Path) -> None:
    ran = run("locate", SEED, copy, stdin="the envoy came")
    assert ran == Ran(
        0,
        f"at: {{paragraph: 2, letters: 12, digest: {ENVOY}}}\n"
        f"at: {{paragraph: 4, letters: 12, digest: {ENVOY}}}\n",
        "",
    )


def test_locate_json_contains_locators(run: Run, copy: Path) -> None:
    ran = run("locate", SEED, copy, "--format", "json", stdin="\ufeffthe envoy came")
    assert json.loads(ran.out) == {
        "format": "recognition-locator/1",
        "source": SEED,
        "locators": [
            {"paragraph": 2, "letters": 12, "digest": ENVOY},
            {"paragraph": 4, "letters": 12, "digest": ENVOY},
        ],
    }


def test_locator_printed_by_locate_loads_in_record(run: Run, copy: Path, put: Put) -> None:
    at = run("locate", SEED, copy, stdin="The ban stays").out.strip()
    path = put(
        f"- {{signal: visit, date: 2024, evidence: [{{source: yearbook-2026, {at}, "
        "voice: press, credibility: 3, claim: The ban.}]}\n"
    )
    assert run("replay", path).code == 0
    Path("texts").mkdir()
    (Path("texts") / "yearbook-2026.txt").write_text(TEXT, encoding="utf-8")
    assert run("verify", "--texts", "texts", "--scenarios", path).out.startswith(
        "yearbook-2026:  1 match\n"
    )


def test_locate_passage_missing_from_copy_exits_1(run: Run, copy: Path) -> None:
    ran = run("locate", SEED, copy, stdin="The envoy left.")
    assert ran == Ran(1, "", "Error: copy.txt does not contain the passage\n")


@pytest.mark.parametrize(
    ("passage", "why"),
    [
        (b"", "no passage on standard input"),
        (b" \n -- \n", "no passage on standard input"),
        (b"caf\xe9", "standard input is not UTF-8 text"),
    ],
)
@pytest.mark.parametrize("with_copy", ["alone", "in a copy"])
def test_locate_without_passage_is_usage_error(
    passage: bytes, why: str, with_copy: str, run: Run, copy: Path
) -> None:
    args = [SEED, copy] if with_copy == "in a copy" else [SEED]
    ran = run("locate", *args, stdin=passage)
    assert (ran.code, ran.out) == (2, "")
    assert why in ran.err


def test_locate_unknown_source_suggests_similar_names(run: Run) -> None:
    ran = run("locate", "tass-2022-01-30", stdin="The envoy came.")
    assert (ran.code, ran.out) == (2, "")
    assert "the source 'tass-2022-01-30' is not in the register: did you mean " in ran.err
    assert SEED in ran.err


def test_locate_reads_users_register(run: Run) -> None:
    assert run("locate", "wire-2022", stdin="The envoy came.").code == 2
    for known in ("wire-2022", SEED):
        assert run("locate", known, "--sources", REGISTER, stdin="The envoy came.").code == 0


def test_locate_with_broken_register_reports_findings(run: Run, put: Put) -> None:
    Path("mine.yaml").write_text("format: recognition-sources/1\nsorces: {}\n", encoding="utf-8")
    ran = run("locate", SEED, "--sources", "mine.yaml", stdin="The envoy came.")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("mine.yaml:2:1: error RM201 unknown key 'sorces'\n")


# --- a passage from a file ----------------------------------------------------------------------


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
@pytest.mark.parametrize("with_copy", ["alone", "in a copy"])
def test_locate_reads_passage_from_file(mark: bytes, with_copy: str, run: Run, copy: Path) -> None:
    Path("passage.txt").write_bytes(mark + "«The ENVOY\r\n came»".encode())
    args = [SEED, copy] if with_copy == "in a copy" else [SEED]
    by_file = run("locate", *args, "--passage", "passage.txt", stdin="Not this.")
    assert by_file == run("locate", *args, stdin="The envoy came")
    assert by_file.code == 0


def test_locate_with_a_dash_as_passage_reads_standard_input(run: Run) -> None:
    ran = run("locate", SEED, "--passage", "-", stdin="The envoy came")
    assert ran == Ran(0, f"at: {{letters: 12, digest: {ENVOY}}}\n", "")


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (None, "passage.txt: error RM101 cannot be read: No such file or directory"),
        (b"caf\xe9", "passage.txt:1:4: error RM102 not UTF-8 text: the byte 0xe9"),
        ("The envoy".encode("utf-16"), "it looks like UTF-16: save it as UTF-8"),
        (b" \n -- \n", "Error: no passage in passage.txt: "),
    ],
    ids=["absent", "Latin-1", "UTF-16", "no letters"],
)
def test_locate_with_a_bad_passage_file_exits_2(
    passage: bytes | None,
    said: str,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    if passage is not None:
        Path("passage.txt").write_bytes(passage)
    ran = run("locate", SEED, "--passage", "passage.txt")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


# --- completion ---------------------------------------------------------------------------------


def offered(*args: str | Path) -> list[str]:
    """What the shell offers for the last word."""
    complete = BashComplete(cli, {}, "recognition-model", "_RECOGNITION_MODEL_COMPLETE")
    *before, last = map(str, ["locate", *args])
    return [item.value for item in complete.get_completions(before, last)]


def test_completion_offers_shipped_sources_by_their_beginning() -> None:
    every = offered("")
    assert every == sorted(rm.read_sources())
    assert offered("tass-2022-01") == [name for name in every if name.startswith("tass-2022-01")]
    assert SEED in offered("tass-2022-01")
    assert offered("nosuch") == []


def test_completion_offers_sources_of_the_users_register_first() -> None:
    own = sorted(rm.read_sources(REGISTER))
    both = offered("--sources", REGISTER, "")
    assert both[: len(own)] == own
    assert both[len(own) :] == sorted(rm.read_sources())


def test_completion_with_a_broken_register_offers_shipped_sources(tmp_path: Path) -> None:
    broken = tmp_path / "mine.yaml"
    broken.write_text("format: recognition-sources/1\nsorces: {}\n", encoding="utf-8")
    assert offered("--sources", broken, "") == offered("")
    assert offered("--sources", tmp_path / "nosuch.yaml", "tass-") == offered("tass-")


def test_locate_refuses_a_passage_of_over_ten_thousand_letters(run: Run) -> None:
    ran = run("locate", SEED, stdin="x" * 10_001)
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == (
        "Error: no locator for the passage on standard input: the passage holds 10,001 letters and "
        "numbers; use at most 10,000"
    )


def test_locate_reads_a_copy_of_over_two_megabytes(run: Run, copy: Path) -> None:
    copy.write_text(f"{'x ' * 1_500_000}\nThe envoy came.", encoding="utf-8")
    ran = run("locate", SEED, copy, stdin="the envoy came")
    assert ran == Ran(0, f"at: {{paragraph: 2, letters: 12, digest: {ENVOY}}}\n", "")
