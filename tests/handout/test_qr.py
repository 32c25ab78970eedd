import base64
import io

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from plans.handout.formats import ALL_FORMATS, Copy
from plans.handout.qr import MASK, qr_data_uri
from tests.handout.make import pdf_of, plan
from tests.handout.samples import LINK_URL, SHEET_URL


def read_codes(data: bytes) -> set[str]:
    """What a phone reads from the pictures in a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        shown = [picture for page in pdf.pages for picture in page.get_images().values()]
        found = [zxingcpp.read_barcodes(pikepdf.PdfImage(one).as_pil_image().convert("L")) for one in shown]
    return {code.text for codes in found for code in codes}


def test_code_says_the_address():
    data = base64.b64decode(qr_data_uri(LINK_URL).partition(",")[2])

    assert [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(data)))] == [LINK_URL]


@pytest.mark.parametrize("address", [LINK_URL, SHEET_URL, "https://example.org/" + "x" * 40])
def test_a_mask_is_not_looked_for(address):
    """The first five dots beside a code's corner say its level of repair and its mask, covered by 10101."""
    picture = Image.open(io.BytesIO(base64.b64decode(qr_data_uri(address).partition(",")[2])))
    dot, margin = 6, 4
    row = [picture.getpixel(((margin + at) * dot, (margin + 8) * dot)) == 0 for at in range(5)]
    said = [is_dark != (at % 2 == 0) for at, is_dark in enumerate(row)]
    assert said[2] * 4 + said[3] * 2 + said[4] == MASK


@pytest.mark.parametrize("form", ALL_FORMATS[::3], ids=lambda form: form.key)
def test_printed_codes_lead_to_the_plan_and_to_the_check_of_the_sheet(form):
    summary = form.copy is Copy.SUMMARY
    assert read_codes(pdf_of(plan(), form)) == ({LINK_URL} if summary else {LINK_URL, SHEET_URL})
