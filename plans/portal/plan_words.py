"""What the pages of an opened plan say, in the words of the handout. The language is the active translation's."""

from plans.content import PlanContent
from plans.handout import phrases
from plans.handout.plan_words import say_plan
from plans.languages import Language
from plans.portal.labels import dial

MARKS_OF_DIRECTION = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def say_pages(content: PlanContent, language: Language, *, home: str) -> dict[str, object]:
    """Return the words of all pages of a plan; `content` is isolated, `home` the path of the link's page."""
    clinic = content.clinic
    said = say_plan(content, language)
    # In a heading on a small phone a date is wider than a line.
    since = str(said.get("since_date", "")).replace("\N{NO-BREAK SPACE}", " ")
    return said | {
        "plan": content,
        "since_date": since,
        "home": home,
        "shares_rhythm": phrases.share_rhythm(content),
        "clinic_number": dial(clinic.phone.translate(MARKS_OF_DIRECTION)),
        "emergency_number": dial(clinic.emergency_number.translate(MARKS_OF_DIRECTION)),
    }
