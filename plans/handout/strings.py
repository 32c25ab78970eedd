"""The handout's fixed sentences that more than the page needs to know. The language is the active translation's.

The warning signs are those of the IFOMPT red-flag framework (2020) and the cauda equina card (Greenhalgh);
chest pain, the swollen calf, the wound and the weak foot are our own, for a reviewer to confirm.
"""

from django.utils.translation import gettext

from plans.handout.errors import RenderingFailed
from plans.languages import SOURCE, Language


class WordsMissing(RenderingFailed):
    """The fixed words of the language {language!r} are not installed, so the handout would mix languages."""

    code = "words_missing"


def say_emergencies() -> list[str]:
    """Return the signs for the emergency number, as ends of "Call 911 now if you have:"."""
    return [
        gettext("numbness around your genitals, your bottom or your inner thighs"),
        gettext("trouble passing urine, or you lose control of your bladder or bowel"),
        gettext("a new loss of feeling during sex"),
        gettext("pain, weakness or numbness in both legs, or weakness that gets worse fast"),
        gettext("a new bad fall or accident"),
        gettext("chest pain, or you are short of breath"),
    ]


def say_same_day_signs() -> list[str]:
    return [
        gettext("a fever"),
        gettext("weight loss without a reason"),
        gettext("new weakness in one leg or foot"),
        gettext("a hot, swollen calf"),
        gettext("a wound that leaks"),
    ]


def say_emergency_title(number: str) -> str:
    return gettext("Call %(number)s now if you have:") % {"number": number}


def say_same_day_title() -> str:
    return gettext("Stop, and call a doctor today if you have:")


def say_more_emergencies_title(number: str) -> str:
    """Return the title above those warning signs of a plan that are not among the fixed ones."""
    return gettext("Also call %(number)s now if:") % {"number": number}


def say_more_same_day_title() -> str:
    return gettext("Also stop, and call a doctor today if:")


def say_who_answers(name: str, phone: str) -> str:
    return gettext("Talk to %(name)s now: %(phone)s") % {"name": name, "phone": phone}


def say_pain_advice() -> dict[str, str]:
    return {
        "go": gettext("Go on."),
        "ease": gettext("Ease off: do less, or go slower. It should settle within 24 hours."),
        "stop": gettext("Stop this exercise."),
        "scale": gettext(
            "0 is no pain. 10 is the worst pain. If pain or numbness spreads down your leg, stop that exercise, "
            "whatever the number."
        ),
    }


def say_draft(language: Language) -> str:
    if not language.is_draft:
        return ""
    return gettext("Draft translation, made by a machine. If a line is not clear, ask your clinic.")


def say_demonstration() -> str:
    return gettext("Demonstration, not for patients")


def check_words(language: Language) -> None:
    """Raises WordsMissing when a language but English has no translation of a sentence that every handout has."""
    if language.code != SOURCE and say_same_day_title() == "Stop, and call a doctor today if you have:":
        raise WordsMissing(language=language.code)
