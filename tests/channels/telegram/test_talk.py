"""A student on a phone: text, buttons, pictures, long answers."""

from __future__ import annotations

from tests.channels.shared.serving import ALERT

TABLE = {
    "type": "tableau",
    "legende": "Montants maximaux, par an",
    "colonnes": ["Année", "Montant"],
    "lignes": [["1re année", "38 000 €"], ["3e année", "9 000 €"]],
}
SOURCES = {
    "type": "sources",
    "sources": [{"nom": "Onisep & co", "url": "https://onisep.example/?a=1&b=2", "relu": "2026"}],
    "remarque": "À vérifier.",
}
PICTURE = {
    "type": "image",
    "url": "/estimation.png?quotite=0.5",
    "grande": "/estimation.svg?quotite=0.5",
    "alternative": "Graphique <des> montants",
}


def test_a_question_is_answered_in_escaped_html(person):
    person.served.agent.script["dis"] = {
        "blocs": [{"type": "paragraphe", "texte": "**Si** a < b & c > d"}, SOURCES]
    }
    shown = person.says("dis")
    assert shown["text"] == (
        "<b>Si</b> a &lt; b &amp; c &gt; d\n\nSource : "
        '<a href="https://onisep.example/?a=1&amp;b=2">Onisep &amp; co</a>. À vérifier.'
    )
    assert shown["parse_mode"] == "HTML"


def test_a_table_is_aligned(person):
    person.served.agent.script["table"] = {"blocs": [TABLE]}
    assert person.says("table")["text"] == (
        "Montants maximaux, par an :\n<pre>1re année  38 000 €\n3e année    9 000 €</pre>"
    )


def test_buttons_stand_under_each_other_and_say_their_words(person):
    say = "Quelle est la durée exacte de la formation, et qui la paie en fin de compte ?" * 2
    person.served.agent.script["choix"] = {
        "text": "Choisissez.",
        "buttons": [{"title": "Durée", "payload": say}, {"title": "Autre", "payload": "autre"}],
    }
    shown = person.says("choix")
    assert [len(row) for row in shown["reply_markup"]["inline_keyboard"]] == [1, 1]
    person.press(shown, "Durée")
    assert person.wait(2)[1]["text"].startswith("Entendu : Quelle est la durée")
    assert person.served.agent.heard[-1] == say
    (acknowledged,) = person.api.wait(1, "answerCallbackQuery")
    assert acknowledged == {"callback_query_id": "99", "text": "Durée"}


def test_a_button_from_before_a_restart_says_its_title(person):
    keyboard = {"inline_keyboard": [[{"text": "Durée", "callback_data": "inconnu"}]]}
    person.press({"reply_markup": keyboard}, "Durée")
    assert person.wait()[0]["text"] == "Entendu : Durée"


def test_a_picture_comes_before_the_last_text(person):
    person.served.agent.script["image"] = {"blocs": [PICTURE, SOURCES]}
    person.send("image")
    picture, text = person.wait(2)
    assert picture["photo"] == "https://bot.example/estimation.png?quotite=0.5"
    assert picture["caption"] == "Graphique &lt;des&gt; montants"
    assert text["text"].startswith("Source : ")


def test_a_picture_that_cannot_be_fetched_becomes_a_link(served, api):
    from tests.channels.telegram.conftest import Person

    person = Person(served, api)
    served.agent.script["image"] = {"blocs": [PICTURE, SOURCES]}
    api.bad_pictures = True
    person.send("image")
    link, text = person.wait(2)
    assert '<a href="https://bot.example/estimation.png?quotite=0.5">' in link["text"]
    assert text["text"].startswith("Source : ")


def test_a_long_answer_is_cut_after_sentences_and_keeps_its_sources(person):
    sentence = "Cette phrase dit & répète quelque chose d'assez long sur la formation."
    person.served.agent.script["long"] = {
        "blocs": [{"type": "paragraphe", "texte": " ".join([sentence] * 400)}, SOURCES]
    }
    person.send("long")
    texts = [given["text"] for given in person.wait(3)]
    assert all(text.endswith(".") for text in texts)
    assert "La suite est trop longue" in texts[2]
    assert "Onisep" in texts[2]
    assert len(person.shown()) == 3


def test_over_long_text_is_told_so(person):
    assert "1 000 caractères" in person.says("mot " * 400)["text"]
    assert person.served.agent.heard == []


def test_start_welcomes_and_help_helps(person):
    welcome = person.says("/start")
    assert "automate" in welcome["text"]
    assert len(welcome["reply_markup"]["inline_keyboard"]) == 4
    assert "STOP" in person.says("/help")["text"]
    assert "STOP" in person.says("Aide !")["text"]
    assert person.served.agent.heard == []
    person.says("bonjour")
    assert person.served.agent.said[-1].metadata == {"accueil_lu": True}


def test_stop_drops_the_pending_question(person):
    assert "C'est arrêté" in person.says("STOP")["text"]
    assert person.served.agent.heard == ["annuler"]


def test_a_command_of_rasa_is_only_words(person):
    person.says('/demander_montant_aide{"quotite":1}')
    assert person.served.agent.heard == ['demander_montant_aide{"quotite":1}']


def test_a_failure_is_said_with_a_way_to_try_again(person):
    shown = person.says("plantage")
    assert "incident technique" in shown["text"]
    person.press(shown, "Réessayer")
    person.wait(2)
    assert person.served.agent.heard == ["plantage", "plantage"]


def test_an_emergency_does_not_wait(person):
    person.served.close_gate()
    person.send("attends")
    person.send(ALERT)
    assert "15" in person.wait()[0]["text"]
    person.served.open_gate()
    assert person.wait(2)[1]["text"] == "Entendu : attends"
    assert person.says("merci")["text"] == "Entendu : merci"
    assert person.served.agent.heard == ["attends", ALERT, "merci"]
    assert len(person.shown()) == 3


def test_one_waits_for_oneself_and_for_nobody_else(person):
    from tests.channels.telegram.conftest import Person

    other = Person(person.served, person.api)
    person.served.close_gate()
    person.send("attends")
    person.send("suite")
    assert other.says("bonjour")["text"] == "Entendu : bonjour"
    assert person.served.agent.heard == ["attends", "bonjour"]
    person.served.open_gate()
    texts = [given["text"] for given in person.wait(2)]
    assert texts == ["Entendu : attends", "Entendu : suite"]


def test_nothing_that_is_stored_tells_who_wrote(person):
    person.says("bonjour")
    (message,) = person.served.agent.said
    assert message.sender_id.startswith("telegram-")
    assert str(person.id) not in message.sender_id + message.message_id
    person.says("encore")
    assert person.served.agent.said[1].sender_id == message.sender_id
