"""The worst files beside a record that fit into 2 MB: `heavy` writes them by name."""

from __future__ import annotations

from itertools import count, cycle, product

from recognition_model.core.event_codes import CODES, CodeList
from recognition_model.core.stages import Act, Ban, Stage
from support.coded import row
from support.heavy import Files, case, days, entry, record, until_full

NEARLY_ALL = 1_990_000


def _record() -> Files:
    return record([entry("act: engage", "2022"), entry("signal: visit_made", "2023~")])


# --- rules ---------------------------------------------------------------------------------------


REAL = {
    *product([Stage.HOSTILE], Ban),
    *product([Stage.BANNED], [Ban.IN_FORCE]),
    *product([Stage.ENGAGED], Ban),
    *product([Stage.DELISTED], [Ban.LIFTED]),
    *product([Stage.AMBASSADOR_ACCEPTED, Stage.DE_JURE_RECOGNITION], Ban),
}
AFTER = (Stage.ENGAGED, Stage.HOSTILE), (Stage.DE_JURE_RECOGNITION, Stage.AMBASSADOR_ACCEPTED)


def _rules(lines: str) -> Files:
    head = "format: recognition-rules/1\ntitle: Made up\nrules:\n"
    return _record() | {"rules.yaml": head + lines}


def _rule(number: int, act: Act, stage: Stage, ban: Ban, after: Stage, why: str) -> str:
    return (
        f"  X{number:03}: {{act: {act}, before: [{stage}], after: {after}, ban-must-be: [{ban}],"
        f" needs: reported, why: {why}, reference: y}}\n"
    )


@case
def rules_for_every_state() -> Files:
    cells = [cell for cell in product(Act, Stage, Ban) if cell[1:] in REAL]
    return _rules(
        "".join(
            _rule(number, act, stage, ban, after, "x " * 4_000)
            for number, (act, stage, ban) in enumerate(cells, start=1)
            for after in [next(o for o in AFTER[number % 2] if o is not stage)]
        )
    )


@case
def rules_that_overlap() -> Files:
    cell = Act.ENGAGE, Stage.HOSTILE, Ban.NONE
    return _rules(
        "".join(_rule(number, *cell, Stage.ENGAGED, "x " * 4_500) for number in range(1, 200))
    )


# --- scales --------------------------------------------------------------------------------------


def _scale(levels: str) -> Files:
    head = "format: recognition-scale/1\nname: many\ntitle: Many\nabout: Many.\nlevels:\n"
    return _record() | {"scale.yaml": head + levels}


@case
def scale_of_many_entries() -> Files:
    level = "  - level: l{}\n    meaning: A level.\n    held-in: {{stages: [hostile]}}\n"
    way = "      - {{signals: [visit_made], to: l{}}}\n"
    return _scale(
        "".join(
            level.format(n) + "    left-by:\n" + until_full(cycle([way.format(m)
            for m in range(50) if m != n]), number=430)
            for n in range(50)
        )
    )  # fmt: skip


@case
def scale_of_many_signals() -> Files:
    level = "  - level: l{}\n    meaning: A level.\n    held-in: {{stages: [hostile]}}\n"
    words = ", ".join(f"w{n}" for n in range(3_900))
    way = f"    entered-by:\n      - {{{{signals: [{words}]}}}}\n"
    return _scale("".join(level.format(n) + way.format(n) for n in range(49)))


# --- choices -------------------------------------------------------------------------------------


@case
def choices_of_many_options() -> Files:
    def listed(name: str, options: range) -> str:
        return f"  {name}:\n" + "".join(
            f"    - {{option: {n}, reason: It is so.}}\n" for n in options
        )

    head = "format: recognition-choices/1\ntitle: Made up\nchoices:\n"
    text = head + listed("lag", range(365)) + listed("fuzz", range(1, 11))
    return _record() | {"choices.yaml": text}


@case
def choices_of_many_universes() -> Files:
    head = "format: recognition-choices/1\ntitle: Made up\nuniverses:\n"
    lines = (f"  - {{name: u{n}, reason: It is so., lag: {n % 300}}}\n" for n in count())
    return _record() | {"choices.yaml": head + until_full(lines, NEARLY_ALL, 24_000)}


# --- event codes and coded events ----------------------------------------------------------------

_CROSSWALK = "format: recognition-crosswalk/1\ntitle: Made up\ncodes: cameo\nreference: Made up\n"
_TALIBAN = "taliban:\n  - {group: TAL, why: The group.}\n"
_EVENTS = "events:\n  - {codes: ['042'], family: visit, why: A visit.}\n"


@case
def crosswalk_of_many_actors() -> Files:
    line = "  - {{code: AFG{}, since: 2021-08-15, until: 2024-12-{:02}, why: {}}}\n"
    lines = (line.format(letters(n), n % 31 + 1, "x " * 2_000) for n in range(199))
    text = _CROSSWALK + _TALIBAN + "".join(lines) + _EVENTS
    return _record() | {"map.yaml": text, "events.csv": _rows(1_100_000)}


@case
def crosswalk_of_many_aliases() -> Files:
    lines = (f"  - {{code: A{letters(n)}, country: FJI}}\n" for n in count())
    text = _CROSSWALK + _TALIBAN + "countries:\n" + until_full(lines, NEARLY_ALL // 2) + _EVENTS
    return _record() | {"map.yaml": text, "events.csv": _rows(900_000)}


@case
def crosswalk_of_every_code() -> Files:
    codes = ", ".join(f"'{code}'" for code in sorted(CODES[CodeList.CAMEO]))
    text = _CROSSWALK + _TALIBAN + f"events:\n  - {{codes: [{codes}], family: visit, why: x}}\n"
    return _record() | {"map.yaml": text, "events.csv": _rows(1_900_000)}


def letters(number: int) -> str:
    """Another word of five capitals for each number."""
    return "".join(chr(65 + number // 26**place % 26) for place in range(5))


def _rows(most: int) -> str:
    """Coded events, each a lead of its own as far as the days suffice."""
    return until_full((row(str(day), "042") + "\n" for day in days(step=9)), most)
