"""What people did not get: shown without anybody in it, and one click from an answer."""

from __future__ import annotations

import re

import pytest
import yaml

from assistant_am.atelier.inbox import Inbox
from assistant_am.atelier.storehouse import Place

PARKING = [
    "où se garer quand on est assistant médical",
    "ou est ce qu'on peut se garer ?",
    "on se gare où ?",
]
NEW = "/nouveau/fiches"


@pytest.fixture
def asked(mail):
    """Three people ask where to park; one says something of her own."""
    for number, text in enumerate(PARKING):
        mail.turn(f"p{number}", text)
    mail.turn("seule", "je suis Mathilde et mon divorce me coûte cher")


def identity(anne, path="/boite"):
    anne.get(path)
    return re.search(r'href="/boite/(\w+)"', anne.page)[1]


def test_what_several_asked_is_shown_with_its_answer_and_what_one_said_is_only_counted(anne, asked):
    anne.get("/boite")
    assert "se garer" in anne.text
    assert "3 personnes, 3 fois" in anne.text
    assert "Je n'ai pas compris." in anne.text
    assert "Mathilde" not in anne.page
    assert "divorce" not in anne.page
    assert "1 groupe de moins de trois personnes" in anne.text


def test_the_site_may_show_what_one_person_said(mail, asked, workshop, tmp_path):
    texts = Inbox(mail.read, tmp_path / "b.json", rare=True).letters().waiting
    assert any("Mathilde" in text for each in texts for text, _ in each.texts)


def test_numbers_are_masked_and_words_of_one_person_hidden(anne, mail):
    for number in range(3):
        mail.turn(f"p{number}", f"se garer au 0{number + 2} 43 56 12 12 chez Brigitte{number}")
    anne.get("/boite")
    assert "[téléphone]" in anne.text
    assert "Brigitte" not in anne.page
    assert "43 56" not in anne.text


def test_thumbs_down_and_unsaid_are_there_with_the_fiche_that_answered(anne, mail):
    for number in range(3):
        mail.turn(f"a{number}", "combien dure le CQP", "cqp", "sur", "279 heures.")
        mail.dislike(f"a{number}")
        mail.turn(f"b{number}", "peut-on amener son chien", "non_couvert", "sur", "Rien là-dessus.")
    anne.get("/boite")
    assert "Réponse jugée inutile" in anne.text
    assert "279 heures." in anne.text
    assert 'href="/fiches/cqp"' in anne.page
    assert "Rien là-dessus." in anne.text


def test_an_answer_that_only_one_got_is_not_shown(anne, mail):
    for number, text in enumerate(PARKING):
        mail.turn(f"p{number}", text, answer=f"Pour vos {900 + number} patients, je ne sais pas.")
    anne.get("/boite")
    assert "patients" not in anne.page.partition("<main")[2]
    assert "elles ne sont pas montrées" in anne.text


def test_it_was_that_fiche_she_writes_it_in_her_own_words(anne, asked, workshop, tmp_path):
    page = f"/boite/{identity(anne)}"
    anne.get(page)
    assert anne.form(page)["phrases"].splitlines()[0] in PARKING, "proposée, à réécrire"
    anne.send(page, {"fiche": "horaires"})
    assert anne.status == 422
    assert "dites-le avec vos mots" in anne.error("phrases")
    assert workshop.draft.changes() == ()
    anne.send(page, {"fiche": "horaires", "phrases": "y a-t-il des places de parking pour l'AM"})
    assert "C'est dans le brouillon" in anne.text
    assert "se garer" not in anne.page.partition("Déjà traité")[0]
    workshop.publish("Anne", "boîte")
    file = tmp_path / "site" / "data" / "nlu" / "horaires.yml"
    assert yaml.safe_load(file.read_text("utf-8")) == {
        "version": "3.1",
        "nlu": [
            {
                "intent": "demander_horaires",
                "examples": "- y a-t-il des places de parking pour l'AM\n",
            }
        ],
    }
    workshop.undo(1, "Anne")
    assert not file.exists()


def test_a_sentence_of_another_subject_is_refused_beside_its_field(anne, workshop):
    anne.get("/phrases/horaires")
    known = workshop.storehouse.learnt.all()
    taken = next(each.text for each in known if each.intent == "demander_cqp")
    for text, words in (
        (taken, "est déjà une phrase de « Le CQP"),
        ("appelle le 02 43 56 12 12", "contient un numéro"),
        ("le [parking](lieu)", "a un crochet"),
        ("une phrase neuve\nune phrase neuve", "deux fois"),
    ):
        anne.send("/phrases/horaires", {"phrases": text})
        assert words in anne.error("phrases"), text
    assert workshop.draft.changes() == ()


def test_a_missing_subject_becomes_a_fiche_with_its_questions(anne, asked, workshop, knowledge):
    name = identity(anne)
    anne.get(f"{NEW}?groupe={name}")
    assert "se garer" in anne.form(NEW)["phrases"]
    form = {
        "libelle": "Parking",
        "question": "Où l'assistant médical peut-il se garer ?",
        "reponse": "**Le parking est gratuit pour le personnel.** Demandez un badge à l'accueil.",
        "sources": ["maysantelab"],
        "sources.presentes": "oui",
        "phrases": "y a un parking ?\nest-ce que je peux venir en voiture",
    }
    said = anne.preview(f"{NEW}/apercu", {**form, "reponse": "Il est à 300 heures."})["erreurs"]
    assert "écrit à la main" in " ".join(said["reponse"])
    assert "Le parking est gratuit" in anne.preview(f"{NEW}/apercu", form)["apercu"]
    anne.send(NEW, {**form, "libelle": "", "phrases": ""})
    assert anne.status == 422
    assert anne.error("libelle")
    assert "au moins une phrase" in anne.error("phrases")
    anne.send(NEW, form)
    assert anne.status == 200, anne.text[:500]
    anne.get("/publier")
    assert "Fiche « Parking » : ajout" in anne.text
    assert "Phrases de « Parking » : 2 ajoutées" in anne.text
    anne.send("/publier", {"pourquoi": "demandé trois fois"})
    assert "C'est publié" in anne.text, anne.text[:800]
    fiche = workshop.published().knowledge.fiches["parking"]
    assert fiche.intent == "demander_parking"
    workshop.undo(1, "Anne")
    assert "parking" not in workshop.published().knowledge.fiches


def test_a_fiche_without_any_sentence_is_not_published(anne, workshop):
    entry = {
        **workshop.storehouse.entry(Place("fiches", "horaires")),
        "id": "parking",
        "intention": "demander_parking",
        "libelle": "Parking",
        "question": "Où se garer ?",
    }
    workshop.draft.keep(Place("fiches", "parking"), entry, "Anne")
    anne.get("/publier")
    anne.send("/publier", {"pourquoi": "essai"})
    assert anne.status == 422
    assert "n'a aucune phrase" in anne.text


def test_not_for_us_and_back(anne, asked):
    name = identity(anne)
    anne.send(f"/boite/{name}/ecarter", {})
    assert "Rien n'attend" in anne.text
    assert "pas pour nous" in anne.text
    anne.send(f"/boite/{name}/remettre", {})
    assert f'href="/boite/{name}"' in anne.page


def test_a_new_fact_and_a_new_source_are_published_together(anne, workshop, tmp_path):
    anne.get("/nouveau/sources")
    anne.send(
        "/nouveau/sources",
        {
            "court": "ARS Pays de la Loire (2026)",
            "titre": "Aides",
            "editeur": "ARS",
            "publie": "2026-10",
        },
    )
    assert anne.status == 200, anne.text[:500]
    anne.get("/nouveau/faits")
    anne.send(
        "/nouveau/faits",
        {
            "libelle": "Places de parking",
            "valeur": "40",
            "unite": "postes",
            "source": "ars_pays_de_la_loire_2026",
        },
    )
    assert anne.status == 200, anne.text[:500]
    workshop.publish("Anne", "ouverture")
    fact = workshop.published().knowledge.facts["places_de_parking"]
    assert fact.value == 40
    assert (tmp_path / "site" / "knowledge" / "faits" / "ajouts.yml").exists()
    workshop.undo(1, "Anne")
    assert not list((tmp_path / "site").rglob("*.yml"))


@pytest.mark.parametrize("kind", ["faits", "fiches", "sources", "contacts"])
def test_an_empty_form_says_what_is_missing_and_keeps_nothing(anne, workshop, kind):
    anne.get(f"/nouveau/{kind}")
    anne.send(f"/nouveau/{kind}", {})
    assert anne.status == 422
    assert "obligatoire" in anne.text or "vide" in anne.text
    assert workshop.draft.changes() == ()


def test_a_contact_is_changed_and_published(anne, workshop):
    anne.get("/contacts/opco_ep")
    anne.send("/contacts/opco_ep", {"telephone": "02 43", "departements": "53, 72"})
    assert anne.status == 200, anne.text[:500]
    anne.get("/publier")
    assert "Contact « l'OPCO EP » : téléphone : rien → 02 43" in anne.text
    workshop.publish("Anne", "essai")
    assert workshop.published().knowledge.contacts["opco_ep"].departments == ("53", "72")
