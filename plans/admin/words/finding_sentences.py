"""The sentences of the rules: what is the case, and what the therapist can do. The English is theirs to the letter."""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    # Rules on conditions
    _("Do not start this plan. Record on the patient who cleared it, when and how, once it is."),
    _("Choose another exercise, or record why this one is right for this patient."),
    _("Go on if it suits this patient. Their sheet says what to watch for."),
    _(
        "Let it end or set the review before that day, choose another exercise, or record why this one is right for "
        "this patient. Their sheet says from which day to leave it."
    ),
    _("Go on if it suits this patient. Their sheet says what to watch for, and from which day."),
    _("%(said)s. Holds until cleared."),
    _("%(said)s. No usable %(date)s: applied as if in its time."),
    _("%(said)s. Day %(number)s since the %(date)s when the plan starts; %(end)s."),
    _("%(said)s. Day %(number)s since the %(date)s; %(end)s."),
    _("%(condition)s: %(level)s from %(day)s, while this plan goes on: %(why)s."),
    _("%(condition)s (if it is %(kind)s): %(why)s."),
    _("The rule “%(rule)s” (%(code)s) has no sentence for the patient in this language."),
    _("The rule “%(rule)s” (%(code)s) has a sentence for the patient that nobody approved."),
    _("Have the sentence written and approved in the library."),
    _("%(condition)s: to check first each day. %(why)s."),
    _("Show the patient how. Their sheet says it at the top."),
    # Limits that were set for the patient
    _("Limit of %(name)s, until %(day)s: %(told)s. It asks for %(movement)s."),
    _("Limit of %(name)s, until cleared: %(told)s. It asks for %(movement)s."),
    _("Limit of %(name)s, until %(day)s: %(told)s. Not checked: no movement is named that the rules know."),
    _("Limit of %(name)s, until cleared: %(told)s. Not checked: no movement is named that the rules know."),
    _(
        "Choose another exercise, or record why this one is right for this patient. Their sheet tells the limit."
    ),
    _("See to it yourself that the plan keeps to it. Their sheet tells the limit."),
    # Dates, sides and kinds of conditions
    _("%(condition)s: the due date, %(day)s, is past. Is the child born? %(rules)s."),
    _("If the child is born, remove the condition. If not, leave it, or correct the date."),
    _("%(condition)s: no %(date)s. Rules that count from it apply as if in their time."),
    _("%(condition)s: the %(date)s is not known. Rules that count from it apply as if in their time."),
    _("Enter the %(date)s, or that there was no operation."),
    _("Enter the %(date)s."),
    _("%(what)s, %(day)s, is in the future."),
    _("%(what)s, %(day)s, is too far ahead."),
    _("%(what)s, %(day)s, is before the patient's birth."),
    _("%(what)s, %(day)s, is before the start of the plan."),
    _("Correct the date."),
    _("%(condition)s: no side is recorded. Rules about it speak of both sides."),
    _("Record the side."),
    _(
        "%(condition)s: which kind it is, is not recorded. What one of its kinds must not do is a caution until it is."
    ),
    _("Record which kind it is."),
    # Causes, warning signs, clearances, pain
    _("%(condition)s: the cause must be treated before exercise."),
    _("Refer the patient. Record on the patient who cleared it, when and how, once it is treated."),
    _("%(symptom)s is a warning sign that needs emergency care now."),
    _("%(symptom)s is a warning sign that a doctor must see the same day."),
    _(
        "Send the patient to emergency care. No plan until a clinician records on the patient that it was cleared, "
        "when and how."
    ),
    _(
        "Send the patient to a doctor today. No plan until a clinician records on the patient that it was cleared, "
        "when and how."
    ),
    _("%(condition)s: the clearance does not count."),
    _("Enter by whom, how, and a day that is neither ahead nor before the fact that it clears."),
    _("This patient needs pain control before exercise."),
    _("Settle pain relief first, then untick it on the patient's page."),
    # What is not known
    _("No condition is recorded: the rules cannot help."),
    _("Record the patient's conditions."),
    _("The plan has no exercise."),
    _("Add at least one exercise."),
    _("“%(words)s” names %(names)s, which is not recorded: none of its rules was applied."),
    _("“%(words)s” names %(names)s, which are not recorded: none of their rules was applied."),
    _("Record it, or say why the plan goes on without it."),
    _("Record them, or say why the plan goes on without them."),
    _("Of “%(words)s” only %(names)s was read: the rest is unchecked."),
    _("“%(words)s” is read as denied or as somebody else's: unchecked."),
    _("“%(words)s” matches no condition: unchecked."),
    _("Check it yourself, or record a known condition."),
    _("%(code)s stands for %(names)s: the rules of all of them were applied."),
    _("Remove what the patient does not have."),
    # Review and burden
    _("No review date."),
    _("Enter the day on which you will see the plan again."),
    _("The review date, %(day)s, is past."),
    _("Enter a new one."),
    _("The review date, %(day)s, is more than %(months)s months after the start."),
    _("See the patient earlier, if you can: until then nobody looks at this plan."),
    _("About %(minutes)s minutes a day."),
    _("Ask what fits into this patient's day, and shorten the plan."),
    _("%(changes)s changes of position; in a better order, %(fewer)s."),
    _("Put exercises in the same position together."),
    _("%(number)s exercises: the more there are, the fewer get done. 1 to 3 work best."),
    _("Shorten the plan, or record why this patient can do so many."),
    _("Keep those that matter most."),
    # Doses
    _("Correct the dose."),
    _("The exercise ends on %(day)s, which is past."),
    _("Neither repetitions nor time."),
    _("Say how many times, or how long."),
    _("Several sets without a rest between them."),
    _("Say how long to rest."),
    _("This exercise works one side, and the dose does not say which."),
    _("Choose each side, left or right."),
    _("The dose names a side, but this exercise works both at once."),
    _("Leave the side blank."),
    _("Nothing says how often."),
    _("Give times a day and days a week, here or as the plan's default."),
    _("How often is half said: %(often)s missing."),
    _("Add %(often)s."),
    _("%(dose)s: %(span)s is outside %(safe)s, which this exercise allows."),
    _("Change the dose, or record why this one is right for this patient."),
    # The library
    _("This exercise is in the plan twice."),
    _("Remove one of the two."),
    _("This exercise is not approved by a reviewer of the clinic."),
    _("Ask a reviewer, or choose another."),
    _("This exercise has no text in the patient's language (%(language)s)."),
    _("Choose another exercise or language."),
    _("The text of this exercise (%(language)s) is not approved by a reviewer of the clinic."),
    _(
        "Warning signs without a sentence in the patient's language (%(language)s), so not printed: %(names)s."
    ),
    _("Tell the patient yourself, or choose another language."),
    _("Warning signs whose sentence (%(language)s) no reviewer has approved, so not printed: %(names)s."),
    _("Ask a reviewer, or tell the patient yourself."),
    _("Warning signs without room on their page, so not printed: %(names)s."),
    _("Tell the patient yourself."),
    _("The leaflet “%(title)s” has no text in the patient's language (%(language)s)."),
    _("Leave it out."),
    _("The leaflet “%(title)s” (%(language)s) is not approved by a reviewer of the clinic."),
    _("Ask a reviewer, or leave it out."),
    _("The fixed words of the handout are not reviewed in this language (%(language)s)."),
    _("Choose another language, or have them reviewed."),
    _("Nothing says what this exercise asks of the body: no rule could be applied."),
    _("Have its movements entered in the library."),
    _("This exercise was withdrawn from the library."),
    _("Choose another exercise, or record why this patient keeps it."),
    _("Revision %(number)s of this exercise; the clinic goes on with revision %(newer)s."),
    _("Look at what changed, and take the newest approved revision."),
    _("The approval of a newer revision of this exercise was withdrawn."),
    _("Ask a reviewer whether this one may go on, or choose another exercise."),
    _("Not at home: %(things)s."),
    _("Lend it, choose another exercise, or correct what is at home."),
    _("Weigh both, and go on only if what would justify it is there."),
)
