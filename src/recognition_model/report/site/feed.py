"""The Atom feed of new entries, and the map of the site for search engines.

No date comes from the clock: an entry is dated by the day on which it became known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from recognition_model.core.citing import CREATORS, LICENCE, TITLE
from recognition_model.core.countries import name_of
from recognition_model.core.wording import escape_invisible, without_marks
from recognition_model.report.sentences import VOICES
from recognition_model.report.site.news import News

MOST = 200
"""How many entries a feed has: the newest."""
FEED = "changes.xml"
OWN = "Own files for recognition_model"


def atom(news: Sequence[News], *, address: str = "", own: bool = False, origin: str = "") -> bytes:
    """Write the newest news as an Atom feed (RFC 4287). Raises `ValueError` if there are none.

    What a user's `own` files say is not ours to sign or to license.

    The name of an item follows from its entry alone, so that it lasts if the site moves. Without an
    `address` links are relative to the feed. The name of the feed follows from its address, or from
    its `origin` if it has none.
    """
    if not news:
        raise ValueError("a feed needs at least one item")
    newest = news[:MOST]
    here = f'  <link rel="self" href={quoteattr(address + FEED)}/>' if address else ""
    title, author = (OWN, OWN) if own else (TITLE, CREATORS[0])
    rights = "" if own else f"  <rights>{_text(LICENCE.name)}</rights>"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"  <id>{name_for('/'.join(filter(None, ['feed', address or origin])))}</id>",
        f"  <title>{_text(title)}</title>",
        f"  <updated>{newest[0].known}T00:00:00Z</updated>",
        f"  <author><name>{_text(author)}</name></author>",
        f'  <link rel="alternate" type="text/html" href={quoteattr(address + "changes.html")}/>',
        *filter(None, [rights, here]),
        *(line for one in newest for line in _entry(one, address)),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def name_for(anchor: str) -> str:
    """Return the lasting name of an entry in a feed: a UUID made from its anchor."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'recognition-model/{anchor}')}"


def _entry(one: News, address: str) -> list[str]:
    best = one.best
    says = f"{VOICES[best.voice]}, {best.grade}: {best.claim} ({best.source.publisher})"
    summary = " ".join(filter(None, [one.note, says]))
    return [
        "  <entry>",
        f"    <id>{name_for(one.anchor)}</id>",
        f"    <title>{_text(one.title)}</title>",
        f"    <updated>{one.known}T00:00:00Z</updated>",
        f"    <category term={quoteattr(one.country)} label={quoteattr(name_of(one.country))}/>",
        f'    <link rel="alternate" type="text/html" href={quoteattr(address + one.page)}/>',
        f"    <summary>{_text(summary)}</summary>",
        "  </entry>",
    ]


def site_map(pages: Iterable[str], address: str) -> bytes:
    """List the pages of a site by their full addresses, as sitemaps.org has it."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"  <url><loc>{escape(address + page)}</loc></url>" for page in pages),
        "</urlset>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _text(text: str) -> str:
    """Make a text fit for XML: without signs that it forbids, without invisible ones."""
    return escape(escape_invisible(without_marks(text)))
