"""Make the pages of a site when they are asked for, and make again only what has changed."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Mapping
from hashlib import sha256

from recognition_model.core.folder import Folder
from recognition_model.report.html import script, style
from recognition_model.report.preview.findings_box import (
    code_of_page,
    dressed,
    found_in,
    page_without_site,
)
from recognition_model.report.preview.reading import Reading, State
from recognition_model.report.site.build import country_files, key_of
from recognition_model.report.site.frame import NAVIGATION
from recognition_model.report.site.plan import Site
from recognition_model.report.site.shared_pages import figures_page, shared_groups

EVERY = 0.1  # seconds between two looks at the files
SOON = 0.5  # seconds from the reading of one file to that of all
OWN = "-/"
"""Where the files of the preview itself are: no page of a site is there."""


class SitePages:
    """The pages of a site in memory. `make` plans the site of a folder.

    Pages are made one at a time: matplotlib draws for one thread alone.
    """

    def __init__(self, reading: Reading, make: Callable[[Folder], Site]) -> None:
        self._reading, self._make = reading, make
        self.ended = threading.Event()
        self._making = threading.RLock()
        self._turned = threading.Condition()
        self._version = 0
        self._countries: dict[str, tuple[str, dict[str, bytes]]] = {}
        self._homes: dict[str, str] = {}  # the group of each file
        self._all_made = False
        self._show(reading.state)

    def keep(self, told: Callable[[State], None]) -> None:
        """Read again whenever a file changes, until `ended` is set.

        `told` receives what was read.
        """
        while not self.ended.wait(EVERY):
            try:
                changed = self._reading.changed()
                for state in self._reading.again(changed) if changed else ():
                    self._show(state)
                    told(state)
                    self.ended.wait(SOON)  # the page that is open comes first
            except Exception:
                traceback.print_exc()

    def file(self, path: str) -> bytes | None:
        """Return a file of the site, a page with what was found in the files; None if none."""
        if path.startswith(OWN):
            return _own_file(path)
        if not path.endswith(".html"):
            return self._plain(path)
        page = self._page(path)
        return page and page.replace(_WAS, _digest(page).encode(), 1)

    def state(self, path: str, was: str, seconds: float) -> str:
        """Return the digest of a page: at once if it is not `was`, or else when it changes."""
        until = time.monotonic() + seconds
        while True:
            with self._turned:
                version = self._version
            page = self._page(path)
            now = _digest(page) if page is not None else "gone"
            left = until - time.monotonic()
            if now != was or left <= 0:
                return now
            with self._turned:
                if self._version == version:
                    self._turned.wait(left)

    def _show(self, state: State) -> None:
        """Take what was read; pages that it does not change stay."""
        try:
            site: Site | None = self._make(state.folder)
        except ValueError:  # nothing can be shown: the findings say why
            site = None
        found = found_in(state, site)
        with self._making:
            self._site, self._found = site, found
            self._keys: dict[str, str] = {}
            self._shared: dict[str, dict[str, bytes]] = {}
            self._groups = _groups(site) if site else {}
        with self._turned:
            self._version += 1
            self._turned.notify_all()

    def _page(self, path: str) -> bytes | None:
        """Return a page with its box, and a place for its digest."""
        with self._making:
            found = self._found
            page = self._plain(path)
        code = code_of_page(path)
        if page is None:
            if code not in found.stale and (self._site is not None or path not in _NAMES):
                return None
            page = page_without_site(path)
        return dressed(page, path, found, was=_WAS)

    def _plain(self, path: str) -> bytes | None:
        with self._making:
            site = self._site
            if site is None:
                return None
            code = code_of_page(path)
            if code:
                return self._country(site, code).get(path) if code in site.codes else None
            return self._of_all(path)

    def _country(self, site: Site, code: str) -> Mapping[str, bytes]:
        key = self._keys.get(code) or self._keys.setdefault(code, key_of(site, code))
        old = self._countries.get(code)
        if old is None or old[0] != key:
            old = self._countries[code] = key, country_files(site, code)
        return old[1]

    def _of_all(self, path: str) -> bytes | None:
        """Make the group that has the file; where it is not known yet, one after the other."""
        home = self._homes.get(path)
        if home is None and self._all_made:
            return None
        for name in [home] if home else self._groups:
            if name not in self._shared:
                self._shared[name] = self._groups[name]()
                self._homes |= dict.fromkeys(self._shared[name], name)
            if path in self._shared[name]:
                return self._shared[name][path]
        self._all_made = home is None
        return None


_NAMES = frozenset(to for to, _ in NAVIGATION)
"""The pages of all countries: without any usable file, each says that there is nothing yet."""

_WAS = b"@digest@"
"""Stands for the digest of a page, which is that of the page with this in its place."""


def _groups(site: Site) -> dict[str, Callable[[], dict[str, bytes]]]:
    """What makes the pages of all countries; a preview makes no files of figures."""
    return {**shared_groups(site), "figures": lambda: figures_page(site, [])}


def _own_file(path: str) -> bytes | None:
    """Return the script or the style sheet of the preview."""
    if path == f"{OWN}preview.js":
        return script("preview").encode()
    return style("preview").encode() if path == f"{OWN}preview.css" else None


def _digest(page: bytes) -> str:
    return sha256(page).hexdigest()[:16]
