import pytest

from plans.actions import exercises
from plans.models import Approval
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_further_language_joins_the_revision_and_its_approvals_hold(clinic):
    revision = factories.approved_exercise(clinic)
    spanish = factories.exercise_text(name="Deslizar el talón")
    again, new = exercises.write_exercise(
        data=factories.exercise_data(texts={"es": spanish}), clinic=None, by=None
    )
    assert (again, new) == (revision, True)
    assert {text.language for text in revision.texts.all()} == {"en", "es"}
    assert Approval.objects.filter(revision=revision).exists()


def test_a_changed_text_is_a_new_revision_that_keeps_the_other_languages(clinic):
    factories.exercise(texts={"en": factories.exercise_text(), "es": factories.exercise_text(name="Talón")})
    second = factories.exercise(texts={"en": factories.exercise_text(purpose="This is new.")})
    assert second.number == 2
    assert {text.language: text.name for text in second.texts.all()} == {"en": "Heel slide", "es": "Talón"}
