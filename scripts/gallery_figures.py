"""Draws all figures onto contact sheets, for a person to judge: var/gallery/figures-*.png."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from plans.figures_1 import BODIES, raster, read_figure

ROOT = Path(__file__).resolve().parent.parent
WIDTH, COLUMNS, LABEL = 640, 2, 26


def sheet(files: list[Path], **how: object) -> Image.Image:
    """One contact sheet of the figures in `files`."""
    tiles = [
        Image.open(BytesIO(raster(read_figure(file), width_px=WIDTH, **how))).convert("RGB") for file in files
    ]
    rows = [tiles[i : i + COLUMNS] for i in range(0, len(tiles), COLUMNS)]
    heights = [max(tile.height for tile in row) + LABEL for row in rows]
    image = Image.new("RGB", (COLUMNS * (WIDTH + 20), sum(heights)), "white")
    draw = ImageDraw.Draw(image)
    y = 0
    for index, row in enumerate(rows):
        for column, tile in enumerate(row):
            image.paste(tile, (column * (WIDTH + 20), y + LABEL))
            draw.text((column * (WIDTH + 20) + 4, y + 6), files[index * COLUMNS + column].stem, fill="black")
        y += heights[index]
    return image


def main() -> None:
    """Writes a sheet for every body, one mirrored and one in grey."""
    out = ROOT / "var" / "gallery"
    out.mkdir(parents=True, exist_ok=True)
    files = sorted((ROOT / "plans" / "library" / "poses").glob("*.yaml"))
    for body in BODIES:
        sheet(files, body=body).save(out / f"figures-{body}.png")
    sheet(files, mirrored=True).save(out / "figures-mirrored.png")
    sheet(files, grey=True).save(out / "figures-grey.png")


if __name__ == "__main__":
    main()
