"""How to reach help, in the service's own words: numbers can be tapped, markup is words."""

import pytest

from plans.portal.help_words import say_help


@pytest.mark.parametrize(
    ("words", "number", "href"),
    [
        ("Call 555 0100, 8 to 17", "555 0100", "5550100"),
        ("Front desk: +1 (555) 010-4477", "+1 (555) 010-4477", "+15550104477"),
        ("(030) 123456 from 8-17", "(030) 123456", "030123456"),
        ("030/123.456\nor 112", "030/123.456", "030123456"),
    ],
)
def test_a_telephone_number_is_a_link(settings, words, number, href):
    settings.PORTAL_HELP = words

    said = str(say_help())

    assert f'<a class="phone" dir="ltr" href="tel:{href}">{number}</a>' in said
    assert said.count("<a ") == 1


@pytest.mark.parametrize("words", ["Open 8 to 17", "24/7", "Room 12", "8-17 h"])
def test_hours_are_no_number(settings, words):
    settings.PORTAL_HELP = words

    assert say_help() == f"<p>{words}</p>"


def test_markup_is_words_and_lines_stay(settings):
    settings.PORTAL_HELP = "<b>Hill & Sons</b>\nfront desk\n\nOr come by."

    assert say_help() == "<p>&lt;b&gt;Hill &amp; Sons&lt;/b&gt;<br>front desk</p>\n\n<p>Or come by.</p>"


def test_nothing_set_is_nothing_said(settings):
    settings.PORTAL_HELP = ""

    assert say_help() == ""
