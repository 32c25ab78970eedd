"""Which exercises are easier and harder than one of the library: told by each of its revisions."""

from dataclasses import dataclass
from typing import Any

from plans.models import Exercise, ExerciseRevision


@dataclass(frozen=True, kw_only=True)
class Steps:
    """The easier and the harder exercise that a library file names."""

    easier: Exercise | None
    harder: Exercise | None

    @property
    def columns(self) -> dict[str, Any]:
        return {"tells_steps": True, "easier": self.easier, "harder": self.harder}

    def are_those_of(self, revision: ExerciseRevision) -> bool:
        told = (revision.easier_step_id, revision.harder_step_id)
        return told == tuple(step.pk if step else None for step in (self.easier, self.harder))

    def keep_former(self, exercise: Exercise) -> None:
        """Let revisions that told none keep what the exercise says until now: it will say what the newest one does."""
        untold = exercise.revisions.filter(tells_steps=False)
        untold.update(tells_steps=True, easier=exercise.easier_id, harder=exercise.harder_id)
