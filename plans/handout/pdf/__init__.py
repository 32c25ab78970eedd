"""HTML to PDF/UA-1. The only package that imports the renderer, and the only one that knows its errors."""

import io
from collections.abc import Mapping

import pydyf
from django.conf import settings

from plans.handout.errors import FontsMissing, RendererComplained
from plans.handout.fonts import FAMILIES
from plans.handout.pdf.artifacts import mark_artifacts
from plans.handout.pdf.fitting import fit
from plans.handout.pdf.gc import collect_afterwards
from plans.handout.pdf.glyphs import write_meanings
from plans.handout.pdf.log_capture import capture_complaints, named_errors
from plans.handout.pdf.renderer import PHOTO_DPI, VARIANT, Page, Renderer, WholePage, harfbuzz_subset

__all__ = ["check_renderer", "render_pdf"]


def render_pdf(html: str, *, css: str, pictures: Mapping[str, bytes], grey: bool = False) -> bytes:
    """Return the PDF of a page. `pictures` holds the bytes by name. Equal arguments give equal bytes.

    Raises a RenderingFailed: PictureMissing, PictureBroken, FetchRefused, or RendererComplained for anything
    that the renderer only logs.
    """
    # The collector last: what the document held must be out of reach when it looks.
    with collect_afterwards(), capture_complaints() as complaints, named_errors():
        renderer = Renderer(css=css, pictures=pictures, grey=grey)

        def keep(page: Page) -> None:
            if not complaints:
                page.remember()

        page = _page_of(fit(html, renderer, make_page=_page_of, keep=keep), renderer)
        data: bytes = page.lay_out().write_pdf(
            pdf_variant=VARIANT, dpi=PHOTO_DPI, finisher=lambda _, pdf: _finish(pdf)
        )
        keep(page)
    if complaints:
        raise RendererComplained(complaint="; ".join(dict.fromkeys(complaints))[:500])
    return data


def _page_of(html: str, renderer: Renderer, further_css: str = "") -> Page:
    if not settings.HANDOUT_FRAGMENTS:
        return WholePage(html, renderer, further_css)
    # Not at the top: switched off, a release of the renderer without those private boxes still prints.
    from plans.handout.pdf.fragments import PageOfFragments

    return PageOfFragments(html, renderer, further_css)


def _finish(pdf: pydyf.PDF) -> None:
    mark_artifacts(pdf)
    write_meanings(pdf)


def check_renderer() -> None:
    """Print one word in each script at start-up.

    Raises a RenderingFailed: FontsMissing when a font is not found or the library that makes fonts small is not
    there, RendererComplained for what else the renderer finds wrong.
    """
    if harfbuzz_subset is None:
        raise FontsMissing(problem="the library harfbuzz-subset, which makes them small, is not installed")
    text = "<p>Aa 腰痛 ألم שלום नमस्ते สวัสดี 한국</p>"
    html = f'<html lang="en"><title>check</title><body style="font-family: Noto Sans">{text}</body></html>'
    found = _embedded_fonts(render_pdf(html, css="", pictures={}))
    missing = {family.replace(" ", "-") for family in FAMILIES} - found
    if missing:
        raise FontsMissing(problem=f"the renderer does not find {', '.join(sorted(missing))}")


def _embedded_fonts(data: bytes) -> set[str]:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one]
        return {str(font.BaseFont).partition("+")[2] for font in fonts}
