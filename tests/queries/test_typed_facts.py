"""Typed lines of a new patient: conditions, symptoms, days; what is not known stays as free words."""

from datetime import timedelta

import pytest

from plans.actions import approving
from plans.actions.signs import retire_symptom
from plans.models import Symptom
from plans.queries.approvals import vocabulary_work
from plans.queries.typed_facts import MAX_LINES, read_facts
from tests import factories
from tests.words import condition, load


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


@pytest.fixture
def joints(library):
    factories.condition(
        "hip", name="Hip replacement", also=["prótesis de cadera"], dates=["surgery"], sided=True
    )
    factories.condition(
        "knee", name="Knee osteoarthritis", also=["artrosis de rodilla"], dates=["onset"], sided=True
    )
    return library


def rows(read):
    return [(one.condition.code, one.side, str(one.surgery or one.onset or "")) for one in read.conditions]


NEW, OLD = "{new}", "2015-03-01"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "right hip replacement 2015-03-01, left hip replacement 3 weeks ago",
            [("hip", "right", OLD), ("hip", "left", NEW)],
        ),
        (
            "prótesis de cadera derecha 1.3.2015 y prótesis de cadera izquierda hace 3 semanas",
            [("hip", "right", OLD), ("hip", "left", NEW)],
        ),
        ("hip replacement right 2015-03-01, left 3 weeks ago", [("hip", "right", OLD), ("hip", "left", NEW)]),
        (
            "prótesis de cadera derecha 1.3.2015, cadera izquierda hace 3 semanas",
            [("hip", "right", OLD), ("hip", "left", NEW)],
        ),
        (
            "right hip replacement 3 weeks ago; left knee osteoarthritis",
            [("hip", "right", NEW), ("knee", "left", "")],
        ),
        (
            "hip replacement 3 weeks ago, knee osteoarthritis since 1.3.2015",
            [("hip", "", NEW), ("knee", "", OLD)],
        ),
        ("left and right hip replacement", [("hip", "both", "")]),
        (
            "prótesis de cadera izquierda y derecha hace 3 semanas",
            [("hip", "left", ""), ("hip", "right", NEW)],
        ),
        ("left hip replacement and knee osteoarthritis", [("hip", "left", ""), ("knee", "left", "")]),
    ],
)
def test_each_part_of_a_line_keeps_its_own_side_and_day(joints, line, found):
    read = read_facts(line, clinic=joints)
    new = str(weeks(joints, 3))
    assert rows(read) == [(code, side, day.format(new=new)) for code, side, day in found]
    assert read.free_words == ""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("hip replacement left 2015-03-01, 3 weeks ago", [("hip", "left", NEW)]),
        ("right hip replacement 2015-03-01 / left hip replacement 3 weeks ago", [("hip", "both", NEW)]),
        ("right hip replacement / left knee osteoarthritis", [("hip", "", ""), ("knee", "", "")]),
        (
            "no sciatica, right hip replacement 2015-03-01, left hip replacement 3 weeks ago",
            [("hip", "both", NEW)],
        ),
        ("knee osteoarthritis onset 3 weeks ago 2015-03-01", [("knee", "", NEW)]),
        ("hip replacement 2015-03-01, surgery 3 weeks ago", [("hip", "", NEW)]),
    ],
)
def test_what_cannot_be_told_apart_is_guarded_widely_and_kept_to_be_checked(joints, line, found):
    read = read_facts(line, clinic=joints)
    new = str(weeks(joints, 3))
    assert rows(read) == [(code, side, day.format(new=new)) for code, side, day in found]
    assert read.free_words == line


def test_a_day_alone_beside_an_onset_is_that_of_the_surgery(joints):
    read = one("hip replacement 3 weeks ago, onset 2015-03-01", joints)
    assert (str(read.onset), read.surgery) == (OLD, weeks(joints, 3))


@pytest.mark.parametrize("order", [1, -1])
def test_two_lines_of_the_same_with_two_days_keep_the_later_and_both_lines(joints, order):
    lines = ["left hip replacement 2015-03-01", "left hip replacement 3 weeks ago"][::order]
    read = read_facts("\n".join(lines), clinic=joints)
    assert rows(read) == [("hip", "left", str(weeks(joints, 3)))]
    assert read.free_words.splitlines() == lines


def test_a_second_line_adds_the_day_that_the_first_leaves_out(joints):
    read = read_facts("sciatica\nM54.16 since 3 weeks\nnight pain yesterday\nnight pain", clinic=joints)
    assert [(one.onset, one.code_typed) for one in read.conditions] == [(weeks(joints, 3), "M54.16")]
    assert [one.noted for one in read.symptoms] == [joints.today() - timedelta(days=1)]
    assert read.free_words == ""


def test_a_symptom_and_a_condition_on_one_line_have_their_own_days(joints):
    read = read_facts("night pain since yesterday, left hip replacement 3 weeks ago", clinic=joints)
    assert [one.noted for one in read.symptoms] == [joints.today() - timedelta(days=1)]
    assert rows(read) == [("hip", "left", str(weeks(joints, 3)))]


def test_what_stands_behind_the_end_of_a_line_is_kept(joints):
    line = "left hip replacement" + " " * 290 + "right hip replacement"
    assert read_facts(line, clinic=joints).free_words == line


def test_no_line_of_a_long_paste_is_dropped(library):
    text = "\n".join(f"thing {number}" for number in range(MAX_LINES + 5))
    assert len(read_facts(text, clinic=library).unread) == MAX_LINES + 5


def test_a_side_is_read_while_the_approved_library_tells_sides(clinic, reviewer):
    load(conditions=(condition("knee", sided=True),))
    load(conditions=(condition("knee"),))
    read = one("left knee", clinic)
    assert (read.side, read.has_sides) == ("left", True)
    approving.approve(things=vocabulary_work(clinic), clinic=clinic, by=reviewer)
    read = one("left knee", clinic)
    assert (read.side, read.has_sides) == ("", False)


def test_the_questions_do_not_grow_with_lines(library, django_assert_num_queries):
    with django_assert_num_queries(4):
        read_facts("sciatica\nACL reconstruction\nnight pain\nM54.16\nwhatever", clinic=library)


def test_a_retired_symptom_is_not_read(library):
    retire_symptom(Symptom.objects.get(code="night_pain"))
    read = read_facts("Night pain", clinic=library)
    assert (list(read.symptoms), [one.line for one in read.unread]) == ([], ["Night pain"])
