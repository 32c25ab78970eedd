import io

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from plans.rendering.download import pdf_answer

DATA = bytes(range(100))


def bytes_of(answer):
    return answer.getvalue()


def ask(file=None, *, method="GET", record=lambda part: None, **headers):
    request = RequestFactory().generic(method, "/", headers=headers)
    return pdf_answer(request, file or io.BytesIO(DATA), name="plan.pdf", sha256="abc", record=record)


def test_whole_file():
    answer = ask()

    assert (answer.status_code, bytes_of(answer)) == (200, DATA)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == "100"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answer["Cache-Control"] == "no-store, private"


def test_shown_on_the_screen():
    answer = pdf_answer(
        RequestFactory().get("/"),
        io.BytesIO(DATA),
        name="plan.pdf",
        sha256="abc",
        attachment=False,
        record=lambda part: None,
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


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=5000-6000", "bytes=-0"])
def test_a_part_past_the_end(asked):
    answer = ask(Range=asked)

    assert (answer.status_code, bytes_of(answer), answer["Content-Range"]) == (416, b"", "bytes */100")


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
    answer = ask(file, Range="bytes=10-19")

    assert (answer.streaming, file.taken) == (True, 0)
    assert answer.getvalue() == DATA[10:20]
    assert file.taken == 10


@pytest.mark.django_db  # the end of an answer looks after the connection to the database, where there is one
@pytest.mark.parametrize("asked", ["bytes=0-9", "bytes=100-", "all"])
def test_the_file_is_closed_with_the_answer(asked):
    file = io.BytesIO(DATA)
    answer = ask(file, Range=asked)
    assert file.closed == (answer.status_code == 416)
    answer.close()

    assert file.closed


@pytest.mark.parametrize(
    ("method", "asked", "told"),
    [
        ("GET", "", [False]),
        ("GET", "bytes=0-9", [True]),
        ("GET", "bytes=100-", []),
        ("HEAD", "", []),
        ("HEAD", "bytes=0-9", []),
    ],
)
def test_who_gets_bytes_is_recorded_once_and_nobody_else(method, asked, told):
    recorded = []
    ask(method=method, Range=asked, record=recorded.append)
    assert recorded == told


@pytest.mark.parametrize("asked", ["", "bytes=0-9"])
def test_no_byte_goes_out_and_no_file_stays_open_when_the_reader_cannot_be_recorded(asked):
    file = io.BytesIO(DATA)

    def refuse(part):
        raise OperationalError("the database is away")

    with pytest.raises(OperationalError):
        ask(file, Range=asked, record=refuse)
    assert file.closed
