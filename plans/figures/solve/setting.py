"""A figure's room for one body: the start pose solved, things put where it needs them, surfaces known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from plans.figures.body.body import Body
from plans.figures.solve.planes import FLOOR, Ground, Plane
from plans.figures.solve.props import DEPTHS, HEIGHTS, MOVABLE, Stand, surfaces_of
from plans.figures.solve.spots import cloud_of, spot_of
from plans.figures.solve.starts import forward_of, room_way
from plans.figures.solve.vectors import IDENTITY, Mat, Vec, add, dot, scale, unit
from plans.figures.solve.wishes import Room
from plans.figures.spec import Attach, Contact, ContactKind, Panel, Part, Prop
from plans.figures.words import Direction, PartName, PropKind, Side, Surface

GAP = 2.5  # from the front edge of a seat to the back of the knee, percent of stature
AT_HAND, BESIDE = 26.0, 22.0  # from the middle of the body to a thing in front or beside, percent of stature
PROP_OF: Mapping[Surface, PropKind] = {
    Surface.BED: PropKind.BED, Surface.BED_EDGE: PropKind.BED, Surface.SEAT: PropKind.CHAIR,
    Surface.SEAT_EDGE: PropKind.CHAIR, Surface.CHAIR_BACK: PropKind.CHAIR, Surface.ARMREST: PropKind.CHAIR,
    Surface.TOP_OF_CHAIR_BACK: PropKind.CHAIR, Surface.TABLE: PropKind.TABLE, Surface.TABLE_EDGE: PropKind.TABLE,
    Surface.WALL: PropKind.WALL, Surface.DOOR_FRAME: PropKind.DOOR_FRAME, Surface.STEP: PropKind.STEP,
    Surface.STEP_EDGE: PropKind.STEP, Surface.RAIL: PropKind.STEP, Surface.POOL_EDGE: PropKind.POOL,
}  # fmt: skip
SITTING = frozenset({PartName.BUTTOCK, PartName.PELVIS, PartName.THIGH, PartName.SACRUM})


@dataclass(frozen=True)
class Setting:
    """Where things stand, and what surfaces there are."""

    body: Body
    base: Mat
    stands: tuple[Stand, ...] = ()
    grounds: Mapping[Surface, Ground] = field(default_factory=lambda: {Surface.FLOOR: FLOOR})
    posts: Mapping[Prop, Vec] = field(default_factory=dict)
    """Where the far ends of bands are fixed."""

    def with_stand(self, stand: Stand) -> "Setting":
        grounds = {**self.grounds, **surfaces_of(stand, self.body.stature)}
        return replace(self, stands=(*self.stands, stand), grounds=grounds)

    def of(self, panel: Panel) -> "Setting":
        """Return the setting with the things of a panel alone: what another panel brings does not stand in its way."""
        mine = tuple(stand for stand in self.stands if stand.prop in panel.props)
        if len(mine) == len(self.stands):
            return self
        offered = {surface for stand in self.stands for surface in surfaces_of(stand, self.body.stature)}
        bare = {surface: ground for surface, ground in self.grounds.items() if surface not in offered}
        setting = replace(self, stands=(), grounds=bare)
        for stand in mine:
            setting = setting.with_stand(stand)
        return setting

    def stands_for(self, prop: Prop) -> bool:
        return any(stand.prop == prop for stand in self.stands)

    def knows(self, contact: Contact) -> bool:
        return isinstance(contact.target, Part) or contact.target in self.grounds


def empty_setting(body: Body, start_base: Mat) -> Setting:
    return Setting(body, start_base)


def lying_on(setting: Setting, panel: Panel) -> Setting:
    """Return the setting with the bed under who lies on it: at the pose's middle, its top at its height."""
    for prop in panel.props:
        lies = any(c.target is Surface.BED for c in panel.contacts)
        if prop.kind is PropKind.BED and lies and not setting.stands_for(prop):
            depth, _, _ = Stand(prop, (0, 0, 0), (1, 0, 0)).size(setting.body.stature)
            setting = setting.with_stand(Stand(prop, (-depth / 2, 0.0, 0.0), (1.0, 0.0, 0.0)))
    return setting


def level_of(setting: Setting, prop: Prop, surface: Surface) -> float:
    """Return the height of a carrying surface before anybody knows where its thing stands."""
    height = prop.height if prop.height is not None else HEIGHTS[prop.kind]
    return height * setting.body.stature / 100


def guessed(setting: Setting, panel: Panel) -> Setting:
    """Return the setting with things that carry standing at the middle: their heights count, not yet their places."""
    for prop in panel.props:
        used = any(
            PROP_OF.get(c.target) is prop.kind for c in panel.contacts if isinstance(c.target, Surface)
        )
        carries = prop.kind in (PropKind.CHAIR, PropKind.BED, PropKind.STEP, PropKind.TABLE)
        if carries and used and not setting.stands_for(prop):
            away = scale(forward_of(setting.base), -1)
            setting = setting.with_stand(Stand(prop, (0.0, 0.0, 0.0), away, guess=True))
    return setting


def level_contacts(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Return the contacts that need no more than the height of what carries."""
    beside = {Surface.WALL, Surface.DOOR_FRAME, Surface.CHAIR_BACK, Surface.POOL_EDGE, Surface.PILLOW}
    edges = {s for s in Surface if s.endswith(("edge", "back", "armrest", "rail"))} - {
        Surface.BED_EDGE,
        Surface.SEAT_EDGE,
    }
    return tuple(c for c in contacts if isinstance(c.target, Part) or c.target not in beside | edges)


def furnished(setting: Setting, panel: Panel, room: Room) -> Setting:
    """Return the setting with every thing of the panel placed around a pose."""
    for prop in panel.props:
        if prop.kind in MOVABLE and not setting.stands_for(prop):
            setting = setting.with_stand(_stand(setting, prop, panel, room))
    return setting


def _stand(setting: Setting, prop: Prop, panel: Panel, room: Room) -> Stand:
    used = [c for c in panel.contacts if isinstance(c.target, Surface) and PROP_OF.get(c.target) is prop.kind]
    upright = [c for c in used if c.kind is ContactKind.AGAINST]
    seated = [
        c
        for c in used
        if c.part.name in SITTING and c.target in (Surface.SEAT, Surface.BED_EDGE, Surface.STEP)
    ]
    on_back = any(c.target is Surface.TOP_OF_CHAIR_BACK for c in used)
    if upright and not prop.where:
        return _against(setting, prop, upright, room)
    if seated:
        return _under_seat(setting, prop, room)
    chair = next((stand for stand in setting.stands if stand.prop.kind is PropKind.CHAIR), None)
    if chair and prop.kind is PropKind.WALL and prop.where is Direction.BACK and prop.distance is None:
        return chair.behind(prop, setting.body.stature)
    where = prop.where or Direction.FORWARD
    into = _flat(room_way(where, setting.base, room.stance.turns[0], None))
    side = where in (Direction.LEFT, Direction.RIGHT)
    usual = -DEPTHS[prop.kind] / 2 if prop.kind is PropKind.TAPE else BESIDE if side else AT_HAND
    away = prop.distance if prop.distance is not None else usual
    middle = room.stance.heads[0]
    near = add((middle[0], 0.0, middle[2]), scale(into, away * setting.body.stature / 100))
    return Stand(prop, near, into, back_first=on_back or (prop.kind is PropKind.CHAIR and not used))


def _flat(way: Vec) -> Vec:
    return unit((way[0], 0.0, way[2]))


def _against(setting: Setting, prop: Prop, contacts: list[Contact], room: Room) -> Stand:
    parts = [c.part for c in contacts]
    spots = [spot_of(setting.body, part) for part in parts]
    faces = [_flat(room.way(spot.node, spot.normal)) for spot in spots]
    total = (sum(f[0] for f in faces), 0.0, sum(f[2] for f in faces))
    into = max(
        ((1.0, 0.0, 0.0), (-1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, 0.0, -1.0)), key=lambda w: dot(w, total)
    )
    far = max(float((room.cloud(cloud_of(setting.body, part)) * into).sum(axis=1).max()) for part in parts)
    middle = room.stance.heads[0]
    near = add((middle[0], 0.0, middle[2]), scale(into, far - dot((middle[0], 0.0, middle[2]), into)))
    if prop.kind is PropKind.CHAIR:
        depth = Stand(prop, near, into).size(setting.body.stature)[0]
        near = add(near, scale(into, -depth))
    return Stand(prop, near, into)


def _under_seat(setting: Setting, prop: Prop, room: Room) -> Stand:
    forward = _flat(forward_of(setting.base))
    knees = [spot_of(setting.body, Part(PartName.CALF, side), 12.0) for side in Side]
    behind = min(dot(room.spot(spot), forward) for spot in knees)
    middle = room.stance.heads[0]
    before = prop.distance if prop.distance is not None else GAP
    edge = behind - before * setting.body.stature / 100
    at = (middle[0], 0.0, middle[2])
    near = add(at, scale(forward, edge - dot(at, forward)))
    return Stand(prop, near, scale(forward, -1))


def with_pillows(setting: Setting, panel: Panel) -> tuple[Contact, ...]:
    """Return the panel's contacts, what lies on a pillow raised by it."""
    found = []
    for contact in panel.contacts:
        pillow = next((p for p in panel.props if _carries(p, contact)), None)
        found.append(replace(contact, target=Surface.PILLOW) if pillow else contact)
    return tuple(found)


def _carries(prop: Prop, contact: Contact) -> bool:
    if prop.kind is not PropKind.PILLOW or prop.attach is not Attach.UNDER:
        return False
    same = any(part.name in _REGION.get(contact.part.name, (contact.part.name,)) for part in prop.parts)
    return same and contact.target in (Surface.FLOOR, Surface.BED)


_REGION: Mapping[PartName, tuple[PartName, ...]] = {
    PartName.HEAD: (PartName.HEAD,), PartName.FOREHEAD: (PartName.FOREHEAD, PartName.HEAD),
    PartName.PELVIS: (PartName.PELVIS, PartName.BELLY), PartName.CHEST: (PartName.CHEST,),
}  # fmt: skip


def with_pillow_planes(setting: Setting, panel: Panel) -> Setting:
    for prop in panel.props:
        if prop.kind is PropKind.PILLOW and prop.attach is Attach.UNDER:
            ground = (
                setting.grounds.get(Surface.BED)
                if any(c.target is Surface.BED for c in panel.contacts)
                else FLOOR
            )
            level = ground.origin[1] if isinstance(ground, Plane) else 0.0
            height = (prop.height or HEIGHTS[PropKind.PILLOW]) * setting.body.stature / 100
            plane = Plane(Surface.PILLOW, (0.0, level + height, 0.0), IDENTITY[1])
            return replace(setting, grounds={**setting.grounds, Surface.PILLOW: plane})
    return setting
