"""Who agreed to be shown in a photograph, when, and its licence: recorded with it, and part of the revision."""

from datetime import date
from io import BytesIO

import pytest

from plans.actions.exercises import write_exercise
from plans.actions.photo_rights import PhotoRights, PhotoWithoutConsent, columns_of
from plans.models import Exercise, Picture
from plans.pictures import PHOTOGRAPH, convert_picture
from plans.queries.exercise_pictures import Viewer, picture_for
from tests import factories
from tests.pictures.samples import photo
from tests.queries.test_exercise_pictures import FIGURE

RIGHTS = PhotoRights(consent_by="Kim", consent_on=date(2026, 1, 2), licence="own photograph")


@pytest.fixture
def admin(clinic):
    return factories.library_admin(clinic)


def write(clinic, admin, *, photo, rights, figure=""):
    data = factories.exercise_data("heel-slide")
    factories.movement("supine")
    return write_exercise(data=data, figure=figure, photo=photo, rights=rights, clinic=clinic, by=admin)


def test_an_uploaded_photograph_needs_its_rights_and_nothing_is_kept_without(clinic, admin):
    uploaded = convert_picture(BytesIO(photo()), bounds=PHOTOGRAPH)

    for rights in (None, PhotoRights(consent_by=" ", consent_on=date(2026, 1, 2), licence="ours")):
        with pytest.raises(PhotoWithoutConsent):
            write(clinic, admin, photo=uploaded, rights=rights)
    assert not Exercise.objects.exists()
    assert not Picture.objects.exists()

    revision, _ = write(clinic, admin, photo=uploaded, rights=RIGHTS)
    assert PhotoRights.of(revision.pictures.get()) == RIGHTS


def test_other_rights_make_another_revision_and_the_same_none(clinic, admin):
    kept = factories.uploaded_picture(clinic, by=admin)
    first, _ = write(clinic, admin, photo=kept, rights=None)
    assert first.pictures.get().rights == "not_recorded"
    assert PhotoRights.of(first.pictures.get()) is None

    assert write(clinic, admin, photo=kept, rights=None) == (first, False)
    second, is_new = write(clinic, admin, photo=kept, rights=RIGHTS)
    assert is_new
    assert second.number == 2
    assert write(clinic, admin, photo=kept, rights=RIGHTS) == (second, False)
    for other in ({"consent_by": "Lou"}, {"consent_on": date(2026, 1, 3)}, {"licence": "CC BY 4.0"}):
        changed = PhotoRights(**{**columns_said(RIGHTS), **other})
        assert write(clinic, admin, photo=kept, rights=changed)[1]


def columns_said(rights):
    return {name: value for name, value in columns_of(rights).items() if name != "rights"}


def test_a_revision_without_a_photograph_has_no_rights():
    assert PhotoRights.of(None) is None


def test_with_a_photograph_the_figure_is_kept_as_text_and_not_shown(clinic, admin):
    kept = factories.uploaded_picture(clinic, by=admin)
    revision, _ = write(clinic, admin, photo=kept, rights=RIGHTS, figure=FIGURE)

    shown = picture_for(revision, revision.pictures.all(), viewer=Viewer(), exercise="Slide")
    assert (shown, revision.figure) == (kept, FIGURE)
