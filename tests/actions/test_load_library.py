import re
import shutil
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from plans.actions import exercises, load_library
from plans.libraryfiles import Library, library_yaml, read_library
from plans.models import Drawing, Exercise, ExerciseRevision, ExerciseText, Figure, Picture
from tests import factories

pytestmark = pytest.mark.django_db
STARTER = Path(__file__).resolve().parents[2] / "plans" / "library"


def test_loading_twice_changes_nothing_and_a_failure_undoes_all(monkeypatch):
    factories.movement()
    library = Library(exercises=(factories.exercise_data("a"), factories.exercise_data("b")))
    assert load_library.load_library(library=library, figures={}).changed == 2
    assert load_library.load_library(library=library, figures={}).changed == 0
    broken = Library(exercises=(factories.exercise_data("c"), factories.exercise_data("d", movements=("x",))))
    with pytest.raises(exercises.UnknownMovement), transaction.atomic():
        load_library.load_library(library=broken, figures={})
    assert not ExerciseRevision.objects.filter(exercise__code="c").exists()


def test_a_file_with_one_more_language_can_be_loaded_after_the_starter_library(tmp_path):
    call_command("load_library", STARTER, stdout=StringIO())
    before = ExerciseRevision.objects.count()
    tilt = next(row for row in read_library(STARTER).exercises if row.code == "pelvic-tilt")
    arabic = replace(tilt, texts={"ar": factories.exercise_text(name="إمالة الحوض")})
    file = tmp_path / "ar.yaml"
    file.write_text(library_yaml(Library(exercises=(arabic,))))
    call_command("load_library", file, stdout=StringIO())
    assert ExerciseRevision.objects.count() == before
    assert ExerciseText.objects.get(language="ar").revision.texts.count() == 3


def test_loading_the_library_draws_nothing(monkeypatch):
    monkeypatch.setattr("plans.drawer.draw", None)
    monkeypatch.setattr("plans.drawer.draw_figure", None)

    call_command("load_library", STARTER, stdout=StringIO())

    assert Figure.objects.count() > 20
    assert not Drawing.objects.exists()
    assert not Picture.objects.exists()


@pytest.mark.parametrize("path", ["exercises/wall-sit.yaml", "figures/wall-sit.yaml", "advice.yaml"])
def test_a_folder_with_a_language_that_the_service_does_not_have_is_refused_whole(tmp_path, path):
    folder = tmp_path / "library"
    shutil.copytree(STARTER, folder)
    file = folder / path
    text = file.read_text()
    line = text[: re.search(r"^ +es:", text, re.MULTILINE).start()].count("\n") + 1
    file.write_text(re.sub(r"^( +)es:", r"\1tlh:", text, count=1, flags=re.MULTILINE))

    with pytest.raises(
        CommandError, match=rf"{file.name}:{line}: tlh .*no language of this service"
    ) as caught:
        call_command("load_library", folder, stdout=StringIO())

    assert "1 problem(s). Nothing was loaded." in str(caught.value)
    assert not Exercise.objects.exists()


def test_a_broken_file_is_named_by_line_and_nothing_is_loaded(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("exercises:\n  - code: x\n    movements: [flying]\n")
    with pytest.raises(CommandError, match=r"mine.yaml:\d+: .*flying"):
        call_command("load_library", file, stdout=StringIO())
    assert not Exercise.objects.exists()
