"""What Lighthouse says of the patient's pages on a phone: slow net, slow processor, nothing in its cache."""

import json
import statistics
import subprocess
from pathlib import Path

from django.core.management import call_command
from django.test import Client

from bench.api import running_web
from plans import tokens
from plans.models import DownloadLink
from plans.portal.responses import link_path
from scripts.npm import NODE
from tests.servers import chromium

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"the plan": "", "an exercise": "exercise/1/", "the log": "log/", "the warnings": "warnings/"}


def measure(folder: Path, *, runs: int) -> dict[str, list[int]]:
    """Return the scores of each page, from 0 to 100, one for each run."""
    link = DownloadLink.objects.select_related("plan__patient").filter(plan__publications__isnull=False)[0]
    home = link_path(tokens.token_of(link_id=link.pk, digest=link.token_digest))
    cookies = _cookies(home, link)
    call_command("collectstatic", interactive=False, verbosity=0)
    with running_web(folder) as port:
        site = f"http://127.0.0.1:{port}{home}"
        asked = _ask([site], runs=runs, headers={})
        opened = _ask([site + rest for rest in PAGES.values()], runs=runs, headers={"Cookie": cookies})
    return dict(zip(["the question", *PAGES], [*asked, *opened], strict=True))


def median(scores: list[int]) -> float:
    """Return the score in the middle."""
    return statistics.median(scores)


def _cookies(home: str, link: DownloadLink) -> str:
    born = link.plan.patient.birth_date
    client = Client(SERVER_NAME="127.0.0.1")
    client.post(home, {"day": born.day, "month": born.month, "year": born.year, "remember": "yes"})
    return "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())


def _ask(urls: list[str], *, runs: int, headers: dict[str, str]) -> list[list[int]]:
    asked = {
        "chromium": chromium(),
        "category": "performance",
        "urls": urls,
        "runs": runs,
        "headers": headers,
    }
    answer = subprocess.run(
        [NODE, "scripts/lighthouse.mjs"],
        cwd=ROOT,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return [page["scores"] for page in json.loads(answer.stdout)]
