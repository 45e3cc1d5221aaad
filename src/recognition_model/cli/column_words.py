"""Meanings of columns that only the CSV of a command has, for `explain`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from recognition_model.core.glossary import Meaning

_COLUMNS: Mapping[str, tuple[str, str]] = {
    "changes_by_coder": ("coverage", "How many changes only their coder checked."),
    "changes_by_other": ("coverage", "How many changes somebody other than the coder checked."),
    "changes_not_found": ("coverage", "How many changes cite a page that could not be found."),
    "changes_wrong": ("coverage", "How many changes are known to be wrong."),
    "entries_by_other": ("coverage", "How many entries somebody other than the coder checked."),
    "list": ("changes", "The list that a change is in: happened or became known."),
    "not_met": ("next", "Why no rule permits an act, in words; empty for an act that is open."),
    "one_source": ("coverage", "How many changes of a country rest on one source."),
    "reached_on": ("status", "The date at which the stage asked about with --by was reached."),
    "silent_from": ("coverage", "The first day of the longest stretch without a dated entry."),
    "silent_to": ("coverage", "The last day of the longest stretch without a dated entry."),
    "signals_by_other": ("coverage", "How many signals somebody other than the coder checked."),
    "weakest_act": ("coverage", "The act of the change with the weakest evidence."),
    "weakest_date": ("coverage", "The date of the change with the weakest evidence."),
    "weakest_grade": ("coverage", "The grade of the change with the weakest evidence."),
}


def column_meanings() -> Iterator[Meaning]:
    """List the columns that no table, file or JSON output has, each with its command."""
    for word, (command, text) in _COLUMNS.items():
        label, group = f"CSV column {word} of {command}", "Columns of CSV output"
        yield Meaning(word=word, label=label, text=text, group=group)
