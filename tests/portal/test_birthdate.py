from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from plans.languages import LANGUAGES, get_language
from plans.portal.birthdate import field_order, read_birth_date


def read(day, month, year):
    return read_birth_date({"day": day, "month": month, "year": year})


@pytest.mark.parametrize(
    "typed",
    [
        ("3", "5", "1950"),
        ("03", "05", "1950"),
        (" 3.", "5 ", "1950"),
        ("003", "5", "1950"),
        ("3", "May", "1950"),
        ("3", "may", "1950"),
        ("٣", "٥", "١٩٥٠"),
        ("3", "5", "50"),
    ],
)
def test_reads_what_people_type(typed):
    assert read(*typed) == date(1950, 5, 3)


def test_reads_the_beginning_of_a_months_name_in_the_pages_language():
    assert read("1", "sept", "1950") == date(1950, 9, 1)
    with translation.override("es"):
        assert read("1", "enero", "1950") == date(1950, 1, 1)
    assert read("1", "enero", "1950") is None


def test_two_digits_mean_the_last_such_year_that_is_not_in_the_future(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: date(2026, 3, 1))

    assert read("1", "1", "26").year == 2026
    assert read("1", "1", "27").year == 1927
    assert read("1", "1", "00").year == 2000


@pytest.mark.parametrize(
    "typed",
    [
        ("", "", ""),
        ("31", "2", "1950"),
        ("0", "5", "1950"),
        ("3", "13", "1950"),
        ("3", "ma", "1950"),
        ("3", "", "1950"),
        ("-3", "5", "0"),
        ("x", "5", "1950"),
        ("3", "5", "99999"),
        ("31", "12", "1899"),
        ("1", "1", "2999"),
        ("1" * 5000, "5", "1950"),
        ("3.5", "5", "1950"),
        ("3\x00", "5", "1950"),
    ],
)
def test_gives_nothing_for_what_is_no_date(typed):
    assert read(*typed) is None


def test_a_missing_field_is_no_date():
    assert read_birth_date({"day": "3"}) is None


@given(st.text(), st.text(), st.text())
def test_never_raises(day, month, year):
    found = read(day, month, year)
    assert found is None or isinstance(found, date)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 1, 1)))
def test_reads_every_date_in_numbers(day):
    assert read(str(day.day), f"{day.month:02}", f"{day.year:04}") == day


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_orders_the_three_fields(code):
    assert sorted(field_order(get_language(code))) == ["day", "month", "year"]


def test_fields_stand_as_the_language_writes_a_date():
    assert field_order(get_language("en")) == ("month", "day", "year")
    assert field_order(get_language("es")) == ("day", "month", "year")
    assert field_order(get_language("zh-hans")) == ("year", "month", "day")
