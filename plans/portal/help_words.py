"""What the service says of how to reach help, with each telephone number to be tapped."""

import re

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from plans.portal.labels import dial

NUMBER = re.compile(r"(\+?\(?\d[\d ()/.-]{4,}\d)")
"""From six characters on: "8 to 17" and "24/7" are hours and no telephone."""
BREAK = mark_safe("<br>")


def say_help() -> SafeString:
    """Return PORTAL_HELP as paragraphs; empty where nothing is set."""
    paragraphs = re.split(r"\n{2,}", settings.PORTAL_HELP)
    return format_html_join("\n\n", "<p>{}</p>", ((_lines(one),) for one in paragraphs if one))


def _lines(paragraph: str) -> SafeString:
    return format_html_join(BREAK, "{}", ((_pieces(line),) for line in paragraph.split("\n")))


def _pieces(line: str) -> SafeString:
    pieces = enumerate(NUMBER.split(line))
    return format_html_join("", "{}", ((_link(piece) if at % 2 else piece,) for at, piece in pieces))


def _link(number: str) -> SafeString:
    return format_html('<a class="phone" dir="ltr" href="tel:{}">{}</a>', dial(number), number)
