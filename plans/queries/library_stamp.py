"""What a library is made of at this moment, in one row: whoever keeps something of it knows when to read again."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import (
    Case,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from plans.models import Clinic, Condition, ExerciseText, Movement
from plans.queries.exercises import offered_revisions

RETIRED = "-"


class LibraryStamp(NamedTuple):
    """The revisions that clinics go on with, and each condition and movement as it is called.

    A revision is named by its id and the number of its texts: both are written once, and texts only ever join.
    """

    current: frozenset[str]
    retired: frozenset[str]
    conditions: frozenset[str]
    """Each by its id, a space, and its words."""
    movements: frozenset[str]

    @property
    def entries(self) -> list[UUID]:
        """The ids of conditions and movements."""
        return [UUID(one.partition(" ")[0]) for one in self.conditions | self.movements]


def revision_in(named: str) -> UUID:
    return UUID(named.partition(" ")[0])


def stamp_of(clinics: Collection[UUID]) -> LibraryStamp:
    """Ask what these clinics' library is made of now."""
    sql, given = _statement(len(clinics))
    meant = dict(zip(_stand_ins(len(clinics)), map(_adapted, sorted(clinics)), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(sql, [meant.get(value, value) for value in given])
        revisions, conditions, movements = cursor.fetchone() or ("", "", "")
    named = frozenset(revisions.splitlines())
    retired = frozenset(one for one in named if one.startswith(RETIRED))
    return LibraryStamp(
        current=named - retired,
        retired=frozenset(one.removeprefix(RETIRED) for one in retired),
        conditions=frozenset(conditions.splitlines()),
        movements=frozenset(movements.splitlines()),
    )


class _Joined(Func):
    """All values of a column as one, so that five hundred rows come as one, in whatever order."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, '\n')"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="STRING_AGG", **context)


def _stand_ins(count: int) -> list[Any]:
    return [_adapted(UUID(int=number)) for number in range(1, count + 1)]


def _adapted(clinic: UUID) -> Any:
    return Clinic._meta.pk.get_db_prep_value(clinic, connection)


@lru_cache(maxsize=32)
def _statement(count: int) -> tuple[str, tuple[Any, ...]]:
    """Return the question for so many clinics, with numbers in the place of their ids.

    It is asked at each letter that is typed, and putting it together takes longer than the database's answer.
    """
    clinics = [UUID(int=number) for number in range(1, count + 1)]
    own = Q(clinic=None) | Q(clinic__in=clinics)
    offered = offered_revisions(clinics).filter(Q(exercise__clinic=None) | Q(exercise__clinic__in=clinics))
    row = Clinic.objects.order_by().values_list(
        _joined(offered, _named_revision()),
        _joined(Condition.objects.filter(own), _named("search_text")),
        _joined(Movement.objects.filter(own), _named("name")),
    )
    return row[:1].query.sql_with_params()


def _named_revision() -> Concat:
    texts = ExerciseText.objects.filter(revision=OuterRef("pk")).order_by()
    many = texts.annotate(many=Func(F("pk"), function="COUNT", output_field=IntegerField())).values("many")
    mark = Case(
        When(exercise__retired_on=None, then=Value("")), default=Value(RETIRED), output_field=TextField()
    )
    return Concat(mark, _key(), Value(" "), Cast(Subquery(many), TextField()), output_field=TextField())


def _named(column: str) -> Concat:
    return Concat(_key(), Value(" "), column, output_field=TextField())


def _key() -> Cast:
    return Cast("pk", TextField())


def _joined(rows: QuerySet[Any], expression: Any) -> Coalesce:
    joined = Subquery(rows.order_by().annotate(joined=_Joined(expression)).values("joined"))
    return Coalesce(joined, Value(""), output_field=TextField())
