"""Lines that tell of several conditions, in parts."""

from datetime import date

import pytest

from plans.diagnoses.line_parts import parts_of

TODAY = date(2026, 11, 29)
NAMES = ("hip replacement", "knee arthritis", "prótesis de cadera", "artrosis de rodilla")


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("right hip replacement, left knee arthritis", ["right hip replacement", " left knee arthritis"]),
        ("Hip replacement 1. Oct 2026. Knee arthritis", ["Hip replacement 1. Oct 2026", " Knee arthritis"]),
        ("hip replacement; knee arthritis", ["hip replacement", " knee arthritis"]),
        ("hip replacement and knee arthritis left", ["hip replacement", " knee arthritis left"]),
        ("prótesis de cadera y artrosis de rodilla", ["prótesis de cadera", " artrosis de rodilla"]),
        ("hip replacement, left, 3 weeks ago", ["hip replacement, left, 3 weeks ago"]),
        ("left, hip replacement", ["left, hip replacement"]),
        ("left and right hip replacement", ["left and right hip replacement"]),
        ("hip replacement 3 y ago and left", ["hip replacement 3 y ago and left"]),
        ("hip replacement right, left today", ["hip replacement right", "hip replacement, today, left"]),
        ("hip replacement right, left hip today", ["hip replacement right", "hip replacement, today, left"]),
        ("hip replacement right, left foot", ["hip replacement right, left foot"]),
        ("hip replacement right, right today", ["hip replacement right, right today"]),
        (
            "prótesis de cadera derecha y cadera izquierda hoy",
            ["prótesis de cadera derecha", "prótesis de cadera, hoy, izquierda"],
        ),
        ("nothing known, left", ["nothing known, left"]),
    ],
)
def test_each_part_names_something(line, parts):
    assert (
        parts_of(line, today=TODAY, names=lambda words: any(name in words.lower() for name in NAMES)) == parts
    )
