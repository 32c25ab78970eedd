"""Posts that bands are fixed to: they stand where the start pose puts them, so that a band stretches and slackens."""

from collections.abc import Mapping
from dataclasses import replace

from plans.figures.solve.places import place_in, way_in
from plans.figures.solve.posing import Solved
from plans.figures.solve.setting import Setting
from plans.figures.solve.straps import palm_at
from plans.figures.solve.vectors import Vec, add, scale
from plans.figures.spec import Panel, Part, Place, Prop, Way
from plans.figures.words import PartName, PropKind, Side

AWAY, LOWEST = 38.0, 3.0  # percent of stature: a band's usual length, and its least height at the post


def with_posts(setting: Setting, panel: Panel, solved: Solved) -> Setting:
    """Return the setting with a place in the room for the far end of each band that is fixed somewhere."""
    found: dict[Prop, Vec] = {}
    for prop in panel.props:
        if prop.kind is PropKind.BAND and prop.anchor and post_of(setting.posts, prop) is None:
            found[_unplaced(prop)] = _place(setting, prop, solved)
    return replace(setting, posts={**setting.posts, **found}) if found else setting


def post_of(posts: Mapping[Prop, Vec], prop: Prop) -> Vec | None:
    return posts.get(_unplaced(prop))


def _unplaced(prop: Prop) -> Prop:
    return replace(prop, line=0)


def _place(setting: Setting, prop: Prop, solved: Solved) -> Vec:
    cm = setting.body.stature / 100
    holders = prop.ends or prop.parts
    places = [_held_at(setting, solved, part) for part in holders]
    start = scale(
        (sum(p[0] for p in places), sum(p[1] for p in places), sum(p[2] for p in places)), 1 / len(places)
    )
    way = way_in(setting.body, prop.anchor or Way(), holders[0], start, setting.base, solved.room)
    away = prop.distance if prop.distance is not None else AWAY
    x, y, z = add(start, scale(way, away * cm))
    return (x, max(prop.height * cm if prop.height is not None else y, LOWEST * cm), z)


def _held_at(setting: Setting, solved: Solved, part: Part) -> Vec:
    if part.name is PartName.HAND:
        return palm_at(setting, solved, part.side or Side.RIGHT)
    return place_in(setting.body, Place(part), setting.base, solved.room)
