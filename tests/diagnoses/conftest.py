"""The starter library's conditions, ready to be looked for."""

from pathlib import Path

import pytest

import plans
from plans.diagnoses import ConditionName, ConditionNames
from plans.libraryfiles import read_library


@pytest.fixture(scope="session")
def known():
    library = read_library(Path(plans.__file__).with_name("library"))
    return ConditionNames(
        ConditionName(entry.code, entry.name, entry.also, entry.icd10) for entry in library.conditions
    )
