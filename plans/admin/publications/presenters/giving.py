"""What is done after publishing: print, show, copy, write into the record, say that it was taught back."""

from typing import Any

from django.utils.translation import get_language

from plans.admin.publications.presenters.mails import mail_context
from plans.languages import SOURCE
from plans.models import Pause, Publication
from plans.queries.record_text import record_text

GIVING = "#give"
"""Where on a version's page it is given to the patient; the page's script takes the keyboard there."""


def giving_context(publication: Publication, *, newest: Publication, pause: Pause | None) -> dict[str, Any]:
    stopped = publication.plan.stopped_on is not None
    return {
        "newest": newest,
        "gives": newest == publication and not stopped and pause is None,
        "teaching": publication.teaching,
        **mail_context(publication),
        "record_text": record_text(publication, language=get_language() or SOURCE),
    }
