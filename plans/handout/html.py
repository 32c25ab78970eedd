"""The page of a content in a format: Django templates under templates/handout, words through gettext."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import translation

from plans.content import ItemContent, PictureContent, PlanContent
from plans.dose import Phrase, Side
from plans.handout import phrases, strings
from plans.handout.bidi import isolate
from plans.handout.colours import make_readable
from plans.handout.formats import Copy, Format, Ink, Size
from plans.handout.limits import name_limit
from plans.handout.log import make_log
from plans.handout.picture_address import address_by_name
from plans.handout.plan_words import say_date, say_plan
from plans.handout.qr import qr_data_uri
from plans.handout.stylesheet import make_stylesheet
from plans.handout.widths import width_of
from plans.handout.word_breaks import allow_breaks
from plans.languages import Language, get_language

GREY_BRAND = "#16202a"
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?!\S+ \d)")
_EACH_SIDE = re.compile(r"(?<=[,،] )[^,،]{1,16}$")
"""What stands behind the comma in "3 times, each leg": the line ends before it, not within."""
MAX_UNBROKEN_PHRASE = {
    (Copy.SUMMARY, Size.NORMAL): 32,
    (Copy.SUMMARY, Size.LARGE): 28,
    (Copy.PATIENT, Size.NORMAL): 34,
    (Copy.PATIENT, Size.LARGE): 26,
    (Copy.CLINICIAN, Size.NORMAL): 34,
    (Copy.CLINICIAN, Size.LARGE): 26,
}
"""Letters of usual width for which a line of the dose always has room, its label among them."""
MAX_BESIDE_PORTRAIT = 14
MAX_UNBROKEN_WORD = 12
MAX_UNBROKEN_PART = {Size.NORMAL: 50, Size.LARGE: 34}
"""Letters of usual width of a name or a date for which a line of the head always has room, beside label and code."""
MAX_UNBROKEN_PHONE = 24
"""Letters of a telephone number that stays on one line with its label beside the code of a page in large print."""
MAX_HEAD = 260
"""Letters of usual width in the head of a page in large print."""
MAX_BESIDE_CONTACT = 300
"""Letters of a disclaimer that stays with the contact; a longer one may stand on another page, and be split."""
MAX_FEW = 6
ON_A_PAGE, ON_A_FULL_PAGE = 8, 10

PictureAddress = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class PrintedPicture:
    """Where the page finds a picture, and what it shows in words."""

    src: str
    alt: str
    portrait: bool


class PrintedPhrase(NamedTuple):
    """One line of a dose. A long one may be broken."""

    label: str
    text: str
    is_long: bool


@dataclass(frozen=True, kw_only=True)
class PrintedItem:
    """An exercise with its dose in words and its picture's address; the rest is read from the content."""

    content: ItemContent
    dose: tuple[PrintedPhrase, ...]
    sides: str
    later_sentences: tuple[str, ...]
    easier_dose: str
    picture: PrintedPicture | None

    @property
    def is_one_side(self) -> bool:
        """Whether only one side works: then that stands above the steps."""
        return self.content.dose.side in (Side.LEFT, Side.RIGHT)

    @property
    def is_shared(self) -> bool:
        """Whether its middle may look the same on other patients' sheets: no caution was written for this patient."""
        return not self.content.extra_caution

    def __getattr__(self, name: str) -> object:
        return getattr(self.content, name)


def handout_html(
    content: PlanContent,
    form: Format,
    language: Language,
    *,
    link_url: str,
    link_code: str = "",
    sheet_url: str,
) -> str:
    """Return the HTML that `render_pdf` takes. Its pictures are addressed by name; an empty url leaves its code out.

    Raises WordsMissing.
    """
    codes = {"link_url": link_url, "link_code": link_code, "sheet_url": sheet_url}
    return _render(content, form, language, **codes, address=address_by_name, style="")


def preview_html(content: PlanContent, form: Format, *, address: PictureAddress) -> str:
    """Return a browser's page, with its style inside and without codes; `address` turns a picture's name into a url."""
    language = get_language(content.language, locale=content.clinic.locale)
    style = make_stylesheet(form, language)
    return _render(content, form, language, link_url="", sheet_url="", address=address, style=style)


def _render(
    content: PlanContent,
    form: Format,
    language: Language,
    *,
    link_url: str,
    link_code: str = "",
    sheet_url: str,
    address: PictureAddress,
    style: str,
) -> str:
    plan = isolate(content, direction=language.direction)
    with translation.override(language.code):
        strings.check_words(language)
        context = say_plan(plan, language) | {
            "findings": _say_findings(plan),
            "log": make_log(plan, plan.items, language),
            "plan": plan,
            "title": content.title,
            "author": content.clinic.name,
            "language": language,
            "style": style,
            "brand": GREY_BRAND if form.ink is Ink.GREY else make_readable(content.clinic.colour),
            "is_clinician": form.copy is Copy.CLINICIAN,
            "is_large": form.size is Size.LARGE,
            "footer": phrases.say_footer(plan, is_large=form.size is Size.LARGE),
            "has_short_disclaimer": _is_short(content.clinic.disclaimer),
            "shares_rhythm": phrases.share_rhythm(content),
            "is_long_head": _is_long_head(content, form),
            **_long_parts(content, form, language),
            "short_limits": [name_limit(limit) for limit in content.limits],
            "room": _room_on_fridge(len(content.items)),
            "items": [_print_item(item, content, form, language, address) for item in plan.items],
            "logo": address(content.clinic.logo) if content.clinic.logo else "",
            "link_url": link_url,
            "link_qr": qr_data_uri(link_url) if link_url else "",
            "link_code": link_code.replace(" ", phrases.NO_BREAK),
            "sheet_url": sheet_url,
            "sheet_qr": qr_data_uri(sheet_url) if sheet_url else "",
        }
        return allow_breaks(render_to_string(f"handout/{form.copy}.html", context))


def _is_short(disclaimer: str) -> bool:
    return len(disclaimer) <= MAX_BESIDE_CONTACT and disclaimer.count("\n") < 4


def _is_long_head(content: PlanContent, form: Format) -> bool:
    if form.size is not Size.LARGE or form.copy is not Copy.PATIENT:
        return False
    patient, therapist = content.patient, content.therapist
    parts = (content.clinic.name, content.title, patient.name, patient.record_number)
    return width_of("".join((*parts, therapist.name, therapist.title))) > MAX_HEAD


def _long_parts(content: PlanContent, form: Format, language: Language) -> dict[str, bool]:
    patient, therapist, most = content.patient, content.therapist, MAX_UNBROKEN_PART[form.size]
    licence = f" ({therapist.licence})" if form.copy is Copy.CLINICIAN else ""
    date = f"{say_date(content.issued_on, language)} · {phrases.say_version(content.version)}"
    return {
        "date_is_long": width_of(date) > most,
        "phone_is_long": width_of(content.clinic.phone) > MAX_UNBROKEN_PHONE,
        "patient_is_long": width_of(f"{patient.name} ({patient.record_number})") > most,
        "therapist_is_long": width_of(f"{therapist.name}, {therapist.title}{licence}") > most,
    }


def _room_on_fridge(count: int) -> str:
    """Say how high pictures may be with so many exercises: they are lower where that saves a page."""
    if count <= MAX_FEW:
        return "few"
    return "many" if math.ceil(count / ON_A_FULL_PAGE) < math.ceil(count / ON_A_PAGE) else "usual"


def _print_item(
    item: ItemContent, content: PlanContent, form: Format, language: Language, address: PictureAddress
) -> PrintedItem:
    is_said_above = phrases.rhythm_of(item.dose) == phrases.common_rhythm(content)
    say = phrases.say_amount if is_said_above else phrases.say_dose
    dose = say(item, language)
    if form.copy is Copy.SUMMARY:
        dose = phrases.shorten(dose, language)
    return PrintedItem(
        content=item,
        dose=tuple(_print_phrase(phrase, item, form) for phrase in dose),
        sides=phrases.say_sides(item, language),
        later_sentences=phrases.say_later(item.later_sentences, language),
        easier_dose=phrases.say_easier(item.easier, language) if item.easier else "",
        picture=_print_picture(item.picture, address) if item.picture else None,
    )


def _print_phrase(phrase: Phrase, item: ItemContent, form: Format) -> PrintedPhrase:
    text = _NUMBER_AND_UNIT.sub(phrases.NO_BREAK, phrase.text)
    text = _EACH_SIDE.sub(lambda found: phrases.keep_together(found[0]), text)
    return PrintedPhrase(phrase.label, text, _is_long(phrase, item, form))


def _is_long(phrase: Phrase, item: ItemContent, form: Format) -> bool:
    room = MAX_UNBROKEN_PHRASE[form.copy, form.size]
    if item.picture and item.picture.portrait and form.size is Size.NORMAL:
        room = MAX_BESIDE_PORTRAIT
    load = item.dose.load
    is_own = bool(load) and load in phrase.text
    return width_of(f"{phrase.label}: {phrase.text}") > room or (
        is_own and max(map(len, load.split())) > MAX_UNBROKEN_WORD
    )


def _print_picture(picture: PictureContent, address: PictureAddress) -> PrintedPicture:
    return PrintedPicture(src=address(picture.name), alt=picture.alt, portrait=picture.portrait)


def _say_findings(content: PlanContent) -> list[dict[str, str]]:
    names = {item.number: f"{item.number}. {item.name}" for item in content.items}
    return [
        {
            "level": phrases.say_level(finding.level),
            "about": names.get(finding.item or 0, phrases.say_whole_plan()),
            "message": finding.message,
            "reason": finding.reason,
            "reason_by": finding.reason_by,
            "rationale": finding.rationale,
            "counter_evidence": finding.counter_evidence,
            "grounds": phrases.say_grounds(finding),
        }
        for finding in content.findings
    ]
