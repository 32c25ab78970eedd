"""Is this an ICD-10-CM code that a diagnosis is recorded with? The tables come with a package."""

from functools import cache

# Importing it parses the whole code table, a second of work that only the library check needs.


@cache
def code_problem(code: str) -> str:
    """Say what is wrong with a code, or nothing: it must exist and be a leaf, not a heading of others."""
    import simple_icd_10_cm as tables

    if not tables.is_valid_item(code) or tables.is_chapter_or_block(code):
        return f"{code} is no ICD-10-CM code"
    if not tables.is_leaf(code):
        return f"{code} is a heading, not a code to record: use one of {', '.join(tables.get_children(code))}"
    return ""
