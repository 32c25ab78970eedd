"""Leaflets of library files: written once, changed as a new text, and refused as a whole."""

from io import StringIO

import pytest
from django.core.management import call_command

from plans.actions import leaflets as writing
from plans.actions import load_library
from plans.actions import plans as plan_actions
from plans.actions.items import NotInLibrary
from plans.actions.texts import TextRefused
from plans.libraryfiles import Library
from plans.models import Leaflet, LeafletText
from tests import factories
from tests.library.conftest import STARTER

pytestmark = pytest.mark.django_db


def write(code="nerve", about=("sciatica",), **texts):
    texts = texts or {"en": factories.leaflet_text()}
    return writing.write_leaflet(data=factories.leaflet_data(code, about=about, texts=texts), order=1)


def said():
    rows = LeafletText.objects.order_by("language", "number")
    return [(row.language, row.number, row.title) for row in rows]


def test_the_same_leaflet_twice_changes_nothing():
    assert write()
    assert not write()
    assert said() == [("en", 1, "Know your nerve")]


def test_changed_words_are_a_new_text_and_another_language_joins():
    write()
    assert write(en=factories.leaflet_text("Other words"))
    assert write(es=factories.leaflet_text("Su nervio"))
    assert said() == [("en", 1, "Know your nerve"), ("en", 2, "Other words"), ("es", 1, "Su nervio")]


def test_a_leaflet_for_other_conditions_has_all_its_texts_reviewed_again():
    write(en=factories.leaflet_text(), es=factories.leaflet_text("Su nervio"))
    assert write(about=("sciatica", "disc"), en=factories.leaflet_text())
    assert [(language, number) for language, number, _ in said()] == [
        ("en", 1),
        ("en", 2),
        ("es", 1),
        ("es", 2),
    ]
    assert Leaflet.objects.get().conditions == ["disc", "sciatica"]


def test_what_no_handout_could_print_is_refused_by_its_name():
    text = factories.leaflet_text("Nerve", "A bone 🦴")
    library = Library(leaflets=(factories.leaflet_data(texts={"en": text}),))
    with pytest.raises(TextRefused, match="Texts of nerve: the handout cannot print"):
        load_library.load_library(library=library, figures={})


def test_the_starter_librarys_leaflets_are_loaded_in_their_languages():
    out = StringIO()
    call_command("load_library", STARTER, stdout=out)
    assert f"rules, {Leaflet.objects.count()} leaflets and" in out.getvalue()
    assert set(LeafletText.objects.values_list("language", flat=True)) == {"en", "es"}


def test_a_copy_of_a_plan_has_its_leaflets_and_none_of_another_clinic(pat, clinic):
    row = factories.leaflet()
    plan = plan_actions.save_plan(plan=factories.plan(pat), leaflets=[row], by=pat)
    assert list(plan_actions.copy_plan(plan=plan, by=pat).leaflets.all()) == [row]

    plan_actions.save_plan(plan=plan, by=pat)
    assert list(plan.leaflets.all()) == [row]

    theirs = Leaflet.objects.create(code="theirs", clinic=factories.clinic(), conditions=[])
    with pytest.raises(NotInLibrary):
        plan_actions.save_plan(plan=plan, leaflets=[theirs], by=pat)
    assert list(plan.leaflets.all()) == [row]
