"""Is this an ICD-10-CM code that a diagnosis is recorded with? The tables come with a package."""

import warnings
from functools import cache
from types import ModuleType


@cache
def _tables() -> ModuleType:
    """The code tables, parsed at first use: a second of work that only checking a library needs."""
    with warnings.catch_warnings():
        # The package reads its own files in a way that Python 3.11 calls old and 3.13 keeps.
        warnings.simplefilter("ignore", DeprecationWarning)
        import simple_icd_10_cm
    tables: ModuleType = simple_icd_10_cm
    return tables


def code_problem(code: str) -> str:
    """Return what is wrong with a code, or nothing: it must exist and be a leaf, not a heading of others."""
    tables = _tables()
    if not tables.is_valid_item(code) or tables.is_chapter_or_block(code):
        return f"{code} is no ICD-10-CM code"
    if not tables.is_leaf(code):
        return f"{code} is a heading, not a code to record: use one of {', '.join(tables.get_children(code))}"
    return ""
