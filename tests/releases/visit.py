"""Opens all of an upgraded database: the desk, the API, the link; tells what it saw as JSON on standard output."""

import json
import os
import re
import sys

from celery import current_app
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from plans.actions import approving
from plans.actions.encryption import decrypt
from plans.api import urls
from plans.content import content_hash, from_json, to_json
from plans.models import (
    Membership,
    Publication,
    Rendering,
    RenderingState,
    User,
    WebhookEndpoint,
)
from plans.rendering import storage

ROWS = 3
"""How many rows of each list are opened."""


def main():
    current_app.loader.import_default_modules()
    about = json.loads(os.environ["RELEASE_ABOUT"])
    seen = {
        "link": link(about),  # before the next version renews it
        "sheet": sheet(about),
        "desk": desk(about),
        **api(about),
        "content": content(about),
        "webhooks": [len(decrypt(row.secret)) > 0 for row in WebhookEndpoint.objects.all()],
    }
    json.dump(seen, sys.stdout)


def desk(about):
    """The status of each page of the desk that somebody may open, by address; the best of all who tried."""
    best, paths = {}, list(desk_paths())  # before the first visit, which itself leaves rows in the audit
    for name in about["people"]:
        browser = signed_in(name, about)
        for path in paths:
            status = browser.get(path).status_code
            best[path] = min(status, best.get(path, status))
    return best


def signed_in(name, about):
    browser = Client()
    answer = browser.post("/admin/login/", {"username": name, "password": about["password"]})
    assert answer.status_code == 302, (name, answer.status_code)
    return browser


def desk_paths():
    yield "/admin/"
    for model in admin.site._registry:
        area = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{area}_changelist")
        for row in shown_rows(model).order_by("pk")[:ROWS]:
            yield reverse(f"{area}_change", args=[row.pk])
            yield reverse(f"{area}_history", args=[row.pk])


def shown_rows(model):
    """All rows but those that nobody opens: the account of a system."""
    hidden = {
        User: {"system__isnull": False},
        Membership: {"person__system__isnull": False},
    }
    return model._default_manager.exclude(**hidden.get(model, {"pk": None}))


def api(about):
    software = Client()
    form = {key: about[key] for key in ("client_id", "client_secret")} | {"grant_type": "client_credentials"}
    token = software.post("/api/v1/oauth/token/", form).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}

    def get(path):
        return software.get(f"/api/v1/{path}", headers=headers)

    lead = signed_in("kept.lead", about)
    lists = {
        path: min(get(path).status_code, lead.get(f"/api/v1/{path}").status_code) for path in list_paths()
    }
    pdf = get(f"publications/{about['publication']}/pdf/")
    file = software.get(pdf["Location"], headers=headers)
    plan = get(f"plans/{about['plan']}/").json()
    patient = get("patients/").json()["results"]
    return {
        "api": lists,
        "publication": get(f"publications/{about['publication']}/").status_code,
        "pdf": sha256_of(file),
        "plan": {name: plan[name] for name in ("title", "status") if name in plan},
        "patients": sorted(one["name"] for one in patient),
        "next_version": next_version(software, headers, about),
    }


def list_paths():
    """Every list of the API, such as `plans/`."""
    for pattern in urls.router.urls:
        path = str(pattern.pattern)
        if "<" not in path and pattern.callback.actions.get("get") == "list":
            yield path


def next_version(software, headers, about):
    """Change the plan and issue it again, as before the upgrade; let a worker make its file.

    Where the newer release changed fixed words, a reviewer approves them first, as in each clinic.
    """
    approve_words(Publication.objects.get(pk=about["publication"]).plan.patient)

    def send(method, path, body):
        answer = getattr(software, method)(
            f"/api/v1/plans/{about['plan']}/{path}",
            json.dumps(body),
            "application/json",
            headers=headers | {"If-Match": "*"},
        )
        assert answer.status_code < 300, answer.content
        return answer.json()

    send("patch", "", {"note": "Written by the newer release."})
    prepared = send("post", "prepare/", {})
    reasons = [
        {"fingerprint": one["fingerprint"], "words": "Tried in the clinic, and it went well."}
        for one in prepared["findings"]
        if one["needs_reason"]
    ]
    issued = send("post", "publish/", {"formats": ["patient-a4-normal-colour"], "reasons": reasons})
    publication = Publication.objects.get(pk=issued["id"])
    # A worker takes the file whose turn it is, so what waited at the time of the release comes first.
    for rendering in Rendering.objects.filter(state=RenderingState.QUEUED):
        current_app.tasks["plans.render"].apply(args=[str(rendering.pk)], throw=True)
    states = list(publication.content.renderings.values_list("state", "error_code"))
    return {"number": publication.number, "states": states}


def approve_words(patient):
    reviewer = User.objects.get(username="kept.admin")
    approving.approve_wording(language=patient.language, clinic=patient.clinic, by=reviewer)


def link(about):
    """What the patient does with the link of the release: reads the plan, takes its PDF."""
    browser, path = Client(), f"/p/{about['link']}/"
    year, month, day = about["birth_date"].split("-")
    browser.post(path, {"day": day, "month": month, "year": year})
    page = browser.get(path).content.decode()
    (pdf,) = re.findall(rf'href="({path}\d+/[\w-]+\.pdf)', page)[:1] or [f"{path}none.pdf"]
    file = browser.get(pdf)
    return {"title": about["title"] in page, "pdf": file.status_code == 200 and sha256_of(file)}


def sha256_of(answer):
    return storage.sha256_of(b"".join(answer.streaming_content))


def sheet(about):
    """The page that the code on the printed sheet leads to."""
    code = from_json(Publication.objects.get(pk=about["publication"]).content.json).sheet_code
    return Client().get(f"/sheet/{code}/").status_code


def content(about):
    """The stored words as they are, and as today's code reads them."""
    row = Publication.objects.get(pk=about["publication"]).content
    read = from_json(row.json)
    return {
        "kept": row.json == about["content"]["json"],
        "same": from_json(to_json(read)) == read,
        "named_by": row.pk,
        "hash": content_hash(read),
        "renderings": list(Rendering.objects.filter(content=row).values_list("state", "sha256")),
    }


if __name__ == "__main__":
    main()
