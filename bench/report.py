"""What was measured, as lines for people with the goal beside each number, and as one JSON file."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Line:
    """One number, its unit, and the most or the least that it may be."""

    part: str
    what: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the goal is reached; empty where there is none."""
        if self.most is None and self.least is None:
            return ""
        reached = self.value <= (self.most or 0) if self.most is not None else self.value >= (self.least or 0)
        return "reached" if reached else "MISSED"

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.most is not None:
            return f"<= {self.most:g}"
        return f">= {self.least:g}" if self.least is not None else ""

    def to_dict(self) -> dict[str, object]:
        """The line for the file."""
        return {
            "part": self.part,
            "what": self.what,
            "value": self.value,
            "unit": self.unit,
            "goal": self.goal,
            "verdict": self.verdict,
        }


def print_lines(lines: list[Line]) -> None:
    """Print a table: part, what, value, goal, verdict."""
    width = max(len(line.what) for line in lines)
    for line in lines:
        value = f"{line.value:.4g} {line.unit}"
        print(f"  {line.part:3} {line.what:{width}}  {value:>16}  {line.goal:>10}  {line.verdict}")


def write_report(path: Path, *, lines: list[Line], details: dict[str, object]) -> None:
    """Write all of it as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    report = {"lines": [line.to_dict() for line in lines], **details}
    path.write_text(json.dumps(report, indent=2) + "\n")
