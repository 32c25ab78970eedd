"""The style sheet of a format: a base and what paper, size, ink, script and direction change in it."""

import re
from functools import cache
from pathlib import Path

from plans.handout.formats import Copy, Format, Ink, Paper, Size
from plans.handout.tick_boxes import box_rules, days_of
from plans.languages import Language

STYLE_DIR = Path(__file__).parent.parent.parent / "templates" / "handout" / "style"
_VARIABLE = re.compile(r"(--[\w-]+):\s*([^;}]*[^;}\s])")
_USE = re.compile(r"var\((--[\w-]+)\)")


@cache
def make_stylesheet(form: Format, language: Language) -> str:
    """Return the CSS text; equal for equal arguments, so that it is parsed once in a process."""
    css = "\n".join(map(_read, _names(form, language)))
    return f"{css}\n{box_rules(days_of(css, is_rtl=language.is_rtl))}"


def fill_in(css: str) -> str:
    """Put the last value of each variable where it is used; a variable that only a page sets stays.

    The renderer would work it out anew for every box.
    """
    values = dict(_VARIABLE.findall(css))
    return _USE.sub(lambda use: values.get(use[1], use[0]), css)


def _names(form: Format, language: Language) -> list[str]:
    names = ["base", form.paper.lower(), language.script, language.direction]
    if form.size is Size.LARGE:
        names += ["large", "large-letter"] if form.paper is Paper.LETTER else ["large"]
    if form.copy is Copy.SUMMARY:
        names += ["summary", "summary-large"] if form.size is Size.LARGE else ["summary"]
    names += ["grey"] if form.ink is Ink.GREY else []
    return names


def _read(name: str) -> str:
    return (STYLE_DIR / f"{name}.css").read_text(encoding="utf-8")
