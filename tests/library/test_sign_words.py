"""A warning sign says in each language the same: no translation is narrower than the sign, or than whom it is for."""

import re

import pytest

# What narrows a sign, or is one of its alternatives, as the sentences of each language may say it.
NARROWING = {
    "knee": (r"knees?", r"rodillas?"),
    "hip": (r"hips?", r"caderas?"),
    "shoulder": (r"shoulders?", r"hombros?"),
    "joint": (r"joints?", r"articulaci[óo]n(es)?|coyunturas?|hueso parece"),
    "bone": (r"bones?|breastbone", r"huesos?(?! parece)"),
    "breastbone": (r"breastbone", r"hueso del pecho"),
    "neck": (r"neck", r"cuello"),
    "head": (r"head|headache", r"cabeza"),
    "back": (r"back", r"espalda"),
    "calf": (r"calf", r"pantorrilla"),
    "heel": (r"heel", r"tal[óo]n"),
    "leg": (r"legs?", r"piernas?"),
    "foot": (r"foot", r"(?<!de )pie"),
    "arm": (r"arms?", r"brazos?"),
    "hand": (r"hands?", r"manos?"),
    "eye": (r"eye", r"ojo"),
    "skin": (r"skin|rash|blotches", r"(?<!ve )manchas"),
    "one side": (r"one side", r"un lado"),
    "both": (r"both", r"las dos"),
    "sudden": (r"sudden(ly)?|all of a sudden", r"de golpe|súbit[oa]|de pronto"),
    "new": (r"newly|new|just", r"nuev[oa]|se han vuelto|hace poco"),
    "fast": (r"fast|races", r"rápido|cada vez"),
    "night": (r"night", r"noche"),
    "numb": (r"numb", r"duermen?|dormid[oa]s?"),
    "tingling": (r"tingling", r"hormigueo"),
    "weak": (r"weak", r"débil(es)?|debilidad|la fuerza|perdido fuerza"),
    "fever": (r"fever", r"fiebre"),
    "chills": (r"chills", r"tiembla de frío|escalofríos"),
    "confused": (r"confused", r"confus[oa]|no piensa claro"),
    "vomiting": (r"vomit", r"vomita"),
    "swelling": (r"swollen|swell", r"hinch(a|ado)"),
    "hot": (r"hot|hotter", r"caliente"),
    "red": (r"red|redder", r"roj[oa]"),
    "blue": (r"blue", r"azul(es)?"),
    "pale": (r"pale", r"pálido"),
    "cold": (r"cold", r"(?<!tiembla de )frío"),
    "heavy": (r"heavy", r"pesado"),
    "cancer": (r"cancer", r"cáncer"),
    "surgery": (r"surgery", r"operaron"),
    "pregnant": (r"pregnant", r"embarazada"),
    "gave birth": (r"gave birth", r"dio a luz"),
    "pounds": (r"pounds", r"libras"),
    "shaking": (r"shake", r"tiembla(?! de frío)|sacudidas"),
    "whole body": (r"whole body", r"todo el cuerpo"),
}


@pytest.fixture(scope="module")
def signs(starter):
    return {sign.code: sign.sentences for sign in starter.symptoms if sign.red_flag}


def said(words, place):
    """Return which of the table a sentence says, in the language of this place."""
    return {
        name
        for name, forms in NARROWING.items()
        if re.search(rf"\b(?:{forms[place]})\b", words, re.IGNORECASE)
    }


def test_no_translation_of_a_sign_adds_or_drops_what_narrows_it(signs):
    different = {
        code: said(both["en"], 0) ^ said(both["es"], 1)
        for code, both in signs.items()
        if said(both["en"], 0) != said(both["es"], 1)
    }
    assert different == {}
