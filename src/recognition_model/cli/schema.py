"""`recognition-model schema`: the JSON Schema of a kind of file."""

from __future__ import annotations

from pathlib import Path

import click

from recognition_model.cli.answer import Answer
from recognition_model.cli.options import examples
from recognition_model.cli.selection import Selection, record_options
from recognition_model.core.wording import escape_invisible, plural
from recognition_model.io.atomic import write_whole


@click.command(
    "schema",
    epilog=examples(
        "recognition-model schema",
        "recognition-model schema sources -o sources.json",
        "recognition-model schema --with my-record -o scenario.json",
    ),
)
@click.argument(
    "name",
    type=click.Choice(
        [
            "scenario",
            "collective",
            "sources",
            "authority",
            "signals",
            "checked",
            "searches",
            "crosswalk",
            "rules",
            "scale",
            "choices",
        ]
    ),
    default="scenario",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("-"),
    help="Write this file, in UTF-8; - is standard output. Default: standard output.",
)
@record_options
def command(name: str, output: Path, record: Selection) -> Answer:
    """Print or write the JSON Schema of a kind of file, for an editor.

    Without a name, make the schema of a scenario file. An editor completes the words for signals
    from it. With --with or --scenarios, it completes those of this record too, and the names of its
    sources. New ones stay valid.
    """
    from recognition_model.io.json_schema import json_schema, schema_text

    printed = str(output) == "-"
    if not printed and output.suffix.lower() != ".json":
        raise click.UsageError(
            f"a JSON Schema ends in .json, not as {escape_invisible(output.name)!r}"
        )
    folder = None if record.shipped else record.load()
    errors = [found for found in folder.findings if found.is_error] if folder else []
    if printed:
        return Answer(data=json_schema(name, folder), findings=errors)
    write_whole({output: schema_text(name, folder).encode()})
    text = f"wrote {escape_invisible(str(output))}: the schema of a {name} file"
    if folder is not None:
        text += f", with {plural(len(folder.sources), 'source', 'sources')}"
    return Answer(text=text, findings=errors)
