"""A person's favourites among the exercises that they may read."""

from django.db import transaction

from plans import permissions
from plans.models import Exercise, FavouriteExercise, User
from plans.permissions import NotAllowed


@transaction.atomic
def add_favourite(*, exercise: Exercise, by: User) -> None:
    """Keep an exercise at hand; twice is once. Raises NotAllowed."""
    if not permissions.exercises_of(by).filter(pk=exercise.pk).exists():
        raise NotAllowed
    FavouriteExercise.objects.get_or_create(person=by, exercise=exercise)


@transaction.atomic
def remove_favourite(*, exercise: Exercise, by: User) -> None:
    FavouriteExercise.objects.filter(person=by, exercise=exercise).delete()
