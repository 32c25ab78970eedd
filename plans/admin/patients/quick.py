"""A patient on the way to a plan: one dialog, one box for all that they have, one action."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from plans import audit, permissions
from plans.actions.patient_facts import ImpossibleFacts
from plans.actions.patients import save_patient
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.forms import FormOvertaken
from plans.admin.base.requests import person_of, read_uuid
from plans.admin.base.throttle import refuse_too_many
from plans.admin.patients.forms import PatientForm, clinics_where_treated
from plans.admin.words.findings import in_words
from plans.diagnoses import written
from plans.exceptions import PlansError
from plans.folding import fold
from plans.models import BodySide, Clinic, Operated, Patient, PatientCondition, PatientSymptom, User
from plans.queries.typed_facts import TypedCondition, TypedFacts, read_facts

FIELDS = (
    "name", "birth_date", "sex", "record_number", "language", "phone", "email", "printed_name", "equipment", "clinic",
    "therapist",
)  # fmt: skip
MAX_FOUND = 4
SHORTEST = 3
ASKED = ("onset", "surgery", "operated", "side")


@dataclass(kw_only=True)
class ReadCondition:
    """A condition that was read, with the days that its fields add, and what is wrong with them."""

    typed: TypedCondition
    onset: str = ""
    surgery: str = ""
    operated: str = ""
    side: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The end of its fields' names: two knees have each their own."""
        return _place(self.typed.condition.code, self.typed.side)

    @property
    def side_told(self) -> str:
        chosen = self.side if self.asks_side and self.side in BodySide.values else ""
        return self.typed.side or chosen

    @property
    def asks_surgery(self) -> bool:
        return self.typed.counts_from_surgery and self.typed.surgery is None

    @property
    def asks_onset(self) -> bool:
        return "onset" in self.typed.condition.dates and self.typed.onset is None

    @property
    def asks_side(self) -> bool:
        return self.typed.has_sides and not self.typed.side


class QuickPatientViews(DeskAdmin):
    """The dialog, what it reads while somebody types, and the one action at its end."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("quick/", view(never_cache(self.quick_page)), name="plans_patient_quick"),
            path(
                "reading/", view(never_cache(require_POST(self.reading_page))), name="plans_patient_reading"
            ),
            *super().get_urls(),
        ]

    def quick_page(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            clinic = _clinic_of(person_of(request), {})
            begun = {"equipment": clinic.usual_equipment} if clinic else {}
            form = self._form(request)(auto_id="new_%s", initial=begun)
            return render(request, "desk/patient/quick.html", {"form": form, "new_id": uuid4()})
        return self._make(request)

    def reading_page(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if too_many := refuse_too_many(request):
            return too_many
        return render(request, "desk/patient/reading.html", self._reading(request))

    def _make(self, request: HttpRequest) -> HttpResponse:
        person, new_id = person_of(request), read_uuid(request.POST.get("new_id")) or uuid4()
        # A second click finds what the first has made.
        if made := permissions.patients_of(person).filter(pk=new_id).first():
            return self._made(request, made)
        form = self._form(request)(request.POST, auto_id="new_%s", instance=Patient(pk=new_id))
        reading = self._reading(request)
        context = {"form": form, "new_id": new_id, "facts": request.POST.get("facts", ""), **reading}
        if form.is_valid() and not _tell_twice(reading["conditions"]):
            try:
                return self._made(request, _save(form, reading, person))
            except ImpossibleFacts as error:
                _tell(error, form, reading["conditions"])
            except PlansError as error:
                _tell_at(form, error)
            except IntegrityError:
                _tell_at(form, FormOvertaken())
        return render(request, "desk/patient/quick.html", context)

    def _made(self, request: HttpRequest, patient: Patient) -> HttpResponse:
        return render(request, "desk/patient/made.html", {"patient": patient})

    def _form(self, request: HttpRequest) -> type[PatientForm]:
        form: type[PatientForm] = self.get_form(request, None, change=False, fields=FIELDS)
        return form

    def _reading(self, request: HttpRequest) -> dict[str, Any]:
        person, data = person_of(request), request.POST
        clinic = _clinic_of(person, data)
        facts = read_facts(data.get("facts", ""), clinic=clinic) if clinic else None
        conditions = _with_fields(facts.conditions, data) if facts else []
        found = _found(person, data.get("name", ""), data.get("birth_date", ""))
        if found:
            audit.append_listing(by=person, patients=found, asked=())
        return {"read": facts, "conditions": conditions, "found": found, "operated": Operated.choices}


def _clinic_of(person: User, data: Mapping[str, Any]) -> Clinic | None:
    clinics = clinics_where_treated(person)
    chosen = read_uuid(data.get("clinic"))
    clinic: Clinic | None = (clinics.filter(pk=chosen).first() if chosen else None) or clinics.first()
    return clinic


def _with_fields(conditions: Sequence[TypedCondition], data: Mapping[str, Any]) -> list[ReadCondition]:
    rows = Counter(typed.condition.code for typed in conditions)
    read = []
    for typed in conditions:
        alone = rows[typed.condition.code] == 1
        answers: dict[str, Any] = {name: _answer(name, typed, data, alone=alone) for name in ASKED}
        read.append(ReadCondition(typed=typed, **answers))
    return read


def _answer(name: str, typed: TypedCondition, data: Mapping[str, Any], *, alone: bool) -> str:
    code = typed.condition.code
    own = f"{name}-{_place(code, typed.side)}"
    if own in data or not alone:
        return str(data.get(own, ""))
    # The side may have been typed, or mended, after the field was filled.
    others = {data.get(f"{name}-{_place(code, side)}", "") for side in ("", *BodySide.values)} - {""}
    return str(others.pop()) if len(others) == 1 else ""


def _place(code: str, side: str) -> str:
    return f"{code}-{side or 'untold'}"


def _found(person: User, name: str, birth: str) -> list[Patient]:
    """Return patients there are who may be meant: all words of the name, and the birth date once it is typed."""
    words = fold(name.replace("\x00", "")).split()
    if len("".join(words)) < SHORTEST:
        return []
    rows = permissions.patients_of(person)
    for word in words[:6]:
        rows = rows.filter(search_text__contains=word)
    if day := _day(birth):
        rows = rows.filter(birth_date=day)
    return list(rows.order_by("name", "pk")[:MAX_FOUND])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _save(form: PatientForm, reading: Mapping[str, Any], by: User) -> Patient:
    patient: Patient = form.instance
    facts: TypedFacts | None = reading["read"]
    patient.diagnoses = facts.free_words if facts else ""
    return save_patient(
        patient=patient,
        conditions=[_row(patient, one) for one in reading["conditions"]],
        symptoms=[
            PatientSymptom(patient=patient, symptom=one.symptom, noted_on=one.noted)
            for one in (facts.symptoms if facts else ())
        ],
        by=by,
    )


def _row(patient: Patient, read: ReadCondition) -> PatientCondition:
    typed = read.typed
    return PatientCondition(
        patient=patient,
        condition=typed.condition,
        side=read.side_told,
        onset=typed.onset or _day(read.onset),
        surgery_on=typed.surgery or _day(read.surgery),
        operated=read.operated if read.asks_surgery and read.operated in Operated.values else "",
        due_on=typed.due,
        recorded_as=[written(typed.code_typed)] if typed.code_typed else [],
    )


def _tell_twice(conditions: Sequence[ReadCondition]) -> bool:
    """Say it where the side that was chosen is that of another line."""
    rows: set[tuple[str, str]] = set()
    for read in conditions:
        row = (read.typed.condition.code, read.side_told)
        if row in rows:
            read.errors.append(_("This condition is recorded already on this side."))
        rows.add(row)
    return len(rows) < len(conditions)


def _tell(error: ImpossibleFacts, form: PatientForm, conditions: Sequence[ReadCondition]) -> None:
    """Put each contradiction where it was typed."""
    for place, problem in error.problems:
        match place:
            case "conditions", int(number), _field:
                conditions[number].errors.append(in_words(problem.message))
            case str(name), *_rest if name in form.fields:
                form.add_error(name, in_words(problem.message))
            case _other:
                form.add_error(None, in_words(problem.message))


def _tell_at(form: PatientForm, error: PlansError) -> None:
    at = getattr(error, "attribute", None)
    form.add_error(at if at in form.fields else None, str(error))
