import shutil
import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from weasyprint import HTML

from plans.figures_1 import PRINT_HEIGHT_PX, PRINT_WIDTH_PX, figure_svg, raster, read_figure
from plans.figures_1.colours import ARROW, rgb
from tests.figures_1.conftest import POSES


def opened(data):
    return Image.open(BytesIO(data))


def test_a_small_indexed_png_as_large_as_it_is_printed(figure):
    data = raster(figure)
    image = opened(data)
    assert (image.format, image.mode) == ("PNG", "P")
    assert image.width == PRINT_WIDTH_PX or image.height == PRINT_HEIGHT_PX
    assert image.width <= PRINT_WIDTH_PX
    assert image.height <= PRINT_HEIGHT_PX
    assert len(data) < 16_500


def test_a_handout_of_eight_takes_little_room():
    sizes = sorted(len(raster(read_figure(file))) for file in POSES.glob("*.yaml"))
    assert sum(sizes[-8:]) < 112_000
    assert sizes[len(sizes) // 2] < 11_500


def test_the_same_bytes_in_another_process():
    code = "from pathlib import Path; from plans.figures_1 import raster, read_figure; import hashlib, sys;"
    code += "print(hashlib.sha256(raster(read_figure(Path(sys.argv[1])))).hexdigest())"
    file = str(POSES / "bird-dog.yaml")
    runs = {
        subprocess.run([sys.executable, "-c", code, file], check=True, capture_output=True).stdout
        for _ in "ab"
    }
    assert len(runs) == 1
    assert len(runs.pop().strip()) == 64


def test_colours_are_exact_so_that_arrows_stay_red():
    image = opened(raster(read_figure(POSES / "cat-cow.yaml"))).convert("RGB")
    colours = {colour for _, colour in image.getcolors(1000)}
    assert rgb(ARROW) in colours


def test_grey_has_no_colour_and_keeps_the_shapes():
    figure = read_figure(POSES / "cat-cow.yaml")
    grey = opened(raster(figure, grey=True)).convert("RGB")
    assert all(r == g == b for _, (r, g, b) in grey.getcolors(1000))
    colour = opened(raster(figure)).convert("L")
    assert sum(ImageChops.difference(colour, grey.convert("L")).histogram()[3:]) == 0


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="no other renderer of PDF here")
@pytest.mark.parametrize(
    "code", ["bird-dog", "lower-trunk-rotation", "water-walking", "hamstring-stretch-towel"]
)
def test_raster_and_svg_show_the_same(code, tmp_path):
    figure = read_figure(POSES / f"{code}.yaml")
    drawn = opened(raster(figure, width_px=400)).convert("L")
    page = f"@page {{ size: 400px {drawn.height}px; margin: 0 }}"
    page += "body { margin: 0 } svg { width: 400px; display: block }"
    pdf = HTML(string=f"<style>{page}</style>{figure_svg(figure)}").write_pdf()
    command = ["pdftoppm", "-png", "-r", "96", "-f", "1", "-l", "1", "-", str(tmp_path / "page")]
    subprocess.run(command, input=pdf, check=True)
    (file,) = tmp_path.glob("page*.png")
    other = Image.open(file).convert("L").resize(drawn.size)
    differences = ImageChops.difference(drawn, other).histogram()
    far_apart = sum(differences[100:]) / (drawn.width * drawn.height)
    assert far_apart < 0.004
