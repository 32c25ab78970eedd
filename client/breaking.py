"""Which changes of the description would break a client that was written for the older one.

New words in an answer's list, new fields in an answer, new calls and new optional input are no breaks: clients
ignore what they do not know. Everything here is.
"""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
SUCCESS = ("200", "201", "202", "204", "206", "303")


def breaks(old: Schema, new: Schema) -> list[str]:
    """Give every break in words; none means that the version may stay."""
    return sorted(set(_calls(old, new)))


def _calls(old: Schema, new: Schema) -> Iterator[str]:
    for path, methods in old["paths"].items():
        for method, call in methods.items():
            where = f"{method.upper()} {path}"
            found = new["paths"].get(path, {}).get(method)
            if found is None:
                yield f"{where}: gone"
            else:
                yield from _call(where, call, found, old, new)


def _call(where: str, old: Schema, new: Schema, before: Schema, after: Schema) -> Iterator[str]:
    if old["operationId"] != new["operationId"]:
        yield f"{where}: operationId changed, and clients call it by that name"
    if old.get("security") != new.get("security"):
        yield f"{where}: needs another scope"
    yield from _parameters(where, old.get("parameters", []), new.get("parameters", []))
    yield from _bodies(where, old, new, before, after)
    for code in SUCCESS:
        if code in old["responses"]:
            if code not in new["responses"]:
                yield f"{where}: answers {code} no more"
            else:
                pair = old["responses"][code], new["responses"][code]
                yield from _answers(f"{where} {code}", *pair, before, after)


def _parameters(where: str, old: list[Schema], new: list[Schema]) -> Iterator[str]:
    known = {(one["in"], one["name"]): one for one in new}
    for one in old:
        place = f"{where}: parameter {one['name']}"
        found = known.pop((one["in"], one["name"]), None)
        if found is None:
            yield f"{place} is gone"
        else:
            if found.get("required") and not one.get("required"):
                yield f"{place} is required now"
            yield from _takes_less(place, one["schema"], found["schema"], {}, {})
    yield from (
        f"{where}: parameter {one['name']} is new and required"
        for one in known.values()
        if one.get("required")
    )


def _bodies(where: str, old: Schema, new: Schema, before: Schema, after: Schema) -> Iterator[str]:
    takes, took = (one.get("requestBody", {}).get("content", {}) for one in (new, old))
    for media_type, given in took.items():
        if media_type not in takes:
            yield f"{where}: takes {media_type} no more"
        else:
            yield from _takes_less(where, given["schema"], takes[media_type]["schema"], before, after)


def _answers(where: str, old: Schema, new: Schema, before: Schema, after: Schema) -> Iterator[str]:
    for media_type, given in old.get("content", {}).items():
        found = new.get("content", {}).get(media_type)
        if found is None:
            yield f"{where}: answers {media_type} no more"
        else:
            yield from _gives_other(where, given["schema"], found["schema"], before, after, frozenset())


def _takes_less(where: str, old: Schema, new: Schema, before: Schema, after: Schema) -> Iterator[str]:
    """Whether what was right to send is refused now."""
    old, new = _resolved(old, before), _resolved(new, after)
    if lost := _types(old) - _types(new):
        yield f"{where}: takes no {', '.join(sorted(lost))} any more"
    if "enum" in new and (lost := set(map(str, old.get("enum", ["anything"]))) - set(map(str, new["enum"]))):
        yield f"{where}: takes no {', '.join(sorted(lost))} any more"
    for low in ("minimum", "minLength", "minItems"):
        if new.get(low, float("-inf")) > old.get(low, float("-inf")):
            yield f"{where}: {low} is higher"
    for high in ("maximum", "maxLength", "maxItems"):
        if new.get(high, float("inf")) < old.get(high, float("inf")):
            yield f"{where}: {high} is lower"
    if new.get("uniqueItems") and not old.get("uniqueItems"):
        yield f"{where}: takes nothing twice any more"
    if old.get("format") != new.get("format") and "format" in new:
        yield f"{where}: another format"
    for name in new.get("required", []):
        if name not in old.get("required", []):
            yield f"{where}.{name} is required now"
    for name, inner in old.get("properties", {}).items():
        if name not in new.get("properties", {}):
            yield f"{where}.{name} is refused now"
        else:
            yield from _takes_less(f"{where}.{name}", inner, new["properties"][name], before, after)
    if "items" in old and "items" in new:
        yield from _takes_less(f"{where}[]", old["items"], new["items"], before, after)


def _gives_other(
    where: str, old: Schema, new: Schema, before: Schema, after: Schema, seen: frozenset[str]
) -> Iterator[str]:
    """Whether what a client reads is not there any more, or is something else."""
    name = old.get("$ref", "")
    if name and name in seen:
        return
    seen = seen | {name} if name else seen
    old, new = _resolved(old, before), _resolved(new, after)
    if other := _types(new) - _types(old):
        yield f"{where}: may be {', '.join(sorted(other))} now"
    if old.get("format") != new.get("format"):
        yield f"{where}: another format"
    for name, inner in old.get("properties", {}).items():
        if name not in new.get("properties", {}):
            yield f"{where}.{name} is gone"
            continue
        if name in old.get("required", []) and name not in new.get("required", []):
            yield f"{where}.{name} may be absent now"
        yield from _gives_other(f"{where}.{name}", inner, new["properties"][name], before, after, seen)
    if "items" in old and "items" in new:
        yield from _gives_other(f"{where}[]", old["items"], new["items"], before, after, seen)


def _resolved(schema: Schema, whole: Schema) -> Schema:
    if len(schema.get("allOf", [])) == 1:
        return _resolved(schema["allOf"][0], whole)
    if "oneOf" in schema:
        parts = [_resolved(one, whole) for one in schema["oneOf"]]
        merged: Schema = {}
        for part in parts:
            merged |= {key: value for key, value in part.items() if key != "type"}
        return {**merged, "type": sorted({kind for part in parts for kind in _types(part)})}
    if "$ref" in schema and whole:
        found: Schema = whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return _resolved(found, whole)
    return schema


def _types(schema: Schema) -> set[str]:
    kind = schema.get("type", [])
    return set(kind) if isinstance(kind, list) else {kind}
