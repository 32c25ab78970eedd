"""What decides a file's bytes besides its content: the templates, and the renderer with its fonts."""

import ctypes
import hashlib
import zlib
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from plans.queries.wording import wording_name
from plans.rendering.fonts import fonts_digest
from plans.rendering.languages import LANGUAGES

ABSENT = "none"
"""A machine that only serves pages may lack the library; a worker without it does not start."""


@cache
def template_version() -> str:
    """Name the page's templates, styles and fixed words; a change of any of them is a new version."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    sources = [
        *sorted((Path(settings.BASE_DIR) / "templates" / "handout").rglob("*")),
        *sorted(here.rglob("*.py")),
        *sorted((here.parent / "dose").glob("*.py")),
    ]
    for path in sources:
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    for language in LANGUAGES:
        digest.update(wording_name(language).encode())
    return digest.hexdigest()[:16]


@cache
def engine_version() -> str:
    """Name the renderer, the PDF writer, the libraries that set the type and pack the file, and the fonts."""
    packages = [version(name) for name in ("weasyprint", "pydyf", "pikepdf")]
    libraries = [_pango_version(), _harfbuzz_version(), zlib.ZLIB_RUNTIME_VERSION]
    return "-".join((*packages, *libraries, fonts_digest()[:8]))


# Asked of the libraries themselves: to load the renderer for it would cost each web process half a second.
def _pango_version() -> str:
    library = _load("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
    if library is None:
        return ABSENT
    library.pango_version_string.restype = ctypes.c_char_p
    return str(library.pango_version_string().decode())


def _harfbuzz_version() -> str:
    library = _load("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")
    if library is None:
        return ABSENT
    library.hb_version_string.restype = ctypes.c_char_p
    return str(library.hb_version_string().decode())


def _load(*names: str) -> ctypes.CDLL | None:
    for name in names:
        with suppress(OSError):
            return ctypes.CDLL(name)
    return None
