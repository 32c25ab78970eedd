"""Each named constraint of a model refuses the row that breaks it, and no other: on SQLite and on PostgreSQL.

The rows are written past the actions and the models' own checks: what holds here holds for whoever writes.
"""

from copy import copy
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, F, QuerySet
from django.utils import timezone

from plans.actions import approving, external_ids, systems
from plans.actions.teaching import record_teaching
from plans.models import (
    Advice,
    AdviceText,
    Approval,
    DeviceEnd,
    DraftChange,
    Drawing,
    DrawingState,
    ExerciseInUse,
    FavouriteExercise,
    Figure,
    Handover,
    Occasion,
    PatientNote,
    Pause,
    PauseCause,
    Picture,
    Reason,
    Reissue,
    ReissuedPlan,
    ReissueState,
    Reminder,
    ReminderKind,
    Rendering,
    RenderingState,
    RepeatableCall,
    Review,
    ReviewPlace,
    RevisionHelp,
    RevisionPicture,
    SentBack,
    VocabularyRevision,
    WebhookEndpoint,
)
from tests import factories
from tests.logs import tell, tell_day
from tests.measures import tell as tell_measure

CONSTRAINTS = {
    constraint.name: (model, constraint)
    for model in apps.get_app_config("plans").get_models()
    for constraint in model._meta.constraints
}


def again(row, **changes):
    """Insert the row a second time under another id."""
    second = copy(row)
    for name, value in {"pk": uuid4(), **changes}.items():
        setattr(second, name, value)
    QuerySet(type(row)).bulk_create([second])


def change(row, **changes):
    assert QuerySet(type(row)).filter(pk=row.pk).update(**changes)


def pat():
    return factories.therapist(factories.clinic())


def entry(name, at=None):
    fields = {"conditions": []} if name == "leaflet" else {}
    return apps.get_model("plans", name).objects.create(clinic=at, code="code", **fields)


def device():
    return next(two_links()).devices.create(kind="phone", expires_on=date(2026, 1, 2))


def membership():
    return factories.reviewer(factories.clinic()).memberships.get()


def revision():
    return factories.exercise()


def revision_help():
    return RevisionHelp.objects.create(revision=revision(), condition=factories.condition(), source="ours")


def revision_picture():
    return RevisionPicture.objects.create(
        revision=revision(),
        body="photo",
        picture=picture(),
        consent_by="Kim",
        consent_on=date(2026, 1, 2),
        licence="ours",
    )


def drawing():
    figure = Figure.objects.create(sha256="ab" * 32, text="figure: f")
    return Drawing.objects.create(figure=figure, body="woman30", drawer="1")


def picture(at=None):
    return Picture.objects.create(clinic=at, sha256="ab" * 32, media_type="image/png", width=1, height=1)


def advice_text():
    return AdviceText.objects.create(advice=Advice.objects.create(code="walk", kind="general"), words="Walk.")


def version(name):
    return VocabularyRevision.objects.create(number=1, **{name: getattr(factories, name)()})


def approval(thing):
    clinic = factories.clinic()
    by = factories.reviewer(clinic)
    if thing == "wording":
        approving.approve_wording(language="en", clinic=clinic, by=by)
    else:
        approving.approve(things=[THINGS[thing]()], clinic=clinic, by=by)
    return Approval.objects.get()


THINGS = {
    "revision": revision,
    "text": lambda: revision().texts.get(),
    "rule": factories.rule,
    "sentence": lambda: factories.rule().sentences.get(),
    "advice": advice_text,
    "leaflet": lambda: factories.leaflet().texts.get(),
    "vocabulary": lambda: version("movement"),
    "protocol": factories.library_protocol,
    "sign": lambda: factories.signs(factories.sign_data())[0],
    "measure": lambda: factories.measure().texts.get(),
    "wording": None,
}


def patient_condition():
    return factories.patient(pat()).conditions.get()


def patient_limit():
    return factories.limit(factories.patient(pat()))


def patient_symptom():
    return factories.patient(pat()).symptoms.create(symptom=factories.symptom())


def rendering():
    factories.publication(pat())
    return Rendering.objects.get()


def two_publications():
    by = pat()
    return factories.publication(by), factories.publication(by)


def two_links():
    return (publication.plan.links.get() for publication in two_publications())


def review():
    return Review.objects.create(
        publication=factories.publication(pat()), difference="d", appeared=[], gone=[]
    )


def two_systems():
    clinic = factories.clinic()
    return [systems.make_system(clinic=clinic, name=name, by=None) for name in ("One", "Two")]


def two_external_ids():
    system, by = two_systems()[0], pat()
    for value in ("1", "2"):
        external_ids.set_external_id(system=system, what=factories.patient(by), value=value)
    return system.external_ids.order_by("value")


def delivery(**fields):
    by = factories.lead(factories.clinic())
    endpoint = WebhookEndpoint.objects.create(
        clinic=by.memberships.get().clinic, url="https://example.org", created_by=by
    )
    return factories.delivery(endpoint, **fields)


def again_of_another_event(row):
    return again(row, event=factories.event(row.clinic))


def running_delivery():
    return delivery(state="running", attempt_token=uuid4(), lease_until=timezone.now())


def pause():
    by = pat()
    return Pause.objects.create(plan=factories.plan(by), cause=PauseCause.BY_HAND, paused_by=by)


def follow_up():
    return factories.follow_up(factories.publication(pat()))


def follow_up_of_an_item():
    row = follow_up()
    change(row, item_key=uuid4())
    row.refresh_from_db()
    return row


def mail():
    return factories.mail(pat())


def reason():
    plan = factories.plan(pat())
    return Reason.objects.create(
        plan=plan, fingerprint="0" * 32, finding_code="x", words="Tried here.", created_by=plan.created_by
    )


def teaching():
    by = pat()
    return record_teaching(publication=factories.publication(by), by=by)


def protocol(**fields):
    return factories.protocol(factories.lead(factories.clinic()), **fields)


def reissued_plan():
    plan = factories.plan(pat())
    reissue = Reissue.objects.create(clinic=plan.patient.clinic, created_by=plan.created_by, why="Recall")
    return ReissuedPlan.objects.create(reissue=reissue, plan=plan)


def favourite():
    clinic = factories.clinic()
    exercise = factories.exercise().exercise
    return FavouriteExercise.objects.create(person=factories.therapist(clinic), exercise=exercise)


def draft_change():
    plan = factories.plan(pat())
    return DraftChange.objects.create(plan=plan, number=1, field="title", created_by=plan.created_by)


def reason_without_words():
    plan = factories.plan(pat())
    QuerySet(Reason).bulk_create([Reason(plan=plan, words="", created_by=plan.created_by)])


def handover_to_oneself():
    patient = factories.patient(pat())
    people = dict.fromkeys(("from_person", "to_person", "created_by"), patient.therapist)
    QuerySet(Handover).bulk_create([Handover(patient=patient, **people)])


def note_without_words():
    patient = factories.patient(pat())
    QuerySet(PatientNote).bulk_create([PatientNote(patient=patient, words="", created_by=patient.therapist)])


def take_first(rows, field):
    """Give the second row what the first has in this field."""
    first, second = rows
    change(second, **{field: getattr(first, field)})


BREAKS = {
    "clinic_pain_guide_rises": lambda: change(factories.clinic(), pain_go_on_to=5, pain_ease_off_to=5),
    "clinic_has_time_zone": lambda: change(factories.clinic(), time_zone=""),
    "clinic_crisis_contact_has_phone": lambda: change(factories.clinic(), crisis_contact="Crisis line"),
    "clinic_has_locale": lambda: change(factories.clinic(), locale=""),
    "clinic_devices_end": lambda: change(factories.clinic(), device_days=366),
    "clinic_reviews_within_half_a_year": lambda: change(factories.clinic(), review_days=181),
    "clinic_usual_frequency_can_be_done": lambda: change(factories.clinic(), usual_days_per_week=8),
    "clinic_week_starts_on_a_day": lambda: change(factories.clinic(), week_starts_on=7),
    "membership_once": lambda: again(membership()),
    "membership_reviewer_has_licence": lambda: change(membership(), licence_number=""),
    "revision_number_once": lambda: again(revision(), newest=False),
    "revision_one_newest": lambda: again(revision(), number=2),
    "revision_level_known": lambda: change(revision(), level=4),
    "revision_region_known": lambda: change(revision(), region="tail"),
    "revision_limb_has_a_side": lambda: change(revision(), limb="leg", one_sided=False),
    "revision_help_once": lambda: again(revision_help()),
    "revision_help_has_source": lambda: change(revision_help(), source=""),
    "drawing_once": lambda: again(drawing()),
    "drawing_ready_has_picture": lambda: change(drawing(), state=DrawingState.READY),
    "drawing_failed_has_reason": lambda: change(drawing(), state=DrawingState.FAILED),
    "drawing_running_has_lease": lambda: change(drawing(), state=DrawingState.RUNNING),
    "revision_picture_once": lambda: again(revision_picture()),
    "revision_photo_has_consent": lambda: change(revision_picture(), licence=""),
    "revision_picture_body_known": lambda: change(revision_picture(), body="giant"),
    "text_once_per_language": lambda: again(revision().texts.get()),
    "advice_text_number_once": lambda: again(advice_text()),
    "leaflet_text_number_once": lambda: again(factories.leaflet().texts.get()),
    "leaflet_text_has_title": lambda: change(factories.leaflet().texts.get(), title=""),
    "measure_text_number_once": lambda: again(factories.measure().texts.get()),
    "measure_text_has_words": lambda: change(factories.measure().texts.get(), question=""),
    "measure_text_scale_rises": lambda: change(factories.measure().texts.get(), lowest=10),
    "symptom_sentence_number_once": lambda: again(factories.signs(factories.sign_data())[0]),
    "symptom_sentence_has_words": lambda: change(factories.signs(factories.sign_data())[0], words=""),
    "library_protocol_revision_number_once": lambda: again(factories.library_protocol(), newest=False),
    "library_protocol_one_newest": lambda: again(factories.library_protocol(), number=2),
    "library_protocol_window_has_days": lambda: change(factories.library_protocol(), to_day=0),
    "library_protocol_window_has_anchor": lambda: change(factories.library_protocol(), anchor=""),
    "library_protocol_has_source": lambda: change(factories.library_protocol(), source=""),
    "library_protocol_exercise_once": lambda: again(factories.library_protocol().items.get()),
    "library_protocol_item_names_no_day": lambda: change(
        factories.library_protocol().items.get(), until=date(2030, 1, 1)
    ),
    "patient_record_number_once": lambda: again(factories.patient(pat(), record_number="7")),
    "patient_condition_once": lambda: again(patient_condition()),
    "patient_condition_side_known": lambda: change(patient_condition(), side="front"),
    "patient_condition_cleared_whole": lambda: change(patient_condition(), cleared_by="Dr Example"),
    "patient_symptom_once": lambda: again(patient_symptom()),
    "patient_symptom_cleared_whole": lambda: change(patient_symptom(), cleared_by="Dr Example"),
    "patient_limit_once": lambda: again(patient_limit()),
    "patient_limit_said": lambda: change(patient_limit(), said_by=""),
    "patient_limit_amount_whole": lambda: change(patient_limit(), unit="degrees"),
    "patient_limit_ends_after_it_began": lambda: change(patient_limit(), until=date(2001, 1, 1)),
    "patient_limit_side_known": lambda: change(patient_limit(), side="front"),
    "patient_limit_cleared_whole": lambda: change(patient_limit(), cleared_by="Dr Example"),
    "favourite_exercise_once": lambda: again(favourite()),
    "draft_change_names_a_field": lambda: change(draft_change(), field=""),
    "draft_change_is_numbered": lambda: change(draft_change(), number=0),
    "reason_has_words": reason_without_words,
    "patient_note_has_words": note_without_words,
    "handover_between_two_people": handover_to_oneself,
    "picture_once_shared": lambda: again(picture()),
    "picture_once_in_clinic": lambda: again(picture(factories.clinic())),
    "publication_number_once": lambda: take_first(two_publications(), "plan"),
    "published_revision_once": lambda: again(two_publications()[0].published_revisions.get()),
    "review_once": lambda: again(review(), closed_at=timezone.now()),
    "review_one_open": lambda: again(review(), difference="e"),
    "rendering_once": lambda: again(rendering()),
    "rendering_ready_has_file": lambda: change(rendering(), state=RenderingState.READY),
    "rendering_running_has_lease": lambda: change(rendering(), state=RenderingState.RUNNING),
    "rendering_failed_has_reason": lambda: change(rendering(), state=RenderingState.FAILED),
    "device_end_says_how": lambda: change(device(), ended_at=timezone.now()),
    "device_ended_by_someone": lambda: change(device(), ended_at=timezone.now(), ended_how=DeviceEnd.CLINIC),
    "link_one_open_per_plan": lambda: take_first(two_links(), "plan"),
    "link_revoked_by_someone": lambda: change(next(two_links()), revoked_at=timezone.now()),
    "system_name_once": lambda: take_first(two_systems(), "name"),
    "external_id_names_one_object": lambda: take_first(two_external_ids(), "value"),
    "external_id_once_per_object": lambda: take_first(two_external_ids(), "object_id"),
    "repeatable_call_once": lambda: again(RepeatableCall.objects.create(user=pat(), key="key")),
    "delivery_once": lambda: again(delivery()),
    "delivery_running_has_lease": lambda: change(delivery(), state="running"),
    "delivery_one_at_a_time": lambda: again_of_another_event(running_delivery()),
    "rule_revision_number_once": lambda: again(factories.rule(), newest=False),
    "rule_one_newest": lambda: again(factories.rule(), number=2),
    "rule_window_has_days": lambda: change(factories.rule(), anchor="surgery", from_day=5, to_day=5),
    "rule_window_has_anchor": lambda: change(factories.rule(), anchor="", from_day=0),
    "rule_check_first_of_whole_plan": lambda: change(factories.rule(), check_first=True),
    "rule_has_source": lambda: change(factories.rule(), source=""),
    "sentence_once_per_language": lambda: again(factories.rule().sentences.get()),
    "vocabulary_revision_of_one_entry": lambda: change(version("movement"), symptom=factories.symptom()),
    "approval_of_one_thing": lambda: change(approval("revision"), wording="en:0"),
    "approval_has_licence": lambda: change(approval("revision"), licence_number=""),
    "approval_withdrawn_by_someone": lambda: change(approval("revision"), withdrawn_at=timezone.now()),
    "sent_back_one_thing": lambda: change(sent_back(), rule=factories.rule()),
    "sent_back_says_why": lambda: change(sent_back(), words=""),
    "sent_back_closed_by_someone": lambda: change(sent_back(), closed_at=timezone.now()),
    "review_place_once": lambda: again(review_place()),
    "exercise_in_use_once_in_clinic": lambda: again(
        ExerciseInUse.objects.get(revision=factories.approved_exercise(factories.clinic()))
    ),
    "reason_taken_back_by_someone": lambda: change(reason(), taken_back_at=timezone.now()),
    "teaching_once_per_version": lambda: again(teaching()),
    "teaching_taken_back_by_someone": lambda: change(teaching(), taken_back_at=timezone.now()),
    "mail_consent_one_per_patient": lambda: again(mail().consent),
    "mail_consent_withdrawn_by_someone": lambda: change(mail().consent, withdrawn_at=timezone.now()),
    "mail_consent_has_address": lambda: change(mail().consent, address=""),
    "mail_one_waiting_per_link": lambda: again(mail()),
    "mail_running_has_lease": lambda: change(mail(), state="running"),
    "mail_end_has_reason": lambda: change(mail(), state="failed", finished_at=timezone.now()),
    "mail_end_has_time": lambda: change(mail(), state="sent"),
    "follow_up_one_open_per_plan": lambda: again(follow_up()),
    "follow_up_one_open_per_item": lambda: again(follow_up_of_an_item()),
    "follow_up_seen_by_someone": lambda: change(follow_up(), seen_at=timezone.now()),
    "follow_up_done_by_someone": lambda: change(follow_up(), done_at=timezone.now()),
    "follow_up_ends_once": lambda: change(
        follow_up(), done_at=timezone.now(), done_by=factories.person(), ended_at=timezone.now()
    ),
    "clinic_silence_is_a_day": lambda: change(factories.clinic(), silent_days=0),
    "reminder_schedule_one_per_plan": lambda: again(reminders(), stop_digest="x", confirm_digest="y"),
    "reminder_schedule_one_address": lambda: change(reminders(), typed_address="robin@example.org"),
    "reminder_schedule_confirmed_first": lambda: change(
        reminders(), consent=None, typed_address="robin@example.org", confirmed_at=None
    ),
    "reminder_schedule_hour_of_a_day": lambda: change(reminders(), hour=24),
    "reminder_schedule_end_says_why": lambda: change(reminders(), ended_at=timezone.now()),
    "reminder_once_a_day": lambda: again(reminder()),
    "reminder_confirms_once": lambda: again(reminder(kind=ReminderKind.CONFIRM), day=date(2030, 1, 1)),
    "reminder_running_has_lease": lambda: change(reminder(), state="running"),
    "reminder_end_has_reason": lambda: change(reminder(), state="failed", finished_at=timezone.now()),
    "reminder_end_has_time": lambda: change(reminder(), state="sent"),
    "pause_one_open_per_plan": lambda: again(pause()),
    "pause_resumed_by_someone": lambda: change(pause(), resumed_at=timezone.now()),
    "pause_ends_after_it_began": lambda: change(
        pause(), resumed_at=timezone.now() - timedelta(days=1), resumed_by=factories.person()
    ),
    "protocol_title_once_in_use": lambda: again(protocol()),
    "protocol_window_has_days": lambda: change(
        protocol(), window_anchor="surgery", window_from_day=5, window_to_day=5
    ),
    "protocol_window_has_anchor": lambda: change(protocol(), window_from_day=0),
    "protocol_next_is_another": lambda: change(protocol(), next=F("pk")),
    "protocol_item_names_no_day": lambda: change(
        protocol(exercises=[revision()]).items.get(), until=date(2030, 1, 1)
    ),
    "reissued_plan_once": lambda: again(reissued_plan()),
    "reissued_plan_issued_has_publication": lambda: change(reissued_plan(), state=ReissueState.ISSUED),
}
SECTIONS = ("source", "movement", "condition", "symptom", "exercise", "advice", "leaflet", "measure", "rule")
for name, model in (*((one, one) for one in SECTIONS), ("library_protocol", "libraryprotocol")):
    BREAKS[f"{name}_code_once_shared"] = lambda model=model: again(entry(model))
    BREAKS[f"{name}_code_once_in_clinic"] = lambda model=model: again(entry(model, factories.clinic()))
for name in ("alternative_to", "easier", "harder"):
    BREAKS[f"exercise_{name}_is_another"] = lambda name=name: change(revision().exercise, **{name: F("pk")})
for thing in THINGS:
    BREAKS[f"approval_once_{thing}"] = lambda thing=thing: again(approval(thing))
for name in ("movement", "condition", "symptom"):
    BREAKS[f"vocabulary_number_once_{name}"] = lambda name=name: again(version(name), newest=False)
    BREAKS[f"vocabulary_one_newest_{name}"] = lambda name=name: again(version(name), number=2)


def score(code="pain", occasion="start"):
    by = pat()
    factories.approved_measures(by.memberships.get().clinic)
    plan = factories.publication(by).plan
    words = ["Run"] if code == "function" else None
    (row,) = tell_measure(plan, code, 3, words=words, by=by)
    if occasion == "review":
        (row,) = tell_measure(plan, code, 4, words=None, occasion=Occasion.REVIEW, by=by)
    return row


BREAKS |= {
    "own_activity_once": lambda: again(score("function").activity),
    "own_activity_of_three": lambda: change(score("function").activity, place=4),
    "own_activity_has_words": lambda: change(score("function").activity, words=""),
    "score_one_start": lambda: again(score(), day=date(2026, 1, 2)),
    "score_one_start_of_activity": lambda: again(score("function"), day=date(2026, 1, 2)),
    "score_one_review_a_day": lambda: again(score(occasion="review"), value=9),
    "score_one_review_of_activity_a_day": lambda: again(score("function", "review"), value=9),
}


def log_entry():
    return tell(factories.publication(pat()), outcome="skipped", reason="pain")


def day_entry():
    return tell_day(factories.publication(pat()), pain=3)


BREAKS |= {
    "log_entry_once": lambda: again(log_entry()),
    "log_entry_session_of_a_day": lambda: change(log_entry(), session=11),
    "log_entry_reason_of_skipping": lambda: change(log_entry(), outcome="all"),
    "log_entry_pain_to_ten": lambda: change(log_entry(), pain_after=11),
    "day_entry_once": lambda: again(day_entry()),
    "day_entry_pain_to_ten": lambda: change(day_entry(), pain=11),
    "log_change_once": lambda: again(log_entry().changes.get()),
    "log_change_of_one_entry": lambda: change(day_entry().changes.get(), entry=log_entry()),
}


def reminders():
    return factories.reminders(pat())


def reminder(kind=ReminderKind.REMINDER):
    schedule = reminders()
    return Reminder.objects.create(
        clinic=schedule.plan.patient.clinic,
        schedule=schedule,
        kind=kind,
        day=date(2026, 6, 10),
        due_at=timezone.now(),
    )


def sent_back():
    clinic = factories.clinic()
    by = factories.reviewer(clinic)
    return SentBack.objects.create(
        clinic=clinic, created_by=by, revision=factories.exercise(), words="Shorter."
    )


def review_place():
    clinic = factories.clinic()
    by = factories.reviewer(clinic)
    return ReviewPlace.objects.create(clinic=clinic, person=by, page="knee", kind="exercise", code="one")


def broken_by(error, model):
    """Return the names of the constraints that the database says were broken."""
    if connection.vendor == "postgresql":
        return [error.__cause__.diag.constraint_name]
    # SQLite names a check, and of a unique constraint the columns.
    kind, found = str(error).split(" constraint failed: ")
    if kind == "CHECK":
        return [found]
    columns = {column.rpartition(".")[2] for column in found.split(", ")}
    return [
        constraint.name
        for constraint in model._meta.constraints
        if not isinstance(constraint, CheckConstraint)
        and {model._meta.get_field(field).column for field in constraint.fields} == columns
    ]


def test_each_constraint_has_a_row_that_breaks_it():
    assert sorted(BREAKS) == sorted(CONSTRAINTS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BREAKS))
def test_the_database_refuses_the_row(name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BREAKS[name]()
    assert broken_by(refused.value, CONSTRAINTS[name][0]) == [name]


@pytest.mark.parametrize(
    "lacking", [{"consent_by": ""}, {"consent_on": None}, {"licence": ""}, {"rights": "perhaps"}]
)
def test_a_photograph_needs_each_part_of_its_rights(db, lacking):
    row = revision_picture()

    with pytest.raises(IntegrityError, match="revision_photo_has_consent"), transaction.atomic():
        change(row, **lacking)


def test_of_a_photograph_of_an_earlier_release_nothing_is_recorded(db):
    """What a machine of the release before inserts during an upgrade knows none of the columns."""
    row = revision_picture()
    columns = ["id", "revision_id", "body", "mirrored", "picture_id"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO plans_revisionpicture ({', '.join(columns)}) "
            f"SELECT %s, revision_id, body, {'NOT mirrored' if connection.vendor == 'postgresql' else '1'}, picture_id "
            "FROM plans_revisionpicture",
            [uuid4() if connection.vendor == "postgresql" else uuid4().hex],
        )

    old = RevisionPicture.objects.exclude(pk=row.pk).get()
    assert (old.rights, old.consent_by, old.consent_on, old.licence) == ("not_recorded", "", None, "")
