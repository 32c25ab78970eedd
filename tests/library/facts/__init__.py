"""The facts of the whole body as tables: what the library's files say of them, beside the words."""

import csv
from pathlib import Path


def facts(name):
    """The rows of one table; lists in a cell are parted by a semicolon."""
    file = Path(__file__).with_name(f"{name}.csv")
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def parts(cell):
    return tuple(part.strip() for part in cell.split(";") if part.strip())
