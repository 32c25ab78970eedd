import pytest

from plans.handout.formats import ALL_FORMATS, Copy, Format, Ink, Paper, Size, UnknownFormat


def test_keys_are_stable_names():
    """Rows and files are found by them."""
    assert Format().key == "patient-a4-normal-colour"
    large = Format(copy=Copy.CLINICIAN, paper=Paper.LETTER, size=Size.LARGE, ink=Ink.GREY)
    assert large.key == "clinician-letter-large-grey"


def test_every_format_has_its_own_key_and_comes_back_from_it():
    assert len({form.key for form in ALL_FORMATS}) == len(ALL_FORMATS) == 24
    assert all(Format.from_key(form.key) == form for form in ALL_FORMATS)


@pytest.mark.parametrize("key", ["", "patient", "patient-a4-normal-colour-x", "PATIENT-A4-NORMAL-COLOUR"])
def test_another_key_is_refused(key):
    with pytest.raises(UnknownFormat):
        Format.from_key(key)
