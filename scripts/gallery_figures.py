"""Draws all figures onto contact sheets, for a person to judge: var/gallery/figures-*.png and figures-*.webp."""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from plans.figures import BODIES, PoseError, draw_figure, load_body, moving_picture, read_figure

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "plans" / "library" / "figures"
WIDTH, COLUMNS, LABEL, GAP = 640, 2, 26, 20


def sheet(files: list[Path], body: str, **how: bool) -> Image.Image:
    """One contact sheet of the figures in `files`; one that the body cannot do says why."""
    tiles = [tile(file, body, **how) for file in files]
    rows = [tiles[i : i + COLUMNS] for i in range(0, len(tiles), COLUMNS)]
    heights = [max(tile.height for tile in row) for row in rows]
    image = Image.new("RGB", (COLUMNS * (WIDTH + GAP), sum(heights)), "white")
    y = 0
    for row, height in zip(rows, heights, strict=True):
        for column, one in enumerate(row):
            image.paste(one, (column * (WIDTH + GAP), y))
        y += height
    return image


def tile(file: Path, body: str, **how: bool) -> Image.Image:
    figure = read_figure(file)
    try:
        data = draw_figure(figure, body=load_body(body, feet=figure.feet), width_px=WIDTH, **how)
        drawn = Image.open(BytesIO(data)).convert("RGB")
        words = file.stem
    except PoseError as error:
        drawn, words = Image.new("RGB", (WIDTH, LABEL), "mistyrose"), f"{file.stem}: {error}"
        print(f"{body}: {words}")
    labelled = Image.new("RGB", (WIDTH, drawn.height + LABEL), "white")
    labelled.paste(drawn, (0, LABEL))
    ImageDraw.Draw(labelled).text((4, 6), words[:110], fill="black")
    return labelled


def frames(file: Path, body: str) -> Image.Image | None:
    """The frames of a moving picture from start to end, side by side."""
    figure = read_figure(file)
    if len(figure.panels) < 2:
        return None
    moving = Image.open(BytesIO(moving_picture(figure, body=load_body(body, feet=figure.feet), width_px=320)))
    there = moving.n_frames // 2 + 1
    image = Image.new("RGB", (there * (moving.width + 6), moving.height + LABEL), "white")
    for index in range(there):
        moving.seek(index)
        image.paste(moving.convert("RGB"), (index * (moving.width + 6), LABEL))
    ImageDraw.Draw(image).text((4, 6), file.stem, fill="black")
    return image


def frames_sheet(files: list[Path], body: str) -> Image.Image:
    rows = []
    for file in files:
        try:
            row = frames(file, body)
        except PoseError as error:
            print(f"{file.stem} moving: {error}")
        else:
            rows += [row] if row else []
    image = Image.new("RGB", (max(row.width for row in rows), sum(row.height + GAP for row in rows)), "white")
    y = 0
    for row in rows:
        image.paste(row, (0, y))
        y += row.height + GAP
    return image


def main() -> None:
    """Writes a sheet for every body (or those named), one mirrored, one in grey, one of the frames."""
    out = ROOT / "var" / "gallery"
    out.mkdir(parents=True, exist_ok=True)
    files = sorted(FOLDER.glob("*.yaml"))
    for body in sys.argv[1:] or BODIES:
        sheet(files, body).save(out / f"figures-{body}.png")
    sheet(files, BODIES[0], mirrored=True).save(out / "figures-mirrored.png")
    sheet(files, BODIES[0], grey=True).save(out / "figures-grey.png")
    frames_sheet(files, BODIES[0]).save(out / "figures-frames.png")


if __name__ == "__main__":
    main()
