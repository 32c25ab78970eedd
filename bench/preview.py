"""(i): what the editor's preview costs in processor time: drawing alone, and the whole answer that its page awaits."""

import statistics
import time
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from bench.figures import FOLDER
from plans.drawer import PREVIEW_WIDTH
from plans.figures import BodyName, Figure, load_body, read_figure
from plans.figures.draw.file import png_of
from plans.figures.solve.posed import Posed, solve_panel
from plans.models import Membership, Role

OK = 200


def measure(*, rounds: int) -> dict[str, float]:
    """Give mean times (ms) over the library's figures, and within which 19 of 20 lie."""
    drawn = [_timed(lambda p=posed: _draw(*p)) for posed in _posed() for _ in range(rounds)]
    first, moved = _answers(rounds=rounds)
    return {
        "drawing_ms": round(statistics.mean(drawn), 1),
        "drawing_slow_ms": round(statistics.quantiles(drawn, n=20)[-1], 1),
        "first_ms": round(statistics.mean(first), 1),
        "answer_ms": round(statistics.mean(moved), 1),
        "answer_slow_ms": round(statistics.quantiles(moved, n=20)[-1], 1),
    }


def _posed() -> list[tuple[Figure, list[Posed]]]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        figure = read_figure(path)
        body = load_body(BodyName.WOMAN_30, feet=figure.feet)
        found.append((figure, [solve_panel(figure, panel, body) for panel in figure.panels]))
    return found


def _draw(figure: Figure, poses: list[Posed]) -> bytes:
    how = {"mirrored": False, "right_to_left": False, "grey": False}
    return png_of(figure, poses, **how, width_px=PREVIEW_WIDTH, preview=True)


def _answers(*, rounds: int) -> tuple[list[float], list[float]]:
    """Ask as the page does: for each figure as it is opened, then while a slider of its last panel is moved.

    Written, read, posed, drawn; with session and roles.
    """
    client, address = Client(SERVER_NAME="localhost"), reverse("admin:plans_exercise_figure")
    client.force_login(Membership.objects.filter(role=Role.LIBRARY_ADMIN).select_related("person")[0].person)

    def ask(**asked: str) -> None:
        answer = client.post(address, asked)
        if answer.status_code != OK or b"data:image/png" not in answer.content:
            raise RuntimeError(f"the preview answered {answer.status_code}")

    first, moved = [], []
    for path in sorted(FOLDER.glob("*.yaml")):
        text, last = path.read_text(encoding="utf-8"), str(len(read_figure(path).panels) - 1)
        first.append(_timed(lambda text=text: ask(figure=text)))
        for step in range(1, rounds + 1):
            asked = {"figure": text, "panel": last, "joint": "jaw opening", "degrees": str(step)}
            moved.append(_timed(lambda asked=asked: ask(**asked)))
    return first, moved


def _timed(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000
