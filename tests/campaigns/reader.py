"""One case through the reader: a document or a folder of them is read, replayed and linted.

A document is read as the package reads its format: by `load_KIND` if the library has one, beside a
scenario if files of its name are read there, else as a file of a record. What must hold:
only `RecordError` is raised; each finding has a known code, a place in the file, and short texts
without control characters; findings are sorted; and a document without errors is written by
`io.writer` and read back as equal.
"""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import recognition_model as rm
from campaigns.campaign import ROOT, Found
from campaigns.documents import document, name_of
from campaigns.grammar import KINDS, register
from recognition_model.analysis import claims
from recognition_model.analysis.lint import lint
from recognition_model.core.codes import CODES
from recognition_model.core.diagnostics import BESIDE, Finding, RecordError, in_order
from recognition_model.core.level_history import levels_of
from recognition_model.core.wording import escape_invisible
from recognition_model.engine.outcomes import Replay
from recognition_model.io import crosswalks, loader, rules_files, scale_files, writer

TOGETHER = "folder"  # a case of several documents in one folder
LONGEST = 2000  # letters of a message or a hint
SLOW = 20.0  # seconds of processor time
TWICE = 0.02  # the share of cases that are run a second time
WRITTEN = 0.3  # the share of clean documents that are written and read again
KNOWN_BY = ("2001-12-07", "2021-08-15", "2024-05-27", "2026-01-01")
BESIDE_IT = """\
format: recognition-scenario/1
country: OMN
title: A made-up record
start: {stage: hostile, ban: none, date: 2021-08-15, assumed: Made up.}
documented-until: 2026-01-08
reviewed: 2026-01-08
timeline:
  - signal: visit
    date: 2024-05-27
    evidence: [{source: yearbook-2026, voice: press, credibility: 3, claim: An example.}]
"""
LINE_ENDS = re.compile("\r\n|[\n\r]")

codes: Counter[str] = Counter()
"""How often each code was found in this run."""


@cache
def place() -> Path:
    """The folder of this process for all cases, in memory where that is possible."""
    memory = Path("/dev/shm")  # noqa: S108
    made = Path(tempfile.mkdtemp(prefix="fuzz-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def two_countries() -> rm.Folder:
    """Two countries of the record, for tables of rules, scales and choices."""
    return rm.load_folder([ROOT / "scenarios" / f"{code}.yaml" for code in ("OMN", "RUS")])


@cache
def samples() -> tuple[Replay, ...]:
    return tuple(rm.replay(one) for one in two_countries().scenarios)


def _load_choices(path: Path) -> rm.Chosen:
    return rm.load_choices(path, two_countries())  # else the whole register is read for each case


LOADERS: dict[str, Callable[[Path], Any]] = {
    kind: getattr(module, f"load_{kind}")
    for module in (rm, crosswalks, rules_files, scale_files)
    for kind in KINDS
    if hasattr(module, f"load_{kind}")
} | {"choices": _load_choices}


def case(_number: int, random: Random) -> str:
    """One case: a document of some format, or one time in ten a whole folder."""
    together = random.random() < 0.1
    files = _folder_of(random) if together else _file_of(random)
    kind = TOGETHER if together else next(iter(files))
    return tried(kind, files, random)


def _file_of(random: Random) -> dict[str, bytes]:
    kind, data = document(random)
    return {kind: data}


def _folder_of(random: Random) -> dict[str, bytes]:
    """Documents of some formats that are read together."""
    kinds = [Path(name).stem for name in BESIDE if name.endswith(".yaml")]
    kinds = ["scenario", *(kind for kind in kinds if random.random() < 0.5)]
    kinds += ["collective"] if random.random() < 0.3 else []
    return {kind: document(random, kind)[1] for kind in kinds}


def tried(kind: str, files: dict[str, bytes], random: Random) -> str:
    """Read documents by their formats, and check what comes of it. The kind of the outcome."""
    begun = time.process_time()
    shown = "\n".join(f"--- {one}\n{data!a}" for one, data in files.items())
    try:
        findings, records = read(kind, files)
        _check(findings, files)
        if random.random() < TWICE:
            _same(findings, [read(kind, files)[0]], "the second reading")
        if records and random.random() < WRITTEN:
            for record in records:
                _write_and_read(record)
    except Found as found:
        raise Found(f"{kind}: {found.sentence}", f"{found.evidence}\n{shown}") from None
    except Exception as error:
        raise Found(
            f"{kind}: {type(error).__name__}", f"{traceback.format_exc()}\n{shown}"
        ) from error
    if (took := time.process_time() - begun) > SLOW:
        raise Found(f"{kind}: it takes {took:.0f} seconds", shown)
    codes.update({found.code for found in findings})
    usable = not any(found.is_error for found in findings)
    return f"{kind} {'usable' if usable else 'with errors'}"


def read(kind: str, files: dict[str, bytes]) -> tuple[tuple[Finding, ...], list[Any]]:
    """Read documents, replay what they tell and lint it: all findings, and clean records."""
    folder = place() / "here"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for one, data in files.items():
        (folder / name_of(one, data)).write_bytes(data)
    path = folder / name_of(kind, files[kind]) if kind in files else folder
    if kind in LOADERS:
        try:
            record = LOADERS[kind](path)
        except RecordError as error:
            return error.findings, []
        _use(record)
        return (), [record]
    if path.name in BESIDE:
        (folder / "OMN.yaml").write_text(BESIDE_IT, encoding="utf-8")
    found = loader.load_folder([folder if path.name in BESIDE else path], register())
    return _all_findings(found)


def _all_findings(folder: rm.Folder) -> tuple[tuple[Finding, ...], list[Any]]:
    """What `replay` tells of a folder, and its records if it has no error."""
    if folder.findings != in_order(folder.findings):
        raise Found("the findings of a folder are not sorted")
    replays = [rm.replay(one) for one in folder.all_scenarios]
    for one in folder.all_scenarios:
        rm.replay(one, known_by=KNOWN_BY[len(one.timeline) % len(KNOWN_BY)])
    found = [one for replay in replays for one in replay.findings]
    for collective in folder.collectives:
        found += [one for check in claims.check(collective, replays) for one in check.findings]
    found += lint(folder, replays, strict=True)
    findings = in_order([*folder.findings, *found])
    if any(one.is_error for one in folder.findings):
        return findings, []
    return findings, [*folder.all_scenarios, *folder.collectives, folder]


def _use(record: Any) -> None:
    """Replay a sample by a table of rules, or put it on a scale."""
    for replay in samples():
        if isinstance(record, rm.RuleTable):
            rm.replay(replay.scenario, rules=record)
        elif isinstance(record, rm.Scale):
            levels_of(replay, record)


# --- what must hold ----------------------------------------------------------------------------


def _check(findings: Sequence[Finding], files: dict[str, bytes]) -> None:
    ends = {name_of(kind, data): _lines_of(data) for kind, data in files.items()}
    for found in findings:
        told = f"{found!r}"
        known = CODES.get(found.code)
        if known is None or found.severity.rank > known.severity.rank:
            raise Found(f"{found.code} is no code of that severity", told)
        where = found.place
        if not Path(where.file).is_relative_to(place() / "here"):
            raise Found(f"{found.code} stands in another file", told)
        lines = ends.get(Path(where.file).name)
        if lines is not None:
            _check_place(found, lines)
        for text in (found.message, found.hint):
            if len(text) > LONGEST:
                raise Found(f"{found.code} has a text of {len(text)} letters", told)
            if escape_invisible(text) != text:
                raise Found(f"{found.code} has control characters", told)
        if not found.message:
            raise Found(f"{found.code} says nothing", told)


def _lines_of(data: bytes) -> list[str]:
    text = data.removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
    return LINE_ENDS.split(text)


def _check_place(found: Finding, lines: Sequence[str]) -> None:
    where, told = found.place, f"{found!r}"
    if not 0 <= where.line <= len(lines) or (where.line == 0) != (where.column == 0):
        raise Found(f"{found.code} stands in line {where.line}:{where.column}", told)
    if where.text and where.line and where.text != lines[where.line - 1]:
        raise Found(f"{found.code} shows another line", f"{told}\n{lines[where.line - 1]!r}")
    if where.line and where.column > len(lines[where.line - 1]) + 1:
        raise Found(f"{found.code} stands behind its line", told)


def _write_and_read(record: Any) -> None:
    """Write a record without errors, and read it back as equal."""
    if isinstance(record, rm.Folder):
        for log in record.searches.values():
            text = writer.searches_text(log.searches)
            _same(log.searches, _read_again(text, "searches.yaml").searches.values(), text)
        return
    if isinstance(record, rm.Scenario):
        text, name = writer.scenario_text(record), f"{record.country}.yaml"
        _same(record, _read_again(text, name).all_scenarios, text)
    elif isinstance(record, rm.Collective):
        text = writer.collective_text(record)
        _same(record, _read_again(text, "collective.yaml").collectives, text)
    elif isinstance(record, rm.RuleTable):
        text = rules_files.rules_text(record)
        path = place() / "again.yaml"
        path.write_text(text, encoding="utf-8", newline="\n")
        _same(record, [rules_files.load_rules(path)], text)


def _read_again(text: str, name: str) -> rm.Folder:
    folder = place() / "again"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    if name in BESIDE:
        (folder / "OMN.yaml").write_text(BESIDE_IT, encoding="utf-8")
    found = loader.load_folder([folder], register())
    if any(one.is_error for one in found.findings):
        raise Found("what is written has errors", f"{found.findings}\n{text}")
    return found


def _same(record: Any, others: Iterable[Any], text: str) -> None:
    found = list(others)
    if found != [record] and [getattr(one, "searches", None) for one in found] != [record]:
        raise Found(
            "what is written reads back as something else", f"{record!r}\n{found!r}\n{text}"
        )
