"""One of everything that the API shows, and a caller for every role, in the clinic and outside."""

from dataclasses import dataclass, field
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.utils import timezone

from plans.actions import systems
from plans.actions.devices import remember_device
from plans.actions.webhooks import endpoints
from plans.api.scopes import SCOPES
from plans.models import (
    Advice,
    DeviceKind,
    Mail,
    Picture,
    Reminder,
    Rendering,
    RenderingState,
    Review,
    RevisionPicture,
    Role,
    WebhookEvent,
)
from tests import factories
from tests.api.conftest import Caller, ask_token

PDF = b"%PDF-1.7\n" + b"page " * 40 + b"\n%%EOF"


@dataclass
class World:
    """Objects by the name that stands in an address, and callers by role."""

    rows: SimpleNamespace
    callers: dict[str, Caller] = field(default_factory=dict)


def make_world() -> World:
    clinic, elsewhere = factories.clinic(), factories.clinic()
    owner = factories.therapist(clinic)
    people = {
        "therapist": owner,
        "colleague": factories.therapist(clinic),
        "lead": factories.lead(clinic),
        "library_admin": factories.library_admin(clinic),
        "reviewer": factories.reviewer(clinic),
        "stranger": factories.lead(elsewhere),
        "nobody": factories.person(),
        "superuser": factories.person(is_superuser=True),
    }
    world = World(rows=_rows(clinic, owner, people["lead"]))
    for role, person in people.items():
        world.callers[role] = _session(person)
    world.callers["anonymous"] = Caller()
    world.callers["system"] = _system(clinic, list(SCOPES))
    world.callers["scopeless"] = _system(clinic, ["library:read"])
    world.callers["strange_system"] = _system(elsewhere, list(SCOPES))
    return world


def _session(person):
    caller = Caller()
    caller.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return caller


def _system(clinic, scopes):
    name = f"System {next(factories.counter)}"
    system = systems.make_system(clinic=clinic, name=name, role=Role.LEAD, by=None)
    made = systems.add_key(system=system, scopes=scopes, by=None)
    return Caller(ask_token(made).json()["access_token"])


def _rows(clinic, owner, lead):
    rows = SimpleNamespace(clinic=clinic, therapist=owner)
    rows.revision = factories.approved_exercise(clinic)
    rows.exercise = rows.revision.exercise
    rows.movement = factories.movement()
    rows.condition = factories.condition("muscle_weakness")
    rows.symptom = factories.symptom()
    rows.rule = factories.approved_rule(clinic, condition="arthritis").rule
    rows.advice = Advice.objects.create(code="walk", kind="general")
    rows.library_protocol = factories.approved_library_protocol(clinic, condition="muscle_weakness").protocol
    rows.leaflet = factories.approved_leaflet(clinic)
    rows.measure = factories.approved_measure(clinic)
    rows.picture = Picture.objects.create(sha256="ab" * 32, media_type="image/png", width=1, height=1)
    rows.picture.file.save("ab.png", ContentFile(b"png"), save=False)
    Picture.objects.filter(pk=rows.picture.pk).update(file=rows.picture.file.name)
    RevisionPicture.objects.create(revision=rows.revision, body="slender", picture=rows.picture)
    rows.patient = factories.patient(owner, clinic)
    rows.plan = factories.plan(owner, of=rows.patient, exercises=[rows.revision])
    rows.protocol = factories.protocol(lead, exercises=[rows.revision])
    rows.item = rows.plan.items.get()
    rows.publication = factories.publication(owner, of_plan=rows.plan)
    rows.rendering = make_ready(Rendering.objects.get(content=rows.publication.content))
    rows.link = rows.plan.links.get()
    rows.device = remember_device(link=rows.link, kind=DeviceKind.PHONE)
    rows.mail = factories.mail(owner, of=rows.publication)
    Mail.objects.update(state="sent", finished_at=timezone.now())
    schedule = factories.reminders(owner, of_plan=rows.plan)
    rows.reminder = Reminder.objects.create(
        clinic=clinic, schedule=schedule, day=clinic.today(), due_at=timezone.now(), state="sent",
        finished_at=timezone.now(),
    )  # fmt: skip
    rows.review = Review.objects.create(
        publication=rows.publication, difference="d", appeared=["plan_empty x"], gone=[]
    )
    rows.follow_up = factories.follow_up(rows.publication)
    made = endpoints.make_webhook(
        clinic=clinic, url="https://practice.example.org/hook", events=list(WebhookEvent), by=lead
    )
    rows.webhook = made.endpoint
    rows.delivery = factories.delivery(rows.webhook, state="delivered", finished_at=timezone.now())
    rows.system = systems.make_system(clinic=clinic, name="Practice", by=lead)
    rows.key = systems.add_key(system=rows.system, scopes=["plans:read"], by=lead).key
    return rows


def make_ready(rendering, data=PDF):
    """Finish a rendering without the time that a real one takes."""
    rendering.file.save(f"renderings/{rendering.pk}.pdf", ContentFile(data), save=False)
    Rendering.objects.filter(pk=rendering.pk).update(
        state=RenderingState.READY,
        file=rendering.file.name,
        sha256="cd" * 32,
        size=len(data),
        pages=1,
        finished_at=timezone.now(),
    )
    rendering.refresh_from_db()
    return rendering
