"""Random arguments for every command, by what click knows of its parameters.

The words for a value are those that the command itself offers to a shell, the choices of its type,
files of the folder, and hostile texts.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random

import click

from campaigns.mutations import DATES, HOSTILE
from recognition_model.cli.app import COMMANDS, load_command
from recognition_model.core.codes import CODES
from recognition_model.core.event_layouts import LAYOUTS

NAMES = tuple(name for section in COMMANDS.values() for name in section)
LEFT_OUT = frozenset({"preview", "port", "dask", "workers"})
"""What serves without an end, or starts other processes."""
SUFFIXES = (
    *(".svg", ".png", ".pdf", ".html", ".md", ".csv", ".zip", ".json", ".bib", ".sqlite", ".xes"),
    *(".jsonld", ".parquet", ".yaml", ".txt", "", "/in"),
)
FITTING = {  # of commands that write one kind of file
    "plot": (".svg", ".svg", ".png", ".pdf"),
    "report": (".html", ".md"),
    "site": ("",),
    "screen": (".csv", ".parquet"),
    "schema": (".json",),
    "source": (".yaml",),
}
OTHER = ("RUS", "and", "XXX", "all", "2024", "engage", "B2", "1,2", "0", "lighthouse", "-5", *CODES)
NUMBERS = ("0", "1", "1", "2", "3", "10", "50", "-1", "1e3", "9" * 30, "1.5", "", "x", "٣")
DAYS = ("2021-08-15", "2024-05-27", "2024", "2025-07-03", "2025-12-31", "2026-01-15", "2001-12-07")
FITS: Mapping[str, tuple[str, ...]] = {  # by the name of a parameter, else of its type
    "texts": ("two", "two", "."),
    "named": ("tass-2022-01-31", "Oman", "OMN"),
    "what": ("OMN", "record", ".", "Norway", "history", "-"),
    "searched": ("Taliban envoy",),
    "url": ("https://example.org/2025/07/03/talks", "http://example.org/a?b=c#d"),
    "source": ("tass-2022-01-31", "lighthouse-1"),
    "crosswalk": ("cameo", "plover", "crosswalk.yaml"),
    "layout": ("gdelt2", "gdelt2", *LAYOUTS),
    "tables": ("shipped", "strict", "trusting", "no-lapse"),
    "revision": ("HEAD",),
    "country": ("OMN", "Oman", "BEL", "Belgium", "NOR", "Norway", "TKM", "Turkmenistan", "EUE"),
    "files": ("events.tsv",),
    "days": ("2021,2024", "2001-12-07,2021-08-15,2025-07-03"),
    "voices": ("host", "press,host"),
    "grades": ("B2,C3", "A1"),
    "grade": ("B2", "C3"),
    "numbers": ("0,7", "30"),
}
NEEDED = {
    "site": ("output",),
    "changes": ("since",),
    "checked": ("country", "entry", "result", "on", "by", "against"),
    "reviewed": ("on",),
    "plot": ("countries",),
}
ENDINGS = {  # of the formats of `export`
    "csv": (".zip", ".csv"),
    "parquet": (".zip", ".parquet"),
    "bibtex": (".bib",),
    "codebook": (".md",),
    "csl": (".json",),
    "excel": (".xlsx",),
    "stata": (".dta", ".zip"),
    "spss": (".sav", ".zip"),
}
QUESTIONS = (
    *(("first", "engaged"), ("first", "Oman", "engaged"), ("stage", "OMN", "2024-05-27")),
    *(("order", "OMN", "BEL"), ("order", "FJI", "NOR", "engaged", "since", "2021-08-15")),
)
RARE = frozenset({"prove", "site"})  # take seconds


@cache
def offered(name: str) -> dict[str, tuple[str, ...]]:
    """What a command offers to a shell for each of its parameters."""
    command = load_command(name)
    context = click.Context(command, info_name=name)
    found = {}
    for param in command.params:
        words: list[str] = []
        with contextlib.suppress(Exception):  # a completion may need more of a context
            words = [item.value for item in param.type.shell_complete(context, param, "")]
        found[str(param.name)] = tuple(word for word in words if word)
    return found


class Asked:
    """What an invocation is about: its command, the files, and whose record it reads."""

    def __init__(self, name: str, files: Sequence[str], random: Random) -> None:
        self.name, self.files, self.random = name, files, random
        self.own = random.random() < 0.5  # the files of the folder, not the shipped ones
        self.often = random.choice((0.05, 0.15, 0.4))
        self.places: list[str] = []

    def wants(self, param: click.Parameter) -> bool:
        """Whether to give a parameter."""
        name = str(param.name)
        if name in {"paths", "beside"}:
            return self.random.random() < (0.9 if self.own and name == "paths" else 0.03)
        needed = param.required or name in NEEDED.get(self.name, ())
        if isinstance(param, click.Argument):
            return needed or self.random.random() < 0.6
        return self.random.random() < (0.95 if needed else self.often)

    @property
    def countries(self) -> Sequence[str]:
        """The countries that the record probably has."""
        own = [Path(file).stem for file in self.files if file[:3].isupper()] if self.own else []
        return own or FITS["country"]


def arguments(name: str, files: Sequence[str], random: Random) -> list[str]:
    """A random invocation of a command, in a folder that has these files."""
    asked = Asked(name, files, random)
    given: list[list[str]] = []
    for param in load_command(name).params:
        if param.name in LEFT_OUT or not asked.wants(param):
            continue
        if isinstance(param, click.Option):
            option = random.choice([*param.opts, *param.secondary_opts])
            flag = param.is_flag or param.count
            given.append([option] if flag else [option, value(asked, param)])
        elif name == "robustness" and random.random() < 0.9:
            asked.places += random.choice(QUESTIONS)
        else:
            most = random.choice((1, 1, 1, 2, 3)) if param.nargs == -1 else max(1, param.nargs)
            asked.places += [value(asked, param) for _ in range(most)]
    random.shuffle(given)
    at = random.randint(0, len(given))
    words = [word for part in ([name], *given[:at], asked.places, *given[at:]) for word in part]
    if random.random() < 0.04:
        words.insert(random.randint(1, len(words)), random.choice((*HOSTILE, "--help", "--", "-")))
    return [word for word in words if harmless(word)]


def command_name(random: Random) -> str:
    """A command; one that takes seconds is rare."""
    name = random.choice(NAMES)
    return random.choice(NAMES) if name in RARE and random.random() < 0.9 else name


def harmless(word: str) -> bool:
    """Whether a system can pass a word, and it names no file outside the folder."""
    with contextlib.suppress(UnicodeEncodeError):
        passed = b"\0" not in word.encode("utf-8", "surrogateescape")
        return passed and ".." not in word.replace("...", "") and not word.startswith(("/", "~"))
    return False


def value(asked: Asked, param: click.Parameter) -> str:
    """A value for a parameter, most times one that fits it."""
    name, files, random = str(param.name), asked.files, asked.random
    if random.random() < 0.02:
        return random.choice((*HOSTILE, *OTHER))
    if name == "output":
        form = asked.places[0] if asked.places else ""
        fitting = FITTING.get(asked.name) or ENDINGS.get(form) or (f".{form}",)
        return f"out{random.choice(fitting if random.random() < 0.9 else SUFFIXES)}"
    if name == "paths":
        return random.choice((".", ".", ".", *files))
    if isinstance(param.type, click.Choice):
        return str(random.choice(list(param.type.choices)))
    if name in {"rules", "against", "tables", "scale", "crosswalk"} and random.random() < 0.3:
        return random.choice(files)
    kind = param.type.name.replace(" range", "")
    words = FITS.get(name) or offered(asked.name)[name] or FITS.get(kind, ())
    if kind in {"country", "target"}:
        words = asked.countries
    if words and random.random() < 0.95:
        return random.choice(words)
    if isinstance(param.type, click.IntRange | click.FloatRange) and random.random() < 0.95:
        least, most = param.type.min or 0, param.type.max
        return str(int(least) + random.randrange(30 if most is None else int(most - least) + 1))
    if kind in {"path", "file", "directory", "filename", "coding"}:
        return random.choice((*files, ".", "two", "missing.yaml"))
    if kind in {"integer", "float", "numbers"}:
        return random.choice(NUMBERS)
    if kind in {"date", "days"}:
        return random.choice(DAYS if random.random() < 0.9 else DATES)
    return random.choice((*OTHER, *files, *DATES))
