"""The languages that a handout can be set in: what the page needs to know besides the words."""

from dataclasses import dataclass

from plans.exceptions import PlansError


class UnknownLanguage(PlansError):
    """Handouts cannot be printed in the language {language!r}."""

    code = "unknown_language"


@dataclass(frozen=True, kw_only=True)
class Language:
    """`tag` is the BCP 47 tag that the PDF carries; `script` names the style sheet for fonts and spacing.

    `date_format` is a Django date format: the month in words, since 3/4 is another day in another country.
    """

    code: str
    tag: str
    direction: str = "ltr"
    script: str = "latin"
    date_format: str


LANGUAGES: dict[str, Language] = {
    one.code: one
    for one in (
        Language(code="en", tag="en", date_format="F j, Y"),
        Language(code="es", tag="es", date_format=r"j \d\e F \d\e Y"),
        Language(code="ar", tag="ar", direction="rtl", script="arabic", date_format="j F Y"),
        Language(code="zh-hans", tag="zh-Hans", script="chinese", date_format="Y年n月j日"),
    )
}


def get_language(code: str) -> Language:
    """Raises UnknownLanguage for a code that has no fonts and words here."""
    try:
        return LANGUAGES[code.lower()]
    except KeyError:
        raise UnknownLanguage(language=code) from None
