"""Typed lines of a new patient: conditions, symptoms, days; what is not known stays as free words."""

from datetime import timedelta

import pytest

from plans.queries.typed_facts import MAX_LINES, read_facts
from tests import factories


@pytest.fixture
def library(clinic):
    factories.condition(
        "lumbar_radicular_pain",
        name="Lumbar radicular pain",
        also=["sciatica"],
        icd10=["M54.16"],
        dates=["onset"],
    )
    factories.condition("acl", name="ACL reconstruction", dates=["surgery"], sided=True)
    factories.condition("pregnancy", name="Pregnancy", dates=["due_date"])
    factories.symptom("night_pain", name="Night pain")
    return clinic


def one(text, clinic):
    return read_facts(text, clinic=clinic).conditions[0]


def weeks(clinic, count):
    return clinic.today() - timedelta(weeks=count)


def test_a_name_with_its_onset(library):
    read = one("sciatica, onset 3 weeks ago", library)
    assert (read.condition.code, read.onset) == ("lumbar_radicular_pain", weeks(library, 3))


def test_a_code_is_kept_with_the_condition(library):
    read = one("m54.16", library)
    assert (read.condition.code, read.code_typed) == ("lumbar_radicular_pain", "m54.16")


def test_a_day_alone_is_the_one_that_the_condition_counts_from(library):
    assert one("left ACL reconstruction 6 weeks ago", library).surgery == weeks(library, 6)
    assert one("sciatica 6 weeks ago", library).onset == weeks(library, 6)
    assert one("pregnancy in 10 weeks", library).due == weeks(library, -10)


def test_the_side_is_read_where_the_condition_has_sides(library):
    assert one("left ACL reconstruction", library).side == "left"
    assert one("left sciatica", library).side == ""


def test_a_symptom_is_read_in_the_same_box(library):
    read = read_facts("Night pain since yesterday\nsciatica", clinic=library)
    assert [(row.symptom.code, row.noted) for row in read.symptoms] == [
        ("night_pain", library.today() - timedelta(days=1))
    ]
    assert len(read.conditions) == 1


def test_what_is_not_known_stays_word_for_word_with_what_it_may_mean(library):
    read = read_facts("lumb rad\nan odd thing since 3 weeks ago", clinic=library)
    assert read.free_words == "lumb rad\nan odd thing since 3 weeks ago"
    assert [[one.name for one in line.suggested] for line in read.unread] == [["Lumbar radicular pain"], []]


@pytest.mark.parametrize(
    "said", ["left, onset 3 weeks ago", "(left) since 3 weeks", "onset 3 weeks ago left"]
)
def test_a_suggestion_keeps_the_side_and_the_day_that_were_typed(library, said):
    factories.condition("frozen", name="Frozen shoulder", dates=["onset"], sided=True)
    (line,) = read_facts(f"froz sh {said}", clinic=library).unread
    (meant,) = line.suggested
    read = one(meant.line, library)
    assert (read.condition.name, read.side) == (meant.name, "left")
    assert read.onset == weeks(library, 3)


def test_a_line_that_says_more_is_recorded_and_kept(library):
    read = read_facts("sciatica after a fall from a horse", clinic=library)
    assert (len(read.conditions), read.free_words) == (1, "sciatica after a fall from a horse")


def test_the_same_condition_twice_is_one(library):
    assert len(read_facts("sciatica\nM54.16", clinic=library).conditions) == 1


def test_no_line_of_a_long_paste_is_dropped(library):
    text = "\n".join(f"thing {number}" for number in range(MAX_LINES + 5))
    assert len(read_facts(text, clinic=library).unread) == MAX_LINES + 5


def test_the_questions_do_not_grow_with_lines(library, django_assert_num_queries):
    with django_assert_num_queries(3):
        read_facts("sciatica\nACL reconstruction\nnight pain\nM54.16\nwhatever", clinic=library)
