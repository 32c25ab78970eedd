from plans.content import text_of
from tests.content.samples import bridge, plan


def test_every_printed_word_is_listed_in_order():
    item = bridge(
        extra_caution="Slow down.", note="You did well.", sentences=("Because of your disc: stop.",)
    )
    texts = text_of(plan(items=(item,), note="Call me.", advice=("Move slowly.",), therapies=("Massage",)))

    start = texts.index("Glute bridge")
    assert texts[start : start + 10] == (
        "Glute bridge",
        item.purpose,
        item.start,
        *item.steps,
        *item.cautions,
        "Slow down.",
        "Because of your disc: stop.",
        "You did well.",
    )
    assert {"Call me.", "Move slowly.", "Massage", "Ana Whitfield", "555 0100"} <= set(texts)


def test_empty_texts_are_left_out():
    assert all(text.strip() for text in text_of(plan()))
