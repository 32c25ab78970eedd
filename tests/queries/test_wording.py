import pytest

from plans.queries import wording

CATALOGUE = """#: plans/portal/pages.py
msgid "Lock this page"
msgstr "Cerrar esta página"

#: plans/dose/phrases.py
msgid "Hold"
msgstr "Mantenga"
"""


@pytest.fixture
def catalogue(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    file = tmp_path / "locale" / "es" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(CATALOGUE)
    wording.wording_name.cache_clear()
    yield file
    wording.wording_name.cache_clear()


def name_after(catalogue, before, after, language="es"):
    catalogue.write_text(CATALOGUE.replace(before, after))
    wording.wording_name.cache_clear()
    return wording.wording_name(language)


def test_a_changed_word_of_the_handout_is_another_wording(catalogue):
    assert wording.wording_name("es") != name_after(catalogue, "Mantenga", "Aguante")


def test_a_changed_word_of_the_portal_or_a_moved_line_is_not(catalogue):
    name = wording.wording_name("es")
    assert name == name_after(catalogue, "Cerrar esta página", "Salir")
    assert name == name_after(catalogue, "phrases.py", "phrases.py:7")


def test_english_is_named_by_its_own_words(catalogue):
    name = wording.wording_name("en")
    assert name == name_after(catalogue, "Mantenga", "Aguante", "en")
    assert name != name_after(catalogue, "Hold", "Keep still", "en")


def test_the_real_catalogues_hold_words_for_every_language():
    wording.wording_name.cache_clear()
    for language in ("en", "es", "ar", "zh-hans"):
        assert len(list(wording.handout_words(language))) > 60
