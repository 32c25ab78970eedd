"""What a patient chooses from, by the value that is kept, and what is said of what was told; in the active language."""

from django.utils.translation import gettext, pgettext

from plans.models import Feel, Outcome, SkipReason


def say_outcomes() -> dict[str, str]:
    return {
        Outcome.ALL.value: pgettext("told", "Done"),
        Outcome.PART.value: pgettext("told", "A part"),
        Outcome.SKIPPED.value: pgettext("told", "Not done"),
    }


def say_reasons() -> dict[str, str]:
    return {
        SkipReason.PAIN.value: gettext("Pain"),
        SkipReason.TIME.value: gettext("No time"),
        SkipReason.TOO_HARD.value: gettext("Too hard"),
        SkipReason.UNWELL.value: gettext("I felt unwell"),
        SkipReason.FORGOT.value: gettext("I forgot"),
        SkipReason.OTHER.value: gettext("Another reason"),
    }


def say_feels() -> dict[str, str]:
    return {
        Feel.TOO_EASY.value: gettext("Too easy"),
        Feel.RIGHT.value: gettext("Just right"),
        Feel.TOO_HARD.value: gettext("Too hard"),
        Feel.HURT.value: gettext("It hurt"),
        Feel.CANNOT.value: gettext("I cannot do it"),
    }


def say_replaced(number: int | str) -> str:
    """Say that something is kept with a version that is not the newest any more."""
    words = gettext("Your plan is newer by now. This is kept in version %(number)s of your plan.")
    return words % {"number": number}
