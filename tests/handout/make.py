"""Handouts for tests, made once in a process: rendering takes a third of a second."""

from functools import cache

from plans.content import PlanContent
from plans.handout.formats import Format, Ink
from plans.handout.html import handout_html
from plans.handout.make import make_handout
from plans.handout.pdf import render_pdf
from plans.handout.preflight.checks import check_pdf
from plans.handout.stylesheet import make_stylesheet
from plans.languages import get_language
from tests.handout.samples import LINK_URL, SHEET_URL, make_plan, pictures

NORMAL = Format()


def html_of(content: PlanContent, form: Format = NORMAL) -> str:
    return handout_html(content, form, get_language(content.language), link_url=LINK_URL, sheet_url=SHEET_URL)


def css_of(form: Format = NORMAL, language: str = "en") -> str:
    return make_stylesheet(form, get_language(language))


def render(html: str, form: Format = NORMAL, language: str = "en", given=None) -> bytes:
    """A PDF that nothing has checked."""
    grey = form.ink is Ink.GREY
    shown = pictures() if given is None else given
    return render_pdf(html, css=css_of(form, language), pictures=shown, grey=grey)


@cache
def pdf_of(content: PlanContent, form: Format = NORMAL) -> bytes:
    """A PDF that passed pre-flight."""
    handout = make_handout(content, form, link_url=LINK_URL, sheet_url=SHEET_URL, pictures=pictures())
    return handout.pdf


@cache
def plan() -> PlanContent:
    return make_plan()


def check(data, content, form):
    return check_pdf(data, content, form, get_language(content.language)).problems
