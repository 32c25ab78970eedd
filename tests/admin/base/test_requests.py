"""What the steps of one request tell each other."""

from django.test import RequestFactory

from plans.admin.base.admin import FormOvertaken
from plans.admin.base.requests import state_of


def test_a_form_that_was_refused_reads_the_library_again():
    request = RequestFactory().get("/")
    before = state_of(request).library
    assert state_of(request).library is before
    state_of(request).refuse(FormOvertaken())
    assert state_of(request).library is not before
    assert isinstance(state_of(request).refusal, FormOvertaken)
