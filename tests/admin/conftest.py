"""A clinic with everyone in it, a neighbour, and a published plan; a client signed in as anyone."""

from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from plans.actions.reissuing import order_reissue
from plans.actions.systems import make_system
from plans.actions.webhooks.endpoints import make_webhook
from plans.models import Handover, Rendering, RenderingState, Role, User, WebhookEvent
from tests import factories

PDF = b"%PDF-1.7 made for a test"


def signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def desk(therapist):
    """The therapist's client."""
    return signed_in(therapist)


@pytest.fixture
def lead_client(clinic):
    return signed_in(factories.lead(clinic))


def make_ready(rendering):
    """Give a rendering its file, as the worker does."""
    name = default_storage.save(f"renderings/{rendering.pk}.pdf", ContentFile(PDF))
    Rendering.objects.filter(pk=rendering.pk).update(
        state=RenderingState.READY, file=name, size=len(PDF), sha256="a" * 64
    )


@pytest.fixture
def world(clinic, therapist):
    """Everyone who may knock, and what there is to be seen; the patient's name stands on no other page."""
    neighbour = factories.clinic()
    patient = factories.patient(therapist, name="Quentin Secretname", record_number="R-77")
    plan = factories.plan(therapist, of=patient)
    publication = factories.publication(therapist, of_plan=plan)
    rendering = publication.content.renderings.first()
    make_ready(rendering)
    admin = factories.library_admin(clinic)
    people = {
        "therapist": therapist,
        "colleague": factories.therapist(clinic),
        "lead": factories.lead(clinic),
        "library_admin": admin,
        "reviewer": factories.reviewer(clinic),
        "neighbour": factories.person(neighbour, Role.THERAPIST, Role.LIBRARY_ADMIN, Role.REVIEWER),
        "roleless": factories.person(None),
        "root": User.objects.create_superuser("root", password="a long pass phrase"),
    }
    lead = people["lead"]
    exercise = plan.items.get().revision.exercise
    return SimpleNamespace(
        reissue=order_reissue(exercise=exercise, clinic=clinic, why="recall", by=lead),
        system=make_system(clinic=clinic, name="Ward software", by=lead),
        webhook=make_webhook(
            clinic=clinic, url="https://example.org/hook", events=[WebhookEvent.RENDERING_READY], by=lead
        ).endpoint,
        clinic=clinic,
        people=people,
        patient=patient,
        plan=plan,
        publication=publication,
        rendering=rendering,
        follow_up=factories.follow_up(publication),
        own_exercise=factories.exercise("own-slide", clinic=clinic, by=admin).exercise,
        own_rule=factories.rule("own-rule", clinic=clinic, by=admin).rule,
        library_protocol=factories.library_protocol().protocol,
        protocol=factories.protocol(lead, exercises=[plan.items.get().revision]),
        approval=clinic.approvals.first(),
        membership=therapist.memberships.first(),
        handover=Handover.objects.create(
            patient=patient, from_person=lead, to_person=therapist, created_by=lead
        ),
    )
