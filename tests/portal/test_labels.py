import pytest

from plans.handout.formats import ALL_FORMATS, Copy, Format, Ink, Paper, Size
from plans.portal.labels import dial, file_name, say_format


@pytest.mark.parametrize(
    ("printed", "dialled"),
    [
        ("911", "911"),
        ("+34 91 000 00 00", "+34910000000"),
        ("(555) 010-4477 ext. 3", "5550104477"),
        ("", ""),
        ("call us", ""),
    ],
)
def test_a_telephone_dials_the_number(printed, dialled):
    assert dial(printed) == dialled


def test_every_format_has_words_of_its_own():
    shown = [form for form in ALL_FORMATS if form.copy is not Copy.CLINICIAN]

    assert len({say_format(form, with_paper=True) for form in shown}) == len(shown)
    form = Format(copy=Copy.SUMMARY, size=Size.LARGE, ink=Ink.GREY, paper=Paper.LETTER)
    assert say_format(form, with_paper=False) == "One page for the fridge, large print, black and white"
    assert (
        say_format(form, with_paper=True)
        == "One page for the fridge, large print, black and white (Letter paper)"
    )


def test_a_file_is_named_by_version_and_format():
    assert file_name(3, Format()) == "exercise-plan-version-3.pdf"
    assert file_name(3, Format(copy=Copy.SUMMARY, size=Size.LARGE)) == "exercise-summary-version-3-large.pdf"
