"""The languages of the service, in one table: pages and handouts, library files, settings and the portal read it.

docs/how-to/add-a-language.md says what a new one needs besides its line here.
"""

from dataclasses import dataclass, replace

from plans.exceptions import PlansError

SOURCE = "en"
"""The language that our own sentences are written in: it needs no catalogue."""

DESK = ("en", "es")
"""The languages in which the desk speaks; who chose none gets the browser's if it is one of them."""

MONDAY, SATURDAY, SUNDAY = 0, 5, 6


class UnknownLanguage(PlansError):
    """Handouts cannot be printed in the language {language!r}."""

    code = "unknown_language"


@dataclass(frozen=True, kw_only=True)
class Language:
    """`tag` is the BCP 47 tag that PDFs and library files carry, `code` the same in small letters, as Django has it.

    `name` is in the language itself. `script` and `direction` name style sheets in templates/handout/style.
    `date_format` is a Django date format: the month in words, since 3/4 is another day in another country.
    `is_draft`: a machine wrote its catalogue and nobody who speaks it has gone over it, as what is printed says.
    `week_starts_on` is the first day in a calendar, 0 for Monday, in most countries of the language.
    """

    tag: str
    name: str
    direction: str = "ltr"
    script: str = "latin"
    date_format: str
    is_draft: bool = False
    week_starts_on: int = MONDAY

    @property
    def code(self) -> str:
        return self.tag.lower()

    @property
    def is_rtl(self) -> bool:
        return self.direction == "rtl"


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language(tag="en", name="English", date_format="F j, Y", week_starts_on=SUNDAY),
        Language(tag="es", name="Español", date_format=r"j \d\e F \d\e Y"),
        Language(
            tag="ar",
            name="العربية",
            direction="rtl",
            script="arabic",
            date_format="j F Y",
            is_draft=True,
            week_starts_on=SATURDAY,
        ),
        Language(tag="zh-Hans", name="简体中文", script="chinese", date_format="Y年n月j日", is_draft=True),
    )
}


MONTH_FIRST = frozenset({"US", "CA", "PH"})
"""Countries in which English names the month before the day; in all others it comes after it (CLDR)."""

SUNDAY_FIRST = (
    "AG BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR "
    "PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW"
)
SATURDAY_FIRST = "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY"
"""Countries whose calendars begin on these days; in all others they begin on Monday (CLDR)."""


def get_language(code: str, *, locale: str = "") -> Language:
    """Return the language of this code, written by the custom of the locale's country if both are one language.

    Raises UnknownLanguage for a code that has no line in the table.
    """
    try:
        language = LANGUAGES[code.lower()]
    except KeyError:
        raise UnknownLanguage(language=code) from None
    return in_country(language, locale) if locale else language


def in_country(language: Language, locale: str) -> Language:
    """Return the language with the dates and weeks of the locale's country, where the locale is of this language."""
    spoken, _, country = locale.rpartition("-")
    if language.code != spoken.lower():
        return language
    language = replace(language, week_starts_on=_week_starts_on(country))
    if language.code != SOURCE or country in MONTH_FIRST:
        return language
    return replace(language, date_format="j F Y")


def _week_starts_on(country: str) -> int:
    if country in SUNDAY_FIRST.split():
        return SUNDAY
    return SATURDAY if country in SATURDAY_FIRST.split() else MONDAY


def is_tag(tag: str) -> bool:
    return any(language.tag == tag for language in LANGUAGES.values())


def known_tags() -> str:
    return ", ".join(language.tag for language in LANGUAGES.values())
