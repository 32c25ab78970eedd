"""The renderer as this service uses it: bundled fonts, our own defaults, no address but the given pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from PIL import ImageFile

from plans.handout.fonts import use_bundled_fonts
from plans.handout.pdf.fetcher import fetch_picture
from plans.handout.pdf.pictures import decode
from plans.handout.stylesheet import STYLE_DIR, fill_in

with use_bundled_fonts():
    import weasyprint
    from weasyprint.document import Document
    from weasyprint.text.ffi import harfbuzz_subset
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

# The renderer tells Pillow, for the whole process, to take half a picture for a whole one.
ImageFile.LOAD_TRUNCATED_IMAGES = False

__all__ = [
    "PHOTO_DPI",
    "VARIANT",
    "Page",
    "Renderer",
    "WholePage",
    "font_configuration",
    "harfbuzz_subset",
    "parse",
]

VARIANT = "pdf/ua-1"
PHOTO_DPI = 220
"""Enough for a printed photograph; a camera's own size would make a file too large to download."""


@dataclass(frozen=True, kw_only=True)
class Renderer:
    """What pages are laid out with: the style sheet, the pictures by name, and whether they are printed grey."""

    css: str
    pictures: Mapping[str, bytes]
    grey: bool

    def lay_out(
        self, html: str, *, spaces: Mapping[str, object] | None = None, further_css: str = ""
    ) -> Document:
        """Return the pages of an HTML page; `spaces` are further things to be placed as pictures, by their address."""
        page = _Page(string=html, url_fetcher=_Fetcher(self.pictures, grey=self.grey))
        return page.render(
            pdf_variant=VARIANT,
            dpi=PHOTO_DPI,
            stylesheets=[parse(self.css), *([parse(further_css)] if further_css else [])],
            font_config=font_configuration(),
            cache={**decode(html + self.css, self.pictures, grey=self.grey), **(spaces or {})},
        )


class Page(Protocol):
    """A page that can be laid out, and told that the renderer found nothing wrong with it."""

    def lay_out(self) -> Document: ...

    def remember(self) -> None: ...


@dataclass(frozen=True)
class WholePage:
    """A page that is laid out from its first line to its last, of which nothing is kept."""

    html: str
    renderer: Renderer
    further_css: str = ""

    def lay_out(self) -> Document:
        return self.renderer.lay_out(self.html, further_css=self.further_css)

    def remember(self) -> None:
        pass


class _Page(weasyprint.HTML):  # type: ignore[misc]  # the renderer has no type hints
    """A page that knows of a browser's defaults only what a handout needs: browser.css says why."""

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        return [parse((STYLE_DIR / "browser.css").read_text(encoding="utf-8"))]


class _Fetcher(URLFetcher):  # type: ignore[misc]  # the renderer has no type hints
    """Answers with the given pictures and refuses every other address."""

    def __init__(self, pictures: Mapping[str, bytes], *, grey: bool) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.pictures = pictures
        self.grey = grey

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        data = fetch_picture(url, self.pictures, grey=self.grey)
        return URLFetcherResponse(url, data, {"Content-Type": "image/png"})


@cache
def font_configuration() -> Any:
    """Return the one of this process: each new one keeps its memory for good."""
    with use_bundled_fonts():
        return FontConfiguration()


@cache
def parse(css: str) -> Any:
    return weasyprint.CSS(
        string=fill_in(css), font_config=font_configuration(), url_fetcher=_Fetcher({}, grey=False)
    )
