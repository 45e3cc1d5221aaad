"""What there is to check, one session each: `nox` runs all that a change needs.

`nox -s lint` runs one session, `nox -rs tests -- tests/io` one on a part, in the environment of
last time; `nox -l` lists them. Exact versions come from constraints.txt.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PINNED = ("-c", "constraints.txt")
# The browser and the pictures take half the time of all tests and run with the pinned versions.
FAST = (
    "--ignore-glob=tests/report/test_browser_*",
    "--ignore=tests/report/site/test_site_browser.py",
    "--ignore=tests/plots",
)
FRAME = "=" * 78
_VERSION = "import sys; print(*sys.version_info[:2], sep='.')"
AGAIN = ("pytest", "-q", "-n", "auto", "--hypothesis-profile", "again")
QUICK = ("tests/core", "tests/engine", "tests/io")
# Of the command line a few files: all of it takes as long as the rest.
LIBRARY = (
    *QUICK,
    "tests/analysis",
    "tests/exports",
    "tests/cli/test_shell.py",
    "tests/cli/test_status_command.py",
)
WRITERS = "events,excel,labelled,parquet"  # the extras that commands which write need
NEED_PYARROW = (
    "tests/exports/test_editions.py",
    "tests/exports/test_scratch.py",
    "tests/exports/test_table_streams.py",
    "tests/exports/test_unused_entries.py",
    "tests/exports/test_event_batches.py",
    "tests/cli/test_cite_command.py",
)
FEW_COUNTRIES = ("ARE", "CHN", "GBR", "KAZ", "RUS", "UZB")  # axe needs minutes for a report of all
NEED_EVENTS = (
    "tests/cli/test_screen_command.py",
    "tests/cli/test_screen_columns.py",
    "tests/io/test_event_cluster.py",
    "tests/exports/test_event_batches.py",
    "tests/analysis/test_robustness.py",
    "tests/cli/test_robustness_command.py",
)
PAGE_MAKERS = ("make_gallery", "make_glossary", "make_reference", "make_searches")
SHORT_RUNS = (
    ("campaigns.fuzz", "--cases", "2000", "--minutes", "4", "--fresh"),
    ("campaigns.fuzz", "--through", "commands", "--cases", "150", "--minutes", "4", "--fresh"),
    ("campaigns.kill", "--cases", "90", "--minutes", "4", "--fresh"),
    ("campaigns.crowd", "--cases", "7", "--minutes", "4", "--fresh"),
    ("campaigns.load", "--seconds", "10"),
    ("campaigns.same_bytes", "--together"),
)
CHECKED_AT_RELEASE = (
    *("lint", "tests", "nightly", "record", "docs", "map", "firefox", "consumers", "events"),
    *("campaigns", "notebooks", "lowest", "bench"),
)

nox.options.default_venv_backend = "venv"
nox.options.sessions = ["lint", "tests", "record", "docs"]


@nox.session
def lint(session: nox.Session) -> None:
    """Style, format, types and the direction of imports."""
    session.install(*PINNED, "-e", ".[test]", *group("lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("lint-imports", "--no-logo")


@nox.session
def tests(session: nox.Session) -> None:
    """All tests, or those named behind `--`."""
    session.install(*PINNED, ".[test]")
    session.run("pytest", "-n", "auto", *session.posargs)


@nox.session
def nightly(session: nox.Session) -> None:
    """The slowest tests, and the property tests with ten times the examples."""
    session.install(*PINNED, ".[test]")
    chosen = ("-m", "nightly or hypothesis", "--hypothesis-profile", "nightly")
    session.run("pytest", "-n", "auto", *(session.posargs or chosen))


@nox.session
def record(session: nox.Session) -> None:
    """The record as pytest items, the proof of the rule table, locators where texts are held."""
    session.install(*PINNED, ".[test]")
    for version in ("8", "9"):
        session.install(f"pytest=={version}.*")
        session.run("pytest", "-q", "scenarios", "seeds")
        session.run("pytest", "-q", "tests/recognition_model_pytest")
    session.run("recognition-model", "prove")
    texts = folder_of_texts()
    if texts is None:
        session.log("locators not verified: no texts held (RECOGNITION_TEXTS names their folder)")
        return
    session.run("recognition-model", "verify", "--texts", str(texts))
    session.run("python", ".ci/no_copied_sentences.py", str(texts))


@nox.session
def docs(session: nox.Session) -> None:
    """Pages made from the record are as it makes them, every example runs, the site builds.

    `nox -s docs -- -o FOLDER` keeps the site; without it, it is only checked.
    """
    session.install(*PINNED, "-e", ".[test]", *group("docs"))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        for name in ("docs", "tools"):
            shutil.copytree(ROOT / name, copy / name)
        for maker in PAGE_MAKERS:
            session.run("python", str(copy / "tools" / f"{maker}.py"))
        with (copy / "docs" / "coverage.md").open("w", encoding="utf-8") as page:
            session.run("recognition-model", "coverage", "--format", "md", stdout=page, stderr=None)
        stale = [str(path) for path in other_pages(ROOT / "docs", copy / "docs")]
    if stale:
        session.error(f"out of date; make them anew with tools/make_pages.py: {', '.join(stale)}")
    session.run("pytest", "-q", "tests/test_docs.py", "tests/test_docs_site.py")
    with tempfile.TemporaryDirectory() as folder:
        site = str(kept_site(session) or Path(folder, "site"))
        built = ("sphinx-build", "-q", "-W", "--keep-going", "-E", "-d", f"{folder}/doctrees")
        session.run(*built, "docs", site)
        session.run("python", ".ci/check_docs_site.py", site)


@nox.session
def bench(session: nox.Session) -> None:
    """The benchmarks, few runs of each."""
    session.install(*PINNED, ".[test]")
    session.run("python", "benchmarks/run.py", *(session.posargs or ("--runs", "3")))


@nox.session
def wheel(session: nox.Session) -> None:
    """Wheel and sdist: what they hold, the same bytes from two clones, the same answers."""
    session.install(*PINNED, *group("release"))
    session.run("python", ".ci/check_builds.py")


@nox.session
def supply(session: nox.Session) -> None:
    """What `pip install .` brings: no licence with copyleft; known vulnerabilities are listed."""
    session.install(*PINNED, *group("release"))
    session.run("python", ".ci/check_supply.py")


@nox.session
def release(session: nox.Session) -> None:
    """All that a tag needs. Writes dist/: wheel, sdist, bill of materials, checksums.

    The version must be the same everywhere, the tree clean, the date of the notes said. Then the
    packages are built and tried, and every other session runs. Tag the commit when all is green.
    """
    session.install(*PINNED, *group("release"))
    session.run("python", ".ci/check_release.py")
    folder = ROOT / "dist"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    session.run("python", ".ci/check_builds.py", str(folder))
    session.run("python", ".ci/check_supply.py", "--strict", str(folder))
    sums = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
        for file in sorted(folder.iterdir())
    ]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    for name in CHECKED_AT_RELEASE:
        session.notify(name)


@nox.session
def firefox(session: nox.Session) -> None:
    """The report and the site in Firefox. Needs Firefox, node and npm; says so without them."""
    found = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    missing += [] if found else ["Firefox"]
    if found is None or missing:
        print(f"{FRAME}\nFIREFOX NOT CHECKED: no {' and no '.join(missing)}\n{FRAME}")
        return
    session.install(*PINNED, ".[test]")
    with tempfile.TemporaryDirectory() as folder:
        checks = Path(folder, "firefox")
        without = shutil.ignore_patterns("node_modules")
        shutil.copytree(ROOT / ".ci" / "firefox", checks, ignore=without)
        if not npm_ci(session, checks, "FIREFOX"):
            return
        report, site = str(Path(folder, "report.html")), str(Path(folder, "site"))
        session.run("recognition-model", "report", *FEW_COUNTRIES, "-o", report)
        session.run("recognition-model", "site", "--figures", "none", "-o", site)
        session.run("node", str(checks / "check.mjs"), found, report, site, external=True)


@nox.session(name="map", venv_backend="none")
def shapes(session: nox.Session) -> None:
    """The shapes of maps are as their script makes them from Natural Earth. Needs node and npm."""
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing:
        print(f"{FRAME}\nMAP NOT CHECKED: no {' and no '.join(missing)}\n{FRAME}")
        return
    shown = ROOT / "src" / "recognition_model" / "plots" / "map.json"
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder, "tools")
        without = shutil.ignore_patterns("node_modules")
        shutil.copytree(ROOT / "tools" / "map", tools / "map", ignore=without)
        shutil.copy(ROOT / "tools" / "make_map.mjs", tools)
        if not npm_ci(session, tools / "map", "MAP"):
            return
        made = Path(folder, "map.json")
        session.run("node", str(tools / "make_map.mjs"), str(made), external=True)
        same = made.read_bytes() == shown.read_bytes()
    if not same:
        session.error("out of date; make it anew with tools/make_map.mjs: plots/map.json")


@nox.session
def consumers(session: nox.Session) -> None:
    """Exports, read back by the programs that people read them with; tests that need pyarrow."""
    session.install(*PINNED, ".[excel,labelled,parquet,test]", *group("consumers"))
    session.run("python", "-c", "import pyarrow.parquet")  # without it they would be skipped
    session.run("pytest", "-q", *NEED_PYARROW)
    for check in ("exports", "labelled", "excel", "sqlite", "r"):
        session.run("python", f".ci/check_{check}.py")
    session.run("python", ".ci/check_bibliography.py")
    session.run("python", ".ci/check_survival.py")
    session.run("python", ".ci/check_agreement.py")
    session.run("python", ".ci/check_linked_data.py")


@nox.session
def events(session: nox.Session) -> None:
    """Coded events: all tests that need DuckDB, Dask or pyarrow, and a million rows screened."""
    session.install(*PINNED, ".[events,dask,parquet,labelled,test]", "pandas")
    every = ("-m", "nightly or not nightly")
    said = str(session.run("pytest", "-q", *every, *NEED_EVENTS, silent=True))
    print(said, flush=True)
    if any(word in said.splitlines()[-1] for word in ("skipped", "deselected")):
        session.error("every test must run here")
    session.run("python", ".ci/check_events.py")


@nox.session
def campaigns(session: nox.Session) -> None:
    """A short run of each campaign, always with the same cases."""
    session.install(*PINNED, ".[test]")
    for words in SHORT_RUNS:
        session.run("python", "-m", *words, env={"PYTHONPATH": str(ROOT / "tests")})


@nox.session
def kill(session: nox.Session) -> None:
    """Commands that write, killed or out of space at random moments. Goes on from the last run."""
    campaign(session, "kill", f".[{WRITERS}]")


@nox.session
def fuzz(session: nox.Session) -> None:
    """Random documents through the reader, or `--through commands`. Goes on from the last run.

    With `--by coverage` Atheris chooses the documents, where it can be installed.
    """
    if "coverage" in session.posargs:
        try:
            session.install("atheris>=3")
        except nox.command.CommandFailed:
            print(f"{FRAME}\nNOT BY COVERAGE: Atheris could not be installed\n{FRAME}")
    campaign(session, "fuzz")


@nox.session
def crowd(session: nox.Session) -> None:
    """Eight processes that write one target, and threads that share one rule table."""
    campaign(session, "crowd")


@nox.session(name="same-bytes")
def same_bytes(session: nox.Session) -> None:
    """Every output in other environments, and with `-- --python PYTHON` by another Python."""
    campaign(session, "same_bytes")


@nox.session
def load(session: nox.Session) -> None:
    """The preview server under load: `nox -s load -- --seconds 60 --rate 200`."""
    campaign(session, "load")


@nox.session
def mutants(session: nox.Session) -> None:
    """Small changes of the code that no test notices: `nox -s mutants -- --module core.dates`."""
    session.install(*PINNED, "-e", f".[test,{WRITERS}]", *group("mutants"))
    tests = [f"tests/campaigns/test_{name}.py" for name in ("code_mutations", "mutants")]
    session.run("pytest", "-q", *tests)
    run_campaign(session, "mutants")


@nox.session
def notebooks(session: nox.Session) -> None:
    """The notebooks, run from top to bottom."""
    session.install(*PINNED, ".", *group("notebooks"))
    session.run("python", ".ci/run_notebooks.py")


@nox.session
def lowest(session: nox.Session) -> None:
    """The tests of the library at the lowest versions that pyproject.toml declares.

    With `-- tests` all of them.

    Only for Python 3.11: the lowest versions have no wheels for a newer one.
    """
    found = str(session.run("python", "-c", _VERSION, silent=True)).strip()
    if found != "3.11":
        print(
            f"{FRAME}\nLOWEST VERSIONS NOT TRIED: they need Python 3.11, this is {found}\n{FRAME}"
        )
        return
    floors = session.run("python", "tools/lowest.py", silent=True)
    file = Path(session.create_tmp(), "lowest.txt")
    file.write_text(str(floors), encoding="utf-8")
    session.install("-c", str(file), ".[test,testing,parquet]")
    session.run(*AGAIN, *(session.posargs or LIBRARY))


@nox.session
def newest(session: nox.Session) -> None:
    """The tests at the newest versions. Reports what fails, and never fails itself."""
    report: list[str] = []
    try:
        session.install("--upgrade", ".[test,testing,parquet]")
        frozen = str(session.run("pip", "freeze", silent=True)).splitlines()
        kept = pinned_versions()
        installed = dict(line.split("==") for line in frozen if "==" in line)
        report = [
            f"{name}: {version} (constraints.txt: {kept.get(name, 'none')})"
            for name, version in installed.items()
            if kept.get(name) != version
        ]
        if report:
            arguments = session.posargs or FAST
            said = session.run(*AGAIN, *arguments, silent=True, success_codes=range(6))
            lines = str(said).splitlines()
            report += [line for line in lines if line.startswith(("FAILED", "ERROR"))]
            report += lines[-1:]
        else:
            report = ["the newest versions are those of constraints.txt: nothing to run"]
    except nox.command.CommandFailed as error:
        report.append(f"the newest versions cannot be tried: {error}")
    print("\n".join([FRAME, "NEWEST VERSIONS (for information)", *report, FRAME]), flush=True)


@nox.session
def quick(session: nox.Session) -> None:
    """The heart of the package, for one more Python: `nox -s quick --force-python PYTHON`."""
    session.install(*PINNED, ".[test]")
    session.run("python", "-c", "import sys, recognition_model; print(sys.version)")
    session.run("recognition-model", "replay", "scenarios/RUS.yaml")
    session.run(*AGAIN, *(session.posargs or QUICK))


def campaign(session: nox.Session, name: str, *requirements: str) -> None:
    """Run a program of tests/campaigns with the options behind `--`."""
    session.install(*PINNED, ".[test]", *requirements)
    run_campaign(session, name)


def run_campaign(session: nox.Session, name: str) -> None:
    command = ("python", "-m", f"campaigns.{name}", *session.posargs)
    session.run(*command, env={"PYTHONPATH": str(ROOT / "tests")})


def npm_ci(session: nox.Session, folder: Path, what: str) -> bool:
    """Install what the lock file of a folder names; say what is not checked where that fails."""
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts")
    try:
        session.run("npm", "ci", "--prefix", str(folder), *quiet, external=True)
    except nox.command.CommandFailed:
        print(f"{FRAME}\n{what} NOT CHECKED: npm could not install its packages\n{FRAME}")
        return False
    return True


def group(name: str) -> list[str]:
    """A dependency group of pyproject.toml."""
    return list(nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), name))


def kept_site(session: nox.Session) -> Path | None:
    """The folder behind `-o`, which the site is written to."""
    if not session.posargs:
        return None
    if len(session.posargs) != 2 or session.posargs[0] != "-o":
        session.error("write `nox -s docs -- -o FOLDER`")
    return Path(session.posargs[1]).resolve()


def pinned_versions() -> dict[str, str]:
    """Names and versions of constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.partition(" ;")[0].split("==") for line in lines if "==" in line)


def folder_of_texts() -> Path | None:
    """The folder with copies of the sources' texts: $RECOGNITION_TEXTS."""
    named = os.environ.get("RECOGNITION_TEXTS")
    return Path(named) if named else None


def other_pages(shown: Path, made: Path) -> Iterable[Path]:
    """Markdown pages that differ. The strokes of pictures may, with matplotlib's version."""
    for page in sorted(shown.rglob("*.md")):
        if page.read_bytes() != (made / page.relative_to(shown)).read_bytes():
            yield page.relative_to(shown.parent)
