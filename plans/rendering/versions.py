"""What decides a file's bytes besides its content: the handout's code and templates, the renderer with its fonts."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from plans.handout.fonts import fonts_digest
from plans.languages import LANGUAGES
from plans.queries.wording import wording_name

PLANS = Path(__file__).parent.parent


@cache
def template_version() -> str:
    """Return a name for the page's templates, styles, words and code; a change of any of them is a new version.

    Not the queue: how a file is claimed or stored changes none of its bytes.
    """
    digest = hashlib.sha256()
    sources = [
        *sorted((Path(settings.BASE_DIR) / "templates" / "handout").rglob("*")),
        *sorted((PLANS / "handout").rglob("*.py")),
        *sorted((PLANS / "dose").glob("*.py")),
        PLANS / "languages.py",
    ]
    for path in sources:
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    for language in LANGUAGES:
        digest.update(wording_name(language).encode())
    return digest.hexdigest()[:16]


@cache
def engine_version() -> str:
    """Return a name for the renderer, the PDF writers and the fonts: what a release brings to each of its machines.

    Not the system's libraries: a machine that only serves pages may have others, or none, and would ask for files
    that no worker makes.
    """
    packages = [version(name) for name in ("weasyprint", "pydyf", "pikepdf")]
    return "-".join((*packages, fonts_digest()[:8]))
