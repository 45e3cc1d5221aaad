"""The preview of a site: its pages while their files are written, on this machine alone."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click

from recognition_model.cli import output
from recognition_model.cli.selection import Selection
from recognition_model.core.countries import counted
from recognition_model.core.wording import escape_invisible, plural
from recognition_model.io.loader import record_root, version_of
from recognition_model.report.preview.pages import SitePages
from recognition_model.report.preview.reading import Reading, State
from recognition_model.report.preview.server import PreviewServer
from recognition_model.report.site.plan import site_of


def serve_preview(
    record: Selection, countries: Sequence[str], known_by: date | None, port: int
) -> None:
    """Serve the pages until the user ends it with Ctrl-C. A port of 0 is any that is free."""
    asked = [*record.instead, *record.beside]
    places = [*asked, *([] if record.instead else [record_root("scenarios")])]
    reading = Reading(record.load, [*places, version_of(places).seeds])
    pages = SitePages(
        reading, partial(site_of, countries=countries, known_by=known_by, rules=record.rules)
    )
    try:
        server = PreviewServer(pages, port)
    except OSError as error:
        raise click.UsageError(f"--port {port} cannot be used: {error.strerror}") from None
    about = counted(one.country for one in reading.state.folder.all_scenarios)
    _say(f"preview of {about} at {server.address} (Ctrl-C ends it)", reading.state)
    threading.Thread(target=pages.keep, args=(partial(_say, ""),), daemon=True).start()
    try:
        server.serve_forever()
    finally:
        pages.ended.set()
        server.server_close()


def _say(first: str, state: State) -> None:
    """Say what was found in the files as they are now: each error, and how many others."""
    errors = [found for found in state.findings if found.is_error]
    others = len(state.findings) - len(errors)
    lines = [first] if first else []
    for found in errors:
        lines.append(escape_invisible(str(found)))
        lines += [f"  {escape_invisible(found.hint)}"] if found.hint else []
    shown = {one.country for one in state.folder.all_scenarios}
    kept = _names(file for code, file in state.stale.items() if code in shown)
    never = _names(file for code, file in state.stale.items() if code not in shown)
    lines += [f"the last version that could be read is shown of {kept}"] if kept else []
    lines += [f"no version could be read yet of {never}"] if never else []
    told = f", {plural(others, 'other finding', 'other findings')}" if others else ""
    if not first or errors or others:
        lines.append(f"read: {plural(len(errors), 'error', 'errors')}{told}")
    output.write("\n".join(lines), sys.stdout)
    sys.stdout.flush()


def _names(files: Iterable[str]) -> str:
    return ", ".join(escape_invisible(Path(file).name) for file in files)
