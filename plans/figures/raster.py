"""The picture as a small PNG: the same shapes, drawn large and scaled down."""

from io import BytesIO

from PIL import Image, ImageDraw

from plans.figures.colours import PAPER
from plans.figures.paths import Path, Point, flattened
from plans.figures.scene import Scene

_OVERSAMPLING = 4
_COLOURS = 32


def to_png(scene: Scene, *, width_px: int, grey: bool = False) -> bytes:
    """An indexed PNG `width_px` wide on white; the same scene gives the same bytes."""
    scale = width_px * _OVERSAMPLING / scene.width
    height_px = max(1, round(width_px * scene.height / scene.width))
    image = Image.new("RGB", (width_px * _OVERSAMPLING, height_px * _OVERSAMPLING), PAPER)
    draw = ImageDraw.Draw(image)
    for path in scene.paths:
        _draw(draw, path, scale)
    small = image.resize((width_px, height_px), Image.Resampling.BOX)
    return _packed(small.convert("L").convert("RGB") if grey else small)


def _packed(image: Image.Image) -> bytes:
    indexed = image.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = BytesIO()
    indexed.save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw(draw: ImageDraw.ImageDraw, path: Path, scale: float) -> None:
    for outline in flattened(path.segments):
        points = [(x * scale, y * scale) for x, y in outline]
        if path.fill:
            draw.polygon(points, fill=path.fill)
        if path.stroke:
            _stroke(draw, points, path.stroke, path.width * scale)


def _stroke(draw: ImageDraw.ImageDraw, points: list[Point], colour: str, width: float) -> None:
    """A line with round joints and ends."""
    draw.line(points, fill=colour, width=round(width))
    radius = width / 2
    for x, y in points:
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
