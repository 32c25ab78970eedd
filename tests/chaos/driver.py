"""What the chaos test does inside Django, each step a process of its own.

`python -m tests.with_django tests.chaos.driver STEP ...`
"""

import json
import sys
import time
from io import BytesIO
from pathlib import Path

import pikepdf
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import Error, close_old_connections
from django.db.models import Max, Sum
from django.test import Client
from django.urls import reverse

from plans import tokens
from plans.actions import publishing
from plans.content import from_json
from plans.models import DownloadLink, Plan, Publication, Rendering, RenderingState
from plans.rendering.storage import read, sha256_of
from tests import factories
from tests.admin.forms import posted, text_of


def prepare(count):
    """Plans ready to be published, each with a title of its own; one of their exercises has a picture."""
    clinic = factories.clinic()
    pat = factories.therapist(clinic)
    admin = factories.library_admin(clinic)
    photo = factories.uploaded_picture(clinic, by=admin, colour="white", width=600, height=400)
    shown = factories.approved_exercise(clinic, "bridge", photo=photo, clinic=clinic, by=admin)
    exercises = [shown, factories.approved_exercise(clinic)]
    for number in range(int(count)):
        factories.plan(pat, exercises=exercises, title=f"Plan number {number:04d}")


def publish(pace):
    """Publish every plan, `pace` a second, as a therapist would: when the database is away, click again."""
    longest, retried = 0.0, 0
    for number, plan in enumerate(Plan.objects.select_related("patient__therapist").order_by("title"), 1):
        begun = time.monotonic()
        tries = until_published(plan)
        retried += tries - 1
        if tries == 1:
            longest = max(longest, time.monotonic() - begun)
        progress_file().write_text(str(number))
        time.sleep(max(0.0, 1 / float(pace) - (time.monotonic() - begun)))
    say(longest_publish=round(longest, 2), retried=retried)


def progress_file():
    """Holds how many plans are published, for who watches."""
    return Path(settings.DATA_DIR) / "published"


def until_published(plan):
    tries = 0
    while True:
        tries += 1
        try:
            by = plan.patient.therapist
            seen = publishing.prepare(plan=plan, by=by, formats=())
            publishing.publish(
                plan=plan, expected_hash=seen.expected_hash, by=by, formats=[factories.PATIENT_COPY]
            )
        except Error:
            close_old_connections()
            time.sleep(0.5)
        else:
            return tries


def publish_at_desk(number):
    """Publish one plan on the desk's page, and read the page that comes then."""
    plan = Plan.objects.get(title=f"Plan number {int(number):04d}")
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(plan.patient.therapist, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("admin:plans_plan_publish", args=[plan.pk])
    begun = time.monotonic()
    fields = posted(browser.get(address), "publish_form")
    shown = browser.post(address, fields, follow=True)
    seconds = time.monotonic() - begun
    say(seconds=round(seconds, 2), status=shown.status_code, shown=text_of(shown))


def count():
    """How many publications there are, and how many files are ready."""
    ready = Rendering.objects.filter(state=RenderingState.READY).count()
    failed = Rendering.objects.filter(state=RenderingState.FAILED).count()
    running = Rendering.objects.filter(state=RenderingState.RUNNING).count()
    asked = Rendering.objects.count()
    failed_with = sorted(
        Rendering.objects.filter(state=RenderingState.FAILED).values_list("error_code", flat=True)
    )
    say(
        publications=Publication.objects.count(),
        asked=asked,
        ready=ready,
        failed=failed,
        failed_with=failed_with,
        running=running,
    )


def verify():
    """Read every file and hold it against its publication."""
    right, waits, rows = 0, [], Rendering.objects.all()
    for publication in Publication.objects.select_related("content"):
        (rendering,) = Rendering.objects.filter(
            content=publication.content, format=factories.PATIENT_COPY.key
        )
        if rendering.state != RenderingState.READY:
            continue
        data = read(rendering.file.name)
        waits.append((rendering.finished_at - publication.published_at).total_seconds())
        right += sha256_of(data) == rendering.sha256 and shown_by(data) == (
            from_json(publication.content.json).title,
            True,
        )
    known = set(rows.values_list("file", flat=True))
    sums = rows.aggregate(Sum("workers_lost"), Sum("storage_errors"), Max("attempts"))
    say(
        right=right,
        worst_wait=round(max(waits), 1),
        strays=len(stored() - known),
        most_attempts=sums["attempts__max"],
        workers_lost=sums["workers_lost__sum"],
        storage_errors=sums["storage_errors__sum"],
    )


def open_address():
    """The path of one plan's personal link."""
    link = DownloadLink.objects.filter(plan__publications__isnull=False).first()
    say(path=f"/p/{tokens.token_of(link_id=link.pk, digest=link.token_digest)}/")


def shown_by(data):
    """The title of a file, and whether it shows a picture."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return str(pdf.docinfo["/Title"]), any(page.images for page in pdf.pages)


def stored():
    folders = [f"renderings/{name}" for name in default_storage.listdir("renderings")[0]]
    return {f"{folder}/{name}" for folder in folders for name in default_storage.listdir(folder)[1]}


def say(**facts):
    sys.stdout.write(json.dumps(facts) + "\n")


if __name__ == "__main__":
    steps = (prepare, publish, publish_at_desk, count, verify, open_address)
    {step.__name__: step for step in steps}[sys.argv[1]](*sys.argv[2:])
