"""Frozen content of older releases, brought step by step to the schema of today.

A stored content never changes: it is named by its hash, and files are named by it. It is upgraded each time that it
is read. A step gives each new field the value that prints what was printed before.
"""

from collections.abc import Callable
from typing import Any

from plans.content.records import SCHEMA

Data = dict[str, Any]


def _drop_spine(data: Data) -> Data:
    """1 to 2: every sheet carries the warning boxes; the field that could leave them out was never set."""
    return {name: value for name, value in data.items() if name != "spine"}


def _add_days_and_sides(data: Data) -> Data:
    """1 to 2: no sentence waited for its day, and the steps themselves told to change sides."""
    items = [{"later_sentences": [], "sides_in_steps": True, **item} for item in data["items"]]
    return {"later_sentences": [], **data, "items": items}


def _add_shape_of_pictures(data: Data) -> Data:
    """1 to 2: all pictures had one height."""
    return data | {"items": [_with_shape(item) for item in data["items"]]}


def _with_shape(item: Data) -> Data:
    picture = item.get("picture")
    return item | {"picture": {"portrait": False, **picture}} if picture else item


def _add_locale(data: Data) -> Data:
    """1 to 2: dates were written as in the United States."""
    return data | {"clinic": {"locale": "en-US", **data["clinic"]}}


def _to_2(data: Data) -> Data:
    return _add_locale(_add_shape_of_pictures(_add_days_and_sides(_drop_spine(data))))


def _to_3(data: Data) -> Data:
    """2 to 3: each picture was kept before the plan was issued, and was named by its bytes."""
    return data | {"items": [_without_drawing(item) for item in data["items"]]}


def _without_drawing(item: Data) -> Data:
    picture = item.get("picture")
    return item | {"picture": {"drawing": None, **picture}} if picture else item


def _add_leaflets(data: Data) -> Data:
    """3 to 4: no sheet had a leaflet."""
    return {"leaflets": [], **data}


def _add_parts_of_items(data: Data) -> Data:
    """3 to 4: sheets spoke of sides alone, steps alone told how to breathe, and no exercise stood for another."""
    new = {"limb": "", "breathing": "", "offers_easier": True, "easier": None}
    items = [{**new, **item} for item in data["items"]]
    if changes := data.get("changes"):
        doses = [{"limb": "", **change} for change in changes["dose_changed"]]
        data = data | {"changes": changes | {"dose_changed": doses}}
    return data | {"items": items}


def _add_first_weekday(data: Data) -> Data:
    """3 to 4: every log began on Monday."""
    return data | {"clinic": {"week_starts_on": 0, **data["clinic"]}}


def _to_4(data: Data) -> Data:
    return _add_first_weekday(_add_parts_of_items(_add_leaflets(data)))


def _to_5(data: Data) -> Data:
    """4 to 5: no sheet said what to check first, told a limit, or had other warning signs than the fixed words."""
    return {"check_first": [], "limits": [], "signs": [], **data}


def _to_6(data: Data) -> Data:
    """5 to 6: no sheet had a code beside the link."""
    return data | {"clinic": {"asks_code": False, **data["clinic"]}}


STEPS: dict[int, Callable[[Data], Data]] = {1: _to_2, 2: _to_3, 3: _to_4, 4: _to_5, 5: _to_6}
"""The step from each schema number to the next."""


def upgrade(data: Data, *, schema: int) -> Data:
    """Return content of `schema` (1 to SCHEMA) as content of SCHEMA."""
    for number in range(schema, SCHEMA):
        data = STEPS[number](data)
    return data
