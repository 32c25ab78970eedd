"""What a publication freezes, and how it becomes JSON. A handout is made from it and nothing else."""

from plans.content.changes import changes_between
from plans.content.codec import (
    BrokenContent,
    UnknownSchema,
    content_hash,
    from_json,
    substance_hash,
    to_json,
)
from plans.content.comparison import Comparison, ItemDifference, compare
from plans.content.pictures import DRAWING, DrawingContent, PictureContent
from plans.content.records import (
    SCHEMA,
    ChangesContent,
    ClinicContent,
    DoseChange,
    EasierContent,
    FindingContent,
    ItemContent,
    LaterSentence,
    LeafletContent,
    LeafletSection,
    LimitContent,
    PainGuide,
    PatientContent,
    PlanContent,
    SignContent,
    TherapistContent,
)
from plans.content.wording import item_texts, text_of

__all__ = [
    "DRAWING",
    "SCHEMA",
    "BrokenContent",
    "ChangesContent",
    "ClinicContent",
    "Comparison",
    "DoseChange",
    "DrawingContent",
    "EasierContent",
    "FindingContent",
    "ItemContent",
    "ItemDifference",
    "LaterSentence",
    "LeafletContent",
    "LeafletSection",
    "LimitContent",
    "PainGuide",
    "PatientContent",
    "PictureContent",
    "PlanContent",
    "SignContent",
    "TherapistContent",
    "UnknownSchema",
    "changes_between",
    "compare",
    "content_hash",
    "from_json",
    "item_texts",
    "substance_hash",
    "text_of",
    "to_json",
]
