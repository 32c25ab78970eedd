"""The Spanish of the desk is complete, and says nothing that the desk does not say."""

import pytest

from scripts import desk_words


@pytest.mark.parametrize("domain", desk_words.DOMAINS)
def test_every_marked_word_has_its_translation(domain):
    catalogue = (desk_words.CATALOGUES / f"{domain}.po").read_text(encoding="utf-8")
    wanted, there = desk_words.wanted(domain), desk_words.keys_of(catalogue)
    assert sorted(map(str, wanted - there)) == [], "python -m scripts.desk_words adds them to be translated"
    assert sorted(map(str, there - wanted)) == [], "python -m scripts.desk_words takes them out"


def test_a_word_of_each_kind_is_found():
    found = desk_words.wanted("django")
    assert {"birth date", "New plan", "The dose cannot be read: {field} is {value}.", "Patients"} <= found
    assert "The patient also follows “%(title)s”." in found, "what is not ASCII is dropped"
    assert "Nothing found." in desk_words.wanted("djangojs")


def test_placeholders_are_kept():
    """msgfmt checks %(n)s; the domain's messages are filled by format, which it does not check."""
    import re

    from django.utils import translation

    with translation.override("es"):
        for message in desk_words.messages():
            names = sorted(re.findall(r"{[^}]*}", message))
            assert sorted(re.findall(r"{[^}]*}", translation.gettext(message))) == names, message
