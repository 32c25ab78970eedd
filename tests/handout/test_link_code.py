"""The code that a link's page asks for stands beside the link, in every copy that has it, and nowhere without one."""

import pytest
from django.utils import translation

from plans.handout.formats import Copy, Format, Size
from plans.handout.html import handout_html, preview_html
from plans.handout.make import make_handout
from plans.handout.picture_address import address_by_name
from plans.handout.preflight.pdf_reader import read_pdf
from plans.languages import get_language
from tests.handout.make import html_of
from tests.handout.samples import LINK_URL, SHEET_URL, make_plan_in, pictures

CODE = "123 456"
WORDS = {
    "en": "Code to open it:",
    "es": "Código para abrirlo:",
    "ar": "رمز الفتح:",
    "zh-hans": "打开密码：",
}
FORMS = [
    Format(),
    Format(size=Size.LARGE),
    Format(copy=Copy.SUMMARY),
    Format(copy=Copy.SUMMARY, size=Size.LARGE),
]


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_it_is_printed_with_the_link(form, language):
    content = make_plan_in(language)
    html = handout_html(
        content, form, get_language(language), link_url=LINK_URL, link_code=CODE, sheet_url=SHEET_URL
    )
    assert f'<p class="link-code">{WORDS[language]} <b dir="ltr">123\u00a0456</b></p>' in html


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_without_a_code_nothing_of_it_is_printed(form):
    assert "link-code" not in html_of(make_plan_in("en"), form)


def test_a_preview_shows_no_code():
    assert "link-code" not in preview_html(make_plan_in("en"), Format(), address=address_by_name)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_a_file_with_a_code_passes_its_checks_and_holds_the_digits(form, language):
    given = {"link_url": LINK_URL, "sheet_url": SHEET_URL, "pictures": pictures()}
    made = make_handout(make_plan_in(language), form, link_code=CODE, **given)
    plain = make_handout(make_plan_in(language), form, **given)

    with translation.override(language):
        words = " ".join(" ".join(read_pdf(made.pdf).pages).split())
    assert "123 456" in words.replace("\u00a0", " ")
    assert made.pages == plain.pages
