"""Make a picture, report or table again from another version of the record, and compare.

A file is made again from its stamp, which names its kind and its options. Its data are compared,
not its bytes: another release of matplotlib may draw the same data differently.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from recognition_model.analysis.corrections import corrections
from recognition_model.analysis.edition import Edition, edition_of
from recognition_model.analysis.stamp import Stamp
from recognition_model.analysis.turned_facts import Correction
from recognition_model.core.base import Readable
from recognition_model.core.folder import Folder
from recognition_model.core.scales import Scale
from recognition_model.core.scenario import Scenario
from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay, of_countries
from recognition_model.engine.replay import replay
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.exports.arrow import same_rows
from recognition_model.exports.catalogue import TABLES, table_of
from recognition_model.exports.given import Given
from recognition_model.exports.parquet import parquet
from recognition_model.io.provenance import digest_of
from recognition_model.io.releases import releases
from recognition_model.io.scale_files import scale_marked
from recognition_model.io.stamped import file_in_package
from recognition_model.plots import PictureError, picture
from recognition_model.plots.kinds import KINDS
from recognition_model.report.brief import NAME as BRIEF
from recognition_model.report.brief_window import brief_digest, window_of
from recognition_model.report.build import report_data

MOST_DRAWS = 1000
"""More draws than these are not made for a check: the number is what a file says."""
_TABLE_OPTIONS = ("draws", "seed", "unit", "frame")
_DIGITS = 18
_STAGES = {stage.value: stage for stage in Stage}
_DAY = date.fromisoformat
_OPTIONS: Mapping[str, Callable[[str], Any]] = {
    "since": _DAY,
    "until": _DAY,
    "origin": _DAY,
    "on": _DAY,
    "days": lambda text: tuple(map(_DAY, text.split(","))),
    "stage": _STAGES.__getitem__,
    "level": str,
    "fold": bool,
    "region": bool,
    "without_assumed": bool,
    "question": str,
}
"""How an option of a picture is read from a stamp."""


class _CannotError(Exception):
    """The file cannot be made again; the message says why."""


@frozen(kw_only=True, repr=False)
class FileCheck(Readable):
    """What another version of the record means for a file.

    `now` is the edition of the same file made now. `differs` says whether its data would differ,
    and is None if that cannot be said; `why_not` then says why. `parts` are the tables of a package
    that would differ. `changed` are the countries whose records differ, `gone` those that the
    record does not have now. `corrections` are what was corrected and added in these countries
    since the data release of the file; they are empty for a file of no release. `touched` says that
    the file was changed after it was made.
    """

    stamp: Stamp
    now: Edition
    differs: bool | None
    why_not: str = ""
    parts: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    touched: bool = False

    @property
    def same(self) -> bool:
        """Whether the file was made from exactly what is there now."""
        return self.stamp.edition.version == self.now.version

    @property
    def claims_not_compared(self) -> bool:
        """Whether it is a report with claims about many countries, which are not compared."""
        return self.stamp.kind == "report" and "claims" in self.stamp.edition.also

    @property
    def unknown_release(self) -> bool:
        """Whether the file is of a data release that this program does not have."""
        release = self.stamp.edition.release
        return release is not None and release not in {one.number for one in releases()}

    @property
    def other_rules(self) -> bool:
        """Whether the rule table is another one."""
        return self.stamp.edition.rules != self.now.rules

    @property
    def other_program(self) -> bool:
        """Whether another version of the program is at work."""
        return self.stamp.edition.program != self.now.program

    def to_dict(self) -> dict[str, Any]:
        """Return plain data in the format `recognition-file-check/1`."""
        return {
            "format": "recognition-file-check/1",
            "made_from": self.stamp.to_dict(),
            "now": self.now.to_dict(),
            "same": self.same,
            "differs": self.differs,
            "why_not": self.why_not or None,
            "parts": list(self.parts),
            "changed": list(self.changed),
            "gone": list(self.gone),
            "touched": self.touched,
            "corrections": [one.to_dict() for one in self.corrections],
        }

    def __str__(self) -> str:
        said = {True: "would differ", False: "would be the same", None: "cannot be made again"}
        return f"{self.stamp.kind} {self.stamp.name}: {said[self.differs]}"


def check_file(
    path: Path,
    stamp: Stamp,
    folder: Folder,
    described: Mapping[str, Any],
    *,
    rules: RuleTable = RULES,
) -> FileCheck:
    """Compare a file with what the record in a folder would give now, with a rule table.

    `described` is the descriptor of a table or package, with the hashes of its files. The claims
    about many countries in a report are not compared. Raises `OSError` if the file cannot be read.
    """
    made = stamp.edition
    there: dict[str, Scenario] = {one.country: one for one in folder.all_scenarios}
    countries = [code for code in made.countries if code in there]
    replays = [replay(there[code], known_by=made.known_by, rules=rules) for code in countries]
    differs: bool | None = None
    parts: tuple[str, ...] = ()
    touched, why = False, ""
    try:
        if stamp.kind in ("table", "package"):
            touched, parts = _tables(path, stamp, folder, replays, described)
            differs = bool(parts)
        elif stamp.name == BRIEF:
            differs = _brief_now(made, folder, rules) != stamp.data
        else:
            differs = _data_now(stamp, replays, rules) != stamp.data
    except _CannotError as error:
        why = str(error)
    except PictureError as error:
        differs, why = True, f"it cannot be drawn now: {error}"
    found: tuple[Correction, ...] = ()
    if made.release in {one.number for one in releases()}:
        full = [replay(there[code]) for code in countries]
        found = tuple(
            one
            for one in corrections(full, since=made.release).items
            if one.country in made.countries
        )
    now = _edition_now(stamp, folder, replays, rules)
    return FileCheck(
        stamp=stamp,
        now=now,
        differs=differs,
        why_not=why,
        parts=parts,
        changed=tuple(c for c in countries if now.countries[c] != made.countries[c]),
        gone=tuple(code for code in made.countries if code not in there),
        corrections=found,
        touched=touched,
    )


def _edition_now(
    stamp: Stamp, folder: Folder, replays: Sequence[Replay], rules: RuleTable
) -> Edition:
    made = stamp.edition
    if stamp.kind in ("table", "package"):
        with suppress(_CannotError):
            return _given(stamp, folder, replays).edition(only=made.options.get("table"))
    now = edition_of(
        replays, dates=made.dates, rules=None if replays else rules, options=made.options
    )
    return evolve(now, also=made.also)


def _given(stamp: Stamp, folder: Folder, replays: Sequence[Replay]) -> Given:
    """What a table or package would be made from now, with the options that it was made with.

    An option is the field of `Given` with its name. Draws and seed are whole numbers. Claims about
    many countries are there only if they were: a part of the shipped record is read without them.
    """
    chosen: dict[str, Any] = {}
    for name, value in stamp.edition.options.items():
        if name in ("table", "organisations"):
            continue
        if name == "scale":
            chosen[name] = _scale(value)
            continue
        if name not in _TABLE_OPTIONS:
            raise _CannotError(f"this version has no option {name!r} for a table")
        if name in ("draws", "seed") and not (value.isdecimal() and len(value) <= _DIGITS):
            raise _CannotError(f"its option {name} is no usable number: {value!r}")
        chosen[name] = int(value) if value.isdecimal() else value
    if chosen.get("draws", 0) > MOST_DRAWS:
        raise _CannotError(
            f"it says that it has {chosen['draws']} draws; at most {MOST_DRAWS} are made"
        )
    apart = "organisations" in stamp.edition.options
    try:
        return Given(
            replays=of_countries(replays) if apart else replays,
            organisations=[r for r in replays if r.scenario.of_organisation] if apart else (),
            dates=stamp.edition.dates or "all",
            collectives=folder.collectives if "claims" in stamp.edition.also else (),
            vocabulary=folder.vocabulary,
            **chosen,
        )
    except ValueError as error:
        raise _CannotError(f"its options cannot be used: {error}") from None


def _data_now(stamp: Stamp, replays: Sequence[Replay], rules: RuleTable) -> str | None:
    """The digest of the data that a picture or a report would show now."""
    made = stamp.edition
    if stamp.kind == "report":
        if not replays:
            raise _CannotError("none of its countries is in the record")
        return digest_of(report_data(replays))
    # The rule table was once a picture `network` with an option.
    name = "rules" if made.options.get("picture") == "rules" else stamp.name
    if name not in KINDS:
        raise _CannotError(f"this version draws no picture {name!r}")
    if KINDS[name].rules:
        return picture(name, [], rules=rules).stamp.data
    if not replays:
        raise _CannotError("none of its countries is in the record")
    options = dict(_plot_options(made.options))
    return picture(name, list(replays), dates=made.dates or "all", **options).stamp.data


def _brief_now(made: Edition, folder: Folder, rules: RuleTable) -> str:
    """The digest of what a brief on the same days and countries would say now."""
    try:
        since, until = (date.fromisoformat(made.options[name]) for name in ("since", "until"))
        there = [one for one in folder.all_scenarios if one.country in made.countries]
        return brief_digest(window_of(there, since, until, made.known_by, rules=rules))
    except (KeyError, ValueError) as error:
        raise _CannotError(f"its days cannot be used: {error}") from None


def _scale(mark: str) -> Scale:
    try:
        return scale_marked(mark)
    except ValueError as error:
        raise _CannotError(str(error)) from None


def _plot_options(options: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for name, value in options.items():
        if name == "scale":
            yield "measure", _scale(value)
        elif name == "choices":
            raise _CannotError(f"it was made with a choices file, {value}, which is not at hand")
        elif read := _OPTIONS.get(name):
            try:
                yield name, read(value)
            except (KeyError, ValueError):
                raise _CannotError(f"its option {name} cannot be used: {value!r}") from None
        elif name in ("against", "within"):
            raise _CannotError("it shows a second coding, which the record does not hold")
        elif name != "picture":
            raise _CannotError(f"this version has no option {name!r} for a picture")


def _tables(
    path: Path,
    stamp: Stamp,
    folder: Folder,
    replays: Sequence[Replay],
    described: Mapping[str, Any],
) -> tuple[bool, tuple[str, ...]]:
    """Whether a table was changed after it was made, and the tables that would differ now."""
    made = stamp.edition
    given = _given(stamp, folder, replays)
    touched, differing = False, []
    for resource in described["resources"]:
        name, form = str(resource["name"]), str(resource["format"])
        if name not in TABLES:
            raise _CannotError(f"this version has no table {name!r}")
        told = file_in_package(path, str(resource["path"])) if stamp.kind == "package" else None
        old = path.read_bytes() if told is None else told
        touched |= "hash" in resource and resource["hash"] != f"sha256:{sha256(old).hexdigest()}"
        if form not in ("csv", "parquet"):
            raise _CannotError(f"it cannot compare the data of .{form} files")
        new = table_of(name, given)
        if form == "csv":
            same = old.removeprefix(BOM_UTF8) == new.csv()
        else:
            try:
                same = same_rows(old, parquet(new, made))
            except (ValueError, OSError):
                raise _CannotError(f"the Parquet file of the table {name} is damaged") from None
        if not same:
            differing.append(name)
    return touched, tuple(differing)
