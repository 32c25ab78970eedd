"""Who may publish: one table, and the places that ask it."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from plans import permissions
from plans.actions import publishing
from plans.actions.reissuing import go_on, order_reissue
from plans.actions.systems import make_system
from plans.api.views.publishing import PublishingViewSet
from plans.models import Membership, Publication, ReissuedPlan, Role, User
from tests import factories
from tests.admin.conftest import signed_in

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
PUBLISHES = re.compile(
    r"\bpublishing\.(publish|prepare)\(|from plans\.actions\.publishing import [^)]*?\b(publish|prepare)\b"
)


@pytest.fixture
def plan(pat):
    return factories.plan(pat)


@pytest.fixture
def nobody_may(monkeypatch):
    monkeypatch.setattr(permissions, "may_publish", lambda person, plan=None: False)


def system_of(therapist, clinic):
    made = make_system(clinic=clinic, name="Practice", role=Role.THERAPIST, on_behalf_of=therapist, by=None)
    return made.user


WHO = {
    "the patient's therapist": (lambda clinic, pat: pat, True),
    "a lead of the clinic": (lambda clinic, pat: factories.lead(clinic), True),
    "another therapist of the clinic": (lambda clinic, pat: factories.therapist(clinic), False),
    "a reviewer": (lambda clinic, pat: factories.reviewer(clinic), False),
    "a library admin": (lambda clinic, pat: factories.library_admin(clinic), False),
    "a lead of another clinic": (lambda clinic, pat: factories.lead(factories.clinic()), False),
    "who runs the service": (lambda clinic, pat: factories.person(is_superuser=True), False),
    "somebody without a role": (lambda clinic, pat: factories.person(), False),
    "a system on behalf of the therapist": (lambda clinic, pat: system_of(pat, clinic), True),
    "a system on behalf of a colleague": (
        lambda clinic, pat: system_of(factories.therapist(clinic), clinic),
        False,
    ),
    "nobody who is signed in": (lambda clinic, pat: AnonymousUser(), False),
}


@pytest.mark.parametrize(("who", "may"), WHO.values(), ids=WHO)
def test_who_may_publish_a_plan(clinic, pat, plan, who, may):
    assert permissions.may_publish(who(clinic, pat), plan) is may


def test_whose_account_is_closed_publishes_nothing(pat, plan):
    pat.is_active = False
    assert not permissions.may_publish(pat, plan)
    assert not permissions.may_publish(pat)


@pytest.mark.parametrize("act", [publishing.prepare, publishing.publish])
def test_the_actions_ask(plan, pat, nobody_may, act):
    given = {"expected_hash": None} if act is publishing.publish else {}
    with pytest.raises(permissions.NotAllowed):
        act(plan=plan, by=pat, formats=[], **given)
    assert not Publication.objects.exists()


def test_a_reissue_asks_for_each_plan(clinic, pat, plan, monkeypatch):
    factories.publication(pat, of_plan=plan)
    lead = factories.lead(clinic)
    reissue = order_reissue(
        exercise=plan.items.get().revision.exercise, clinic=clinic, why="A new picture.", by=lead
    )
    monkeypatch.setattr(permissions, "may_publish", lambda person, plan=None: False)
    go_on(reissue=reissue, turn=reissue.turn)
    assert ReissuedPlan.objects.get().codes == ["not_allowed"]


def test_each_edge_that_publishes_asks():
    """An edge that forgets would still be refused by the action, and show a button that leads nowhere."""
    edges = [path for edge in ("admin", "api", "portal") for path in (ROOT / "plans" / edge).rglob("*.py")]
    publish = {path for path in edges if PUBLISHES.search(path.read_text())}
    assert {path.parent.parent.name for path in publish} == {"api", "plans"}
    assert [path for path in publish if "permissions.may_publish" not in path.read_text()] == []


def test_the_api_asks():
    for call in ("prepare", "publish"):
        assert PublishingViewSet.calls[call].who is permissions.may_publish


def test_the_desk_asks_on_the_pages_before_publishing(plan, pat, nobody_may):
    desk = signed_in(pat)
    for page in ("plans_plan_publish", "plans_plan_preview"):
        assert desk.get(reverse(f"admin:{page}", args=[plan.pk])).status_code == 404
    assert desk.post(reverse("admin:plans_plan_publish", args=[plan.pk]), {}).status_code == 404
    file = reverse("admin:plans_plan_preview_file", args=[plan.pk, "00000000-0000-4000-8000-000000000000"])
    assert desk.get(file).status_code == 404
    assert not Publication.objects.exists()


def test_the_button_shows_to_those_who_may(plan, pat, monkeypatch):
    page = reverse("admin:plans_plan_change", args=[plan.pk])
    button = 'name="_publish"'
    assert button in signed_in(pat).get(page).content.decode()
    monkeypatch.setattr(permissions, "may_publish", lambda person, plan=None: False)
    shown = signed_in(pat).get(page).content.decode()
    assert button not in shown
    assert 'name="_save"' in shown


def test_a_visitor_has_no_caseload_and_a_system_that_of_its_therapist(pat, clinic):
    assert permissions.caseload_of(AnonymousUser()) is None
    assert permissions.caseload_of(pat) == permissions.caseload_of(system_of(pat, clinic)) == pat.pk


def test_the_zones_of_a_person_are_those_of_their_clinics_though_nothing_was_asked_of_them_before(settings):
    settings.TIME_ZONE = "UTC"
    auckland = factories.clinic(time_zone="Pacific/Auckland")
    one = factories.therapist(auckland)
    two = factories.therapist(factories.clinic(time_zone="Europe/Madrid"))
    Membership.objects.create(person=two, clinic=auckland, role=Role.THERAPIST)

    def read(person):
        return User.objects.get(pk=person.pk)

    assert permissions.zones_of(read(one)) == {"Pacific/Auckland"}
    assert permissions.zones_of(read(two)) == {"Pacific/Auckland", "Europe/Madrid"}
    assert permissions.zone_of(read(one)).key == "Pacific/Auckland"
    assert permissions.zone_of(read(two)).key == "UTC"  # of several none is theirs


@pytest.mark.parametrize("may", [permissions.may_change_settings, permissions.may_watch_renderings])
def test_who_runs_the_service_and_a_clinics_own_leads_may(may, clinic, pat):
    lead, elsewhere = factories.lead(clinic), factories.lead(factories.clinic())
    service = factories.person(is_superuser=True)
    asked = {person: (may(person, clinic.pk), may(person)) for person in (lead, elsewhere, service, pat)}
    assert asked == {lead: (True, True), elsewhere: (False, True), service: (True, True), pat: (False, False)}
