"""(i): what a figure costs: posed and drawn, in processor time; and what a process grows by."""

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from plans.figures import (
    Body,
    BodyName,
    Figure,
    PoseError,
    draw_figure,
    load_body,
    moving_picture,
    parse_figure,
    read_figure,
)

FOLDER = Path(__file__).parents[1] / "plans" / "library" / "figures"
NAMES = (BodyName.WOMAN_30, BodyName.MAN_75)
REGIONS = {"neck": 36, "right shoulder": 36, "right hand": 24, "right foot": 30}
CLOSE_UP = """
figure: close-up
start: sitting
alt: {{en: "A region from near.", es: "Una parte de cerca."}}
camera: {{close-up: {region}, from: [40, 14], width: {width}}}
panels:
  - {{}}
  - joints: {{neck rotation right: 50, right wrist extension: 30, right ankle dorsiflexion: 10}}
"""


def measure() -> dict[str, float]:
    """Give mean processor time (ms), mean and largest file (kB), and memory (MB), over the library's figures."""
    before = _resident()
    works = _drawable()
    times, sizes = zip(*(_timed(lambda f=f, b=b: draw_figure(f, body=b)) for f, b in works), strict=True)
    moving = [_timed(lambda f=f, b=b: moving_picture(f, body=b)) for f, b in works[:4] if len(f.panels) > 1]
    return {
        "figure_ms": round(statistics.mean(times), 1),
        "close_up_ms": round(statistics.mean(_close_ups()), 1),
        "slowest_ms": round(max(times), 1),
        "moving_ms": round(statistics.mean(time for time, _ in moving), 1),
        "mean_kb": round(statistics.mean(sizes) / 1000, 1),
        "largest_kb": round(max(sizes) / 1000, 1),
        "moving_kb": round(max(size for _, size in moving) / 1000, 1),
        "memory_mb": round((_resident() - before) / 1e6, 1),
    }


def _drawable() -> list[tuple[Figure, Body]]:
    """The library's figures on two bodies; the first drawing loads what is loaded once."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        figure = read_figure(path)
        for name in NAMES:
            body = load_body(name, feet=figure.feet)
            try:
                draw_figure(figure, body=body, preview=True)
            except PoseError as error:
                print(f"{path.name} on {name}: {error}")
            else:
                found.append((figure, body))
    return found


def _close_ups() -> list[float]:
    texts = [CLOSE_UP.format(region=region, width=width) for region, width in REGIONS.items()]
    works = [(parse_figure(text), load_body(name)) for text in texts for name in NAMES]
    return [_timed(lambda f=f, b=b: draw_figure(f, body=b))[0] for f, b in works]


def _timed(work: Callable[[], bytes]) -> tuple[float, int]:
    before = time.process_time()
    size = len(work())
    return (time.process_time() - before) * 1000, size


def _resident() -> int:
    """Bytes of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
