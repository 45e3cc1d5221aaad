"""The server of a preview: for this machine alone, and not to be held up by any client."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

import pytest
from attrs import define, field

from recognition_model.report.preview import server as serving
from recognition_model.report.preview.server import PreviewServer


@define
class Shelf:
    """Pages as a dictionary, for a server that needs no record."""

    files: dict[str, bytes] = field(factory=lambda: {"index.html": b"<p>first</p>", "a.js": b"1"})

    def file(self, path: str) -> bytes | None:
        if path == "broken.html":
            raise ZeroDivisionError
        return self.files.get(path)

    def state(self, path: str, was: str, seconds: float) -> str:
        time.sleep(seconds if was == "same" else 0)
        return f"state of {path}"


@contextmanager
def served(pages: serving.Pages) -> Iterator[PreviewServer]:
    server = PreviewServer(pages)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def server() -> Iterator[PreviewServer]:
    """A server of two files."""
    with served(Shelf()) as server:
        yield server


def ask(
    server: PreviewServer,
    path: str = "/",
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
) -> tuple[int, bytes, http.client.HTTPMessage]:
    """Ask for a path: status, body and headers."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)) as line:
        line.request(method, path, headers=dict(headers or {}))
        answer = line.getresponse()
        return answer.status, answer.read(), answer.headers


def test_server_listens_on_the_loopback_alone(server: PreviewServer) -> None:
    assert server.socket.getsockname()[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.server_port}/"


def test_root_is_the_index_and_files_have_their_types(server: PreviewServer) -> None:
    status, body, headers = ask(server)
    assert (status, body, headers["Content-Type"]) == (
        *(200, b"<p>first</p>"),
        "text/html; charset=utf-8",
    )
    assert ask(server, "/index.html?x=1")[1] == b"<p>first</p>"
    assert ask(server, "/a.js")[2]["Content-Type"] == "text/javascript; charset=utf-8"


def test_head_gives_the_headers_of_a_file_without_the_file(server: PreviewServer) -> None:
    with closing(socket.create_connection(("127.0.0.1", server.server_port), timeout=10)) as line:
        line.sendall(f"HEAD / HTTP/1.0\r\nHost: localhost:{server.server_port}\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(1000), b""))
    assert b" 200 " in answer
    assert b"Content-Length: 12\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_are_refused(server: PreviewServer, method: str) -> None:
    assert ask(server, method=method)[0] == 501


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.html",
        "/../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/..\\..\\secret",
        "/index.html/",
        "/index.html%00.js",
        "/%ff",
    ],
)
def test_only_files_of_the_site_are_served(server: PreviewServer, path: str) -> None:
    assert ask(server, path)[:2] == (404, b"there is no such page")


@pytest.mark.parametrize("host", ["example.org", "example.org:{port}", "127.0.0.1:1", "[::1]", ""])
def test_request_for_another_host_is_refused(server: PreviewServer, host: str) -> None:
    """A page of the web could otherwise read the preview through a name that leads to 127.0.0.1."""
    named = host.format(port=server.server_port)
    assert ask(server, headers={"Host": named})[0] == 421
    assert ask(server, headers={"Host": f"localhost:{server.server_port}"})[0] == 200


def test_request_without_a_host_is_refused(server: PreviewServer) -> None:
    with closing(socket.create_connection(("127.0.0.1", server.server_port), timeout=10)) as line:
        line.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert b" 421 " in line.recv(100)


def test_other_sites_may_not_embed_what_is_served(server: PreviewServer) -> None:
    headers = ask(server, "/a.js")[2]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Access-Control-Allow-Origin"] is None


def test_silent_and_broken_clients_do_not_hang_the_others(server: PreviewServer) -> None:
    silent = [
        socket.create_connection(("127.0.0.1", server.server_port), timeout=10) for _ in range(30)
    ]
    for at, line in enumerate(silent):
        line.sendall([b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n"][at % 3])
    began = time.monotonic()
    assert ask(server)[0] == 200
    assert time.monotonic() - began < 2
    for line in silent:
        line.close()
    assert ask(server)[0] == 200


def test_silent_client_is_dropped(server: PreviewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert server.RequestHandlerClass.timeout == serving.SLOW
    monkeypatch.setattr(server.RequestHandlerClass, "timeout", 0.2)
    with closing(socket.create_connection(("127.0.0.1", server.server_port), timeout=10)) as line:
        line.sendall(b"GET / HT")
        assert line.recv(10) == b""


def test_too_many_clients_are_turned_away_until_there_is_room(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serving, "MOST", 3)
    with served(Shelf()) as server:
        address = ("127.0.0.1", server.server_port)
        held = [socket.create_connection(address, timeout=10) for _ in range(3)]
        for line in held:
            line.sendall(b"GET")
        time.sleep(0.2)
        with closing(socket.create_connection(address, timeout=10)) as line:
            assert line.recv(10) == b""
        for line in held:
            line.close()
        time.sleep(0.2)
        assert ask(server)[0] == 200
    assert capfd.readouterr().err == ""


def test_page_that_cannot_be_made_leaves_the_server_at_work(
    server: PreviewServer, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ask(server, "/broken.html")[:2] == (
        *(500,),
        b"the page could not be made: the terminal says why",
    )
    assert ask(server)[0] == 200
    err = ""
    while "ZeroDivisionError" not in err:  # the thread may still write
        err += capfd.readouterr().err
        time.sleep(0.01)


def test_client_that_goes_away_leaves_no_trace(
    server: PreviewServer, capfd: pytest.CaptureFixture[str]
) -> None:
    server.pages.files["big"] = b"x" * 50_000_000  # type: ignore[attr-defined]
    with closing(socket.create_connection(("127.0.0.1", server.server_port), timeout=10)) as line:
        line.sendall(f"GET /big HTTP/1.0\r\nHost: 127.0.0.1:{server.server_port}\r\n\r\n".encode())
        line.recv(10)
    assert ask(server)[0] == 200
    time.sleep(0.2)
    assert capfd.readouterr().err == ""


def test_state_of_a_page_is_asked_for_by_its_path(server: PreviewServer) -> None:
    assert ask(server, "/-/state?page=FJI.html&was=x")[:2] == (200, b"state of FJI.html")
    assert ask(server, "/-/state")[:2] == (200, b"state of index.html")
