"""`recognition-model replay FILE --smallest CODE`: the smallest record that shows a finding."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from recognition_model.cli import streams
from recognition_model.cli.answer import Answer
from recognition_model.cli.options import SuggestedText
from recognition_model.cli.selection import NoScenario, Selection
from recognition_model.core.codes import CODES
from recognition_model.core.countries import is_known
from recognition_model.core.diagnostics import BESIDE
from recognition_model.core.wording import escape_invisible, in_words, plural

if TYPE_CHECKING:
    from recognition_model.analysis.smallest import SmallestRecord
    from recognition_model.io.record_texts import RecordTexts

STDIN = "-"
_FROM_STDIN = "record.yaml"


class Wanted(NamedTuple):
    """What the options ask for: a code, where to write, and in which form."""

    code: str
    output: Path | None
    anonymous: bool
    as_test: bool


def smallest_options(command: Callable[..., Answer]) -> Callable[..., Answer]:
    """Add `--smallest` and its options, which a command gets as one argument, or None."""

    def wanting(
        *args: Any,
        code: str | None,
        output: Path | None,
        anonymous: bool,
        as_test: bool,
        **kw: Any,
    ) -> Answer:
        if code is None and (output is not None or anonymous or as_test):
            raise click.UsageError("-o, --anonymous and --as-test need --smallest")
        output = None if output == Path(STDIN) else output
        wanted = None if code is None else Wanted(_code(code), output, anonymous, as_test)
        return command(*args, smallest=wanted, **kw)

    update_wrapper(wanting, command)
    for option in (_as_test, _anonymous, _output, _smallest):
        wanting = option(wanting)
    return wanting


def _code(text: str) -> str:
    """Return the code that a code or the name of one means."""
    names = {code.name: code.code for code in CODES.values()}
    return names.get(text.lower(), text.upper())


def smallest_answer(
    wanted: Wanted,
    what: Sequence[str],
    record: Selection,
    *,
    strict: bool,
    others: Mapping[str, object],
) -> Answer:
    """Find the smallest record and print or write it. `others` are options that do not fit."""
    given = [option for option, value in others.items() if value]
    if given:
        raise click.UsageError(f"--smallest cannot be used with {' and '.join(given)}")
    from recognition_model.analysis.smallest import NotShown, smallest_of
    from recognition_model.cli.progress import waiting
    from recognition_model.io.record_texts import as_text

    path, text = _asked(what, record)
    target = _Target.of(wanted, path)
    texts = target.texts(path, text)
    try:
        with waiting(f"smallest record with {wanted.code}"):
            found = smallest_of(
                texts, wanted.code, rules=record.rules, strict=strict, anonymous=wanted.anonymous
            )
    except NotShown as absent:
        renamed = texts.asked not in {"", path.name}
        keep = f". The name of the file may matter: to keep {path.name}, let -o name a folder"
        hint = keep if renamed else ""
        raise click.UsageError(escape_invisible(f"{absent}{hint}")) from None
    if not found.files:
        raise click.UsageError(f"an empty folder shows {wanted.code}; there is no record to write")
    notes = _notes(found, wanted, texts)
    rules = click.get_current_context().params.get("rules")
    if wanted.as_test:
        from recognition_model.cli.record_test_file import record_test

        files = {target.test: record_test(found, rules, strict=strict).encode()}
        return target.write(files, f"pytest {{}}: it passes while {wanted.code} is found", notes)
    if target.output is None:
        notes = [_shown(found.finding), *notes]
        if streams.is_terminal(sys.stdout):  # where a hidden character would do what it does
            lines = as_text(_printed(found)).removesuffix("\n").split("\n")
            return Answer(text="\n".join(map(escape_invisible, lines)), notes=notes)
        return Answer(raw=_printed(found), notes=notes)
    from recognition_model.cli.new import as_argument

    more = f" --rules {as_argument(Path(rules))}" if rules else ""
    return target.write_record(found, f"{more}{' --strict' if strict else ''}", notes)


def _asked(what: Sequence[str], record: Selection) -> tuple[Path, str | None]:
    """Return the one file or folder, with its text if it is standard input."""
    paths = list(what) or [str(path) for path in record.instead]
    if len(paths) != 1 or record.beside or (what and record.instead):
        raise click.UsageError("--smallest needs one file or folder: `replay FILE --smallest CODE`")
    (word,) = paths
    if word == STDIN:
        from recognition_model.cli.standard_input import read_stdin

        return Path(_FROM_STDIN), read_stdin()
    if not is_known(word) or os.path.lexists(word):
        return Path(word), None
    folder = record.load([word])
    files = [one.file for one in folder.all_scenarios if one.country == word]
    if not files:
        raise NoScenario([word], folder, shipped=record.shipped)
    return Path(files[0]), None


class _Target(NamedTuple):
    """Where the record goes: standard output (None), a file, or a folder."""

    output: Path | None
    is_folder: bool = False
    test: Path = Path()

    @classmethod
    def of(cls, wanted: Wanted, path: Path) -> _Target:
        """Check a place before the search; `UsageError` if something is there already."""
        output = wanted.output
        if output is None:
            return cls(None)
        if wanted.as_test:
            if output.is_dir():
                output /= f"test_{wanted.code.lower()}.py"
            if output.suffix != ".py":
                raise click.UsageError("--as-test writes a *.py file: -o test_record.py")
            _refuse([output])
            return cls(output, test=output)
        is_folder = output.is_dir() or not output.suffix
        if is_folder:
            _refuse_full(output)
        elif output.suffix not in {".yaml", ".yml"} or output.name in BESIDE:
            name = escape_invisible(output.name)
            raise click.UsageError(
                f"{name!r} cannot be the name of a record: write small.yaml, or name a folder"
            )
        else:
            _refuse([output])
            if path.is_dir():
                is_folder, output = True, output.with_suffix("")
                _refuse_full(output)
        return cls(output, is_folder)

    def texts(self, path: Path, text: str | None) -> RecordTexts:
        """Read the record, its file under the name that it gets."""
        from recognition_model.io.record_texts import record_texts

        named = self.output is not None and not self.is_folder and not self.test.name
        texts = record_texts(path, self.output.name if named and self.output else "", text)
        if named and self.output and len(texts.files) > 1:
            _refuse_full(self.output.with_suffix(""))
        return texts

    def write_record(self, found: SmallestRecord, more: str, notes: list[str]) -> Answer:
        """Write the record: one file, or a folder if it has several."""
        output = self.output or Path()
        folder = output if self.is_folder else output.with_suffix("")
        if not self.is_folder and len(found.files) == 1:
            folder = output.parent
        if self.is_folder or len(found.files) > 1:
            _refuse_full(folder)
        if not self.is_folder and len(found.files) > 1:
            needed = in_words(len(found.files))
            notes.append(f"note: the finding needs {needed} files, so they are in a folder")
        files = {folder / name: data for name, data in found.to_bytes().items()}
        asked = folder / found.asked if found.asked else folder
        shown = _shown(found.finding, folder)
        return self.write(files, f"recognition-model replay {{}}{more}\n{shown}", notes, asked)

    def write(
        self,
        files: Mapping[Path, bytes],
        again: str,
        notes: list[str],
        asked: Path | None = None,
    ) -> Answer:
        """Write files, and say what was written and what shows the finding."""
        from recognition_model.cli.new import as_argument
        from recognition_model.io.atomic import write_new

        if self.output is None:
            (data,) = files.values()
            return Answer(raw=data, notes=notes)
        folders = {path.parent for path in files if not path.parent.is_dir()}
        try:
            write_new(files, folders)
        except FileExistsError as error:  # made since the check before the search
            _refuse([Path(error.filename)])
        wrote = [f"wrote {escape_invisible(str(path))}" for path in files]
        command, _, shown = again.partition("\n")
        next_one = f"next: {command.replace('{}', as_argument(asked or next(iter(files))))}"
        return Answer(text="\n".join([*wrote, *filter(None, [shown]), next_one]), notes=notes)


def _refuse(paths: Sequence[Path]) -> None:
    for path in paths:
        if os.path.lexists(path):
            shown = escape_invisible(str(path))
            raise click.UsageError(f"{shown} already exists; not overwritten")
        if not path.parent.is_dir():
            shown = escape_invisible(str(path.parent))
            raise click.UsageError(f"there is no folder {shown}; make it first")


def _refuse_full(folder: Path) -> None:
    """Refuse a folder with something in it: its files would be read with the record."""
    if folder.is_dir():
        if any(folder.iterdir()):
            shown = escape_invisible(str(folder))
            raise click.UsageError(f"{shown} is not empty; name a new folder")
    else:
        _refuse([folder])


def _notes(found: SmallestRecord, wanted: Wanted, texts: RecordTexts) -> list[str]:
    tried = plural(found.trials, "record", "records")
    notes = [
        f"note: no entry, evidence, key or source can be left out ({tried} tried)"
        if found.is_smallest
        else f"note: perhaps not the smallest: the search reached its limit ({tried} tried)"
    ]
    if found.first_of > 1:
        count = plural(found.first_of, "finding", "findings")
        has = f"{texts.what} has {count} {wanted.code}"
        notes.append(f"note: {has}; kept: the first, perhaps with other numbers")
    if wanted.anonymous:
        notes.append("note: dates, numbers, grades and words of the model are kept for the finding")
        if found.named:
            notes.append(f"note: not replaced: {'; '.join(found.named)}")
    return [escape_invisible(note) for note in notes]


def _printed(found: SmallestRecord) -> bytes:
    """The text of the one file, or of several, each below a comment with its name."""
    files = found.to_bytes()
    if len(files) == 1:
        return next(iter(files.values()))
    return b"\n".join(b"# " + os.fsencode(name) + b"\n" + data for name, data in files.items())


def _shown(finding: Any, folder: Path | None = None) -> str:
    """One line for the finding, at the place where the record is written."""
    at = str(finding.place)
    return escape_invisible(
        f"{folder / at if folder is not None else at}: {finding.code} {finding.message}"
    )


_smallest = click.option(
    "--smallest",
    "code",
    type=SuggestedText(lambda _: CODES),
    metavar="CODE",
    help="Print the smallest record that shows the finding with this code.",
)
_output = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="With --smallest: write it to this new file or folder.",
)
_anonymous = click.option(
    "--anonymous",
    is_flag=True,
    help="With --smallest: replace names, texts and addresses with neutral ones.",
)
_as_test = click.option(
    "--as-test",
    is_flag=True,
    help="With --smallest: write a pytest file that contains the record.",
)
