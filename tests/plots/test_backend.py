"""No setting of matplotlib's changes a picture, and drawing changes no setting."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest

from recognition_model.plots import backend

INLINE = "module://matplotlib_inline.backend_inline_that_is_not_here"
NOT_UTF8 = b"font.size: 20 # caf\xe9\n"
BAD_LINES = b"font.size: huge\nbackend: nonsense\nno colon\n"


def python(code: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, in a folder, with more environment variables."""
    known = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=known | more,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


PLOT = (
    "import sys; sys.argv = 'x plot history RUS -o x.svg'.split()\n"
    "from recognition_model.cli import main; main()"
)


def drawn(folder: Path, **more: str) -> bytes:
    done = python(PLOT, folder, **more)
    assert (done.returncode, done.stderr) == (0, "")
    return (folder / "x.svg").read_bytes()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The picture with no settings around."""
    return drawn(tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("backend", [INLINE, "nonsense", "TkAgg"])
def test_backend_from_environment_is_ignored(backend: str, plain: bytes, tmp_path: Path) -> None:
    assert drawn(tmp_path, MPLBACKEND=backend) == plain


@pytest.mark.parametrize("settings", [NOT_UTF8, BAD_LINES], ids=["not UTF-8", "bad lines"])
@pytest.mark.parametrize("where", ["folder", "variable"])
def test_unreadable_matplotlib_settings_are_ignored(
    settings: bytes, where: str, plain: bytes, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    at = tmp_path if where == "folder" else tmp_path / "elsewhere"
    (at / "matplotlibrc").write_bytes(settings)
    more = {} if where == "folder" else {"MATPLOTLIBRC": str(at / "matplotlibrc")}
    assert drawn(tmp_path, **more) == plain


def test_settings_file_that_is_not_utf8_leaves_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").write_bytes(NOT_UTF8)
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path / "mine"))
    monkeypatch.delenv("MPLBACKEND", raising=False)
    monkeypatch.chdir(tmp_path)  # no file of another folder is read first
    before = dict(mpl.rcParams)
    backend._apply_settings_of_user()
    assert dict(mpl.rcParams) == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_named_pipe_as_settings_file_does_not_block(plain: bytes, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "matplotlibrc")
    assert drawn(tmp_path) == plain


def test_uncreatable_cache_folder_is_ignored(plain: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert drawn(tmp_path, MPLCONFIGDIR=str(tmp_path / "file")) == plain


SETTINGS = """
import json, os
before = dict(os.environ)
{draw}
assert dict(os.environ) == before, set(os.environ.items()) ^ set(before.items())
import matplotlib
told = [
    {{name: repr(value) for name, value in settings.copy().items() if name != "backend"}}
    for settings in (matplotlib.rcParams, matplotlib.rcParamsOrig)
]
print(json.dumps([*told, matplotlib.get_backend(auto_select=False)]))
"""
DRAW = """
import recognition_model as rm
from recognition_model.plots import picture
picture("history", [rm.replay(rm.load_folder().scenarios[0])]).svg()
"""


def settings(folder: Path, draw: str, **more: str) -> object:
    done = python(SETTINGS.format(draw=draw), folder, **more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_drawing_leaves_settings_as_after_importing_matplotlib(
    tmp_path: Path,
) -> None:
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 7\n", encoding="utf-8")
    more = {"MPLBACKEND": "svg"}
    after = settings(tmp_path, DRAW, **more)
    assert isinstance(after, list)
    assert after[0]["lines.linewidth"] == after[1]["lines.linewidth"] == "7.0"
    assert after[2] == "svg"
    assert after == settings(tmp_path, "", **more)


def test_drawing_without_cache_folder_keeps_environment(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings(tmp_path, DRAW, MPLBACKEND=INLINE, MPLCONFIGDIR=str(tmp_path / "file"))


def test_settings_made_before_first_picture_are_kept(tmp_path: Path) -> None:
    made = "import matplotlib\nmatplotlib.use('pdf'); matplotlib.rcParams['font.size'] = 33\n"
    assert settings(tmp_path, made + DRAW) == settings(tmp_path, made)


MODULES = sorted({p.stem for p in Path(backend.__file__).parent.glob("*.py")} - {"backend"})


def test_every_drawing_module_sets_backend_before_matplotlib(tmp_path: Path) -> None:
    for module in MODULES:
        text = Path(backend.__file__).with_name(f"{module}.py").read_text(encoding="utf-8")
        first, _, _ = text.partition("\nimport matplotlib")[0].partition("\nfrom matplotlib")
        drawn_with = "\nimport matplotlib" in text or "\nfrom matplotlib" in text
        assert not drawn_with or "\nimport recognition_model.plots.backend" in first, module
    done = python("from recognition_model.plots.page import style", tmp_path, MPLBACKEND=INLINE)
    assert (done.returncode, done.stderr) == (0, "")
