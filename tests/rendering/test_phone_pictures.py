"""Pictures for a phone are made once in a process."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from plans.rendering import phone_pictures
from plans.rendering.phone_pictures import LIST_SIZE, SCREEN_SIZE, phone_picture
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def make_anew():
    phone_pictures._made.cache_clear()


def size_of(made):
    return Image.open(BytesIO(made.data)).size


def test_a_photograph_keeps_its_shape(clinic):
    upright = factories.uploaded_picture(clinic, width=900, height=1300)

    whole, small = phone_picture(upright), phone_picture(upright, in_list=True)

    assert whole.media_type == small.media_type == "image/webp"
    assert size_of(whole) == (692, SCREEN_SIZE[1])
    assert size_of(small) == (125, LIST_SIZE[1])
    assert len(small.data) < len(whole.data)


def test_a_figure_is_given_as_it_was_drawn_and_small_in_a_list():
    drawn = factories.drawn_picture(90)

    whole, small = phone_picture(drawn), phone_picture(drawn, in_list=True)

    assert (whole.media_type, small.media_type) == ("image/png", "image/webp")
    assert size_of(whole) == size_of(small) == (100, 40)


def test_it_is_kept(clinic):
    picture = factories.uploaded_picture(clinic)
    first = phone_picture(picture)
    default_storage.delete(picture.file.name)

    assert phone_picture(picture) == first
    with pytest.raises(FileNotFoundError):
        phone_picture(picture, in_list=True)
