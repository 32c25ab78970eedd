"""A finished handout: made, checked, and refused when the check finds a fault."""

from collections.abc import Mapping
from typing import NamedTuple

from plans.content import PlanContent
from plans.handout.errors import PreflightFailed
from plans.handout.formats import Format, Ink
from plans.handout.html import handout_html
from plans.handout.pdf import render_pdf
from plans.handout.preflight.checks import check_pdf
from plans.handout.stylesheet import make_stylesheet
from plans.languages import get_language


class Handout(NamedTuple):
    """The bytes of a PDF that passed pre-flight, and its number of pages."""

    pdf: bytes
    pages: int


def make_handout(
    content: PlanContent,
    form: Format,
    *,
    link_url: str,
    link_code: str = "",
    sheet_url: str,
    pictures: Mapping[str, bytes],
) -> Handout:
    """Render a content in a format and check the file. `pictures` holds the bytes by name.

    `link_code` is what the link's page asks for beside the birth date, printed with the link.

    Raises a RenderingFailed (PreflightFailed with all its problems among them) or UnknownLanguage.
    """
    language = get_language(content.language, locale=content.clinic.locale)
    page = handout_html(content, form, language, link_url=link_url, link_code=link_code, sheet_url=sheet_url)
    css = make_stylesheet(form, language)
    pdf = render_pdf(page, css=css, pictures=pictures, grey=form.ink is Ink.GREY)
    checked = check_pdf(pdf, content, form, language)
    if checked.problems:
        raise PreflightFailed(problems="; ".join(problem.message for problem in checked.problems))
    return Handout(pdf, checked.pages)
