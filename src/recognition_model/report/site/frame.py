"""What every page of a site has around its content: title, address, links, style, policy."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from recognition_model.core.wording import without_marks
from recognition_model.io.provenance import version
from recognition_model.report.html import rendered
from recognition_model.report.site.plan import Site

POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self';"
    " base-uri 'none'; form-action 'none'"
)
"""No page loads anything from outside its folder, runs a script in it, or sends anything."""

MISSING = "404.html"
"""The page that a server shows for an address without a page."""

NAVIGATION = (
    ("index.html", "Countries"),
    ("histories.html", "Histories"),
    ("compare.html", "Compare"),
    ("changes.html", "Changes"),
    ("claims.html", "Claims"),
    ("sources.html", "Sources"),
    ("signals.html", "Signals"),
    ("codebook.html", "Codebook"),
    ("figures.html", "Figures"),
    ("search.html", "Search"),
)


@frozen(kw_only=True)
class Frame:
    """The frame of one page. `path` is its place in the folder, `about` says what it shows.

    `address` is the address of the site; empty if it is for any place. `scripts` are the files of
    scripts that it loads, `stamp` is JSON for the program, and `foot` says what it was made from.
    `feed` says whether the site has a feed.
    """

    path: str
    title: str = field(converter=without_marks)
    about: str = field(default="", converter=without_marks)
    address: str = ""
    scripts: tuple[str, ...] = ("page.js",)
    stamp: str = ""
    foot: str = ""
    data: str = ""
    feed: bool = True

    @property
    def up(self) -> str:
        """The way from the page to the top of the folder.

        A server shows the page for a missing address below any path: it needs the full address.
        """
        if self.path == MISSING and self.address:
            return self.address
        return "../" * self.path.count("/")

    @property
    def full(self) -> str:
        """The full address of the page; empty if the site is for any place."""
        path = "" if self.path == "index.html" else self.path
        return self.address and self.address + path


def page(template: str, frame: Frame, **values: Any) -> bytes:
    """Fill in the template of a page."""
    return rendered(
        f"site/{template}",
        frame=frame,
        policy=POLICY,
        program=version(),
        navigation=NAVIGATION,
        **values,
    ).encode()


def made_from(site: Site) -> str:
    """Say at the foot of a page what it was made from."""
    known = f"; as known by {site.known_by}" if site.known_by else ""
    until = max(one.history.documented_until for one in site.replays)
    edition = site.edition
    without = f" {edition.without}" if edition.without else ""
    return f"{edition.in_words}{known}; the latest record ends on {until}.{without}"
