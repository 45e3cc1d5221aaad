"""The same bytes everywhere: `nox -s same-bytes -- --python /usr/bin/python3.13`.

Each command runs once in a plain environment, and once in each of the others: another seed of
hashes, locale, time zone, width of the terminal, wish for colour, age and order of the files,
matplotlib settings and set of fonts, and, with `--python`, another Python with the same or other
versions of what the package needs. What it prints and every file it writes must have the same
bytes. `--together` changes everything at once, which is quick. Formats that other libraries write
(SVG, PNG, PDF, Parquet, Excel) may differ between versions of those libraries; with `--python` they
are compared only where the versions are the same.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from campaigns.campaign import versions

COMMANDS = """
status
status RUS --format json
status CHN --rules strict --format json
show PAK
why ARE
compare CHN ARE UZB
events --since 2024-01-01
next RUS
changes --format json
coverage --format md
precedence --draws 50
sources --format json
searches RUS
corrections
replay --format json
replay --against shipped --rules trusting
rules
rules --format yaml
prove --format json
explain act
schema scenario
robustness "first CHN ambassador_accepted since 2021-08-15"
export csv -o tables.zip
export csv --table entries -o entries.csv
export sqlite OMN RUS -o record.sqlite
export codebook -o codebook.md
export xes -o log.xes
export pnml -o rules.pnml
export csl -o sources.json
export bibtex -o sources.bib
export jsonld RUS -o provenance.jsonld
report OMN RUS -o report.html
report OMN RUS -o report.md
report --since 2025-07 --until 2025-12 -o brief.html
site OMN RUS -o pages
plot history RUS -o history.svg --table
plot history RUS -o history.png
plot map -o map.pdf
plot swimmer -o swimmer.svg
plot share -o share.svg
plot network -o network.svg
plot time-to-stage -o waits.svg
plot timeline RUS -o timeline.svg
plot compare RUS CHN -o compare.svg
new FJI -o new.yaml
status Atlantis
replay nowhere
"""
DRAWN = {".svg", ".png", ".pdf", ".html", ".zip", ".md"}  # they hold what libraries draw
OF_DRAWN = ".recognition-folder.json"  # digests of pages, which hold it too
RECORD = "from recognition_model.io.shipped import record_root as r; print(r('scenarios').parent)"
PLAIN = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "SOURCE_DATE_EPOCH": "1700000000",
}
OTHERS: Mapping[str, Mapping[str, str]] = {
    "hash seed 77": {"PYTHONHASHSEED": "77"},
    "hash seed 4242": {"PYTHONHASHSEED": "4242"},
    "time zone Kiritimati": {"TZ": "Pacific/Kiritimati"},
    "time zone Los Angeles": {"TZ": "America/Los_Angeles"},
    "locale C, no UTF-8 mode": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8"},
    "locale tr_TR": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "another backend and settings": {"MPLBACKEND": "TkAgg", "MATPLOTLIBRC": "rc"},
    "no colour": {"NO_COLOR": "1"},
    "no home": {"HOME": "nowhere", "XDG_CACHE_HOME": "nowhere", "XDG_CONFIG_HOME": "nowhere"},
    "other fonts": {"XDG_DATA_HOME": "data", "MPLCONFIGDIR": "config", "FONTCONFIG_FILE": "none"},
    "optimised": {"PYTHONOPTIMIZE": "1"},
}
HOSTILE = """\
font.family: monospace
font.size: 30
svg.hashsalt: other
savefig.dpi: 30
figure.figsize: 3, 3
axes.facecolor: red
text.usetex: True
"""


def prepared(folder: Path) -> None:
    """What the environments name: a hostile matplotlibrc, a folder of fonts with one font."""
    import matplotlib as mpl

    (folder / "rc").write_text(HOSTILE, encoding="utf-8")
    (folder / "config").mkdir()
    fonts = folder / "data" / "fonts"
    fonts.mkdir(parents=True)
    serif = Path(mpl.get_data_path(), "fonts", "ttf", "STIXGeneral.ttf")
    shutil.copy(serif, fonts / "DejaVuSans.ttf")  # a false friend, under the name of ours


def answers(python: str, environment: Mapping[str, str]) -> dict[str, str]:
    """What each command prints and writes, as SHA-256, by command and file."""
    found: dict[str, str] = {}
    asked = [python, "-c", RECORD]
    told = subprocess.run(asked, check=True, capture_output=True, cwd=tempfile.gettempdir())
    record = told.stdout.strip()

    def digest(data: bytes) -> str:
        """The digest of an output that names the record's files as if they lay in one place."""
        return sha256(data.replace(record, b"RECORD")).hexdigest()

    with tempfile.TemporaryDirectory() as name:
        prepared(Path(name))
        paths = {"rc", "nowhere", "data", "config", "none"}
        given = {k: str(Path(name, v)) if v in paths else v for k, v in environment.items()}
        unset = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        fonts = ("-c", "import matplotlib.font_manager")  # it says so when it takes long, once
        subprocess.run([python, *fonts], env=unset | PLAIN | given, check=True, capture_output=True)
        for line in COMMANDS.strip().splitlines():
            folder = Path(name, "here")
            folder.mkdir()
            done = subprocess.run(
                [python, "-m", "recognition_model", *shlex.split(line)],
                cwd=folder,
                env=unset | PLAIN | given,
                capture_output=True,
                check=False,
                stdin=subprocess.DEVNULL,
            )
            for what, data in {"stdout": done.stdout, "stderr": done.stderr}.items():
                found[f"{line}: {what}"] = digest(data)
            found[f"{line}: code"] = str(done.returncode)
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    file = path.relative_to(folder).as_posix()
                    found[f"{line}: {file}"] = digest(path.read_bytes())
            shutil.rmtree(folder)
    return found


def different(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The outputs that differ, or that only one run has."""
    return sorted({key for key, _ in one.items() ^ other.items()})


def drawn(file: str) -> bool:
    """Whether an output holds what libraries draw, and so may differ with their versions."""
    return Path(file).suffix in DRAWN or Path(file).name == OF_DRAWN


def brings(python: str) -> dict[str, str]:
    """The versions of the libraries that a Python has."""
    script = (
        "import json; from importlib.metadata import distributions as d;"
        "print(json.dumps({i.name: i.version for i in d()}))"
    )
    done = subprocess.run([python, "-c", script], capture_output=True, check=True, text=True)
    return dict(json.loads(done.stdout))


def merged(environments: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """All changes at once; the last one counts."""
    return {key: value for one in environments for key, value in one.items()}


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--together", action="store_true", help="change everything at once")
    parser.add_argument("--python", action="append", default=[], help="compare this Python too")
    asked = parser.parse_args()
    print(versions())
    plain = answers(sys.executable, {})
    failures = 0
    others = {"everything at once": merged(list(OTHERS.values()))} if asked.together else OTHERS
    for name, environment in others.items():
        bad = different(plain, answers(sys.executable, environment))
        failures += len(bad)
        print(f"{len(plain)} outputs, {name}: {len(bad)} differ", *bad, sep="\n  ", flush=True)
    for python in asked.python:
        bad = different(plain, answers(python, {}))
        mine, its = brings(sys.executable), brings(python)
        libraries = sorted(key for key in mine.keys() & its.keys() if mine[key] != its[key])
        if libraries:
            bad = [key for key in bad if not drawn(key.rpartition(": ")[2])]
        failures += len(bad)
        about = f"{python} ({', '.join(libraries) or 'the same libraries'})"
        print(f"{len(plain)} outputs, {about}: {len(bad)} differ", *bad, sep="\n  ", flush=True)
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
