"""Whom a text of the library is for, in words: a reviewer approves words for those who will read them."""

from django.utils.translation import gettext as _

from plans.libraryfiles import Audience


def audience_in_words(audience: Audience) -> str:
    if audience.everybody:
        return _("everybody")
    named = [
        *audience.conditions,
        *audience.symptoms,
        *(_("exercises for %(region)s") % {"region": region} for region in audience.regions),
    ]
    return ", ".join(named).replace("_", " ") or _("nobody")
