"""A user's own folder: its register, and the files that are read."""

from pathlib import Path

import pytest
from support.commands import CLEAN
from support.fixtures import Put, Run

from recognition_model.io import files
from recognition_model.io import loader as loading


@pytest.mark.parametrize(
    "args",
    [["replay"], ["status", "--scenarios"], ["next", "FJI", "--scenarios"]],
    ids=["replay", "status", "next"],
)
def test_users_folder_with_register_works_for(args: list[str], run: Run, put: Put) -> None:
    put(CLEAN)
    ran = run(*args, "record")
    assert (ran.code, ran.err) == (0, "")
    assert "Fiji (FJI)" in ran.out
    (Path("record") / "sources.yaml").unlink()
    ran = run(*args, "record")
    assert ran.code != 0
    assert "error RM301 the source 'yearbook-2026' is not in the register" in ran.err


def test_problems_of_users_register_are_reported(run: Run, put: Put) -> None:
    put(CLEAN)
    register = Path("record") / "sources.yaml"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("reliability: B", "reliability: Z"), encoding="utf-8")
    number = text.splitlines().index("    reliability: B") + 1
    ran = run("replay", "record")
    assert ran.code == 1
    assert f"record/sources.yaml:{number}:18: error RM204 'Z' is not known here" in ran.err


@pytest.mark.parametrize(
    "args",
    [
        ["status", "Russia", "Kazakhstan", "--format", "json"],
        ["next", "Norway", "--format", "json"],
        ["precedence", "ARE", "UZB", "--format", "json"],
        ["coverage", "China", "--format", "json"],
    ],
    ids=lambda args: args[0],
)
def test_shipped_countries_load_only_their_files_with_same_answer(
    args: list[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = files.read_text
    monkeypatch.setattr(
        "recognition_model.io.files.read_text",
        lambda path, *more: read.append(path.name) or real(path, *more),
    )
    alone = run(*args)
    assert len(read) <= 3
    at_its_path = run(*args, "--scenarios", str(loading.record_root("scenarios")))
    assert len(read) > 30
    assert alone == at_its_path
