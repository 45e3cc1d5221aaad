"""The layouts of coded event data: which column of a file says what.

The lists of columns are those published: of GDELT 1.0 and 2.0 in their code books, of ICEWS in the
header of its files, of POLECAT in the header of its files.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import field, frozen

from recognition_model.core.event_codes import CodeList

_GDELT_2 = """
    GLOBALEVENTID|SQLDATE|MonthYear|Year|FractionDate|Actor1Code|Actor1Name|
    Actor1CountryCode|Actor1KnownGroupCode|Actor1EthnicCode|Actor1Religion1Code|
    Actor1Religion2Code|Actor1Type1Code|Actor1Type2Code|Actor1Type3Code|Actor2Code|
    Actor2Name|Actor2CountryCode|Actor2KnownGroupCode|Actor2EthnicCode|
    Actor2Religion1Code|Actor2Religion2Code|Actor2Type1Code|Actor2Type2Code|
    Actor2Type3Code|IsRootEvent|EventCode|EventBaseCode|EventRootCode|QuadClass|
    GoldsteinScale|NumMentions|NumSources|NumArticles|AvgTone|Actor1Geo_Type|
    Actor1Geo_FullName|Actor1Geo_CountryCode|Actor1Geo_ADM1Code|Actor1Geo_ADM2Code|
    Actor1Geo_Lat|Actor1Geo_Long|Actor1Geo_FeatureID|Actor2Geo_Type|Actor2Geo_FullName|
    Actor2Geo_CountryCode|Actor2Geo_ADM1Code|Actor2Geo_ADM2Code|Actor2Geo_Lat|
    Actor2Geo_Long|Actor2Geo_FeatureID|ActionGeo_Type|ActionGeo_FullName|
    ActionGeo_CountryCode|ActionGeo_ADM1Code|ActionGeo_ADM2Code|ActionGeo_Lat|
    ActionGeo_Long|ActionGeo_FeatureID|DATEADDED|SOURCEURL
"""
_ADDED = frozenset({"Actor1Geo_ADM2Code", "Actor2Geo_ADM2Code", "ActionGeo_ADM2Code"})
_ICEWS = """
    Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|
    Intensity|Target Name|Target Sectors|Target Country|Story ID|Sentence Number|
    Publisher|City|District|Province|Country|Latitude|Longitude
"""
_POLECAT = """
    Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|
    Actor Country|Actor COW|Primary Actor Sector|Actor Sectors|Actor Title|
    Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country|Recipient COW|
    Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|
    Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|
    GeoNames ID|Raw Placename|Feature Type|Source|Publication Date|Story People|
    Story Organizations|Story Locations|Language|Version
"""


@frozen(kw_only=True)
class Side:
    """The columns on one actor of an event. An empty name says that the data lack it."""

    country: str
    code: str = ""
    name: str = ""
    group: str = ""
    type: str = ""


@frozen(kw_only=True)
class EventLayout:
    """Which column of a file says what.

    `day` holds the day of the event, in the form of `day_format` (of C's `strptime`). `codes` is
    the list of the event codes; a `mode` is joined to the code with a slash. `by_name` says that
    countries are named, not coded. `types` turns words for the kind of actor into CAMEO's codes,
    the first that fits. `mentions`, `sources` and `url` may be empty. An empty `quote` says that
    quotes are letters like others.
    """

    name: str
    columns: tuple[str, ...]
    header: bool
    codes: CodeList
    day: str
    day_format: str
    code: str
    mode: str = ""
    first: Side
    second: Side
    mentions: str = ""
    sources: str = ""
    url: str = ""
    by_name: bool = False
    delimiter: str = "\t"
    quote: str = ""
    types: Mapping[str, str] = field(factory=dict)

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that are read, each once, in the order of the file."""
        sides = [
            part
            for side in (self.first, self.second)
            for part in (side.country, side.code, side.name, side.group, side.type)
        ]
        wanted = {
            *sides,
            *(self.day, self.code, self.mode, self.mentions, self.sources, self.url),
        }
        return tuple(column for column in self.columns if column in wanted)


def _names(text: str) -> tuple[str, ...]:
    return tuple(
        name.strip() for line in text.split("\n") for name in line.split("|") if name.strip()
    )


def _gdelt_side(number: int) -> Side:
    actor = f"Actor{number}"
    return Side(
        country=f"{actor}CountryCode",
        code=f"{actor}Code",
        name=f"{actor}Name",
        group=f"{actor}KnownGroupCode",
        type=f"{actor}Type1Code",
    )


def _gdelt(name: str, columns: tuple[str, ...]) -> EventLayout:
    return EventLayout(
        name=name,
        columns=columns,
        header=False,
        codes=CodeList.CAMEO,
        day="SQLDATE",
        day_format="%Y%m%d",
        code="EventCode",
        first=_gdelt_side(1),
        second=_gdelt_side(2),
        mentions="NumMentions",
        sources="NumSources",
        url="SOURCEURL" if "SOURCEURL" in columns else "",
    )


_GDELT_2_COLUMNS = _names(_GDELT_2)
_GDELT_1_COLUMNS = tuple(name for name in _GDELT_2_COLUMNS if name not in _ADDED)
_SECTORS = {
    "Government": "GOV",
    "Military": "MIL",
    "Legislative": "LEG",
    "Judicial": "JUD",
    "Police": "COP",
    "Parties": "OPP",
    "Insurgents": "REB",
    "Media": "MED",
    "Business": "BUS",
    "Religious": "REL",
    "Medical": "HLH",
    "Education": "EDU",
    "NGO": "NGO",
    "Civilian": "CVL",
    "Social": "CVL",
}

LAYOUTS: Mapping[str, EventLayout] = MappingProxyType(
    {
        layout.name: layout
        for layout in (
            _gdelt("gdelt2", _GDELT_2_COLUMNS),
            _gdelt("gdelt1", _GDELT_1_COLUMNS),
            _gdelt("gdelt1-history", _GDELT_1_COLUMNS[:-1]),
            EventLayout(
                name="icews",
                columns=_names(_ICEWS),
                header=True,
                codes=CodeList.CAMEO,
                day="Event Date",
                day_format="%Y-%m-%d",
                code="CAMEO Code",
                first=Side(country="Source Country", name="Source Name", type="Source Sectors"),
                second=Side(country="Target Country", name="Target Name", type="Target Sectors"),
                by_name=True,
                types=MappingProxyType(_SECTORS),
            ),
            EventLayout(
                name="polecat",
                columns=_names(_POLECAT),
                header=True,
                codes=CodeList.PLOVER,
                day="Event Date",
                day_format="%Y-%m-%d",
                code="Event Type",
                mode="Event Mode",
                first=Side(country="Actor Country", name="Actor Name", type="Primary Actor Sector"),
                second=Side(
                    country="Recipient Country",
                    name="Recipient Name",
                    type="Primary Recipient Sector",
                ),
            ),
        )
    }
)
"""The layouts by name. `gdelt1-history` is that of the files before April 2013, without a URL."""

MISSING = ("Phoenix", "TERRIER", "ICEWS in the aggregated form")
"""Data whose published list of columns was not found: no layout ships for them."""


def layout_by_count(columns: int) -> EventLayout | None:
    """Return the layout without a header line that has so many columns."""
    fits = [one for one in LAYOUTS.values() if not one.header and len(one.columns) == columns]
    return fits[0] if fits else None


def layout_by_header(names: tuple[str, ...]) -> EventLayout | None:
    """Return the layout whose columns in use are all in a header line."""
    present = set(names)
    fits = [one for one in LAYOUTS.values() if present.issuperset(one.used)]
    return fits[0] if fits else None
