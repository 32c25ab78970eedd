"""A draft's fields as its page shows and sends them: texts, under the names of the form's own fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.forms import BooleanField, Field, ValidationError

from plans.actions.draft_fields import Draft, Value, read_field
from plans.admin.base.dose_fields import SPANS
from plans.admin.plans.forms import PlanForm
from plans.admin.plans.item_forms import ItemForm

TICKED = "1"
"""What a box says that is ticked; one that is not says nothing."""


class NoSuchField(Exception):
    """The page names a field that a draft does not have."""


@dataclass(frozen=True, kw_only=True)
class PageFields:
    """The fields of one kind of row."""

    form: type[Any]
    names: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    """Where a field of the form has another name than the draft's."""

    def column(self, name: str) -> str:
        return self.columns.get(name, name)

    def name(self, column: str) -> str:
        return next((name for name, own in self.columns.items() if own == column), column)

    def texts_of(self, row: Draft) -> dict[str, str]:
        return {name: self.text(name, read_field(row, self.column(name))) for name in self.names}

    def texts(self, values: Mapping[str, Value]) -> dict[str, str]:
        """Return the fields among these columns as texts."""
        named = {self.name(column): value for column, value in values.items()}
        return {name: self.text(name, value) for name, value in named.items() if name in self.names}

    def text(self, name: str, value: Value) -> str:
        if isinstance(value, bool):
            return TICKED if value else ""
        if isinstance(value, date):
            return value.isoformat()
        return "" if value is None else str(self._field(name).prepare_value(value))

    def read(self, name: str, text: str) -> Value:
        """Raises NoSuchField, and ValidationError with words for what was typed."""
        field = self._field(name)
        if isinstance(field, BooleanField):
            return text == TICKED
        value: Value = field.clean(text)
        return value

    def read_all(self, texts: Mapping[str, str]) -> dict[str, Value]:
        """Read fields into columns. Raises as read does, with the words for all that are wrong."""
        values, errors = {}, []
        for name, text in texts.items():
            try:
                values[self.column(name)] = self.read(name, text)
            except ValidationError as error:
                errors += [f"{self.label(name)}: {words}" for words in error.messages]
        if errors:
            raise ValidationError(errors)
        return values

    def label(self, name: str) -> str:
        words = str(self._field(name).label or name.replace("_", " "))
        return words[:1].upper() + words[1:]

    def _field(self, name: str) -> Field:
        if name not in self.names:
            raise NoSuchField(name)
        found: Field = self.form.base_fields[name]
        return found


OF_PLAN = PageFields(
    form=PlanForm,
    names=("title", "goals", "start_on", "review_on", "note", "times_per_day", "days_per_week", "follows"),
)
OF_ITEM = PageFields(
    form=ItemForm,
    names=("revision", *SPANS, "side", "load", "until", "note", "extra_caution", "offers_easier"),
    columns=SPANS,
)
