"""Which record a command reads: the shipped one, files instead of it, or files beside it.

A command without a country is asked about all countries. Organisations are among them if the user
gives `--with-organisations` or names one, and for a command that lists what the files say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import update_wrapper
from pathlib import Path
from typing import Any, NamedTuple

import click
from attrs import evolve

from recognition_model.cli.answer import Answer
from recognition_model.core.countries import is_organisation, named
from recognition_model.core.dates import DateReading
from recognition_model.core.folder import Folder
from recognition_model.core.position import Position
from recognition_model.core.scenario import Scenario, SignalStep
from recognition_model.core.searches import SearchLog
from recognition_model.core.signals import Family
from recognition_model.core.wording import escape_invisible, plural
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.replay import replay as run
from recognition_model.engine.rules import RULES, RuleTable
from recognition_model.io.loader import load_folder, record_root
from recognition_model.io.vocabulary import shipped_vocabulary

_LOADED = f"{__name__}.loaded"
FEW = 10  # countries; more are listed by their codes


class Selection(NamedTuple):
    """The record that the options choose.

    `instead` are the paths of `--scenarios`, in place of the shipped record, and `beside` those of
    `--with`, in addition. `organisations` adds those of organisations to those of all countries.
    `rules` is the rule table of `--rules`.
    """

    instead: tuple[Path, ...] = ()
    beside: tuple[Path, ...] = ()
    organisations: bool = False
    rules: RuleTable = RULES

    @property
    def with_organisations(self) -> Selection:
        """The same record, with its organisations among all countries."""
        return self._replace(organisations=True)

    @property
    def shipped(self) -> bool:
        """Whether it is the shipped record alone."""
        return not self.instead and not self.beside

    def load(self, countries: Iterable[str] = ()) -> Folder:
        """Load the record; of the shipped files only those of the countries, if there are any.

        The other shipped files do not affect these countries, and reading them would double the
        time. A user's folder is always read completely, so problems in any of its files are
        reported.
        """
        files = [record_root("scenarios") / f"{country}.yaml" for country in countries]
        asked = files if all(file.is_file() for file in files) else ()
        folder = load_folder(self.instead or asked, beside=self.beside)
        if context := click.get_current_context(silent=True):
            context.meta[_LOADED] = folder
        return folder

    def positions(
        self,
        countries: Sequence[str] = (),
        on: date | None = None,
        known_by: date | None = None,
        dates: DateReading = "all",
    ) -> tuple[Folder, list[tuple[Replay, Position]]]:
        """Replay each country; give its position on a day, by default its last documented one."""
        folder = self.load(countries)
        return folder, positions(
            folder,
            countries,
            on,
            known_by,
            dates,
            organisations=self.organisations,
            shipped=self.shipped,
            rules=self.rules,
        )

    def replayed(
        self, countries: Sequence[str] = (), known_by: date | None = None
    ) -> tuple[Folder, list[Replay]]:
        """Replay the countries and organisations named; without any, replay all countries."""
        folder, rows = self.positions(countries, None, known_by)
        return folder, [replay for replay, _ in rows]

    def countries(self) -> set[str]:
        """Codes of all that it has; of the shipped record by the names of its files."""
        own = [*self.instead, *self.beside]
        codes: set[str] = {s.country for s in load_folder(own).all_scenarios} if own else set()
        if self.instead:
            return codes
        return codes | {path.stem for path in record_root("scenarios").glob("[A-Z]*.yaml")}

    def unread(self) -> list[str]:
        """Say which scenario files at the current folder were not read, and how to read them."""
        hint = _of_files_here() if self.shipped else ""
        return [f"note: {hint}"] if hint else []


def _may_hold_scenarios() -> bool:
    """Whether scenario files may be at the current folder: a quick look, for a quick start."""
    try:
        folder = Path.cwd()
        names = {path.name.lower() for path in folder.iterdir()}
        if any(name == "scenarios" or name.endswith((".yaml", ".yml")) for name in names):
            return True
        return any((above / ".git").exists() for above in (folder, *folder.parents))
    except OSError:  # the folder is gone, or not ours to read
        return False


def _of_files_here() -> str:
    if not _may_hold_scenarios():
        return ""
    from recognition_model.cli.here import differs, files_here

    here = files_here()
    return here.not_read() if here and differs(here) else ""


def positions(
    folder: Folder,
    countries: Iterable[str] = (),
    on: date | None = None,
    known_by: date | None = None,
    dates: DateReading = "all",
    *,
    organisations: bool = False,
    shipped: bool = False,
    rules: RuleTable = RULES,
) -> list[tuple[Replay, Position]]:
    """Replay each country of a folder; give its position on a day, by default the last one.

    Organisations are replayed if they are named, or with all countries if `organisations` asks for
    them, or if there is no country. `shipped` says that the folder is the shipped record alone: an
    error for a country that it does not have then names the scenario files of the current folder.
    """
    by_code: dict[str, Scenario] = {s.country: s for s in folder.all_scenarios}
    every = folder.scenarios if folder.scenarios and not organisations else folder.all_scenarios
    wanted = list(dict.fromkeys([*countries] or (one.country for one in every)))
    absent = [code for code in wanted if code not in by_code]
    if absent:
        raise NoScenario(absent, folder, shipped=shipped)
    rows = []
    for code in wanted:
        replay = run(by_code[code], known_by=known_by, rules=rules).read(dates)
        rows.append((replay, replay.history.on(on or replay.history.documented_until)))
    return rows


def countries_alone(codes: Iterable[str], what: str) -> None:
    """Raise `UsageError` if an organisation is named for an answer that holds only countries."""
    for code in codes:
        if is_organisation(code):
            raise click.UsageError(f"{named(code)} is an organisation: {what}")


class NoScenario(click.UsageError):
    """A country has no usable record. `findings` may give the reason."""

    def __init__(self, absent: Iterable[str], folder: Folder, *, shipped: bool = False) -> None:
        absent = list(absent)
        searched = {code: _searched(code, folder) for code in absent}
        between = "; " if any(searched.values()) else ", "
        names = between.join(f"{named(code)}{searched[code]}" for code in absent)
        have = _listed(folder.scenarios) or "none"
        if folder.organisations:
            have += f". Organisations: {_listed(folder.organisations)}"
        hint = f" (for your own files: --with; `new {absent[0]}` begins one)"
        if any(found.is_error for found in folder.findings):
            hint = "; files with the findings above were not used"
        elif shipped and (unread := _of_files_here()):
            hint = f". {unread}"
        super().__init__(f"not in the record: {names}{hint}. Countries in the record: {have}")
        self.findings = folder.findings


def _listed(scenarios: Sequence[Scenario]) -> str:
    few = len(scenarios) <= FEW
    return ", ".join(named(one.country) if few else one.country for one in scenarios)


def _searched(country: str, folder: Folder) -> str:
    """What the logs say of a country without a file: when somebody searched, and what for."""
    log = SearchLog.of_all(folder.searches.values())
    searches = log.of(country)
    if not searches:
        return ""
    count, its_own = log.found_for(country)
    found = f"{'' if its_own else 'up to '}{plural(count, 'source', 'sources')}"
    when = f"searched on {searches[0].seen} up to {searches[0].reviewed}"
    return f", {when}: {found if count else 'nothing'} found"


def reads_record(command: Callable[..., Answer]) -> Callable[..., Answer]:
    """Add `--scenarios` and `--with` to a command, which gets them as one argument `record`.

    The answer says which scenario files at the current folder were not read.
    """

    def noting(*args: Any, record: Selection, **kw: Any) -> Answer:
        answer = command(*args, record=record, **kw)
        return evolve(answer, notes=(*answer.notes, *record.unread()))

    return record_options(update_wrapper(noting, command))


def record_options(command: Callable[..., Answer]) -> Callable[..., Answer]:
    """Add `--scenarios` and `--with` as `reads_record` does, without the note."""

    def selecting(
        *args: Any, paths: tuple[Path, ...], beside: tuple[Path, ...], **kw: Any
    ) -> Answer:
        try:
            return command(*args, record=Selection(paths, beside), **kw)
        except click.UsageError as error:
            _give_reason(error)
            raise

    update_wrapper(selecting, command)
    for option in (_beside, _instead):
        selecting = option(selecting)
    return selecting


def _give_reason(error: click.UsageError) -> None:
    """Show the files that could not be used with an error that may come from there.

    Otherwise a country would only be missing from the record, or a sample too small.
    """
    folder = click.get_current_context().meta.get(_LOADED)
    if folder is not None and not hasattr(error, "findings"):
        error.findings = [found for found in folder.findings if found.is_error]  # type: ignore[attr-defined]


def organisations_option(command: Callable[..., Answer]) -> Callable[..., Answer]:
    """Add `--with-organisations`. It stands below the decorator that gives the record."""

    def selecting(*args: Any, organisations: bool, record: Selection, **kw: Any) -> Answer:
        return command(*args, record=record._replace(organisations=organisations), **kw)

    return _organisations(update_wrapper(selecting, command))


def rules_option(command: Callable[..., Answer]) -> Callable[..., Answer]:
    """Add `--rules` to a command that reads the record; it gets the table with the record.

    It stands below the decorator that gives the record.
    """

    def selecting(*args: Any, rules: RuleTable, record: Selection, **kw: Any) -> Answer:
        return command(*args, record=record._replace(rules=rules), **kw)

    return table_option(update_wrapper(selecting, command))


def table_option(command: Callable[..., Answer]) -> Callable[..., Answer]:
    """Add `--rules` to a command, which gets the table as the argument `rules`.

    The answer says so if a table other than the shipped one was used, in a note and in JSON.
    """

    def chosen(*args: Any, rules: str | None, **kw: Any) -> Answer:
        table = table_of(rules)
        answer = command(*args, rules=table, **kw)
        if table == RULES:
            return answer
        data = answer.data
        if data is not None:
            data = {**data, "answered_by": table.identity()}
        return evolve(answer, data=data, notes=(*answer.notes, *note_of(table)))

    return rules_argument(update_wrapper(chosen, command))


def table_of(name: str | None) -> RuleTable:
    """Return the table that `--rules` names, by default the shipped one. Raises `RecordError`."""
    if name is None:
        return RULES
    from recognition_model.io.rules_files import load_rules

    return load_rules(name)


def note_of(table: RuleTable) -> list[str]:
    """Say that another table than the shipped one answered, and what it does not check."""
    if table == RULES:
        return []
    off = f"; {', '.join(table.off)} not checked" if table.off else ""
    return [f"note: answered by the rules of {escape_invisible(table.in_words)}{off}"]


class RulesName(click.ParamType):  # type: ignore[type-arg]  # generic only in newer releases
    """The name of a table that ships, or a file; a shell completes both."""

    name = "rules"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        from recognition_model.io.rules_files import shipped_rules

        fits = [CompletionItem(name) for name in shipped_rules() if name.startswith(incomplete)]
        return [*fits, CompletionItem(incomplete, type="file")]


def selection_in(ctx: click.Context) -> Selection:
    """The record that the options on an unfinished command line choose, for completion."""
    return Selection(
        tuple(map(Path, ctx.params.get("paths") or ())),
        tuple(map(Path, ctx.params.get("beside") or ())),
    )


def signal_words(ctx: click.Context) -> set[str]:
    """The signals in the record that the options choose, and families, for completion.

    Of the shipped record these are the words of its vocabulary.
    """
    record = selection_in(ctx)
    families = set(map(str, Family))
    if record.shipped:
        return {*shipped_vocabulary().families, *families}
    steps = (step for scenario in record.load().all_scenarios for step in scenario.timeline)
    return families | {step.signal for step in steps if isinstance(step, SignalStep)}


_organisations = click.option(
    "--with-organisations",
    "organisations",
    is_flag=True,
    help="Add the organisations of the record to all countries. One that you name needs no flag.",
)
against_option = click.option(
    "--against",
    type=RulesName(),
    metavar="NAME or FILE",
    help="With --rules: show what that table turns against this one, such as shipped.",
)
rules_argument = click.option(
    "--rules",
    type=RulesName(),
    metavar="NAME or FILE",
    help="Use this rule table: strict, trusting, no-lapse, or a rules file of yours.",
)
_instead = click.option(
    "--scenarios",
    "paths",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Read this file or folder instead of the shipped record. May be repeated.",
)
_beside = click.option(
    "--with",
    "beside",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Read this file or folder too, beside the shipped record. May be repeated.",
)
