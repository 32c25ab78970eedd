"""Pages are packed, files that are packed already and parts of them are not."""

from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from clinic.compressing import compressed_pages


def asked(response):
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    return compressed_pages(lambda _request: response)(request)


def test_words_are_packed():
    for kind in ("text/html; charset=utf-8", "application/json", "image/svg+xml", "application/problem+json"):
        answer = asked(HttpResponse("words " * 200, content_type=kind))
        assert answer["Content-Encoding"] == "gzip"
        assert answer["Vary"] == "Accept-Encoding"


def test_pictures_and_files_are_left_as_they_are(tmp_path):
    assert "Content-Encoding" not in asked(HttpResponse(b"0" * 2000, content_type="image/png"))
    file = tmp_path / "plan.pdf"
    file.write_bytes(b"%PDF" * 500)
    answer = asked(FileResponse(file.open("rb"), content_type="application/pdf"))
    assert answer["Content-Length"] == "2000"
    answer.close()
