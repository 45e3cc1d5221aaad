"""Make a numbered release of the record: `python tools/make_release.py NUMBER --day DAY`.

Writes `seeds/releases/NUMBER.yaml`: the digest of the record and of each country, the facts, and
what they correct in the release before. `CITATION.cff` then names the release. Each correction
needs a reason. Without one, the script writes the corrections into a file for you to fill in
(`release-reasons.yaml`), and exits with 1. Run it again with that file filled in; then delete it.

A release never changes. The script does not replace one.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import attrs

import recognition_model as rm
from recognition_model.analysis.corrections import facts_in
from recognition_model.analysis.edition import rules_digest
from recognition_model.analysis.facts import facts_of
from recognition_model.analysis.turned_facts import Correction, corrections_between
from recognition_model.io.loader import load_folder
from recognition_model.io.provenance import digest, version
from recognition_model.io.releases import Release, release_text, releases
from recognition_model.io.strict_yaml import parse

ROOT = Path(__file__).parent.parent
REASONS = "release-reasons.yaml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the release that the command line asks for."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("number", type=int)
    asked.add_argument("--day", type=date.fromisoformat, required=True, help="the day of release")
    asked.add_argument("--record", type=Path, default=ROOT / "scenarios", help="its scenarios")
    asked.add_argument("--folder", type=Path, default=ROOT / "seeds" / "releases")
    asked.add_argument("--reasons", type=Path, default=Path(REASONS))
    asked.add_argument("--citation", type=Path, default=ROOT / "CITATION.cff")
    given = asked.parse_args(arguments)
    try:
        text = made(given.number, given.day, given.record, given.folder, given.reasons)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    given.folder.mkdir(parents=True, exist_ok=True)
    path = given.folder / f"{given.number}.yaml"
    path.write_text(text, encoding="utf-8")
    citation = given.citation.read_text(encoding="utf-8")
    given.citation.write_text(citing(citation, given.number, given.day), encoding="utf-8")
    print(f"wrote {path} and {given.citation}")
    return 0


def citing(text: str, number: int, day: date) -> str:
    """The text of `CITATION.cff` with the number and the day of the release of the data."""
    head, mark, data = text.partition("preferred-citation:\n")
    data = re.sub(r"(?m)^  (version|date-released):.*\n", "", data)
    told = f'  version: "{number}"\n  date-released: {day}\n'
    return head + mark + re.sub(r"(?m)^  title:.*\n", rf"\g<0>{told}", data, count=1)


def made(number: int, day: date, record: Path, folder: Path, reasons: Path) -> str:
    """The text of a release file. Raises `ValueError` if there can be no such release yet."""
    before = releases(folder)
    last = before[-1] if before else None
    expected = last.number + 1 if last else 1
    if number != expected:
        raise ValueError(f"the next release has the number {expected}, not {number}")
    if last and day < last.day:
        raise ValueError(f"release {last.number} is of {last.day}, which is after {day}")
    read = load_folder(record)
    errors = [str(found) for found in read.findings if found.is_error]
    if errors:
        raise ValueError("\n".join(["the record has errors:", *errors]))
    replays = {one.country: rm.replay(one) for one in read.all_scenarios}
    facts = {code: facts_of(replays[code]) for code in sorted(replays)}
    countries = {code: digest([replays[code].scenario]) for code in facts}
    if last and dict(last.countries) == countries:
        raise ValueError(f"the record is exactly release {last.number}")
    found = corrections_between(facts_in(last.number, folder), facts) if last else ()
    release = Release(
        number=number,
        day=day,
        record=digest(read.all_scenarios),
        rules=rules_digest(rm.RULES),
        program=version(),
        countries=countries,
    )
    told = [
        {key: value for key, value in one.to_dict().items() if key not in _DERIVED}
        for one in with_reasons(found, reasons)
    ]
    return release_text(release, told, {code: one.to_dict() for code, one in facts.items()})


_DERIVED = {"release", "name", "days"}


def with_reasons(found: Sequence[Correction], path: Path) -> list[Correction]:
    """Give each correction its reason from the file; raise `ValueError` if one has none.

    An addition needs no reason. The file then lists every correction, with the reasons that it has.
    """
    given = {one.key: one.reason for one in _reasons_in(path)}
    told = [attrs.evolve(one, reason=given.get(one.key, "")) for one in found]
    missing = [one for one in told if one.kind == "correction" and not one.reason.strip()]
    if missing:
        path.write_text(_draft(told), encoding="utf-8")
        count = f"{len(missing)} of {sum(one.kind == 'correction' for one in told)}"
        raise ValueError(f"{count} corrections have no reason: fill in `reason:` in {path}")
    return told


def _draft(told: Sequence[Correction]) -> str:
    """The file for a maintainer to fill in: each correction, and an empty reason."""
    lines = ["# Why does each fact change? Write one sentence as its `reason:`.", "corrections:"]
    for one in told:
        if one.kind == "correction":
            values = {k: v for k, v in one.to_dict().items() if k not in (*_DERIVED, "reason")}
            kept = {key: value for key, value in values.items() if value}
            first, *others = [
                f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in kept.items()
            ]
            others.append(f"reason: {json.dumps(one.reason, ensure_ascii=False)}")
            lines += [f"  - {first}", *(f"    {line}" for line in others)]
    return "".join(f"{line}\n" for line in lines)


def _reasons_in(path: Path) -> list[Correction]:
    if not path.exists():
        return []
    document = parse(path.read_text(encoding="utf-8"), str(path))
    if document.findings or not isinstance(document.root, dict):
        raise ValueError("\n".join(map(str, document.findings)) or f"{path} has no corrections")
    listed = {str(key): value for key, value in document.root.items()}.get("corrections", [])
    return [Correction.from_dict(one) for one in listed]  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
