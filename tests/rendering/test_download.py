import io

import pytest
from django.test import RequestFactory

from plans.rendering.download import is_part, pdf_answer, sends_bytes

DATA = bytes(range(100))
GET = RequestFactory().get("/")


def bytes_of(answer):
    return answer.getvalue()


def ask(**headers):
    request = RequestFactory().get("/", headers=headers)
    return pdf_answer(request, io.BytesIO(DATA), name="plan.pdf", sha256="abc")


def test_whole_file():
    answer = ask()

    assert (answer.status_code, bytes_of(answer)) == (200, DATA)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == "100"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answer["Cache-Control"] == "no-store, private"
    assert sends_bytes(GET, answer)
    assert not sends_bytes(RequestFactory().head("/"), answer)
    assert not is_part(answer)


def test_shown_on_the_screen():
    answer = pdf_answer(
        RequestFactory().get("/"), io.BytesIO(DATA), name="plan.pdf", sha256="abc", attachment=False
    )

    assert answer["Content-Disposition"] == 'inline; filename="plan.pdf"'


@pytest.mark.parametrize(
    ("asked", "part", "said"),
    [
        ("bytes=0-9", DATA[:10], "bytes 0-9/100"),
        ("bytes=10-19", DATA[10:20], "bytes 10-19/100"),
        ("bytes=90-", DATA[90:], "bytes 90-99/100"),
        ("bytes=90-5000", DATA[90:], "bytes 90-99/100"),
        ("bytes=-5", DATA[-5:], "bytes 95-99/100"),
        ("bytes=-500", DATA, "bytes 0-99/100"),
        ("bytes=99-99", DATA[99:], "bytes 99-99/100"),
    ],
)
def test_a_part(asked, part, said):
    answer = ask(Range=asked)

    assert (answer.status_code, bytes_of(answer), answer["Content-Range"]) == (206, part, said)
    assert answer["Content-Length"] == str(len(part))
    assert sends_bytes(GET, answer)
    assert is_part(answer)


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=5000-6000", "bytes=-0"])
def test_a_part_past_the_end(asked):
    answer = ask(Range=asked)

    assert (answer.status_code, bytes_of(answer), answer["Content-Range"]) == (416, b"", "bytes */100")
    assert not sends_bytes(GET, answer)


@pytest.mark.parametrize(
    "asked",
    ["", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,5-6", "items=0-1", "bytes=a-b", "bytes=" + "9" * 99],
)
def test_what_cannot_be_understood_gives_the_whole(asked):
    assert ask(Range=asked).status_code == 200


def test_a_range_of_an_older_file_gives_the_whole_new_one():
    assert ask(**{"Range": "bytes=0-9", "If-Range": '"abc"'}).status_code == 206
    assert ask(**{"Range": "bytes=0-9", "If-Range": '"older"'}).getvalue() == DATA


class Counted(io.BytesIO):
    taken = 0

    def read(self, size=-1):
        data = super().read(size)
        self.taken += len(data)
        return data


def test_a_part_is_streamed_without_reading_the_rest():
    file = Counted(DATA)
    answer = pdf_answer(
        RequestFactory().get("/", headers={"Range": "bytes=10-19"}), file, name="plan.pdf", sha256="abc"
    )

    assert (answer.streaming, file.taken) == (True, 0)
    assert answer.getvalue() == DATA[10:20]
    assert file.taken == 10


@pytest.mark.django_db  # the end of an answer looks after the connection to the database, where there is one
@pytest.mark.parametrize("asked", ["bytes=0-9", "bytes=100-", "all"])
def test_the_file_is_closed_with_the_answer(asked):
    file = io.BytesIO(DATA)
    answer = pdf_answer(
        RequestFactory().get("/", headers={"Range": asked}), file, name="plan.pdf", sha256="abc"
    )
    answer.close()

    assert file.closed
