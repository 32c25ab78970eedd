"""Fields of a dose as a therapist types them: 10-15 repetitions, 20-30 seconds, 10 minutes."""

import re
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _

from plans.admin.words.moments import day_in_words
from plans.dose import Span, Unreadable, why_unreadable
from plans.exceptions import UnreadableDose

_SECONDS = re.compile(r"(?P<span>.+?)\s*(s|sec|second|seconds)\.?", re.IGNORECASE)
_MINUTES = re.compile(r"(?P<span>.+?)\s*(m|min|minute|minutes)\.?", re.IGNORECASE)


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """Return a form's field as what it is, a choice among named values; a form knows its fields only as fields."""
    return cast(forms.ChoiceField, form.fields[name])


def row_field(form: forms.BaseForm, name: str) -> "forms.ModelChoiceField[Any]":
    return cast("forms.ModelChoiceField[Any]", form.fields[name])


def uncut(form: forms.BaseForm, *names: str) -> None:
    """Let these fields take a paste of any length: a browser would cut it off without a word, the form says so."""
    for name in names:
        form.fields[name].widget.attrs.pop("maxlength", None)


class DayInput(forms.DateInput):
    """The browser's own date field: typed or picked, read out by screen readers."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "desk-input", **(attrs or {})}, format="%Y-%m-%d")


class ShortInput(forms.TextInput):
    """A narrow text field."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "desk-input", "autocomplete": "off", **(attrs or {})})


class SwitchInput(forms.CheckboxInput):
    """A checkbox beside a hidden "false": what was left off is told from what was not shown."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return super().value_from_datadict(data, files, name) if name in data else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class SwitchField(forms.BooleanField):
    """On or off; a page that did not show it leaves it as it is."""

    widget = SwitchInput

    def to_python(self, value: Any) -> Any:
        return None if value is None else super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial if data is None else data

    def has_changed(self, initial: Any, data: Any) -> bool:
        return data is not None and super().has_changed(initial, data)


class SpanField(forms.CharField):
    """A whole number or a range of them; blank means that it is not given."""

    widget = ShortInput

    def __init__(
        self, *, label: Any, example: Any = "", unit: str = "", title: Any = "", **kwargs: Any
    ) -> None:
        super().__init__(required=False, label=label, **kwargs)
        self.unit = unit
        if example:
            self.widget.attrs["placeholder"] = example
        if title:
            self.widget.attrs["title"] = title
        self.widget.attrs["maxlength"] = "20"

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else str(value)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return self.read(text) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as shown, so that 10 and 10-10 differ only when typed anew."""
        return bool(self.prepare_value(initial) != (data or "").strip())

    def read(self, text: str) -> Span:
        try:
            return Span.parse(text)
        except UnreadableDose:
            raise forms.ValidationError(_why(text)) from None


def _why(text: str) -> str:
    match why_unreadable(text):
        case Unreadable.NOT_WHOLE:
            return _("Whole numbers only, such as 10 or 10 to 15.")
        case Unreadable.OPEN_RANGE:
            return _("A range needs both of its ends, such as 10 to 15.")
        case Unreadable.TOO_LONG:
            return _("This number is too long. A number or a range, such as 10 or 10 to 15.")
        case Unreadable.NO_NUMBER:
            return _("A whole number or a range, such as 10, 10-15 or 10 to 15.")


class MinutesField(SpanField):
    """A time in minutes, held in seconds; "30 s" is seconds."""

    def prepare_value(self, value: Any) -> Any:
        """Return whole minutes as such, other times in seconds."""
        if not isinstance(value, Span):
            return "" if value is None else str(value)
        if value.low % 60 or value.high % 60:
            return f"{value} s"
        return str(Span(value.low // 60, value.high // 60))

    def read(self, text: str) -> Span:
        """Read seconds where they are named, else minutes."""
        if found := _SECONDS.fullmatch(text):
            return super().read(found["span"])
        found = _MINUTES.fullmatch(text)
        span = super().read(found["span"] if found else text)
        return Span(span.low * 60, span.high * 60)


def check_day(day: date | None, *, latest: date, what: str, earliest: date = date.min) -> None:
    """Refuse a day outside what can be; raises ValidationError with words for the field."""
    if day is None:
        return
    if day > latest:
        raise forms.ValidationError(
            _("%(what)s cannot be after %(day)s.") % {"what": what, "day": day_in_words(latest)}
        )
    if day < earliest:
        raise forms.ValidationError(
            _("%(what)s cannot be before %(day)s.") % {"what": what, "day": day_in_words(earliest)}
        )
