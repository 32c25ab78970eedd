import io

import pikepdf
import pytest

from plans.handout.formats import Copy, Format, Ink, Size
from plans.handout.preflight.operators import read_operators
from tests.handout.make import check, pdf_of, plan
from tests.handout.samples import make_plan_in

WANTED = (b"BDC", b"BMC", b"EMC", b"q", b"Q", b"cm", b"Tf", b"Tm", b"Do", b"TJ", b"re")


def with_page(content: bytes) -> pikepdf.Pdf:
    made = pikepdf.new()
    made.add_blank_page()
    made.pages[0].Contents = made.make_stream(content)
    return made


def plain(operands: bytes) -> bytes:
    """As one writes them who does not care for blanks."""
    return b"".join(operands.split())


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (plan(), Format()),
        (plan(), Format(copy=Copy.SUMMARY, ink=Ink.GREY)),
        (make_plan_in("ar"), Format(size=Size.LARGE)),
        (make_plan_in("zh-hans"), Format()),
    ],
    ids=["patient", "summary", "arabic", "chinese"],
)
def test_it_reads_what_a_general_reader_reads(content, form):
    with pikepdf.open(io.BytesIO(pdf_of(content, form))) as opened:
        for page in opened.pages:
            general = [
                bytes(one.operator.unparse())
                for one in pikepdf.parse_content_stream(page, b" ".join(WANTED).decode())
            ]
            found = read_operators(page, WANTED)
            assert [operator for _, operator in found] == general
            shown = [one.operands[0] for one in pikepdf.parse_content_stream(page, "TJ")]
            letters = [
                b"".join(bytes(part) for part in one if isinstance(part, pikepdf.String)) for one in shown
            ]
            texts = [operands for operands, operator in found if operator == b"TJ"]
            assert [one.hex().encode() for one in letters] == [
                b"".join(part.partition(b">")[0] for part in text.split(b"<")[1:]) for text in texts
            ]


def test_operands_stay_as_they_are_written():
    drawn = b"/Span\n<</MCID 3>>\nBDC 1 0 0 1 3.5 -7. cm\n[<0024>-20<0025>] TJ f* EMC"
    made = with_page(drawn)
    found = read_operators(made.pages[0], WANTED)
    assert [(plain(operands), operator) for operands, operator in found] == [
        (b"/Span<</MCID3>>", b"BDC"),
        (b"10013.5-7.", b"cm"),
        (b"[<0024>-20<0025>]", b"TJ"),
        (b"", b"EMC"),
    ]


def test_parts_of_a_page_are_read_as_one():
    made = with_page(b"q")
    made.pages[0].contents_add(b"1 0 0 1 5 5 cm Q")
    assert [operator for _, operator in read_operators(made.pages[0], WANTED)] == [b"q", b"cm", b"Q"]


@pytest.mark.parametrize(
    "drawn",
    [
        b"q (a text) Tj Q",
        b"q BI /W 1 /H 1 ID \x00\xff EI Q",
        b"q % a comment\nQ",
        b"[<0024> (a)] TJ",
        b"q 1 0 0",
    ],
)
def test_what_no_handout_holds_is_refused_not_passed_over(drawn):
    made = with_page(drawn)
    with pytest.raises(pikepdf.PdfError):
        read_operators(made.pages[0], WANTED)


def test_a_page_that_cannot_be_read_is_told():
    with pikepdf.open(io.BytesIO(pdf_of(plan()))) as opened:
        opened.pages[1].contents_add(b"(a text) Tj")
        made = io.BytesIO()
        opened.save(made)
    assert {problem.code for problem in check(made.getvalue(), plan(), Format())} == {"unreadable"}
