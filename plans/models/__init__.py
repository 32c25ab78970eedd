"""The models, by subject; import them from here."""

from plans.models.approvals import Approval, ExerciseInUse
from plans.models.audit import AuditEvent, AuditVerb
from plans.models.clinics import Clinic, FollowUpKind, Membership, Role, User
from plans.models.devices import Device, DeviceEnd, DeviceKind
from plans.models.exercises import (
    Exercise,
    ExerciseRevision,
    ExerciseText,
    PictureBody,
    PictureRights,
    RevisionHelp,
    RevisionPicture,
)
from plans.models.favourites import FavouriteExercise
from plans.models.figures import Drawing, DrawingState, Figure
from plans.models.follow_ups import FollowUp
from plans.models.handovers import Handover
from plans.models.integrations import (
    ClinicSystem,
    ExternalId,
    RepeatableCall,
    SystemKey,
)
from plans.models.leaflets import Leaflet, LeafletText
from plans.models.library import (
    Advice,
    AdviceText,
    Condition,
    Movement,
    Source,
    Symptom,
    SymptomSentence,
)
from plans.models.library_measures import Measure, MeasureText
from plans.models.library_protocols import LibraryProtocol, LibraryProtocolItem, LibraryProtocolRevision
from plans.models.library_review import ReviewPlace, SentBack
from plans.models.links import DownloadLink, LinkOpening, LinkSession, LinkUse, WrongDate
from plans.models.logs import (
    DayEntry,
    Feel,
    Intention,
    LogChange,
    LogEntry,
    LogSource,
    Outcome,
    SkipReason,
)
from plans.models.mails import Mail, MailConsent
from plans.models.measures import Occasion, OwnActivity, Score
from plans.models.notes import PatientNote
from plans.models.outbox import OutboxEvent
from plans.models.outgoing import MailState
from plans.models.patients import (
    BodySide,
    FigureBuild,
    FigureSkin,
    LimitUnit,
    Operated,
    Patient,
    PatientCondition,
    PatientLimit,
    PatientSymptom,
    Sex,
)
from plans.models.pauses import Pause, PauseCause
from plans.models.plans import DraftChange, Phase, PhaseBegan, Plan, PlanItem, Reason
from plans.models.protocols import Protocol, ProtocolItem
from plans.models.publications import (
    FrozenContent,
    Picture,
    Publication,
    PublishedRevision,
    Rendering,
    RenderingState,
    Reservation,
    Review,
    Teaching,
)
from plans.models.reissues import Reissue, ReissuedPlan, ReissueState
from plans.models.reminders import Reminder, ReminderKind, ReminderSchedule
from plans.models.rules import Rule, RuleRevision, RuleSentence
from plans.models.vocabulary import VocabularyRevision
from plans.models.webhooks import DeliveryState, WebhookDelivery, WebhookEndpoint, WebhookEvent

__all__ = [
    "Advice",
    "AdviceText",
    "Approval",
    "AuditEvent",
    "AuditVerb",
    "BodySide",
    "Clinic",
    "ClinicSystem",
    "Condition",
    "DayEntry",
    "DeliveryState",
    "Device",
    "DeviceEnd",
    "DeviceKind",
    "DownloadLink",
    "DraftChange",
    "Drawing",
    "DrawingState",
    "Exercise",
    "ExerciseInUse",
    "ExerciseRevision",
    "ExerciseText",
    "ExternalId",
    "FavouriteExercise",
    "Feel",
    "Figure",
    "FigureBuild",
    "FigureSkin",
    "FollowUp",
    "FollowUpKind",
    "FrozenContent",
    "Handover",
    "Intention",
    "Leaflet",
    "LeafletText",
    "LibraryProtocol",
    "LibraryProtocolItem",
    "LibraryProtocolRevision",
    "LimitUnit",
    "LinkOpening",
    "LinkSession",
    "LinkUse",
    "LogChange",
    "LogEntry",
    "LogSource",
    "Mail",
    "MailConsent",
    "MailState",
    "Measure",
    "MeasureText",
    "Membership",
    "Movement",
    "Occasion",
    "Operated",
    "OutboxEvent",
    "Outcome",
    "OwnActivity",
    "Patient",
    "PatientCondition",
    "PatientLimit",
    "PatientNote",
    "PatientSymptom",
    "Pause",
    "PauseCause",
    "Phase",
    "PhaseBegan",
    "Picture",
    "PictureBody",
    "PictureRights",
    "Plan",
    "PlanItem",
    "Protocol",
    "ProtocolItem",
    "Publication",
    "PublishedRevision",
    "Reason",
    "Reissue",
    "ReissueState",
    "ReissuedPlan",
    "Reminder",
    "ReminderKind",
    "ReminderSchedule",
    "Rendering",
    "RenderingState",
    "RepeatableCall",
    "Reservation",
    "Review",
    "ReviewPlace",
    "RevisionHelp",
    "RevisionPicture",
    "Role",
    "Rule",
    "RuleRevision",
    "RuleSentence",
    "Score",
    "SentBack",
    "Sex",
    "SkipReason",
    "Source",
    "Symptom",
    "SymptomSentence",
    "SystemKey",
    "Teaching",
    "User",
    "VocabularyRevision",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookEvent",
    "WrongDate",
]
