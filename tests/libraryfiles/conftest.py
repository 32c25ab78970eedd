"""A small library folder to read, as it is or with one line changed."""

from pathlib import Path

import pytest

from plans.libraryfiles import LibraryError, read_library

SMALL = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8")


def line_of(text: str) -> int:
    """The number of the first line of the small library that holds a text."""
    return next(number for number, line in enumerate(SMALL.splitlines(), 1) if text in line)


@pytest.fixture
def folder(tmp_path):
    """The small library as a folder with its one pose."""
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "bridge.yaml").write_text("not: a library file", encoding="utf-8")
    return tmp_path


@pytest.fixture
def problems_of(folder):
    """Read the small library with one text replaced; answer the problems as "line: message"."""

    def read(old: str, new: str) -> list[str]:
        assert SMALL.count(old) >= 1, old
        file = folder / "small.yaml"
        file.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(LibraryError) as caught:
            read_library(folder)
        return [str(problem).removeprefix(f"{file}:") for problem in caught.value.problems]

    return read
