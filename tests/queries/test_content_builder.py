import pytest

from plans.actions import people
from plans.content import from_json
from plans.handout.formats import Format
from plans.handout.html import preview_html
from plans.models import User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def titled(clinic):
    return factories.therapist(clinic, last_name="Okafor", title="PT, DPT")


def test_the_therapists_title_is_frozen_and_printed_after_the_name(titled, clinic):
    issued = factories.publication(titled)
    content = from_json(issued.content.json)
    assert (content.therapist.name, content.therapist.title) == ("Pat Okafor", "PT, DPT")
    assert "Pat Okafor, PT, DPT" in preview_html(content, Format(), address=str)

    person = User.objects.get(pk=titled.pk)
    person.title = "PT"
    people.save_person(person=person, by=factories.lead(clinic))
    issued.content.refresh_from_db()
    assert from_json(issued.content.json) == content
    assert factories.publication(titled, of_plan=issued.plan).number == 2


def test_without_a_title_the_name_stands_alone(clinic):
    content = from_json(factories.publication(factories.therapist(clinic, last_name="Okafor")).content.json)
    assert "Pat Okafor</span>" in preview_html(content, Format(), address=str)
