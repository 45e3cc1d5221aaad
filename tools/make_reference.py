"""Write docs/reference.md from the tables of the package: `python tools/make_reference.py`."""

from __future__ import annotations

import inspect
from enum import Enum
from pathlib import Path

import attrs
import click

import recognition_model as rm
from recognition_model.analysis.known_gaps import GAPS
from recognition_model.analysis.mutation import MutantResult
from recognition_model.analysis.precedence import DayDistribution, FirstTime, Order, Shares
from recognition_model.analysis.proof import InvariantResult, Proof
from recognition_model.cli.app import SUMMARIES, load_command
from recognition_model.cli.options import examples_of
from recognition_model.core.base import Ranked
from recognition_model.core.evidence import CREDIBILITIES, Reliability, SourceType
from recognition_model.core.stages import Reason
from recognition_model.engine.alignment import Alignment
from recognition_model.engine.batch import Compiled, Sequences, Trace
from recognition_model.exports import FORMATS, TABLES, Kind, table
from recognition_model.plots import PLOTS, Options, Picture

HEAD = """\
# Reference

`python tools/make_reference.py` generates this page from the package's tables.
Do not edit it by hand.
The [glossary](glossary.md) explains the terms of the output, the files and the pages.
"""
WORDS: dict[str, type[Ranked]] = {
    "Stages": rm.Stage,
    "Bans": rm.Ban,
    "Acts": rm.Act,
    "Voices": rm.Voice,
    "Bearings of evidence": rm.Bearing,
    "Reasons for a refusal": Reason,
    "Attestations, from weakest to strongest": rm.Attestation,
    "Families of signals": rm.Family,
    "Whose deed a signal is": rm.Deed,
}


def reference() -> str:
    """The whole page."""
    parts = [HEAD]
    for title, kind in WORDS.items():
        parts.append(f"## {title}\n")
        parts.append("\n".join(f"- `{member}`: {member.meaning}" for member in kind) + "\n")
    parts += [_plain("Kinds of source (Citation Style Language)", SourceType)]
    parts += [_plain("Reliability of a source (Admiralty code)", Reliability)]
    parts += [_credibility(), "## Signals\n", _signals()]
    parts += ["## Rules\n", _rules(), "## Invariants\n", _invariants()]
    parts += ["## Known gaps\n", _gaps(), "## Findings\n", _findings()]
    parts += ["## Pictures\n", _pictures()]
    parts += [
        "## Exports\n",
        _exports(),
        "## Commands\n",
        *_commands(),
        "## In Python\n",
        *_values(),
    ]
    return "\n".join(parts)


def _pictures() -> str:
    return "\n".join(f"- `{plot.name}`: {plot.summary}." for plot in PLOTS.values()) + "\n"


def _exports() -> str:
    """Formats, and every table with its fields."""
    kinds = {Kind.TEXT: "text", Kind.COUNT: "number", Kind.DAY: "date", Kind.FLAG: "true or false"}
    parts = ["\n".join(f"- `{name}`: {form.summary}." for name, form in FORMATS.items()) + "\n"]
    for name in TABLES:
        made = table(name, [])
        parts.append(f"### Table `{name}`\n\n{made.description} Key: `{'`, `'.join(made.key)}`.\n")
        fields = [f"- `{one.name}` ({kinds[one.kind]}): {one.description}" for one in made.fields]
        parts.append("\n".join(fields) + "\n")
    return "\n".join(parts)


def _plain(title: str, kind: type[Enum]) -> str:
    words = ", ".join(
        f"`{m.value}`" + (f" {m.name.lower().replace('_', ' ')}" if len(m.value) == 1 else "")
        for m in kind
    )
    return f"## {title}\n\n{words}.\n"


def _credibility() -> str:
    grades = ", ".join(f"`{digit}` {text}" for digit, text in CREDIBILITIES.items())
    return f"## Credibility of the content (Admiralty code)\n\n{grades}.\n"


def _signals() -> str:
    """Every word for a signal, family by family, with its meaning, deed and codes."""
    known = rm.shipped_vocabulary()
    parts = [
        "The words of `seeds/signals.yaml`, by family. A `signals.yaml` beside your scenarios adds"
        " words to them.\n"
    ]
    for family in rm.Family:
        parts.append(f"### Family `{family}`\n\n{family.meaning}\n")
        words = [_signal(known.words[word]) for word in known.in_family(family)]
        parts.append("\n".join(words) + "\n")
    return "\n".join(parts)


def _signal(one: rm.SignalMeaning) -> str:
    codes = [f"CAMEO {', '.join(one.cameo)}"] if one.cameo else []
    codes += [f"PLOVER {', '.join(map(str, one.plover))}"] if one.plover else []
    old = [f"Old words: `{'`, `'.join(one.aliases)}`."] if one.aliases else []
    told = [one.meaning, f"Deed: {one.deed}.", f"Not: {one.is_not}"]
    return f"- `{one.word}`: {' '.join([*told, *(f'{c}.' for c in codes), *old])}"


def _values() -> list[str]:
    """What a caller gets from the library: the fields and properties of each value."""
    kinds = (rm.Folder, rm.Scenario, rm.Replay, rm.History, rm.Position, rm.Spell, rm.Change)
    kinds += (rm.Refusal, Alignment, rm.NextAct, rm.Evidence, rm.Source, rm.When, rm.Verdict)
    kinds += (
        rm.Finding,
        rm.Invariant,
        Proof,
        InvariantResult,
        MutantResult,
        Sequences,
        Compiled,
        Trace,
    )
    kinds += (Picture, Options, FirstTime, DayDistribution, Shares, Order)
    parts = []
    for kind in kinds:
        fields = [a.name for a in attrs.fields(kind)]
        fields += [n for n, member in vars(kind).items() if isinstance(member, property)]
        fields += [n for n in kind.__slots__ if n not in fields]  # properties that are kept
        fields = [n for n in fields if not n.startswith("_")]
        summary = inspect.cleandoc(kind.__doc__ or "")
        listed = "`, `".join(dict.fromkeys(fields))
        parts.append(f"### `{kind.__name__}`\n\n{summary}\n\n`{listed}`\n")
    columns = rm.replay(rm.load_folder().scenarios[0]).history.rows()[0]
    parts.append(f"`History.rows()` returns the columns `{'`, `'.join(columns)}`.\n")
    return parts


def _rules() -> str:
    lines = [
        "| Code | Act | Before | After | Ban must be | Ban becomes | Needs |",
        "|---|---|---|---|---|---|---|",
    ]
    for rule in rm.RULES:
        cells = (
            rule.code,
            rule.act,
            ", ".join(map(str, rule.before)),
            rule.after,
            ", ".join(rule.bans),
            rule.ban_becomes or "same",
            rule.needs,
        )
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    lines += ["", *(f"- **{r.code} {r.act}**: {r.why} See: {r.reference}." for r in rm.RULES), ""]
    return "\n".join(lines)


def _invariants() -> str:
    items = [f"- **{p.code} {p.name.replace('_', ' ')}**: {p.why}" for p in rm.INVARIANTS]
    return "\n".join([*items, ""])


def _gaps() -> str:
    lines = [
        "These are moves that the rules permit and that no country is documented to have made. No",
        "documented case would detect their removal from the table. The last group contains",
        "mistakes that would change only the reasons for a refusal. `prove` compares the list",
        "with the record.",
        "",
    ]
    for reason in dict.fromkeys(GAPS.values()):
        mine = ", ".join(f"`{gap}`" for gap, why in GAPS.items() if why == reason)
        lines.append(f"- {mine}: {reason}")
    return "\n".join([*lines, ""])


def _findings() -> str:
    lines = ["| Code | Name | Severity | Meaning | What to do |", "|---|---|---|---|---|"]
    for code in sorted(rm.CODES.values(), key=lambda code: code.code):
        cells = (code.code, code.name, code.severity, code.meaning, code.remedy)
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join([*lines, ""])


def _commands() -> list[str]:
    parts = []
    for name in sorted(SUMMARIES):
        command = load_command(name)
        arguments = [p for p in command.params if isinstance(p, click.Argument)]
        usage = " ".join([name, *map(_usage, arguments)])
        parts.append(f"### `{usage}`\n\n{inspect.cleandoc(command.help or '')}\n")
        items = [
            f"- `{' '.join(filter(None, [p.opts[0], _taken(p)]))}`: {p.help}"
            for p in command.params
            if isinstance(p, click.Option)
        ]
        parts += ["\n".join(items) + "\n"] if items else []
        parts.append("```sh\n" + "\n".join(examples_of(command)) + "\n```\n")
    return parts


def _usage(argument: click.Argument) -> str:
    word = (argument.name or "").removesuffix("s").upper() if argument.nargs < 0 else ""
    word = {"COUNTRIE": "COUNTRY"}.get(word, word) or argument.metavar or ""
    word = word or (argument.name or "").upper()
    word += "..." if argument.nargs < 0 else ""
    return word if argument.required else f"[{word}]"


def _taken(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return "|".join(map(str, option.type.choices))
    if option.is_flag:
        return ""
    words = {"date": "DATE", "text": "WORD", "integer range": "N"}
    return words.get(option.type.name, "PATH")


if __name__ == "__main__":
    page = Path(__file__).parents[1] / "docs" / "reference.md"
    page.write_text(reference(), encoding="utf-8")
