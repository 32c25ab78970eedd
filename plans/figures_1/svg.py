"""The picture as SVG text."""

from xml.sax.saxutils import escape

from plans.figures_1.paths import Path, Segment
from plans.figures_1.scene import Scene


def to_svg(scene: Scene, *, alt: str = "") -> str:
    """One SVG element with a viewBox and no fixed size; `alt` becomes its title, without it it is decoration."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_number(scene.width)} {_number(scene.height)}"'
    role = f' role="img"><title>{escape(alt)}</title>' if alt else ' aria-hidden="true">'
    return head + role + "".join(_path(path) for path in scene.paths) + "</svg>"


def _path(path: Path) -> str:
    fill = f' fill="{path.fill}"' if path.fill else ' fill="none"'
    stroke = ""
    if path.stroke:
        stroke = f' stroke="{path.stroke}" stroke-width="{_number(path.width)}"'
        stroke += ' stroke-linejoin="round" stroke-linecap="round"'
    return f'<path d="{"".join(_segment(s) for s in path.segments)}"{fill}{stroke}/>'


def _segment(segment: Segment) -> str:
    places = " ".join(f"{_number(x)} {_number(y)}" for x, y in segment.points)
    if segment.kind == "A":
        radius = _number(segment.radius)
        return f"A{radius} {radius} 0 {int(segment.large)} 1 {places}"
    return segment.kind + places


def _number(value: float) -> str:
    """Two decimals: a hundredth of the body's height in percent is far below what a printer shows."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
