"""A small clinic as people and software leave it: made by the real actions, and told as JSON on standard output.

Runs in a process of its own, on an empty database and with the keys of the fixture (`tests.releases.make`).
"""

import json
import re
import shutil
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from celery import current_app
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from oauth2_provider.scopes import get_scopes_backend

from plans import tokens
from plans.actions import approving, clinics, patients, people, publishing, systems
from plans.actions import plans as plan_actions
from plans.actions import protocols as protocol_actions
from plans.actions.webhooks.endpoints import make_webhook
from plans.dose import Side
from plans.handout.formats import Format
from plans.models import (
    AdviceText,
    Clinic,
    Condition,
    Exercise,
    ExerciseRevision,
    Patient,
    PatientCondition,
    Plan,
    Protocol,
    ProtocolItem,
    Rendering,
    Role,
    RuleRevision,
    SymptomSentence,
    User,
    WebhookEvent,
)
from tests import factories

LIBRARY = Path(__file__).resolve().parents[2] / "plans/library"
EXERCISES = ("bird-dog", "wall-sit")
"""Of the starter library: one on all fours with a side, one at the wall. All pictures would be too much."""
PROTOCOL = "low-back-stability"
OTHERS = re.compile(r"^ +(easier|harder|alternative_to): .*\n", re.MULTILINE)
PASSWORD = "test password of a kept release"
BIRTH_DATE = date(1960, 5, 17)
TITLE = "Plan of a kept release"
OWN_EXERCISE = "own-exercise"


def main():
    call_command("migrate", verbosity=0)
    load_library()
    service = person("kept.service", is_superuser=True)
    lead, admin, therapist = (person(f"kept.{word}") for word in ("lead", "admin", "therapist"))
    clinic = clinics.make_clinic(
        clinic=Clinic(name="Clinic of a kept release", address="1 Test Street", phone="555 0100"), by=service
    )
    clinics.give_first_lead(person=lead, clinic=clinic, by=service)
    clinics.give_role(person=admin, clinic=clinic, role=Role.LIBRARY_ADMIN, by=lead)
    clinics.give_role(person=admin, clinic=clinic, role=Role.REVIEWER, licence_number="TEST-0000", by=lead)
    clinics.give_role(person=therapist, clinic=clinic, role=Role.THERAPIST, by=lead)
    for one in (service, lead, admin, therapist):
        # At the end: the first role ends a password that somebody else has set.
        people.set_password(person=one, password=PASSWORD, by=None)
    write_own_exercise(clinic, admin)
    approve_all(clinic, admin)
    make_webhook(
        clinic=clinic, url="https://practice.example.org/hook", events=[WebhookEvent.RENDERING_READY], by=lead
    )
    key = systems.add_key(
        system=systems.make_system(
            clinic=clinic, name="Kept system", role=Role.THERAPIST, on_behalf_of=therapist, by=lead
        ),
        scopes=get_scopes_backend().get_all_scopes(),
        by=lead,
    )
    publication = publish(plan_for(clinic, therapist), therapist)
    protocol_for(publication.plan, admin)
    token = open_link(publication)
    called = call_api(key)
    for name in ("plans.sweep_renderings", "plans.sweep_webhooks", "plans.review_active_plans"):
        run_task(name)
    rendering = publication.content.renderings.get()
    facts = {
        "people": [one.username for one in (service, lead, admin, therapist)],
        "password": PASSWORD,
        "client_id": key.key.client_id,
        "client_secret": key.secret,
        "plan": str(publication.plan_id),
        "publication": str(publication.pk),
        "publication_of_a_system": called["id"],
        "content": {"hash": publication.content_id, "json": publication.content.json},
        "title": TITLE,
        "link": token,
        "birth_date": BIRTH_DATE.isoformat(),
        "pdf_sha256": rendering.sha256,
    }
    json.dump(facts, sys.stdout)


def run_task(name, *arguments):
    """Do at once what a worker does."""
    current_app.loader.import_default_modules()
    current_app.tasks[name].apply(args=arguments, throw=True)


def load_library():
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "library"
        shutil.copytree(LIBRARY, part)
        for path in (part / "exercises").iterdir():
            if path.stem in EXERCISES:
                path.write_text(OTHERS.sub("", path.read_text()))
            else:
                path.unlink()
        for path in (part / "protocols").iterdir():
            if path.stem == PROTOCOL:
                path.write_text(of_the_chosen(path.read_text()))
            else:
                path.unlink()
        call_command("load_library", str(part), stdout=sys.stderr)


def of_the_chosen(protocol: str) -> str:
    """Leave out the lines of exercises that are not loaded."""
    lines = protocol.splitlines(keepends=True)
    return "".join(
        line
        for line in lines
        if "{exercise: " not in line or any(f"{{exercise: {code}," in line for code in EXERCISES)
    )


def person(username, **fields):
    row = User(username=username, first_name="Kept", last_name=username[5:].title(), **fields)
    return people.save_person(person=row, by=None)


def write_own_exercise(clinic, admin):
    """An exercise of the clinic's own, with a photograph."""
    factories.exercise(
        OWN_EXERCISE,
        photo=factories.uploaded_picture(clinic, by=admin),
        clinic=clinic,
        by=admin,
        movements=("standing",),
    )


def approve_all(clinic, admin):
    approving.approve_exercises(
        revisions=ExerciseRevision.objects.filter(newest=True), clinic=clinic, by=admin
    )
    approving.approve_rules(revisions=RuleRevision.objects.filter(newest=True), clinic=clinic, by=admin)
    approving.approve(things=AdviceText.objects.all(), clinic=clinic, by=admin)
    approving.approve(things=SymptomSentence.objects.all(), clinic=clinic, by=admin)
    for language in ("en", "es"):
        approving.approve_wording(language=language, clinic=clinic, by=admin)


def plan_for(clinic, therapist):
    today = timezone.localdate()
    patient = Patient(
        clinic=clinic,
        therapist=therapist,
        name="Robin Test",
        birth_date=BIRTH_DATE,
        record_number="T-1",
        equipment=["mat", "wall"],
    )
    condition = Condition.objects.get(code="muscle_weakness", clinic=None)
    patients.save_patient(
        patient=patient,
        conditions=[PatientCondition(patient=patient, condition=condition, onset=today - timedelta(days=60))],
        by=therapist,
    )
    plan = Plan(
        patient=patient,
        title=TITLE,
        start_on=today,
        review_on=today + timedelta(days=28),
        times_per_day_min=1,
        times_per_day_max=1,
        days_per_week_min=5,
        days_per_week_max=7,
    )
    codes = (*EXERCISES, OWN_EXERCISE)
    items = [item(code, order) for order, code in enumerate(codes, start=1)]
    return plan_actions.save_plan(plan=plan, items=items, by=therapist)


def item(code, order):
    revision = ExerciseRevision.objects.get(exercise__code=code, newest=True)
    return factories.item(revision, order=order, **({"side": Side.EACH} if revision.one_sided else {}))


def publish(plan, therapist):
    prepared = publishing.prepare(plan=plan, by=therapist, formats=())
    reasons = {one.fingerprint: "Tried in the clinic, and it went well." for one in prepared.check.unanswered}
    publishing.publish(
        plan=plan,
        expected_hash=prepared.expected_hash,
        by=therapist,
        formats=[Format()],
        reasons=reasons,
    )
    for rendering in Rendering.objects.filter(bulk=False):
        run_task("plans.render", str(rendering.pk))
    return plan.publications.select_related("content").get()


def protocol_for(plan, admin):
    """What the next patient begins with."""
    row = Protocol(
        clinic=plan.patient.clinic,
        title="Protocol of a kept release",
        times_per_day_min=1,
        times_per_day_max=1,
        days_per_week_min=5,
        days_per_week_max=7,
    )
    items = [
        ProtocolItem(exercise=Exercise.objects.get(code=code, clinic=None), order=order)
        for order, code in enumerate(EXERCISES, start=1)
    ]
    for one, kept in zip(items, plan.items.order_by("order"), strict=False):
        one.dose = kept.dose
    protocol_actions.save_protocol(protocol=row, items=items, by=admin)


def open_link(publication):
    """What the patient does: open the link, read, take the PDF. Returns the link's token."""
    link = publication.plan.links.get(revoked_at=None)
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    browser, path = Client(), f"/p/{token}/"
    day, month, year = BIRTH_DATE.day, BIRTH_DATE.month, BIRTH_DATE.year
    browser.post(path, {"day": day, "month": month, "year": year})
    assert TITLE in browser.get(path).content.decode()
    return token


def call_api(key):
    """What other software does; returns the publication, whose file nobody has made yet."""
    software = Client()
    form = {
        "grant_type": "client_credentials",
        "client_id": key.key.client_id,
        "client_secret": key.secret,
    }
    token = software.post("/api/v1/oauth/token/", form).json()["access_token"]

    def call(path, body, name):
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": name, "If-Match": "*"}
        answer = software.post(f"/api/v1/{path}", body, "application/json", headers=headers)
        assert answer.status_code < 300, answer.content
        return answer.json()

    patient = call(
        "patients/", {"name": "Kim Test", "birth_date": "1955-02-03", "external_id": "4711"}, "patient"
    )
    plan = call(
        "plans/",
        {
            "patient": patient["id"],
            "title": TITLE,
            "review_on": str(timezone.localdate() + timedelta(days=28)),
            "times_per_day_min": 1,
            "days_per_week_min": 5,
            "items": [{"exercise_code": "wall-sit"}],
        },
        "plan",
    )
    prepared = call(f"plans/{plan['id']}/prepare/", {}, "prepare")
    reasons = [
        {"fingerprint": one["fingerprint"], "words": "Tried in the clinic, and it went well."}
        for one in prepared["findings"]
        if one.get("needs_reason")
    ]
    return call(f"plans/{plan['id']}/publish/", {"reasons": reasons}, "publish")


if __name__ == "__main__":
    main()
