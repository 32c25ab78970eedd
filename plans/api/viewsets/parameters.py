"""Query parameters: known, given once, not blank. A filter that is not applied would give everything."""

from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError


def check_parameters(view: Any) -> frozenset[str]:
    """Return what the call asks to be expanded. Raises ValidationError that names each parameter which is wrong."""
    given = view.request.query_params
    known = _known(view)
    wrong = {name: [why] for name in given if (why := _refusal(name, given.getlist(name), known))}
    if wrong:
        raise ValidationError(wrong)
    names = asked_to_expand(view)
    if unknown := [name for name in names if name not in view.expands]:
        raise ValidationError({"expand": [f"{unknown[0]}: one of {', '.join(view.expands)}."]})
    return frozenset(names)


def asked_to_expand(view: Any) -> list[str]:
    """Return the names in `expand`, unchecked."""
    # All values of a name that is given twice: such a call is refused, but not before its scopes are.
    given = ",".join(view.request.query_params.getlist("expand"))
    return [name for name in given.split(",") if name]


def _known(view: Any) -> set[str]:
    known = {*view.parameters.get(view.action, ()), *(("expand",) if view.expands else ())}
    if view.action in view.paged_actions:
        known |= {"cursor", "page_size"}
    if view.action == "list":
        known |= set(view.filterset_class.base_filters if view.filterset_class else ())
        known |= {"ordering"} if view.ordering_fields else set()
        known |= {"search"} if view.search_fields else set()
    return known


def _refusal(name: str, values: list[str], known: set[str]) -> ErrorDetail | None:
    if name not in known:
        return ErrorDetail("There is no parameter of this name here.", code="unknown_parameter")
    if len(values) > 1:
        return ErrorDetail("This parameter is given twice.", code="given_twice")
    return None if values[0].strip() else ErrorDetail("This parameter is blank.", code="blank")
