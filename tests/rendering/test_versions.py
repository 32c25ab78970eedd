import ctypes
import shutil
from importlib.metadata import version

import pytest

from plans.handout.fonts import fonts_digest
from plans.rendering import versions


@pytest.fixture(autouse=True)
def asked_anew():
    versions.engine_version.cache_clear()
    yield
    versions.engine_version.cache_clear()


def test_what_a_release_brings_to_print_with_is_named_with_its_version():
    said = versions.engine_version().split("-")
    assert said[:3] == [version("weasyprint"), version("pydyf"), version("pikepdf")]
    assert fonts_digest().startswith(said[-1])


def test_other_fonts_are_another_engine(monkeypatch):
    before = versions.engine_version()
    versions.engine_version.cache_clear()
    monkeypatch.setattr(versions, "fonts_digest", lambda: "99999999")
    assert versions.engine_version() != before


def test_a_change_below_the_package_is_another_template(tmp_path, monkeypatch):
    deep = tmp_path / "plans" / "handout" / "pdf"
    deep.mkdir(parents=True)
    monkeypatch.setattr(versions, "PLANS", tmp_path / "plans")
    names = []
    for text in ("one", "two"):
        (deep / "parts.py").write_text(text)
        names.append(versions.template_version.__wrapped__())
    assert names[0] != names[1]


def test_how_files_are_queued_is_no_part_of_their_version(tmp_path, monkeypatch):
    shutil.copytree(
        versions.PLANS, tmp_path / "plans", ignore=shutil.ignore_patterns("fonts", "library", "*.pyc")
    )
    monkeypatch.setattr(versions, "PLANS", tmp_path / "plans")
    before = versions.template_version.__wrapped__()
    assert before == versions.template_version()
    for name in ("sweep", "claim", "queue", "versions"):
        with (tmp_path / "plans" / "rendering" / f"{name}.py").open("a") as file:
            file.write("# One more reason.\n")
    assert versions.template_version.__wrapped__() == before


def test_a_machine_that_only_serves_pages_names_the_same(monkeypatch):
    """It has another Pango, or none: a worker must still know the row as its own."""
    before = versions.engine_version()
    versions.engine_version.cache_clear()

    def absent(*_, **__):
        raise OSError("cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", absent)
    assert versions.engine_version() == before


def test_a_long_name_fits_its_column():
    from plans.models import Rendering

    assert len(versions.engine_version()) + 8 <= Rendering._meta.get_field("engine_version").max_length
