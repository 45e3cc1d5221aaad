"""What the words of scales mean, for `explain`: those that ship, their levels, and the columns."""

from __future__ import annotations

from collections.abc import Iterator

from recognition_model.core.glossary import Meaning, fold
from recognition_model.exports.panel_levels import level_fields
from recognition_model.exports.units import Unit
from recognition_model.io.scale_files import load_scale, shipped_scales

KEYS = {
    "ambiguous": "Entries that lead to two levels; there is none for a scale that can be used.",
    "cases": "How many combinations of a level, a state and an entry were tried.",
    "faults": "Mistakes of a scale, whatever the record.",
    "kept_out": "Entries that name a level which the state does not allow, so that nothing moved.",
    "moves": "How many entries of the record moved a level.",
    "ok": "Whether a scale is total and unambiguous: it can be used.",
    "reached": "The countries that ever stood on each level.",
    "unheld": "Levels of the record that its state did not allow; empty for a scale that can be"
    " used.",
    "digest": "The first 48 bits of the SHA-256 of a scale, in hexadecimal.",
    "entries": "The entries on which the possible levels rest.",
    "level": "The level of a country on a scale, or null if the dates leave several.",
    "levels": "The levels of a scale, the lowest first, or those that the dates leave.",
    "line": "The line of an entry in its file.",
    "scale": "The scale that an answer uses, by name, title and digest.",
}
"""Keys of the JSON that a scale adds to."""


def scale_meanings() -> Iterator[Meaning]:
    """List the scales that ship, their levels, and the columns and keys that a scale adds."""
    for name in shipped_scales():
        scale = load_scale(name)
        yield Meaning(word=name, label=f"scale {name}", text=scale.about, group="Scales")
        for level in scale.levels:
            # `charge` is asked for as the first word of `chargé d'affaires`, which has a meaning.
            named = fold(level.in_words).startswith(fold(level.level))
            word = level.in_words if named else level.level
            label = f"level {level.level} of {name}"
            yield Meaning(word=word, label=label, text=level.meaning, group="Scales")
    tables = ", ".join(f"country_{unit.value}" for unit in Unit)
    for field in level_fields(load_scale("representation"), "all"):
        label = f"column {field.name} of {tables}, with a scale"
        group = "Columns of tables"
        yield Meaning(word=field.name, label=label, text=field.description, group=group)
    for word, text in KEYS.items():
        label, group = f"JSON key {word} with a scale", "Keys of JSON output"
        yield Meaning(word=word, label=label, text=text, group=group)
