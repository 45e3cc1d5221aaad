"""Read a record as it was in a revision of its git repository, without a checkout.

The files of the revision are written to a temporary folder, loaded, and named as git names them:
`HEAD~1:scenarios/UZB.yaml`. The repository and its work tree are only read.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any, TypeVar

import attrs
from attrs import evolve

from recognition_model.core.dates import When
from recognition_model.core.diagnostics import BESIDE, Finding, Place, RecordError
from recognition_model.core.evidence import Evidence, Source
from recognition_model.core.folder import Folder
from recognition_model.io.discovery import ENDINGS
from recognition_model.io.drafts import scratch_folder
from recognition_model.io.loader import (
    Paths,
    RecordRoot,
    as_paths,
    load_folder,
    record_root,
    version_of,
)
from recognition_model.io.strict_yaml import MAX_BYTES

T = TypeVar("T")
SECONDS = 60
"""How long git may take for one answer."""
_COMMIT = re.compile("[0-9a-f]{40,64}")
_FOLDER, _FILE = b"tree", b"blob"
# Set by git in its hooks. They would name another repository than that of the record.
_OF_A_REPOSITORY = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"),
    *("GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"),
)


class RevisionError(Exception):
    """A revision cannot be read; the message says why."""


def load_revision(
    revision: str,
    paths: Paths = (),
    *,
    beside: Paths = (),
) -> Folder:
    """Load what `load_folder` loads from these paths, as it was in a revision of their repository.

    The repository is that of the first path of `beside`, else of `paths`, else of the shipped
    record in a clone. Paths outside of it are read as they are. The shipped record, or that of a
    clone, is read with its own register of that revision. Raises `RevisionError` if git, the
    repository, the revision or every path in it is missing; findings are returned as in
    `load_folder`, which raises `RecordError` for a register of its own that has errors.
    """
    asked, added = as_paths(paths) or [record_root("scenarios")], as_paths(beside)
    principal = added or asked
    repository = _Repository(principal[0])
    commit = repository.commit(revision)
    with scratch_folder() as made:
        past = _Past(repository, commit, made.resolve(), version_of(paths))
        old, old_added = ([past.of(path) for path in group] for group in (asked, added))
        if not any(past.has(path) for path in principal):
            where = f"in the revision {revision!r} of {repository.top}"
            raise RevisionError(f"{principal[0]} does not exist {where}{_hint(principal[0])}")
        try:
            folder = load_folder(
                [path for path in old if path.exists()],
                beside=[path for path in old_added if path.exists()],
                root=past.shipped(),
            )
        except RecordError as error:  # the register of the revision has errors
            raise RecordError(past.named(error.findings, revision)) from None
        return past.named(folder, revision)


def commit_of(revision: str, path: str | os.PathLike[str] = "") -> str:
    """Return the commit of a revision of the repository that holds a path, as 40 digits.

    Without a path, of the repository that holds the shipped record. Raises `RevisionError`.
    """
    return _Repository(Path(path) if path else record_root("scenarios")).commit(revision)


class _Repository:
    """The git repository that holds a path."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise RevisionError(f"{path} does not exist")
        folder = path if path.is_dir() else path.parent
        git = shutil.which("git")
        if git is None:
            raise RevisionError("a revision is read with git, and git is not installed")
        self._git = git
        self._folder = folder
        ran = self.run("rev-parse", "--show-toplevel")
        top = os.fsdecode(ran.stdout).rstrip("\r\n")
        if ran.returncode or not top:
            if b"not a git repository" in ran.stderr or not ran.returncode:
                raise RevisionError(f"{folder} is in no git repository{_hint(path)}")
            raise RevisionError(f"git cannot read the repository of {folder}: {_reason(ran)}")
        self.top = Path(top).resolve()

    def run(self, *args: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run git in the folder of the record, without a shell."""
        environment = {k: v for k, v in os.environ.items() if k not in _OF_A_REPOSITORY}
        try:
            return subprocess.run(  # noqa: S603 - no shell, and no argument begins with a dash
                [self._git, "-C", str(self._folder.resolve()), *args],
                input=given,
                capture_output=True,
                timeout=SECONDS,
                env=environment | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            message = f"git {args[0]} did not answer within {SECONDS} seconds"
            raise RevisionError(message) from None
        except OSError as error:
            raise RevisionError(f"git cannot be run: {error.strerror or error}") from None

    def commit(self, revision: str) -> str:
        """Return the commit that a revision names."""
        if revision.startswith("-") or not revision.isprintable() or not revision:
            raise RevisionError(f"{revision!r} cannot be the name of a revision")
        ran = self.run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        name = ran.stdout.decode("ascii", "replace").strip()
        if ran.returncode or not _COMMIT.fullmatch(name):
            shallow = self.run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
            hint = "; the clone is shallow: fetch more of its history" if shallow else ""
            raise RevisionError(f"{revision!r} is no revision of {self.top}{hint}")
        return name


class _Past:
    """The files of one commit, written below a folder as they are asked for."""

    def __init__(
        self, repository: _Repository, commit: str, folder: Path, root: RecordRoot
    ) -> None:
        self._repository = repository
        self._commit = commit
        self._folder = folder
        self._root = root

    def of(self, path: Path) -> Path:
        """Return the path of a file or folder as it was, which need not exist.

        Of a folder, all files in it are written; of a file, the register and the vocabulary beside
        it too. A path outside of the repository is returned as it is, and so is the shipped record
        if the revision does not have it.
        """
        inside = self._inside(path)
        if inside is None or (self._root.has(path) and not self.has(path)):
            return path
        kind = self._kind(inside)
        if kind == _FOLDER:
            self._write(inside, self._names(inside))
        elif kind == _FILE:
            parent, _, name = inside.rpartition("/")
            there = self._names(parent)
            self._write(parent, {n: there[n] for n in (name, *BESIDE) if n in there})
        return self._folder / inside

    def has(self, path: Path) -> bool:
        """Whether the path is in the repository, and was there in the commit."""
        inside = self._inside(path)
        return inside is not None and self._kind(inside) in (_FOLDER, _FILE)

    def shipped(self) -> RecordRoot | None:
        """Return the shipped record as it was, if the commit has it."""
        if not self.has(self._root.scenarios):
            return None
        return RecordRoot(self.of(self._root.scenarios), self.of(self._root.seeds))

    def named(self, loaded: T, revision: str) -> T:
        """Return what was loaded with the names that git gives to the files."""
        before = f"{self._folder}{os.sep}"
        path = re.compile(re.escape(before) + r"[^\s']*")

        def name(text: str) -> str:
            return path.sub(
                lambda m: f"{revision}:{m[0].removeprefix(before).replace(os.sep, '/')}", text
            )

        renamed: T = _with_names(loaded, name, {})
        return renamed

    def _inside(self, path: Path) -> str | None:
        """The path within the repository, with slashes; None if it is outside."""
        folder, name = (path, "") if path.is_dir() else (path.parent, path.name)
        real = Path(os.path.realpath(folder), name)
        if not real.is_relative_to(self._repository.top):
            return None
        inside = real.relative_to(self._repository.top).as_posix()
        return "" if inside == "." else inside

    def _kind(self, inside: str) -> bytes:
        """Say what a path is in the commit: `_FOLDER`, `_FILE` or nothing."""
        ran = self._repository.run("cat-file", "-t", f"{self._commit}:{inside}")
        return b"" if ran.returncode else ran.stdout.strip()

    def _names(self, inside: str) -> dict[str, tuple[bytes, int]]:
        """List what a folder of the commit holds: type and size in bytes by name."""
        listing = ("ls-tree", "-z", "--long", "--full-tree", f"{self._commit}:{inside}")
        ran = self._repository.run(*listing)
        if ran.returncode:
            raise RevisionError(f"git cannot list {inside or 'the folder'}: {_reason(ran)}")
        found = {}
        for line in ran.stdout.split(b"\0")[:-1]:
            head, _, name = line.partition(b"\t")
            _, kind, _, size = head.split()
            found[os.fsdecode(name)] = kind, int(size) if size.isdigit() else 0
        return found

    def _write(self, inside: str, names: Mapping[str, tuple[bytes, int]]) -> None:
        """Write the files of a folder; one that is too large to be read gets its size only."""
        folder = self._folder / inside
        folder.mkdir(parents=True, exist_ok=True)
        files = [name for name, (kind, size) in names.items() if kind == _FILE]
        wanted = [name for name in files if names[name][1] <= MAX_BYTES and "\n" not in name]
        for name, data in zip(wanted, self._contents(inside, wanted), strict=True):
            if data is not None:
                (folder / name).write_bytes(data)
        for name in files:
            if names[name][1] > MAX_BYTES:
                with (folder / name).open("wb") as stream:
                    stream.truncate(MAX_BYTES + 1)
        for name, (kind, _) in names.items():
            if kind == _FOLDER:
                (folder / name).mkdir(exist_ok=True)

    def _contents(self, inside: str, names: list[str]) -> Iterator[bytes | None]:
        """Yield the contents of files of a folder; links are followed within the commit.

        A link that leads to no file of the commit has none. It is an error if it is named like a
        record.
        """
        paths = [f"{inside}/{name}" if inside else name for name in names]
        asked = b"".join(os.fsencode(f"{self._commit}:{path}\n") for path in paths)
        ran = self._repository.run("cat-file", "--batch", "--follow-symlinks", given=asked)
        if ran.returncode:
            raise RevisionError(f"git cannot read the revision: {_reason(ran)}")
        answer = BytesIO(ran.stdout)
        for path in paths:
            head = answer.readline().split()
            if len(head) != 3 or head[1] != _FILE:
                if PurePath(path).suffix.lower() in ENDINGS:
                    raise RevisionError(f"{path} is a link that leads to no file of the revision")
                _skip_target(answer, head)
                yield None
                continue
            yield answer.read(int(head[2]))
            answer.readline()


def _is_shipped(path: Path) -> bool:
    return RecordRoot(record_root("scenarios"), record_root("seeds")).has(path)


def _skip_target(answer: BytesIO, head: list[bytes]) -> None:
    """Read over what git says about a link after the head of its answer."""
    if len(head) == 2 and head[1].isdigit():  # `dangling 9`, `symlink 9`: where it leads
        answer.read(int(head[1]))
        answer.readline()
    elif len(head) == 3:  # a folder
        answer.read(int(head[2]))
        answer.readline()


def _hint(path: Path) -> str:
    """Say what to do about the shipped record of an installed package, which has no history."""
    if not _is_shipped(path) or not (record_root("scenarios").parent / "__init__.py").exists():
        return ""
    ways = "`--with .` for your own files here, `--scenarios scenarios` in a clone of the project"
    return f": it ships with the installed package, without its history; name the files: {ways}"


def _reason(ran: subprocess.CompletedProcess[bytes]) -> str:
    lines = ran.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else f"it ended with {ran.returncode}"


def _with_names(value: Any, name: Callable[[str], str], done: dict[int, Any]) -> Any:
    """Return a value with `name` applied to every place, and to every text of a finding."""
    if isinstance(value, Source | Evidence | When) or not (
        isinstance(value, tuple | Mapping) or attrs.has(type(value))
    ):
        return value  # it has no place
    if id(value) not in done:
        done[id(value)] = _renamed(value, name, done)
    return done[id(value)]


def _renamed(value: Any, name: Callable[[str], str], done: dict[int, Any]) -> Any:
    if isinstance(value, Place):
        return evolve(value, file=name(value.file))
    if isinstance(value, tuple):
        return tuple(_with_names(one, name, done) for one in value)
    if isinstance(value, Mapping):
        renamed = {_key(k, name): _with_names(v, name, done) for k, v in value.items()}
        return MappingProxyType(renamed)
    changed = {
        str(attribute.alias): new
        for attribute in attrs.fields(type(value))
        for old in [getattr(value, attribute.name)]
        if (new := _with_names(old, name, done)) is not old
    }
    if isinstance(value, Finding):
        changed |= {"message": name(value.message), "hint": name(value.hint)}
    return evolve(value, **changed)


def _key(key: Any, name: Callable[[str], str]) -> Any:
    """Return the key of a mapping; a folder becomes that of its renamed files."""
    file = f"{key}{os.sep}_"
    renamed = name(file)
    return key if renamed == file else str(Path(renamed).parent)
