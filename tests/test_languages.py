import pytest
from django.conf import settings

from plans.languages import LANGUAGES, UnknownLanguage, get_language


def test_every_language_of_the_service_can_be_printed():
    assert {code for code, _ in settings.LANGUAGES} == set(LANGUAGES)


def test_code_is_found_however_it_is_written():
    assert get_language("zh-Hans") is get_language("zh-hans")
    assert get_language("ar").direction == "rtl"


def test_unknown_language_is_named():
    with pytest.raises(UnknownLanguage, match="'tlh'"):
        get_language("tlh")
