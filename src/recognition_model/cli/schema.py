"""`recognition-model schema`: the JSON Schema of a kind of file."""

from __future__ import annotations

import click

from recognition_model.cli.answer import Answer
from recognition_model.cli.options import examples


@click.command(
    "schema",
    epilog=examples(
        "recognition-model schema",
        "recognition-model schema sources",
    ),
)
@click.argument(
    "name",
    type=click.Choice(["scenario", "collective", "sources", "authority"]),
    default="scenario",
)
def command(name: str) -> Answer:
    """Print the JSON Schema of a kind of file, for an editor.

    Without a name, print the schema of a scenario file.
    """
    from recognition_model.io.json_schema import json_schema

    return Answer(data=json_schema(name))
