"""The style sheet of a format: a base and what paper, size, ink, script and direction change in it."""

from functools import cache
from pathlib import Path

from plans.rendering.formats import Copy, Format, Ink, Size
from plans.rendering.languages import Language

STYLE_DIR = Path(__file__).parent.parent.parent / "templates" / "handout" / "style"


@cache
def make_stylesheet(form: Format, language: Language) -> str:
    """The CSS text; equal for equal arguments, so that it is parsed once in a process."""
    return "\n".join(map(_read, _names(form, language)))


def _names(form: Format, language: Language) -> list[str]:
    names = ["base", form.paper.lower(), language.script, language.direction]
    names += ["large"] if form.size is Size.LARGE else []
    if form.copy is Copy.SUMMARY:
        names += ["summary", "summary-large"] if form.size is Size.LARGE else ["summary"]
    names += ["grey"] if form.ink is Ink.GREY else []
    return names


def _read(name: str) -> str:
    return (STYLE_DIR / f"{name}.css").read_text(encoding="utf-8")
