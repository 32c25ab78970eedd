"""(a), (b), (c): one document, warm, in processor time; and how it grows with the number of exercises."""

import os
from itertools import count

from bench.printers import ENGLISH, FORMAT, print_ours, straightforward, warm_browser, whole_page
from bench.samples import Sample, sample, varied
from bench.timing import Times, side_by_side
from plans.handout.pdf import fragments
from plans.handout.preflight.checks import check_pdf

EXERCISES = (1, 4, 8, 16, 32)
DEMO = 8


def measure(*, rounds: int) -> dict[str, Times]:
    """Time ours by number of exercises, its pre-flight, the straightforward way and Chromium, in turn."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop runs in this thread
    samples = {exercises: sample(exercises) for exercises in EXERCISES}
    numbers = count(1)
    demo = samples[DEMO]
    pdf = print_ours(demo)
    baseline, baseline_page = straightforward(demo)
    page = whole_page(demo)
    with warm_browser() as (print_page, browser_clock):
        works = {f"ours, {many}": lambda given=given: print_ours(given) for many, given in samples.items()}
        works |= {
            "ours, another patient": lambda: print_ours(varied(demo, next(numbers))),
            "ours, all new": lambda: _print_new(demo),
            "pre-flight": lambda: check_pdf(pdf, demo.content, FORMAT, ENGLISH),
            "straightforward": baseline,
            "Chromium": lambda: print_page(page),
            "Chromium, (b)": lambda: print_page(baseline_page),
        }
        clocks = {name: browser_clock for name in works if name.startswith("Chromium")}
        return side_by_side(works, rounds=rounds, clocks=clocks)


def _print_new(sample: Sample) -> bytes:
    """As a worker does that has printed none of these exercises before."""
    with fragments.nothing_kept():
        return print_ours(sample)
