"""The starter library, read once."""

from pathlib import Path

import pytest

import plans
from plans.libraryfiles import Library, read_library

STARTER = Path(plans.__file__).with_name("library")


@pytest.fixture(scope="session")
def starter() -> Library:
    return read_library(STARTER)
