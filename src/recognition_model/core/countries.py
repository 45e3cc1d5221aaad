"""Countries by ISO 3166-1, and two organisations: alpha-3 codes in files.

Users may also type alpha-2 codes or names. The codes of the organisations are those of machine
readable passports (ICAO 9303); ISO 3166-1 gives them to no country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from iso3166 import countries_by_alpha2, countries_by_alpha3

from recognition_model.core.wording import plural

# Where English prose uses another name than the standard.
_COMMON_NAMES = {
    "BOL": "Bolivia",
    "BRN": "Brunei",
    "COD": "DR Congo",
    "COG": "Republic of the Congo",
    "CIV": "Ivory Coast",
    "CPV": "Cape Verde",
    "FSM": "Micronesia",
    "GBR": "United Kingdom",
    "IRN": "Iran",
    "KOR": "South Korea",
    "LAO": "Laos",
    "MDA": "Moldova",
    "PRK": "North Korea",
    "PSE": "Palestine",
    "RUS": "Russia",
    "SYR": "Syria",
    "TUR": "Turkey",
    "TWN": "Taiwan",
    "TZA": "Tanzania",
    "USA": "United States",
    "VAT": "Holy See",
    "VEN": "Venezuela",
    "VNM": "Vietnam",
}
_OTHER_NAMES = {
    "Britain": "GBR",
    "Great Britain": "GBR",
    "UK": "GBR",
    "England": "GBR",
    "Scotland": "GBR",
    "Wales": "GBR",
    "America": "USA",
    "Nauru": "NRU",
    "US": "USA",
    "UAE": "ARE",
    "PRC": "CHN",
    "Burma": "MMR",
    "Czech Republic": "CZE",
    "Swaziland": "SWZ",
    "Holland": "NLD",
    "Macedonia": "MKD",
    "Vatican": "VAT",
    "EU": "EUE",
    "UN": "UNO",
    "United Nations Organization": "UNO",
}
_OLYMPIC_CODES = (
    "ALG DZA ANG AGO ANT ATG ARU ABW ASA ASM BAH BHS BAN BGD BAR BRB BER BMU BHU BTN BIZ BLZ"
    " BOT BWA BRU BRN BUL BGR BUR BFA CAM KHM CAY CYM CGO COG CHA TCD CHI CHL CRC CRI CRO HRV"
    " DEN DNK ESA SLV FIJ FJI GAM GMB GBS GNB GEQ GNQ GER DEU GRE GRC GRN GRD GUA GTM GUI GIN"
    " HAI HTI HON HND INA IDN IRI IRN ISV VIR IVB VGB KOS XKX KSA SAU KUW KWT LAT LVA LBA LBY"
    " LES LSO LIB LBN MAD MDG MAS MYS MAW MWI MGL MNG MON MCO MRI MUS MTN MRT MYA MMR NCA NIC"
    " NED NLD NEP NPL NGR NGA NIG NER OMA OMN PAR PRY PHI PHL PLE PSE POR PRT PUR PRI RSA ZAF"
    " SAM WSM SEY SYC SIN SGP SKN KNA SLO SVN SOL SLB SRI LKA SUD SDN SUI CHE TAN TZA TGA TON"
    " TOG TGO TPE TWN URU URY VAN VUT VIE VNM VIN VCT ZAM ZMB ZIM ZWE"
)  # the code of the Olympic committee, then that of ISO 3166-1, where they differ


CODES = tuple(countries_by_alpha3)
"""All alpha-3 codes of countries, including Kosovo's user-assigned XKX."""

ORGANISATIONS: Mapping[str, str] = MappingProxyType(
    {"EUE": "European Union", "UNO": "United Nations"}
)
"""Organisations that states act through, by the codes of ICAO 9303."""


# Countries and organisations whose English names take an article.
_WITH_ARTICLE = frozenset(
    {"ARE", "CAF", "COD", "COG", "EUE", "GBR", "MDV", "NLD", "PHL", "UNO", "USA", "VAT"}
)


class UnknownCountry(LookupError):
    """No country or organisation has this code or name.

    `suggestions` are similar (code, name) pairs.
    """

    def __init__(self, text: str, suggestions: tuple[tuple[str, str], ...]) -> None:
        super().__init__(f"no country is called {text!r}")
        self.text = text
        self.suggestions = suggestions

    @property
    def hint(self) -> str:
        if not self.suggestions:
            return "use an ISO 3166-1 code such as RUS or RU, or an English name"
        near = " or ".join(f"{code} ({name})" for code, name in self.suggestions)
        return f"did you mean {near}?"


def is_country(code: str) -> bool:
    """Whether this is an alpha-3 code in capitals, of ISO 3166-1 or Kosovo's XKX."""
    return code in countries_by_alpha3


def is_organisation(code: str) -> bool:
    """Whether this is the code of an organisation, in capitals."""
    return code in ORGANISATIONS


def is_known(code: str) -> bool:
    """Whether this is an alpha-3 code in capitals, of a country or of an organisation."""
    return is_country(code) or is_organisation(code)


def name_of(code: str) -> str:
    """Return the common English name of a country or an organisation.

    `KeyError` if `code` is not an alpha-3 code.
    """
    name = _COMMON_NAMES.get(code) or ORGANISATIONS.get(code)
    return name or str(countries_by_alpha3[code].name)


def in_prose(code: str) -> str:
    """Name a country as within a sentence: `the United States`."""
    name = name_of(code)
    return f"the {name}" if code in _WITH_ARTICLE else name


def named(code: str) -> str:
    """Return a name and its code: `Russia (RUS)`."""
    return f"{name_of(code)} ({code})"


def counted(codes: Iterable[str]) -> str:
    """Count countries, and organisations if there are any: `34 countries and 1 organisation`."""
    every = list(codes)
    organisations = sum(map(is_organisation, every))
    countries = plural(len(every) - organisations, "country", "countries")
    if not organisations:
        return countries
    others = plural(organisations, "organisation", "organisations")
    return others if organisations == len(every) else f"{countries} and {others}"


def code_of(text: str) -> str:
    """Return the alpha-3 code for an alpha-3 code, an alpha-2 code or an English name.

    This may be an organisation's: `EUE` for `EU` or `European Union`. Upper and lower case count
    the same. Raises `UnknownCountry` with suggestions.
    """
    wanted = text.strip().upper()
    if is_known(wanted):
        return wanted
    if wanted in countries_by_alpha2:
        return str(countries_by_alpha2[wanted].alpha3)
    names = _codes_by_name()
    name = _folded(text)
    if name in names:
        return names[name]
    raise UnknownCountry(text, _near(name, names))


@cache
def _codes_by_name() -> dict[str, str]:
    names = {country.name: code for code, country in countries_by_alpha3.items()}
    names |= {name: code for code, name in (*_COMMON_NAMES.items(), *ORGANISATIONS.items())}
    names |= _OTHER_NAMES
    return {_folded(name): code for name, code in names.items()}


def _folded(name: str) -> str:
    """Reduce a name for comparison: no case, accents, leading article or curly apostrophes."""
    from recognition_model.core.likeness import without_accents  # codes need none of it

    letters = without_accents(" ".join(name.split()).replace("’", "'"))
    return letters.casefold().removeprefix("the ")


def _near(wanted: str, names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    from difflib import get_close_matches

    codes = _OLYMPIC_CODES.split()
    if code := dict(zip(codes[::2], codes[1::2], strict=True)).get(wanted.upper()):
        return ((code, name_of(code)),)
    near = [code for name, code in names.items() if wanted in name.split()]
    near += [names[name] for name in get_close_matches(wanted, names, n=3, cutoff=0.7)]
    if len(wanted) <= 3:
        near += [
            code.upper()
            for code in get_close_matches(wanted, map(str.lower, (*CODES, *ORGANISATIONS)), n=2)
        ]
    return tuple((code, name_of(code)) for code in dict.fromkeys(near))
