"""The figures of a draft: drawn while its author still writes, so that they are there when somebody looks."""

from plans.models import Plan
from plans.queries.checks import check_plan
from plans.queries.content_builder import drawings_of_draft
from plans.rendering import drawings


def ask_for(plan: Plan) -> None:
    drawings.ask(drawings_of_draft(check_plan(plan)))
