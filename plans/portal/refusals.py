"""Why something could not be kept, in the patient's words: the field, and what to do. In the active language."""

from datetime import date

from django.utils.translation import gettext, ngettext

from plans.actions.measures.activities import PLACES
from plans.exceptions import PlansError
from plans.handout.phrases import write_date
from plans.languages import Language


def say_refusal(error: PlansError, language: Language) -> str:
    """Return a sentence that names the field, or one without where it is about the whole."""
    field = _say_field(getattr(error, "attribute", ""))
    words = _say_why(error, language)
    return gettext("%(field)s: %(words)s") % {"field": field, "words": words} if field else words


def _say_field(attribute: str) -> str:
    return {
        "day": gettext("Day"),
        "item": gettext("Exercise"),
        "version": gettext("Exercise"),
        "session": gettext("Time of the day"),
        "outcome": gettext("How much you did"),
        "reason": gettext("Why not"),
        "pain": gettext("Your worst pain"),
        "pain_before": gettext("Pain before"),
        "pain_after": gettext("Pain after"),
        "feel": gettext("How it was"),
        "words": gettext("A few words"),
        "signs": gettext("Warning signs"),
        "goal": gettext("My goal"),
        "when_and_where": gettext("When and where"),
        "value": gettext("Your number"),
        **{f"{name}_{place}": _say_activity(place) for name in ("activity", "value") for place in PLACES},
    }.get(attribute, "")


def _say_activity(place: int) -> str:
    return gettext("Activity %(number)s") % {"number": place}


def _say_why(error: PlansError, language: Language) -> str:
    details = {
        name: write_date(value, language) if isinstance(value, date) else value
        for name, value in error.details.items()
    }
    most = int(str(details.get("most", 0)))
    return {
        "log_day_unreadable": gettext("This is not a date."),
        "log_day_in_future": gettext("This day has not come yet. Check the date on your phone."),
        "log_day_too_old": gettext("This is too long ago. You can write from %(earliest)s on."),
        "log_day_before_plan": gettext("Your plan is newer. You can write from %(earliest)s on."),
        "log_day_after_end": gettext("Your plan ended on %(latest)s."),
        "log_item_unknown": gettext("Your plan never had this exercise."),
        "log_version_unknown": gettext("Your plan has no such version."),
        "log_pain_out_of_range": gettext("Choose a number from 0 to 10."),
        "log_session_out_of_range": gettext("Choose a number from 1 to 10."),
        "log_choice_unknown": gettext("Choose one of the answers."),
        "log_reason_without_skipping": gettext("Say why only if you did not do it."),
        "log_sign_unknown": gettext("One of them is not in your plan."),
        "log_id_unreadable": gettext("Something is missing. Load the page again."),
        "log_id_reused": gettext("This was sent before with other answers."),
        "log_taken_back": gettext("You took this back."),
        "log_nothing_told": gettext("Please fill in at least one thing."),
        "measure_score_out_of_range": gettext("Choose a number from %(lowest)s to %(highest)s."),
        "measure_activity_missing": gettext("Write what it is, beside its number."),
        "measure_activity_fixed": gettext("You have rated it again since. It stays as it is."),
        "measure_nothing_told": gettext("Please fill in at least one thing."),
        "measure_closed": gettext("This is not asked now. Is something wrong? Call your clinic."),
        "text_too_long": ngettext(
            "Please write less: at most %(most)s letter.",
            "Please write less: at most %(most)s letters.",
            most,
        ),
    }.get(error.code, gettext("This could not be kept.")) % details
