"""Who writes a figure poses it again and again: what was not changed is not solved anew, and what was is."""

import pytest

from plans.figures import PoseError, draw_figure, load_body, parse_figure
from plans.figures.solve import posed
from plans.figures.solve.posed import solve_panel, solve_panel_again

TEXT = """figure: x
start: standing
alt: {en: x}
panels:
  - {}
  - joints: {right elbow flexion: 20}
  - props: [{chair: {where: left}}]
"""


@pytest.fixture
def body():
    return load_body("woman50")


@pytest.fixture
def solved(monkeypatch):
    """How often a room was furnished and a panel solved."""
    counts = {"rooms": 0, "panels": 0}
    posed._scene.cache_clear()
    posed._solved_before.cache_clear()
    furnish, finish = posed._furnish, posed.finished

    def furnished(*args):
        counts["rooms"] += 1
        return furnish(*args)

    def finished(*args):
        counts["panels"] += 1
        return finish(*args)

    monkeypatch.setattr(posed, "_furnish", furnished)
    monkeypatch.setattr(posed, "finished", finished)
    return counts


def preview(text, body):
    return draw_figure(parse_figure(text), body=body, width_px=320, preview=True)


def test_only_the_panel_that_was_changed_is_solved_anew(body, solved):
    first = preview(TEXT, body)
    assert solved == {"rooms": 2, "panels": 3}

    assert preview(TEXT, body) == first
    assert solved == {"rooms": 2, "panels": 3}

    assert preview(TEXT.replace("flexion: 20", "flexion: 80"), body) != first
    assert solved == {"rooms": 2, "panels": 4}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("start: standing", "start: stride standing"),
        ("alt: {en: x}", "joints: {left elbow flexion: 90}"),
        ("where: left", "where: right"),
    ],
    ids=["start", "for all panels", "thing of a panel"],
)
def test_what_changes_the_room_changes_it_for_all_panels(body, solved, before, after):
    preview(TEXT, body)
    rooms = solved["rooms"]
    after = f"{after}\nalt: {{en: x}}" if before.startswith("alt") else after

    preview(TEXT.replace(before, after), body)

    assert solved["rooms"] == 2 * rooms
    assert solved["panels"] == 6


def test_another_body_is_posed_of_its_own(body, solved):
    figure = parse_figure(TEXT)
    other = load_body("man75")

    assert solve_panel_again(figure, figure.panels[1], body).body is body
    assert solve_panel_again(figure, figure.panels[1], other).body is other


def test_what_is_remembered_is_what_is_solved(body):
    figure = parse_figure(TEXT)
    again = solve_panel_again(parse_figure(TEXT), figure.panels[1], body)

    assert (again.vertices == solve_panel(figure, figure.panels[1], body).vertices).all()


def test_what_cannot_be_done_is_told_each_time(body):
    figure = parse_figure(
        TEXT.replace("joints: {right elbow flexion: 20}", "contacts: [right palm on right elbow]")
    )

    for _ in range(2):
        with pytest.raises(PoseError):
            solve_panel_again(figure, figure.panels[1], body)
