"""Web addresses: what of them counts, and what they tell of a page without reading it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from urllib.parse import SplitResult, urlsplit, urlunsplit

from recognition_model.core.types import SHAPES, WebAddress

_TRACKING = re.compile(
    "utm_.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|igshid|igsh"
    "|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|ref_src|at_(?:medium|campaign)",
    re.IGNORECASE,
)
_DAY_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?!\d)")
_COPY = re.compile(
    r"https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?P<scheme>https?):/{1,2}(?P<rest>[^/].*)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?=.*[^\W_])(?:[\w-]|[^\x00-\x7f])+")
_FRONT_LABELS = ("www.", "m.", "mobile.", "amp.")


class AddressError(ValueError):
    """A text that is no web address which a source can have."""


def page_address(url: str) -> str:
    """Return the address of a page, its scheme and host in small letters.

    Raises `AddressError` for a text that is no http or https address, or that has a character
    which no address can have, a user's name or a password.
    """
    if not isinstance(url, str):
        raise TypeError(f"a web address is a text, not {url!r}")
    url = url.strip()
    scheme, found, rest = url.partition("://")
    where = re.match(r"[^/?#]*", rest)
    host = where[0] if where else ""
    if "@" in host:
        raise AddressError("a user's name or a password stands before the host: leave it out")
    if not found or scheme.lower() not in ("http", "https") or not host:
        raise _no_page(url)
    for char in rest:
        if char in ' "<>' or not char.isprintable():
            raise AddressError(_no_place_for(char, in_host=char in host))
    if len(url) > SHAPES[WebAddress].longest:
        longest = SHAPES[WebAddress].longest
        raise AddressError(f"the address has {len(url)} characters: write at most {longest}")
    url = f"{scheme.lower()}://{host.lower()}{rest.removeprefix(host)}"
    parts = _split(url)
    if parts is None or not _is_host(parts) or not SHAPES[WebAddress].fits(url):
        raise _no_page(url)
    return url


def archived_page(url: str) -> str:
    """Return the page of which an address of web.archive.org has a copy; empty if it is none."""
    copy = _COPY.fullmatch(url)
    return f"{copy['scheme']}://{copy['rest']}" if copy else ""


def without_tracking(url: str) -> tuple[str, tuple[str, ...]]:
    """Return an address without parameters that only track readers, and the names of these.

    Raises `AddressError` as `page_address` does.
    """
    url = page_address(url)
    parts = urlsplit(url)
    pieces = parts.query.split("&") if parts.query else []
    dropped = [piece for piece in pieces if _tracks(piece)]
    if not dropped:
        return url, ()
    kept = "&".join(piece for piece in pieces if not _tracks(piece))
    return urlunsplit(parts._replace(query=kept)), tuple(p.partition("=")[0] for p in dropped)


def host_of(url: str) -> str:
    """Return the host of an address without `www.` and the like; empty if it has none."""
    parts = _split(url)
    host = ((parts.hostname if parts else "") or "").rstrip(".")
    for front in _FRONT_LABELS:
        host = host.removeprefix(front)
    return host


def comparable(url: str) -> tuple[str, str, tuple[str, ...]]:
    """Return what two addresses of one page share: host, path and parameters."""
    parts = _split(url)
    if parts is None:
        return url, "", ()
    kept = sorted(piece for piece in parts.query.split("&") if piece and not _tracks(piece))
    page = parts.fragment if parts.fragment[:1] in ("!", "/") else ""
    return host_of(url), parts.path.rstrip("/") + page, tuple(kept)


def day_in_path(url: str) -> str:
    """Return a day that the path has, as many addresses of newspapers do; else nothing."""
    for year, month, day in _DAY_IN_PATH.findall(urlsplit(url).path):
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return ""


def _tracks(piece: str) -> bool:
    """Whether a parameter, with its value, only tracks readers."""
    return _TRACKING.fullmatch(piece.partition("=")[0]) is not None


def _no_page(url: str) -> AddressError:
    return AddressError(f"{url!r} is not the address of a page: write it whole, with https://")


def _no_place_for(char: str, *, in_host: bool) -> str:
    """Say which character cannot stand in an address, and what to do about it."""
    name = unicodedata.name(char, "control character").lower()
    written = char in ' "<>' and not in_host
    remedy = f"write it as %{ord(char):02X}" if written else "leave it out"
    return f"the address has a character that none can have, U+{ord(char):04X} ({name}): {remedy}"


def _is_host(parts: SplitResult) -> bool:
    """Whether an address names a host, by its labels or by an IPv6 address, and a port or none."""
    try:
        parts.port  # noqa: B018 - raises for a port that is none
    except ValueError:
        return False
    host = parts.hostname or ""
    labels = host.removesuffix(".").split(".")
    return ":" in host or all(_LABEL.fullmatch(label) for label in labels)


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
    except ValueError:  # an impossible IPv6 address
        return None
    return parts if parts.hostname else None
