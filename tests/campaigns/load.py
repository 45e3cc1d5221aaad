"""The preview server of `site` under load: `nox -s load -- --seconds 60 --rate 200`.

A preview of two countries runs as a process of its own. Clients of many kinds ask it, at a given
rate: browsers, clients that break off, that send a letter a second, that send what is not HTTP,
that climb out of the folder, that name another host, that send enormous headers. The program
compares each page with what the server gave before the crowd came. A secret lies beside the record;
no answer may hold it. At the end a good request must be answered at once, and the process must
end with Ctrl-C.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from random import Random
from urllib.parse import quote

from support.commands import INTERRUPTIBLE

SECRET = b"the-secret-beside-the-record"
PATIENCE = 30.0  # seconds that a client waits for an answer; an answer may wait for a change for 15
CLIMBS = (
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "/%252e%252e/secret.txt",
    "/./../secret.txt",
    "/RUS.html/../../secret.txt",
    "/OMN.yaml",
    "/sources.yaml",
    "/.git/config",
    "//etc/passwd",
    "/etc/passwd",
    "/%00secret.txt",
    "/secret.txt%00.html",
    "/file:///etc/passwd",
    "/-/state?page=../secret.txt&was=x",
    "http://127.0.0.1/secret.txt",
)
NO_PAGE = re.compile(rb"HTTP/1\.[01] (?:2\d\d|3\d\d) ")


class Clients:
    """Clients of a server on the loopback: what they asked, and what they got."""

    def __init__(self, port: int, pages: dict[str, bytes], random: Random) -> None:
        self.port, self.pages, self.random = port, pages, random
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []

    async def send(self, data: bytes, *, pause: float = 0.0, read: bool = True) -> bytes:
        """Send bytes, all at once or one at a time, and read the answer."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            if pause:
                for letter in data:
                    writer.write(bytes([letter]))
                    await writer.drain()
                    await asyncio.sleep(pause)
            else:
                writer.write(data)
                await writer.drain()
            return await reader.read() if read else b""
        finally:
            writer.close()

    def get(self, path: str, *more: str, method: str = "GET", host: str | None = None) -> bytes:
        lines = [f"{method} {path} HTTP/1.0", f"Host: {host or f'127.0.0.1:{self.port}'}", *more]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")

    async def one(self, kind: str) -> None:
        """One client of a kind. What it may not see goes to the faults."""
        try:
            answer = await asyncio.wait_for(getattr(self, kind)(), PATIENCE)
        except TimeoutError:
            self.counts[f"{kind}: no answer in {PATIENCE:.0f} s"] += 1
            if kind not in {"slow", "silent"}:
                self.faults.append(f"{kind}: no answer")
            return
        except OSError:
            self.counts[f"{kind}: dropped"] += 1
            return
        status = answer[9:12].decode("ascii", "replace") if answer else "nothing"
        self.counts[f"{kind}: {status}"] += 1
        if SECRET in answer:
            self.faults.append(f"{kind}: the secret was served")

    async def page(self) -> bytes:
        """A browser asks for a page of the site and must get its bytes."""
        path = self.random.choice(sorted(self.pages))
        answer = await self.send(self.get("/" + quote(path)))
        head, _, body = answer.partition(b"\r\n\r\n")
        if answer and (b" 200 " not in head.splitlines()[0] or body != self.pages[path]):
            self.faults.append(f"page: {path} is not what site writes: {head[:80]!r}")
        return answer

    async def head(self) -> bytes:
        answer = await self.send(self.get("/index.html", method="HEAD"))
        if answer.partition(b"\r\n\r\n")[2]:
            self.faults.append("head: a body")
        return answer

    async def missing(self) -> bytes:
        return await self.refused("missing", self.get(f"/{self.random.getrandbits(64):x}.html"))

    async def climb(self) -> bytes:
        path = self.random.choice(CLIMBS)
        data = self.get(path)
        if path.startswith("/-/state"):
            return await self.send(data)
        return await self.refused(f"climb {path}", data)

    async def host(self) -> bytes:
        name = self.random.choice(["evil.example", "127.0.0.1", "[::1]", "", "localhost.evil:80"])
        return await self.refused(f"host {name}", self.get("/index.html", host=name or " "))

    async def headers(self) -> bytes:
        some = self.random.choice(
            [
                ["X: " + "a" * 70_000],
                [f"X-{n}: y" for n in range(200)],
                [f"Host: 127.0.0.1:{self.port}"],
                ["X: \x00\x01\x02"],
                [" folded: line"],
                ["no colon at all"],
                ["Content-Length: 99999999999999999999"],
                ["Transfer-Encoding: chunked", "Content-Length: -1"],
                ["Range: bytes=0-99999999999"],
            ]
        )
        return await self.send(self.get("/index.html", *some))

    async def method(self) -> bytes:
        words = self.random.choice(["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "X"])
        return await self.refused(f"method {words}", self.get("/index.html", method=words))

    async def garbage(self) -> bytes:
        return await self.refused("garbage", self.random.randbytes(300) + b"\r\n\r\n")

    async def broken(self) -> bytes:
        return await self.send(self.get("/index.html"), read=False)

    async def half(self) -> bytes:
        return await self.send(b"GET /index.html HTT", read=False)

    async def slow(self) -> bytes:
        return await self.send(self.get("/index.html"), pause=1.0)

    async def silent(self) -> bytes:
        return await self.send(b"")

    async def waits(self) -> bytes:
        """A page asks whether it has changed, as each open page does."""
        return await self.send(self.get("/-/state?page=index.html&was="))

    async def refused(self, what: str, data: bytes) -> bytes:
        answer = await self.send(data)
        if NO_PAGE.match(answer):
            self.faults.append(f"{what}: {answer[:60]!r}")
        return answer


KINDS = {
    "page": 120,
    "head": 10,
    "waits": 10,
    "missing": 8,
    "climb": 16,
    "host": 8,
    "headers": 8,
    "method": 6,
    "garbage": 6,
    "broken": 5,
    "half": 2,
    "slow": 0.2,
    "silent": 0.2,
}
"""The kinds of clients, and how many of 200 are of that kind."""


async def crowd(clients: Clients, seconds: float, rate: float) -> None:
    """Start clients at a rate, as long as asked, whether or not others have ended."""
    running: set[asyncio.Task[None]] = set()
    names, weights = list(KINDS), list(KINDS.values())
    begun = time.monotonic()
    for number in range(int(seconds * rate)):
        await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
        (kind,) = clients.random.choices(names, weights)
        task = asyncio.create_task(clients.one(kind))
        running.add(task)
        task.add_done_callback(running.discard)
    clients.counts["seconds until the last client began"] = round(time.monotonic() - begun)
    await asyncio.gather(*running)


def threads_of(process: int) -> int:
    """How many threads a process has; 0 where the system does not say."""
    folder = Path(f"/proc/{process}/task")
    return len(list(folder.iterdir())) if folder.exists() else 0


def put_under_load(seconds: float, rate: float, seed: int) -> tuple[Counter[str], list[str]]:
    """What the clients counted, and the faults."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "record")
        folder.mkdir()
        Path(name, "secret.txt").write_bytes(SECRET)
        (folder / "secret.txt").write_bytes(SECRET)
        command = [sys.executable, *INTERRUPTIBLE, "site", "--preview", "OMN", "RUS"]
        told = Path(name, "stderr")
        with (
            told.open("wb") as errors,
            subprocess.Popen(
                command, cwd=folder, stdout=subprocess.PIPE, stderr=errors, stdin=subprocess.DEVNULL
            ) as process,
        ):
            try:
                assert process.stdout is not None
                line = process.stdout.readline().decode()
                port = int(re.search(r":(\d+)/", line)[1])  # type: ignore[index]
                clients = Clients(port, {}, Random(seed))  # noqa: S311
                for page in ("index.html", "OMN.html", "RUS.html", "compare.html"):
                    answer = asyncio.run(clients.send(clients.get("/" + page)))
                    head, _, body = answer.partition(b"\r\n\r\n")
                    assert b" 200 " in head, head
                    clients.pages[page] = body
                asyncio.run(crowd(clients, seconds, rate))
                time.sleep(11)  # a silent client is dropped after ten seconds
                clients.counts["threads left"] = threads_of(process.pid)
                asyncio.run(asyncio.wait_for(clients.one("page"), 5))
                process.send_signal(signal.SIGINT)
                if process.wait(timeout=10) != 130:
                    clients.faults.append(f"Ctrl-C ends it with {process.returncode}")
            finally:
                process.kill()
        said = told.read_text(encoding="utf-8")
        if said:
            clients.faults.append(f"the server says: {said[:2000]}")
    return clients.counts, clients.faults


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=200.0, help="clients a second")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if os.name != "posix":
        print("NOT TRIED: it ends the server with a signal as POSIX has it")
        return 0
    counts, faults = put_under_load(asked.seconds, asked.rate, asked.seed)
    for kind, count in sorted(counts.items()):
        print(f"{count:7,} {kind}")
    print(*Counter(faults).most_common(20), f"{len(faults)} faults", sep="\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
