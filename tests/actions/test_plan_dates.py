"""Dates of a plan: two years ahead at the most, and no date at all that breaks what is done with a plan."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from plans.actions import links, publishing
from plans.actions import plans as plan_actions
from plans.actions.items import ImpossibleDose
from plans.actions.plan_dates import DateTooFar, latest_day
from plans.contraindications import months_after
from plans.dose import Dose, Span
from plans.models import Plan
from plans.queries.checks import check_plan
from plans.queries.issued_checks import check_publication
from tests import factories

ANY_DAY = st.none() | st.dates() | st.sampled_from([date.min, date.max])
LIMIT = 365


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["start_on", "review_on"])
def test_a_date_more_than_two_years_ahead_is_refused_by_name_and_nothing_written(field):
    pat = factories.therapist(factories.clinic())
    assert latest_day() == months_after(factories.in_days(0), 24)
    for day in (latest_day() + timedelta(days=1), date.max):
        with pytest.raises(DateTooFar) as refused:
            factories.plan(pat, **{field: day})
        assert (refused.value.field, str(day) in str(refused.value)) == (field, True)
    assert not Plan.objects.exists()
    assert factories.plan(pat, **{field: latest_day()})


@pytest.mark.django_db
def test_an_exercise_that_ends_more_than_two_years_ahead_is_refused():
    clinic = factories.clinic()
    pat = factories.therapist(clinic)
    row = factories.item(
        factories.approved_exercise(clinic), dose=Dose(repetitions=Span(5, 5), until=date.max)
    )
    plan = factories.plan(pat)
    with pytest.raises(ImpossibleDose, match="Until: 9999-12-31 is more than two years ahead"):
        plan_actions.save_plan(plan=plan, items=[row], by=pat)


@pytest.mark.django_db
def test_a_review_beyond_six_months_is_a_caution_that_lets_the_plan_go_on():
    pat = factories.therapist(factories.clinic())
    publication = factories.publication(pat, of_plan=factories.plan(pat, review_on=factories.in_days(200)))
    assert "review_date_far" in [finding.code for finding in check_plan(publication.plan).findings]


class AnyDate(TestCase):
    """Plans that were written before there was a limit, or by another hand."""

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(start=ANY_DAY, review=ANY_DAY, until=ANY_DAY)
    def test_no_stored_date_breaks_prepare_publish_or_links(self, start, review, until):
        pat = factories.therapist(factories.clinic())
        plan = factories.plan(pat)
        Plan.objects.filter(pk=plan.pk).update(start_on=start, review_on=review)
        plan.items.update(until=until)
        prepared = publishing.prepare(plan=plan, by=pat, formats=[factories.PATIENT_COPY])
        if not prepared.check.stops:
            made = publishing.publish(
                plan=plan, expected_hash=prepared.expected_hash, by=pat, formats=[factories.PATIENT_COPY]
            )
            assert check_publication(made.publication).findings == prepared.check.findings
        for link in (links.ensure_link(plan=plan, by=pat), links.renew_link(plan=plan, by=pat)):
            assert factories.in_days(0) <= link.expires_on <= factories.in_days(LIMIT)
