"""The answer of `prove --scale`: what was tried, what the record reaches, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable

import click

from recognition_model.analysis.scale_proof import ScaleProof
from recognition_model.cli.render import aligned, wrapped
from recognition_model.core.countries import counted
from recognition_model.core.stages import STATES
from recognition_model.core.wording import escape_invisible, plural

MOST_NAMED = 3


def scale_proof_in_words(proof: ScaleProof, codes: Iterable[str]) -> str:
    """Write what a scale was tried on, which levels the records of `codes` reach, shortcomings.

    The scale was read from a file, so no state lacks a level.
    """
    parts = [_always(proof), _sometimes(proof, counted(codes))]
    if proof.kept_out:
        parts.append(_section(_KEPT_OUT, map(str, proof.kept_out)))
    found = [*proof.ambiguous, *proof.unheld]
    if found:
        parts.append(_section("Shortcomings", found))
    return "\n\n".join([*parts, _summary(proof, len(found))])


_KEPT_OUT = "Kept out: entries that name a level which the state does not allow; they move nothing"


def _section(head: str, texts: Iterable[str]) -> str:
    lines = [line for text in texts for line in wrapped(text, "    ", "  ")]
    return "\n".join([_title(head), *lines])


def _title(text: str) -> str:
    return click.style(text, bold=True)


def _always(proof: ScaleProof) -> str:
    scale = proof.scale
    leads = plural(len(proof.ambiguous), "entry leads", "entries lead")
    rows = [
        ("  scale", scale.in_words),
        ("  levels", " < ".join(level.in_words for level in scale.levels)),
        ("  total", f"each of the {len(STATES)} states has a level"),
        ("  unambiguous", f"{leads if proof.ambiguous else 'no entry leads'} to two levels"),
    ]
    head = f"Always: {proof.cases:,} cases of a level, a state and an entry tried"
    return "\n".join([_title(head), aligned([(name, escape_invisible(one)) for name, one in rows])])


def _sometimes(proof: ScaleProof, records: str) -> str:
    moves = plural(proof.moves, "moves a level", "move a level")
    entries = plural(proof.entries, "entry", "entries")
    head = f"Sometimes, in {records}: {entries}, {moves}"
    rows = []
    for level in proof.scale.levels:
        codes = proof.reached[level.level]
        rows.append((f"  {escape_invisible(level.in_words)}", f"reached {len(codes)}", _few(codes)))
    return "\n".join([_title(head), aligned(rows)])


def _few(codes: Iterable[str]) -> str:
    first = list(codes)
    more = len(first) - MOST_NAMED
    return ", ".join(first[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _summary(proof: ScaleProof, shortcomings: int) -> str:
    answer = "total and unambiguous" if proof.ok else "not usable"
    return ", ".join(
        [
            f"{answer}: {proof.cases:,} cases",
            plural(proof.entries, "entry", "entries"),
            plural(proof.moves, "move", "moves"),
            plural(shortcomings, "shortcoming", "shortcomings"),
        ]
    )
