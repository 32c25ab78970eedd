from xml.etree import ElementTree

from plans.figures_1 import figure_svg, parse_figure
from tests.figures_1.conftest import HEAD

SVG = "{http://www.w3.org/2000/svg}"
STAND = parse_figure(HEAD + "  - pose: {position: standing}\n")


def test_one_svg_with_a_view_box_and_paths_only(figure):
    root = ElementTree.fromstring(figure_svg(figure, alt="A & B <start>"))
    assert root.tag == f"{SVG}svg"
    assert root.attrib.keys() == {"viewBox", "role"}
    title, *paths = root
    assert (title.tag, title.text) == (f"{SVG}title", "A & B <start>")
    assert {path.tag for path in paths} == {f"{SVG}path"}


def test_without_alt_it_is_decoration():
    root = ElementTree.fromstring(figure_svg(STAND))
    assert root.attrib["aria-hidden"] == "true"
    assert root.find(f"{SVG}title") is None


def test_the_same_text_every_time(figure):
    assert figure_svg(figure) == figure_svg(figure)


def test_body_and_direction_change_the_picture():
    texts = {
        figure_svg(STAND, body=body, mirrored=m) for body in ("slender", "sturdy") for m in (False, True)
    }
    assert len(texts) == 4


def test_it_stays_small_enough_to_stand_in_a_page(figure):
    assert len(figure_svg(figure)) < 60_000
