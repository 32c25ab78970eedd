import pytest

from plans.handout.word_breaks import MAX_WHOLE, allow_breaks

LONG = "a" * (MAX_WHOLE + 1)


def body(text):
    head = f"<html><head><title>{text}</title></head>"
    return f"{head}<body data-foot='{text}'><p title='{text}'>{text}</p></body></html>"


def test_a_long_word_may_be_broken_between_any_letters():
    page = allow_breaks(body(LONG))
    assert page.count("\u200b") == MAX_WHOLE
    assert page.replace("\u200b", "") == body(LONG)


def test_head_and_attributes_stay():
    assert allow_breaks(body(LONG)).startswith(
        f"<html><head><title>{LONG}</title></head><body data-foot='{LONG}'>"
    )
    assert f"<p title='{LONG}'>" in allow_breaks(body(LONG))


@pytest.mark.parametrize(
    "text",
    ["a" * MAX_WHOLE, "some words of usual length and more", "王" * 50, "หายใจเข้าลึกๆก่อนออกกำลังกายทุกครั้ง"],
)
def test_what_breaks_by_itself_stays(text):
    assert allow_breaks(body(text)) == body(text)


def test_marks_stay_on_their_letters():
    broken = allow_breaks("<body><p>" + "q\u0303" * 30 + "</p>")
    assert "\u200b\u0303" not in broken
    assert broken.count("\u200b") == 29


def test_joined_letters_stay_joined():
    assert "\u200d\u200b\u200dب" in allow_breaks(f"<body><p>{'ب' * 30}</p>")
    assert "\u094d\u200b" not in allow_breaks(f"<body><p>{'क्ष' * 30}</p>")


def test_signs_of_the_page_stay_escaped():
    assert "&lt;b&gt;" in allow_breaks(f"<body><p>{LONG} &lt;b&gt; &amp;</p>")
