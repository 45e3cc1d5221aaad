"""Countries: one alpha-3 code for each way that people write a country."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from iso3166 import countries

from recognition_model.core.countries import UnknownCountry, code_of, is_country, name_of

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
def test_a_country_is_known_by_its_codes_and_its_names(text, code):
    assert code_of(text) == code


@given(st.sampled_from(CODES), cases)
def test_every_country_is_known_by_every_code_and_name_in_any_case(code, case):
    country = countries.get(code)
    for text in (country.alpha3, country.alpha2, country.name, name_of(code)):
        assert code_of(case(text)) == code


def test_every_code_has_a_name_of_its_own_and_comes_back_from_it():
    assert len(CODES) >= 249
    assert all(name_of(code).strip() for code in CODES)
    assert len({name_of(code) for code in CODES}) == len(CODES)
    assert [code_of(name_of(code)) for code in CODES] == CODES


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("RUS", "Russia"),
        ("TUR", "Turkey"),
        ("GBR", "United Kingdom"),
        ("IRN", "Iran"),
        ("CHN", "China"),
        ("ARE", "United Arab Emirates"),
        ("COD", "DR Congo"),
    ],
)
def test_a_name_is_the_one_english_prose_uses(code, name):
    assert name_of(code) == name


def test_in_a_file_only_an_alpha_3_code_in_capitals_is_a_country():
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
def test_a_miss_suggests_what_was_probably_meant(text, code, name):
    with pytest.raises(UnknownCountry) as caught:
        code_of(text)
    assert (code, name) in caught.value.suggestions
    assert f"{code} ({name})" in caught.value.hint
    assert text in str(caught.value)


def test_a_hopeless_miss_says_how_a_country_is_written():
    with pytest.raises(UnknownCountry) as caught:
        code_of("qqqq")
    assert caught.value.suggestions == ()
    assert "RUS or RU" in caught.value.hint


@settings(max_examples=60)
@given(st.text(max_size=12))
def test_any_text_is_a_country_or_a_miss_with_real_countries_for_suggestions(text):
    try:
        code = code_of(text)
    except UnknownCountry as miss:
        suggested = dict(miss.suggestions)
        hint = miss.hint
    else:
        suggested, hint = {code: name_of(code)}, "known"
    assert hint
    assert all(is_country(code) and name_of(code) == name for code, name in suggested.items())


@pytest.mark.parametrize(
    ("name", "code"),
    [("the Netherlands", "NLD"), ("Turkiye", "TUR"), ("cote d’ivoire", "CIV"), ("PRC", "CHN")],
)
def test_an_article_an_accent_or_an_apostrophe_makes_no_other_name(name: str, code: str) -> None:
    assert code_of(name) == code
