"""Names and sentences in each script that the bundled fonts have. Made up, for layout, never for patients."""

NAMES = {
    "arabic": "سارة الأحمد",
    "hebrew": "שָׂרָה כֹּהֵן-לֵוִי",
    "korean": "김서연",
    "devanagari": "श्रीकृष्ण त्रिपाठी",
    "thai": "น้ำฝน เจริญสุข",
    "chinese": "王小明",
    "cyrillic": "Дарья Щёголева",
    "vietnamese": "Nguyễn Thị Ánh",
}
SENTENCES = {
    "arabic": "تنفس بعمق قبل كل تمرين، ثم استرخِ (ببطء) 3 مرات.",
    "hebrew": "קחו נשימה עמוקה לפני כל תרגיל, ואז הרפו (לאט).",
    "korean": "운동하기 전에 숨을 깊이 들이쉬고 천천히 내쉬세요.",
    "devanagari": "हर व्यायाम से पहले गहरी साँस लें, फिर धीरे-धीरे छोड़ें। कृपया ऐसा दिन में दो बार करें।",
    "thai": "หายใจเข้าลึกๆ ก่อนออกกำลังกายทุกครั้ง แล้วค่อยๆ ผ่อนลมหายใจออก",
    "chinese": "每次锻炼前先深呼吸，然后慢慢呼气。",
    "mixed": "Walk to the سوق and back (3 times), then drink מים or 물.",
    "mixed_from_the_right": "امشِ إلى Riverside Park ثم عُد (3 مرات).",
}
