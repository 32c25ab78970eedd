"""Who did what, when: appended, never changed."""

from django.db import models

from plans.models.base import Identified, WrittenOnce
from plans.models.clinics import Clinic, User


class AuditVerb(models.TextChoices):
    """What was done, with the words that a lead reads. A verb that is stored once never changes its value."""

    PATIENT_MADE = "patient.made", "added the patient"
    PATIENT_CHANGED = "patient.changed", "changed the patient"
    PATIENT_CLEARED = "patient.cleared", "recorded a clearance"
    PATIENT_LIMIT_SET = "patient.limit_set", "recorded a limit"
    PATIENT_ROW_REMOVED = "patient.row_removed", "removed a condition, symptom or limit"
    PATIENT_VIEWED = "patient.viewed", "looked at the patient"
    PATIENT_HANDED_OVER = "patient.handed_over", "handed the patient over"
    PATIENT_HANDOVER_SEEN = "patient.handover_seen", "read what was handed over"
    PATIENT_NOTED = "patient.noted", "wrote a note on the patient"
    PATIENT_LISTED = "patient.listed", "read a list of patients"
    PLAN_MADE = "plan.made", "wrote the plan"
    PLAN_CHANGED = "plan.changed", "changed the plan"
    PLAN_PROTOCOL_ADDED = "plan.protocol_added", "added a protocol"
    PLAN_PHASE_ENTERED = "plan.phase_entered", "went on to the next phase"
    PLAN_VIEWED = "plan.viewed", "looked at the plan"
    PLAN_TO_BE_REVIEWED = "plan.to_be_reviewed", "listed the plan to be reviewed"
    PLAN_REVIEWED = "plan.reviewed", "looked at what the rules say anew"
    FOLLOW_UP_SEEN = "follow_up.seen", "saw what is to be followed up"
    FOLLOW_UP_DONE = "follow_up.done", "was done with what was to be followed up"
    PLAN_REORDERED = "plan.reordered", "put the exercises in a better order"
    PLAN_REVISIONS_RENEWED = "plan.revisions_renewed", "took the newest revisions"
    PLAN_REASON_TAKEN_BACK = "plan.reason_taken_back", "took back a reason for going on"
    PLAN_REVISIONS_TAKEN_BACK = "plan.revisions_taken_back", "went back to the revisions before"
    PLAN_LOOKED_OVER = "plan.looked_over", "looked at the publish page"
    PLAN_PUBLISHED = "plan.published", "published the plan"
    PLAN_STOPPED = "plan.stopped", "stopped the plan"
    PLAN_RESTARTED = "plan.restarted", "resumed the stopped plan"
    PLAN_DELETED = "plan.deleted", "deleted the draft"
    PLAN_PAUSED = "plan.paused", "paused the plan"
    PLAN_RESUMED = "plan.resumed", "resumed the plan"
    PLANS_REISSUE_ORDERED = "plans.reissue_ordered", "ordered plans to be issued again"
    LIBRARY_PROTOCOL_REVISED = "library.protocol_revised", "changed a protocol of the library"
    LIBRARY_PROTOCOL_RETIRED = "library.protocol_retired", "retired a protocol of the library"
    ADVICE_RETIRED = "library.advice_retired", "retired advice of the library"
    LEAFLET_RETIRED = "library.leaflet_retired", "retired a leaflet of the library"
    MEASURE_RETIRED = "library.measure_retired", "retired a measure of the library"
    SYMPTOM_RETIRED = "library.symptom_retired", "retired a symptom of the library"
    PROTOCOL_MADE = "protocol.made", "wrote the protocol"
    PROTOCOL_CHANGED = "protocol.changed", "changed the protocol"
    PROTOCOL_RETIRED = "protocol.retired", "retired the protocol"
    PROTOCOL_RESTORED = "protocol.restored", "took the protocol into use again"
    PUBLICATION_VIEWED = "publication.viewed", "looked at a version"
    PUBLICATION_TAUGHT = "publication.taught_back", "recorded that the plan was shown and taught back"
    PUBLICATION_TEACHING_TAKEN_BACK = (
        "publication.taught_back_undone",
        "took back that the plan was shown and taught back",
    )
    RENDERING_OPENED = "rendering.opened", "opened the PDF"
    RENDERING_QUEUED_AGAIN = "rendering.queued_again", "queued files again"
    LINK_MADE = "link.made", "made the personal link"
    LINK_REVOKED = "link.revoked", "revoked the personal link"
    LINK_OPENED = "link.opened", "opened the personal link (patient)"
    LINK_BLOCKED = "link.blocked", "the personal link was closed after too many wrong birth dates"
    DEVICE_REMEMBERED = "device.remembered", "let a device remember the personal link (patient)"
    DEVICE_FORGOTTEN = "device.forgotten", "had a device forget the personal link (patient)"
    DEVICE_ENDED = "device.ended", "ended a device that remembered the personal link"
    LINK_DOWNLOADED = "link.downloaded", "downloaded the PDF (patient)"
    LOG_TOLD = "log.told", "wrote down how the exercises went"
    LOG_KEYED_IN = "log.keyed_in", "keyed in the log of a sheet"
    LOG_VIEWED = "log.viewed", "read how the exercises went"
    MEASURE_TOLD = "measure.told", "wrote down a measure"
    MEASURE_ACTIVITIES_WRITTEN = "measure.activities_written", "wrote down the patient's own activities"
    MEASURE_VIEWED = "measure.viewed", "read the measures"
    MAIL_CONSENT_GIVEN = "mail.consent_given", "recorded that the patient agrees to mails"
    MAIL_CONSENT_WITHDRAWN = "mail.consent_withdrawn", "recorded that the patient wants no mails"
    MAIL_ASKED = "mail.asked", "had the personal link sent by mail"
    MAIL_ENDED = "mail.ended", "the mail with the personal link was sent, or failed"
    MAIL_BOUNCED = "mail.bounced", "reported that the mail came back"
    MAIL_CANCELLED = "mail.cancelled", "the mail with the personal link was not sent any more"
    REMINDERS_ASKED = (
        "reminders.asked",
        "asked for reminders at an address that was typed on the page (patient)",
    )
    REMINDERS_ON = "reminders.on", "switched reminders on"
    REMINDERS_CHANGED = "reminders.changed", "changed the hour of the reminders"
    REMINDERS_OFF = "reminders.off", "reminders ended"
    LIBRARY_APPROVED = "library.approved", "approved texts of the library"
    LIBRARY_SENT_BACK = "library.sent_back", "sent an entry of the library back"
    LIBRARY_WITHDRAWN = "library.withdrawn", "took approvals back"
    LIBRARY_WORDING_APPROVED = "library.wording_approved", "approved the handout's fixed words"
    EXERCISE_REVISED = "exercise.revised", "wrote an exercise"
    EXERCISE_EASIER_NAMED = "exercise.easier_named", "said which exercise is easier"
    EXERCISE_RETIRED = "exercise.retired", "retired an exercise"
    EXERCISE_RECALLED = "exercise.recalled", "recalled an exercise"
    EXERCISE_DELETED = "exercise.deleted", "deleted an exercise"
    RULE_REVISED = "rule.revised", "wrote a rule"
    RULE_RETIRED = "rule.retired", "asked for a rule's retirement"
    VOCABULARY_REVISED = "vocabulary.revised", "changed what the rules read in a word of the library"
    CLINIC_MADE = "clinic.made", "added the clinic"
    CLINIC_CHANGED = "clinic.changed", "changed the clinic"
    PERSON_MADE = "person.made", "added the account"
    PERSON_CHANGED = "person.changed", "changed the account"
    PERSON_PASSWORD_SET = "person.password_set", "set a password"
    ROLE_FIRST_LEAD = "role.first_lead", "made the clinic's first lead, by a command"
    ROLE_GIVEN = "role.given", "gave a role"
    ROLE_TAKEN = "role.taken", "took a role away"
    SYSTEM_MADE = "system.made", "added a system"
    SYSTEM_KEY_MADE = "system.key_made", "made a key"
    SYSTEM_KEY_REVOKED = "system.key_revoked", "revoked a key"
    SYSTEM_ENDED = "system.ended", "ended a system"
    WEBHOOK_MADE = "webhook.made", "added a webhook"
    WEBHOOK_CHANGED = "webhook.changed", "changed a webhook"
    WEBHOOK_SECRET_RENEWED = "webhook.secret_renewed", "renewed a webhook's secret"
    WEBHOOK_PAUSED = "webhook.paused", "failed too often and was paused"
    WEBHOOK_RESUMED = "webhook.resumed", "resumed a webhook"
    WEBHOOK_REMOVED = "webhook.removed", "removed a webhook"
    WEBHOOK_REPLAYED = "webhook.replayed", "sent a webhook's event again"
    AUDIT_LISTED = "audit.listed", "looked at who did what"
    AUDIT_VIEWED = "audit.viewed", "read the patient's audit"


class AuditEvent(Identified, WrittenOnce):
    """One act or one reading. Objects are named by id; `detail` holds codes, never patient data.

    `person` is whose account, role or password it was about.
    """

    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on_behalf_of = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verb = models.CharField(
        max_length=48
    )  # an AuditVerb, held by audit.append; no migration for each new one
    object_type = models.CharField(max_length=32)
    object_id = models.CharField(max_length=64)
    patient_id = models.UUIDField(null=True, blank=True, db_index=True)
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type}"
