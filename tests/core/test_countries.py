"""Countries: one alpha-3 code for each way that people write a country."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from iso3166 import countries
from support.effort import examples

from recognition_model.core.countries import (
    _OLYMPIC_CODES,
    UnknownCountry,
    code_of,
    counted,
    is_country,
    is_known,
    is_organisation,
    name_of,
)

CODES = sorted(country.alpha3 for country in countries)
cases = st.sampled_from((str.upper, str.lower, str.title, str.swapcase))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RUS", "RUS"),
        ("ru", "RUS"),
        ("Russia", "RUS"),
        ("RUSSIAN FEDERATION", "RUS"),
        ("NO", "NOR"),  # a boolean to most readers of YAML
        ("uk", "GBR"),
        ("GB", "GBR"),
        ("United Kingdom", "GBR"),
        ("great britain", "GBR"),
        ("US", "USA"),
        ("united states", "USA"),
        ("United States of America", "USA"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("TÜRKIYE", "TUR"),
        ("UAE", "ARE"),
        ("  Saudi \n Arabia ", "SAU"),
        ("iran", "IRN"),
        ("South Korea", "KOR"),
        ("north korea", "PRK"),
        ("Vatican", "VAT"),
        ("Holy See", "VAT"),
    ],
)
def test_code_of_accepts_codes_and_names(text, code):
    assert code_of(text) == code


@given(st.sampled_from(CODES), cases)
def test_code_of_accepts_every_code_and_name_in_any_case(code, case):
    country = countries.get(code)
    for text in (country.alpha3, country.alpha2, country.name, name_of(code)):
        assert code_of(case(text)) == code


def test_names_are_unique_and_lead_back_to_their_codes():
    assert len(CODES) >= 249
    assert all(name_of(code).strip() for code in CODES)
    assert len({name_of(code) for code in CODES}) == len(CODES)
    assert [code_of(name_of(code)) for code in CODES] == CODES


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("CHN", "China"),
        ("ARE", "United Arab Emirates"),
        *(("BOL", "Bolivia"), ("BRN", "Brunei"), ("CIV", "Ivory Coast"), ("COD", "DR Congo")),
        *(("COG", "Republic of the Congo"), ("CPV", "Cape Verde"), ("FSM", "Micronesia")),
        *(("GBR", "United Kingdom"), ("IRN", "Iran"), ("KOR", "South Korea"), ("LAO", "Laos")),
        *(("MDA", "Moldova"), ("PRK", "North Korea"), ("PSE", "Palestine"), ("RUS", "Russia")),
        *(("SYR", "Syria"), ("TUR", "Turkey"), ("TWN", "Taiwan"), ("TZA", "Tanzania")),
        *(("USA", "United States"), ("VAT", "Holy See"), ("VEN", "Venezuela"), ("VNM", "Vietnam")),
    ],
)
def test_name_of_returns_the_common_english_name(code, name):
    assert name_of(code) == name


def test_is_country_accepts_only_alpha_3_codes_in_capitals():
    assert is_country("NOR")
    for text in ("nor", "NO", "Norway", "ZZZ", ""):
        assert not is_country(text)


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("Russa", "RUS", "Russia"),
        ("Afganistan", "AFG", "Afghanistan"),
        ("Netherland", "NLD", "Netherlands"),
        ("Turkiyee", "TUR", "Turkey"),
        ("RUZ", "RUS", "Russia"),
    ],
)
def test_unknown_country_suggests_similar_countries(text, code, name):
    with pytest.raises(UnknownCountry) as caught:
        code_of(text)
    assert (code, name) in caught.value.suggestions
    assert f"{code} ({name})" in caught.value.hint
    assert text in str(caught.value)


def test_unknown_country_without_suggestions_explains_codes():
    with pytest.raises(UnknownCountry) as caught:
        code_of("qqqq")
    assert caught.value.suggestions == ()
    assert "RUS or RU" in caught.value.hint


@settings(max_examples=examples(60))
@given(st.text(max_size=12))
@example("NÒ")  # nearest to UNO, an organisation
def test_code_of_returns_a_code_or_valid_suggestions_for_any_text(text):
    try:
        code = code_of(text)
    except UnknownCountry as miss:
        suggested = dict(miss.suggestions)
        hint = miss.hint
    else:
        suggested, hint = {code: name_of(code)}, "known"
    assert hint
    assert all(is_known(code) and name_of(code) == name for code, name in suggested.items())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("the Netherlands", "NLD"), ("Turkiye", "TUR"), ("cote d’ivoire", "CIV"), ("PRC", "CHN")),
        *(("the US", "USA"), ("the UK", "GBR"), ("the UAE", "ARE"), ("the EU", "EUE")),
    ],
)
def test_code_of_ignores_articles_accents_and_apostrophe_shape(name: str, code: str) -> None:
    assert code_of(name) == code


@pytest.mark.parametrize(
    ("olympic", "code"),
    [
        ("INA", "IDN"),
        ("ger", "DEU"),
        ("NED", "NLD"),
        ("SUI", "CHE"),
        ("KSA", "SAU"),
        ("IRI", "IRN"),
    ],
)
def test_code_of_the_olympic_committee_is_answered_with_the_code_of_the_standard(
    olympic: str, code: str
) -> None:
    with pytest.raises(UnknownCountry) as caught:
        code_of(olympic)
    assert caught.value.suggestions == ((code, name_of(code)),)


def test_olympic_codes_are_no_codes_of_the_standard() -> None:
    codes = _OLYMPIC_CODES.split()
    assert not {*codes[::2]} & {*CODES}
    assert {*codes[1::2]} <= {*CODES}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EUE", "EUE"),
        ("eu", "EUE"),
        ("the European Union", "EUE"),
        ("UN", "UNO"),
        ("uno", "UNO"),
        ("United Nations", "UNO"),
    ],
)
def test_code_of_accepts_the_codes_and_names_of_organisations(text, code):
    assert code_of(text) == code
    assert (is_organisation(code), is_country(code)) == (True, False)


def test_no_country_has_the_code_of_an_organisation():
    assert not {"EUE", "UNO"} & set(CODES)
    assert not {"EU", "UN"} & {country.alpha2 for country in countries}


def test_a_near_miss_of_an_organisation_is_suggested():
    with pytest.raises(UnknownCountry) as caught:
        code_of("Europaen Union")
    assert caught.value.suggestions == (("EUE", "European Union"),)


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ([], "0 countries"),
        (["RUS"], "1 country"),
        (["RUS", "CHN"], "2 countries"),
        (["EUE"], "1 organisation"),
        (["RUS", "EUE", "UNO"], "1 country and 2 organisations"),
    ],
)
def test_countries_and_organisations_are_counted_apart(codes, told):
    assert counted(codes) == told
