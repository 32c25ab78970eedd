"""Reads the data file: each array when it is asked for, and only from a file of the layout that is known."""

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plans.figures.body.errors import BodyFileError
from plans.figures.body.layout import FORMAT

FILE = Path(__file__).resolve().parent.parent / "data" / "bodies.npz"
DAMAGED = (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error)


class Store:
    """The arrays of one data file by name."""

    def __init__(self, file: Path = FILE) -> None:
        self.name = file.name
        try:
            # Read at once: np.load keeps a file open that it cannot read.
            self._members = zipfile.ZipFile(io.BytesIO(file.read_bytes()))
        except DAMAGED as error:
            raise self._error(str(error)) from error
        if (found := int(self["format"][0])) != FORMAT:
            raise self._error(f"its format is {found}, this program reads {FORMAT}; run make bodies")

    def __getitem__(self, name: str) -> NDArray[Any]:
        try:
            content = io.BytesIO(self._members.read(f"{name}.npy"))
            array: NDArray[Any] = np.lib.format.read_array(content, allow_pickle=False)
        except KeyError as error:
            raise self._error(f"{name} is missing") from error
        except DAMAGED as error:
            raise self._error(f"{name} is damaged ({error})") from error
        return array

    def _error(self, problem: str) -> BodyFileError:
        return BodyFileError(file=self.name, problem=problem)
