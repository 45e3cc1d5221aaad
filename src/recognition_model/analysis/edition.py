"""The edition of an output: everything that it was made from, under one version.

Two outputs that differ in their record, their rule table, their reading of dates, the day by which
the record was known, their options or the release of the program have different versions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Self

from attrs import evolve, field, frozen

from recognition_model.core.base import Readable
from recognition_model.core.claims import Collective
from recognition_model.core.countries import is_known, named
from recognition_model.core.dates import DATE_READINGS, DateReading
from recognition_model.core.signals import Vocabulary
from recognition_model.core.wording import escape_invisible, join_limited
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.rules import RULES, UNTITLED, RuleTable
from recognition_model.io.provenance import (
    claims_digest,
    digest_of,
    joined_digest,
    scenario_digest,
    version,
)
from recognition_model.io.releases import releases
from recognition_model.io.shipped import not_shipped

FORMAT = "recognition-edition/1"


Pairs = tuple[tuple[str, str], ...]


def _pairs(values: Mapping[str, str] | Pairs) -> Pairs:
    return tuple(dict(values).items())


@frozen(kw_only=True, repr=False)
class Edition(Readable):
    """What an output was made from.

    `record` is the digest of the scenarios and the sources they cite, and empty if the output
    does not depend on any; `countries` gives that of each country. `release` is the number of
    the data release of which all of them are, if there is one. `own` are the countries whose
    files are a user's. `rules` is the digest of the rule table, and `rules_title` names one that
    is not the shipped table. `also` has the digests of what else the output holds: claims about
    many countries, the words for signals, corrections. `day` is that of the release, and otherwise
    the newest day in the data: the last one documented or reviewed, or one on which a cited
    source was public or read. It is None for what was known by a day, which does not say how
    new the data are. `dates` is None for an output without a reading of dates. `options` are
    further choices that change the output. `left_out` names the files that could not be used
    because of errors.
    """

    record: str
    rules: str
    program: str
    _countries: Pairs = field(converter=_pairs, alias="countries")
    rules_title: str = ""
    day: date | None = None
    release: int | None = None
    own: tuple[str, ...] = ()
    _also: Pairs = field(default=(), converter=_pairs, alias="also")
    dates: DateReading | None = None
    known_by: date | None = None
    _options: Pairs = field(default=(), converter=_pairs, alias="options")
    left_out: tuple[str, ...] = ()

    @property
    def countries(self) -> Mapping[str, str]:
        """The digest of each country's record, in the order of the output."""
        return MappingProxyType(dict(self._countries))

    @property
    def also(self) -> Mapping[str, str]:
        """The digests of what else the output holds, by their names."""
        return MappingProxyType(dict(self._also))

    @property
    def options(self) -> Mapping[str, str]:
        """Further choices that change the output."""
        return MappingProxyType(dict(self._options))

    @property
    def version(self) -> str:
        """One version for all of it, in the form of Semantic Versioning 2.

        It begins with the data release: `1.0.0` for release 1, `0.0.0-unreleased` if the record is
        in no release, and `0.0.0-own` or `0.0.0-with.own` if files of a user are in it.
        """
        parts = ["record", self.record] if self.record else []
        for name, digest in sorted(self.also.items()):
            parts += [_identifier(name), digest]
        parts += ["rules", self.rules]
        parts += ["table", _identifier(self.rules_title)] if self.rules_title else []
        parts += ["dates", self.dates] if self.dates else []
        parts += ["knownby", str(self.known_by)] if self.known_by else []
        for name, value in sorted(self.options.items()):
            parts += [_identifier(name), _identifier(value)]
        if self.left_out:
            parts += ["without", digest_of("\n".join(self.left_out))]
        return f"{self._data_version}+{'.'.join([*parts, 'program', _dotted(self.program)])}"

    @property
    def _data_version(self) -> str:
        if self.release is not None:
            return f"{self.release}.0.0"
        if not self.record:
            return "0.0.0-no.record"
        if not self.own:
            return "0.0.0-unreleased"
        return "0.0.0-own" if set(self.own) == set(self.countries) else "0.0.0-with.own"

    @property
    def record_in_words(self) -> str:
        """The record by its digest, with its data release or the user's files in it."""
        return f"record {self.record}{self._origin}"

    @property
    def _origin(self) -> str:
        if self.release is not None:
            return f" (data release {self.release})"
        if not self.own:
            return ""
        if set(self.own) == set(self.countries):
            return " (own files)"
        return f" (with own files: {join_limited(self.own, 8)})"

    @property
    def in_words(self) -> str:
        """Program, record and rules, as a caption gives them."""
        record = f"{self.record_in_words}, " if self.record else ""
        return f"recognition_model {self.program}, {record}{self.rules_in_words}"

    @property
    def rules_in_words(self) -> str:
        """The rule table by its digest, and by its title if it is not the shipped one."""
        title = f" ({escape_invisible(self.rules_title)})" if self.rules_title else ""
        return f"rules {self.rules}{title}"

    @property
    def without(self) -> str:
        """Say which files were left out because of errors; empty if none was."""
        return left_out_in_words(self.left_out)

    def with_options(self, options: Mapping[str, object]) -> Edition:
        """The same with further choices that change the output; None and "" are left out."""
        given = {name: str(value) for name, value in options.items() if value not in (None, "")}
        return evolve(self, options={**self.options, **given})

    def with_parts(self, digests: Mapping[str, str]) -> Edition:
        """The same with the digests of more that the output holds."""
        return evolve(self, also={**self.also, **digests})

    def to_dict(self) -> dict[str, Any]:
        """Return plain data in the format `recognition-edition/1`."""
        return {
            "format": FORMAT,
            "version": self.version,
            "release": self.release,
            "day": self.day.isoformat() if self.day else None,
            "record": self.record,
            "also": dict(self.also),
            "rules": self.rules,
            "rules_title": self.rules_title or None,
            "dates": self.dates,
            "known_by": self.known_by.isoformat() if self.known_by else None,
            "options": dict(self.options),
            "program": self.program,
            "own": list(self.own),
            "left_out": list(self.left_out),
            "countries": dict(self.countries),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_dict` gave. Raises `ValueError` if it is no edition."""
        if data.get("format") != FORMAT:
            raise ValueError(f"not in the format {FORMAT}")
        try:
            if data["dates"] not in (None, *DATE_READINGS):
                raise ValueError(f"no reading of dates: {data['dates']!r}")
            release = data["release"]
            unknown = [code for code in (*data["countries"], *data["own"]) if not is_known(code)]
            if unknown:
                raise ValueError(f"no country: {unknown[0]!r}")
            return cls(
                record=str(data["record"]),
                rules=str(data["rules"]),
                rules_title=str(data.get("rules_title") or ""),
                program=str(data["program"]),
                countries=_texts(data["countries"]),
                day=date.fromisoformat(data["day"]) if data["day"] else None,
                release=None if release is None else int(release),
                own=tuple(map(str, data["own"])),
                also=_texts(data["also"]),
                dates=data["dates"],
                known_by=date.fromisoformat(data["known_by"]) if data["known_by"] else None,
                options=_texts(data["options"]),
                left_out=tuple(map(str, data["left_out"])),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not in the format {FORMAT}: {error}") from None

    def __str__(self) -> str:
        known = f", known by {self.known_by}" if self.known_by else ""
        dates = f", dates {self.dates}" if self.dates else ""
        return f"{self.in_words}{dates}{known}"


def edition_of(
    replays: Sequence[Replay],
    *,
    dates: DateReading | None = None,
    collectives: Sequence[Collective] | None = None,
    vocabulary: Vocabulary | None = None,
    left_out: Iterable[str] = (),
    rules: RuleTable | None = None,
    options: Mapping[str, object] = MappingProxyType({}),
) -> Edition:
    """Say what an output of these replays is made from.

    `dates` is how the output reads uncertain dates, `collectives` are the claims in it and
    `vocabulary` has its words for signals. `left_out` names the files that could not be used.
    `rules` is the table of an output without replays, by default `RULES`. `options` are
    further choices that change the output.
    """
    ordered = sorted(replays, key=lambda one: (one.country, one.scenario.file))
    digests = [(one.country, scenario_digest(one.scenario)) for one in ordered]
    by_code = {code: joined_digest([(code, one)]) for code, one in digests}
    countries = {one.country: by_code[one.country] for one in replays}  # in the order shown
    found = next((one for one in reversed(releases()) if one.holds(countries)), None)
    days = {one.known_by for one in ordered}
    if len(days) > 1:  # known by different days: each country's day is part of its data
        digests = [
            (f"{one.country}@{one.known_by or 'all'}", seen)
            for one, (_, seen) in zip(ordered, digests, strict=True)
        ]
    own = set(not_shipped(one.scenario.file for one in ordered)) if found is None else set()
    also = {"claims": claims_digest(collectives)} if collectives else {}
    if vocabulary is not None and vocabulary.words:
        also["signals"] = digest_of(json.dumps(vocabulary.to_dict(), ensure_ascii=False))
    edition = Edition(
        record=joined_digest(digests) if digests else "",
        rules=_rules_of(ordered) if rules is None else rules_digest(rules),
        rules_title=_title_of([one.rules for one in ordered] if rules is None else [rules]),
        program=version(),
        countries=countries,
        day=found.day if found else None if days - {None} else _newest_day(ordered),
        release=found.number if found else None,
        own=tuple(dict.fromkeys(one.country for one in ordered if one.scenario.file in own)),
        also=also,
        dates=dates,
        known_by=next(iter(days)) if len(days) == 1 else None,
        left_out=tuple(sorted(set(left_out))),
    )
    return edition.with_options(options)


def rules_digest(table: RuleTable) -> str:
    """The first 48 bits of SHA-256 over a rule table, in hexadecimal."""
    return table.digest


def _newest_day(replays: Iterable[Replay]) -> date | None:
    """The newest day that is sure in the data: the end of a record, or a day of a source.

    Of a source whose day is known within a range only, this is the first day of the range.
    """
    days: set[date] = set()
    for replay in replays:
        scenario = replay.scenario
        days |= {scenario.reviewed or scenario.documented_until}
        for source in {item.source.id: item.source for item in scenario.evidence}.values():
            told = (source.public, source.seen) if source.seen else (source.public,)
            days |= {day for when in told if isinstance(day := when.earliest, date)}
    return max(days, default=None)


def _rules_of(replays: Sequence[Replay]) -> str:
    """The digest of the rules, or of the rules of each country where they differ.

    Without replays, it is that of the rules of this package.
    """
    if not replays:
        return rules_digest(RULES)
    tables = {id(one.rules): one.rules for one in replays}
    digests = {key: rules_digest(table) for key, table in tables.items()}
    if len(set(digests.values())) == 1:
        return next(iter(digests.values()))
    return joined_digest([(one.country, digests[id(one.rules)]) for one in replays])


def _title_of(tables: Iterable[RuleTable]) -> str:
    """The titles of the tables that are not the shipped one; empty if there is none."""
    others = dict.fromkeys(table for table in tables if table != RULES)
    return ", ".join(dict.fromkeys(table.title or UNTITLED for table in others))


def left_out_in_words(files: Sequence[str]) -> str:
    """Say which files were left out because of errors; empty if none was."""
    if not files:
        return ""
    return f"Left out because of errors: {join_limited([_file_in_words(f) for f in files], 8)}."


def country_of_file(file: str) -> str | None:
    """The country for which the name of a file stands, or None."""
    code = file.rpartition("/")[2].rpartition(".")[0].upper()
    return code if is_known(code) else None


def _file_in_words(file: str) -> str:
    code = country_of_file(file)
    return f"{named(code)} in {escape_invisible(file)}" if code else escape_invisible(file)


def _texts(data: Mapping[Any, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in data.items()}


def _identifier(value: object) -> str:
    """A text as one identifier of a version: letters, digits and hyphens."""
    text = str(value).replace("_", "-")
    plain = "".join(
        char if char.isascii() and (char.isalnum() or char == "-") else "-" for char in text
    )
    return plain if plain == text else f"{plain}-{digest_of(text)}"


def _dotted(program: str) -> str:
    """A version of the program as identifiers; what follows a plus sign stays part of it."""
    return ".".join(_identifier(part) for part in program.replace("+", ".local.").split("."))
