"""What is held while something is decided by the facts of a patient."""

from uuid import UUID

from plans.models import Patient


def lock_patient_of(plan_id: UUID) -> None:
    """Hold the plan's patient until the end of the transaction; ask for it before the plan itself is held.

    Who saves facts holds the patient and then looks at the plans. So whoever publishes or resumes a plan by those
    facts holds the patient first: one of the two waits, and then sees what the other wrote.
    """
    Patient.objects.select_for_update(of=("self",)).filter(plans=plan_id).order_by().first()
