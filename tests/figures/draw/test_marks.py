import numpy as np
import pytest

from plans.figures import load_body, parse_figure
from plans.figures.draw import palette as inks
from plans.figures.draw.camera import Camera
from plans.figures.draw.canvas import Canvas
from plans.figures.draw.mark_plans import SECTION, plan_mark
from plans.figures.draw.section import UPRIGHT, draw_section
from plans.figures.solve.posed import solve_panel
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


def section(shows, turned=UPRIGHT):
    canvas = Canvas(np.zeros((300, 300), np.uint8))
    middle, pelvis = np.array([150.0, 150.0]), np.array([5.0, 290.0])
    draw_section(canvas, middle, 140.0, pelvis, 5.0, shows=shows, turned=turned)
    return canvas.ids


def planned(start, camera, shows=MarkKind.PELVIC_FLOOR_LIFT):
    figure = parse_figure(f"figure: floor\nstart: {start}\nalt: {{en: One.}}\npanels: [{{}}]\n")
    pose = solve_panel(figure, figure.panels[0], load_body("woman30"))
    return plan_mark(Mark(shows), pose, camera)


@pytest.mark.parametrize(
    ("start", "camera", "front", "up"),
    [
        ("supine", Camera(14, 8), (0, 1), (-1, 0)),  # who lies on the back, the head at our left
        ("supine", Camera(194, 8), (0, 1), (1, 0)),
        ("prone", Camera(14, 8), (0, -1), (1, 0)),
        ("standing", Camera(14, 6), (1, 0), (0, 1)),
        ("standing", Camera(180, 6), (-1, 0), (0, 1)),
        ("sitting", Camera(14, 6), (1, 0), (0, 1)),
    ],
)
def test_the_section_lies_and_looks_as_the_person_does(start, camera, front, up):
    turned = planned(start, camera).section_turned
    assert turned == pytest.approx(np.array([front, up]), abs=0.3)
    assert (turned * turned).sum(axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert (turned[0] * turned[1]).sum() == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("start", ["supine", "standing"])
def test_the_section_of_who_is_seen_along_the_trunk_or_from_the_front_stands_as_a_book_draws_it(start):
    along = Camera(90, 0)  # onto the soles of who lies, the face of who stands
    turned = planned(start, along).section_turned
    assert turned == pytest.approx(UPRIGHT, abs=0.1)


def test_who_lies_with_the_head_at_our_left_lifts_the_floor_to_the_left():
    lying = np.array([(0.0, 1.0), (-1.0, 0.0)])
    upright, turned = (section(MarkKind.PELVIC_FLOOR_LIFT, way) for way in (UPRIGHT, lying))
    rows, columns = np.nonzero(upright == inks.ARROW)
    assert rows.mean() > 200
    assert columns.mean() == pytest.approx(150, abs=8)
    rows, columns = np.nonzero(turned == inks.ARROW)
    assert columns.mean() > 200
    assert rows.mean() == pytest.approx(150, abs=8)


def test_the_section_shows_the_floor_higher_when_it_lifts_and_at_work_only_then():
    def floor(shows, ink):
        ids = section(shows)
        rows, columns = np.nonzero(ids == ink)
        return rows[np.abs(columns - 150) < 12].mean()

    lifted = floor(MarkKind.PELVIC_FLOOR_LIFT, inks.WORKING)
    resting = floor(MarkKind.PELVIC_FLOOR_REST, inks.BONE)
    assert lifted < resting - 20
    assert resting < floor(MarkKind.PELVIC_FLOOR_RELEASE, inks.BONE) - 10
    assert not (section(MarkKind.PELVIC_FLOOR_RELEASE) == inks.WORKING).any()


@pytest.mark.parametrize("shows", [MarkKind.PELVIC_FLOOR_LIFT, MarkKind.PELVIC_FLOOR_RELEASE])
def test_a_floor_that_moves_has_an_arrow_and_shows_dashed_where_it_rested(shows):
    ids = section(shows)
    assert (ids == inks.ARROW).any()
    assert not (section(MarkKind.PELVIC_FLOOR_REST) == inks.STEP)[100:200, 120:180].any()
    assert (ids == inks.STEP)[100:200, 120:180].any()


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
