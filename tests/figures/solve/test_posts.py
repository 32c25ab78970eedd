import pytest

from plans.figures.body.load import load_body
from plans.figures.read.figure import parse_figure
from plans.figures.solve.posed import Posed, attempt_panel
from plans.figures.solve.vectors import length, sub
from plans.figures.words import PropKind

TURNS_OUT = """
figure: turns-out
start: standing
alt: {en: "One."}
props: [{band: {in: right hand, anchor: left, distance: 40}}]
joints: {right elbow flexion: 90}
panels:
  - joints: {right shoulder internal rotation: 40}
  - joints: {right shoulder external rotation: 40}
"""
ONE = """
figure: pulls
start: {start}
alt: {{en: "One."}}
props: [{{band: {{{band}}}}}]
panels: [{{}}]
"""


def posed(text: str) -> list[Posed]:
    figure = parse_figure(text, file=f"{text.split()[1]}.yaml")
    body = load_body("woman50")
    return [attempt_panel(figure, panel, body) for panel in figure.panels]


def band_of(seen: Posed):
    return next(prop for prop in seen.props if prop.kind is PropKind.BAND)


def test_a_band_that_is_fixed_ends_at_a_post_that_stands_still_while_it_stretches() -> None:
    first, last = (band_of(seen) for seen in posed(TURNS_OUT))
    assert first.post == last.post
    assert first.through[-1] == last.through[-1] == first.post
    slack, taut = (length(sub(band.through[1], band.post)) for band in (first, last))
    assert taut > slack + 15


def test_it_is_as_high_as_what_holds_it_unless_a_height_is_said() -> None:
    (high,) = posed(ONE.format(start="standing", band="in: right hand, anchor: forward, height: 60"))
    assert band_of(high).post[1] == pytest.approx(0.6 * high.body.stature)
    (low,) = posed(ONE.format(start="standing", band="in: right hand, anchor: forward"))
    assert band_of(low).post[1] == pytest.approx(band_of(low).through[1][1], abs=3)


def test_from_both_hands_it_goes_around_one_post() -> None:
    (seen,) = posed(ONE.format(start="standing", band="in: hands, anchor: forward"))
    band = band_of(seen)
    assert band.through.count(band.post) == 1
    assert length(sub(band.through[1], band.through[-2])) > 20  # from hand to hand


def test_around_a_foot_both_ends_are_tied_to_the_post_above_the_floor() -> None:
    (seen,) = posed(ONE.format(start="long sitting", band="around: right top of foot, anchor: forward"))
    band = band_of(seen)
    assert band.through[0] == band.through[-1] == band.post
    assert band.post[1] >= 0.03 * seen.body.stature


def test_a_band_without_an_anchor_has_no_post() -> None:
    (seen,) = posed(ONE.format(start="standing", band="in: hands"))
    assert band_of(seen).post is None
