"""The dose as flat fields with their units in the name, checked as one value."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from plans.api.serializers.base import InputSerializer
from plans.api.serializers.fields import Choice, NearDay, Text, Whole
from plans.dose import Dose, Side
from plans.dose.limits import LIMITS, MAX_LOAD_LENGTH
from plans.models.base import DOSE_COLUMNS, FREQUENCY_COLUMNS, dose_columns

EXAMPLES = {
    "sets": 2,
    "repetitions": 10,
    "hold_seconds": 5,
    "rest_seconds": 30,
    "times_per_day": 1,
    "days_per_week": 7,
}
UNITS = {name: "seconds" for name in LIMITS if name.endswith("_seconds")}


def span_fields(names: list[str] | None = None) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
    return {f"{name}_{end}": _end(name, end) for name in names or list(LIMITS) for end in ("min", "max")}


def _end(name: str, end: str) -> Whole:
    limit = LIMITS[name]
    which = "The fewest" if end == "min" else "The most; when only one of the two is given, both"
    unit = f", in {UNITS[name]}" if name in UNITS else ""
    return Whole(
        required=False,
        allow_null=True,
        min_value=limit.low,
        max_value=limit.high,
        help_text=f"{limit.name}. {which}{unit}. Null: not said.",
        example=EXAMPLES.get(name),
    )


class DoseFieldsSerializer(InputSerializer):
    """How much of an exercise. A duration stands in the place of repetitions."""

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields.update(span_fields())
        fields["side"] = Choice(
            required=False,
            allow_null=True,
            choices=[side.value for side in Side],
            help_text="Which side works; null where sides do not apply.",
            example="each",
        )
        fields["load"] = Text(
            required=False,
            allow_blank=True,
            max_length=MAX_LOAD_LENGTH,
            help_text="The load in words.",
            example="red band",
        )
        fields["until"] = NearDay(
            required=False, allow_null=True, help_text="The last day of this exercise.", example=None
        )
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_dose(attrs)
        return attrs


class FrequencyFieldsSerializer(InputSerializer):
    """How often: the default of all items that name no frequency."""

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), **span_fields(["times_per_day", "days_per_week"])}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_dose({name: attrs.get(name) for name in FREQUENCY_COLUMNS})
        return attrs


def check_dose(given: Mapping[str, Any]) -> None:
    """Raise ValidationError at the field of whatever cannot be meant."""
    errors: dict[str, list[ErrorDetail]] = {}
    for problem in dose_of(given).problems():
        errors.setdefault(problem.field, []).append(ErrorDetail(problem.message, code=problem.code))
    if errors:
        raise ValidationError(errors)


def dose_over(dose: Dose, given: Mapping[str, Any]) -> Dose:
    """Return the dose with those parts changed that were given; null takes a part away.

    One end of a range given alone is the whole range, and time takes the place of repetitions or the other way round.
    """
    columns = dose.to_dict()
    for name, other in (("repetitions", "duration_seconds"), ("duration_seconds", "repetitions")):
        if any(given.get(f"{name}_{end}") is not None for end in ("min", "max")):
            columns |= {f"{other}_min": None, f"{other}_max": None}
    for name in LIMITS:
        ends = [f"{name}_{end}" for end in ("min", "max")]
        if any(end in given for end in ends):
            columns |= {end: given.get(end) for end in ends}
    columns |= {name: given[name] for name in ("side", "load", "until") if name in given}
    return Dose.from_dict(columns)


def dose_of(given: Mapping[str, Any]) -> Dose:
    return Dose.from_dict({name: given[name] for name in DOSE_COLUMNS if name in given})


def dose_fields(dose: Dose) -> dict[str, Any]:
    return dict(dose_columns(dose))
