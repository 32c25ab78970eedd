"""Pictures for a phone are made once in a process."""

from io import BytesIO
from statistics import mean

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from plans.drawer import PEOPLE, draw
from plans.rendering import phone_pictures
from plans.rendering.keep_drawn import keep_drawn
from plans.rendering.phone_pictures import LIST_SIZE, SCREEN_SIZE, phone_picture
from tests import factories
from tests.handout.library import LIBRARY

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


@pytest.mark.parametrize("right_to_left", [False, True])
def test_a_figure_in_a_list_is_the_panel_to_which_it_moves(right_to_left):
    text = (LIBRARY / "figures" / "glute-bridge.yaml").read_text()
    figure = draw(text, body=PEOPLE[0], mirrored=False, right_to_left=right_to_left, grey=False)
    kept = keep_drawn(figure)

    small = phone_picture(kept, in_list=True, right_to_left=right_to_left)

    with Image.open(BytesIO(figure)) as whole:
        panels = [inked(whole.convert("L").crop((left, 60, left + 502, whole.height))) for left in (0, 502)]
    start, end = reversed(panels) if right_to_left else panels
    shown = inked(Image.open(BytesIO(small.data)).convert("L"))
    assert difference(shown, end) < difference(shown, start) / 1.5


def inked(picture):
    """The part with something on it, in one size for all."""
    return picture.crop(picture.point([255 * (value < 250) for value in range(256)]).getbbox()).resize(
        (60, 40)
    )


def difference(one, other):
    return mean(abs(a - b) for a, b in zip(one.tobytes(), other.tobytes(), strict=True))


def test_it_is_kept(clinic):
    picture = factories.uploaded_picture(clinic)
    first = phone_picture(picture)
    default_storage.delete(picture.file.name)

    assert phone_picture(picture) == first
    with pytest.raises(FileNotFoundError):
        phone_picture(picture, in_list=True)
