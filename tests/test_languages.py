import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import to_locale

from plans.handout.fonts import FAMILIES, unprintable
from plans.handout.stylesheet import STYLE_DIR
from plans.languages import LANGUAGES, SOURCE, UnknownLanguage, get_language

ROOT = Path(__file__).resolve().parent.parent
WITH_ONE_MORE = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
from plans.languages import LANGUAGES, Language
LANGUAGES["eo"] = Language(tag="eo", name="Esperanto", direction="rtl", date_format="j F Y")
import django
django.setup()
from pathlib import Path
from django.conf import settings
from django.utils.translation import to_locale
from django.utils import translation
settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, sys.argv[1]]
from plans.admin.patients.forms import PatientForm
from plans.api.serializers import patients
from plans.handout.formats import Format
from plans.handout.make import make_handout
from plans.handout.preflight.pdf_reader import read_pdf
from plans.libraryfiles import Known, read_library
from plans.portal.responses import browser_language
from plans.queries.wording import wording_name
from plans.rendering.versions import template_version
from tests.handout.samples import make_plan_in, pictures
from dataclasses import replace

content = replace(make_plan_in("en"), language="eo")
pdf = make_handout(content, Format(), link_url="", sheet_url="", pictures=pictures()).pdf
with translation.override("eo"):
    said = browser_language().name
library = read_library(Path(sys.argv[2]), known=Known())
declared = [getattr(one, "_declared_fields", {}) for one in vars(patients).values()]
print(json.dumps({
    "settings": dict(settings.LANGUAGES).get("eo"),
    "pdf": read_pdf(pdf).language == "eo",
    "portal": said,
    "desk": dict(PatientForm.base_fields["language"].choices).get("eo"),
    "api": all("eo" in fields["language"].choices for fields in declared if "language" in fields),
    "library": library.sources is not None,
    "words": "eo:" in wording_name("eo"),
    "version": bool(template_version()),
}))
"""
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Stop, and call a doctor today if you have:"
msgstr "Haltu, kaj voku kuraciston hodiau se vi havas:"
"""


def test_the_settings_have_the_languages_of_the_table():
    assert [(code, language.name) for code, language in LANGUAGES.items()] == settings.LANGUAGES
    assert settings.LANGUAGE_CODE == SOURCE


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_a_language_has_all_that_it_is_printed_with(language):
    assert (STYLE_DIR / f"{language.direction}.css").is_file()
    style = (STYLE_DIR / f"{language.script}.css").read_text()
    first = style.partition('font-family: "')[2].partition('"')[0]
    assert first in FAMILIES
    assert not unprintable(language.name)
    assert language.code == SOURCE or (ROOT / "locale").joinpath(*_catalogue(language.code)).is_file()


def _catalogue(code):
    from django.utils.translation import to_locale

    return to_locale(code), "LC_MESSAGES", "django.po"


def test_a_language_that_is_added_to_the_table_is_known_everywhere(tmp_path):
    catalogue = tmp_path / "locale" / "eo" / "LC_MESSAGES"
    catalogue.mkdir(parents=True)
    (catalogue / "django.po").write_text(CATALOGUE, encoding="utf-8")
    subprocess.run(["msgfmt", "-o", catalogue / "django.mo", catalogue / "django.po"], check=True)
    library = tmp_path / "library"
    (library / "figures").mkdir(parents=True)
    (library / "figures" / "bridge.yaml").write_text("not: a library file", encoding="utf-8")
    small = (ROOT / "tests" / "libraryfiles" / "small.yaml").read_text(encoding="utf-8")
    (library / "small.yaml").write_text(re.sub(r"\ben: ", "eo: ", small), encoding="utf-8")

    ended = subprocess.run(
        [sys.executable, "-c", WITH_ONE_MORE, str(tmp_path / "locale"), str(library)],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout.splitlines()[-1]) == {
        "settings": "Esperanto",
        "desk": "Esperanto",
        "portal": "Esperanto",
        **dict.fromkeys(("api", "library", "pdf", "version", "words"), True),
    }


def test_code_is_found_however_it_is_written():
    assert get_language("zh-Hans") is get_language("zh-hans")
    assert get_language("ar").is_rtl


def test_unknown_language_is_named():
    with pytest.raises(UnknownLanguage, match="'tlh'"):
        get_language("tlh")


def test_a_draft_says_so_in_its_catalogue_too():
    """Whoever goes over a catalogue takes both marks away."""
    heads = {
        code: (ROOT / "locale" / to_locale(code) / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
        for code in LANGUAGES
        if code != SOURCE
    }
    drafts = {code for code, text in heads.items() if "# Drafted by machine" in text.partition("msgid")[0]}
    assert drafts == {code for code, language in LANGUAGES.items() if language.is_draft} == {"ar", "zh-hans"}
