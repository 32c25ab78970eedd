"""An address filters a list by what the page's own filters produce, and asks no question about foreign rows."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from plans.admin.base.admin import DeskAdmin
from plans.models import AuditEvent, Membership, Role, User
from tests import factories
from tests.admin.conftest import signed_in

LISTS = {model: page for model, page in admin.site._registry.items() if isinstance(page, DeskAdmin)}
FILTERED = [model for model, page in LISTS.items() if page.list_filter]
FOREIGN = {
    "patients__name__startswith": "Zeb",
    "memberships__person__password__startswith": "a",
    "password__startswith": "a",
    "startswith": "a",
    "regex": "(",
    "year": "99999",
    "lt": "9999-12-31",
    "gte": "0001-01-01 00:00:00+23:59",
    "in": "a,b",
}


def parameters():
    """The names in the addresses of the filters of each list, with and without what addresses may not add."""
    for model, page in LISTS.items():
        for one in page.list_filter:
            path = one[0] if isinstance(one, tuple) else one
            yield model, path if isinstance(path, str) else path.parameter_name


ASKED = [
    (model, f"{name}__{lookup}", value) for model, name in parameters() for lookup, value in FOREIGN.items()
]


def address_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.fixture
def everyone(clinic, broker):
    """Who runs the service and holds each role, so that no list is shut."""
    person = User.objects.create_superuser("root", password="a long pass phrase", is_staff=True)
    for role in Role:
        factories.clinics.give_role(person=person, clinic=clinic, role=role, licence_number="PT-1", by=None)
    return person


def test_no_list_answers_a_lookup_that_its_filters_do_not_make(everyone):
    client = signed_in(everyone)
    assert len(ASKED) > 100
    for model in LISTS:
        assert client.get(address_of(model)).status_code == 200, model
    told = [
        (model.__name__, lookup)
        for model, lookup, value in ASKED
        if (answer := client.get(address_of(model), {lookup: value})).status_code != 400
        and not (answer.status_code == 302 and answer.url.endswith("e=1"))
    ]
    assert told == []


@pytest.mark.parametrize(
    ("lookup", "hit", "miss"),
    [
        ("clinic__patients__name__startswith", "Zeb", "Xyz"),
        ("clinic__memberships__person__password__startswith", "md5", "xyz"),
    ],
)
def test_roles_tell_nothing_of_patients_and_passwords(everyone, clinic, lookup, hit, miss):
    factories.patient(factories.therapist(clinic), name="Zebedee")
    answers = [signed_in(everyone).get(address_of(Membership), {lookup: value}) for value in (hit, miss)]
    assert [answer.status_code for answer in answers] == [400, 400]


@pytest.mark.parametrize(
    "asked",
    [
        {"role__exact": "x"},
        {"role__exact": "\0"},
        {"clinic__id__exact": "x"},
        {"clinic__id__exact": "\0"},
        {"role__isnull": "True"},
        {"clinic": "x"},
    ],
)
def test_values_that_no_filter_offers_are_refused(everyone, asked):
    assert signed_in(everyone).get(address_of(Membership), asked).status_code == 400


@pytest.mark.parametrize(
    "value", ["soon", "", "2026-01-01", "99999-01-01", "9999-12-31 23:59:59-12:00", "\0"]
)
def test_no_day_of_the_calendar_breaks_the_trail(everyone, value):
    for lookup in ("at__gte", "at__lt"):
        assert signed_in(everyone).get(address_of(AuditEvent), {lookup: value}).status_code == 400


def test_every_link_of_every_filter_still_works(everyone, clinic):
    factories.clinics.give_role(person=everyone, clinic=factories.clinic(), role=Role.LEAD, by=None)
    client, followed = signed_in(everyone), 0
    for model in FILTERED:
        for spec in client.get(address_of(model)).context["cl"].filter_specs:
            for choice in spec.choices(client.get(address_of(model)).context["cl"]):
                assert client.get(address_of(model) + choice["query_string"]).status_code == 200
                followed += 1
    assert followed > 40


def test_the_lists_are_filtered_as_before(everyone, clinic):
    def shown(model, **asked):
        listed = signed_in(everyone).get(address_of(model), asked).context["cl"].queryset
        return {row.pk for row in listed}

    lead = everyone.memberships.get(role=Role.LEAD)
    assert shown(Membership, role__exact="lead", clinic__id__exact=str(clinic.pk)) == {lead.pk}
    tomorrow = timezone.localtime() + timedelta(days=1)
    assert AuditEvent.objects.exists()
    assert shown(AuditEvent, created_at__gte=str(tomorrow)) == set()
