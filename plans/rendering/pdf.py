"""HTML to PDF/UA-1. The only module that imports the renderer, and the only one that knows its errors."""

import io
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from typing import Any

import pydyf  # type: ignore[import-untyped]  # it has no type hints
from PIL import ImageFile

from plans.rendering.artifacts import mark_artifacts
from plans.rendering.collector import collect_afterwards
from plans.rendering.errors import FontsMissing, RendererComplained, RenderingFailed
from plans.rendering.fetcher import INLINE, SCHEME, fetch_picture
from plans.rendering.fonts import use_bundled_fonts
from plans.rendering.png import IndexedPng, take_apart
from plans.rendering.style import STYLE_DIR, fill_in

with use_bundled_fonts():
    import weasyprint
    from weasyprint.images import RasterImage
    from weasyprint.text.ffi import harfbuzz_subset
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# The renderer tells Pillow, for the whole process, to take half a picture for a whole one.
ImageFile.LOAD_TRUNCATED_IMAGES = False

VARIANT = "pdf/ua-1"
_LOGGERS = (logging.getLogger("weasyprint"), logging.getLogger("fontTools"))
MAX_CACHED_PICTURES = 400
PHOTO_DPI = 220
"""Enough for a printed photograph; a camera's own size would make a file too large to download."""


def render_pdf(html: str, *, css: str, pictures: Mapping[str, bytes], grey: bool = False) -> bytes:
    """The PDF of a page. `pictures` holds the bytes by sha256. Equal arguments give equal bytes.

    Raises a RenderingFailed: PictureMissing, PictureBroken, AddressRefused, or RendererComplained for anything
    that the renderer only logs.
    """
    # The collector last: what the document held must be out of reach when it looks.
    with collect_afterwards(), _listen() as complaints, _named_errors():
        data = _write(html, css=css, pictures=pictures, grey=grey)
    if complaints:
        raise RendererComplained(complaint="; ".join(dict.fromkeys(complaints))[:500])
    return data


def _write(html: str, *, css: str, pictures: Mapping[str, bytes], grey: bool) -> bytes:
    page = _Page(string=html, url_fetcher=_Fetcher(pictures, grey=grey))
    data: bytes = page.write_pdf(
        pdf_variant=VARIANT,
        dpi=PHOTO_DPI,
        stylesheets=[_parse(css)],
        font_config=_font_configuration(),
        cache=_decode(html, pictures, grey=grey),
        finisher=lambda _, pdf: mark_artifacts(pdf),
    )
    return data


class _Page(weasyprint.HTML):  # type: ignore[misc]  # the renderer has no type hints
    """A page that knows of a browser's defaults only what a handout needs: browser.css says why."""

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        return [_parse((STYLE_DIR / "browser.css").read_text(encoding="utf-8"))]


class _Fetcher(URLFetcher):  # type: ignore[misc]  # the renderer has no type hints
    """Answers with the given pictures and refuses every other address."""

    def __init__(self, pictures: Mapping[str, bytes], *, grey: bool) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.pictures = pictures
        self.grey = grey

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        data = fetch_picture(url, self.pictures, grey=self.grey)
        return URLFetcherResponse(url, data, {"Content-Type": "image/png"})


class _IndexedPicture(RasterImage):  # type: ignore[misc]
    """An indexed PNG as it is. The renderer would pack it anew for each document, at three bytes a dot."""

    def __init__(self, png: IndexedPng, name: str) -> None:
        # Not the base's: it would turn the picture into RGB. Only what drawing reads is set.
        self.png = png
        self.id = sha256(name.encode()).hexdigest()[:32]
        self.width, self.height = png.width, png.height
        self.ratio = png.width / png.height
        self._dpi = None

    def get_x_object(self, interpolate: bool, dpi_ratio: float) -> pydyf.Stream:
        png = self.png
        colours = pydyf.Array(["/Indexed", "/DeviceRGB", png.last_colour, f"<{png.palette.hex()}>"])
        rows = {"Predictor": 15, "Colors": 1, "BitsPerComponent": png.depth, "Columns": png.width}
        extra = {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": png.width,
            "Height": png.height,
            "ColorSpace": colours,
            "BitsPerComponent": png.depth,
            "Interpolate": "true" if interpolate else "false",
            "Filter": "/FlateDecode",
            "DecodeParms": pydyf.Dictionary(rows),
        }
        return pydyf.Stream([png.rows], pydyf.Dictionary(extra))


_CODE = re.compile(rf'src="({re.escape(INLINE)}[^"]+)"')
"""A picture inside the page: a QR code."""
_decoded: dict[tuple[str, bool], _IndexedPicture] = {}


def _decode(html: str, pictures: Mapping[str, bytes], *, grey: bool) -> dict[str, object]:
    """The renderer's cache for one document, filled with pictures that need no decoding.

    The renderer keeps a failed picture in its cache as nothing at all, so a cache never outlives its document.
    Only checked pictures are kept here; their names hold their hash, so they cannot go stale.
    """
    found: dict[str, object] = {}
    for name in pictures:
        picture = _decoded.get((name, grey)) or _read_indexed(name, pictures, grey=grey)
        if picture:
            found[SCHEME + name] = picture
    for address in _CODE.findall(html):
        png = take_apart(fetch_picture(address, pictures, grey=grey))
        if png:
            found[address] = _IndexedPicture(png, address)
    return found


def _read_indexed(name: str, pictures: Mapping[str, bytes], *, grey: bool) -> _IndexedPicture | None:
    png = take_apart(fetch_picture(SCHEME + name, pictures, grey=grey))
    if png is None:
        return None
    if len(_decoded) >= MAX_CACHED_PICTURES:
        _decoded.clear()
    _decoded[name, grey] = picture = _IndexedPicture(png, f"{name} {grey}")
    return picture


@contextmanager
def _named_errors() -> Iterator[None]:
    # The renderer's own error derives from BaseException, so that nothing above would catch it: not the job's
    # handler of failed renderings, not the task runner.
    try:
        yield
    except FatalURLFetchingError as error:
        cause = error.__cause__
        if isinstance(cause, RenderingFailed):
            raise cause from None
        raise RendererComplained(complaint=str(error)[:500]) from cause


@cache
def _font_configuration() -> Any:
    """One for the process: each new one keeps its memory for good."""
    with use_bundled_fonts():
        return FontConfiguration()


@cache
def _parse(css: str) -> Any:
    """A parsed style sheet for each format and language that this process has printed."""
    return weasyprint.CSS(
        string=fill_in(css), font_config=_font_configuration(), url_fetcher=_Fetcher({}, grey=False)
    )


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _listen() -> Iterator[list[str]]:
    """Collect what the renderer logs: a picture or a rule that it left out is told nowhere else.

    Heard whatever the service's logging is set to, and kept out of it: the text may hold a patient's words.
    """
    handler = _Complaints()
    before = [(logger, logger.level, logger.propagate, logger.disabled) for logger in _LOGGERS]
    for logger in _LOGGERS:
        logger.addHandler(handler)
        logger.setLevel(logging.WARNING)
        logger.propagate = logger.disabled = False
    try:
        yield handler.messages
    finally:
        for logger, level, propagate, disabled in before:
            logger.removeHandler(handler)
            logger.setLevel(level)
            logger.propagate, logger.disabled = propagate, disabled


def check_renderer() -> None:
    """Print one word in each script at start-up.

    Raises a RenderingFailed: FontsMissing when a font is not found or the library that makes fonts small is not
    there, RendererComplained for what else the renderer finds wrong.
    """
    if harfbuzz_subset is None:
        raise FontsMissing(problem="the library harfbuzz-subset, which makes them small, is not installed")
    text = "<p>Aa 腰痛 ألم</p>"
    html = f'<html lang="en"><title>check</title><body style="font-family: Noto Sans">{text}</body></html>'
    found = _embedded_fonts(render_pdf(html, css="", pictures={}))
    missing = {"Noto-Sans", "Noto-Sans-CJK-SC", "Noto-Sans-Arabic"} - found
    if missing:
        raise FontsMissing(problem=f"the renderer does not find {', '.join(sorted(missing))}")


def _embedded_fonts(data: bytes) -> set[str]:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one]
        return {str(font.BaseFont).partition("+")[2] for font in fonts}
