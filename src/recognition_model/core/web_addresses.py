"""Web addresses: what of them counts, and what they tell of a page without reading it."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import SplitResult, urlsplit, urlunsplit

from recognition_model.core.types import SHAPES, WebAddress

_TRACKING = re.compile(
    "utm_.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|igshid|igsh"
    "|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|ref_src|at_(?:medium|campaign)",
    re.IGNORECASE,
)
_DAY_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?!\d)")
_FRONT_LABELS = ("www.", "m.", "mobile.", "amp.")


class AddressError(ValueError):
    """A text that is no web address which a source can have."""


def without_tracking(url: str) -> tuple[str, tuple[str, ...]]:
    """Return an address without parameters that only track readers, and the names of these.

    Raises `AddressError` for a text that is no http or https address.
    """
    url = url.strip()
    parts = _split(url)
    if parts is None or not SHAPES[WebAddress].fits(url) or not url.isprintable():
        raise AddressError(f"{url!r} is not the address of a page: write it whole, with https://")
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


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
    except ValueError:  # an impossible IPv6 address
        return None
    return parts if parts.hostname else None
