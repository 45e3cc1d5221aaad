"""A register of made-up sources, and stories told in YAML that become scenarios."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from support import stories
from support.fixtures import FindingsOf, ReplayOf, ScenarioFrom, Story, Write
from support.paths import REGISTER

import recognition_model as rm

# Slow cores are no bug: neither an example nor its making is timed.
settings.register_profile(
    "repo", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("nightly", settings.get_profile("repo"), max_examples=400)
settings.register_profile("thorough", settings.get_profile("repo"), max_examples=2000)
# With other versions: the same examples each time, so that what fails fails for the version.
settings.register_profile("again", settings.get_profile("repo"), derandomize=True)
settings.load_profile("repo")  # or `pytest --hypothesis-profile nightly`

pytest_plugins = ["pytester"]
TOGETHER = {  # the built report, the proof of the shipped table
    "tests/report/test_page.py": "report",
    **{
        f"tests/report/test_browser_{part}.py": "report"
        for part in ("access", "answers", "controls", "figures")
    },
    "tests/analysis/test_mutation.py": "proof",
    "tests/analysis/test_proof.py": "proof",
}
# Records with mistakes in them, on purpose.
collect_ignore = ["findings", "campaigns/cases", "support/files_of_0_1"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Have pytest-xdist run files that share a slow fixture in one process."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class Grouped(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return TOGETHER.get(nodeid.partition("::")[0], nodeid)

    return Grouped(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests marked `nightly`, unless they are asked for."""
    profile = config.getoption("--hypothesis-profile", default=None)
    if profile == "nightly" or "nightly" in config.getoption("markexpr"):
        return
    late = [item for item in items if item.get_closest_marker("nightly")]
    if late:
        items[:] = [item for item in items if item not in late]
        config.hook.pytest_deselected(items=late)


@pytest.fixture(scope="session")
def register() -> Mapping[str, rm.Source]:
    """The made-up sources of `findings/register.yaml`."""
    return rm.read_sources(REGISTER)


@pytest.fixture(scope="session")
def shipped() -> tuple[rm.Replay, ...]:
    """The countries of the shipped record, replayed."""
    return tuple(rm.replay(scenario) for scenario in rm.load_folder().scenarios)


@pytest.fixture(scope="session")
def story() -> Story:
    """A whole scenario file from its timeline; six lines of head, so the timeline is line 7 on.

    `$host`, `$taliban`, `$other`, `$press` and `$denial` stand for one item of evidence each.
    """
    return stories.story


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a text or bytes into a file of the test's own folder, and give its path."""

    def written(content: str | bytes, name: str = "RUS.yaml") -> Path:
        path = tmp_path / name
        data = content if isinstance(content, bytes) else dedent(content).lstrip("\n").encode()
        path.write_bytes(data)
        return path

    return written


@pytest.fixture
def scenario_from(write: Write, register: Mapping[str, rm.Source]) -> ScenarioFrom:
    """Write a scenario file into the test's own folder, and load it."""
    return lambda text, name="RUS.yaml": rm.load(write(text, name), register)


@pytest.fixture
def findings_of(write: Write, register: Mapping[str, rm.Source]) -> FindingsOf:
    """Write one file and load it: what was found, in order."""

    def found(content: str | bytes, name: str = "RUS.yaml") -> list[rm.Finding]:
        return list(rm.load_folder([write(content, name)], register).findings)

    return found


@pytest.fixture
def replay_of(scenario_from: ScenarioFrom, story: Story) -> ReplayOf:
    """Tell a story (see `story`) and replay it."""

    def replayed(timeline: str, known_by: str | None = None, **head: str) -> rm.Replay:
        return rm.replay(scenario_from(story(timeline, **head)), known_by=known_by)

    return replayed


@pytest.fixture
def apart(tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run a command in a process of its own, in an empty folder; `before` is run there first."""

    def ran(*args: str, before: str = "") -> "subprocess.CompletedProcess[str]":
        code = f"{before}\nfrom recognition_model.cli import main; main()"
        return subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code, *args],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            check=False,
        )

    return ran


@pytest.fixture(params=["C", "Python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the test with PyYAML's C loader, and again as where it was built without."""
    if request.param == "Python":
        monkeypatch.delattr("yaml.CSafeLoader", raising=False)
    return str(request.param)
