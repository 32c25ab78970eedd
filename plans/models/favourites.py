"""Exercises that a person has marked as their own favourites. Plain: it says nothing of patients."""

from django.db import models

from plans.models.base import Identified
from plans.models.clinics import User
from plans.models.exercises import Exercise


class FavouriteExercise(Identified):
    """An exercise that a person wants at hand in the library, whatever revision a clinic goes on with."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "exercise"], name="favourite_exercise_once"),
        ]

    def __str__(self) -> str:
        return self.exercise.code
