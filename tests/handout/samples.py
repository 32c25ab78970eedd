"""A plan of eight exercises as a clinic would issue it, with drawn pictures, for the tests of the page."""

import hashlib
import io
from dataclasses import replace
from datetime import date
from functools import cache

from PIL import Image, ImageDraw

from plans.content import (
    ChangesContent,
    ClinicContent,
    DoseChange,
    FindingContent,
    ItemContent,
    PatientContent,
    PictureContent,
    PlanContent,
    TherapistContent,
)
from plans.dose import Dose, Frequency, Side, Span

LINK_URL = "https://plans.example.org/p/3q2-7wAZ0kq1rT9XhVb5mD4cE8uYfJ6sNgLoPiQaWzI/"
SHEET_URL = "https://plans.example.org/s/K7QM-4T2X/"


def draw(seed: int, size=(1000, 400)) -> bytes:
    """Two panels of lines, another picture for every seed."""
    picture = Image.new("P", size, 0)
    picture.putpalette([255, 255, 255, 31, 78, 121, 74, 144, 164, 22, 32, 42])
    pen = ImageDraw.Draw(picture)
    for panel in (0, size[0] // 2):
        for line in range(6):
            x = panel + 30 + (seed * 37 + line * 71) % (size[0] // 2 - 90)
            pen.line((x, 60, panel + 60 + line * 60, size[1] - 40), fill=1 + line % 3, width=24)
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


@cache
def pictures() -> dict[str, bytes]:
    """Bytes by sha256, in the order of the exercises."""
    return {hashlib.sha256(data).hexdigest(): data for data in map(draw, range(8))}


EXERCISES = (
    ("pelvic-tilt", "Pelvic tilt", "supine", "This makes your belly and back muscles work as a team.",
     "Lie on your back. Bend your knees and keep your feet flat.",
     ("Pull your belly in a little.", "Press your low back gently into the floor.", "Hold, and keep breathing.",
      "Let go slowly."),
     ("Do not hold your breath.",), Dose(sets=Span(2, 2), repetitions=Span(10, 15), hold_seconds=Span(5, 5))),
    ("single-knee-to-chest", "Single knee to chest", "supine", "This stretches your low back and your hip.",
     "Lie on your back with both knees bent.",
     ("Hold one knee with both hands.", "Pull it slowly to your chest. Keep the other foot flat.",
      "Hold, and let your back relax.", "Lower the leg slowly."),
     ("Hold behind your thigh if your knee is sore.",),
     Dose(sets=Span(1, 1), repetitions=Span(3, 3), hold_seconds=Span(15, 30), side=Side.EACH)),
    ("lower-trunk-rotation", "Lower trunk rotation", "supine", "This loosens your low back and hips.",
     "Lie on your back with your knees bent and together.",
     ("Stretch your arms out to the sides.", "Let both knees sink slowly to the right. Hold.",
      "Bring them back up.", "Let them sink to the left. Hold."),
     ("Keep both shoulders on the floor.", "Go only as far as it feels good."),
     Dose(sets=Span(1, 1), repetitions=Span(1, 1), hold_seconds=Span(30, 30), side=Side.EACH)),
    ("glute-bridge", "Glute bridge", "supine", "This makes your buttocks and low back stronger.",
     "Lie on your back. Bend your knees and keep your feet flat.",
     ("Press your heels down.", "Lift your hips until shoulders, hips and knees make a line.", "Hold.",
      "Lower your hips slowly."),
     ("Do not arch your back at the top.",),
     Dose(sets=Span(2, 2), repetitions=Span(10, 15), hold_seconds=Span(5, 5), rest_seconds=Span(60, 60))),
    ("cat-cow", "Cat-cow", "hands_and_knees", "This helps your spine move with ease.",
     "Kneel on your hands and knees. Hands are under your shoulders.",
     ("Breathe out. Round your back up and let your head hang.",
      "Breathe in. Let your back sink and look up a little.", "Move slowly from one to the other."),
     ("Put a folded towel under your knees if they are sore.",), Dose(sets=Span(1, 1), repetitions=Span(10, 10))),
    ("bird-dog", "Bird dog", "hands_and_knees", "This trains your back to stay steady.",
     "Kneel on your hands and knees with a flat back.",
     ("Reach one arm forward and the other leg back.", "Hold. Keep your hips level.", "Come back slowly."),
     ("If it is too hard, lift only the leg.",),
     Dose(sets=Span(1, 1), repetitions=Span(10, 10), hold_seconds=Span(5, 5), side=Side.EACH)),
    ("prone-press-up", "Press-up on your front", "prone", "This can draw pain out of your leg and back to your spine.",
     "Lie on your front. Your elbows are under your shoulders.",
     ("Push your chest up gently with your arms.", "Keep your hips on the floor.", "Hold, and breathe out.",
      "Lower slowly."),
     ("Stop if pain goes further down your leg.",),
     Dose(sets=Span(1, 1), repetitions=Span(10, 10), hold_seconds=Span(10, 10))),
    ("walking", "Walking", "standing", "This keeps your whole body moving.",
     "Put on good shoes. Pick a flat path.",
     ("Walk at a pace that feels good.", "Let your arms swing.", "Turn back before you get tired."),
     ("Take a rest if your leg starts to hurt.",), Dose(duration_seconds=Span(600, 900))),
)  # fmt: skip

ADVICE = (
    "See your doctor or therapist before you start. This matters most if your pain is bad or does not go away.",
    "Find out what causes your pain. The cause tells you what to do and what to leave out.",
    "The wrong exercise can make things worse. If you feel worse, stop and tell your therapist.",
    "Move slowly and with control. Stay where it does not hurt.",
    "Make your low back and belly strong, and stretch gently. Your therapist picks what fits you.",
    "Some people need pain medicine before they can exercise. Ask your doctor if you do.",
    "Most people with sciatica get better with time. About 8 or 9 in 10 do so without surgery.",
)


def make_items() -> tuple[ItemContent, ...]:
    """The eight exercises, each with its picture."""
    frequency = Frequency(times_per_day=Span(2, 2), days_per_week=Span(7, 7))
    items = []
    for number, (row, sha256) in enumerate(zip(EXERCISES, pictures(), strict=True), 1):
        code, name, position, purpose, start, steps, cautions, dose = row
        items.append(
            ItemContent(
                key=f"00000000-0000-4000-8000-{number:012d}",
                number=number,
                exercise_code=code,
                revision_id=f"11111111-0000-4000-8000-{number:012d}",
                name=name,
                kind="stretch",
                position=position,
                purpose=purpose,
                start=start,
                steps=steps,
                dose=dose.with_frequency(frequency),
                cautions=cautions,
                sentences=("Because of your disc: stop if pain goes further down your leg.",)
                if code in ("single-knee-to-chest", "prone-press-up", "lower-trunk-rotation")
                else (),
                note="You did this one well. Keep going." if code == "glute-bridge" else "",
                picture=PictureContent(
                    sha256=sha256, alt=f"Two pictures of {name.lower()}: the start and the end."
                ),
            )
        )
    return tuple(items)


def make_plan(**values) -> PlanContent:
    """The first version of a plan for sciatica."""
    given = {
        "plan_id": "22222222-0000-4000-8000-000000000001",
        "publication_id": "33333333-0000-4000-8000-000000000001",
        "version": 1,
        "issued_on": date(2026, 11, 20),
        "sheet_code": "K7QM-4T2X",
        "link_id": "44444444-0000-4000-8000-000000000001",
        "language": "en",
        "clinic": ClinicContent(
            name="Riverside Physiotherapy",
            address="12 Mill Lane, Springfield",
            phone="555 0100",
            colour="#0b6e6e",
            disclaimer="This plan was made for you alone. Please do not pass it on.",
        ),
        "patient": PatientContent(name="Ana Whitfield", record_number="R-1042"),
        "therapist": TherapistContent(name="Sam Okafor", title="Physical therapist", licence="PT-20817"),
        "title": "Your plan for back and leg pain",
        "goals": "Walk to the shop and back without leg pain.",
        "review_date": date(2026, 12, 18),
        "frequency": Frequency(times_per_day=Span(2, 2), days_per_week=Span(7, 7)),
        "items": make_items(),
        "advice": ADVICE,
        "therapies": ("Massage therapy",),
        "demonstration": True,
    }
    return PlanContent(**given | values)


def make_second_version() -> PlanContent:
    """A later version: one exercise new, one gone, one with more repetitions."""
    items = make_items()
    before, after = items[4].dose, replace(items[4].dose, repetitions=Span(12, 15))
    return make_plan(
        version=2,
        issued_on=date(2026, 12, 18),
        items=(*items[:4], replace(items[4], dose=after), *items[5:]),
        changes=ChangesContent(
            since_version=1,
            since_date=date(2026, 11, 20),
            added=("Walking",),
            removed=("Child's pose",),
            dose_changed=(DoseChange(name="Cat-cow", before=before, after=after),),
            instructions_changed=("Bird dog",),
            general_changed=True,
        ),
    )


FINDINGS = (
    FindingContent(
        code="rule",
        level="avoid",
        item=7,
        message="Press-up: sources disagree about back bends with a herniated disc.",
        rule="rule-11",
        rule_version="1",
        rationale="Repeated extension can draw leg pain toward the spine, or make it worse.",
        evidence="review",
        source="A, B",
        counter_evidence="Source B says that back bends are often contraindicated.",
        reason="Leg pain moved toward the spine in the session of 18 November.",
        reason_by="Sam Okafor",
    ),
    FindingContent(code="burden", level="caution", message="Eight exercises: people do fewer of many."),
)


TRANSLATED = {
    "es": ("Su plan para el dolor de espalda", "Rodilla al pecho", "Esto estira la espalda baja.",
           "Túmbese boca arriba con las rodillas dobladas.",
           ("Suba una rodilla.", "Llévela despacio al pecho.", "Baje la pierna."), "No aguante la respiración.",
           "Dos dibujos: una persona boca arriba lleva una rodilla al pecho."),
    "ar": ("خطتك لألم الظهر", "الركبة إلى الصدر", "يمدد هذا أسفل ظهرك.", "استلقِ على ظهرك مع ثني الركبتين.",
           ("ارفع ركبة واحدة وأمسكها بيديك.", "اسحبها برفق نحو صدرك.", "أنزل قدمك ببطء."),
           "لا تحبس نفسك.", "صورتان: شخص مستلقٍ على ظهره يسحب ركبة واحدة نحو صدره."),
    "zh-hans": ("腰痛锻炼计划", "抱膝到胸", "拉伸下腰部。", "仰卧，双膝弯曲。",
                ("抬起一侧膝盖。", "慢慢拉向胸部。", "慢慢放下。"), "不要憋气。",
                "两幅图：一人仰卧，把一侧膝盖拉向胸部。"),
}  # fmt: skip
"""Title, name, purpose, start, steps, caution, alternative text. Drafts for layout, never for patients."""


def make_plan_in(language: str, **values) -> PlanContent:
    """Two exercises in a language; English gives the whole plan."""
    if language == "en":
        return make_plan(**values)
    title, name, purpose, start, steps, caution, alt = TRANSLATED[language]
    given = {"name": name, "purpose": purpose, "start": start, "steps": steps, "cautions": (caution,)}
    items = tuple(
        replace(
            item, **given, sentences=(), note="", picture=replace(item.picture, alt=f"{alt} {item.number}")
        )
        for item in make_items()[:2]
    )
    told = {"language": language, "title": title, "items": items, "advice": (purpose,)}
    return make_plan(
        **told | {"goals": "", "therapies": (), "clinic": ClinicContent(name="Riverside")} | values
    )
