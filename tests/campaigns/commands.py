"""One case through a whole command: random arguments, in a folder of random documents.

The command runs in a forked process, with a small record in place of the shipped one. What must
hold: it ends with 0, 1 or 2 within a limit of time and memory; without a traceback; what it prints
is UTF-8 without control characters; JSON parses; with 2 it says why; and it writes only what it was
asked to write. Needs POSIX.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import time
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NoReturn

from support import coded

import recognition_model as rm
from campaigns.arguments import DAYS, arguments, command_name
from campaigns.campaign import ROOT, Found
from campaigns.documents import document, name_of
from campaigns.grammar import register
from campaigns.mutations import of_bytes, of_text
from campaigns.reader import place
from campaigns.runs import OURS, digests, fork_command, warm
from recognition_model.io import writer

SHIPPED = ("OMN", "BEL", "FJI", "TKM", "EUE", "NOR")  # those of them that the record has
SECONDS = 60  # of processor time
MEMORY = 1_000_000  # kB, of which the campaign itself has a fifth
LARGEST = 20_000_000  # bytes of what a command prints
WRITING = frozenset({"new", "reviewed", "checked"})  # write files without `-o`
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
WARMING = (
    ("report", "OMN", "-o", "warm.html"),
    ("report", "OMN", "-o", "warm.md"),
    ("plot", "history", "OMN", "-o", "warm.png"),
    ("plot", "map", "-o", "warm.svg"),
    ("export", "csv", "OMN", "-o", "warm.zip"),
    ("status", "--format", "json"),
)
TEXT = "The Example Gazette\n\nThe envoy came.\nThe ban stays!\nThe envoy came.\n"


@cache
def base() -> Path:
    """The folder of this process for all cases, with a small record that stands in as shipped."""
    made = place() / "commands"
    made.mkdir()
    small_record(made / "clone")
    warm(made, WARMING)
    return made


def small_record(clone: Path) -> None:
    """Make a clone with a few countries; of the package it has links to the folders."""
    package = clone / "src" / "recognition_model"
    package.mkdir(parents=True)
    for folder in (ROOT / "src" / "recognition_model").iterdir():
        if folder.is_dir() and folder.name != "__pycache__":
            (package / folder.name).symlink_to(folder)
    (package / "__init__.py").symlink_to(ROOT / "src" / "recognition_model" / "__init__.py")
    large = ("sources.yaml", "checked.yaml", "searches.yaml")
    shutil.copytree(ROOT / "seeds", clone / "seeds", ignore=shutil.ignore_patterns(*large))
    (clone / "scenarios").mkdir()
    for code in SHIPPED:
        if (path := ROOT / "scenarios" / f"{code}.yaml").exists():
            shutil.copy(path, clone / "scenarios")
    cited = (ROOT / "seeds" / "authority.yaml").read_text(encoding="utf-8")
    cited += "".join(path.read_text(encoding="utf-8") for path in clone.glob("scenarios/*.yaml"))
    named = set(re.findall(r"source: ([\w-]+)", cited))
    sources = {name: one for name, one in rm.read_sources().items() if name in named}
    text = writer.register_text((register() | sources).values())
    (clone / "seeds" / "sources.yaml").write_text(text, encoding="utf-8")


def case(_number: int, random: Random) -> str:
    """One case: a random command in a folder of random documents."""
    here = base() / "here"
    shutil.rmtree(here, ignore_errors=True)
    files = prepared(here, random)
    name = command_name(random)
    words = arguments(name, files, random)
    stdin = here / random.choice(files) if random.random() < 0.3 else Path(os.devnull)
    said_out, said_err = base() / "said.out", base() / "said.err"
    before, record = digests(here), digests(base() / "clone")
    begun = time.monotonic()
    child = fork_command(words, here, (stdin, said_out, said_err), _bounded)
    code, kilobytes = _ended(child)
    took = time.monotonic() - begun
    out, err = said_out.read_bytes(), said_err.read_bytes()
    told = f"{words!r}\nends with {code} after {took:.0f} s\n{err[-4000:].decode(errors='replace')}"
    shown = "".join(f"\n--- {file}\n{(here / file).read_bytes()[:3000]!a}" for file in files)
    try:
        _check(words, code, out, err)
        _check_memory(kilobytes)
        _check_files(words, before, digests(here))
        _check_record(name, record, digests(base() / "clone"))
    except Found as found:
        raise Found(f"{name}: {found.sentence}", f"{told}\n{found.evidence}{shown}") from None
    finally:
        if digests(base() / "clone") != record:
            _restore()
    return f"{name} {code}"


def _restore() -> None:
    """Make the small record anew."""
    shutil.rmtree(base() / "clone")
    small_record(base() / "clone")


def prepared(here: Path, random: Random) -> list[str]:
    """Make a folder of documents and texts; return the names to use as arguments."""
    here.mkdir()
    clean = random.choice((0.0, 0.5, 0.9))
    kinds = ["scenario"] * random.choice((0, 1, 1, 2, 3))
    for kind in ("sources", "signals", "checked", "searches", "collective"):
        kinds += [kind] if random.random() < 0.15 else []
    kinds += ["rules", "scale", "crosswalk"]
    files = []
    for kind in kinds:
        _, data = document(random, kind, clean)
        name = name_of(kind, data)
        (here / name).write_bytes(data)
        files.append(name)
    (here / "two").mkdir()
    _, data = document(random, "scenario", clean)
    (here / "two" / name_of("scenario", data)).write_bytes(data)
    (here / "two" / "tass-2022-01-31.txt").write_text(TEXT, encoding="utf-8")
    (here / "events.tsv").write_bytes(_events(random))
    (here / "notes.txt").write_text(OURS, encoding="utf-8")
    return [*dict.fromkeys(files), f"two/{name_of('scenario', data)}", "events.tsv"]


def _events(random: Random) -> bytes:
    """A file of coded events, as it should be or with damage."""
    rows = [
        coded.row(random.choice(DAYS), random.choice(("036", "042", "0831", "x")), f"{code}GOV")
        for code in random.choices(("OMN", "BEL", "NOR", "RUS"), k=random.randint(1, 6))
    ]
    text = "\n".join(rows) + "\n"
    for _ in range(random.choice((0, 0, 1, 2))):
        text = of_text(text, random)
    data = text.encode(errors="surrogatepass")
    return of_bytes(data, random) if random.random() < 0.2 else data


def _bounded() -> None:
    """In the forked process: the small record stands in as shipped, and time has a limit."""
    rm.__path__.insert(0, str(base() / "clone" / "src" / "recognition_model"))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _ended(child: int) -> tuple[int, int]:
    """The exit code of a process, and the most memory that it had, in kB."""
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), used.ru_maxrss


# --- what must hold ----------------------------------------------------------------------------


def _check(words: Sequence[str], code: int, out: bytes, err: bytes) -> None:
    if b"Traceback (most recent call last)" in err:
        last = err.decode(errors="replace").strip().splitlines()[-1]
        raise Found(f"a traceback: {last[:120]}")
    if code not in {0, 1, 2}:
        raise Found(f"it ends with {code}")
    if code == 2 and not err.strip():
        raise Found("it ends with 2 and says nothing")
    if max(len(out), len(err)) > LARGEST:
        raise Found(f"it prints {max(len(out), len(err)):,} bytes")
    raw = words[0] == "export" and "-" in words  # a table or an archive, as it is
    for stream in () if raw else (out, err):
        try:
            text = stream.decode()
        except UnicodeDecodeError as error:
            raise Found("it prints what is no UTF-8", str(error)) from None
        if "csv" in words:  # rows end in \\r\\n
            text = text.replace("\r\n", "\n")
        found = CONTROLS.search(text)
        if found and "always" not in words:
            around = ascii(text[max(0, found.start() - 60) : found.end() + 60])
            raise Found(f"it prints U+{ord(found[0]):04X}", around)
    if "--format" in words and words[words.index("--format") + 1 :][:1] == ["json"]:
        _check_json(words, code, out)


def _check_memory(kilobytes: int) -> None:
    if kilobytes > MEMORY:
        raise Found(f"it takes {kilobytes:,} kB")


def _check_record(name: str, before: dict[str, str], after: dict[str, str]) -> None:
    if before != after and name not in WRITING:
        raise Found(f"it changes the shipped record: {sorted(before.items() ^ after.items())}")


def _check_json(words: Sequence[str], code: int, out: bytes) -> None:
    if code == 2 or not out or "--help" in words or words.count("--format") > 1:
        return

    def refuse(word: str) -> NoReturn:
        raise ValueError(f"{word} is no JSON")

    try:
        json.loads(out, parse_constant=refuse)
    except ValueError as error:
        raise Found(f"its JSON does not parse: {error}", ascii(out[:2000])) from None


def _check_files(words: Sequence[str], before: dict[str, str], after: dict[str, str]) -> None:
    """Whether only what is named behind -o changed, or what a command writes by itself."""
    outputs = [word for flag, word in pairwise(words) if flag in _OUTPUT]
    stems = [Path(word).parts[0].split(".")[0] for word in outputs if Path(word).parts]
    for file in sorted({name for name, _ in before.items() ^ after.items()}):
        top = Path(file).parts[0]
        if ".recognition-model-" in file:
            raise Found(f"it leaves the draft {file}")
        if file in before and file not in after:
            raise Found(f"it removes {file}")
        if words[0] in WRITING and (file not in before or words[0] != "new"):
            continue
        if not any(stem and top.startswith(stem) for stem in stems):
            raise Found(f"it writes {file}")


_OUTPUT = frozenset({"-o", "--output"})
