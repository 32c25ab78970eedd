"""The page's short sentences that are put together from numbers. The language is the active translation's."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from gettext import NullTranslations
from typing import cast

from django.utils import dateformat
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation.trans_real import translation as load_translation

from plans.content import (
    ClinicContent,
    DoseChange,
    EasierContent,
    FindingContent,
    ItemContent,
    LaterSentence,
    PainGuide,
    PlanContent,
    SignContent,
)
from plans.dose import Dose, Limb, Phrase, Span, phrases, plain_labels
from plans.dose import say_sides as sides_of
from plans.handout import strings
from plans.handout.widths import shorten as cut
from plans.handout.widths import width_of
from plans.languages import Language

_RANGE = re.compile(r"(\d+) (\w{1,4}) (\d+)")
NO_BREAK = "\u00a0"
"""A space at which no line ends."""
WORD_JOINER = "\u2060"
"""The same without a space."""
MAX_LARGE_FOOT = 28
"""Letters of usual width for which a line at the foot of a page in large print has room beside version and code."""
Rhythm = tuple[Span | None, Span | None]


def say_dose(item: ItemContent, language: Language) -> tuple[Phrase, ...]:
    return _say(item.dose, language, limb=item.limb)


def say_amount(item: ItemContent, language: Language) -> tuple[Phrase, ...]:
    amount = replace(item.dose, times_per_day=None, days_per_week=None)
    return _say(amount, language, limb=item.limb)


def _say(dose: Dose, language: Language, *, limb: str, one_set: bool = False) -> tuple[Phrase, ...]:
    return phrases(
        dose,
        words=_words(language),
        limb=Limb(limb) if limb else None,
        format_date=lambda day: write_date(day, language),
        one_set=one_set,
    )


def say_easier(easier: EasierContent, language: Language) -> str:
    """Return its dose in one line; how often it is done is said of the exercise in whose place it stands."""
    return say_in_line(_say(easier.dose, language, limb=easier.limb), language)


def say_in_line(said: tuple[Phrase, ...], language: Language) -> str:
    short = shorten(said, language)
    return " · ".join(f"{one.label}: {one.text}" if one.label else one.text for one in short)


def say_sides(item: ItemContent, language: Language) -> str:
    side = item.dose.side
    if side is None or item.sides_in_steps:
        return ""
    return sides_of(side, _words(language), limb=Limb(item.limb) if item.limb else None)


def say_later(sentences: Iterable[LaterSentence], language: Language) -> tuple[str, ...]:
    return tuple(
        gettext("From %(date)s: %(sentence)s")
        % {"date": write_date(one.holds_from, language), "sentence": one.words}
        for one in sentences
    )


def say_start(content: PlanContent, language: Language) -> str:
    start = content.start_date
    return write_date(start, language) if start and start > content.issued_on else ""


def shorten(said: tuple[Phrase, ...], language: Language) -> tuple[Phrase, ...]:
    plain = plain_labels(_words(language))
    return tuple(Phrase("" if one.label in plain else one.label, one.text) for one in said)


def say_news(change: DoseChange, language: Language) -> tuple[str, ...]:
    """Return what another dose says that the old one did not; the whole of it when something was taken away.

    A single set is said: it is the news where there were two.
    """
    old, new = (
        _say(dose, language, limb=change.limb, one_set=change.before.sets != change.after.sets)
        for dose in (change.before, change.after)
    )
    is_less = not {phrase.label for phrase in old} <= {phrase.label for phrase in new}
    return tuple(phrase.text for phrase in new if is_less or phrase not in old)


def say_rhythm(dose: Dose, language: Language) -> tuple[Phrase, ...]:
    often = Dose(times_per_day=dose.times_per_day, days_per_week=dose.days_per_week)
    return phrases(often, words=_words(language))


def say_days(dose: Dose, language: Language) -> str:
    return "".join(phrase.text for phrase in say_rhythm(Dose(days_per_week=dose.days_per_week), language))


def _words(language: Language) -> NullTranslations:
    return cast(NullTranslations, load_translation(language.code))


def write_date(day: date, language: Language) -> str:
    return dateformat.format(day, language.date_format)


def say_questions(clinic: ClinicContent) -> str:
    """Return the line with the clinic's number, which stays on one line with the word before it."""
    phone = keep_together(clinic.phone)
    if not phone:
        return gettext("Questions? Ask %(clinic)s.") % {"clinic": clinic.name}
    said = gettext("Questions? Call %(clinic)s: %(phone)s") % {"clinic": clinic.name, "phone": phone}
    return keep_number(said, phone)


def keep_together(said: str) -> str:
    return said.replace(" ", NO_BREAK)


def keep_ranges(said: str) -> str:
    """Return a sentence that no line's end parts within "0 to 10"."""
    return _RANGE.sub(lambda found: keep_together(found[0]), said)


def keep_number(said: str, number: str) -> str:
    """Return a sentence that no line's end parts before a telephone number."""
    return said.replace(f" {number}", f"{NO_BREAK}{number}").replace(
        f"：{number}", f"：{WORD_JOINER}{number}"
    )


def say_answer(sign: SignContent) -> str:
    """Say who answers a patient with this sign; nothing for a sign that nobody has to answer."""
    if not sign.answered_by:
        return ""
    phone = keep_together(sign.answered_at)
    return keep_number(strings.say_who_answers(sign.answered_by, phone), phone)


def say_summary(content: PlanContent, language: Language) -> str:
    count = len(content.items)
    parts = [ngettext("%(n)s exercise", "%(n)s exercises", count) % {"n": count}]
    if share_rhythm(content):
        parts += [phrase.text for phrase in say_rhythm(content.items[0].dose, language)]
    if minutes := round_minutes(sum(item.dose.minutes_per_day() for item in content.items)):
        said = ngettext("about %(n)s minute a day", "about %(n)s minutes a day", minutes) % {"n": minutes}
        parts.append(keep_together(said))
    return " · ".join(parts)


def say_common_rhythm(content: PlanContent, language: Language) -> str:
    common = common_rhythm(content)
    if common is None:
        return ""
    dose = Dose(times_per_day=common[0], days_per_week=common[1])
    rhythm = {"rhythm": "".join(phrase.text for phrase in say_rhythm(dose, language))}
    if share_rhythm(content):
        return gettext("Do each exercise %(rhythm)s.") % rhythm
    return gettext("Do each exercise %(rhythm)s, unless it says something else.") % rhythm


def common_rhythm(content: PlanContent) -> Rhythm | None:
    """Return how often more than half of the exercises are done; None if one does not say, as it would seem meant."""
    rhythms = Counter(rhythm_of(item.dose) for item in content.items)
    if (None, None) in rhythms:
        return None
    return next((rhythm for rhythm, count in rhythms.items() if count > len(content.items) / 2), None)


def share_rhythm(content: PlanContent) -> bool:
    return len({rhythm_of(item.dose) for item in content.items}) == 1


def rhythm_of(dose: Dose) -> Rhythm:
    return dose.times_per_day, dose.days_per_week


def round_minutes(minutes: float) -> int:
    """Round up to the next whole minute, over ten to the next five: an estimate shall not look exact."""
    return math.ceil(minutes) if minutes <= 10 else 5 * math.ceil(minutes / 5)


def say_pain(guide: PainGuide) -> dict[str, str]:
    return {
        "go": _range(0, guide.go_on_to),
        "ease": _range(guide.go_on_to + 1, guide.ease_off_to),
        "stop": _range(guide.ease_off_to + 1, 10),
    }


def _range(low: int, high: int) -> str:
    return str(low) if low == high else gettext("%(low)s to %(high)s") % {"low": low, "high": high}


def say_footer(content: PlanContent, *, is_large: bool = False) -> str:
    """Return what identifies a loose page: person, sheet and version. Two lines at most, in large print one."""
    patient = content.patient
    if is_large:
        who = cut(patient.name, MAX_LARGE_FOOT)
        named = f"{patient.name} ({patient.record_number})"
        who = named if patient.record_number and width_of(named) <= MAX_LARGE_FOOT else who
    else:
        name, number = cut(patient.name, 36), cut(patient.record_number, 16)
        who = f"{name} ({number})" if number else name
    return " · ".join((who, say_version(content.version), content.sheet_code))


def say_version(version: int) -> str:
    return gettext("version %(version)s") % {"version": version}


def say_page() -> dict[str, str]:
    pattern = pgettext("page numbers", "Page {page} of {pages}")
    before, _, rest = pattern.partition("{page}")
    between, _, after = rest.partition("{pages}")
    return {"before": before, "between": between, "after": after}


def say_weekdays(first: int) -> list[str]:
    """Return the days of a week that begins on this one, 0 for Monday."""
    # Django has the long form in Chinese, too wide for a box to tick; 周一 is the short one.
    return [str(WEEKDAYS_ABBR[(first + day) % 7]).replace("星期", "周") for day in range(7)]


def say_level(level: str) -> str:
    names = {
        "stop": pgettext("level", "Stop"),
        "avoid": pgettext("level", "Avoid"),
        "caution": pgettext("level", "Caution"),
        "advice": pgettext("level", "Advice"),
    }
    return names.get(level, level)


def say_whole_plan() -> str:
    return gettext("the whole plan")


def say_grounds(finding: FindingContent) -> str:
    """Return rule, version, kind of evidence and source in one line; empty when no rule stands behind the finding."""
    rule = (
        f"{finding.rule} ({say_version(int(finding.rule_version))})"
        if finding.rule_version.isdigit()
        else finding.rule
    )
    return " · ".join(part for part in (rule, finding.evidence, finding.source) if part)
