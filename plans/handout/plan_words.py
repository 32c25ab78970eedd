"""What is said of a plan as a whole, on paper and on the patient's page. The language is the active translation's."""

from datetime import date

from plans.content import PlanContent
from plans.handout import phrases, strings
from plans.handout.floor import say_floor
from plans.handout.limits import say_limit
from plans.handout.sign_boxes import say_signs
from plans.languages import Language


def say_plan(content: PlanContent, language: Language) -> dict[str, object]:
    """Return what a page of any kind says of the whole plan; `content` is isolated for the page's direction."""
    return {
        "summary_line": phrases.say_summary(content, language),
        "rhythm": phrases.say_common_rhythm(content, language),
        "phone": phrases.keep_together(content.clinic.phone),
        "questions": phrases.say_questions(content.clinic),
        "floor": say_floor(content),
        "version_words": phrases.keep_together(phrases.say_version(content.version)),
        "page_words": phrases.say_page(),
        "draft": strings.say_draft(language),
        "demonstration": strings.say_demonstration(),
        "warnings": say_warnings(content.clinic.emergency_number),
        "signs": say_signs(content),
        "pain_advice": strings.say_pain_advice(),
        "pain": phrases.say_pain(content.clinic.pain_guide),
        "days": phrases.say_weekdays(content.clinic.week_starts_on),
        "since_date": say_date(content.changes.since_date if content.changes else None, language),
        "issued_on": say_date(content.issued_on, language),
        "start_date": phrases.say_start(content, language),
        "later_sentences": phrases.say_later(content.later_sentences, language),
        "limits": [say_limit(limit, language) for limit in content.limits],
        "review_date": say_date(content.review_date, language),
        "dose_changes": _say_dose_changes(content, language),
    }


def say_warnings(number: str) -> dict[str, object]:
    kept = phrases.keep_together(number)
    return {
        "emergency_title": phrases.keep_number(strings.say_emergency_title(kept), kept),
        "emergencies": strings.say_emergencies(),
        "same_day_title": strings.say_same_day_title(),
        "same_day": strings.say_same_day_signs(),
    }


def say_date(day: date | None, language: Language) -> str:
    return phrases.keep_together(phrases.write_date(day, language)) if day else ""


def _say_dose_changes(content: PlanContent, language: Language) -> list[dict[str, str]]:
    changes = content.changes.dose_changed if content.changes else ()
    return [{"name": one.name, "dose": ", ".join(phrases.say_news(one, language))} for one in changes]
