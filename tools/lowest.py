"""Print the lowest versions that pyproject.toml declares: `python tools/lowest.py [EXTRA...]`.

One `name==version` a line, for `pip install -c`. Without an extra: the dependencies of the
package and of all its extras.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
# What has no floor of ours, and of which the newest warns when the lowest of another uses it.
BESIDE = {"pyparsing": "3.2.0"}  # matplotlib 3.10.0 calls it by names that 3.3 deprecates
FLOOR = re.compile(r"(?P<name>[\w.-]+)\s*>=\s*(?P<version>[\w.]+)$")


def declared(*extras: str) -> list[str]:
    """The requirements of the package and of some extras, as pyproject.toml has them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    wanted = extras or tuple(optional)
    return list(dict.fromkeys(project["dependencies"] + [r for e in wanted for r in optional[e]]))


def lowest(*extras: str) -> dict[str, str]:
    """Each requirement's floor. Raises `ValueError` for a requirement without one."""
    floors = {}
    for requirement in declared(*extras):
        match = FLOOR.match(requirement)
        if match is None:
            raise ValueError(f"{requirement!r} has no floor: write name>=version")
        floors[match["name"]] = match["version"]
    return floors


if __name__ == "__main__":
    for name, version in (lowest(*sys.argv[1:]) | BESIDE).items():
        print(f"{name}=={version}")
