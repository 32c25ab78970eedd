import os
import shutil

import pytest
from fontTools.ttLib import TTFont

from plans.handout import fonts
from plans.handout.errors import FontsMissing


@pytest.fixture
def font_dir(tmp_path, monkeypatch):
    """A copy of the fonts, to be spoilt."""
    shutil.copytree(fonts.FONT_DIR, tmp_path / "fonts")
    monkeypatch.setattr(fonts, "FONT_DIR", tmp_path / "fonts")
    return tmp_path / "fonts"


@pytest.mark.parametrize("name", ["fonts.conf", *fonts.FONT_FILES])
def test_missing_font_is_named(font_dir, name):
    (font_dir / name).unlink()

    with pytest.raises(FontsMissing, match=name):
        fonts.check_fonts()


def test_damaged_font_is_named(font_dir):
    (font_dir / "NotoSans-Bold.ttf").write_bytes(b"<html>")

    with pytest.raises(FontsMissing, match="NotoSans-Bold"):
        fonts.check_fonts()


def test_setting_is_taken_back(monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "mine.conf")
    with fonts.use_bundled_fonts():
        assert os.environ["FONTCONFIG_FILE"].endswith("fonts.conf")
        assert os.environ["FONTCONFIG_FILE"] != "mine.conf"
    assert os.environ["FONTCONFIG_FILE"] == "mine.conf"

    monkeypatch.delenv("FONTCONFIG_FILE")
    with fonts.use_bundled_fonts():
        pass
    assert "FONTCONFIG_FILE" not in os.environ


def test_licence_stands_beside_the_fonts():
    assert "SIL OPEN FONT LICENSE" in (fonts.FONT_DIR / "OFL.txt").read_text()


@pytest.mark.parametrize("name", ["NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"])
def test_glyphs_are_numbered_as_a_pdf_names_them(name):
    """A subset that keeps the original's CIDs prints other characters than were meant."""
    with TTFont(fonts.FONT_DIR / name, lazy=True) as font:
        charset = font["CFF "].cff.topDictIndex[0].charset

    assert list(charset) == [".notdef", *(f"cid{number:05d}" for number in range(1, len(charset)))]


def test_fonts_are_small_enough_for_a_repository():
    assert sum(path.stat().st_size for path in fonts.FONT_DIR.iterdir()) < 9_000_000
