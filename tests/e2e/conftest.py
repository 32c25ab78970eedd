"""A clinic with the reviewed starter library, served to a browser, with a real worker behind it."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from plans.actions import approving
from plans.models import (
    AdviceText,
    ExerciseRevision,
    LeafletText,
    LibraryProtocolRevision,
    RuleRevision,
    SymptomSentence,
)
from tests import factories

PASSWORD = "bridge over quiet water"


@pytest.fixture
def service(worker, live_server, settings):
    """The web server and the worker on one database; links lead to this server."""
    settings.PUBLIC_URL = live_server.url
    return live_server.url


@pytest.fixture
def practice(service):
    """A clinic whose reviewer has approved the starter library, and its therapist."""
    call_command("load_library", Path(django_settings.BASE_DIR) / "plans" / "library", verbosity=0)
    clinic = factories.clinic(name="Hill Street Clinic", phone="555 0177", emergency_number="911")
    by = factories.reviewer(clinic)
    for approve, rows in (
        (approving.approve_exercises, {"revisions": ExerciseRevision.objects.filter(newest=True)}),
        (approving.approve_rules, {"revisions": RuleRevision.objects.filter(newest=True)}),
        (approving.approve, {"things": [*AdviceText.objects.all(), *LeafletText.objects.all()]}),
        (approving.approve, {"things": SymptomSentence.objects.all()}),
        (approving.approve, {"things": LibraryProtocolRevision.objects.filter(newest=True)}),
    ):
        approve(**rows, clinic=clinic, by=by)
    for language in ("en", "es"):
        approving.approve_wording(language=language, clinic=clinic, by=by)
    factories.therapist(clinic, username="sam", password=PASSWORD, first_name="Sam", last_name="Rivers")
    return SimpleNamespace(row=clinic, url=service, username="sam", password=PASSWORD)
