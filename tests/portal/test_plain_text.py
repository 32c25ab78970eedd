import pytest

from plans.portal.plain_text import plain


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12TH", "12th"),
        ("1.º", "1.o"),
        ("Año", "ano"),
        ("１９６８／４", "1968/4"),
        ("\u200fإبريل\u200e", "ابريل"),
        ("أَبْــرِيل", "ابريل"),
        ("سنة", "سنه"),
        ("الثانى", "الثاني"),
        ("一九六八年", "1968年"),
        ("二〇〇一", "2001"),
        ("十", "10"),
        ("十二", "12"),
        ("三十", "30"),
        ("三十一", "31"),
        ("十十", "十十"),
        ("二三十", "二三十"),
        ("٣", "٣"),
    ],
)
def test_what_makes_no_difference_to_a_reader_is_left_out(typed, read):
    assert plain(typed) == read
