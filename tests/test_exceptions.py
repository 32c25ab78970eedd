"""Error codes are public: clients, logs and rows know them. Renaming a class leaves its code as it is."""

import importlib
import pkgutil
from pathlib import Path

import pytest

import plans
from plans.api.schema.error_codes import GENERAL
from plans.exceptions import PlansError

PINNED = (Path(__file__).parent / "error_codes.txt").read_text().split()
WITHOUT_IMPORT = "plans.migrations"


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
