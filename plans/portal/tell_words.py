"""The answers that a patient chooses from, in the active language: by the value that is kept."""

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
