"""A format in the patient's words, and the name under which its file is saved."""

import re

from django.utils.translation import gettext, pgettext

from plans.handout.formats import Copy, Format, Ink, Paper, Size


def say_format(form: Format, *, with_paper: bool) -> str:
    what = gettext("One page for the fridge") if form.copy is Copy.SUMMARY else gettext("Your plan")
    more = [gettext("large print")] if form.size is Size.LARGE else []
    more += [gettext("black and white")] if form.ink is Ink.GREY else []
    for detail in more:
        what = gettext("%(what)s, %(more)s") % {"what": what, "more": detail}
    if not with_paper:
        return what
    paper = pgettext("paper", "Letter") if form.paper is Paper.LETTER else "A4"
    return gettext("%(what)s (%(paper)s paper)") % {"what": what, "paper": paper}


def file_name(number: int, form: Format) -> str:
    """Name a saved file by version and format; a shared computer's list of downloads shall name nobody."""
    kind = "exercise-summary" if form.copy is Copy.SUMMARY else "exercise-plan"
    size = "-large" if form.size is Size.LARGE else ""
    return f"{kind}-version-{number}{size}.pdf"


def dial(number: str) -> str:
    """What a telephone dials of a number as printed: a leading plus and the digits before any word ("ext. 5")."""
    printed = re.split(r"[^\W\d]", number.strip(), maxsplit=1)[0]
    return ("+" if printed.startswith("+") else "") + "".join(filter(str.isdecimal, printed))
