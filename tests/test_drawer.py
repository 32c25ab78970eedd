import pytest

from plans import drawer
from tests.queries.test_exercise_pictures import FIGURE


def test_a_figure_is_named_by_its_text():
    assert drawer.name_of_figure(FIGURE) != drawer.name_of_figure(FIGURE + " ")
    assert len(drawer.name_of_figure(FIGURE)) == 64


def test_a_figure_is_read_once_in_a_process(monkeypatch):
    monkeypatch.setattr(drawer, "_read_before", {})
    drawer.check_figure(FIGURE)
    monkeypatch.setattr(drawer, "parse_figure", None)

    drawer.check_figure(FIGURE)


def test_what_cannot_be_read_is_told_each_time_by_file_and_line():
    for _ in range(2):
        with pytest.raises(drawer.FigureFileError, match=r"mine\.yaml:1"):
            drawer.check_figure("nonsense: 1", file="mine.yaml")


def test_poses_of_the_first_drawer_are_told_by_that():
    old = "figure: f\npanels:\n  - pose: {position: standing}\n"

    with pytest.raises(drawer.FigureFileError, match="language of an earlier release"):
        drawer.check_figure(old)


def test_what_some_bodies_cannot_do_is_told_by_line():
    drawer.check_on_bodies(FIGURE)
    far = FIGURE.replace("  - {}", "  - contacts: [right palm on right elbow]")

    with pytest.raises(drawer.FigureFileError, match=r"mine\.yaml:\d+: "):
        drawer.check_on_bodies(far, file="mine.yaml")


def test_what_a_body_cannot_do_another_shows(monkeypatch):
    asked, draw_figure = [], drawer.draw_figure

    def refuse_heavy(figure, *, body, **how):
        asked.append((body.name, body.build))
        if body.build == "heavy":
            raise drawer.PoseError(line=4, words="out of reach")
        return draw_figure(figure, body=body, **how)

    monkeypatch.setattr(drawer, "draw_figure", refuse_heavy)
    data = drawer.draw(FIGURE, body="man50-heavy-dark", mirrored=False, right_to_left=False, grey=False)

    assert asked == [("man50", "heavy"), ("man50", "average")]
    assert data.startswith(b"\x89PNG")


def test_what_nobody_can_do_is_an_error(monkeypatch):
    def refuse(*_, **__):
        raise drawer.PoseError(line=4, words="out of reach")

    monkeypatch.setattr(drawer, "draw_figure", refuse)

    with pytest.raises(drawer.PoseError, match="Line 4: out of reach"):
        drawer.draw(FIGURE, body="man50-heavy-dark", mirrored=False, right_to_left=False, grey=False)


def test_the_version_fits_its_column():
    assert 0 < len(drawer.DRAWER_VERSION) <= 16


@pytest.mark.parametrize("grey", [False, True])
def test_it_draws_a_png(grey):
    data = drawer.draw(FIGURE, body=drawer.PEOPLE[0], mirrored=False, right_to_left=False, grey=grey)

    assert data.startswith(b"\x89PNG")


def test_what_has_a_start_and_an_end_moves():
    assert drawer.moves(FIGURE + "  - joints: {right hip flexion: 20}\n")
    assert not drawer.moves(FIGURE.split("panels:")[0] + "panels:\n  - {}\n")
    assert not drawer.moves("nonsense: 1")
