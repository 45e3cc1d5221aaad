"""Mutation of the code: which small changes of a module does no test notice?

`nox -s mutants -- --module core.evidence --minutes 30` tries all mutants of a module (see
`code_mutations`); without `--module`, those of the modules that answers rest on. `--sample 300
--package io` tries a sample of a package that the seed determines, and gives the share killed with
its interval. A case is one mutant: `killed` where a test fails, `timeout` where the tests do not
end, `equivalent` where `equivalent.yaml` says why no test can fail, and else `survived`, a finding.
`--package recognition_model_pytest` tries the pytest plugin. `--near` runs only the tests named for
the module, `--tests` those of the paths given, and `--again LOG` only those mutants that survived
an earlier run. Needs POSIX.

With nothing changed, all goes on where it stopped; after a change of the package, its tests or
`equivalent.yaml` it begins anew.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from random import Random

import yaml

from campaigns.campaign import KEPT, ROOT, Found, State, parser, run
from campaigns.code_mutations import Mutant, mutants_of
from campaigns.forked import PLUGIN, SRC, Tests, file_of

ALWAYS = (
    "core.evidence",
    "core.history",
    "core.changes",
    "engine.replay",
    "engine.machine",
    "engine.rules",
    "core.dates",
    "engine.invariants",
    "engine.assertions",
)
TESTS: Mapping[str, tuple[str, ...]] = {  # of a package; else its own
    "core": ("tests/core", "tests/engine"),
    "engine": ("tests/core", "tests/engine"),
    "report": ("tests/report", "tests/cli/test_cite_check.py", "tests/cli/test_cite_command.py"),
}
NEAR: Mapping[str, tuple[str, ...]] = {  # of a module; else those of its name
    "core.evidence": ("tests/core/test_evidence.py", "tests/core/test_changes.py"),
    "core.history": (
        "tests/core/test_history.py",
        "tests/core/test_history_by_hand.py",
        "tests/core/test_changes.py",
    ),
    "core.dates": (
        "tests/core/test_dates.py",
        "tests/core/test_date_answers.py",
        "tests/core/test_date_hints.py",
        "tests/core/test_history.py",
        "tests/core/test_plausible.py",
    ),
    "engine.assertions": ("tests/engine/test_assertions.py", "tests/engine/test_repeats.py"),
    "engine.invariants": (
        "tests/engine/test_invariants.py",
        "tests/engine/test_invariant_words.py",
    ),
    "engine.machine": ("tests/engine/test_machine.py", "tests/engine/test_rules.py"),
    "engine.replay": (
        "tests/engine/test_replay.py",
        "tests/engine/test_replay_checks.py",
        "tests/engine/test_repeats.py",
    ),
    "engine.rules": (
        "tests/engine/test_rules.py",
        "tests/engine/test_rule_data.py",
        "tests/engine/test_machine.py",
    ),
}
EQUIVALENT = Path(__file__).with_name("equivalent.yaml")
Key = tuple[str, str, str, str]


def near(module: str) -> tuple[str, ...]:
    """The test files that are named for a module."""
    package, _, name = module.partition(".")
    folder = ROOT / "tests" / package
    found = [folder.joinpath(*name.split(".")[:-1], f"test_{name.rpartition('.')[2]}.py")]
    return NEAR.get(module, tuple(str(f.relative_to(ROOT)) for f in found if f.exists()))


def equivalents(file: Path = EQUIVALENT) -> dict[Key, str]:
    """The mutants that no test can kill, each with the reason."""
    told = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return {
        (module, function, one["was"], one["now"]): one["why"]
        for module, functions in told.items()
        for function, ones in functions.items()
        for one in ones
    }


class Trial:
    """The cases of a campaign: one mutant each. A log says which test failed for which mutant."""

    def __init__(self, mutants: Sequence[Mutant], tests: Tests, log: Path) -> None:
        self.mutants, self.tests, self.listed, self.log = mutants, tests, equivalents(), log

    def __call__(self, number: int, _: Random) -> str:
        mutant = self.mutants[number]
        if (mutant.module, mutant.function, mutant.was, mutant.now) in self.listed:
            return f"{mutant.module} equivalent"
        verdict = self.tests.upon(mutant, near(mutant.module))
        with self.log.open("a", encoding="utf-8") as log:
            place = (mutant.module, mutant.function, mutant.was, mutant.now)
            row = (str(number), verdict, verdict.by, str(mutant.line), *place)
            log.write("\t".join(row) + "\n")
        if verdict == "survived":
            told = f"module: {mutant.module}\nfunction: {mutant.function}\n"
            told += f"was: {mutant.was}\nnow: {mutant.now}"
            raise Found(f"no test fails for {mutant}", told, f"{mutant.module} survived")
        return f"{mutant.module} {verdict}"


def chosen(asked: Namespace) -> list[Mutant]:
    """The mutants that are asked for, module by module; what is inside of functions goes first."""
    modules = asked.module or ([] if asked.package else list(ALWAYS))
    for package in asked.package or ():
        modules += [name for name in modules_of(package) if name not in ALWAYS]
    found = [
        mutant
        for module in modules
        for mutant in sorted(mutants_of(module, file_of(module)), key=lambda one: not one.inside)
    ]
    if asked.again:
        left = survivors(asked.again)
        return [one for one in found if (one.module, one.function, one.was, one.now) in left]
    if asked.sample is None or asked.sample >= len(found):
        return found
    taken = Random(f"mutants/{asked.seed}").sample(range(len(found)), asked.sample)  # noqa: S311
    print(f"{asked.sample} of {len(found)} mutants")
    return [found[number] for number in sorted(taken)]


def modules_of(package: str) -> list[str]:
    """The modules of a package. Of the plugin also its `__init__`, which has the hooks."""
    folder = file_of(package).parent
    names = [
        ".".join((package, *file.relative_to(folder).with_suffix("").parts))
        for file in sorted(folder.rglob("*.py"))
        if file.stem != "__init__"
    ]
    return [PLUGIN, *names] if package == PLUGIN else names


def survivors(log: Path) -> set[Key]:
    """The mutants that the log of an earlier run has as survived."""
    lines = log.read_text(encoding="utf-8").splitlines()
    kept = [line.split("\t") for line in lines]
    return {(one[4], one[5], one[6], one[7]) for one in kept if one[1] == "survived"}


def state_of(paths: Sequence[str], mutants: Sequence[Mutant]) -> str:
    """A name for what is tried: another package, other tests, in another order, other mutants."""
    files = [*SRC.rglob("*.py"), *(f for p in paths for f in _files(ROOT / p)), EQUIVALENT]
    whole = sha256(" ".join(paths).encode())  # what a test reaches is kept by the test's place
    for file in sorted(files):
        whole.update(file.read_bytes())
    measured = whole.hexdigest()[:8]
    for mutant in mutants:
        whole.update(str(mutant).encode())
    return f"{measured}-{whole.hexdigest()[:8]}"


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def outdated(mutants: Sequence[Mutant], listed: Mapping[Key, str]) -> list[str]:
    """What `equivalent.yaml` tells of the modules tried that is no mutant of them any more."""
    made = {(one.module, one.function, one.was, one.now) for one in mutants}
    tried = {one.module for one in mutants}
    return [" / ".join(key) for key in listed if key[0] in tried and key not in made]


def scores(kinds: Mapping[str, int]) -> str:
    """A line for each module: its mutants by what became of them, and the share killed."""
    from recognition_model.analysis.intervals import wilson

    lines = ["module                 tried  killed  timeout  equivalent  survived  share killed"]
    modules = sorted({kind.partition(" ")[0] for kind in kinds})
    for module in [*modules, "all"]:
        mine = [module] if module != "all" else modules
        ends = ("killed", "timeout", "equivalent", "survived")
        killed, late, same, left = (sum(kinds.get(f"{m} {end}", 0) for m in mine) for end in ends)
        of = killed + late + left
        low, high = wilson(killed + late, of) if of else (0.0, 1.0)
        share = f"{(killed + late) / of:.1%} ({low:.1%} to {high:.1%})" if of else "-"
        counts = f"{of + same:6}  {killed:6}  {late:7}  {same:10}  {left:8}"
        lines.append(f"{module:21} {counts}  {share}")
    return "\n".join(lines)


def main() -> int:
    """Try mutants as the options ask."""
    made = parser(__doc__)
    made.add_argument("--module", action="append", help="all mutants of a module: core.evidence")
    made.add_argument("--package", action="append", help="mutants of a package, without ALWAYS")
    made.add_argument("--sample", type=int, help="only so many of them, chosen by the seed")
    made.add_argument("--again", type=Path, metavar="LOG", help="only what survived before")
    made.add_argument("--tests", action="append", metavar="PATH", help="these tests alone")
    made.add_argument("--near", action="store_true", help="only the tests named for the module")
    asked = made.parse_args()
    mutants = chosen(asked)
    modules = list(dict.fromkeys(mutant.module for mutant in mutants))
    packages = dict.fromkeys(module.partition(".")[0] for module in modules)
    if asked.tests:
        groups = [tuple(asked.tests)]
    elif asked.near:
        groups = [near(module) for module in modules]
    else:
        groups = [TESTS.get(package, (f"tests/{package}",)) for package in packages]
    paths = list(dict.fromkeys(path for group in groups for path in group))
    state = state_of(paths, mutants)
    asked.cases = min(asked.cases or len(mutants), len(mutants))
    print(
        f"{len(mutants)} mutants of {', '.join(modules)}; tests of {', '.join(paths)}", flush=True
    )
    tests = Tests(paths, f"mutants-{state.partition('-')[0]}")
    name = f"mutants-{state}"
    try:
        code = run(name, Trial(mutants, tests, KEPT / f"{name}.log"), asked, most=len(mutants))
    finally:
        tests.close()
    part = asked.again or asked.sample is not None
    old = [] if part else outdated(mutants, equivalents())
    for entry in old:
        print(f"equivalent.yaml: no longer a mutant: {entry}", file=sys.stderr)
    if asked.only is None:
        print(scores(State(name, asked.seed, KEPT / f"{name}-{asked.seed}.json").kinds))
    return code or int(bool(old))


if __name__ == "__main__":
    sys.exit(main())
