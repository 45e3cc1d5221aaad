"""`recognition-model explain`: what a word, a code or a rule means."""

from __future__ import annotations

from typing import Any

import click

from recognition_model.cli.answer import (
    Answer,
)
from recognition_model.cli.options import (
    as_format,
)
from recognition_model.core.base import Ranked, summary_of
from recognition_model.core.codes import CODES
from recognition_model.core.evidence import Attestation, Bearing, Voice
from recognition_model.core.scenario import STEP_OF
from recognition_model.core.stages import Act, Ban, Reason, Stage
from recognition_model.core.wording import did_you_mean, near_words
from recognition_model.engine.rules import RULES


class Word(click.ParamType):  # type: ignore[type-arg]  # generic only in newer releases
    """A code or word that `explain` knows."""

    name = "code"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        wanted = incomplete.lower()
        return [CompletionItem(w) for w in _explainable() if w.lower().startswith(wanted)]


@click.command("explain")
@click.argument("code", type=Word())
@as_format
def command(code: str, fmt: str) -> Answer:
    """What a rule code (R06), a finding code (RM501) or a word of the record means."""
    known = _explainable()
    wanted = code.upper() if code.upper() in known else code.lower()
    if wanted not in known:
        near = did_you_mean(
            near for word in (wanted, code.upper()) for near in near_words(word, known, most=3)
        )
        hint = f": {near}" if near else ""
        raise click.UsageError(f"nothing is called {code!r}{hint}")
    if fmt == "json":
        data = {"format": "recognition-explain/1", "code": wanted, "text": known[wanted]}
        return Answer(data=data)
    return Answer(text=known[wanted])


def _explainable() -> dict[str, str]:
    """Everything `explain` knows, by code or word."""
    known = {
        code.code: f"{code.code} {code.name} ({code.severity})\n{code.meaning}\n{code.remedy}"
        for code in CODES.values()
    }
    for rule in RULES:
        lines = [
            f"{rule.code} {rule.act}: from {', '.join(map(str, rule.before))} to {rule.after}",
            f"ban must be {', '.join(rule.bans)};"
            f" becomes {rule.ban_becomes or 'the same'}; needs {rule.needs}",
            rule.why,
            f"See: {rule.reference}.",
        ]
        known[rule.code] = "\n".join(lines)
    for step, kind_of_step in STEP_OF.items():
        known[step] = f"entry {step}: {summary_of(kind_of_step)}"
    kinds: tuple[type[Ranked], ...] = (Stage, Ban, Act, Voice, Attestation, Bearing, Reason)
    for kind in kinds:
        for member in kind:
            line = f"{kind.__name__.lower()} {member}: {member.meaning}"
            known[str(member)] = "\n".join(filter(None, [known.get(str(member)), line]))
    return known
