"""The first page: the sentence of the day, the slider, the map, and the table of countries."""

from __future__ import annotations

from recognition_model.analysis.stamp import Stamp
from recognition_model.core.basis import basis_in_words
from recognition_model.core.citations import Citations
from recognition_model.core.countries import in_prose, name_of
from recognition_model.exports.citation import citation_of_record
from recognition_model.io.provenance import digest_of
from recognition_model.report.as_of import as_json, as_of
from recognition_model.report.atlas import map_view
from recognition_model.report.build import finding_of
from recognition_model.report.country_views import standing_view
from recognition_model.report.entries import Footnotes
from recognition_model.report.html import script, words
from recognition_model.report.site.data import as_file, index_data
from recognition_model.report.site.frame import Frame, made_from, page
from recognition_model.report.site.plan import Site

SOURCES = "sources.html"
SCRIPTS = (
    *("base", "position", "address", "table", "map", "site_find", "marks", "files"),
    *("site_play", "site_page", "begin", "site_index", "fit"),
)


def index_files(site: Site) -> dict[str, bytes]:
    """Make the index, its script and its data. A site of organisations alone lists these."""
    replays, edition = site.countries or site.organisations, site.edition
    citations = Citations.of_scenarios(one.scenario for one in replays)
    footnotes = Footnotes(citations, SOURCES)
    rows = [standing_view(one, footnotes) for one in replays]
    record = as_json(as_of(replays, citations))
    alone = f"Where {in_prose(replays[0].country)} stands"
    heading = (finding_of(replays) if site.countries else "") or alone
    stamp = Stamp(
        kind="report", name="report", title=heading, edition=edition, data=digest_of(record)
    )
    frame = Frame(
        path="index.html",
        title=heading,
        about="Where each country stands towards the Taliban government, with evidence.",
        address=site.address,
        feed=site.has_feed,
        scripts=("index.js",),
        stamp=stamp.as_json(),
        foot=made_from(site),
        data="index.json",
    )
    citation = citation_of_record(site.replays, day=edition.day)
    ends = [one.history.on(one.history.documented_until).basis for one in replays]
    shown = {
        "rows": rows,
        "map": map_view(rows, "{}.html") if len(rows) > 1 else None,
        "files": {"site": {"bib": citation.bibtex}},
        "record": record,
        "basis": basis_in_words(ends) if len(replays) > 1 else "",
        "known_by": str(site.known_by or ""),
        "citation": citation,
        "organisations": [(one.country, name_of(one.country)) for one in site.organisations],
        "words": words(),
    }
    return {
        frame.path: page("index.html.j2", frame, **shown),
        "index.js": str(script(*SCRIPTS)).encode(),
        "index.json": as_file(index_data(site.replays, heading=heading, edition=edition)),
    }
