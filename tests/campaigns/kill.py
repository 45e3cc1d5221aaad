"""Every command that writes, killed or out of space at a random moment.

`nox -s kill -- --minutes 30`. A case forks a process that runs one command over an older output or
over none, and ends it with SIGKILL: at any time of its run, or (two of three) soon after its first
draft appears. In one case of four the process may write only so many bytes, as on a full disk.
Afterwards each file is absent, or the older one, or the whole new one; the user's other files are
untouched; a command that runs out of space says so and ends with 2; and the next run of the same
command writes the right bytes and leaves no draft, or changes nothing and says what is there.

The commands are those below, over the record that ships, and every example of a command that
writes in `support.every_command`, over a small one. Needs POSIX.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from random import Random

from attrs import frozen
from support.every_command import FORMATS_OF_EXPORT, NEEDS, WRITING, Example, lay_out
from support.stories import story

from campaigns.campaign import Found, parser, run
from campaigns.runs import OURS, digests, fork_command, warm

OLDER = b"an older output\n"
GRACE = 120.0  # seconds that a command may take
DRAFT = ".recognition-model-"
CHANGING = ("checked", "reviewed", "source")
"""Commands that add to a file of the user, once more each time."""
ONCE = ("new", "agreement", "replay")
"""Commands that refuse to write what is there."""


@frozen
class Command:
    """A command that writes.

    `own` means that it runs beside the files of the examples. `older` says what may lie in the
    place of its output: any file (True), or what these words wrote before.
    """

    words: tuple[str, ...]
    own: bool = False
    older: bool | tuple[str, ...] = False

    @property
    def refuses(self) -> bool:
        """Whether it may refuse to replace what it wrote itself."""
        return self.own or self.words[0] in ONCE

    @property
    def adds(self) -> bool:
        """Whether it writes more with each run."""
        return self.words[0] in CHANGING

    @property
    def lacks(self) -> str:
        """The library that it needs and that is not installed, or nothing."""
        needed = (library for words, library in NEEDS.items() if str(self).startswith(words))
        return next((library for library in needed if find_spec(library) is None), "")

    def __str__(self) -> str:
        return " ".join(self.words)


_FEWER = ("site", "OMN", "--figures", "none", "-o", "out")
SHIPPED = (
    Command(("report", "OMN", "RUS", "-o", "out.html"), older=True),
    Command(("report", "OMN", "RUS", "-o", "out.md", "--force"), older=True),
    Command(("report", "--since", "2025-07", "--until", "2025-12", "-o", "out.html"), older=True),
    Command(("site", "OMN", "RUS", "--figures", "none", "-o", "out"), older=_FEWER),
    Command(("export", "csv", "OMN", "RUS", "-o", "out.zip"), older=True),
    Command(("export", "csv", "--table", "entries", "-o", "out.csv", "--force"), older=True),
    Command(("export", "sqlite", "OMN", "RUS", "-o", "out.sqlite"), older=True),
    Command(("plot", "history", "RUS", "-o", "out.svg", "--table", "--force"), older=True),
    Command(("plot", "map", "-o", "out.png"), older=True),
    Command(("new", "FJI", "TON", "-o", ".")),
)
EXAMPLES: tuple[Example, ...] = (*WRITING, *FORMATS_OF_EXPORT)
COMMANDS = (*SHIPPED, *(Command(example.args, own=True) for example in EXAMPLES))
WARMING = tuple(SHIPPED[number].words for number in (1, 3, 4))


class Case:
    """A folder for one run of a command: `here` is where it runs, `temporary` is its TMPDIR."""

    def __init__(self, command: Command, name: str) -> None:
        self.command = command
        self.here, self.temporary = Path(name, "here"), Path(name, "temporary")
        self.output = Path(name, "said")
        for folder in (self.here, self.temporary):
            folder.mkdir()
        (self.here / "notes.txt").write_text(OURS, encoding="utf-8")
        if command.own:
            lay_out(self.here, story)

    def started(self, words: tuple[str, ...] = (), most: int | None = None) -> int:
        """Fork a process that runs the command, or other words. It may write so many bytes."""
        self.output.write_bytes(b"")
        streams = (Path(os.devnull), self.output, self.output)
        limits = partial(_limits, self.temporary, most)
        return fork_command(words or self.command.words, self.here, streams, limits)

    def done(self, words: tuple[str, ...] = (), most: int | None = None) -> int | None:
        """Run the command, or other words, to its end. Its code, None if it takes too long."""
        child = self.started(words, most)
        code = ended(child, GRACE)
        if code is None:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        return code

    def said(self) -> str:
        """What the last run said."""
        return self.output.read_text(encoding="utf-8", errors="replace")

    def drafts(self) -> list[Path]:
        return [*self.here.rglob(f"{DRAFT}*"), *self.temporary.rglob(f"{DRAFT}*")]


def _limits(temporary: Path, most: int | None) -> None:
    os.environ["TMPDIR"] = str(temporary)
    tempfile.tempdir = None
    if most is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


class Alone:
    """What a command writes when nothing ends it, and how long that takes."""

    def __init__(self, command: Command) -> None:
        with tempfile.TemporaryDirectory() as name:
            one = Case(command, name)
            before = digests(one.here)
            begun = time.monotonic()
            code = one.done()
            self.seconds = time.monotonic() - begun
            if code != 0:
                raise Found(f"{command} alone ends with {code}", one.said())
            self.after = digests(one.here)
            self.made = self.after.keys() - before.keys()
            changed = dict(self.after.items() - before.items())
            self.bytes = sum((one.here / file).stat().st_size for file in changed) or 1000


_alone: dict[Command, Alone] = {}


def alone(command: Command) -> Alone:
    if not _alone:
        with tempfile.TemporaryDirectory() as name:
            warm(Path(name), WARMING)
    if command not in _alone:
        _alone[command] = Alone(command)
    return _alone[command]


def ended(child: int, seconds: float) -> int | None:
    """The code of a process when it ends by itself; None if it does not in that time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        process, status = os.waitpid(child, os.WNOHANG)
        if process:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.0005)
    return None


def killed(child: int, moment: float, appears: Callable[[], bool] | None) -> int:
    """Kill a process at a moment, counted from its start or from what appears. Its code."""
    begun = time.monotonic()
    while appears is not None and time.monotonic() - begun < GRACE:
        if (code := ended(child, 0.0004)) is not None:
            return code
        if appears():
            break
    code = ended(child, moment)
    if code is not None:
        return code
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def whole(one: Case, start: Mapping[str, str], told: str) -> str:
    """Whether each file is older, whole or absent. How many of a set are new, in a word."""
    wanted, found, command = alone(one.command).after, digests(one.here), one.command
    new = set()
    for file, digest in found.items():
        if any(part.startswith(DRAFT) for part in Path(file).parts):
            continue
        if file not in start and file not in wanted:
            raise Found(f"{command}: {file} appeared", told)
        if digest == wanted.get(file) and digest != start.get(file):
            new.add(file)
        elif digest != start.get(file):
            raise Found(f"{command}: {file} is torn", told)
    lost = start.keys() - found.keys()
    if lost:
        raise Found(f"{command}: {', '.join(sorted(lost))} got lost", told)
    all_new = {file for file, digest in wanted.items() if digest != start.get(file)}
    return "all new" if new == all_new else "part of a set" if new else "nothing new"


def case(number: int, random: Random) -> str:
    """One case: each command in turn."""
    command = COMMANDS[number % len(COMMANDS)]
    if command.lacks:
        return f"not tried without {command.lacks}"
    alone(command)
    with tempfile.TemporaryDirectory() as name:
        one = Case(command, name)
        if command.older and random.random() < 0.5:
            _put_older(one)
        how, code, outcome = _ended_at_random(one, random)
        if how == "killed" and code != -signal.SIGKILL:
            return "too late to kill"
        if how == "full" and code == 0:
            return "space was enough"
        _run_again(one, outcome)
    return f"{how}: {outcome}"


def _put_older(one: Case) -> None:
    """Put an older output where the command writes."""
    if isinstance(one.command.older, tuple):
        one.done(one.command.older)
        return
    for file in alone(one.command).made:
        (one.here / file).parent.mkdir(exist_ok=True)
        (one.here / file).write_bytes(OLDER)


def _ended_at_random(one: Case, random: Random) -> tuple[str, int, str]:
    """Kill the command, or give it too little space: how, its code, and how much is new."""
    command, usual = one.command, alone(one.command)
    start, names = digests(one.here), _names(one)
    if random.random() < 0.25:
        how = "full"
        ends = one.done(most=random.randrange(usual.bytes))
        if ends is None or ends not in {0, 2} or "Traceback" in one.said():
            raise Found(f"{command}: out of space it ends with {ends}", one.said())
        if ends == 2 and not one.said():
            raise Found(f"{command}: out of space it says nothing")
        code = ends
    else:
        how, drafted = "killed", random.random() < 2 / 3
        moment = random.uniform(0, 0.05 * usual.seconds if drafted else usual.seconds)
        child = one.started()
        code = killed(child, moment, (lambda: _names(one) != names) if drafted else None)
    return how, code, whole(one, start, f"{how}, {code}\n{one.said()}")


def _names(one: Case) -> set[Path]:
    return {*one.here.rglob("*"), *one.temporary.rglob("*")}


def _run_again(one: Case, outcome: str) -> None:
    """The next run of the same command mends all; or it changes nothing and says why."""
    command, found = one.command, digests(one.here)
    if command.adds and outcome != "nothing new":
        return  # it would add once more
    code = one.done()
    if code == 2 and command.refuses and outcome != "nothing new":
        if digests(one.here) != found or not one.said():
            raise Found(f"{command}: the next run refuses, and changes something", one.said())
        return
    wanted, now = alone(command).after, digests(one.here)
    if code != 0 or now != wanted:
        other = sorted(now.items() ^ wanted.items())
        raise Found(f"{command}: the next run ends with {code}", f"{other}\n{one.said()}")
    if drafts := one.drafts():
        raise Found(f"{command}: the next run leaves {drafts[0].name}", one.said())


if __name__ == "__main__":
    sys.exit(run("kill", case, parser(__doc__).parse_args()))
