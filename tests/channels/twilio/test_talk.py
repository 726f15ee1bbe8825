"""WhatsApp and SMS: numbered choices, short words, pictures, opting out."""

from __future__ import annotations

import pytest

from assistant_am.channels.shared.phrases import KINDS
from assistant_am.channels.shared.styles import for_sms
from tests.channels.shared.serving import ALERT
from tests.channels.telegram.test_talk import PICTURE, SOURCES, TABLE

CHOICES = {
    "text": "Quelle quotité ?",
    "buttons": [
        {"title": "Mi-temps", "payload": "à mi-temps"},
        {"title": "Temps plein", "payload": "à temps plein"},
        {"title": "Je ne sais pas", "payload": "je ne sais pas"},
    ],
}
LINK = {"type": "lien", "texte": "Page imprimable", "url": "/estimation?quotite=0.5"}


@pytest.fixture(params=["sms", "whatsapp"])
def phone(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1", "à mi-temps"),
        ("Le 1", "à mi-temps"),
        ("premier", "à mi-temps"),
        ("la première", "à mi-temps"),
        ("n° 2", "à temps plein"),
        ("2.", "à temps plein"),
        ("la 2e stp", "à temps plein"),
        ("le second choix", "à temps plein"),
        ("réponse 3", "je ne sais pas"),
        ("le dernier", "je ne sais pas"),
        ("4", "4"),
        ("0,5", "0,5"),
        ("1 500", "1 500"),
        ("le premier contrat", "le premier contrat"),
        ("2e année", "2e année"),
    ],
)
def test_a_number_is_a_choice(phone, typed, meant):
    phone.served.agent.script["choix"] = CHOICES
    assert phone.says("choix").endswith("1. Mi-temps\n2. Temps plein\n3. Je ne sais pas")
    phone.says(typed)
    assert phone.served.agent.heard == ["choix", meant]


def test_numbers_end_with_the_next_answer(phone):
    phone.served.agent.script["choix"] = CHOICES
    phone.says("choix")
    phone.says("bonjour")
    phone.says("1")
    assert phone.served.agent.heard[-1] == "1"


def test_a_voice_message_in_between_leaves_the_numbers(phone):
    phone.served.agent.script["choix"] = CHOICES
    phone.says("choix")
    shown = phone.says("", NumMedia="1", MediaContentType0="audio/ogg")
    assert shown in (KINDS["vocal"], for_sms(KINDS["vocal"]))
    phone.says("2")
    assert phone.served.agent.heard[-1] == "à temps plein"


def test_somebody_elses_number_is_theirs(served, api, phone):
    from tests.channels.twilio.conftest import Phone

    served.agent.script["choix"] = CHOICES
    phone.says("choix")
    Phone(served, api).says("1")
    assert served.agent.heard[-1] == "1"


def test_sms_has_cheap_characters_and_a_link_for_the_picture(sms):
    text = "« L’août » : 38\u00a0000\u00a0€ — œuvre où être reçu, à côté d'Évry…"
    paragraph = {"type": "paragraphe", "texte": text}
    sms.served.agent.script["dis"] = {"blocs": [paragraph, TABLE, PICTURE, LINK, SOURCES]}
    assert sms.says("dis") == (
        "\" L'aout \" : 38 000 € - oeuvre où etre recu, à coté d'Évry...\n\n"
        "Montants maximaux, par an :\n- 1re année : 38 000 €\n- 3e année : 9 000 €\n\n"
        "Source : Onisep & co. A vérifier.\n\n"
        "Graphique des montants : https://bot.example/estimation.png?quotite=0.5\n\n"
        "Page imprimable : https://bot.example/estimation?quotite=0.5"
    )


def test_whatsapp_has_bold_aligned_tables_and_pictures(whatsapp):
    bold = {"type": "paragraphe", "texte": "**Oui** & non."}
    whatsapp.served.agent.script["dis"] = {"blocs": [bold, TABLE, PICTURE, SOURCES]}
    whatsapp.send("dis")
    picture, text = whatsapp.wait(2)
    assert picture["MediaUrl"] == "https://bot.example/estimation.png?quotite=0.5"
    assert text["Body"] == (
        "*Oui* & non.\n\nMontants maximaux, par an :\n"
        "```1re année  38 000 €\n3e année    9 000 €```\n\nSource : Onisep & co. À vérifier."
    )


def test_a_picture_that_cannot_be_fetched_becomes_a_link(whatsapp):
    whatsapp.api.bad_pictures = True
    whatsapp.served.agent.script["dis"] = {"blocs": [PICTURE, SOURCES]}
    whatsapp.send("dis")
    assert whatsapp.wait(2)[0]["Body"].endswith("https://bot.example/estimation.png?quotite=0.5")
    assert len(whatsapp.api.faults) == 1
    whatsapp.api.faults.clear()


def test_a_long_answer_is_cut_after_sentences_and_keeps_sources_and_choices(phone):
    sentence = "Cette phrase dit quelque chose d'assez long sur la formation."
    phone.served.agent.script["long"] = {
        "blocs": [{"type": "paragraphe", "texte": " ".join([sentence] * 200)}, SOURCES],
        "buttons": CHOICES["buttons"],
    }
    phone.send("long")
    most = 3 if phone.number.startswith("whatsapp") else 2
    texts = [given["Body"] for given in phone.wait(most)]
    assert len(texts) == most
    assert texts[0].endswith("formation.")
    assert "La suite est trop longue" in texts[-1]
    assert texts[-1].index("Source : Onisep") < texts[-1].index("3. Je ne sais pas")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"Latitude": "47.2", "Longitude": "-1.5"}, "position"),
        ({"NumMedia": "1", "MediaContentType0": "audio/ogg"}, "vocal"),
        ({"NumMedia": "1", "MediaContentType0": "image/webp"}, "autocollant"),
        ({"NumMedia": "1", "MediaContentType0": "image/jpeg"}, "image"),
        ({"NumMedia": "1", "MediaContentType0": "text/vcard"}, "contact"),
        ({"NumMedia": "1", "MediaContentType0": "application/pdf"}, "fichier"),
    ],
)
def test_what_is_no_text_gets_a_courteous_line(whatsapp, content, kind):
    assert whatsapp.says("", **content) == KINDS[kind]
    assert whatsapp.served.agent.heard == []


def test_stop_by_sms_is_the_operators_affair(sms):
    sms.served.agent.script["choix"] = CHOICES
    sms.says("choix")
    for word in ("STOP", "Unsubscribe"):
        sms.send(word)
    sms.send("HELP", OptOutType="HELP")
    sms.says("1")
    assert sms.served.agent.heard == ["choix", "annuler", "annuler", "1"]
    assert len(sms.shown()) == 2


def test_stop_on_whatsapp_and_arret_by_sms_are_confirmed(whatsapp, sms):
    assert "C'est arrêté" in whatsapp.says("Stop")
    assert "C'est arreté" in sms.says("ARRÊT")


def test_help_offers_starters_by_number(phone):
    assert "4. " in phone.says("aide")
    phone.says("1")
    assert "assistant médical" in phone.served.agent.heard[-1]


def test_a_person_has_one_conversation_on_each_service(sms, whatsapp):
    whatsapp.number = f"whatsapp:{sms.number}"
    sms.says("bonjour")
    sms.says("encore")
    whatsapp.says("bonjour")
    first, second, third = (message.sender_id for message in sms.served.agent.said)
    assert first == second != third
    assert sms.number.strip("+") not in first


def test_an_emergency_is_answered(phone):
    assert "15" in phone.says(ALERT)
