import numpy as np
import pytest

from plans.figures.draw import palette as inks
from plans.figures.draw.camera import Camera
from plans.figures.draw.canvas import Canvas
from plans.figures.draw.mark_plans import SECTION, plan_mark
from plans.figures.draw.section import draw_section
from plans.figures.spec import Mark, Part, Place, Way
from plans.figures.words import Direction, MarkKind, PartName, Side
from tests.figures.draw.poses import StandIn


class LooksToward(StandIn):
    """Whose gaze goes to the place of a part."""

    def direction(self, way, part=None, start=None):
        if way.toward is None:
            return super().direction(way, part, start)
        away = self.place(Place(way.toward)) - start
        return away / np.sqrt((away * away).sum())


FRONT, SIDE = Camera(0, 0), Camera(90, 0)  # in the side view the face looks to our left


def test_breath_leaves_the_mouth_or_comes_to_it():
    out, into = (
        plan_mark(Mark(kind), StandIn(), SIDE) for kind in (MarkKind.BREATHE_OUT, MarkKind.BREATHE_IN)
    )
    assert len(out.arrows) == len(into.arrows) == 3
    for shape in out.arrows:
        assert shape.line[-1, 0] < shape.line[0, 0]
    for shape in into.arrows:
        assert shape.line[-1, 0] > shape.line[0, 0]


def test_breath_that_would_come_toward_us_is_drawn_downward():
    plan = plan_mark(Mark(MarkKind.BREATHE_OUT), StandIn(), FRONT)
    assert all(shape.line[-1, 1] < shape.line[0, 1] for shape in plan.arrows)


def test_a_gaze_is_a_dashed_line_from_the_eyes_the_way_that_is_said():
    plan = plan_mark(Mark(MarkKind.GAZE, Way((Direction.LEFT,))), StandIn(), FRONT)
    assert len(plan.dashes) > 4
    assert (np.diff(plan.ends[:, 0]) > 0).all()
    top = StandIn().body.stature
    assert 0.9 * top < plan.ends[0, 1] < top


def test_eyes_closed_is_no_line():
    plan = plan_mark(Mark(MarkKind.EYES_CLOSED), StandIn(), FRONT)
    assert not plan.arrows
    assert not len(plan.ends)


@pytest.mark.parametrize("camera", [FRONT, SIDE])
def test_the_section_of_the_pelvic_floor_lies_where_it_hides_nothing(camera):
    plan = plan_mark(Mark(MarkKind.PELVIC_FLOOR_LIFT), StandIn(), camera)
    away = camera.view(StandIn().vertices)[:, :2] - plan.section_middle
    assert (away * away).sum(axis=1).min() > SECTION**2
    assert plan.section_shows is MarkKind.PELVIC_FLOOR_LIFT


def section(shows):
    canvas = Canvas(np.zeros((300, 300), np.uint8))
    draw_section(canvas, np.array([150.0, 150.0]), 140.0, np.array([5.0, 290.0]), 5.0, shows=shows)
    return canvas.ids


def test_the_section_shows_the_floor_higher_when_it_lifts_and_at_work_only_then():
    def floor(shows, ink):
        ids = section(shows)
        assert (ids == inks.ARROW).any()
        rows, columns = np.nonzero(ids == ink)
        return rows[np.abs(columns - 150) < 12].mean()

    lifted = floor(MarkKind.PELVIC_FLOOR_LIFT, inks.WORKING)
    assert lifted < floor(MarkKind.PELVIC_FLOOR_RELEASE, inks.BONE) - 15
    assert not (section(MarkKind.PELVIC_FLOOR_RELEASE) == inks.WORKING).any()


def test_a_floor_at_rest_neither_works_nor_has_an_arrow():
    plan = plan_mark(Mark(MarkKind.PELVIC_FLOOR_REST), StandIn(), SIDE)
    assert plan.section_shows is MarkKind.PELVIC_FLOOR_REST
    ids = section(MarkKind.PELVIC_FLOOR_REST)
    assert not (ids == inks.ARROW).any()
    assert not (ids == inks.WORKING).any()


def test_a_gaze_toward_a_part_ends_before_it():
    far = Part(PartName.THUMB, Side.RIGHT)
    body = StandIn().body
    eyes = plan_mark(Mark(MarkKind.GAZE, Way((Direction.LEFT,))), StandIn(), FRONT).ends[0]
    thumb = (float(eyes[0]) + body.stature * 0.6, float(eyes[1]), 10.0)
    stand_in = LooksToward(places={"right thumb": thumb})
    plan = plan_mark(Mark(MarkKind.GAZE, Way(toward=far)), stand_in, FRONT)

    assert thumb[0] - body.stature * 0.06 < plan.ends[-1, 0] < thumb[0]


def test_letters_stand_in_their_place_and_are_read_in_a_mirror_too():
    stand_in = StandIn(places={"right big toe": (20.0, 5.0, 0.0)})
    at = Place(Part(PartName.BIG_TOE, Side.RIGHT))
    plan = plan_mark(Mark(MarkKind.WRITING, None, "AB", at, 10), stand_in, FRONT)
    assert plan.text_at.tolist() == [20, 5]
    assert plan.text_high == pytest.approx(stand_in.body.stature / 10)

    plain, mirrored = Canvas(np.zeros((60, 120), np.uint8)), Canvas(np.zeros((60, 120), np.uint8))
    plain.text(np.array([40.0, 30.0]), "AB", 30, inks.MARK)
    mirrored.text(np.array([79.0, 30.0]), "AB", 30, inks.MARK, mirrored=True)
    assert (plain.ids == inks.MARK).sum() > 100
    assert (plain.ids == mirrored.ids[:, ::-1]).all()
