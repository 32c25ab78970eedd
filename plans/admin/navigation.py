"""The menu at the side: each person sees what they work with."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _

from plans import permissions
from plans.models import User

Allowed = Callable[[Any], bool]


def style_address(request: HttpRequest) -> str:
    return static("desk/desk.css")


def manners_style_address(request: HttpRequest) -> str:
    return static("desk/manners.css")


def manners_address(request: HttpRequest) -> str:
    return static("desk/manners.js")


def words_address(request: HttpRequest) -> str:
    return reverse("admin:jsi18n")


def palette_address(request: HttpRequest) -> str:
    return static("desk/palette.js")


def icon_address(request: HttpRequest) -> str:
    """Return the address of the icon; without one a browser asks for a file that is not there, on every visit."""
    return static("portal/icon.svg")


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    person = request.user
    groups = (_treat(person), _library(person), _service(person))
    return [group for group in groups if group["items"]]


def _treat(person: Any) -> dict[str, Any]:
    care = permissions.may_have_patients
    return _group(
        person,
        _("Patients"),
        _entry(_("Home"), "home", "index", lambda person: True),
        _entry(_("Follow up"), "inbox", "plans_followup_changelist", care),
        _entry(_("Patients"), "group", "plans_patient_changelist", care),
        _entry(_("Plans"), "assignment", "plans_plan_changelist", care),
        _entry(_("Published"), "print", "plans_publication_changelist", care),
    )


def _library(person: Any) -> dict[str, Any]:
    read = permissions.may_read_library
    return _group(
        person,
        _("Library"),
        _entry(_("Exercises"), "fitness_center", "plans_exercise_changelist", read),
        _entry(_("Protocols"), "playlist_add_check", "plans_protocol_changelist", read),
        _entry(_("Library protocols"), "library_add_check", "plans_libraryprotocol_changelist", read),
        _entry(_("Rules"), "rule", "plans_rule_changelist", read),
        _entry(_("Conditions"), "stethoscope", "plans_condition_changelist", read),
        _entry(_("Movements"), "directions_run", "plans_movement_changelist", read),
        _entry(_("Symptoms"), "emergency", "plans_symptom_changelist", read),
        _entry(_("Advice"), "tips_and_updates", "plans_advice_changelist", read),
        _entry(_("Leaflets"), "menu_book", "plans_leaflet_changelist", read),
        _entry(_("Measures"), "speed", "plans_measure_changelist", read),
        _entry(_("Review"), "fact_check", "plans_approval_review", permissions.may_review_somewhere),
        _entry(_("Sent back"), "undo", "plans_sentback_changelist", permissions.may_read_notes),
        _entry(_("Sources"), "source_notes", "plans_source_changelist", read),
    )


def _service(person: Any) -> dict[str, Any]:
    run = permissions.may_run_the_service

    leads = permissions.may_lead

    def either(someone: Any) -> bool:
        return run(someone) or leads(someone)

    return _group(
        person,
        _("Service"),
        _entry(_("Clinics"), "home_health", "plans_clinic_changelist", run),
        _entry(_("People"), "badge", "plans_user_changelist", either),
        _entry(_("Roles"), "key", "plans_membership_changelist", either),
        _entry(_("Issued again"), "sync", "plans_reissue_changelist", leads),
        _entry(
            _("Renderings"), "print_connect", "plans_rendering_changelist", permissions.may_watch_renderings
        ),
        _entry(_("Systems"), "api", "plans_clinicsystem_changelist", leads),
        _entry(_("Webhooks"), "webhook", "plans_webhookendpoint_changelist", leads),
        _entry(_("Who did what"), "history", "plans_auditevent_changelist", either),
    )


def _entry(title: str, icon: str, page: str, allowed: Allowed) -> tuple[Allowed, dict[str, Any]]:
    return allowed, {"title": title, "icon": icon, "link": reverse_lazy(f"admin:{page}")}


def _group(person: Any, title: str, *entries: tuple[Allowed, dict[str, Any]]) -> dict[str, Any]:
    items = [entry for allowed, entry in entries if isinstance(person, User) and allowed(person)]
    return {"title": title, "separator": False, "items": items}
