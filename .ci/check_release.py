"""A release says one version everywhere, and its notes have a date.

`nox -s release` runs this first. It reads pyproject.toml, CITATION.cff, the first heading of
CHANGELOG.md, and what git says of the tree and its tags.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
CITED = re.compile(r"^version: (?P<version>\S+)$", re.MULTILINE)
HEADING = re.compile(r"^## (?P<version>\S+) \((?P<day>[^)]+)\)$", re.MULTILINE)


def git(*words: str) -> str:
    command = ["git", "-C", str(ROOT), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def faults() -> list[str]:
    """What keeps this commit from being a release, a sentence each."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    version = str(declared["project"]["version"])
    cited = CITED.search((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    heading = HEADING.search((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    tag = f"v{version}"
    found = []
    if cited is None or cited["version"] != version:
        found.append(f"CITATION.cff does not say version {version}, as pyproject.toml does")
    if heading is None:
        found.append("CHANGELOG.md has no heading `## VERSION (YYYY-MM-DD)`")
    else:
        if heading["version"] != version:
            found.append(f"CHANGELOG.md begins with {heading['version']}, not {version}")
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", heading["day"]):
            found.append(f"CHANGELOG.md gives no day for {heading['version']}: {heading['day']}")
    if git("status", "--porcelain"):
        found.append("the tree has changes that are not committed")
    if tag in git("tag", "--list", tag).split() and git("rev-list", "-1", tag) != git(
        "rev-parse", "HEAD"
    ):
        found.append(f"the tag {tag} exists and names another commit")
    return found


if __name__ == "__main__":
    said = faults()
    print("\n".join(said) or "one version everywhere, a clean tree")
    sys.exit(bool(said))
