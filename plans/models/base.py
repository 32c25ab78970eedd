"""What all models share: public ids, dose columns, and records that are written once."""

import uuid
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models

from plans.dose import Dose, Frequency, Side, Span
from plans.exceptions import PlansError


def choices_of(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Return a word list of the library as the choices of a field, with blanks for underscores."""
    return [(word.value, word.value.replace("_", " ")) for word in words]


class RecordIsFinal(PlansError):
    """A {record} is written once and never changed or deleted."""

    code = "record_is_final"


class Identified(models.Model):
    """A row with a UUID, the id that every interface shows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    BOOKKEEPING: ClassVar[frozenset[str]] = frozenset()
    """Columns that the service writes by itself, such as the last use: no change that anybody has to have seen."""

    class Meta:
        abstract = True

    def versioned_values(self) -> dict[str, Any]:
        """Return what makes a version of the row: all columns but those of BOOKKEEPING."""
        names = (field.attname for field in self._meta.concrete_fields)
        return {name: getattr(self, name) for name in names if name not in self.BOOKKEEPING}


class WrittenOnce(models.Model):
    """A record: inserted, never updated or deleted through the model."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused."""
        if not self._state.adding:
            raise RecordIsFinal(record=self._meta.verbose_name)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: a record stays."""
        raise RecordIsFinal(record=self._meta.verbose_name)


def easier_column() -> "models.BooleanField[bool, bool]":
    """Whether an item's sheet says what to do for those who cannot do the exercise."""
    return models.BooleanField(
        default=True,
        db_default=True,
        verbose_name="what to do if this is too hard",
        help_text="Left out by itself where the rules stop or avoid it for the patient.",
    )


def span_column() -> "models.PositiveSmallIntegerField[int | None, int | None]":
    """One end of a range of a dose; blank means that it is not given."""
    return models.PositiveSmallIntegerField(null=True, blank=True)


class FrequencyColumns(models.Model):
    """Times a day and days a week, each a range of whole numbers."""

    times_per_day_min = span_column()
    times_per_day_max = span_column()
    days_per_week_min = span_column()
    days_per_week_max = span_column()

    class Meta:
        abstract = True

    @property
    def frequency(self) -> Frequency:
        columns = {name: getattr(self, name) for name in FREQUENCY_COLUMNS}
        return Frequency(
            times_per_day=Span.from_columns(columns, "times_per_day"),
            days_per_week=Span.from_columns(columns, "days_per_week"),
        )


class DoseColumns(FrequencyColumns):
    """The flat columns of a dose; hold, rest, duration and the two ways of a movement in seconds."""

    sets_min = span_column()
    sets_max = span_column()
    repetitions_min = span_column()
    repetitions_max = span_column()
    duration_seconds_min = span_column()
    duration_seconds_max = span_column()
    hold_seconds_min = span_column()
    hold_seconds_max = span_column()
    rest_seconds_min = span_column()
    rest_seconds_max = span_column()
    out_seconds_min = span_column()
    out_seconds_max = span_column()
    back_seconds_min = span_column()
    back_seconds_max = span_column()
    side = models.CharField(max_length=8, blank=True, choices=[(side.value, side.value) for side in Side])
    load = models.CharField(max_length=80, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def dose(self) -> Dose:
        return Dose.from_dict({name: getattr(self, name) for name in DOSE_COLUMNS})

    @dose.setter
    def dose(self, dose: Dose) -> None:
        for name, value in dose_columns(dose).items():
            setattr(self, name, value)


DOSE_COLUMNS: tuple[str, ...] = tuple(Dose().to_dict())
FREQUENCY_COLUMNS: tuple[str, ...] = tuple(
    f"{field}_{end}" for field in ("times_per_day", "days_per_week") for end in ("min", "max")
)


def dose_columns(dose: Dose) -> Mapping[str, Any]:
    """Return the columns of a dose as a model takes them: `until` a date, a blank side an empty word."""
    return {**dose.to_dict(), "side": dose.side.value if dose.side else "", "until": dose.until}
