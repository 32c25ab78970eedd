"""What hands do with their fingers: flat on a surface, curled around what they hold, else relaxed."""

from collections.abc import Mapping, Sequence

from plans.figures.solve.angles import read_angles
from plans.figures.solve.contacts import FLAT_PARTS, HANDS
from plans.figures.solve.digits import CURLED, FLAT, RELAXED, digit_turns
from plans.figures.solve.vectors import Mat
from plans.figures.spec import Attach, Contact, ContactKind, Panel
from plans.figures.words import Side, Surface


def digits_of(panel: Panel, start_line: int, contacts: Sequence[Contact]) -> Mapping[str, Mat]:
    """Return the turns of fingers, thumbs and toes."""
    hands: dict[Side, Mapping[str, float]] = dict.fromkeys(Side, RELAXED)
    busy = set()
    for contact in contacts:
        side = contact.part.side
        if contact.part.name in HANDS and side:
            holds = contact.kind is ContactKind.HOLD
            flat = isinstance(contact.target, Surface) and contact.part.name in FLAT_PARTS
            hands[side] = CURLED if holds else FLAT if flat else RELAXED
            busy |= {side} if holds or flat else set()
    for prop in panel.props:
        grips = prop.parts if prop.attach is Attach.IN else prop.ends
        for side in (part.side for part in grips if part.name in HANDS and part.side):
            hands[side] = CURLED
            busy.add(side)
    joints = [a for a in panel.joints if a.line != start_line or a.side not in busy]
    return digit_turns(read_angles(joints).extra, hands)
