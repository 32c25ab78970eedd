"""Pain over time as numbers for a drawing: the template writes the lines, so no style or script is needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 360, 240
"""As wide as a phone's page, so that its words are drawn about as large as they are written."""
LEFT, RIGHT, TOP, BOTTOM = 36, 8, 14, 40
MAX_PAIN = 10
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class PainChart:
    """`lines` joins days that follow each other: over a day without a number there is no line."""

    width: int
    height: int
    points: tuple[tuple[int, int], ...]
    lines: tuple[str, ...]
    grid: tuple[tuple[int, int], ...]
    limit: int
    left: int
    right: int


def draw_pain(pain: Mapping[date, int], *, first: date, last: date, ease_off_to: int) -> PainChart:
    days = sorted(pain)
    points = {day: (_across(day, first, last), _up(pain[day])) for day in days}
    runs: list[list[date]] = []
    for day in days:
        if runs and runs[-1][-1] == day - DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return PainChart(
        width=WIDTH,
        height=HEIGHT,
        points=tuple(points.values()),
        lines=tuple(
            " ".join(f"{x},{y}" for x, y in map(points.__getitem__, run)) for run in runs if len(run) > 1
        ),
        grid=tuple((number, _up(number)) for number in (0, 5, MAX_PAIN)),
        # Pain above it is too much, so the line stands between the numbers.
        limit=(_up(ease_off_to) + _up(ease_off_to + 1)) // 2,
        left=LEFT,
        right=WIDTH - RIGHT,
    )


def _across(day: date, first: date, last: date) -> int:
    return LEFT + round((day - first) / max(last - first, DAY) * (WIDTH - LEFT - RIGHT))


def _up(pain: int) -> int:
    return HEIGHT - BOTTOM - round(pain / MAX_PAIN * (HEIGHT - TOP - BOTTOM))
