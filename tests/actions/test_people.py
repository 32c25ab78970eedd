"""People who sign in: written by an action, with an audit row that says nothing of them."""

import pytest

from plans.actions.clinics import save_person
from plans.models import AuditEvent, User

pytestmark = pytest.mark.django_db


def test_a_new_person_works_at_the_desk_and_has_the_password():
    person = save_person(person=User(username="sam"), password="seven green bicycles", by=None)
    assert person.is_staff
    assert person.check_password("seven green bicycles")
    event = AuditEvent.objects.get()
    assert (event.verb, event.detail) == ("person.made", {"password": True, "active": True})


def test_without_a_password_nobody_signs_in_with_one():
    assert not save_person(person=User(username="sam"), by=None).has_usable_password()


def test_a_change_leaves_the_password():
    person = save_person(person=User(username="sam"), password="seven green bicycles", by=None)
    person.last_name = "Renamed"
    save_person(person=person, by=person)
    person.refresh_from_db()
    assert person.check_password("seven green bicycles")
    assert AuditEvent.objects.filter(verb="person.changed", by=person).count() == 1
