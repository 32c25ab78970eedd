"""Dull people, clinics and exercises. States beyond a draft are reached by real actions."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from uuid import UUID

from django.utils import timezone
from PIL import Image

from plans.actions import (
    approving,
    clinics,
    exercises,
    follow_ups,
    leaflets,
    library_measures,
    library_protocols,
    load_library,
    patients,
    pictures,
    publishing,
    rules,
)
from plans.actions import plans as plan_actions
from plans.actions import protocols as protocol_actions
from plans.actions.mails import asking
from plans.actions.reminders import switching
from plans.content import from_json
from plans.contraindications import Disagreement, RedFlag, Said
from plans.dose import Dose, Side, Span
from plans.handout.formats import Format
from plans.libraryfiles import (
    Anchor,
    Audience,
    Better,
    DifferenceData,
    DifferenceKind,
    Evidence,
    ExerciseData,
    ExerciseText,
    Kind,
    LeafletData,
    LeafletSection,
    LeafletText,
    Level,
    Library,
    MeasureData,
    MeasureKind,
    MeasureText,
    Place,
    Position,
    ProtocolData,
    ProtocolItemData,
    ProtocolText,
    RuleData,
    SymptomData,
    Target,
)
from plans.models import (
    Advice,
    AdviceText,
    Clinic,
    Condition,
    DayEntry,
    Exercise,
    FollowUp,
    FollowUpKind,
    Leaflet,
    LibraryProtocolRevision,
    LogEntry,
    LogSource,
    Measure,
    Movement,
    OutboxEvent,
    Outcome,
    Patient,
    PatientCondition,
    PatientLimit,
    Plan,
    PlanItem,
    Protocol,
    ProtocolItem,
    Role,
    Symptom,
    SymptomSentence,
    User,
    WebhookDelivery,
    WebhookEvent,
)
from plans.pictures import ConvertedPicture
from plans.rendering import claim
from plans.rendering.keep_drawn import keep_drawn

counter = itertools.count(1)
PLACE = Place("factory", 1)
PATIENT_COPY = Format()


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def clinic(**fields):
    return clinics.make_clinic(clinic=Clinic(**{"name": f"Clinic {next(counter)}", **fields}), by=None)


def person(at=None, *roles, licence_number="PT-1", **fields):
    name = f"person{next(counter)}"
    user = User.objects.create_user(
        **{
            "username": name,
            "password": "a long pass phrase",
            "first_name": "Pat",
            "last_name": name.title(),
            "is_staff": True,
            **fields,
        }
    )
    for role in roles:
        licence = licence_number if role == Role.REVIEWER else ""
        clinics.give_role(person=user, clinic=at, role=role, licence_number=licence, by=None)
    return user


def therapist(at, **fields):
    return person(at, Role.THERAPIST, **fields)


def reviewer(at, **fields):
    return person(at, Role.REVIEWER, **fields)


def library_admin(at, **fields):
    return person(at, Role.LIBRARY_ADMIN, **fields)


def lead(at, **fields):
    return person(at, Role.LEAD, **fields)


def movement(code="supine", **fields):
    return Movement.objects.get_or_create(code=code, clinic=None, defaults={"name": code, **fields})[0]


def condition(code="sciatica", **fields):
    return Condition.objects.get_or_create(code=code, clinic=None, defaults={"name": code, **fields})[0]


def symptom(code="low_back_pain", **fields):
    return Symptom.objects.get_or_create(code=code, clinic=None, defaults={"name": code, **fields})[0]


def sign_data(code="double_vision", **fields):
    """A warning sign as a library file says it: an emergency that is printed on every patient's copy."""
    return SymptomData(
        **{
            "code": code,
            "place": PLACE,
            "name": code.replace("_", " ").capitalize(),
            "red_flag": RedFlag.EMERGENCY,
            "audience": Audience(everybody=True),
            "source": "ours",
            "sentences": {"en": f"You have {code.replace('_', ' ')}."},
            **fields,
        }
    )


def signs(*data):
    """Signs of the shared library in this order, which wait for review."""
    load_library.load_library(library=Library(symptoms=data), figures={})
    return list(SymptomSentence.objects.order_by("symptom__order", "language", "number"))


def approved_signs(at, *data):
    rows = signs(*data)
    approving.approve(things=rows, clinic=at, by=reviewer(at))
    return rows


def exercise_text(**fields):
    return ExerciseText(
        **{
            "name": "Heel slide",
            "purpose": "This makes your leg move with ease.",
            "start": "Lie on your back.",
            "steps": ("Slide your heel up.", "Slide it back down."),
            "cautions": ("Stop if it hurts.",),
            "alt": "Two pictures. Start: the leg is straight. End: the knee is bent.",
            **fields,
        }
    )


def disagreement(**fields):
    """Two sources that do not agree."""
    sides = (Said("Guide A", "recommends it."), Said("Guide B", "warns of it."))
    return Disagreement(**{"sides": sides, "go_on_when": "the pain draws back.", **fields})


def exercise_data(code="heel-slide", **fields):
    texts = fields.pop("texts", {"en": exercise_text(name=code.replace("-", " ").capitalize())})
    return ExerciseData(
        **{
            "code": code,
            "place": PLACE,
            "kind": Kind.MOBILITY,
            "position": Position.SUPINE,
            "targets": (Target.L5_S1,),
            "movements": ("supine",),
            "equipment": (),
            "one_sided": False,
            "dose": Dose(sets=Span(1, 1), repetitions=Span(8, 10)),
            "safe": {"repetitions": Span(1, 20)},
            "safe_source": "ours",
            "source": "ours",
            "source_note": "",
            "disagreement": None,
            "alternative_to": None,
            "figure": code,
            "texts": texts,
            **fields,
        }
    )


def exercise(code="heel-slide", *, figure="", photo=None, clinic=None, by=None, **fields):
    """An exercise that waits for review; gives its revision."""
    data = exercise_data(code, **fields)
    for name in data.movements:
        movement(name)
    return exercises.write_exercise(data=data, figure=figure, photo=photo, clinic=clinic, by=by)[0]


def uploaded_picture(at, *, by=None, colour="navy", width=640, height=480):
    """A picture of a clinic, as an upload leaves it."""
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    picture = ConvertedPicture(data=out.getvalue(), width=width, height=height)
    return pictures.add_picture(picture=picture, clinic=at, by=by or library_admin(at))


def drawn_picture(shade=0):
    """A figure that was drawn: another one for each shade."""
    out = BytesIO()
    Image.new("L", (100, 40), shade).save(out, "PNG")
    return keep_drawn(out.getvalue())


def approved_exercise(at, code="heel-slide", **fields):
    """An exercise that the clinic's reviewer has approved, and the fixed words of its languages with it."""
    revision = exercise(code, **fields)
    by = reviewer(at)
    approving.approve_exercises(revisions=[revision], clinic=at, by=by)
    for text in revision.texts.all():
        approving.approve_wording(language=text.language, clinic=at, by=by)
    return revision


def easier_pair(at, *, approved=True, hard=None, **easy):
    """An exercise and its easier one, which asks for lying on the front."""
    fields = {"texts": {"en": exercise_text(name="Little bridge")}, "movements": ("prone",), **easy}
    easier = (
        approved_exercise(at, "little-bridge", **fields) if approved else exercise("little-bridge", **fields)
    )
    harder = approved_exercise(at, "bridge", **(hard or {}))
    Exercise.objects.filter(pk=harder.exercise_id).update(easier=easier.exercise_id)
    return harder, easier


def therapy(at, code="massage", words="Massage is part of your treatment."):
    """Another therapy that handouts note, in words that the clinic's reviewer has approved."""
    row = Advice.objects.create(code=code, kind="therapy")
    text = AdviceText.objects.create(advice=row, language="en", words=words)
    approving.approve(things=[text], clinic=at, by=reviewer(at))
    return row


def protocol_text(title, go_on_when=""):
    return ProtocolText(title=title, go_on_when=go_on_when)


def library_protocol_data(code="early", *, exercises=("heel-slide",), **fields):
    dose = fields.pop("dose", Dose(repetitions=Span(5, 10)))
    return ProtocolData(
        **{
            "code": code,
            "place": PLACE,
            "condition": "sciatica",
            "phase": "1 of 2",
            "anchor": Anchor.ONSET,
            "from_day": 0,
            "to_day": 42,
            "next": None,
            "note": "",
            "source": "ours",
            "items": tuple(ProtocolItemData(exercise=name, dose=dose, place=PLACE) for name in exercises),
            "texts": {
                "en": ProtocolText(title="Beginning", go_on_when="The leg is calm."),
                "es": ProtocolText(title="Comienzo", go_on_when="La pierna está tranquila."),
            },
            **fields,
        }
    )


def library_protocol(code="early", **fields):
    """A protocol of the shared library that waits for review; gives its newest revision."""
    condition(fields.get("condition", "sciatica"))
    for name in fields.get("exercises", ("heel-slide",)):
        if not Exercise.objects.filter(code=name, clinic=None).exists():
            exercise(name)
    library_protocols.write_library_protocol(library_protocol_data(code, **fields))
    return LibraryProtocolRevision.objects.get(protocol__code=code, newest=True)


def approved_library_protocol(at, code="early", **fields):
    revision = library_protocol(code, **fields)
    approving.approve(things=[revision], clinic=at, by=reviewer(at))
    return revision


def leaflet_text(title="Know your nerve", *lines):
    section = LeafletSection(heading="What it is", lines=lines or ("It is a long nerve.",))
    return LeafletText(title=title, sections=(section,))


def leaflet_data(code="nerve", *, about=("sciatica",), texts=None):
    return LeafletData(
        code=code,
        place=Place("leaflets.yaml", 1),
        conditions=about,
        source="ours",
        texts=texts or {"en": leaflet_text()},
    )


def leaflet(code="nerve", **fields):
    """A leaflet of the shared library that waits for review."""
    leaflets.write_leaflet(data=leaflet_data(code, **fields), order=1)
    return Leaflet.objects.get(code=code, clinic=None)


def approved_leaflet(at, code="nerve", **fields):
    row = leaflet(code, **fields)
    approving.approve(things=list(row.texts.all()), clinic=at, by=reviewer(at))
    return row


def measure_text(name="Your pain", **fields):
    said = {"question": "How strong is your pain?", "lowest": "no pain", "highest": "the worst pain"}
    return MeasureText(name=name, **{**said, **fields})


def activity_text(name="What you want to do", **fields):
    said = {"question": "Which three things are hard?", "lowest": "I cannot", "highest": "as well as before"}
    return MeasureText(name=name, **{**said, **fields})


def difference(points="2", source="ours", **fields):
    given = {"kind": DifferenceKind.IMPORTANT, "people": "people with back pain", **fields}
    return DifferenceData(source=source, points=Decimal(points), **given)


def measure_data(code="pain", **fields):
    return MeasureData(
        **{
            "code": code,
            "place": PLACE,
            "kind": MeasureKind.PAIN,
            "lowest": 0,
            "highest": 10,
            "better": Better.LOWER,
            "differences": (difference(),),
            "source": "ours",
            "sources": ("ours",),
            "texts": {"en": measure_text()},
            **fields,
        }
    )


def activities_data(code="function", **fields):
    """A measure that asks for the patient's own activities."""
    given = {
        "kind": MeasureKind.OWN_ACTIVITIES,
        "better": Better.HIGHER,
        "texts": {"en": activity_text()},
        **fields,
    }
    return measure_data(code, **given)


def measure(code="pain", *, order=1, data=None, **fields):
    """A measure of the shared library that waits for review."""
    data = data or measure_data(code, **fields)
    library_measures.write_measure(data=data, order=order)
    return Measure.objects.get(code=data.code, clinic=None)


def approved_measure(at, code="pain", **fields):
    row = measure(code, **fields)
    approving.approve(things=list(row.texts.all()), clinic=at, by=reviewer(at))
    return row


def approved_measures(at, **fields):
    """One measure that asks for a number, and one that asks for own activities, in the order of the page."""
    pain = approved_measure(at, data=measure_data(**fields))
    function = approved_measure(at, data=activities_data(), order=2)
    return pain, function


def rule_data(code="rule-x", **fields):
    return RuleData(
        **{
            "code": code,
            "place": PLACE,
            "condition": "sciatica",
            "movements": ("supine",),
            "whole_plan": False,
            "level": Level.CAUTION,
            "anchor": None,
            "from_day": None,
            "to_day": None,
            "until_cleared": False,
            "rationale": "lying on the back can hurt",
            "evidence": Evidence.OPINION,
            "source": "ours",
            "counter_evidence": "",
            "review_on": date(2030, 1, 1),
            "sentences": {"en": "Because of your sciatica: stop if your leg hurts more."},
            **fields,
        }
    )


def rule(code="rule-x", *, clinic=None, by=None, **fields):
    data = rule_data(code, **fields)
    condition(data.condition)
    for name in data.movements:
        movement(name)
    return rules.write_rule(data=data, clinic=clinic, by=by)[0]


def approved_rule(at, code="rule-x", **fields):
    revision = rule(code, **fields)
    approving.approve_rules(revisions=[revision], clinic=at, by=reviewer(at))
    return revision


def patient(by, at=None, *, has=("muscle_weakness",), **fields):
    """A patient of the therapist `by`, with conditions by code."""
    at = at or by.memberships.first().clinic
    row = Patient(
        **{
            "clinic": at,
            "therapist": by,
            "name": f"Robin Example{next(counter)}",
            "birth_date": date(1960, 5, 17),
            **fields,
        }
    )
    row.birth_date = Patient._meta.get_field("birth_date").to_python(row.birth_date)
    conditions = [PatientCondition(patient=row, condition=condition(code)) for code in has]
    return patients.save_patient(patient=row, conditions=conditions, by=by)


def limit(of, of_movement="supine", **fields):
    """Set a limit for a stored patient by the action; without a movement it is one that nobody can check."""
    given = {"words": "Do not kneel.", "said_by": "Dr Ana Lee", "said_on": of.clinic.today()} | fields
    row = PatientLimit(patient=of, movement=movement(of_movement) if of_movement else None, **given)
    patients.save_patient(patient=of, limits=[row], by=of.therapist)
    return row


def item(revision, **fields):
    row = PlanItem(revision=revision)
    row.dose = fields.pop("dose", replace(revision.dose, side=Side.EACH if revision.one_sided else None))
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def plan(by, *, of=None, exercises=None, **fields):
    """A draft that could be published: one approved exercise, daily, reviewed in six weeks."""
    of = of or patient(by)
    revisions = [approved_exercise(of.clinic)] if exercises is None else exercises
    today = timezone.localdate()
    row = Plan(
        **{
            "patient": of,
            "title": "Back plan",
            "start_on": today,
            "review_on": today + timedelta(days=42),
            "times_per_day_min": 1,
            "times_per_day_max": 1,
            "days_per_week_min": 7,
            "days_per_week_max": 7,
            **fields,
        }
    )
    items = [item(revision, order=order) for order, revision in enumerate(revisions, start=1)]
    return plan_actions.save_plan(plan=row, items=items, by=by)


def protocol_item(exercise, **fields):
    row = ProtocolItem(exercise=exercise)
    row.dose = fields.pop("dose", Dose(sets=Span(2, 2), repetitions=Span(5, 6)))
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def protocol(by, *, at=None, exercises=(), items=None, therapies=None, **fields):
    """A protocol of the clinic that the lead or library admin `by` works in, with these exercises' revisions."""
    row = Protocol(
        **{
            "clinic": at or by.memberships.first().clinic,
            "title": f"Protocol {next(counter)}",
            "times_per_day_min": 1,
            "times_per_day_max": 1,
            "days_per_week_min": 7,
            "days_per_week_max": 7,
            **fields,
        }
    )
    if items is None:
        items = [
            protocol_item(revision.exercise, order=order) for order, revision in enumerate(exercises, start=1)
        ]
    return protocol_actions.save_protocol(protocol=row, items=items, therapies=therapies, by=by)


def publication(by, *, of_plan=None, formats=(PATIENT_COPY,), reasons=None):
    """An issued version, published by the real action."""
    row = of_plan or plan(by)
    prepared = publishing.prepare(plan=row, by=by, formats=formats)
    published = publishing.publish(
        plan=row, expected_hash=prepared.expected_hash, by=by, formats=formats, reasons=reasons
    )
    return published.publication


def log_entry(publication, *, item=0, days_ago=0, **fields):
    """One session of an item of the version, by its place, told as done in full."""
    plan = publication.plan
    keys = [row.key for row in from_json(publication.content.json).items]
    return LogEntry.objects.create(
        **{
            "plan": plan,
            "publication": publication,
            "day": plan.patient.clinic.today() - timedelta(days=days_ago),
            "item_key": UUID(keys[item]),
            "outcome": Outcome.ALL,
            "source": LogSource.PAGE,
            **fields,
        }
    )


def day_entry(publication, *, days_ago=0, **fields):
    """What was told of a day as a whole."""
    plan = publication.plan
    return DayEntry.objects.create(
        **{
            "plan": plan,
            "publication": publication,
            "day": plan.patient.clinic.today() - timedelta(days=days_ago),
            "source": LogSource.PAGE,
            **fields,
        }
    )


def follow_up(publication, *, pain=8, **fields):
    """What comes of pain that was told of a version, by the real action; of a day when nothing else is said."""
    row = day_entry(publication, pain=pain, **fields)
    follow_ups.raise_follow_ups(plan=row.plan, day=row.day)
    return FollowUp.objects.get(plan=row.plan, kind=FollowUpKind.PAIN, done_at=None)


def mail(by, *, to="robin@example.org", of=None):
    """A mail with the link of an issued version, which waits to be sent."""
    return asking.mail_link(publication=of or publication(by), address=to, consented=True, by=by)


def reminders(by, *, of_plan=None, hour=18, to="robin@example.org"):
    """Reminders of an issued plan, which the clinic has switched on."""
    plan = of_plan or publication(by).plan
    return switching.switch_on(plan=plan, hour=hour, address=to, consented=True, by=by)


def finish_file(rendering, *, error=None):
    """Let a worker take the rendering and end it: with a made-up file, or with the error."""
    held = claim.claim_rendering(rendering.pk)
    if error:
        claim.fail(held, error)
    else:
        made = {"file": f"renderings/{rendering.pk}.pdf", "size": 1, "sha256": "a" * 64, "pages": 1}
        assert claim.finish(held, made)
    rendering.refresh_from_db()
    return rendering


def event(at, type=WebhookEvent.RENDERING_READY, **fields):
    """Something that happened in the clinic, as the outbox holds it."""
    return OutboxEvent.objects.create(
        **{"clinic": at, "type": type, "body": "{}", "happened_at": timezone.now(), **fields}
    )


def delivery(endpoint, type=WebhookEvent.RENDERING_READY, **fields):
    """One more event for the webhook, due now."""
    if "event" not in fields:
        fields["event"] = event(endpoint.clinic, type, collected_at=timezone.now())
    row = WebhookDelivery.objects.create(endpoint=endpoint, clinic=endpoint.clinic, **fields)
    row.refresh_from_db()
    return row
