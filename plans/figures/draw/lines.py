"""Where a panel has lines: round what is drawn, between its parts, and where one part hides another."""

from dataclasses import dataclass

import numpy as np

from plans.figures.draw.arrays import Ids, Mask, Numbers, Values

MAX_GROUPS = 64
FACES, TOP = 6, 1  # the number of a box's upper face among those of its parts, which are counted from 64
TOUCH = 2.0  # centimetres


@dataclass(frozen=True)
class Seen:
    """What each pixel shows, (height, width) each."""

    group: Ids  # material or prop; 0 is paper
    part: Ids  # segment of the body, or face of a prop
    depth: Values  # centimetres


@dataclass(frozen=True)
class Marks:
    """Pixels on lines, sorted, each once; the sure ones are no mere crease."""

    at: Numbers
    sure: Mask
    fine: Mask


@dataclass(frozen=True)
class LineRules:
    """What separates two neighbouring pixels."""

    joined: Mask  # (parts, parts): no line between these by themselves
    fine: Mask  # (parts,): drawn with the thin pen between two of these
    thin: Mask  # (parts,): all round drawn with the thin pen
    shut: Mask  # (parts,): never a line between two of these: toes and fingers from afar
    quiet: Mask  # (groups,): nothing inside it is drawn: hair
    grown: Mask  # (groups,): skin and hair: where two of these meet on a fine part, the pen is thin
    body: Mask  # (groups,): belongs to the body
    ledge: Mask  # (groups,): its standing faces bear a strong line, whatever lies on them: the edge of a mat
    crease: Values  # (parts,): centimetres of depth that make a line
    loose: Values  # (groups,): the same for what is inside a group, if that is more: folds of a shirt


def find_lines(seen: Seen, rules: LineRules) -> Marks:
    found = [_between(seen, rules, step) for step in (1, seen.group.shape[1])]
    at = np.concatenate([item.at for item in found])
    order = np.argsort(at, kind="stable")
    at = at[order]
    sure, fine = (
        np.concatenate(pair)[order] for pair in zip(*((f.sure, f.fine) for f in found), strict=True)
    )
    first = np.flatnonzero(np.concatenate([[True], at[1:] != at[:-1]])) if len(at) else np.zeros(0, np.int64)
    if not len(first):
        return Marks(at, sure, fine)
    # A pixel that is marked twice is sure if either is, and fine only if both are.
    return Marks(at[first], np.logical_or.reduceat(sure, first), np.logical_and.reduceat(fine, first))


def _between(seen: Seen, rules: LineRules, step: int) -> Marks:
    """Marks from comparing each pixel with the next one to the right, or below, `step` further on."""
    group, part, depth = seen.group.ravel(), seen.part.ravel(), seen.depth.ravel()
    a = _candidates(seen, step, float(rules.crease.min()))
    b = a + step
    ga, gb, pa, pb = group[a], group[b], part[a], part[b]
    both = rules.body[ga] & rules.body[gb]
    other_group = ga != gb
    fine_pair = rules.fine[pa] & rules.fine[pb] & both
    bend = _bend(depth, a, step)
    least = np.maximum(rules.crease[pa], rules.crease[pb])
    same = (ga == gb) & (ga > 0)
    least = np.where(same, np.maximum(least, rules.loose[ga]), least)
    crease = bend > least
    other_part = np.where(both, ~rules.joined[pa, pb], pa != pb) & same
    line = other_group | other_part | (crease & (ga > 0) & (gb > 0))
    line &= ~(same & rules.quiet[ga])
    line &= ~(both & rules.shut[pa] & rules.shut[pb])
    a, b = a[line], b[line]
    nearer = np.where(depth[a] > depth[b], a, b)
    grown = rules.grown[ga] & rules.grown[gb]
    # What a finger presses on is no nearer than the finger, though it may be by the numbers.
    touched = (rules.thin[part[a]] | rules.thin[part[b]]) & (np.abs(depth[a] - depth[b]) < TOUCH)
    fine = (fine_pair & (same | grown))[line] | rules.thin[part[nearer]] | touched
    fine &= ~((rules.ledge[gb] & ~rules.ledge[ga])[line] & (step > 1) & (part[b] % FACES != TOP))
    return Marks(nearer, (other_group | other_part | (bend > 3 * least))[line], fine)


def _candidates(seen: Seen, step: int, least: float) -> Numbers:
    group, part, depth = seen.group.ravel(), seen.part.ravel(), seen.depth.ravel()
    differs = (
        (group[:-step] != group[step:])
        | (part[:-step] != part[step:])
        | (np.abs(depth[:-step] - depth[step:]) > least)
    )
    found = np.flatnonzero(differs)
    if step == 1:
        found = found[found % seen.group.shape[1] != seen.group.shape[1] - 1]
    return found


def _bend(depth: Values, a: Numbers, step: int) -> Values:
    """How far the depth jumps here beyond the slope on either side: a step, not a steep surface."""
    last = len(depth) - 1
    here = depth[a + step] - depth[a]
    before = depth[a] - depth[np.maximum(a - step, 0)]
    after = depth[np.minimum(a + 2 * step, last)] - depth[a + step]
    result: Values = np.minimum(np.abs(here - before), np.abs(here - after))
    return result
