"""`cite FILE --check`: a file is made again as it was made, or it is told why not."""

from __future__ import annotations

import json

import pytest
from support.fixtures import Put, Run

from recognition_model.plots.counts import FEWEST

RECORD = ("--scenarios", "record")
ENGAGE = "- {act: engage, date: 2022-03-01, evidence: [$host]}\n"  # public in 2026
AMBASSADOR = "- {act: accept_ambassador, date: 2024-03-01, evidence: [$host]}\n"


@pytest.mark.parametrize(
    "made",
    [
        ("plot", "history", "FJI", "--known-by", "2025-12-31", "-o", "file.svg"),
        ("plot", "swimmer", "FJI", "TON", "--scale", "relations", "-o", "file.svg"),
        ("report", "FJI", "--since", "2022-01-01", "--until", "2022-12-31", "-o", "file.html"),
        ("export", "csv", "FJI", "--table", "spells", "--known-by", "2025-12-31", "-o", "file.csv"),
        ("export", "csv", "UNO", "--table", "spells", "-o", "file.csv"),
        ("export", "csv", "UNO", "FJI", "--table", "spells", "-o", "file.csv"),
    ],
    ids=" ".join,
)
def test_file_is_made_again_as_it_was_made(run: Run, put: Put, made: tuple[str, ...]) -> None:
    put(ENGAGE)
    put(ENGAGE + AMBASSADOR, country="TON")
    put(ENGAGE, country="UNO")
    assert run(*made, *RECORD).code == 0
    ran = run("cite", made[-1], "--check", "--format", "json", *RECORD)
    data = json.loads(ran.out)
    assert (ran.code, data["differs"], data["same"], data["why_not"]) == (0, False, True, None)


def test_picture_that_the_record_is_too_small_for_now_differs_and_says_why(
    run: Run, put: Put
) -> None:
    codes = ["FJI", "TON", "WSM", "VUT", "TUV"]
    assert len(codes) == FEWEST
    files = [put(ENGAGE, country=code) for code in codes]
    assert run("plot", "share", "-o", "share.svg", *RECORD).code == 0
    files[-1].unlink()
    ran = run("cite", "share.svg", "--check", "--format", "json", *RECORD)
    data = json.loads(ran.out)
    assert (ran.code, data["differs"], data["gone"]) == (1, True, ["TUV"])
    assert data["why_not"].startswith("it cannot be drawn now: ")
    assert f"{FEWEST}" in data["why_not"]


def test_check_has_the_file_and_the_verdict_in_bold_and_only_text_or_json(
    run: Run, put: Put
) -> None:
    put(ENGAGE)
    assert run("export", "csv", "--table", "spells", "-o", "s.csv", *RECORD).code == 0
    out = run("cite", "s.csv", "--check", "--color", "always", *RECORD).out.splitlines()
    assert out[0] == "\x1b[1ms.csv: Spells\x1b[0m"
    assert "\x1b[1mMade now, its data would be the same.\x1b[0m" in out
    ran = run("cite", "s.csv", "--check", "--format", "bibtex", *RECORD)
    assert (ran.code, ran.out) == (2, "")
    assert "Error: --check prints text or JSON" in ran.err


def test_entry_is_not_cited_by_a_day_on_which_it_was_not_yet_public(run: Run, put: Put) -> None:
    put(ENGAGE)
    assert run("cite", "FJI/1", *RECORD).code == 0
    ran = run("cite", "FJI/1", "--known-by", "2025-12-31", *RECORD)
    assert (ran.code, ran.out) == (2, "")
    assert "has no entry 1" in ran.err
    early = run("cite", "record", "--known-by", "2025-12-31", *RECORD).out
    assert " ".join(early.split()).endswith("data to 2025-12-31, as known by 2025-12-31.")
