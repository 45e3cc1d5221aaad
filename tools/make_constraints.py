"""Renew constraints.txt: `python tools/make_constraints.py`. Then run `nox`, then commit.

pip resolves the package's dependencies, its extras and the dependency groups together, once for
each Python we support, and installs nothing. A package whose version differs between Pythons
gets a line for each, with a marker. The file holds names and versions only.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
HEAD = """\
# Exact versions that the whole suite passed with, for `pip install -c constraints.txt`.
# Written by `python tools/make_constraints.py`; not by hand.
"""


def wanted() -> list[str]:
    """Every requirement of pyproject.toml: dependencies, extras, dependency groups."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = [project["project"]["dependencies"]]
    lists += project["project"]["optional-dependencies"].values()
    lists += project["dependency-groups"].values()
    return list(dict.fromkeys(requirement for one in lists for requirement in one))


def resolved(python: str) -> dict[str, str]:
    """What pip would install for a version of Python: names and versions."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run"]
        command += ["--ignore-installed", "--report", str(report), "--python-version", python]
        command += ["--only-binary=:all:", "--target", folder, *wanted()]
        subprocess.run(command, check=True)
        packages = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {one["metadata"]["name"]: one["metadata"]["version"] for one in packages}


def lines(found: Mapping[str, Mapping[str, str]]) -> list[str]:
    """One line a package, or one for each Python where they differ."""
    pins = []
    names = {name for packages in found.values() for name in packages}
    for name in sorted(names, key=str.lower):
        versions = {python: packages.get(name) for python, packages in found.items()}
        if len(set(versions.values())) == 1:
            pins.append(f"{name}=={versions[next(iter(found))]}")
            continue
        pins += [
            f'{name}=={version} ; python_version == "{python}"'
            for python, version in versions.items()
            if version is not None
        ]
    return pins


if __name__ == "__main__":
    pinned = lines({python: resolved(python) for python in PYTHONS})
    text = HEAD + "\n".join(pinned) + "\n"
    (ROOT / "constraints.txt").write_text(text, encoding="utf-8")
