"""Fingers, thumbs, toes and the jaw: turned as the panel says, or curled around what the hand holds."""

from collections.abc import Mapping

from plans.figures.joints import Joint
from plans.figures.solve.arches import ARCH
from plans.figures.solve.vectors import IDENTITY, Mat, X, Y, Z, about, after
from plans.figures.words import Side

Extra = Mapping[tuple[Joint, Side | None, str], float]

FINGERS = {2: "index", 3: "middle", 4: "ring", 5: "little"}
PHALANX = {1: "mcp", 2: "pip", 3: "dip"}
RELAXED = {"mcp": 14.0, "pip": 18.0, "dip": 8.0}
CURLED = {"mcp": 62.0, "pip": 55.0, "dip": 30.0}
FLAT = {"mcp": 0.0, "pip": 2.0, "dip": 0.0}
TOGETHER = {"index": 7.0, "middle": -7.5, "ring": -16.0, "little": -20.0}
"""Degrees that bring the mesh's spread fingers side by side, as a hand hangs; the knuckles have room for no more."""
END_CURLS = 0.6  # of what the joint before it does
SPREAD = {"index": -1, "middle": -0.3, "ring": 0.6, "little": 1}


def digit_turns(extra: Extra, hands: Mapping[Side, Mapping[str, float]]) -> dict[str, Mat]:
    """Return the turn of each bone of fingers, thumbs, toes and jaw against the bone before it.

    `hands`: what the fingers of each hand do where the panel says nothing.
    """
    found: dict[str, Mat] = _jaw(extra)
    for side in Side:
        end, left = (".L", 1) if side is Side.LEFT else (".R", -1)
        for number, finger in FINGERS.items():
            for bone, joint in PHALANX.items():
                found[f"finger{number}-{bone}{end}"] = _finger(
                    extra, side, left, finger, joint, hands[side][joint]
                )
        found |= _arch(extra, side, end)
        found |= _thumb(extra, side, left, end, hands[side] is CURLED) | _toes(extra, side, left, end)
    return found


def _finger(extra: Extra, side: Side, left: int, finger: str, joint: str, usual: float) -> Mat:
    name = Joint(f"{finger} {joint}")
    bent = about(Z, -left * extra.get((name, side, "flexion"), usual))
    spread = extra.get((name, side, "abduction"), 0.0)
    aside = SPREAD[finger] * spread + (TOGETHER[finger] if joint == "mcp" else 0.0)
    return after(about(X, aside), bent) if aside else bent


def _thumb(extra: Extra, side: Side, left: int, end: str, holds: bool) -> dict[str, Mat]:
    across = (-0.2 * left, -1.0 * left, 0.35)  # the axis that brings the mesh's thumb toward the palm
    base, mcp, ip = Joint.THUMB_BASE, Joint.THUMB_MCP, Joint.THUMB_IP
    root = about(X, extra.get((base, side, "flexion"), 0.0))
    root = after(root, about(Y, -left * extra.get((base, side, "abduction"), 20.0 if holds else 0.0)))
    root = after(root, about(across, extra.get((base, side, "opposition"), 20.0 if holds else 0.0)))
    return {
        f"finger1-1{end}": root,
        f"finger1-2{end}": about(across, extra.get((mcp, side, "flexion"), 25.0 if holds else 6.0)),
        f"finger1-3{end}": about(across, extra.get((ip, side, "flexion"), 20.0 if holds else 6.0)),
    }


def _toes(extra: Extra, side: Side, left: int, end: str) -> dict[str, Mat]:
    # Extension comes with the node "toes"; here is only what one toe does beside the others.
    found: dict[str, Mat] = {}
    big = extra.get((Joint.BIG_TOE, side, "abduction"), 0.0)
    small = extra.get((Joint.SMALL_TOES, side, "abduction"), 0.0)
    shared = extra.get((Joint.BIG_TOE, side, "extension"), 0.0)
    lift = extra.get((Joint.SMALL_TOES, side, "extension"), shared) - shared
    curled = extra.get((Joint.TOE_TIPS, side, "flexion"), 0.0)
    for toe in range(1, 6):
        out = -big if toe == 1 else small * (toe - 2) / 3
        found[f"toe{toe}-1{end}"] = after(about(Y, left * out), about(X, -lift if toe > 1 else 0.0))
        for bone, share in ((2, 1.0), (3, END_CURLS)) if toe > 1 else ((2, 1.0),):
            found[f"toe{toe}-{bone}{end}"] = about(X, share * curled)
    return {bone: turn for bone, turn in found.items() if turn != IDENTITY}


def _arch(extra: Extra, side: Side, end: str) -> dict[str, Mat]:
    lifted = extra.get((Joint.ARCH, side, "lift"), 0.0)
    return {ARCH[end]: about(X, lifted)} if lifted else {}


def _jaw(extra: Extra) -> dict[str, Mat]:
    opened, shifted = (extra.get((Joint.JAW, None, way), 0.0) for way in ("opening", "shift left"))
    return {"jaw": after(about(Y, shifted), about(X, opened))} if opened or shifted else {}
