"""Write docs/reference.md from the tables of the package: `python docs/make_reference.py`."""

from __future__ import annotations

import inspect
from pathlib import Path

import click

import recognition_model as rm
from recognition_model.cli import cli
from recognition_model.rules import Reason
from recognition_model.stages import Ranked

HEAD = """\
# Reference

Generated from the package's own tables by `python docs/make_reference.py`; not written by hand.
"""
WORDS: dict[str, type[Ranked]] = {
    "Stages": rm.Stage,
    "Bans": rm.Ban,
    "Acts": rm.Act,
    "Voices": rm.Voice,
    "Bearings of evidence": rm.Bearing,
    "Reasons of a refusal": Reason,
    "Attestations, weakest to strongest": rm.Attestation,
}


def reference() -> str:
    """The whole page."""
    parts = [HEAD]
    for title, kind in WORDS.items():
        parts.append(f"## {title}\n")
        parts.append("\n".join(f"- `{member}`: {member.meaning}" for member in kind) + "\n")
    parts += ["## Rules\n", _rules(), "## Promises\n", _promises(), "## Findings\n", _findings()]
    parts += ["## Commands\n", *_commands()]
    return "\n".join(parts)


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
            ", ".join(str(ban) for ban in rm.Ban if ban in rule.ban_must_be),
            rule.ban_becomes or "same",
            rule.needs,
        )
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    lines += ["", *(f"- **{r.code} {r.act}**: {r.why} See: {r.reference}." for r in rm.RULES), ""]
    return "\n".join(lines)


def _promises() -> str:
    told = [f"- **{p.code} {p.name.replace('_', ' ')}**: {p.why}" for p in rm.INVARIANTS]
    return "\n".join([*told, ""])


def _findings() -> str:
    lines = ["| Code | Name | Severity | Meaning | What to do |", "|---|---|---|---|---|"]
    for code in sorted(rm.CODES.values(), key=lambda code: code.code):
        cells = (code.code, code.name, code.severity, code.meaning, code.remedy)
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join([*lines, ""])


def _commands() -> list[str]:
    parts = []
    for name, command in sorted(cli.commands.items()):
        arguments = [p for p in command.params if isinstance(p, click.Argument)]
        usage = " ".join([name, *map(_usage, arguments)])
        parts.append(f"### `{usage}`\n\n{inspect.cleandoc(command.help or '')}\n")
        told = [
            f"- `{' '.join([p.opts[0], _values(p)])}`: {p.help}"
            for p in command.params
            if isinstance(p, click.Option)
        ]
        parts += ["\n".join(told) + "\n"] if told else []
    return parts


def _usage(argument: click.Argument) -> str:
    word = (argument.name or "").removesuffix("s").upper() if argument.nargs < 0 else ""
    word = {"COUNTRIE": "COUNTRY"}.get(word, word) or (argument.name or "").upper()
    word += "..." if argument.nargs < 0 else ""
    return word if argument.required else f"[{word}]"


def _values(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return "|".join(map(str, option.type.choices))
    return "DATE" if option.type.name == "date" else "PATH"


if __name__ == "__main__":
    Path(__file__).with_name("reference.md").write_text(reference(), encoding="utf-8")
