"""Error codes are public: clients, logs and rows know them. Renaming a class leaves its code as it is."""

import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Formatter
from uuid import UUID

import pytest
from billiard.einfo import ExceptionInfo
from celery import current_app
from celery.backends.base import Backend

import plans
from plans.actions import patient_facts
from plans.api.schema.error_codes import GENERAL
from plans.contraindications import FactProblem, Finding, Level
from plans.dose.limits import DoseProblem
from plans.exceptions import PlansError, UnreadableDose
from plans.libraryfiles import errors as library_errors
from plans.models import Publication
from plans.queries.told_cells import Cell

PINNED = (Path(__file__).parent / "error_codes.txt").read_text().split()
WITHOUT_IMPORT = "plans.migrations"
ARGUMENTS = {
    str: "a word",
    date: date(2026, 3, 2),
    Publication: Publication(id=UUID(int=1), number=2),
    Sequence[Finding]: [Finding("red_flag", Level.STOP, None, "A red flag.", "Refer.")],
    Mapping[str, str]: {"5f0c": "0b7c"},
    Mapping[Cell, PlansError]: {},
    Sequence[DoseProblem]: [DoseProblem("sets", "too_many", "At most 10 sets.")],
    Sequence[patient_facts.Problem]: [(("onset",), FactProblem("onset", "in_future", "It lies ahead."))],
    tuple[library_errors.Problem, ...]: (
        library_errors.Problem(library_errors.Place("rules.yaml", 3), "There is no such code."),
    ),
}
"""One for each annotation that an error's own __init__ has."""


def every_kind():
    for module in pkgutil.walk_packages(plans.__path__, "plans."):
        if not module.name.startswith(WITHOUT_IMPORT):
            importlib.import_module(module.name)
    found, waiting = [], [PlansError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("plans."):
            found.append(kind)
    return found


def test_no_code_came_went_or_changed_by_the_way():
    """A new error adds its code to error_codes.txt; a code that is gone breaks clients: CHANGELOG.md says so."""
    assert sorted([*GENERAL, *(kind.code for kind in every_kind())]) == sorted(PINNED)


def test_no_two_errors_share_a_code():
    assert len(set(PINNED)) == len(PINNED)


def test_a_class_without_a_code_of_its_own_is_refused():
    with pytest.raises(TypeError, match="needs a code"):
        type("Nameless", (PlansError,), {"__doc__": "Something went wrong."})


def made(kind):
    """Return an error of this class, with arguments for its __init__ and for each name in its message."""
    parameters = list(inspect.signature(kind).parameters.values())
    own = [each for each in parameters if each.kind is not each.VAR_KEYWORD]
    given = {each.name: ARGUMENTS[each.annotation] for each in own}
    if len(own) < len(parameters):
        words = {name for _, name, _, _ in Formatter().parse(kind.__doc__) if name}
        given = {**{name: f"a {name}" for name in words}, **given}
    return kind(**given)


def assert_same(error, other):
    assert type(other) is type(error)
    assert (str(other), other.args, vars(other)) == (str(error), error.args, vars(error))


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_error_survives_pickling(kind):
    error = made(kind)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert_same(error, pickle.loads(pickle.dumps(error, protocol)))


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_error_comes_back_from_a_worker_as_itself(kind):
    """What a process that works on tasks sends to the worker's main process, and what a store of results keeps."""
    try:
        raise made(kind)
    except PlansError as error:
        sent = pickle.loads(pickle.dumps(ExceptionInfo()))
        assert_same(error, sent.exception)
        assert sent.type is kind
        results = Backend(current_app, serializer="pickle")
        assert_same(error, results.exception_to_python(results.prepare_exception(error)))


def test_a_store_of_results_without_pickle_still_names_the_error():
    results = Backend(current_app, serializer="json")
    kept = results.prepare_exception(UnreadableDose(field="sets", value="many"))
    assert kept["exc_type"] == "UnreadableDose"
    assert "The dose cannot be read: sets is many." in str(results.exception_to_python(kept))
