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


def test_the_fixed_words_are_those_that_reviewers_approved():
    """A new name stops publishing in each clinic until its reviewer has approved the words again.

    Also when the entries of a catalogue only change places. Where a word was meant to change, write the new name here,
    and into the changelog what there is to approve.
    """
    wording.wording_name.cache_clear()
    names = [wording.wording_name(language) for language in ("en", "es", "ar", "zh-hans")]
    assert names == [
        "en:35e76dd17a7cd399",
        "es:460c767b7e19984b",
        "ar:1f1b9028dc4d354b",
        "zh-hans:914846080aba842f",
    ]


def test_the_real_catalogues_hold_words_for_every_language():
    wording.wording_name.cache_clear()
    for language in ("en", "es", "ar", "zh-hans"):
        assert len(list(wording.handout_words(language))) > 60


def test_a_reviewer_reads_english_beside_the_translation():
    for language in ("es", "ar", "zh-hans"):
        said = dict(wording.words_to_read(language))
        assert len(said) > 60
        assert all(said.values())
    assert {said for _, said in wording.words_to_read("en")} == {""}


def test_plurals_are_read_beside_each_other(catalogue):
    catalogue.write_text(
        '#: plans/dose/phrases.py\n#, python-format\nmsgid "%(n)s set"\nmsgid_plural ""\n"%(n)s "\n"sets"\n'
        'msgstr[0] "%(n)s serie"\nmsgstr[1] "%(n)s series"\nmsgstr[2] "%(n)s series"\n'
    )
    assert wording.words_to_read("es") == [("%(n)s set / %(n)s sets", "%(n)s serie / %(n)s series")]
