"""The command line run in this process, and records to run it on."""

import gc
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.commands import TEXT
from support.fixtures import Code, Put, Ran, Run, Story
from support.paths import REGISTER

from recognition_model.cli.app import main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run the command line in this process, and leave the collector as it was."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    threshold = gc.get_threshold()

    def ran(*args: str | Path, stdin: str | bytes = b"") -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.argv", ["recognition-model", *map(str, args)])
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        assert isinstance(code, int)
        return Ran(code, *capsys.readouterr())

    yield ran
    gc.set_threshold(*threshold)
    gc.unfreeze()


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, story: Story) -> Put:
    """Put a made-up record into the user's own folder `record`, its sources beside it."""
    monkeypatch.chdir(tmp_path)
    folder = Path("record")
    folder.mkdir()
    head_of_register, *entries = re.split("(?m)^(?=  [a-z])", REGISTER.read_text(encoding="utf-8"))

    def placed(timeline: str, country: str = "FJI", **head: str) -> Path:
        path = folder / f"{country}.yaml"
        path.write_text(story(timeline, country=country, **head), encoding="utf-8")
        told = "".join(p.read_text(encoding="utf-8") for p in folder.glob("*.yaml"))
        cited = [entry for entry in entries if f"source: {entry.split(':')[0].strip()}" in told]
        register = head_of_register + "".join(cited or entries)
        (folder / "sources.yaml").write_text(register, encoding="utf-8")
        return path

    return placed


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, story: Story) -> Code:
    """Write a country's file into the folder of a coder, with a register beside it."""
    monkeypatch.chdir(tmp_path)

    def written(folder: str, timeline: str, country: str = "FJI", coder: str = "") -> None:
        Path(folder).mkdir(exist_ok=True)
        by = f"\ncoder: {coder}" if coder else ""
        text = story(timeline, country=country, until=f"2026-01-15{by}")
        Path(folder, f"{country}.yaml").write_text(text, encoding="utf-8")
        Path(folder, "sources.yaml").write_bytes(REGISTER.read_bytes())

    return written


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a made-up text."""
    monkeypatch.chdir(tmp_path)
    path = Path("copy.txt")
    path.write_text(TEXT, encoding="utf-8")
    return path
