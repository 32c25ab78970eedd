"""The warning signs of a plan in their two boxes. The language is the active translation's."""

from plans.content import PlanContent
from plans.contraindications import RedFlag
from plans.handout import phrases, strings


def say_signs(content: PlanContent) -> list[dict[str, object]]:
    """Return the boxes, the one for the emergency number first; one without any sign is left out."""
    kept = phrases.keep_together(content.clinic.emergency_number)
    titles = {
        RedFlag.EMERGENCY: phrases.keep_number(strings.say_more_emergencies_title(kept), kept),
        RedFlag.SAME_DAY: strings.say_more_same_day_title(),
    }
    boxes: list[dict[str, object]] = []
    for flag, title in titles.items():
        signs = [
            {"words": sign.words, "answer": phrases.say_answer(sign)}
            for sign in content.signs
            if sign.red_flag == flag
        ]
        name = "emergency" if flag is RedFlag.EMERGENCY else "today"
        boxes += [{"name": name, "title": title, "signs": signs}] if signs else []
    return boxes
