"""A published plan with its personal link, and a patient's browser that knows nothing yet."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from plans import tokens
from plans.actions.links import revoke_link
from plans.models import DownloadLink, LinkOpening, Rendering, RenderingState
from plans.rendering import storage
from plans.rendering.queue import ask
from tests import factories

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8 + b"\n%%EOF"
BIRTH_DATE = {"day": "17", "month": "5", "year": "1960"}
WRONG_DATE = {"day": "18", "month": "5", "year": "1960"}


def token_of(link):
    return tokens.token_of(link_id=link.pk, digest=link.token_digest)


def make_ready(publication, form=factories.PATIENT_COPY, pdf=PDF):
    """Give the publication a file, with bytes of ours instead of a worker's."""
    (rendering,) = ask(content=publication.content, formats=[form])
    name = storage.keep(f"renderings/{rendering.pk}.pdf", pdf)
    made = {"file": name, "size": len(pdf), "sha256": storage.sha256_of(pdf)}
    Rendering.objects.filter(pk=rendering.pk).update(state=RenderingState.READY, **made)
    rendering.refresh_from_db()
    return rendering


@pytest.fixture
def issued(db):
    """A published plan: therapist, plan, publication, link, token, and the page's path."""
    clinic = factories.clinic(
        name="Hill Street Clinic", phone="+1 (555) 010-4477 ext. 3", emergency_number="911"
    )
    therapist = factories.therapist(clinic)
    plan = factories.plan(therapist, title="Plan for a stronger back")
    publication = factories.publication(therapist, of_plan=plan)
    link = plan.links.get(revoked_at=None)
    token = token_of(link)
    return SimpleNamespace(
        clinic=clinic, therapist=therapist, plan=plan, patient=plan.patient, publication=publication,
        link=link, token=token, path=f"/p/{token}/",
    )  # fmt: skip


@pytest.fixture
def opened(issued):
    """A browser that has opened the link."""
    browser = Client()
    assert browser.post(issued.path, BIRTH_DATE).status_code == 303
    return browser


def say(answer):
    """All that an onlooker can compare."""
    return answer.status_code, dict(answer.headers), answer.content, answer.cookies.output()


def uses():
    return list(LinkOpening.objects.order_by("created_at").values_list("use", flat=True))


def expire(link):
    DownloadLink.objects.filter(pk=link.pk).update(expires_on=timezone.localdate() - timedelta(days=1))


def revoked(issued):
    revoke_link(plan=issued.plan, by=issued.therapist)
    return issued.path, BIRTH_DATE


def expired(issued):
    expire(issued.link)
    return issued.path, BIRTH_DATE


@pytest.fixture
def phone(browser, live_server):
    """A function that opens a small phone without scripts, on a page of the service."""
    contexts = []

    def open_at(path, **options):
        context = browser.new_context(
            **{
                "viewport": {"width": 320, "height": 640},
                "java_script_enabled": False,
                "locale": "en-US",
                **options,
            }
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield open_at
    for context in contexts:
        context.close()
