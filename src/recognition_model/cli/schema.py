"""`recognition-model schema`: the JSON Schema of a kind of file."""

from __future__ import annotations

import click

from recognition_model.cli.answer import (
    Answer,
)


@click.command("schema")
@click.argument(
    "name", type=click.Choice(["scenario", "collective", "sources"]), default="scenario"
)
def command(name: str) -> Answer:
    """The JSON Schema of a kind of file, for an editor."""
    from recognition_model.io.json_schema import json_schema

    return Answer(data=json_schema(name))
