"""Wheel and sdist are the same bytes from two clones, and both answer as the tree does.

`nox -s wheel` runs this. `nox -s release` keeps what it built: `check_builds.py FOLDER`. The two
clones differ in their path, the age of their files, umask and time zone. The wheel that is built
from the sdist has the bytes of the wheel that is built from the clone.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
IN_WHEEL = (
    "recognition_model/scenarios/RUS.yaml",
    "recognition_model/scenarios/collective.yaml",
    "recognition_model/seeds/sources.yaml",
    "recognition_model/seeds/signals.yaml",
    "recognition_model/seeds/rules/strict.yaml",
    "recognition_model/seeds/scales/representation.yaml",
    "recognition_model/seeds/crosswalks/cameo.yaml",
    "recognition_model/schemas/scenario.json",
    "recognition_model/schemas/signals.json",
    "recognition_model/plots/map.json",
    "recognition_model/report/templates/report.html.j2",
    "recognition_model/py.typed",
    "recognition_model_pytest/__init__.py",
    "licenses/LICENSE",
    "licenses/LICENSE-DATA",
)
IN_SDIST = ("pyproject.toml", "README.md", "CHANGELOG.md", "tests/test_record.py", "docs/data.md")
QUESTIONS = (
    ("status", "Russia"),
    ("replay", "--format", "json"),
    ("rules", "--format", "yaml"),
    ("status", "China", "--rules", "strict"),
    ("coverage", "--format", "md"),
)


def clone(folder: Path, age: int) -> Path:
    """The last commit, as a stranger gets it, with files of that age.

    A tree that is no clone, as an unpacked sdist, is copied.
    """
    if (ROOT / ".git").exists():
        _clone(folder)
    else:
        made = ("__pycache__", ".*", "dist", "build", "_build", "*.egg-info")
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*made))
    for path in folder.rglob("*"):
        if ".git" not in path.parts:
            os.utime(path, (age, age), follow_symlinks=False)
    return folder


def _clone(folder: Path) -> None:
    trusted = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory"}
    command = ["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)]
    subprocess.run(command, check=True, env=os.environ | trusted | {"GIT_CONFIG_VALUE_0": "*"})


def built(tree: Path, into: Path, **environment: str) -> list[Path]:
    """The sdist of a tree, and the wheel that is made from it."""
    command = [
        sys.executable,
        "-m",
        "build",
        "--quiet",
        "--no-isolation",
        "--outdir",
        str(into),
        str(tree),
    ]
    outer = os.environ | environment
    subprocess.run(command, check=True, env=outer, stdout=subprocess.DEVNULL)
    return sorted(into.iterdir())


def digests(files: Iterable[Path]) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def lacking(wheel: Path, sdist: Path) -> list[str]:
    """What the wheel and the sdist should hold and do not."""
    with zipfile.ZipFile(wheel) as archive:
        inside = archive.namelist()
    with tarfile.open(sdist) as archive:
        within = archive.getnames()
    return [
        *(f"{name} (wheel)" for name in IN_WHEEL if not any(n.endswith(name) for n in inside)),
        *(f"{name} (sdist)" for name in IN_SDIST if not any(n.endswith(name) for n in within)),
    ]


def answers(folder: Path, package: Path) -> list[bytes]:
    """What a fresh environment with nothing but this package answers, from an empty folder."""
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    python = next(path for path in folder.glob("*/python*") if path.stem == "python")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    run(*pip, "-c", ROOT / "constraints.txt", package)
    empty = folder / "empty"
    empty.mkdir()
    command = python.parent / "recognition-model"
    found = []
    for words in QUESTIONS:
        asked = subprocess.run([command, *words], cwd=empty, capture_output=True, check=True)
        found.append(asked.stdout.replace(os.fsencode(folder), b""))  # messages name files
    return found


def run(*command: object) -> None:
    subprocess.run([str(word) for word in command], check=True)


def main(kept: Path | None) -> None:
    with tempfile.TemporaryDirectory() as work:
        first, second = Path(work, "first"), Path(work, "second", "of", "another", "path")
        one = built(clone(first, 1_000_000_000), Path(work, "one"), TZ="UTC")
        before = os.umask(0o077)
        try:
            tree = clone(second, 1_700_000_000)
            two = built(tree, Path(work, "two"), TZ="Pacific/Kiritimati", LC_ALL="C")
        finally:
            os.umask(before)
        wheel, sdist = one
        if wheel.suffix != ".whl":
            wheel, sdist = sdist, wheel
        direct = Path(work, "direct")
        pip = ("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
        run(sys.executable, *pip, "--wheel-dir", direct, first)
        assert digests(one) == digests(two), (digests(one), digests(two))
        assert digests(direct.iterdir()) == digests([wheel]), "the sdist makes another wheel"
        assert not lacking(wheel, sdist), lacking(wheel, sdist)
        said = [answers(Path(work, f"venv-{made.suffix}"), made) for made in (wheel, sdist)]
        assert said[0] == said[1], "wheel and sdist answer differently"
        assert all(said[0]), "a question has no answer"
        for name, digest in digests(one).items():
            print(f"{digest}  {name}")
        if kept is not None:
            for made in one:
                shutil.copy(made, kept)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
