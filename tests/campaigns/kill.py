"""Every command that writes, killed or out of space at a random moment.

`nox -s kill -- --minutes 30`. A case forks a process that runs one command over an older output or
over none, and ends it with SIGKILL: at any time of its run, or (two of three) soon after its first
draft appears. In one case of four the process may write only so many bytes, as on a full disk.
Afterwards each file is absent, or the older one, or the whole new one; the user's other files are
untouched; a command that runs out of space says so and ends with 2; and the next run of the same
command writes the right bytes and leaves no draft. Needs POSIX.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from random import Random

from campaigns.campaign import Found, parser, run
from recognition_model.cli import main as command_line

OURS = "a file of the user"
TARGETS: Mapping[str, tuple[str, ...]] = {
    "report html": ("report", "OMN", "RUS", "-o", "out.html"),
    "report md": ("report", "OMN", "RUS", "-o", "out.md", "--force"),
    "brief": ("report", "--since", "2025-07", "--until", "2025-12", "-o", "brief.html"),
    "site": ("site", "OMN", "RUS", "--figures", "none", "-o", "out"),
    "export csv": ("export", "csv", "OMN", "RUS", "-o", "out.zip"),
    "export one": ("export", "csv", "--table", "entries", "-o", "out.csv", "--force"),
    "export sqlite": ("export", "sqlite", "OMN", "RUS", "-o", "out.sqlite"),
    "export codebook": ("export", "codebook", "-o", "out.md"),
    "export xes": ("export", "xes", "-o", "out.xes"),
    "export bibtex": ("export", "bibtex", "-o", "out.bib"),
    "export jsonld": ("export", "jsonld", "OMN", "-o", "out.jsonld"),
    "plot": ("plot", "history", "RUS", "-o", "out.svg", "--table", "--force"),
    "plot map": ("plot", "map", "-o", "out.png"),
    "new": ("new", "FJI", "TON", "-o", "."),
    "schema": ("schema", "scenario", "-o", "out.json"),
    "source add": ("source", "add", "https://example.org/2025/07/03/talks", "-o", "sources.yaml"),
    "agreement": ("agreement", "one", "two", "-o", "draft"),
}
NEEDS_FILES = {"agreement": ("one", "two"), "source add": ("sources.yaml",)}
OLDER = b"an older output\n"
GRACE = 120.0  # seconds that a command may take
REGISTER = "format: recognition-sources/1\nsources: {}\n"


class Alone:
    """What a command writes when nothing ends it, and how long that takes."""

    def __init__(self, kind: str) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = prepared(Path(name), kind)
            self.before = digests(folder)
            begun = time.monotonic()
            code = ended(started(TARGETS[kind], folder), GRACE)
            self.seconds = time.monotonic() - begun
            if code != 0:
                raise Found(f"{kind} alone ends with {code}", said(folder))
            self.after = digests(folder)
            files = [folder / file for file in self.after.keys() - self.before.keys()]
            self.bytes = sum(file.stat().st_size for file in files) or 1000


_alone: dict[str, Alone] = {}


def prepared(folder: Path, kind: str) -> Path:
    """A folder with what a command reads, and a file of the user."""
    (folder / "notes.txt").write_text(OURS, encoding="utf-8")
    if kind == "agreement":
        from recognition_model.io.loader import record_root

        for coder in ("one", "two"):
            (folder / coder).mkdir()
            shutil.copy(record_root("scenarios") / "OMN.yaml", folder / coder)
    if kind == "source add":
        (folder / "sources.yaml").write_text(REGISTER, encoding="utf-8")
    return folder


def digests(folder: Path) -> dict[str, str]:
    """The files of a folder, each with its SHA-256. What a run said lies elsewhere."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def said(folder: Path) -> str:
    """What the last run in a folder said."""
    told = folder.parent / f"{folder.name}.said"
    return told.read_text(encoding="utf-8", errors="replace") if told.exists() else ""


def started(words: tuple[str, ...], folder: Path, most: int | None = None) -> int:
    """Fork a process that runs a command in a folder. It may write so many bytes to a file."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        told = os.open(folder.parent / f"{folder.name}.said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        empty = os.open(os.devnull, os.O_RDONLY)
        for old, new in ((empty, 0), (told, 1), (told, 2)):
            os.dup2(old, new)
        os.chdir(folder)
        os.environ["SOURCE_DATE_EPOCH"] = "1700000000"
        if most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        sys.argv = ["recognition-model", *words]
        try:
            command_line()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            traceback.print_exc()
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
    finally:
        os._exit(code)


def ended(child: int, seconds: float) -> int | None:
    """The code of a process when it ends by itself; None if it does not in that time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        process, status = os.waitpid(child, os.WNOHANG)
        if process:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.0005)
    return None


def killed(child: int, moment: float, folder: Path, before: set[str], *, drafted: bool) -> int:
    """Kill a process at a moment, counted from its start or from its first draft. Its code."""
    begun = time.monotonic()
    while drafted and time.monotonic() - begun < GRACE:
        if (code := ended(child, 0.0004)) is not None:
            return code
        if {entry.name for entry in os.scandir(folder)} != before:
            break
    code = ended(child, moment)
    if code is not None:
        return code
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def warm() -> None:
    """Run some commands here, so that the processes forked later need not import and draw first."""
    back = Path.cwd()
    for kind in ("report md", "export csv", "site"):
        with tempfile.TemporaryDirectory() as name, Path(os.devnull).open("w") as nothing:
            os.chdir(name)
            with contextlib.redirect_stdout(nothing), contextlib.redirect_stderr(nothing):
                sys.argv = ["recognition-model", *TARGETS[kind]]
                with contextlib.suppress(SystemExit):
                    command_line()
            os.chdir(back)


def alone(kind: str) -> Alone:
    if not _alone:
        warm()
    if kind not in _alone:
        _alone[kind] = Alone(kind)
    return _alone[kind]


def whole(kind: str, folder: Path, start: Mapping[str, str], told: str) -> str:
    """Whether each file is older, whole or absent. How many of a set are new, in a word."""
    one, found = alone(kind), digests(folder)
    new = set()
    for file, digest in found.items():
        if Path(file).name.startswith(".recognition-model-"):
            continue
        if file not in start and file not in one.after:
            if any(part.startswith(".recognition-model-") for part in Path(file).parts):
                continue
            raise Found(f"{kind}: {file} appeared", told)
        if digest == one.after.get(file) and digest != start.get(file):
            new.add(file)
        elif digest != start.get(file):
            raise Found(f"{kind}: {file} is torn", told)
    lost = start.keys() - found.keys()
    if lost:
        raise Found(f"{kind}: {', '.join(sorted(lost))} got lost", told)
    all_new = {file for file, digest in one.after.items() if digest != start.get(file)}
    return "all new" if new == all_new else "part of a set" if new else "nothing new"


def case(number: int, random: Random) -> str:
    """One case: each command in turn."""
    kind = list(TARGETS)[number % len(TARGETS)]
    one = alone(kind)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "here")
        folder.mkdir()
        prepared(folder, kind)
        if kind not in {"new", "site", "agreement", "source add"} and random.random() < 0.5:
            for file in one.after.keys() - one.before.keys():
                (folder / file).parent.mkdir(exist_ok=True)
                (folder / file).write_bytes(OLDER)
        elif kind == "site" and random.random() < 0.5:
            ended(started(("site", "OMN", "--figures", "none", "-o", "out"), folder), GRACE)
        start, names = digests(folder), {entry.name for entry in os.scandir(folder)}
        if random.random() < 0.25:
            how, most = "full", random.randrange(one.bytes)
            code = ended(started(TARGETS[kind], folder, most), GRACE)
            if code is None or code not in {0, 2} or "Traceback" in said(folder):
                raise Found(f"{kind}: out of space it ends with {code}", said(folder))
            if code == 2 and not said(folder):
                raise Found(f"{kind}: out of space it says nothing")
        else:
            how, drafted = "killed", random.random() < 2 / 3
            longest = 0.05 * one.seconds if drafted else one.seconds
            child = started(TARGETS[kind], folder)
            moment = random.uniform(0, longest)
            code = killed(child, moment, folder, names, drafted=drafted)
        outcome = whole(kind, folder, start, f"{how}, {code}\n{said(folder)}")
        if code != -signal.SIGKILL and how == "killed":
            return "too late to kill"
        if how == "full" and code == 0:
            return "space was enough"
        if kind in {"new", "agreement"} and outcome != "nothing new":
            return f"{how}: {outcome}"
        again = ended(started(TARGETS[kind], folder), GRACE)
        wanted = one.after if kind != "source add" or outcome == "nothing new" else digests(folder)
        if again != 0 or digests(folder) != wanted:
            left = sorted(digests(folder).items() ^ wanted.items())
            raise Found(f"{kind}: the next run ends with {again}", f"{left}\n{said(folder)}")
        if list(folder.rglob(".recognition-model-*")):
            raise Found(f"{kind}: the next run leaves a draft", said(folder))
        return f"{how}: {outcome}"


if __name__ == "__main__":
    sys.exit(run("kill", case, parser(__doc__).parse_args()))
