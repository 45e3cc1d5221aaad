"""The page of one country, its data, and its figure alone on a page to embed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import evolve, frozen

from recognition_model.analysis.edition import Edition, edition_of
from recognition_model.analysis.stamp import Stamp
from recognition_model.core.countries import in_prose
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.citation import citation_of_country
from recognition_model.io.provenance import digest_of
from recognition_model.report.build import citations_of, report_data
from recognition_model.report.country_views import country_view
from recognition_model.report.entries import Footnotes
from recognition_model.report.grounds import anchors_of
from recognition_model.report.html import takeaways, words
from recognition_model.report.references import reference_view
from recognition_model.report.site.data import as_file, country_data
from recognition_model.report.site.figures import drawn_in
from recognition_model.report.site.frame import Frame, page
from recognition_model.report.site.plan import Neighbour
from recognition_model.report.view import FigureView


@frozen(kw_only=True)
class CountryPart:
    """All that the files of a country depend on."""

    replay: Replay
    before: Neighbour | None = None
    after: Neighbour | None = None
    address: str = ""
    feed: bool = True

    @property
    def edition(self) -> Edition:
        """What the files are made from: the record of this country alone."""
        return edition_of([self.replay], dates="all")

    @property
    def frame_of(self) -> tuple[Any, ...]:
        """What the frame of its page depends on beside the replay."""
        return self.before, self.after, self.address, self.feed


def country_part(part: CountryPart, figures: Iterable[str] = ()) -> dict[str, bytes]:
    """Make the page of a country, its data and its bare figure, each by its path.

    `figures` are the paths of the files of its figures.
    """
    replay, code = part.replay, part.replay.country
    citations = citations_of([replay])
    footnotes = Footnotes(citations)
    view = country_view(replay, footnotes)
    sources = [reference_view(one, footnotes) for one in citations.sources]
    heading = view.picture.title
    answer = view.answer[0] + view.answer[2]
    edition = part.edition
    stamp = Stamp(
        kind="report",
        name="report",
        title=heading,
        edition=edition,
        data=digest_of(report_data([replay])),
    )
    frame = Frame(
        path=f"{code}.html",
        title=heading,
        about=answer,
        address=part.address,
        feed=part.feed,
        stamp=stamp.as_json(),
        foot=_made_from(edition, replay),
        scripts=("country.js",),
        data=f"{code}.json",
    )
    citation = citation_of_country(replay, day=edition.day)
    shown: dict[str, Any] = {
        "country": view,
        "sources": sources,
        "citation": citation,
        "files": {view.picture.name: takeaways(view.picture), "page": {"bib": citation.bibtex}},
        "before": part.before,
        "after": part.after,
        "drawn": drawn_in(figures).get(f"history-{code}"),
        "words": words(),
        "edition": edition,
    }
    data = country_data(
        replay,
        heading=heading,
        answer=answer,
        edition=edition,
        names=dict(anchors_of(replay)),
    )
    bare = Frame(
        path=f"embed/history-{code}.html", title=heading, address=part.address, feed=part.feed
    )
    return {
        frame.path: page("country.html.j2", frame, **shown),
        f"{code}.json": as_file(data),
        bare.path: page("embed.html.j2", bare, drawn=_alone(view.picture, code), code=code),
    }


def _made_from(edition: Edition, replay: Replay) -> str:
    known = f"; as known by {replay.known_by}" if replay.known_by else ""
    of = in_prose(replay.country)
    return f"{edition.in_words}{known}; the data on {of} end on {replay.history.documented_until}."


def _alone(drawn: FigureView, code: str) -> FigureView:
    """The figure for a page of its own: its marks lead to the page of the country."""
    return evolve(drawn, svg=drawn.svg.replace(f'href="#{code}/', f'href="../{code}.html#{code}/'))
