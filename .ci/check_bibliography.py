"""Bibliographies, read back by programs that people cite with: pandoc, biber, BibTeX, citeproc-py.

`nox -s consumers` runs this. pandoc, biber and BibTeX are Debian packages (`pandoc`, `biber`,
`texlive-latex-base`); `.ci/run` installs them. One that is missing is named, and not tried.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import evolve

import recognition_model as rm
from recognition_model.core.dates import When
from recognition_model.core.evidence import Source, SourceType
from recognition_model.core.types import SourceName
from recognition_model.exports.bibliography import bibtex, csl

BLTX = "{http://biblatex-biber.sourceforge.net/biblatexml}"
LISTS = {"book": "publisher", "report": "institution", "online": "organization"}
KINDS = {  # what pandoc makes of an entry's type and subtype
    SourceType.BILL: "legislation",
    SourceType.POST: "webpage",
    SourceType.POST_WEBLOG: "webpage",
    **dict.fromkeys(
        (
            SourceType.BROADCAST,
            SourceType.DOCUMENT,
            SourceType.HEARING,
            SourceType.INTERVIEW,
            SourceType.SPEECH,
        ),
        "",
    ),
}
HARD = {
    "name": "Foreign Affairs, Defence and Trade",
    "signs": "50% & #1 $2 x_y ^ ~ \\ {z}",
    "cyrillic": "Кабул: послы и торговля",
    "persian": "سرپرست سفارت و وزارت خارجه",
    "dashes": "5 -- 6 --- 7",
    "quote": 'Bin Laden: "Afghanistan"',
}


def made_up(source: Source) -> list[Source]:
    """Sources of every type, with texts that are hard to write and dates of every form."""
    dates = ("2024-05-27", "2024-05~", "2024-05-28..2024-05-29", "2024-05..2024-07", "2024..")
    found = []
    for kind in SourceType:
        for at, (name, text) in enumerate(HARD.items()):
            written = evolve(
                source,
                id=SourceName(f"{kind.value.replace('_', '-')}-{name}"),
                type=kind,
                title=f"Title, {text}",
                publisher=f"Publisher, {text}",
                author=f"Author, {text}" if at % 2 else None,
                issued=When.parse(dates[at % len(dates)]),
                public=None,
                note=None,
            )
            found.append(written)
    return found


def quotes(text: str) -> str:
    """A text with one kind of quotation mark: pandoc writes its own."""
    return re.sub("[\"'‘’“”]", "'", text)


def with_pandoc(sources: Sequence[Source]) -> None:
    command = ["pandoc", "--from", "biblatex", "--to", "csljson", "all.bib"]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    read = {item["id"]: item for item in json.loads(run.stdout)}
    assert list(read) == [source.id for source in sources]
    for source, item in zip(sources, csl(sources), strict=True):
        found = read[source.id]
        name = found["publisher"] if "publisher" in found else found["container-title"]
        wanted = item["publisher"] if "publisher" in item else item["container-title"]
        assert quotes(name) == quotes(wanted), (name, wanted)
        assert quotes(found["title"]) == quotes(item["title"]), (found["title"], item["title"])
        assert [quotes(a["literal"]) for a in found.get("author", ())] == [
            quotes(a["literal"]) for a in item.get("author", ())
        ], found
        assert found["type"] == KINDS.get(source.type, source.type.value), found
        assert found["issued"] == seen_by_pandoc(item["issued"], source), (found, item)
        assert quotes(found.get("note", "")) == quotes(item.get("note", "")), (found, item)


def seen_by_pandoc(issued: dict[str, Any], source: Source) -> dict[str, Any]:
    """A date as pandoc gives it: it has no words for a date, and no mark for a doubtful one."""
    if "literal" in issued:
        return {"date-parts": []}
    return {k: v for k, v in issued.items() if k != "circa" or not source.issued.doubtful}


def with_biber(sources: Sequence[Source]) -> None:
    command = ["biber", "--tool", "--output-format=biblatexml", "--output-file=all.xml", "all.bib"]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    said = [line for line in run.stdout.splitlines() if line.startswith(("WARN", "ERROR"))]
    known = ("Overwriting field 'month'", "legacy year field")  # for the classic styles
    assert not [line for line in said if not any(word in line for word in known)], said
    entries = {entry.get("id"): entry for entry in ET.parse("all.xml").getroot()}  # noqa: S314
    assert len(entries) == len(sources)
    for source, item in zip(sources, csl(sources), strict=True):
        entry = entries[source.id]
        names = entry.findall(f"{BLTX}names/{BLTX}name")
        assert len(names) == (1 if source.author else 0), source.id
        if name := LISTS.get(str(entry.get("entrytype"))):
            assert len(entry.findall(f"{BLTX}{name}/{BLTX}list/{BLTX}item")) == 1, source.id
        dates = [date.text or "" for date in entry.findall(f"{BLTX}date") if not date.get("type")]
        parts, circa = item["issued"].get("date-parts"), item["issued"].get("circa", False)
        read = [re.sub("[~?]", "", date) for date in dates]
        wanted = "-".join(f"{n:02}" for n in parts[0]) if parts else item["issued"]["literal"]
        assert read == [wanted], (read, wanted)
        assert any(mark in date for date in dates for mark in "~?") is circa, source.id


def with_bibtex(sources: Sequence[Source]) -> None:
    for style in ("plain", "plainnat"):
        job = f"\\relax\n\\citation{{*}}\n\\bibdata{{all}}\n\\bibstyle{{{style}}}\n"
        Path(f"{style}.aux").write_text(job, "utf-8")
        run = subprocess.run(["bibtex", style], check=True, capture_output=True, text=True)
        warned = {line for line in run.stdout.splitlines() if line.startswith("Warning")}
        known = ("empty author in", "isn't style-file defined", "empty author and editor in")
        assert not [line for line in warned if not any(word in line for word in known)], warned
        text = Path(f"{style}.bbl").read_text("utf-8")
        blocks = {re.findall(r"\{([^{}]+)\}\n", block)[0]: block for block in items_of(text)}
        assert set(blocks) == {source.id for source in sources}, style
        for source, item in zip(sources, csl(sources), strict=True):
            issued = item["issued"]
            year = issued["literal"] if "literal" in issued else str(issued["date-parts"][0][0])
            assert year in " ".join(blocks[source.id].split()), blocks[source.id]


def items_of(text: str) -> list[str]:
    return re.split(r"\\bibitem(?=[\[{])", text)[1:]


def with_citeproc(sources: Sequence[Source]) -> None:
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    items = csl(sources)
    style = CitationStylesStyle("ieee", validate=False)
    pages = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for source in sources:
        pages.register(Citation([CitationItem(source.id)]))
    made = dict(zip(pages.keys, map(str, pages.bibliography()), strict=True))
    assert set(made) == {source.id for source in sources}
    for item in items:
        text = made[item["id"]]
        name = item["publisher"] if "publisher" in item else item["container-title"]
        assert f"{name}, {name}" not in text, text
        assert f"{name}. {name}" not in text, text


def main() -> None:
    shipped = list(rm.read_sources().values())
    sources = shipped + made_up(evolve(shipped[0], archive=None, seen=None))
    Path("all.bib").write_text(bibtex(sources), "utf-8")
    checks = {"pandoc": with_pandoc, "biber": with_biber, "bibtex": with_bibtex}
    tried = ["citeproc-py"]
    with_citeproc(sources)
    for program, check in checks.items():
        if shutil.which(program) is None:
            print(f"NOT CHECKED: {program} is not installed", file=sys.stderr)
            continue
        check(sources)
        tried.append(program)
    print(f"{len(sources)} sources, read back by {', '.join(tried)}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        import os

        os.chdir(folder)
        main()
