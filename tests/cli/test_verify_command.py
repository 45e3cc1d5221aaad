"""`verify`: how each passage is found in its copy."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from support.commands import TEXT
from support.fixtures import Put, Ran, Run

import recognition_model as rm


@pytest.fixture
def located(put: Put) -> Callable[..., Path]:
    """A record with one locator, and a folder `texts` with the copies given."""

    def placed(paragraph: int, passage: str, **held: str) -> Path:
        locator = rm.Locator.of(passage)
        at = f"{{paragraph: {paragraph}, letters: {locator.letters}, digest: {locator.digest}}}"
        proof = f"{{source: wire-2022, at: {at}, voice: press, credibility: 3, claim: x}}"
        Path("texts").mkdir()
        for name, text in held.items():
            (Path("texts") / f"{name}.txt").write_text(text, encoding="utf-8")
        return put(f"- {{signal: visit, date: 2024, evidence: [{proof}]}}\n")

    return placed


@pytest.mark.parametrize(
    ("paragraph", "passage", "found", "code", "finding"),
    [
        (3, "The ban stays", "1 match", 0, ""),
        (1, "The ban stays", "1 moved", 0, "note RM313"),
        (1, "The envoy came", "1 ambiguous", 1, "error RM312"),
        (1, "The envoy left", "1 absent", 1, "error RM311"),
    ],
)
def test_verify_reports_each_passage_and_sets_exit_code(
    paragraph: int,
    passage: str,
    found: str,
    code: int,
    finding: str,
    run: Run,
    located: Callable[..., Path],
) -> None:
    path = located(paragraph, passage, **{"wire-2022": TEXT})
    ran = run("verify", "--texts", "texts", "--scenarios", path)
    assert ran.code == code
    assert ran.out.splitlines()[0] == f"wire-2022:  {found}"
    assert ran.out.splitlines()[-1].count("1 ") == 1
    told = re.findall(r"^record/FJI\.yaml:7:5: (\w+ RM\d+) wire-2022 lt1-", ran.err, re.MULTILINE)
    assert told == ([finding] if finding else [])


def test_verify_without_any_copy_exits_1(run: Run, located: Callable[..., Path]) -> None:
    path = located(3, "The ban stays", other=TEXT)
    ran = run("verify", "--texts", "texts", "--scenarios", path)
    assert ran.code == 1
    assert ran.err.startswith("texts: error RM314 ")
    assert ran.out == (
        "wire-2022:  1 no copy held\n0 match, 0 moved, 0 ambiguous, 0 absent, 1 no copy held\n"
    )


def test_verify_json_has_one_item_per_locator(run: Run, located: Callable[..., Path]) -> None:
    path = located(1, "The ban stays", **{"wire-2022": TEXT})
    ran = run("verify", "--texts", "texts", "--scenarios", path, "--format", "json")
    data = json.loads(ran.out)
    assert (ran.code, data["format"]) == (0, "recognition-verify/1")
    (item,) = data["items"]
    assert (item["source"], item["found"], item["paragraphs"]) == ("wire-2022", "moved", [3])
    assert [found["code"] for found in data["findings"]] == ["RM313"]


def test_verify_reports_findings_of_record(
    run: Run, put: Put, located: Callable[..., Path]
) -> None:
    located(3, "The ban stays", **{"wire-2022": TEXT})
    put("- {act: engag, date: 2022, evidence: [$press]}\n", country="TUV")
    ran = run("verify", "--texts", "texts", "--scenarios", "record")
    assert ran.code == 1
    assert "record/TUV.yaml:7:11: error RM204 'engag' is not known here\n" in ran.err
    assert ran.out.startswith("wire-2022:  1 match\n")


def test_verify_with_missing_folder_exits_2(run: Run) -> None:
    ran = run("verify", "--texts", "nowhere")
    assert ran == Ran(2, "", "nowhere: error RM101 cannot be read: No such file or directory\n")
