"""A server for pages in memory, for this machine alone.

It listens on the loopback only and answers GET and HEAD. It reads no file: what it serves comes
from `Pages`, by path. A request that names another host is refused, so that a page of the web
cannot read the record through a name of its own (DNS rebinding).
"""

from __future__ import annotations

import socketserver
import sys
import threading
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
STATE = "-/state"
"""Where a page asks whether it has changed: `-/state?page=RUS.html&was=DIGEST`."""
HOLD = 15.0  # seconds that an answer waits for a change
SLOW = 10.0  # seconds after which a client that says nothing is dropped
MOST = 100  # requests at a time

_TEXT = "text/plain; charset=utf-8"
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xml": "application/atom+xml; charset=utf-8",
}


class Pages(Protocol):
    """Gives the pages by their paths, and waits for changes."""

    def file(self, path: str) -> bytes | None:
        """Return a file of the site; None if there is none."""

    def state(self, path: str, was: str, seconds: float) -> str:
        """Return the digest of a page: at once if it is not `was`, or else when it changes.

        It waits no longer than some seconds.
        """


class PreviewServer(ThreadingHTTPServer):
    """Serves pages on the loopback, on a free port if `port` is 0."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, pages: Pages, port: int = 0) -> None:
        self.pages = pages
        self._free = threading.BoundedSemaphore(MOST)
        super().__init__((HOST, port), _Handler)

    def server_bind(self) -> None:
        """Bind the port without asking the network for the name of this machine."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    @property
    def address(self) -> str:
        """The address of the first page."""
        return f"http://{HOST}:{self.server_port}/"

    @property
    def hosts(self) -> frozenset[str]:
        """What a request may name as its host."""
        return frozenset(f"{name}:{self.server_port}" for name in NAMES)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, unless too many requests wait already."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer one request, and make room for another."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that went away or fell silent."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    timeout = SLOW
    server_version = "recognition-model"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        hosts = self.headers.get_all("Host") or []
        if len(hosts) != 1 or hosts[0].lower() not in self.server.hosts:
            told = f"this preview only answers requests to {self.server.address}"
            self._send(HTTPStatus.MISDIRECTED_REQUEST, told.encode())
            return
        try:
            url = urlsplit(self.path)
        except ValueError:
            self._send(HTTPStatus.BAD_REQUEST, b"not an address")
            return
        path = unquote(url.path).removeprefix("/") or "index.html"
        if path == "favicon.ico":  # browsers ask for it, and complain if it is missing
            self._send(HTTPStatus.NO_CONTENT, b"")
            return
        try:
            if path == STATE:
                asked = {name: some[0] for name, some in parse_qs(url.query).items()}
                state = self.server.pages.state(
                    asked.get("page", "index.html"), asked.get("was", ""), HOLD
                )
                data: bytes | None = state.encode()
            else:
                data = self.server.pages.file(path)
        except Exception as error:
            with suppress(OSError):
                problem = b"the page could not be made: the terminal says why"
                self._send(HTTPStatus.INTERNAL_SERVER_ERROR, problem)
            raise RuntimeError(f"{path} could not be made") from error
        if data is None:
            self._send(HTTPStatus.NOT_FOUND, b"there is no such page")
        else:
            self._send(HTTPStatus.OK, data, _KINDS.get(PurePosixPath(path).suffix, _TEXT))

    def _send(self, status: HTTPStatus, data: bytes, kind: str = _TEXT) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Log nothing: the terminal is for what is found in the files."""
