from plans.figures.body.load import load_body
from plans.figures.read.figure import parse_figure
from plans.figures.solve.posed import attempt_panel

FIGURE = """
figure: curls
start: sitting
alt: {{en: "One."}}
free: [right foot]
joints: {{right hip flexion: 95, right toe tips flexion: {curled}}}
panels: [{{}}]
"""


def tips(curled: int) -> tuple[float, float]:
    """How high the ends of a small toe and of the big toe are above its first joint."""
    figure = parse_figure(FIGURE.format(curled=curled), file="curls.yaml")
    seen = attempt_panel(figure, figure.panels[0], load_body("woman50"))
    high = {bone: float(seen.joints[seen.body.bones.index(bone)][1]) for bone in ("toe3-1.R", "toe3-3.R")}
    bent = seen.turns[seen.body.bones.index("toe1-2.R")]
    return high["toe3-3.R"] - high["toe3-1.R"], float(bent[1, 2])


def test_toes_whose_tips_are_bent_curl_down() -> None:
    straight, curled = tips(0), tips(60)
    assert curled[0] < straight[0] - 0.5
    assert curled[1] < straight[1] - 0.5
