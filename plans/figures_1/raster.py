"""The picture as a small PNG: the same shapes, drawn large and scaled down."""

from collections.abc import Iterable
from io import BytesIO

from PIL import Image, ImageDraw

from plans.figures_1.colours import LINE, PAPER, Rgb, as_grey, blend, rgb
from plans.figures_1.paths import Path, Point, flattened
from plans.figures_1.scene import Scene

_OVERSAMPLING = 4
_EDGE_SHARES = (1 / 3, 2 / 3)


def to_png(scene: Scene, *, width_px: int, grey: bool = False) -> bytes:
    """An indexed PNG `width_px` wide on white; the same scene gives the same bytes.

    The palette holds the drawn colours exactly and two steps from each to the outline for smooth edges: a
    palette guessed from the pixels would merge the thin arrows with their neighbours.
    """
    palette = _palette(scene.paths)
    index = Image.new("P", (1, 1))
    index.putpalette(_flat(palette))
    image = _drawn(scene, width_px).quantize(palette=index, dither=Image.Dither.NONE)
    image.putpalette(_flat(as_grey(colour) for colour in palette) if grey else _flat(palette))
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _drawn(scene: Scene, width_px: int) -> Image.Image:
    scale = width_px * _OVERSAMPLING / scene.width
    height_px = max(1, round(width_px * scene.height / scene.width))
    image = Image.new("RGB", (width_px * _OVERSAMPLING, height_px * _OVERSAMPLING), PAPER)
    draw = ImageDraw.Draw(image)
    for path in scene.paths:
        _draw(draw, path, scale)
    return image.reduce(_OVERSAMPLING)


def _palette(paths: Iterable[Path]) -> list[Rgb]:
    names = {PAPER, LINE} | {colour for path in paths for colour in (path.fill, path.stroke) if colour}
    colours = [rgb(name) for name in sorted(names)]
    edges = [blend(colour, rgb(LINE), share) for colour in colours for share in _EDGE_SHARES]
    return list(dict.fromkeys(colours + edges))


def _flat(colours: Iterable[Rgb]) -> list[int]:
    return [channel for colour in colours for channel in colour]


def _draw(draw: ImageDraw.ImageDraw, path: Path, scale: float) -> None:
    for outline in flattened(path.segments):
        points = [(x * scale, y * scale) for x, y in outline]
        if path.fill:
            draw.polygon(points, fill=path.fill)
        if path.stroke:
            _stroke(draw, points, path.stroke, path.width * scale)


def _stroke(draw: ImageDraw.ImageDraw, points: list[Point], colour: str, width: float) -> None:
    draw.line(points, fill=colour, width=round(width))
    radius = width / 2
    for x, y in points:
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
