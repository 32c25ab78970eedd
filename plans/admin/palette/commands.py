"""The pages that a person may open, found by what they are called."""

from collections.abc import Mapping
from functools import lru_cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from plans import permissions
from plans.admin.base.requests import person_of
from plans.admin.navigation import menu
from plans.search import Document, Field, Phrase, SearchIndex

# In English, which the desk's words are known by in every language; the page's own name is the title.
ALSO: Mapping[str, tuple[str, ...]] = {
    "Home": ("dashboard", "start", "today"),
    "New patient": ("add patient", "create patient"),
    "New plan": ("add plan", "create plan", "prescribe"),
    "Patients": ("caseload", "people"),
    "Published": ("sheets", "handouts", "print"),
    "Renderings": ("files", "PDF"),
    "Who did what": ("audit", "trail", "history"),
    "Change password": ("my account",),
}
WHOLE = 1400
"""From this score on all of a command was typed."""


def find_commands(request: HttpRequest, words: str) -> tuple[list[tuple[str, str]], bool]:
    """Return title and address of what fits, and whether the first is what was typed, whole."""
    pages = pages_of(request)
    hits = _index(tuple(pages)).find(words, language="en")
    found = [(hit.document.code, pages[hit.document.code]) for hit in hits]
    return found, bool(hits) and hits[0].score >= WHOLE


def pages_of(request: HttpRequest) -> dict[str, str]:
    pages = {}
    if permissions.may_have_patients(person_of(request)):
        pages[_("New patient")] = reverse("admin:plans_patient_add")
        pages[_("New plan")] = reverse("admin:plans_plan_add")
    for group in menu(request):
        pages.update({item["title"]: str(item["link"]) for item in group["items"]})
    pages[_("Change password")] = reverse("admin:password_change")
    return pages


@lru_cache(maxsize=32)
def _index(titles: tuple[str, ...]) -> SearchIndex:
    return SearchIndex(map(_document, titles), said={})


def _document(title: str) -> Document:
    english = next((name for name in ALSO if title in (name, _(name))), "")
    also = tuple((Field.OTHER_NAME, Phrase(words)) for words in (english, *ALSO.get(english, ())) if words)
    return Document(
        key=title,
        code=title,
        names={"en": title},
        called=((Field.NAME, Phrase(title, "en")), *also),
        facts=(),
    )
