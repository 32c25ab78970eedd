"""The desk's fonts have every icon that a page names."""

from fontTools.ttLib import TTFont

from scripts.subset_desk_fonts import ICONS, OUT, ligatures, named_icons


def test_no_icon_is_missing():
    there = set(ligatures(TTFont(OUT / ICONS)))
    assert named_icons() - there == set(), "python -m scripts.subset_desk_fonts"
    assert {"home", "key", "api", "drag_indicator"} <= there
