"""One search over all that a person may open: sheets, patients, plans, exercises, pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plans import audit, permissions
from plans.admin.base.requests import person_of
from plans.admin.palette.commands import find_commands
from plans.folding import fold
from plans.languages import SOURCE
from plans.models import Patient, Plan, Publication, User
from plans.queries.exercise_search import search_exercises
from plans.queries.sheets import code_in

MAX_EACH = 5
MAX_WORDS = 6


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing to open."""

    title: str
    detail: str = ""
    address: str


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    title: str
    entries: Sequence[Entry]


def find_anything(request: HttpRequest, words: str) -> list[Group]:
    """Return what the words find, by kind; without words the pages alone. Whoever sees patients here has read them."""
    person = person_of(request)
    commands, whole = find_commands(request, words)
    pages = Group(_("Go to"), [Entry(title=title, address=address) for title, address in commands])
    if not words.strip():
        return [pages]
    patients = _patients(person, words)
    plans = _plans(person, words)
    sheets = _sheets(person, words)
    told = (*patients, *(plan.patient for plan in plans), *(sheet.plan.patient for sheet in sheets))
    if shown := {patient.pk: patient for patient in told}:
        audit.append_listing(by=person, patients=shown.values(), asked=())
    groups = [
        Group(_("Sheet"), [entry for sheet in sheets for entry in _entries_of_sheet(sheet)]),
        *([pages] if whole else []),
        Group(_("Patients"), [_entry_of_patient(patient) for patient in patients]),
        Group(_("Plans"), [_entry_of_plan(plan) for plan in plans]),
        Group(_("Exercises"), _exercises(person, words)),
        *([] if whole else [Group(pages.title, pages.entries[:MAX_EACH])]),
    ]
    return [group for group in groups if group.entries]


def _patients(person: User, words: str) -> list[Patient]:
    rows = permissions.patients_of(person)
    for word in _words(words):
        rows = rows.filter(search_text__contains=word)
    return list(rows.order_by("name", "pk")[:MAX_EACH])


def _plans(person: User, words: str) -> list[Plan]:
    rows = permissions.plans_of(person)
    for word in _words(words):
        rows = rows.filter(Q(search_text__contains=word) | Q(patient__search_text__contains=word))
    running_first = F("stopped_on").asc(nulls_first=True)
    return list(rows.select_related("patient").order_by(running_first, "-updated_at", "pk")[:MAX_EACH])


def _words(words: str) -> Iterable[str]:
    return fold(words).split()[:MAX_WORDS]


def _exercises(person: User, words: str) -> list[Entry]:
    if not permissions.may_read_library(person):
        return []
    language = get_language() or SOURCE
    found = search_exercises(words, clinics=permissions.clinics_with(person), language=language)[:MAX_EACH]
    return [
        Entry(
            title=one.listed.document.name_in(language),
            detail=f"{one.listed.position}, {one.listed.kind}",
            address=reverse("admin:plans_exercise_change", args=[one.listed.exercise]),
        )
        for one in found
    ]


def _sheets(person: User, words: str) -> list[Publication]:
    code = code_in(words)
    if not code:
        return []
    return list(permissions.publications_of(person).filter(sheet_code=code).select_related("plan__patient"))


def _entries_of_sheet(sheet: Publication) -> list[Entry]:
    named = {"patient": sheet.plan.patient.name, "title": sheet.plan.title, "number": sheet.number}
    detail = _("%(patient)s: %(title)s, version %(number)s") % named
    return [
        Entry(
            title=_("Sheet %(code)s") % {"code": sheet.sheet_code},
            detail=detail,
            address=reverse("admin:plans_publication_change", args=[sheet.pk]),
        ),
        Entry(
            title=_("Key in the log of this sheet"),
            detail=detail,
            address=reverse("admin:plans_publication_log", args=[sheet.pk]),
        ),
    ]


def _entry_of_patient(patient: Patient) -> Entry:
    born = _("born %(day)s") % {"day": date_format(patient.birth_date)} if patient.birth_date else ""
    return Entry(
        title=patient.name,
        detail=", ".join(part for part in (born, patient.record_number) if part),
        address=reverse("admin:plans_patient_change", args=[patient.pk]),
    )


def _entry_of_plan(plan: Plan) -> Entry:
    name = plan.patient.name
    return Entry(
        title=plan.title or _("A plan without a title"),
        detail=_("%(patient)s, stopped") % {"patient": name} if plan.stopped_on else name,
        address=reverse("admin:plans_plan_change", args=[plan.pk]),
    )
