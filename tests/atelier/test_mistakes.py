"""What a coordinator may get wrong in a form is said beside its field, and not kept."""

from __future__ import annotations

import pytest

from assistant_am.atelier import typed
from assistant_am.atelier.typed import Misread

FACT = "/faits/cqp_heures"
PAY = "/faits/salaire_onisep_min"
AMOUNT = "/montants/aide_mi_temps"
SITE = "/site"
SOURCE = "/sources/akeia"
FICHE = "/fiches/cqp"
CONTACT = "/contacts/opco_ep"

WRONG = [
    (FACT, "valeur", "300 heures", "n'est pas un nombre"),
    (FACT, "valeur", "oui", "n'est pas un nombre"),
    (FACT, "valeur", "", "n'est pas un nombre"),
    (FACT, "valeur", "20.000", "se lit de deux façons"),
    (FACT, "date", "2026-13-31", "date impossible"),
    (FACT, "date", "2026-02-31", "date impossible"),
    (FACT, "date", "2027", "n'est pas une date"),
    (FACT, "unite", "h", "n'est pas possible"),
    (FACT, "libelle", "", "est vide"),
    (FACT, "libelle", "x" * 401, "trop long"),
    (FICHE, "reponse", "Il dure 300 heures.", "écrit à la main"),
    (FICHE, "reponse", "Il dure {cqp_minutes}.", "n'est pas un fait connu"),
    (FICHE, "libelle", "un bouton bien trop long pour tenir", "28 caractères au plus"),
    (FICHE, "propositions.8.enonce", "court", "est vide"),
    (SITE, "contact_courriel", "contact msp.fr", "n'a pas la forme"),
    (SITE, "contact_adresse_web", "www.msp72.fr", "n'a pas la forme"),
    (SITE, "contact_territoire", "", "est vide"),
    (SITE, "conservation_jours", "30 jours", "n'est pas un nombre"),
    (SITE, "contacts_departements.1.departement", "53", "écrit deux fois"),
    (SOURCE, "publie", "octobre 2026", "n'a pas la forme"),
    (SOURCE, "publie", "10/2026", "n'a pas la forme"),
    (SOURCE, "adresse", "www.ars.fr", "n'a pas la forme"),
    (SOURCE, "confiance", "Haute", "n'est pas possible"),
    (SOURCE, "a_revoir", "2025-03-01", "avant"),
    (SOURCE, "court", "", "vide"),
    (FICHE, "reponse", "", "vide"),
    (FICHE, "reponse", "**Deux jours par semaine.**", "écrit à la main"),
    (FICHE, "reponse", "C'est 1 200 € par an.", "écrit à la main"),
    (FICHE, "reponse", "Au plus 50%.", "écrit à la main"),
    (FICHE, "reponse", "C'est 20k€.", "écrit à la main"),
    (FICHE, "reponse", "Depuis le 01/01/2027.", "écrit à la main"),
    (FICHE, "reponse", "Appelez le 0243561212.", "écrit à la main"),
    (FICHE, "reponse", "Voyez www.exemple.fr.", "écrit"),
    (FICHE, "reponse", "Il dure { cqp_heures }.", "{cqp_heures}"),
    (FICHE, "reponse", "Il dure {CQP_heures}.", "CQP_heures"),
    (FICHE, "reponse", "Il dure {cqp_heures.chiffre}.", "chiffre"),
    (FICHE, "reponse", "Il dure {{cqp_heures}}.", "cqp_heures"),
    (FICHE, "reponse", "**Nos sources ne disent rien.", "**"),
    (FICHE, "reponse", "<b>Nos sources</b> ne disent rien.", "<b>"),
    (FICHE, "reponse", "[ici](https://exemple.fr)", "lien"),
    (FICHE, "reponse", "Vous toucherez cette aide.", "toucherez"),
    (FICHE, "suite.0", "salaire", "inconnu"),
    (FICHE, "suite.0", "cqp", "mettez une autre fiche"),
    (FICHE, "theme", "travail", "n'est pas possible"),
    (SITE, "contacts_departements.1.departement", "99", "n'est pas un département"),
    (SITE, "contact_courriel", "mailto:x y@z", "n'a pas la forme"),
    (SITE, "contact_courriel", "<contact@msp.fr>", "n'a pas la forme"),
    (CONTACT, "courriel", "mailto:x@z.fr", "n'a pas la forme"),
    (CONTACT, "departements", "53, 99", "n'a pas la forme"),
    (CONTACT, "nom", "", "vide"),
]


def test_each_mistake_is_said_beside_its_field_and_nothing_is_kept(anne, workshop):
    missed = []
    for page, field, value, words in WRONG:
        anne.get(page)
        said = anne.preview(f"{page}/apercu", {field: value})["erreurs"]
        anne.send(page, {field: value})
        # Of a list, what is wrong is said at its end.
        places = (field, field.partition(".")[0])
        beside = " ".join(anne.error(place) for place in places)
        told = " ".join(" ".join(said.get(place, ())) for place in places)
        if not (words in told and words in beside and anne.status == 422):
            missed.append((field, value, said, beside, anne.status))
    assert missed == []
    assert workshop.draft.changes() == ()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("valeur", "20.000", "se lit de deux façons"),
        ("valeur", "20000 €", "n'est pas un nombre"),
        ("valeur", "20000,5", "nombre entier"),
        ("depuis", "2027-01-32", "date impossible"),
        ("source", "", "inconnue"),
    ],
)
def test_mistakes_of_an_amount(anne, workshop, field, value, words):
    anne.get(AMOUNT)
    right = {
        "lignes": ["aide_mi_temps/p30_p89/1"],
        "valeur": "20000",
        "depuis": "1/1/2027",
        "source": "ameli_bdr",
    }
    anne.send(AMOUNT, {**right, field: value})
    assert anne.status == 422
    assert words in anne.error(field)
    assert workshop.draft.changes() == ()


def test_a_doubt_is_said_and_does_not_stop(anne, workshop):
    anne.get(FACT)
    said = anne.preview(f"{FACT}/apercu", {"valeur": "2790"})
    assert "est-il bien voulu" in said["doutes"]["valeur"]
    assert "« Durée de la formation » (B-1)" in said["doutes"]["valeur"]
    anne.send(FACT, {"valeur": "2790"})
    assert len(workshop.draft.changes()) == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [("279", 279), ("1 801,50", 1801.5), ("1\u202f801", 1801), ("0,5", 0.5), ("1867.02", 1867.02)],
)
def test_numbers_as_the_french_write_them(text, value):
    assert typed.number(text) == value


@pytest.mark.parametrize(
    ("text", "iso"),
    [("31/12/2026", "2026-12-31"), ("1.1.2027", "2027-01-01"), ("2027-1-1", "2027-01-01")],
)
def test_days_as_the_french_write_them(text, iso):
    assert typed.day(text) == iso


@pytest.mark.parametrize("text", ["", "demain", "31/02/2026", "2026"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(Misread):
        typed.day(text)
