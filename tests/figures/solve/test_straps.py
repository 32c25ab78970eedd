import pytest

from plans.figures.body.load import load_body
from plans.figures.read.figure import parse_figure
from plans.figures.solve.posed import Posed, attempt_panel
from plans.figures.solve.vectors import dot, length, mix, sub, unit

HEAD = "figure: x\nstart: hook lying\nalt: {{en: One.}}\n"
STRAP = (
    HEAD
    + """
props: [towel around right foot from hands]
free: [right foot, arms]
joints: {{shoulder flexion: 55, elbow flexion: 40, fingers flexion: 70}}
panels:
  - joints: {{right hip flexion: 80, right knee flexion: {knee}}}
"""
)
BAND = HEAD + "props: [{props}]\npanels: [{{}}]\n"


def posed(text: str) -> Posed:
    figure = parse_figure(text)
    return attempt_panel(figure, figure.panels[0], load_body("woman50"))


def sag(knee: int) -> float:
    """How far the strap hangs below the straight line from the hand to the foot, half way."""
    strap = posed(STRAP.format(knee=knee)).props[-1]
    hand, middle, foot = strap.through[1], strap.through[4], strap.through[7]
    return mix(hand, foot, 0.5)[1] - middle[1]


def test_a_slack_towel_hangs_and_a_pulled_one_is_straight() -> None:
    assert sag(90) > 2
    assert sag(5) == pytest.approx(0, abs=0.01)


def test_a_towel_lies_across_the_ball_of_the_foot_and_not_on_the_toes() -> None:
    seen = posed(STRAP.format(knee=5))
    strap, bones = seen.props[-1], seen.body.bones
    middle = strap.through[len(strap.through) // 2]
    ankle, toes = (tuple(seen.joints[bones.index(name)].tolist()) for name in ("foot.R", "toe2-1.R"))
    along = dot(sub(middle, ankle), unit(sub(toes, ankle))) / length(sub(toes, ankle))
    assert 0.4 < along < 1
    assert abs(dot(strap.wide, unit(sub(toes, ankle)))) > 0.7


def test_it_is_gathered_in_the_hands_and_its_ends_hang_from_them() -> None:
    seen = posed(STRAP.format(knee=5))
    strap = seen.props[-1]
    for end, hand, side in ((0, 1, "R"), (-1, -2, "L")):
        palm = seen.joints[seen.body.bones.index(f"finger3-1.{side}")]
        other = seen.joints[seen.body.bones.index(f"finger3-1.{'L' if side == 'R' else 'R'}")]
        place = strap.through[hand]
        near = min(sum((palm - place) ** 2), sum((other - place) ** 2)) ** 0.5
        assert near < 7
        assert strap.through[end][1] < place[1] - 4
        assert strap.widths[hand] < 0.7 < max(strap.widths)


@pytest.mark.parametrize(
    ("props", "closed"),
    [
        ("{band: {around: thighs}}", True),
        ("band in hands", False),
        ("{band: {from: right hand, anchor: forward}}", False),
    ],
)
def test_bands_without_a_foot_are_rings_or_have_two_ends(props: str, closed: bool) -> None:
    band = posed(BAND.format(props=props)).props[-1]
    assert len(band.through) == len(band.widths)
    assert (length(sub(band.through[0], band.through[-1])) < 0.5) == closed


FLAT = (
    HEAD.replace("hook lying", "sitting") + "props: [{{towel: {{under: right foot{how}}}}}]\npanels: [{{}}]\n"
)


def test_a_towel_under_a_foot_lies_flat_on_the_floor() -> None:
    towel = posed(FLAT.format(how="")).props[-1]
    assert towel.wide[1] == pytest.approx(0, abs=1e-6)
    assert max(place[1] for place in towel.through) < 1


def test_a_gathered_towel_lies_in_folds_and_ends_nearer_to_the_toes() -> None:
    flat, gathered = (posed(FLAT.format(how=how)).props[-1] for how in ("", ", gathered: true"))
    assert max(place[1] for place in gathered.through) > 1.5
    heel = flat.through[0]
    assert gathered.through[0] == heel
    assert length(sub(gathered.through[-1], heel)) < length(sub(flat.through[-1], heel)) - 2
