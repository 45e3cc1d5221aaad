"""`locate`: locators of passages, alone and in a copy."""

import json
from pathlib import Path

import pytest
from support.commands import ENVOY, SEED, TEXT
from support.fixtures import Put, Ran, Run
from support.paths import REGISTER


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
        (b"caf\xe9", "the passage on standard input is not UTF-8 text"),
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
