"""Check the schemas with the YAML language server: `python tools/check_editor.py COMMAND...`.

COMMAND starts the server that VS Code and other editors use, for example after `npm install
yaml-language-server`: `node node_modules/yaml-language-server/bin/yaml-language-server --stdio`.

For each kind of file the script accepts the skeletons that the server offers, fills their gaps, and
reads the files: the server, jsonschema and the reader must find nothing wrong. It checks what the
server offers, explains and says of errors too. Prints what it did, and fails at the first surprise.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import threading
from itertools import count
from pathlib import Path
from typing import Any, Self

import recognition_model as rm
from recognition_model.io.json_schema import NAMES, json_schema
from recognition_model.io.loader import record_root

SOURCE = "tass-2022-01-31"
VALUES = {  # of keys, for the gaps of skeletons
    "country": "FJI",
    "title": "Made up",
    "group": "some islands",
    "stage": "engaged",
    "ban": "none",
    "date": "2022-01-30",
    "since": "2021-08-15",
    "first": "2021-08-15",
    "documented-until": "2022-12-31",
    "assumed": "Made up.",
    "note": "Made up.",
    "act": "engage",
    "signal": "visit",
    "refuse": "recognise",
    "because": "wrong-stage",
    "source": SOURCE,
    "voice": "press",
    "credibility": "2",
    "claim": "Made up.",
    "says": "It recognises states.",
    "type": "report",
    "publisher": "The Example",
    "issued": "2023",
    "language": "en",
    "reliability": "C",
    "reviewed": "2022-12-31",
    "seen": "2023-01-01",
    "where": "Made up.",
    "codes": "cameo",
    "reference": "Made up.",
    "why": "Made up.",
    "searched": "Made up.",
    "entry": "engage 2022-01-30",
    "digest": f"en1-{'0f' * 16}",
    "on": "2023-01-01",
    "by": "coder",
    "result": "not-found",
    "name": "offices",
    "about": "Made up.",
    "level": "contact",
    "meaning": "Made up.",
}
ITEMS = {"countries": "FJI", "found": SOURCE, "codes": "'042'"}  # of lists of plain texts
GAP = re.compile(r"\$\{\d+(:(?P<default>[^}]*))?\}|\$\d+")
HEAD = """\
format: recognition-scenario/1
country: FJI
title: Made up
start: {stage: hostile, ban: none, date: 2021-08-15, assumed: Made up.}
documented-until: 2022-12-31
timeline:
"""
CLAIMS = "format: recognition-collective/1\ntitle: Made up\nclaims:\n"
REGISTER = "format: recognition-sources/1\nsources:\n"
AUTHORITY = "format: recognition-authority/1\ntitle: Made up\n"
SOURCE_ENTRY = (
    "made-up-2023: {type: report, publisher: X, title: Y, issued: 2023, language: en, "
    "reliability: C}"
)
# The reader reads these beside scenarios alone: tests/io/test_schema_skeletons.py does.
LOGS = ("checked", "searches", "crosswalk", "rules", "scale", "choices")
KEYLESS = {"scenario": "stage: hostile", "sources": SOURCE_ENTRY}  # of a status, of a register
ENTRIES = ("An act", "A status", "A signal", "An act to refuse")
KINDS_OF_CLAIM = (
    "A claim that no country had reached a stage",
    "A claim that a country was first",
    "A claim about a group of countries",
)
# The kind of file, its text with | where the editor's cursor is, and the skeletons to accept.
SKELETONS: list[tuple[str, str, tuple[str, ...]]] = [
    # The reader has no vocabulary alone: tests/io/test_schema_skeletons.py reads its skeleton.
    *((kind, "|", (json_schema(kind)["title"],)) for kind in NAMES if kind != "signals"),
    ("scenario", HEAD + "  - |", ENTRIES),
    (
        "scenario",
        HEAD.partition("start")[0] + "documented-until: 2022-12-31\ntimeline: []\nstart:\n  |",
        ("A start that is assumed", "A start with evidence"),
    ),
    (
        "scenario",
        HEAD + "  - act: engage\n    date: 2022\n    evidence:\n      - |",
        ("A piece of evidence",),
    ),
    (
        "scenario",
        HEAD.replace("timeline:", "timeline: []\ndoctrine:\n  |"),
        ("A policy on recognition",),
    ),
    ("collective", CLAIMS + "  - |", KINDS_OF_CLAIM),
    ("sources", REGISTER + "  made-up-2023:\n    |", ("A source",)),
    ("authority", AUTHORITY + "days: []\nperiods:\n  - |", ("A period of rule",)),
    (
        "authority",
        AUTHORITY + "periods: [{first: 2021-08-15}]\ndays:\n  - |",
        ("A day that begins, closes or ends a period",),
    ),
]


class Server:
    """A language server that reads files of one folder."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)
        self._news = threading.Condition()
        self._replies: dict[int, Any] = {}
        self._problems: dict[str, list[dict[str, Any]]] = {}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        threading.Thread(target=self._listen, daemon=True).start()
        item = {"snippetSupport": True, "documentationFormat": ["markdown"]}
        able = {
            "textDocument": {"completion": {"completionItem": item}, "hover": {}},
            "workspace": {"configuration": True, "workspaceFolders": True},
        }
        self._ask("initialize", {"rootUri": folder.as_uri(), "capabilities": able})
        self._tell("initialized", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def offers(self, kind: str, text: str) -> dict[str, dict[str, Any]]:
        """What the menu offers at the cursor, each under its label."""
        found = self._ask("textDocument/completion", self._at(kind, text))
        return {item["label"]: item for item in found["items"]}

    def hover(self, kind: str, text: str) -> str:
        """What the editor explains at the cursor."""
        return str(self._ask("textDocument/hover", self._at(kind, text))["contents"]["value"])

    def problems(self, kind: str, text: str) -> list[str]:
        """What the editor says is wrong with a file."""
        uri = self._open(kind, text)
        with self._news:
            if not self._news.wait_for(lambda: uri in self._problems, timeout=60):
                raise TimeoutError("the server says nothing of the file")
        return [problem["message"] for problem in self._problems[uri]]

    def _at(self, kind: str, text: str) -> dict[str, Any]:
        before, _, after = text.partition("|")
        lines = (line(kind) + before).split("\n")
        place = {"line": len(lines) - 1, "character": len(lines[-1])}
        return {"textDocument": {"uri": self._open(kind, before + after)}, "position": place}

    def _open(self, kind: str, text: str) -> str:
        uri = (self.folder / f"{next(self._numbers)}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": line(kind) + text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        with self._news:
            if not self._news.wait_for(lambda: number in self._replies, timeout=60):
                raise TimeoutError(f"no answer to {method}")
        return self._replies.pop(number)

    def _tell(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            message = json.loads(stream.read(length))
            with self._news:
                if message.get("method") == "textDocument/publishDiagnostics":
                    given = message["params"]
                    self._problems[given["uri"]] = given["diagnostics"]
                elif "method" in message and "id" in message:
                    self._send({"id": message["id"], "result": answer_of(message)})
                elif "id" in message:
                    self._replies[message["id"]] = message["result"]
                self._news.notify_all()


def answer_of(message: dict[str, Any]) -> Any:
    """What an editor answers when the server asks for its settings."""
    if message["method"] != "workspace/configuration":
        return None
    yaml = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
    return [yaml if asked["section"] == "yaml" else {} for asked in message["params"]["items"]]


def line(kind: str) -> str:
    """The first line of a file, which names its schema."""
    return f"# yaml-language-server: $schema={kind}.json\n"


def accepted(server: Server, kind: str, text: str, label: str) -> str:
    """The file after an offer is accepted and its gaps are filled, those of new items likewise."""
    offered = server.offers(kind, text)
    before, _, after = text.partition("|")
    *_, last = before.split("\n")
    indent = " " * (len(last) - len(last.lstrip()))
    made = offered[label]["textEdit"]["newText"].split("\n")
    rows = [without_gap(kind, row, above) for above, row in zip(["", *made], made, strict=False)]
    text = before + f"\n{indent}".join(rows) + after + "\n"
    if "|" not in text:
        return text
    inner = next(title for title in server.offers(kind, text) if title[0].isupper())
    return accepted(server, kind, text, inner)


def without_gap(kind: str, row: str, above: str) -> str:
    """A line with a value in place of its gap: its default, one for its key, or the cursor.

    The line `above` has the key of a list.
    """
    item = ITEMS.get(above.strip(" -:"))
    if item and row.lstrip().startswith("- "):
        return GAP.sub(item, row)
    key, colon, value = row.lstrip(" -").partition(":")
    gap = GAP.search(value if colon else row)
    if colon:
        empty = not value.strip() and key not in ITEMS
        given = VALUES.get(key) if gap or empty else None
        wanted = (gap and gap["default"]) or given
        return row if wanted is None else f"{row.partition(':')[0]}: {wanted}"
    if "-" in row:
        return GAP.sub("|", row)
    if gap or (row and kind == "sources"):  # the server leaves the gap out if it is the last
        return f"{row[: len(row) - len(row.lstrip())]}{KEYLESS[kind]}"
    return row


def check_file(server: Server, kind: str, text: str) -> None:
    """Check that nothing is wrong with a file: neither for the editor nor for the reader."""
    assert server.problems(kind, text) == [], (text, server.problems(kind, text))
    if kind in LOGS:
        return
    name = {"scenario": "FJI", "sources": "sources"}.get(kind, kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.yaml"
        path.write_text(line(kind) + text, encoding="utf-8")
        if kind == "sources":
            assert "made-up-2023" in rm.read_sources(path)
            return
        loaded = rm.load_folder(path)
    found = [*loaded.findings]
    for scenario in loaded.all_scenarios:
        found += rm.replay(scenario).findings
    assert [f.message for f in found if f.is_error] == [], (text, found)


def main(command: list[str]) -> None:
    """Check what the server makes of each schema."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in NAMES:
            made = json.dumps(json_schema(kind, rm.load_folder()))
            (folder / f"{kind}.json").write_text(made, encoding="utf-8")
        with Server(command, folder) as server:
            for kind, text, labels in SKELETONS:
                offered = server.offers(kind, text)
                titles = [one for one in offered if one[0].isupper()]
                assert titles == list(labels), titles
                for label in labels:
                    check_file(server, kind, accepted(server, kind, text, label))
                    print(f"{kind}: {label}")
            check_words(server)
            for path in sorted(record_root("scenarios").glob("[A-Z]*.yaml")):
                _, _, text = path.read_text(encoding="utf-8").partition("\n")
                assert server.problems("scenario", text) == [], path
            print("nothing wrong with the shipped record")


def check_words(server: Server) -> None:
    """Check what is offered and explained inside an entry, and what is said of errors."""
    entry = HEAD + "  - act: engage\n    date: 2022-01-30\n    evidence:\n      - "
    assert list(server.offers("scenario", HEAD + "  - act: |")) == [act.value for act in rm.Act]
    assert list(server.offers("scenario", entry + "voice: |")) == [v.value for v in rm.Voice]
    assert list(server.offers("scenario", entry + "credibility: |")) == list("123456")
    assert {"visit", "charge_accepted"} <= server.offers("scenario", HEAD + "  - signal: |").keys()
    sources = server.offers("scenario", entry + "source: |")
    assert sources[SOURCE]["documentation"].startswith("TASS, "), sources[SOURCE]
    print(f"{len(sources)} sources offered")
    said = server.hover("scenario", entry + "voice: ho|st\n")
    assert "`host`: An authority of the country itself." in said, said
    said = server.hover("scenario", entry + f"source: {SOURCE}|\n")
    assert f"`{SOURCE}`: TASS, " in said, said
    right = {"signal": "new_word", "date": "2022-01-30", "evidence": evidence(source="mine-2022")}
    assert server.problems("scenario", HEAD + entry_of(right)) == []
    for wrong, message in (
        ({"date": "26/08/2021"}, "Not a date: write 2024, "),
        ({"signal": "two words"}, "Not a word for a signal: use small letters"),
        ({"evidence": evidence(source="A B")}, "Not a name of a source: use small letters"),
        ({"evidence": evidence(credibility="B2")}, "Not a grade: write a digit from 1"),
    ):
        (said,) = server.problems("scenario", HEAD + entry_of(right | wrong))
        assert said.startswith(message), said
        print(said)


def evidence(**given: str) -> str:
    """A list with one piece of evidence."""
    values = {key: VALUES[key] for key in ("source", "voice", "credibility", "claim")} | given
    return f"[{{{', '.join(f'{key}: {value}' for key, value in values.items())}}}]"


def entry_of(values: dict[str, str]) -> str:
    """An entry of a timeline."""
    return "  - " + "\n    ".join(f"{key}: {value}" for key, value in values.items()) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
