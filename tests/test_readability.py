"""Readability by rule: syllables word by word, whole texts against numbers worked out by hand."""

import pytest

from plans.readability import grade_en, inflesz, long_words, read, syllables_en, syllables_es

ENGLISH = {
    1: "place move moves hold back knees toes legs straight through breathe breath bridge stretched squeezed"
    " raise eyes hips chair slide don't won't whole thighs weight pulled stopped closed spine nerve change",
    2: "lying slowly gently safely pillow towel table muscles ankle pelvis stomach bottom pushes bridges"
    " reaches lifted started wanted isn't doesn't shoulder movement doctor careful doing going being people"
    " quiet able numbness tingling sideways action caution motion patient easy flatten tighten buttocks"
    " forearms something toward against angle changes",
    3: "exercise radio idea gradual position tomorrow however medicine opposite",
    4: "exercises comfortable usually sciatica emergency physically",
    5: "examination physiology",
    6: "physiotherapist",
}
SPANISH = {
    1: "y muy hay pie pies rey más bien ley",
    2: "boca cuerpo guerra ciudad muslos suelo país búho leer día cía agua quince hueso",
    3: "arriba rodillas dobladas levante caderas segundos despacio pingüino ahora oído espalda caída abdomen",
    4: "acuéstese apoyados aéreo vehículo",
    5: "fisioterapia tranquilamente respiratorio",
}


def table(words):
    return [(word, count) for count, line in words.items() for word in line.split()]


@pytest.mark.parametrize(("word", "count"), table(ENGLISH))
def test_english_syllables(word, count):
    assert syllables_en(word) == count


@pytest.mark.parametrize(("word", "count"), table(SPANISH))
def test_spanish_syllables(word, count):
    assert syllables_es(word) == count


def test_spanish_capitals_and_conjunction():
    assert syllables_es("Y") == 1
    assert syllables_es("ÁREA") == 3


def test_grade_of_a_text_worked_out_by_hand():
    # 9 words, 2 sentences, 11 syllables.
    assert grade_en("Lie on your back. Bend both knees slowly, gently.") == pytest.approx(
        0.39 * 9 / 2 + 11.8 * 11 / 9 - 15.59
    )


def test_ease_of_a_text_worked_out_by_hand():
    # 10 words, 2 sentences, 19 syllables.
    assert inflesz("Levante las caderas del suelo. Baje despacio y sin dolor.") == pytest.approx(
        206.835 - 62.3 * 19 / 10 - 10 / 2
    )


def test_line_ends_end_sentences():
    assert grade_en("Lie down\nBend both knees\n") == grade_en("Lie down. Bend both knees.")


def test_decomposed_letters_count_as_their_composed_ones():
    assert inflesz("Acue\u0301stese ma\u0301s aqui\u0301.") == inflesz("Acuéstese más aquí.")


def test_no_words_is_no_burden():
    assert grade_en("123 ...") == 0
    assert inflesz("") == 100


def test_hard_text_is_too_hard():
    hard = "Contraindicated in individuals presenting neurological deterioration regardless of relief."
    reading = read(hard, language="en")
    assert reading.too_hard
    assert not reading.easy
    assert reading.long_words[0] in ("neurological", "contraindicated", "deterioration")
    duro = "Contraindicado en individuos con deterioro neurológico progresivo, independientemente del alivio."
    assert read(duro, language="es").too_hard


def test_plain_text_is_easy():
    assert read("Lie on your back. Bend your knees.", language="en").easy
    assert read("Doble las rodillas. Baje los pies.", language="es").easy


def test_other_languages_have_no_measure():
    assert read("仰卧,屈膝。", language="zh-Hans") is None
    assert long_words("仰卧", language="zh-Hans") == ()


def test_long_words_once_longest_first():
    assert long_words("Exercise comfortably. Exercise on.", language="en") == ("comfortably", "exercise")
    assert long_words("Acuéstese sobre la colchoneta.", language="es") == ("acuéstese", "colchoneta")
