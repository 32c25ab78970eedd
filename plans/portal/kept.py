"""What a phone keeps of a plan, by the patient's wish: the one exception from `no-store` (docs/decisions/0010)."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.utils import timezone

from plans import __version__
from plans.actions.logs.all_done import sessions_of
from plans.content import PlanContent, from_json
from plans.contraindications import RedFlag
from plans.models import LogEntry, Plan, Publication
from plans.portal.responses import link_path
from plans.portal.told import slots_of
from plans.queries.logs import entries_of, known_signs
from plans.rendering import moving

KEPT = "kept"
LATE, AWAY = "kept/late/", "kept/away/"


def is_for_keeping(request: HttpRequest) -> bool:
    """Whether a page is asked for that a phone will show without a network: it says nothing that was told."""
    return KEPT in request.GET


def closed_list() -> dict[str, object]:
    """Return the answer to whoever has not opened the link on a remembered device, whatever the reason."""
    return {"state": "closed", "now": _now()}


def keep_list(publication: Publication, *, token: str, state: str) -> dict[str, object]:
    """Return what to keep of a plan, and what a phone has to know to act on it without a network."""
    content, plan, home = from_json(publication.content.json), publication.plan, link_path(token)
    clinic = plan.patient.clinic
    flags = known_signs(content)
    return {
        "state": state,
        "now": _now(),
        "plan": str(plan.pk),
        "zone": clinic.zone.key,
        "mark": _mark(publication, content, state),
        "pages": pages_of(content, home=home) if state == "open" else [home],
        "items": [
            {"key": item.key, "least": sessions_of(item), "most": slots_of(item)} for item in content.items
        ],
        "ease": content.clinic.pain_guide.ease_off_to,
        "emergencies": sorted(code for code, flag in flags.items() if flag is RedFlag.EMERGENCY),
        "told": _told(plan),
    }


def pages_of(content: PlanContent, *, home: str) -> list[str]:
    """Return the addresses of the pages that are kept: the worker finds pictures, styles and scripts in them."""
    exercises = [f"exercise/{item.number}/" for item in content.items]
    forms = [f"log/{item.number}/" for item in content.items]
    return [home + rest for rest in ("", LATE, AWAY, "warnings/", "log/", *exercises, *forms)]


def _mark(publication: Publication, content: PlanContent, state: str) -> str:
    """Name what the pages are made of: with another one they are fetched anew."""
    made_of: Sequence[object] = (
        state,
        publication.pk,
        publication.content_id,
        __version__,
        getattr(staticfiles_storage, "manifest_hash", ""),
        moving.ready_ids(content),
    )
    return sha256(repr(made_of).encode()).hexdigest()[:32]


def _told(plan: Plan) -> Mapping[str, Any]:
    """Return the outcome of each session that was told of today: the phone asks for none of them again."""
    today = plan.patient.clinic.today()
    items: dict[str, dict[int, str]] = {}
    rows: Sequence[LogEntry] = list(entries_of(plan, first=today, last=today))
    for row in rows:
        items.setdefault(str(row.item_key), {})[row.session] = row.outcome
    return {"day": today.isoformat(), "items": items}


def _now() -> int:
    return int(timezone.now().timestamp() * 1000)
