"""What a clinic's reviewers have approved."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, When

from plans.drawer import DRAWER_VERSION
from plans.models import (
    AdviceText,
    Approval,
    Clinic,
    ExerciseRevision,
    ExerciseText,
    LeafletText,
    LibraryProtocolRevision,
    MeasureText,
    RuleRevision,
    RuleSentence,
    SymptomSentence,
    VocabularyRevision,
)
from plans.models.vocabulary import ENTRIES


def standing(clinic: Clinic) -> QuerySet[Approval]:
    return Approval.objects.filter(clinic=clinic, withdrawn_at=None)


def approved_ids(clinic: Clinic, thing: str, ids: Collection[UUID]) -> frozenset[UUID]:
    rows = standing(clinic).filter(**{f"{thing}__in": ids})
    return frozenset(rows.values_list(f"{thing}_id", flat=True))


def wording_approved(clinic: Clinic, wording: str) -> bool:
    return standing(clinic).filter(wording=wording).exists()


def exercise_work(clinic: Clinic) -> QuerySet[ExerciseRevision]:
    texts = ExerciseText.objects.filter(revision=OuterRef("pk")).exclude(_approved(clinic, "text"))
    newest = ExerciseRevision.objects.filter(newest=True, exercise__retired_on=None).filter(
        Q(exercise__clinic=None) | Q(exercise__clinic=clinic)
    )
    redrawn = Q(kept_figure__isnull=False) & ~Q(
        Exists(standing(clinic).filter(revision=OuterRef("pk"), drawer=DRAWER_VERSION))
    )
    return newest.filter(~_approved(clinic, "revision") | redrawn | Exists(texts))


def rule_work(clinic: Clinic) -> QuerySet[RuleRevision]:
    sentences = RuleSentence.objects.filter(revision=OuterRef("pk")).exclude(_approved(clinic, "sentence"))
    newest = RuleRevision.objects.filter(newest=True).filter(Q(rule__clinic=None) | Q(rule__clinic=clinic))
    return newest.filter(~_approved(clinic, "rule") | Q(retired=False) & Exists(sentences))


def vocabulary_work(clinic: Clinic) -> QuerySet[VocabularyRevision]:
    changed = VocabularyRevision.objects.filter(newest=True, number__gt=1)
    return changed.filter(vocabulary_of(clinic), ~_approved(clinic, "vocabulary"))


def with_waiting_change(entries: QuerySet[Any], *, clinics: Collection[UUID]) -> QuerySet[Any]:
    """Add to movements, conditions or symptoms as `change_waits` whether one of these clinics has to approve one."""
    entry = str(entries.model._meta.model_name)
    changed = VocabularyRevision.objects.filter(**{entry: OuterRef("pk")}, newest=True, number__gt=1)
    waits = Q(pk__in=())
    for clinic in clinics:
        approved = Approval.objects.filter(clinic=clinic, withdrawn_at=None, vocabulary=OuterRef("pk"))
        waits |= Q(Exists(changed.exclude(Exists(approved))))
    marked: QuerySet[Any] = entries.annotate(
        change_waits=Case(When(waits, then=True), default=False, output_field=BooleanField())
    )
    return marked


def former_vocabulary(clinic: Clinic) -> QuerySet[VocabularyRevision]:
    """Return what movements, conditions and symptoms said before a change that this clinic has not approved."""
    later = standing(clinic).filter(vocabulary__number__gt=OuterRef("number"))
    same = Q(pk__in=())
    for entry in ENTRIES:
        same |= Q(**{f"vocabulary__{entry}": OuterRef(entry)})
    former = VocabularyRevision.objects.filter(vocabulary_of(clinic), newest=False)
    return former.exclude(Exists(later.filter(same)))


def vocabulary_of(clinic: Clinic) -> Q:
    found = Q(pk__in=())
    for entry in ENTRIES:
        owned = Q(**{f"{entry}__clinic": None}) | Q(**{f"{entry}__clinic": clinic})
        found |= Q(**{f"{entry}__isnull": False}) & owned
    return found


def _approved(clinic: Clinic, thing: str) -> Q:
    return Q(Exists(standing(clinic).filter(**{thing: OuterRef("pk")})))


def newest_advice() -> QuerySet[AdviceText]:
    newer = AdviceText.objects.filter(
        advice=OuterRef("advice"), language=OuterRef("language"), number__gt=OuterRef("number")
    )
    return AdviceText.objects.exclude(Exists(newer))


def newest_leaflets() -> QuerySet[LeafletText]:
    newer = LeafletText.objects.filter(
        leaflet=OuterRef("leaflet"), language=OuterRef("language"), number__gt=OuterRef("number")
    )
    return LeafletText.objects.exclude(Exists(newer))


def newest_measures() -> QuerySet[MeasureText]:
    newer = MeasureText.objects.filter(
        measure=OuterRef("measure"), language=OuterRef("language"), number__gt=OuterRef("number")
    )
    return MeasureText.objects.exclude(Exists(newer))


def newest_signs() -> QuerySet[SymptomSentence]:
    newer = SymptomSentence.objects.filter(
        symptom=OuterRef("symptom"), language=OuterRef("language"), number__gt=OuterRef("number")
    )
    return SymptomSentence.objects.exclude(Exists(newer))


def sign_work(clinic: Clinic) -> QuerySet[SymptomSentence]:
    owned = Q(symptom__clinic=None) | Q(symptom__clinic=clinic)
    return newest_signs().filter(owned, ~_approved(clinic, "sign"), symptom__retired_on=None)


def leaflet_work(clinic: Clinic) -> QuerySet[LeafletText]:
    return newest_leaflets().filter(~_approved(clinic, "leaflet"), leaflet__retired_on=None)


def measure_work(clinic: Clinic) -> QuerySet[MeasureText]:
    return newest_measures().filter(~_approved(clinic, "measure"), measure__retired_on=None)


def protocol_work(clinic: Clinic) -> QuerySet[LibraryProtocolRevision]:
    newest = LibraryProtocolRevision.objects.filter(newest=True, protocol__retired_on=None)
    owned = Q(protocol__clinic=None) | Q(protocol__clinic=clinic)
    return newest.filter(owned, ~_approved(clinic, "protocol"))


def advice_work(clinic: Clinic) -> QuerySet[AdviceText]:
    return newest_advice().filter(~_approved(clinic, "advice"), advice__retired_on=None)
