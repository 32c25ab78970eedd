import pytest

from plans.actions.systems import add_key, make_system
from plans.models import AuditEvent, User
from plans.permissions import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return User.objects.create_superuser("root", password="a long pass phrase")


def test_who_runs_the_service_makes_no_system_and_no_key(clinic, lead, root):
    with pytest.raises(NotAllowed):
        make_system(clinic=clinic, name="Back door", by=root)
    system = make_system(clinic=clinic, name="Ward software", by=lead)
    with pytest.raises(NotAllowed):
        add_key(system=system, scopes=["patients:read"], by=root)
    row = AuditEvent.objects.get(verb="system.made")
    assert (row.person, row.clinic, row.created_by) == (system.user, clinic, lead)
