"""What a search for an exercise costs in processor time, the whole answer that the plan's page gets, to before."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from bench.baseline import search
from bench.samples import demo_publication
from bench.service import ROOT
from bench.timing import side_by_side
from plans.admin.plans.views import editor
from plans.models import Exercise, ExerciseRevision, ExerciseText, RevisionHelp

SEARCHES: Path = ROOT / "tests" / "library" / "searches"
MANY = 500
OK = 200


def measure(*, rounds: int) -> dict[str, float]:
    """Give the median time of all searches (ms) by way and number of exercises; adds exercises to the library."""
    found = _timed(rounds)
    times = {f"{name}, few": value for name, value in found.items()}
    _add_exercises(MANY - Exercise.objects.count())
    return times | {f"{name}, many": value for name, value in _timed(rounds).items()}


def _timed(rounds: int) -> dict[str, float]:
    ask = _asker()

    def before() -> None:
        with patch.object(editor, "find_exercises", search.find_exercises):
            ask()

    return {
        name: times.median
        for name, times in side_by_side({"before": before, "now": ask}, rounds=rounds).items()
    }


def _asker() -> Callable[[], None]:
    patient = demo_publication().plan.patient
    client, address = Client(SERVER_NAME="localhost"), reverse("admin:plans_plan_offer")
    client.force_login(patient.therapist)
    words = [word for name in ("now", "wider") for word in _searches(name)]

    def ask() -> None:
        for word in words:
            answer = client.get(address, {"patient": str(patient.pk), "q": word})
            if answer.status_code != OK:
                raise RuntimeError(f"the search answered {answer.status_code}")

    return ask


def _searches(name: str) -> list[str]:
    lines = (SEARCHES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.partition(" | ")[0] for line in lines if line and not line.startswith("#")]


def _add_exercises(count: int) -> None:
    """Write copies of the library's exercises, each under other names."""
    models = list(ExerciseRevision.objects.filter(newest=True).select_related("exercise"))
    words = [word for name in ExerciseText.objects.values_list("name", flat=True) for word in name.split()]
    chosen = random.Random(1)  # names, and the same ones each time
    for number in range(count):
        _copy(models[number % len(models)], number, lambda: chosen.choice(words))


def _copy(model: ExerciseRevision, number: int, word: Callable[[], str]) -> None:
    revision = _again(model, exercise=Exercise.objects.create(code=f"{model.exercise.code}-{number}"))
    revision.save(force_insert=True)
    revision.movements.set(model.movements.all())
    for helps in model.helps.all():
        RevisionHelp.objects.create(revision=revision, condition=helps.condition, source=helps.source)
    for text in model.texts.all():
        also = [f"{name} {word()}" for name in text.also]
        _again(text, revision=revision, name=f"{text.name} {word()}"[:70], also=also).save(force_insert=True)


def _again(row: Any, **changes: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    for name in changes:
        values.pop(f"{name}_id", None)
    return type(row)(**{**values, "id": uuid4(), **changes})
