"""How long this browser stays in, and whether it can be remembered, in the page's language."""

from plans.handout.phrases import write_date
from plans.languages import Language
from plans.portal.session import Visit
from plans.queries.devices import last_day_from, last_day_of
from plans.queries.links import SESSION_IDLE


def say_device(visit: Visit, language: Language, *, closed: bool) -> dict[str, object]:
    """Return what `portal/device.html` says at the foot of a page; to a closed plan no device is remembered."""
    if visit.device:
        return {"remembered_until": write_date(last_day_of(visit.device), language)}
    clinic = visit.link.plan.patient.clinic
    last_day = last_day_from(clinic.today(), visit.link)
    return {
        "session_minutes": SESSION_IDLE.seconds // 60,
        "offered_until": write_date(last_day, language) if clinic.device_days and not closed else "",
    }
