"""Every fixed word of the patient's pages has its translation, and its numbers with it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import templatize

from plans.readability import grade_en, inflesz

ROOT = Path(settings.BASE_DIR)
SOURCES = sorted((ROOT / "templates" / "portal").rglob("*.html"))
CALL = re.compile(r"""gettext\((?:u?"((?:[^"\\]|\\.)*)"|u?'((?:[^'\\]|\\.)*)')""")


def messages():
    """The words of the templates as the message extractor sees them."""
    found = set()
    for path in SOURCES:
        text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for one, other in CALL.findall(text):
            found.add((one or other).encode().decode("unicode_escape"))
    return sorted(found)


def sentences(language):
    """All words of the pages as one text, marks and gaps taken out."""
    with translation.override(language):
        text = " ".join(translation.gettext(words).rstrip(".:?") + "." for words in messages())
    return re.sub(r"<[^>]+>|%\(\w+\)s", "", text)


@pytest.mark.parametrize("language", ["es", "ar", "zh-hans"])
def test_no_word_of_the_pages_is_left_in_english(language):
    assert len(messages()) > 30
    with translation.override(language):
        # A message with a plural form is found by ngettext alone in some versions of Python.
        left = [
            words
            for words in messages()
            if words == translation.gettext(words) and words == translation.ngettext(words, words, 1)
        ]

    assert left == []


def test_the_pages_are_easy_to_read():
    assert grade_en(sentences("en")) <= 6
    assert inflesz(sentences("es")) >= 65


def test_arabic_has_one_word_for_version():
    with translation.override("ar"):
        said = [
            translation.gettext(words)
            for words in (
                "Version %(number)s, made on %(issued_on)s",
                "in version %(number)s of your plan",
                "Your plan has no such version.",
                "Your plan is newer by now. This is kept in version %(number)s of your plan.",
                "This exercise is no longer in your plan. It is kept in version %(number)s of your plan.",
            )
        ]

    assert all("إصدار" in words for words in said)
    assert not any("نسخة" in words for words in said)


def test_no_answer_is_not_that_one_does_not_remember():
    said = {}
    for language in ("es", "ar", "zh-hans"):
        with translation.override(language):
            said[language] = translation.gettext("No answer")

    assert said == {"es": "Sin respuesta", "ar": "بلا إجابة", "zh-hans": "不回答"}
