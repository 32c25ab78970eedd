"""What a key may be given: one scope for each resource and verb. A person who is signed in has all of them."""

from typing import Any

from oauth2_provider.scopes import BaseScopes

SCOPES: dict[str, str] = {
    "library:read": "Read clinics, exercises, movements, conditions, symptoms, rules, advice, leaflets, measures.",
    "clinics:write": "Say in which time zone and country a clinic lies.",
    "findings:read": "Ask what the rules say of conditions and exercises, without storing anything.",
    "protocols:read": "Read protocols.",
    "protocols:write": "Add, change and retire protocols.",
    "patients:read": "Read patients.",
    "patients:write": "Add and change patients.",
    "plans:read": "Read plans and their findings.",
    "plans:write": "Add, change, copy and stop plans.",
    "plans:publish": "Give reasons and publish plans.",
    "publications:read": "Read publications and renderings, and download PDFs.",
    "publications:write": "Record that a publication was shown to the patient and taught back.",
    "renderings:write": "Ask for further renderings of a publication.",
    "links:read": "Read personal links and their openings.",
    "links:write": "Make and revoke personal links.",
    "log:read": "Read what patients told of their exercises.",
    "log:write": "Tell for patients how their exercises went.",
    "measures:read": "Read what patients told at the start and the review of plans, and what changed.",
    "measures:write": "Tell measures for patients.",
    "mails:read": "Read mails with personal links, and where they stand, and reminders.",
    "mails:write": "Send personal links by mail, report returned mails, withdraw consent to mails, switch reminders.",
    "reviews:read": "Read which issued plans are to be looked at again.",
    "reviews:write": "Close reviews.",
    "follow-ups:read": "Read what patients told that should be looked at, and whose plans are silent.",
    "follow-ups:write": "Note that a follow-up was seen, or is done.",
    "audit:read": "Read who did what with a patient's record.",
    "webhooks:read": "Read webhooks and their deliveries.",
    "webhooks:write": "Add, change and remove webhooks, and deliver again.",
}


class KeyScopes(BaseScopes):  # type: ignore[misc]  # the package is untyped
    """A key's own scopes: the most that a token may have, and what it gets when it asks for none."""

    def get_all_scopes(self) -> dict[str, str]:
        return SCOPES

    def get_available_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        return [scope for scope in application.scopes if scope in SCOPES] if application else []

    def get_default_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        return self.get_available_scopes(application)
