import pytest
import weasyprint

from plans.handout.formats import Copy, Format, Ink, Size
from plans.handout.pdf import fragments, renderer
from tests.handout.make import html_of, render
from tests.handout.samples import FINDINGS, make_plan_in, make_second_version

FORMATS = (
    Format(),
    Format(copy=Copy.CLINICIAN),
    Format(copy=Copy.SUMMARY, size=Size.LARGE),
    Format(size=Size.LARGE, ink=Ink.GREY),
)


def use_the_renderers_own(monkeypatch):
    monkeypatch.setattr(renderer._Page, "_ua_stylesheets", weasyprint.HTML._ua_stylesheets)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.key)
def test_the_short_browser_sheet_prints_what_the_renderers_own_prints(form, monkeypatch):
    contents = [make_second_version(), *(make_plan_in(code, findings=FINDINGS) for code in ("es", "ar"))]
    pages = [(html_of(content, form), content.language) for content in contents]
    short = [render(html, form, language) for html, language in pages]
    use_the_renderers_own(monkeypatch)
    with fragments.nothing_kept():
        assert short == [render(html, form, language) for html, language in pages]


def test_a_rule_that_the_short_sheet_lacks_would_be_seen(monkeypatch):
    html = html_of(make_second_version()).replace("</header>", "<p><small>slowly</small></p></header>")
    short = render(html)
    use_the_renderers_own(monkeypatch)
    with fragments.nothing_kept():
        assert render(html) != short
