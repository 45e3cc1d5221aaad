"""What `pip install .` brings: a bill of materials, its licences, and known vulnerabilities.

`nox -s supply` runs this. `nox -s release` keeps the bill of materials. The bill has CycloneDX's
format. No package of the default installation may have a licence with copyleft; what an extra
adds is listed. Vulnerabilities are asked of pip-audit. Where its database knows none of the
packages, or cannot be reached, the script says NOT CHECKED; with `--strict` a known vulnerability
is an error, without it only a line.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from license_expression import ExpressionError, get_spdx_licensing

ROOT = Path(__file__).parents[1]
NAME = "recognition_model"
# Licences without copyleft, as SPDX names them, and the classifiers and texts that stand for them.
PERMITTED = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "CC-BY-4.0"),
    *("HPND", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib"),
}
PERMITTED_TEXTS = {
    "License :: OSI Approved :: Apache Software License",
    "License :: OSI Approved :: BSD License",
    "License :: OSI Approved :: ISC License (ISCL)",
    "License :: OSI Approved :: MIT License",
    "License :: OSI Approved :: Python Software Foundation License",
}
PATIENCE = 180  # seconds that a database has to answer
SPDX = get_spdx_licensing()


def permitted(licence: str) -> bool:
    """Whether a licence, an SPDX expression or a classifier has no copyleft.

    >>> permitted("MIT AND (GPL-3.0-only OR BSD-3-Clause)"), permitted("MIT AND GPL-3.0-only")
    (True, False)
    """
    if licence in PERMITTED_TEXTS:
        return True
    try:
        expression = SPDX.parse(licence, validate=True)
    except ExpressionError:
        return False
    names = {symbol.key: SPDX.TRUE if symbol.key in PERMITTED else SPDX.FALSE
             for symbol in expression.symbols}  # fmt: skip
    known = {symbol: names[symbol.key] for symbol in expression.symbols}
    return bool(expression.subs(known).simplify() == SPDX.TRUE)


def licences(component: dict[str, Any]) -> list[str]:
    """The licences that a component of the bill declares; a package may declare several."""
    found = []
    for entry in component.get("licenses", []):
        said = entry.get("expression") or entry["license"].get("id") or entry["license"]["name"]
        found.append(str(said))
    return found


def installed(folder: Path, *what: str) -> Path:
    """A fresh environment with nothing but what the project brings; its interpreter."""
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    python = next(path for path in folder.glob("*/python*") if path.stem == "python")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    run(*pip, "-c", ROOT / "constraints.txt", *what)
    return python


def bill(python: Path, written: Path) -> list[dict[str, Any]]:
    """Write the bill of materials of an environment. Its components."""
    root = ("--pyproject", ROOT / "pyproject.toml", "--mc-type", "library")
    tool = ("-m", "cyclonedx_py", "environment", *root, "--output-reproducible")
    run(sys.executable, *tool, "--of", "JSON", "-o", written, python)
    return list(json.loads(written.read_text(encoding="utf-8"))["components"])


def vulnerable(python: Path) -> tuple[str, list[str]]:
    """What pip-audit says of an environment: a sentence, and the known vulnerabilities."""
    where = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    command = [sys.executable, "-m", "pip_audit", "--path", where, "--progress-spinner", "off"]
    last = "no answer"
    try:
        asked = subprocess.run(
            [*command, "-f", "json"], capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        last = (asked.stderr.strip().splitlines() or [last])[-1]
        packages = json.loads(asked.stdout)["dependencies"]
    except (ValueError, KeyError, subprocess.TimeoutExpired):
        return f"VULNERABILITIES NOT CHECKED: pip-audit reached no database ({last})", []
    others = [package for package in packages if package["name"] != NAME.replace("_", "-")]
    known = [package for package in others if "skip_reason" not in package]
    found = [
        f"{package['name']} {package['version']}: {hole['id']}"
        for package in known
        for hole in package["vulns"]
    ]
    if not known:
        return "VULNERABILITIES NOT CHECKED: the database knows none of the packages", []
    return f"vulnerabilities: {len(found)} known; {len(known)} of {len(others)} checked", found


def free(component: dict[str, Any]) -> bool:
    """Whether all licences that a component declares, one at least, have no copyleft."""
    declared = licences(component)
    return bool(declared) and all(map(permitted, declared))


def run(*command: object) -> None:
    subprocess.run([str(word) for word in command], check=True)


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="keep the bill of materials here")
    parser.add_argument("--strict", action="store_true", help="a vulnerability is an error")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        python = installed(Path(work, "default"), str(ROOT))
        written = Path(chosen.folder or work, f"{NAME}.cdx.json")
        parts = bill(python, written)
        extras = "dask,events,excel,labelled,parquet,testing"
        more = installed(Path(work, "extras"), f"{ROOT}[{extras}]")
        named = {part["name"] for part in parts}
        added = [
            part for part in bill(more, Path(work, "extras.json")) if part["name"] not in named
        ]
        said, found = vulnerable(python)
    refused = [part for part in parts if not free(part)]
    print(f"bill of materials: {len(parts)} packages; {len(parts) - len(refused)} without copyleft")
    for part in refused:
        print(f"  NOT PERMITTED: {part['name']} {part['version']}: {licences(part) or 'none'}")
    for part in added:
        mark = "" if free(part) else "  (look at it)"
        print(f"  an extra adds {part['name']} {part['version']}: {licences(part)}{mark}")
    print(said, *found, sep="\n  ")
    return int(bool(refused) or (chosen.strict and bool(found)))


if __name__ == "__main__":
    sys.exit(main())
