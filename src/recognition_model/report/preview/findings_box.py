"""What is found in the files, on the pages of a preview."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from html import escape
from pathlib import PurePath

from attrs import frozen

from recognition_model.analysis.edition import country_of_file
from recognition_model.analysis.lint import lint
from recognition_model.core.countries import name_of
from recognition_model.core.diagnostics import Finding, in_order
from recognition_model.core.wording import escape_invisible
from recognition_model.report.html import rendered
from recognition_model.report.preview.reading import State
from recognition_model.report.site.plan import Site

MOST = 50
"""The most findings shown for one file; the terminal has them all."""
_START = re.compile(rb'<body[^>]*>\s*(?:<a class="skip"[^>]*>[^<]*</a>\s*)?')
_OF_COUNTRY = re.compile(r"(?:embed/history-)?([A-Z]{3})\.(?:html|json)")
_POLICY = b'<meta http-equiv="Content-Security-Policy" content="'


@frozen(kw_only=True)
class Shown:
    """A finding as a page shows it: with the line of the file that it is about."""

    severity: str
    code: str
    message: str
    hint: str
    place: str
    line: int
    text: str


@frozen(kw_only=True)
class Found:
    """What was found, by country. `others` are the findings of no country.

    `stale` are the countries whose file cannot be used now, each with its name. Their pages show
    the last version that could be read, if there was one: `shown` are the countries with a page.
    """

    by_country: Mapping[str, tuple[Finding, ...]]
    others: tuple[Finding, ...]
    stale: Mapping[str, str]
    shown: frozenset[str]


def code_of_page(path: str) -> str:
    """The country whose page, data or bare figure a path is; empty if it is of none."""
    found = _OF_COUNTRY.fullmatch(path)
    return found[1] if found else ""


def found_in(state: State, site: Site | None) -> Found:
    """Sort the findings of the files, their replays and their warnings by country."""
    replays = site.replays if site else ()
    known = {one.scenario.file: one.country for one in replays}
    every = [*state.findings, *(found for one in replays for found in one.findings)]
    if site is not None and site.known_by is None:  # lint checks the files as they are
        every += lint(state.folder, replays)
    by_country: defaultdict[str, list[Finding]] = defaultdict(list)
    others: list[Finding] = []
    for found in dict.fromkeys(in_order(every)):
        file = found.place.file
        code = known.get(file) or country_of_file(file)
        (by_country[code] if code else others).append(found)
    return Found(
        by_country={code: tuple(some) for code, some in by_country.items()},
        others=tuple(others),
        stale={code: PurePath(file).name for code, file in state.stale.items()},
        shown=frozenset(known.values()),
    )


def dressed(page: bytes, path: str, found: Found, *, was: bytes) -> bytes:
    """Put the box of findings on a page, and the script that shows it anew when it changes.

    The script gets `was`, and may ask this server alone.
    """
    up = "../" * path.count("/")
    code = code_of_page(path)
    mine = found.by_country.get(code, ())
    errors = [
        (one, name_of(one), sum(f.is_error for f in some))
        for one, some in found.by_country.items()
        if one != code and any(f.is_error for f in some)
    ]
    box = rendered(
        "site/preview.html.j2",
        up=up,
        file=found.stale.get(code, ""),
        had=code in found.shown,
        mine=[_shown(one) for one in mine[:MOST]],
        more=len(mine) - MOST,
        others=[_shown(one) for one in found.others[:MOST]],
        errors=sorted(errors, key=lambda one: one[1]),
    ).encode()
    script = (
        f'<link rel="stylesheet" href="{up}-/preview.css">\n'
        f'<script src="{up}-/preview.js" data-page="{escape(path)}" data-was="'
    ).encode()
    page = page.replace(_POLICY, _POLICY + b"connect-src 'self'; ", 1)
    page = page.replace(b"</head>", script + was + b'" defer></script>\n</head>', 1)
    return _START.sub(lambda start: start[0] + box, page, count=1)


def page_without_site(path: str) -> bytes:
    """Make the page of a country that could never be read, or of a folder without any country."""
    code = code_of_page(path)
    title = f"{name_of(code)} cannot be shown yet" if code else "There is nothing to show yet"
    up = "../" * path.count("/")
    return rendered("site/preview-page.html.j2", title=title, up=up).encode()


def _shown(found: Finding) -> Shown:
    place = found.place
    where = f"{PurePath(place.file).name}" + (f", line {place.line}" if place.line else "")
    return Shown(
        severity=found.severity.value,
        code=found.code,
        message=escape_invisible(found.message),
        hint=escape_invisible(found.hint),
        place=escape_invisible(where),
        line=place.line,
        text=escape_invisible(place.text),
    )
