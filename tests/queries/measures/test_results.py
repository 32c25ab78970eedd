"""What changed from the start to the last review, and by which sources it counts."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from plans.libraryfiles import DifferenceKind, Region
from plans.models import Condition, Occasion, Source
from plans.queries.measures.results import results_of, rounded
from tests import factories
from tests.logs import issued_days_ago
from tests.measures import WORDS, tell

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REVIEW = Occasion.REVIEW
DIFFERENCES = (
    factories.difference("2", "first"),
    factories.difference("1.5", "second"),
    factories.difference("3.5", "second"),
    factories.difference("2.2", "third", regions=(Region.NECK,)),
    factories.difference("4", "first", kind=DifferenceKind.DETECTABLE),
)


@pytest.fixture
def plan(pat, clinic):
    for code in ("first", "second", "third"):
        Source.objects.create(code=code, title=code, cite=f"{code.title()} 2005")
    factories.approved_measures(clinic, differences=DIFFERENCES)
    return issued_days_ago(factories.publication(pat), 40).plan


def tell_both(plan, pat, before, after):
    today = plan.patient.clinic.today()
    tell(plan, "pain", before, by=pat, day=today - 40 * DAY)
    tell(plan, "pain", after, occasion=REVIEW, by=pat)


def result(plan):
    (found,) = results_of([plan])[plan.pk]
    return found


@pytest.mark.parametrize(
    ("after", "change", "is_better", "reached"),
    [(7, 0, None, 0), (6, -1, True, 0), (5, -2, True, 2), (8, 1, False, 0), (9, 2, False, 2)],
)
def test_a_change_is_held_against_the_smallest_of_each_source(plan, pat, after, change, is_better, reached):
    tell_both(plan, pat, 7, after)
    found = result(plan)
    assert (found.start, found.review, found.change) == (7, after, change)
    assert (found.is_better, found.reached, found.sources) == (is_better, reached, 2)
    assert (found.smallest, found.largest) == (Decimal("1.5"), Decimal(2))


def test_sources_that_differ_all_stand_there(plan, pat):
    factories.measure(differences=DIFFERENCES)
    tell_both(plan, pat, 7, 5)
    assert [(one.cite, str(one.points), one.kind, one.is_reached) for one in result(plan).judged] == [
        ("First 2005", "2", "important", True),
        ("Second 2005", "1.5", "important", True),
        ("Second 2005", "3.5", "important", False),
        ("First 2005", "4", "detectable", False),
    ]


def test_what_is_known_of_a_region_counts_for_its_patients(plan, pat):
    Condition.objects.filter(code="muscle_weakness").update(region="neck")
    tell_both(plan, pat, 7, 5)
    found = result(plan)
    assert (found.reached, found.sources, found.largest) == (2, 3, Decimal("2.2"))


def test_before_the_review_nothing_is_said_of_a_change(plan, pat):
    tell(plan, "pain", 7, by=pat)
    found = result(plan)
    assert (found.start, found.review, found.change, found.judged) == (7, None, None, [])
    assert (found.is_better, found.smallest) == (None, None)


def test_the_last_review_counts(plan, pat):
    today = plan.patient.clinic.today()
    tell(plan, "pain", 7, by=pat, day=today - 40 * DAY)
    for days, value in ((20, 2), (3, 5)):
        tell(plan, "pain", value, occasion=REVIEW, by=pat, day=today - days * DAY)
    found = result(plan)
    assert (found.review, found.review_day, found.start_day) == (5, today - 3 * DAY, today - 40 * DAY)


def test_activities_are_compared_by_their_mean_where_both_were_rated(plan, pat):
    tell(plan, "function", 2, 4, 8, words=WORDS, by=pat)
    tell(plan, "function", 5, 8, None, occasion=REVIEW, by=pat)
    found = result(plan)
    assert (found.start, found.review, found.change, found.is_better) == (
        3,
        Fraction(13, 2),
        Fraction(7, 2),
        True,
    )
    assert [(one.words, one.start, one.review, one.change) for one in found.activities] == [
        ("Climb the stairs", 2, 5, 3),
        ("Put on my socks", 4, 8, 4),
        ("Sleep all night", 8, None, None),
    ]


def test_a_mean_is_held_against_the_points_exactly_and_shown_with_one_digit(plan, pat):
    tell(plan, "function", 3, 3, 4, words=WORDS, by=pat)
    tell(plan, "function", 5, 5, 5, occasion=REVIEW, by=pat)
    found = result(plan)
    assert (found.change, found.reached) == (Fraction(5, 3), 0)  # shown as 1.7, and below 2
    assert [str(rounded(one)) for one in (found.start, found.review, found.change)] == ["3.3", "5", "1.7"]


def test_one_activity_has_a_source_of_its_own(plan, pat):
    one = factories.difference("3", "first", kind=DifferenceKind.DETECTABLE, of_one=True)
    factories.approved_measure(
        plan.patient.clinic, data=factories.activities_data(differences=(one,)), order=2
    )
    tell(plan, "function", 2, 4, words=WORDS[:2], by=pat)
    tell(plan, "function", 5, 5, occasion=REVIEW, by=pat)
    found = result(plan)
    assert [one.is_sure for one in found.activities] == [True, False]
    assert (found.sources, found.reached) == (0, 0)


def test_figures_that_nobody_approved_are_marked(pat, clinic):
    factories.measure()
    plan = factories.publication(pat).plan
    tell(plan, "pain", 7, by=pat)
    assert not result(plan).scale.is_approved


def test_queries_do_not_grow_with_plans_and_numbers(plan, pat, django_assert_max_num_queries):
    plans = [
        plan,
        *(factories.publication(pat, of_plan=factories.plan(pat, of=plan.patient)).plan for _ in range(2)),
    ]
    for one in plans:
        tell(one, "function", 2, 4, 8, words=WORDS, by=pat)
        tell_both(one, pat, 7, 5) if one == plan else tell(one, "pain", 5, by=pat)
    with django_assert_max_num_queries(6):
        assert [len(found) for found in results_of(plans).values()] == [2, 2, 2]
