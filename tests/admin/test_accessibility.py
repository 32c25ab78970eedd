"""Every kind of page of the desk, judged by axe in a real browser."""

import pytest
from django.urls import reverse

from plans.libraryfiles import Level
from tests import factories
from tests.admin.browser import sign_in
from tests.axe import failures
from tests.rendering.stuck import fail


@pytest.fixture
def visit(page, live_server):
    """Open an address of the desk as a person; give what axe finds there."""

    def go(person, *addresses):
        sign_in(page, live_server, person)
        found = {}
        for address in addresses:
            page.goto(live_server.url + address)
            page.wait_for_load_state("networkidle")
            if found_here := failures(page):
                found[address] = found_here
        return found

    return go


def at(name, *args):
    return reverse(f"admin:plans_{name}", args=args)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_therapists_pages(visit, page, clinic, therapist, scheme):
    page.emulate_media(color_scheme=scheme)
    factories.approved_rule(clinic, level=Level.AVOID, counter_evidence="a trial saw no harm")
    patient = factories.patient(therapist, has=("sciatica",), diagnoses="an old knee")
    draft = factories.plan(therapist, of=patient, exercises=[factories.approved_exercise(clinic, "cat-cow")])
    issued = factories.publication(therapist)
    factories.follow_up(issued)
    protocol = factories.protocol(factories.lead(clinic), exercises=[factories.exercise("bird-dog")])
    found = visit(
        therapist,
        reverse("admin:index"),
        at("followup_changelist"),
        at("patient_changelist"),
        at("patient_change", patient.pk),
        at("patient_change", issued.plan.patient_id),
        at("patient_history", patient.pk),
        at("plan_add"),
        at("plan_change", draft.pk),
        at("plan_publish", draft.pk),
        at("publication_change", issued.pk),
        at("protocol_changelist"),
        at("protocol_change", protocol.pk),
    )
    assert found == {}


def test_pages_of_admins_reviewers_and_leads(visit, clinic):
    rule = factories.approved_rule(clinic)
    exercise = factories.approved_exercise(clinic)
    admin = factories.library_admin(clinic)
    keeps = ("exercise_changelist", "exercise_add", "rule_changelist", "rule_add", "rule_coverage")
    assert visit(admin, *map(at, keeps)) == {}
    read = (at("exercise_change", exercise.exercise_id), at("rule_change", rule.rule_id))
    assert visit(factories.reviewer(clinic), *read, at("approval_wording"), at("approval_changelist")) == {}
    lead = factories.lead(clinic)
    assert visit(lead, at("auditevent_changelist"), at("clinicsystem_add")) == {}
    failed = factories.publication(lead).content.renderings.get()
    fail(failed)
    assert visit(lead, at("rendering_changelist"), at("rendering_change", failed.pk)) == {}
    protocol = factories.protocol(lead, exercises=[exercise])
    plan = factories.plan(lead, exercises=[exercise])
    writes = (
        at("protocol_add"),
        at("protocol_change", protocol.pk) + "?edit=1",
        at("plan_protocol", plan.pk),
    )
    assert visit(lead, *writes) == {}


def test_the_page_to_sign_in(page, live_server, db):
    page.goto(live_server.url + reverse("admin:login"))
    assert failures(page) == []
    icon = page.locator("link[rel=icon]").get_attribute("href")
    assert page.request.get(live_server.url + icon).status == 200
