import hashlib
import io
import logging
import subprocess
import sys

import pikepdf
import pytest
from PIL import Image, ImageFile

from plans.handout import pdf
from plans.handout.errors import FetchRefused, PictureBroken, PictureMissing, RendererComplained
from plans.handout.formats import Format, Ink
from plans.handout.pdf import renderer
from tests.handout.make import html_of, plan, render
from tests.handout.samples import pictures

PAGE = '<html lang="en"><title>t</title><body style="font-family: Noto Sans">{}</body></html>'


def page(body):
    return pdf.render_pdf(PAGE.format(body), css="", pictures=pictures())


def test_missing_picture_fails_by_name():
    first, *rest = pictures()
    with pytest.raises(PictureMissing, match=first):
        render(html_of(plan()), given={name: pictures()[name] for name in rest})


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_broken_picture_fails_by_name(data):
    name = hashlib.sha256(data).hexdigest()
    with pytest.raises(PictureBroken, match=name):
        pdf.render_pdf(PAGE.format(f'<img src="picture:{name}" alt="x">'), css="", pictures={name: data})


def test_truncated_pictures_are_not_taken_for_whole_ones():
    """The renderer switches Pillow's check off for the whole process, uploads included."""
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.png", "file:///etc/hostname"])
def test_nothing_is_loaded_from_files_or_the_network(address):
    with pytest.raises(FetchRefused):
        page(f'<img src="{address}" alt="x">')
    with pytest.raises(FetchRefused):
        page(f'<link rel="stylesheet" href="{address}">')


@pytest.mark.parametrize(
    "body",
    [
        '<img src="picture:{}">',  # no text in its place
        '<p style="no-such-property: 1">x</p>',
        "<p>\U0001f3c3</p>",  # a sign that no font of ours has
    ],
)
def test_whatever_the_renderer_logs_is_a_failure(body):
    with pytest.raises(RendererComplained):
        page(body.format(next(iter(pictures()))))


def test_failure_does_not_spoil_the_next_page():
    name = next(iter(pictures()))
    with pytest.raises(RendererComplained):
        page(f'<img src="picture:{name}">')
    assert page(f'<img src="picture:{name}" alt="x">').startswith(b"%PDF-1.7")


@pytest.mark.parametrize("muted", [{"level": logging.CRITICAL}, {"disabled": True}], ids=str)
def test_renderer_is_heard_whatever_the_logging_is_set_to_and_told_to_nobody(muted, monkeypatch, caplog):
    logger = logging.getLogger("weasyprint")
    for name, value in muted.items():
        monkeypatch.setattr(logger, name, value)
    before = (list(logger.handlers), logger.level, logger.propagate, logger.disabled)

    with pytest.raises(RendererComplained):
        page("<p>\U0001f3c3</p>")

    assert (list(logger.handlers), logger.level, logger.propagate, logger.disabled) == before
    assert not caplog.records


def test_same_page_gives_the_same_bytes():
    assert render(html_of(plan())) == render(html_of(plan()))


IN_ANOTHER_PROCESS = """
import hashlib, django
django.setup()
from tests.handout.make import html_of, plan, render
print(hashlib.sha256(render(html_of(plan()))).hexdigest())
"""


def test_another_process_gives_the_same_bytes():
    done = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == hashlib.sha256(render(html_of(plan()))).hexdigest()


def test_one_font_configuration_and_one_parsed_sheet_serve_the_process():
    """Each new pair keeps a quarter of a megabyte for good."""
    html = html_of(plan())
    render(html)
    sheets = renderer.parse.cache_info().misses
    render(html)
    assert renderer.parse.cache_info().misses == sheets
    assert renderer.font_configuration.cache_info().currsize == 1


def test_indexed_pictures_are_carried_as_they_are():
    with pikepdf.open(io.BytesIO(render(html_of(plan())))) as opened:
        shown = [
            one for one in opened.objects if isinstance(one, pikepdf.Stream) and one.get("/Width") == 1000
        ]
        assert len(shown) == len(pictures())
        assert {str(one.ColorSpace[0]) for one in shown} == {"/Indexed"}
        first = pikepdf.PdfImage(shown[0]).as_pil_image().convert("RGB")
        originals = [Image.open(io.BytesIO(data)).convert("RGB").tobytes() for data in pictures().values()]
        assert first.tobytes() in originals


def test_grey_and_colour_pictures_are_kept_apart():
    grey = render(html_of(plan(), Format(ink=Ink.GREY)), Format(ink=Ink.GREY))
    for data, coloured in ((grey, False), (render(html_of(plan())), True), (grey, False)):
        with pikepdf.open(io.BytesIO(data)) as opened:
            shown = [
                one for one in opened.objects if isinstance(one, pikepdf.Stream) and one.get("/Width") == 1000
            ]
            red, _, blue = pikepdf.PdfImage(shown[0]).as_pil_image().convert("RGB").split()
            assert (red.tobytes() != blue.tobytes()) is coloured


def test_renderer_finds_a_font_for_each_script():
    pdf.check_renderer()


def test_photograph_is_made_small_enough_to_download():
    made = io.BytesIO()
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(made, "JPEG", quality=90)
    data = made.getvalue()
    name = hashlib.sha256(data).hexdigest()

    style = "width: 86mm"
    printed = pdf.render_pdf(
        PAGE.format(f'<img style="{style}" src="picture:{name}" alt="A photograph">'),
        css="",
        pictures={name: data},
    )

    assert len(data) > 1_000_000
    assert len(printed) < 400_000
