from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from plans.handout.phrases import write_date
from plans.languages import LANGUAGES, get_language, in_country
from plans.portal.birthdate import field_order, read_birth_date

EN, ES, AR, ZH = (LANGUAGES[code] for code in ("en", "es", "ar", "zh-hans"))
APRIL, DECEMBER = date(1968, 4, 12), date(1968, 12, 4)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: date(2026, 11, 29))


def read(day, month, year, *, language=EN):
    return read_birth_date({"day": day, "month": month, "year": year}, language=language)


def read_line(typed, *, language=EN):
    return read_birth_date({"date": typed}, language=language)


# --- Three fields ---


@pytest.mark.parametrize(
    "typed",
    [
        ("3", "5", "1950"),
        ("03", "05", "1950"),
        (" 3.", "5 ", "1950"),
        ("003", "5", "1950"),
        ("3", "May", "1950"),
        ("3", "may", "1950"),
        ("3rd", "May.", "1950"),
        ("3.º", "mayo", "1950"),
        ("٣", "٥", "١٩٥٠"),
        ("٣", "أيار", "١٩٥٠"),
        ("3日", "5月", "1950年"),
        ("三", "五月", "一九五〇"),
        ("3", "5", "50"),
        ("3 May 1950", "", ""),
        ("", "", "19500503"),
        ("3 May", "", "1950"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_reads_what_people_type_into_three_fields(typed, language):
    assert read(*typed, language=language) == [date(1950, 5, 3)]


def test_three_fields_say_which_is_the_day():
    assert read("4", "12", "1968") == [DECEMBER]
    assert read("12", "4", "1968") == [APRIL]


def test_two_digits_mean_the_last_such_year_in_which_the_day_is_not_in_the_future():
    assert read("29", "11", "26") == [date(2026, 11, 29)]
    assert read("30", "11", "26") == [date(1926, 11, 30)]
    assert read("1", "1", "27") == [date(1927, 1, 1)]
    assert read("1", "1", "00") == [date(2000, 1, 1)]
    assert read("29", "2", "28") == [date(1928, 2, 29)]
    assert read("29", "2", "26") == []


@pytest.mark.parametrize(
    "typed",
    [
        ("", "", ""),
        ("31", "2", "1950"),
        ("0", "5", "1950"),
        ("3", "13", "1950"),
        ("3", "ma", "1950"),
        ("3", "", "1950"),
        ("12", "4", ""),
        ("-3", "5", "0"),
        ("x", "5", "1950"),
        ("May", "3", "1950"),
        ("3", "5th", "1950"),
        ("3", "5", "99999"),
        ("3", "5", "950"),
        ("31", "12", "1899"),
        ("1", "1", "2999"),
        ("1" * 5000, "5", "1950"),
        ("3.5", "5", "1950"),
        ("3\x00", "5", "1950"),
        ("3 May 1950", "5", "1950"),
    ],
)
def test_gives_nothing_for_what_is_no_date(typed):
    assert read(*typed) == []


def test_a_missing_field_is_no_date():
    assert read_birth_date({"day": "3"}, language=EN) == []


# --- One line ---

ONE_DAY = [
    # The month as a word says what the other numbers are, in each order.
    "April 12 1968", "April 12, 1968", "april 12th, 1968", "APRIL 12TH 1968", "12 April 1968", "12th April 1968",
    "the 12th of April 1968", "the 12th of April, 1968", "12 Apr 68", "12-Apr-1968", "Apr. 12 '68", "Apr 12 ’68",
    "12apr1968", "1968 April 12", "1968-Apr-12", "12ᵗʰ April 1968", "４月12日1968年",
    "12 de abril de 1968", "12 de Abril del 68", "el 12 de abril de 1968", "12 abril 1968", "12 ABR 1968",
    "12/abr/68",
    "abril 12 de 1968", "12º de abril de 1968", "12.º de abril de 1968", "12° abril 1968", "12o abril 1968",
    "12 أبريل 1968", "12 ابريل 1968", "12 إبريل 1968", "١٢ أبريل ١٩٦٨", "١٢ نيسان ١٩٦٨", "12 نيسان، 1968",
    "12 أفريل 1968",
    "١٢ من أبريل سنة ١٩٦٨م", "12 أبــريل 1968 م", "12 أَبْرِيل 1968", "في 12 شهر أبريل عام 1968", "۱۲ أبريل ۱۹۶۸",
    "1968年4月12日", "1968 年 4 月 12 日", "1968年4月12", "1968年04月12号", "1968年4月12號", "68年4月12日",
    "１９６８年４月１２日",
    "一九六八年四月十二日", "四月十二日一九六八年", "4月12日1968年",
    # An ending tells the day.
    "4/12th/1968", "12th/4/1968", "12º/4/1968",
    # The year first is always followed by the month.
    "1968-04-12", "1968/4/12", "1968.4.12", "1968 4 12", "1968，4，12", "١٩٦٨/٤/١٢", "19680412", "1968、4、12",
    # What people see as one line may hold marks of direction.
    "\u200f12 أبريل 1968\u200e", "  April\t12\u00a01968. ",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("typed", ONE_DAY)
def test_reads_one_day_from_one_line(typed, language):
    assert read_line(typed, language=language) == [APRIL]


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    ["17/5/1960", "17.5.60", "17-05-60", "17 5 1960", "17,5,1960", "17/5 1960", "5/17/1960", "5.17.60", "17051960",
     "05171960", "170560", "051760", "60-5-17", "60/05/17", "19600517", "600517", "١٧٫٥٫١٩٦٠", "١٧/٥/٦٠", "١٧-٥-١٩٦٠",
     "17／5／1960", "17。5。1960", "17–5–1960", "17\\5\\1960", "17_5_1960"],
)  # fmt: skip
def test_numbers_of_which_one_reading_is_a_date_need_no_question(typed, language):
    assert read_line(typed, language=language) == [date(1960, 5, 17)]


@pytest.mark.parametrize(
    "typed",
    [
        "12/4/1968",
        "12.4.68",
        "12-04-1968",
        "12 4 1968",
        "12,4,68",
        "12041968",
        "120468",
        "١٢/٤/١٩٦٨",
        "١٢٠٤١٩٦٨",
    ],
)
@pytest.mark.parametrize(
    ("language", "days"),
    [(EN, [DECEMBER, APRIL]), (in_country(EN, "en-GB"), [APRIL, DECEMBER]), (ES, [APRIL, DECEMBER]),
     (AR, [APRIL, DECEMBER]), (ZH, [APRIL, DECEMBER])],
    ids=["en", "en-GB", "es", "ar", "zh"],
)  # fmt: skip
def test_what_may_be_two_days_gives_both_in_the_order_of_the_language(typed, language, days):
    assert read_line(typed, language=language) == days


def test_two_readings_of_one_day_are_one():
    assert read_line("4/4/1968") == [date(1968, 4, 4)]


def test_a_reading_in_the_future_is_none():
    assert read_line("4/12/2026") == [date(2026, 4, 12)]


def test_a_language_that_begins_with_the_year_may_mean_three_days():
    assert read_line("04/05/12", language=ZH) == [date(2004, 5, 12), date(2012, 5, 4), date(2012, 4, 5)]
    assert read_line("04/05/12", language=ES) == [date(2012, 5, 4), date(2012, 4, 5)]


def test_the_first_of_a_month_as_spanish_writes_it():
    for typed in (
        "1 de mayo de 1950",
        "1.º de mayo de 1950",
        "1ero de mayo de 1950",
        "1ro mayo 50",
        "primero de mayo de 1950",
    ):
        assert read_line(typed, language=ES) == [date(1950, 5, 1)]


def test_the_line_goes_before_the_fields():
    typed = {"date": "April 12 1968", "day": "3", "month": "5", "year": "1950"}
    assert read_birth_date(typed, language=EN) == [APRIL]


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "/", "12", "1968", "May", "May 1950", "12 April", "April 1968", "12/4", "31.2.", "31.2.1968",
        "31/2/1968", "30 de febrero de 1968", "29/2/1967", "1967年2月29日", "13/13/1968", "0/4/1968",
        "12/0/1968", "12/4/0",
        "12/4/968", "12/4/1850", "12 April 1850", "31.12.1899", "30/11/2026", "November 30, 2026",
        "2026-11-30", "12/4/2999",
        "1241968", "12041", "1204196812", "12/4/1968/5", "12/4/1968 12", "April May 1968", "12 April 4 1968",
        "12 Ap 1968", "12 ju 1968", "12 كانون 1968", "12 Aprill 1968", "12th 4th 1968", "1968th April 12",
        "12 April 1968 at 5", "12 ramadan 1388", "14 محرم 1388 هـ", "14/1/1388هـ", "民国57年4月12日",
        "农历1968年4月12日", "1968年13月12日",
        "12+4+1968", "12*4*1968", "<12/4/1968>", "12/4/1968; DROP", "my birthday", "🎂", "12 🎂 1968",
        "12\x004\x001968", "①②③", "十十十年四月十二日", "二十三十年四月十二日", "9" * 5000, "th", "日", "de",
        "primero",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_a_line_that_is_no_birth_date_gives_nothing(typed, language):
    assert read_line(typed, language=language) == []


def test_yesterday_and_today_are_birth_dates_and_tomorrow_is_none():
    assert read_line("28 November 2026") == [date(2026, 11, 28)]
    assert read_line("29 November 2026") == [date(2026, 11, 29)]
    assert read_line("30 November 2026") == []
    assert read_line("1.1.1900") == [date(1900, 1, 1)]


# --- Anything ---

BIRTH_DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 1, 1))


@given(st.text(), st.text(), st.text(), st.text())
def test_never_raises(line, day, month, year):
    found = read_birth_date({"date": line, "day": day, "month": month, "year": year}, language=ZH)
    assert all(isinstance(day, date) for day in found)


@given(st.text(alphabet="0123456789٣五十月年日 ./-adeilnprth", max_size=20))
def test_what_is_read_lies_between_the_first_year_and_today(line):
    for language in LANGUAGES.values():
        found = read_line(line, language=language)
        assert len(found) <= 3
        assert all(date(1900, 1, 1) <= day <= date(2026, 11, 29) for day in found)


@given(BIRTH_DATES)
def test_reads_every_date_in_numbers(day):
    assert read(str(day.day), f"{day.month:02}", f"{day.year:04}") == [day]
    for language in LANGUAGES.values():
        assert read_line(day.isoformat(), language=language) == [day]
        assert day in read_line(f"{day.day}.{day.month}.{day.year}", language=language)
        assert day in read_line(f"{day:%m/%d/%Y}", language=language)


@given(BIRTH_DATES, st.sampled_from(sorted(LANGUAGES)), st.sampled_from(sorted(LANGUAGES)))
def test_reads_every_date_as_the_page_itself_writes_it(day, written, page):
    with translation.override(written):
        for language in (LANGUAGES[written], in_country(LANGUAGES[written], "en-GB")):
            assert read_line(write_date(day, language), language=LANGUAGES[page]) == [day]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_orders_the_three_fields(code):
    assert sorted(field_order(get_language(code))) == ["day", "month", "year"]


def test_fields_stand_as_the_language_writes_a_date():
    assert field_order(get_language("en")) == ("month", "day", "year")
    assert field_order(get_language("es")) == ("day", "month", "year")
    assert field_order(get_language("zh-hans")) == ("year", "month", "day")
