"""The numbers of a dose for the page's scripts."""

from plans.content import ItemContent

FIELDS = (
    "sets",
    "repetitions",
    "hold_seconds",
    "rest_seconds",
    "duration_seconds",
    "out_seconds",
    "back_seconds",
)


def dose_numbers(item: ItemContent) -> dict[str, object]:
    """Return each span as its lower and upper bound, None for what the dose does not say.

    `side` is each, left or right, `limb` leg or arm where one works on a side; `tempo` is out and back.
    """
    spans = item.dose.spans()
    bounds = {field: [span.low, span.high] if (span := spans[field]) else None for field in FIELDS}
    side = item.dose.side.value if item.dose.side else None
    return {"key": item.key, "number": item.number, **bounds, "side": side, "limb": item.limb}
