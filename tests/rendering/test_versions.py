import zlib

import pytest
from weasyprint.text.ffi import harfbuzz, pango

from plans.rendering import versions
from plans.rendering.fonts import fonts_digest


@pytest.fixture(autouse=True)
def asked_anew():
    versions.engine_version.cache_clear()
    yield
    versions.engine_version.cache_clear()


def test_what_sets_the_type_is_named_with_its_version():
    number = pango.pango_version()
    said = versions.engine_version().split("-")

    assert f"{number // 10000}.{number // 100 % 100}.{number % 100}" in said
    assert zlib.ZLIB_RUNTIME_VERSION in said
    major, minor, micro = (int(part) for part in versions._harfbuzz_version().split("."))
    assert harfbuzz.hb_version_atleast(major, minor, micro)
    assert not harfbuzz.hb_version_atleast(major, minor, micro + 1)
    assert fonts_digest().startswith(said[-1])


@pytest.mark.parametrize("part", ["_pango_version", "_harfbuzz_version", "fonts_digest"])
def test_another_library_is_another_engine(part, monkeypatch):
    before = versions.engine_version()
    versions.engine_version.cache_clear()
    monkeypatch.setattr(versions, part, lambda: "99.99.99")

    assert versions.engine_version() != before


def test_a_change_below_the_package_is_another_template(tmp_path, monkeypatch):
    deep = tmp_path / "plans" / "rendering" / "pdf"
    deep.mkdir(parents=True)
    monkeypatch.setattr(versions, "__file__", str(deep.parent / "versions.py"))
    names = []
    for text in ("one", "two"):
        (deep / "parts.py").write_text(text)
        names.append(versions.template_version.__wrapped__())
    assert names[0] != names[1]


def test_a_long_name_fits_its_column():
    from plans.models import Rendering

    assert len(versions.engine_version()) + 8 <= Rendering._meta.get_field("engine_version").max_length


def test_a_machine_without_the_libraries_says_so(monkeypatch):
    monkeypatch.setattr(versions, "_load", lambda *names: None)
    assert versions.ABSENT in versions.engine_version().split("-")


def test_a_library_that_is_not_there_is_none():
    assert versions._load("libthatnobodyhas.so.0") is None
