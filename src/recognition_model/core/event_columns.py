"""The columns of a user's own files of coded events, as a crosswalk names them."""

# No `from __future__ import annotations` here: the JSON Schema and the reader of files use the
# annotations of these classes as live types.

from attrs import frozen

from recognition_model.core.base import Ranked, Readable, doc
from recognition_model.core.diagnostics import NOWHERE, Place
from recognition_model.core.event_codes import CodeList
from recognition_model.core.event_layouts import EventLayout, Side


class Delimiter(Ranked):
    """What stands between two values of a line."""

    TAB = "tab", "A tabulator. Quotes are letters like others."
    COMMA = "comma", "A comma. A value in double quotes may have one."
    SEMICOLON = "semicolon", "A semicolon. A value in double quotes may have one."

    @property
    def sign(self) -> str:
        """The character itself."""
        return {"tab": "\t", "comma": ",", "semicolon": ";"}[self.value]


class CountriesBy(Ranked):
    """How a file names a country."""

    CODE = "code", "By its alpha-3 code, or by a code in `countries:` of the crosswalk."
    NAME = "name", "By its English name."


@frozen(kw_only=True, repr=False)
class ActorColumns(Readable):
    """The columns that tell of one of the two actors of an event."""

    country: str = doc("The column with the actor's country.")
    code: str = doc("The column with the whole actor code, as AFGINSTAL.", default="")
    name: str = doc("The column with the actor's name. A column of codes counts first.", default="")
    group: str = doc("The column with the code of a known group, as TAL.", default="")
    type: str = doc("The column with the type of the actor, as GOV.", default="")

    @property
    def side(self) -> Side:
        """The same as a side of a layout."""
        return Side(
            country=self.country, code=self.code, name=self.name, group=self.group, type=self.type
        )

    def __str__(self) -> str:
        return self.country


@frozen(kw_only=True, repr=False)
class EventColumns(Readable):
    """Which column of a file says what, for files of a layout that the program does not know."""

    day: str = doc("The column with the day of the event.")
    day_format: str = doc(
        "How the day is written, in the signs of strptime. Without the key: %Y-%m-%d.",
        default="%Y-%m-%d",
    )
    code: str = doc("The column with the event code.")
    mode: str = doc("The column with the mode of a PLOVER event.", default="")
    actor: ActorColumns = doc("The columns of the actor that acts.")
    recipient: ActorColumns = doc("The columns of the actor that is acted on.")
    mentions: str = doc("The column with the number of mentions.", default="")
    sources: str = doc("The column with the number of sources.", default="")
    url: str = doc("The column with the address of an article.", default="")
    countries_by: CountriesBy = doc(
        "How countries are named. Without the key: by code.", default=CountriesBy.CODE
    )
    delimiter: Delimiter = doc(
        "What stands between two values. Without the key: a comma.", default=Delimiter.COMMA
    )
    names: tuple[str, ...] = doc(
        "The names of all columns in their order, for CSV files without a header line.", default=()
    )
    place: Place = doc("Its place in the file.", key=False, default=NOWHERE, eq=False, repr=False)

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that are read, each once."""
        sides = [
            part
            for side in (self.actor, self.recipient)
            for part in (side.country, side.code, side.name, side.group, side.type)
        ]
        others = (self.day, self.code, self.mode, self.mentions, self.sources, self.url)
        return tuple(dict.fromkeys(name for name in (*others, *sides) if name))

    def layout(self, codes: CodeList) -> EventLayout:
        """Return the layout of the files, whose events have codes of a list."""
        return EventLayout(
            name="columns",
            columns=self.names or self.used,
            header=not self.names,
            codes=codes,
            day=self.day,
            day_format=self.day_format,
            code=self.code,
            mode=self.mode,
            first=self.actor.side,
            second=self.recipient.side,
            mentions=self.mentions,
            sources=self.sources,
            url=self.url,
            by_name=self.countries_by is CountriesBy.NAME,
            delimiter=self.delimiter.sign,
            quote="" if self.delimiter is Delimiter.TAB else '"',
        )

    def __str__(self) -> str:
        return ", ".join(self.used)
