"""What cannot be: a patient's dates and clearances, and doses, as the fields of a page say it."""

from django.utils.translation import gettext_noop as _

PROBLEMS = (
    _("The birth date cannot be after %(day)s."),
    _("The birth date cannot be before %(day)s."),
    _("%(what)s cannot be more than %(days)s days ahead."),
    _("%(what)s cannot be in the future."),
    _("%(what)s cannot be before the birth date."),
    _("%(what)s is later: clear it again, or leave the clearance blank."),
    _(
        "Without a day of onset or surgery, a clearance cannot be before %(day)s: two years before the condition was "
        "recorded here. Give that day, or clear it again."
    ),
    _("When was it cleared?"),
    _("Who cleared it? The clinician's name is needed."),
    _("How was it cleared?"),
    _("What is the limit? Say it in words that the patient reads."),
    _("Who set it? The clinician's name is needed."),
    _("On which day was it set?"),
    _("A limit cannot end before it was set."),
    _("The last day of this limit, %(day)s, is past."),
    _("Are these degrees or kilograms?"),
    _("How many degrees?"),
    _("How many kilograms?"),
    _("An amount is more than nothing. What is forbidden whole is said in words."),
    _("At most %(number)s degrees can be said."),
    _("At most %(number)s kilograms can be said."),
    _("%(dose)s: %(number)s is below %(limit)s."),
    _("%(dose)s: %(number)s is above %(limit)s."),
    _("%(dose)s: from %(low)s to %(high)s is upside down."),
    _("Give repetitions or time, not both."),
    _("Load: at most %(number)s characters."),
)
