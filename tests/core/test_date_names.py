"""Months by their names in other languages."""

from __future__ import annotations

import pytest

from recognition_model.core.dates import DateError, When

MONTHS = {
    "French": "janvier février mars avril mai juin juillet août septembre octobre novembre"
    " décembre",
    "German": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "Spanish": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
    "Indonesian": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November"
    " Desember",
    "Russian": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "Russian, of a day": "января февраля марта апреля мая июня июля августа сентября октября"
    " ноября декабря",
    "short English": "Jan Febr Mar Apr May Jun Jul Aug Sept Octo Nov Dec",
    "English cut off": "Janu Febru Marc Apri May June July Augu Septe Octob Novem Decem",
}


@pytest.mark.parametrize("language", MONTHS)
def test_month_is_known_by_its_name(language: str) -> None:
    names = MONTHS[language].split()
    for number, name in enumerate(names, 1):
        with pytest.raises(DateError) as caught:
            When.parse(f"5 {name} 2021")
        assert caught.value.rewrites == (f"2021-{number:02}-05",), name
    assert len(names) == 12


@pytest.mark.parametrize(
    ("name", "month"), [("Jänner 2021", "2021-01"), ("setiembre 2021", "2021-09")]
)
def test_second_name_of_a_month_is_known(name: str, month: str) -> None:
    with pytest.raises(DateError) as caught:
        When.parse(name)
    assert caught.value.rewrites == (month,)
