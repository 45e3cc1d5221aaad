"""An example of every command, for what must hold for each of them.

A new command needs an example here, and so does each of its options that reads or writes a file: a
test says which are missing. The examples run in a folder that `lay_out` makes.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from recognition_model.cli.app import SUMMARIES, load_command
from recognition_model.exports.formats import FORMATS
from support.coded import FORTY, write
from support.codings import FIRST, SECOND
from support.commands import ENVOY, TEXT
from support.fixtures import Story
from support.paths import REGISTER, ROOT

PASSAGE = "The envoy came"
RULES = "format: recognition-rules/1\ntitle: Mine\nbase: shipped\ninvariants: {off: [RM612]}\n"
NEEDS = {"screen": "duckdb"} | {
    f"export {form}": library
    for form, library in {
        "parquet": "pyarrow", "stata": "pyreadstat", "spss": "pyreadstat", "excel": "xlsxwriter",
    }.items()
}  # fmt: skip
"""The library that an example needs, by the words it begins with."""

_PRINTING = """
status --scenarios record --rules rules.yaml --scale scale.yaml
status RUS --with record --against strict
show Fiji --scenarios record --rules rules.yaml
show Fiji --with record --format json
why Fiji --scenarios record --rules rules.yaml
why Fiji --with record --format json
compare Fiji Tuvalu --scenarios record --rules rules.yaml
compare Fiji Russia --with record
events --scenarios record --rules rules.yaml --format csv
events Fiji --with record --against strict
changes --scenarios record --rules rules.yaml --since 2022
changes --with record --since 2025-10
next Fiji --scenarios record --rules rules.yaml
next Fiji --with record
precedence --scenarios record --rules rules.yaml
precedence Fiji Russia --with record
sources --scenarios record
sources --with record --country Fiji
searches --scenarios record
searches Fiji --with record --format csv
corrections RUS
corrections --scenarios record --rules rules.yaml
corrections --with record
cite Fiji --scenarios record --rules rules.yaml
cite Fiji --with record --format bibtex
replay record --rules rules.yaml
replay --scenarios record --against strict --format json
replay Fiji --with record --format sarif
verify --texts texts --scenarios record
verify --texts texts --with record --format json
checked --draw 2 --seed 7 --scenarios record --format csv
checked --draw 2 --seed 7 --with record
coverage --scenarios record --rules rules.yaml
coverage --with record --format md
prove --scenarios record --with record --rules rules.yaml
prove --scenarios record --scale scale.yaml
robustness stage Fiji 2022-06-01 --scenarios record --rules rules.yaml --keep without
robustness stage Fiji 2022-06-01 --scenarios record --choices choices.yaml
robustness stage Fiji 2022-06-01 --with record --keep without --keep grade --format csv
agreement record other --draws 2
agreement record other --draws 2 --rules rules.yaml
export csv --table changes --scenarios record --rules rules.yaml -o -
export jsonld Fiji --with record -o -
new Tonga -o -
source add https://example.org/2025/07/03/talks -o -
reviewed FJI --on 2026-02-01 --searched envoys --dry-run --scenarios record
locate yearbook-2026 copy.txt --sources record/sources.yaml --passage passage.txt
locate tass-2022-01-31
schema
schema sources --scenarios record
schema scenario --with record
rules --rules rules.yaml
explain RM501
"""

_WRITING = """
checked Fiji --entry 1 --result agrees --on 2026-01-20 --against yearbook-2026 --scenarios record
checked --from sheet.csv --scenarios record
checked --from sheet.csv --with record
reviewed FJI --on 2026-02-01 --searched envoys --scenarios record
source add https://example.org/2025/07/03/talks -o record
agreement record other --draws 2 -o out/adjudicated
plot time-to-stage --scenarios record --rules rules.yaml --table -o out/wait.svg
plot share --with record --scale scale.yaml --since 2021 -o out/share.svg
plot codings Fiji --scenarios record --against other --table -o out/two.svg
plot robustness stage Fiji 2022-06-01 --scenarios record --choices choices.yaml -o out/all.svg
plot history Fiji --scenarios record -o out/long{long}.svg
report Fiji --scenarios record -o out/fiji.html
report --scenarios record --rules rules.yaml -o out/paper.md
report Fiji --with record --since 2022 -o out/brief.md
site Fiji --with record --figures none --url https://example.org/ -o out/pages
site --scenarios record --rules rules.yaml --url https://example.org/ -o out/pages
export csv --scenarios record -o out/tables.zip
export csv --unit year --scenarios record --rules rules.yaml --scale scale.yaml -o out/years.csv
export csv --table waits --with record -o out/waits.csv
screen events.csv --map crosswalk.yaml --rules rules.yaml --scenarios record -o out/leads.csv
screen events.csv --map cameo --verdicts verdicts.csv --with record -o out/leads.csv
new Tonga Fiji -o out
schema sources --scenarios record -o out/sources.json
replay faulty/TON.yaml --smallest RM201 -o out/small.yaml
"""

CHOICES = """\
format: recognition-choices/1
title: Mine
choices:
  grade: [{option: F6, reason: Every word counts.}, {option: C3, reason: Weak words do not.}]
"""
_LOCATED = f"at: {{paragraph: 2, letters: 12, digest: {ENVOY}}}"
_NAMED = ("record", "other", "texts", "faulty", "out")


class Example(NamedTuple):
    """The arguments of a command, and what it reads from standard input."""

    args: tuple[str, ...]
    stdin: str = ""

    @property
    def command(self) -> str:
        return self.args[0]

    @property
    def output(self) -> Path | None:
        """What `-o` names, if anything."""
        return Path(self.args[self.args.index("-o") + 1]) if "-o" in self.args else None

    def __str__(self) -> str:
        return shlex.join(self.args)


def _examples(lines: str) -> Iterator[Example]:
    for line in lines.split("\n"):
        if args := tuple(shlex.split(line.replace("{long}", "g" * 247))):
            yield Example(args, PASSAGE if args[0] == "locate" else "")


def _of_formats() -> Iterator[Example]:
    """Every format of `export`, one table in a file and all in a package."""
    for form, kind in FORMATS.items():
        for ending in kind.endings:
            table = ("--table", "changes") if kind.tabular and ending != "zip" else ()
            args = ("export", form, "--scenarios", "record", *table, "-o", f"out/data.{ending}")
            yield Example(args)


PRINTING = tuple(_examples(_PRINTING))
"""They print their answer and write no file."""
WRITING = tuple(_examples(_WRITING))
"""They write files."""
FORMATS_OF_EXPORT = tuple(_of_formats())
EVERY = (*PRINTING, *WRITING)


def one_each(examples: Sequence[Example]) -> tuple[Example, ...]:
    """Return the first example of each command."""
    return tuple({example.command: example for example in reversed(examples)}.values())


def reads_record(example: Example) -> bool:
    """Whether an example reads all records of its folder, and says so if one cannot be read.

    The others look at a register, or at the one file that they change.
    """
    alone = ("locate", "source", "reviewed", "checked Fiji", "checked --from")
    return "record" in example.args and not str(example).startswith(alone)


def ready(example: Example) -> None:
    """Skip a test if the library is missing that an example needs."""
    for words, library in NEEDS.items():
        if str(example).startswith(words):
            pytest.importorskip(library)


def lay_out(folder: Path, story: Story) -> None:
    """Make the files that the examples read, in an empty folder."""
    for name in _NAMED:
        (folder / name).mkdir()
    files = {
        "record/FJI.yaml": story(FIRST, country="FJI").replace("recalled: true", _LOCATED, 1),
        "record/TUV.yaml": story(FIRST, country="TUV"),
        "other/FJI.yaml": story(SECOND, country="FJI"),
        "texts/yearbook-2026.txt": TEXT,
        "copy.txt": TEXT,
        "passage.txt": PASSAGE,
        "faulty/TON.yaml": story(FIRST, country="TON") + "\nremarks: Not a key of the format.\n",
        "rules.yaml": RULES,
        "choices.yaml": CHOICES,
        "sheet.csv": "country,entry,result,on,against\nFJI,2,agrees,2026-01-20,yearbook-2026\n",
        "verdicts.csv": "lead,verdict\nFJI/2021-12-20/visit,no-dealings\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in ("record", "other", "faulty"):
        (folder / name / "sources.yaml").write_bytes(REGISTER.read_bytes())
    for name, seed in {"scale": "scales/representation", "crosswalk": "crosswalks/cameo"}.items():
        (folder / f"{name}.yaml").write_bytes((ROOT / "seeds" / f"{seed}.yaml").read_bytes())
    write(folder / "events.csv", *FORTY)


def content(folder: Path) -> dict[str, bytes]:
    """All files below a folder, hidden ones too, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def file_options() -> Mapping[str, frozenset[str]]:
    """The options of every command that name a file to read or write."""
    return {
        name: frozenset(
            option.opts[-1]
            for option in load_command(name).params
            if isinstance(option, click.Option) and _names_file(option)
        )
        for name in SUMMARIES
    }


def _names_file(option: click.Option) -> bool:
    if isinstance(option.type, click.Path):
        return True
    return "FILE" in (option.metavar or "") or option.type.name in ("rules", "scale")
