"""Text as words: folded, figures, and Chinese, where nothing parts them."""

import pytest

from plans.search.text import tokens, variants


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Child’s Pose", ("childs", "pose")),
        ("L5-S1", ("l5", "s1")),
        ("figure-four", ("figure", "4")),
        ("Glúteos, dos", ("gluteos", "2")),
        ("臀桥运动", ("臀桥", "桥运", "运动")),
        ("桥", ("桥",)),
        ("وضعيّة الجسر", ("وضعيه", "الجسر")),
        ("disk_herniation", ("disc", "herniation")),
        ("!?", ()),
    ],
)
def test_tokens(text, words):
    assert tokens(text) == words


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("tilts", "tilt"),
        ("talones", "talon"),
        ("squatting", "squat"),
        ("bracing", "brace"),
        ("الجسر", "جسر"),
        ("臀桥", "桥"),
    ],
)
def test_variants(word, other):
    assert other in variants(word)
    assert word not in variants(word)
