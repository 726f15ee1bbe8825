"""A coordinator's morning over HTTP: change, see, try, publish, undo."""

from __future__ import annotations

import datetime
import difflib
import filecmp
import re
import time
from pathlib import Path

import yaml

from assistant_am.atelier.storehouse import Place

ROOT = Path(__file__).resolve().parents[2]
FACT = "/faits/cqp_heures"
AMOUNT = "/montants/aide_mi_temps"


def of_site(knowledge, name):
    """A file of the site's folder, beside the shipped knowledge."""
    file = knowledge.parent / "site" / "knowledge" / name
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def changed_lines(knowledge, name):
    """Lines added, and lines gone."""
    before = (ROOT / "knowledge" / name).read_text(encoding="utf-8").splitlines()
    after = (knowledge.parent / "site" / "knowledge" / name).read_text("utf-8").splitlines()
    told = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
    return [each[1:] for each in told if each[0] == "+"], [
        each[1:] for each in told if each[0] == "-"
    ]


def same(knowledge):
    """Is every shipped file what it was, to the byte, and nothing of it changed by the site?"""
    return untouched(knowledge) and not list((knowledge.parent / "site").rglob("*.yml"))


def untouched(knowledge):
    names = [str(each.relative_to(knowledge)) for each in knowledge.rglob("*") if each.is_file()]
    _, different, missing = filecmp.cmpfiles(ROOT / "knowledge", knowledge, names, shallow=False)
    return not different and not missing


def test_a_fact_is_found_by_its_figure_its_acronym_and_its_words(anne):
    for query, expected in (
        ("279", "/faits/cqp_heures"),
        ("FAE", "/fiches/fae"),
        ("salaire débutant", "/fiches/"),
        ("1 801", "/faits/salaire_onisep_min"),
    ):
        anne.get(f"/?q={query}")
        results = anne.page.partition("<details")[0]
        assert f'href="{expected}' in results, query


def test_the_answers_change_while_she_types_and_nothing_is_kept(anne, workshop, knowledge):
    anne.get(FACT)
    shown = anne.preview(f"{FACT}/apercu", {"valeur": "300"})
    assert shown["erreurs"] == {}
    assert "<mark>300" in shown["apercu"]
    assert "279" in shown["apercu"]
    using, changing = map(int, re.findall(r"\d+", shown["compte"]))
    assert using == changing > 10, "each of them says the figure"
    assert workshop.draft.changes() == ()
    assert same(knowledge)


def test_set_a_fact_publish_look_at_the_history_and_undo(anne, knowledge, desk):
    anne.get(FACT)
    anne.send(FACT, {"valeur": "300", "source": "akeia", "date": "2026-12-01"})
    assert "C'est dans le brouillon" in anne.text
    assert same(knowledge), "rien n'est publié tant qu'elle ne le dit pas"

    anne.get("/publier")
    assert "Durée du CQP complet : 279 → 300 heures ; source : " in anne.text
    assert re.search(r"\d\d réponses changent", anne.text)
    anne.send("/publier", {"pourquoi": "arrêté du 1er décembre"})
    assert "C'est publié (n° 1)" in anne.text
    assert untouched(knowledge), "le dossier du programme n'est jamais écrit"
    written = of_site(knowledge, "faits/formation.yml")
    assert list(written) == ["cqp_heures"], "le reste suit ce qui est livré"
    assert written["cqp_heures"]["valeur"] == 300
    assert written["cqp_heures"]["source"] == "akeia"
    assert written["cqp_heures"]["date"] == datetime.date(2026, 12, 1)
    assert written["cqp_heures"]["livre"], "une mise à jour de ce fait sera dite"

    anne.get("/historique")
    assert "Anne" in anne.text
    assert "arrêté du 1er décembre" in anne.text
    anne.send("/historique/1/annuler", {})
    assert "La publication n° 1 est annulée (n° 2)" in anne.text
    assert "Annulée depuis" in anne.text
    assert same(knowledge)


def test_the_answers_cite_the_new_source_and_lose_the_former_one_when_she_asks(anne, workshop):
    anne.get(FACT)
    form = {"valeur": "300", "source": "urssaf_modele_social"}
    shown = anne.preview(f"{FACT}/apercu", form)
    assert "citent encore l'ancienne source" in shown["doutes"]["source"]
    assert "<mark>modèle social de l&#39;Urssaf" in shown["apercu"]
    shown = anne.preview(f"{FACT}/apercu", {**form, "citer": "oui"})
    assert "<mark>modèle social de l&#39;Urssaf" in shown["apercu"]
    anne.send(FACT, {**form, "citer": "oui"})
    fiche = workshop.drafted().knowledge.fiches["cqp"]
    # The registration number of the CQP is still that of its first source.
    assert fiche.sources[0] == "cpnefp_cqp"
    assert fiche.sources[-1] == "urssaf_modele_social"
    assert "urssaf_modele_social" not in fiche.variants[0].sources, "elle ne donne pas ce fait"
    dates = workshop.drafted().knowledge.fiches["fae"].variants[0]
    assert dates.sources == ("acoorde", "maysantelab", "urssaf_modele_social")
    anne.get("/publier")
    assert "Fiche « Le CQP, c'est quoi ? » : sources : + modèle social de l'Urssaf" in anne.text
    workshop.publish("Anne", "nouvelle source")
    workshop.undo(1, "Anne")
    assert same(workshop.storehouse.folder)


def test_publishing_asks_why_and_an_empty_draft_publishes_nothing(anne, knowledge):
    anne.get(FACT)
    anne.send(FACT, {"valeur": "300"})
    anne.get("/publier")
    anne.send("/publier", {"pourquoi": "  "})
    assert anne.status == 422
    assert "Dites en quelques mots pourquoi" in anne.text
    assert same(knowledge)


def test_an_amount_gets_a_dated_line_and_both_contracts_are_shown(anne, knowledge):
    anne.get(AMOUNT)
    form = {
        "lignes": ["aide_mi_temps/p30_p89/1"],
        "valeur": "20 000",
        "depuis": "2027-01-01",
        "source": "ameli_bdr",
        "note": "exemple",
    }
    shown = anne.preview(f"{AMOUNT}/apercu", form)
    assert shown["erreurs"] == {}
    before, _, after = shown["apercu"].partition("1er\u00a0janvier\u00a02027")
    assert "31\u00a0décembre\u00a02026" in before
    assert "<mark>" not in before, "le contrat de la veille garde son montant"
    assert "<mark>20\u00a0000\u00a0€</mark>" in after
    anne.send(AMOUNT, form)
    anne.get("/publier")
    assert "P30 à P89, 1re année : 20 000 € à partir du 1er janvier 2027" in anne.text
    anne.send("/publier", {"pourquoi": "avenant"})
    table = of_site(knowledge, "parametres/aide_mi_temps.yml")
    values = {str(day): each["valeur"] for day, each in table["tableau"]["p30_p89"][1].items()}
    assert values == {"2027-01-01": 20000}, "les autres lignes restent celles du programme"
    assert untouched(knowledge)
    anne.get("/historique")
    anne.send("/historique/1/annuler", {})
    assert same(knowledge)


def test_an_amount_is_never_overwritten(anne, workshop):
    anne.get(AMOUNT)
    form = {
        "lignes": ["aide_mi_temps/p30_p89/1"],
        "valeur": "20000",
        "depuis": "2024-06-22",
        "source": "ameli_bdr",
    }
    anne.send(AMOUNT, form)
    assert anne.status == 422
    assert "elle ne s'écrase pas" in anne.error("depuis")
    assert workshop.draft.changes() == ()


def test_she_tries_the_draft_and_asks_why(anne):
    anne.get(FACT)
    anne.send(FACT, {"valeur": "300"})
    anne.get("/essayer")
    anne.send("/essayer", {"message": "le CQP dure combien ?"})
    assert "300 heures" in anne.text
    assert "279" not in anne.text
    assert "rien n'en est gardé ni compté" in anne.text
    assert "demande : cqp (0,90, sur" in anne.text
    assert "règle : " in anne.text
    assert 'href="/fiches/cqp"' in anne.page
    anne.send("/essayer/recommencer", {})
    assert "300 heures" not in anne.text


def test_a_trial_is_shown_to_a_colleague_who_does_it_again_on_the_draft_of_today(enter):
    anne, bea = enter("Anne"), enter("Béa")
    anne.get("/essayer")
    anne.send("/essayer", {"message": "le CQP <b>dure</b> combien ?"})
    anne.send("/essayer/partager", {})
    assert "Un essai de Anne" in anne.text
    page = re.search(r'value="(/essais/[\w-]+)"', anne.page)[1]
    anne.get(FACT)
    anne.send(FACT, {"valeur": "300"})
    bea.get(page)
    assert "279 heures" in bea.text
    assert "règle : " in bea.text
    assert "<b>dure" not in bea.page
    bea.send(f"{page}/refaire", {})
    assert "300 heures" in bea.text
    assert bea.get("/essais/..%2F..%2Fbrouillon").status_code == 404


def test_a_fiche_its_variant_and_a_new_belief(anne, knowledge):
    anne.get("/fiches/cqp")
    form = anne.form("/fiches/cqp")
    answer = form["variantes.0.reponse"]
    blank = max(int(each.split(".")[1]) for each in form if each.startswith("propositions."))
    anne.send(
        "/fiches/cqp",
        {
            "variantes.0.reponse": answer.replace("L'ancien code", "Le précédent"),
            f"propositions.{blank}.enonce": "le CQP se passe à distance",
            f"propositions.{blank}.vrai": "non",
            f"propositions.{blank}.reponse": "Il se passe dans un organisme habilité.",
        },
    )
    assert anne.status == 200, anne.text[:600]
    anne.get("/publier")
    assert "réponses pour certaines personnes : 1 modifiée" in anne.text
    assert "ce que les gens demandent ou croient : 1 ajoutée, 2 réponses changent" in anne.text
    anne.send("/publier", {"pourquoi": "relecture"})
    fiche = of_site(knowledge, "fiches/cqp.yml")
    assert fiche["propositions"][-1]["enonce"] == "le CQP se passe à distance"
    added, gone = changed_lines(knowledge, "fiches/cqp.yml")
    assert len(added) == 5, "les quatre, et l'empreinte de la fiche livrée"
    assert len(gone) == 1


def test_an_answer_is_added_for_some_people(anne, workshop):
    page = "/fiches/cqp"
    anne.get(page)
    at = len(workshop.published().knowledge.fiches["cqp"].variants)
    form = {
        f"variantes.{at}.reponse": "Vous passez plutôt par la FAE, plus courte.",
        f"variantes.{at}.sources": ["onisep"],
    }
    anne.send(page, form)
    assert anne.status == 422
    assert "dites pour qui" in anne.error(f"variantes.{at}.pour")
    assert workshop.draft.changes() == ()
    form[f"variantes.{at}.pour"] = "profil:infirmier"
    shown = anne.preview(f"{page}/apercu", form)
    assert "Vous passez plutôt par la" in shown["apercu"], shown["erreurs"]
    anne.send(page, form)
    assert anne.status == 200, anne.text[:600]
    workshop.publish("Anne", "essai")
    added = workshop.published().knowledge.fiches["cqp"].variants[-1]
    assert list(added.when["profil"]) == ["infirmier"]
    assert added.sources == ("onisep",)


def test_an_untouched_form_changes_nothing(anne, workshop):
    """Each fact, fiche and source, kept as it is shown, is no change."""
    knowledge = workshop.published().knowledge
    pages = ["/site", "/fiches/cqp", "/fiches/fae", "/fiches/contact_humain", "/sources/akeia"]
    pages += [f"/faits/{key}" for key in list(knowledge.facts)[::5]]
    dates = [key for key, each in knowledge.facts.items() if each.unit == "date"]
    pages.append(f"/faits/{dates[0]}")
    for page in pages:
        anne.get(page)
        anne.send(page, {})
        assert anne.status == 200, page
        assert workshop.draft.changes() == (), page


def test_a_fact_that_is_a_day_is_changed_and_shown_as_one(anne, workshop):
    page = "/faits/convention_effet"
    anne.get(page)
    shown = anne.preview(f"{page}/apercu", {"valeur": "1/7/2024"})
    assert shown["erreurs"] == {}
    assert "<mark>1er juillet" in shown["apercu"].replace("\u00a0", " ")
    anne.send(page, {"valeur": "1/7/2024"})
    workshop.publish("Anne", "essai")
    value = workshop.published().knowledge.facts["convention_effet"].value
    assert value == datetime.date(2024, 7, 1)


def test_the_settings_of_the_site(anne, knowledge, workshop):
    anne.get("/site")
    form = {
        "hebergeur": "la MSP : « Les Coëvrons »",
        "contacts_departements.1.departement": "72",
        "contacts_departements.1.nom": "MSP de la Sarthe",
    }
    anne.send("/site", form)
    anne.get("/publier")
    anne.send("/publier", {"pourquoi": "ouverture"})
    assert of_site(knowledge, "site.yml") == {
        "hebergeur": "la MSP : « Les Coëvrons »",
        "contacts_departements": {"72": {"nom": "MSP de la Sarthe"}},
    }
    assert untouched(knowledge)
    anne.get("/site")
    anne.send(
        "/site", {"hebergeur": workshop.storehouse.shipped(Place("site", "site"))["hebergeur"]}
    )
    workshop.publish("Anne", "essai")
    assert list(of_site(knowledge, "site.yml")) == ["contacts_departements"]


def test_sources_to_read_again_within_sixty_days(anne):
    def due() -> int:
        anne.get("/rappels")
        return int(re.search(r"D'ici 60 jours \((\d+)\)", anne.text)[1])

    before = due()
    anne.get("/sources/akeia")
    anne.send("/sources/akeia", {"a_revoir": "2027-01-15"})
    assert due() == before + 1


def test_a_preview_is_quick(anne):
    """Bounded by the time of this machine's processor, whatever else it does."""
    anne.get(FACT)
    anne.preview(f"{FACT}/apercu", {"valeur": "299"})
    start = time.process_time()
    for value in ("300", "301", "302", "303", "304"):
        anne.preview(f"{FACT}/apercu", {"valeur": value})
    assert (time.process_time() - start) / 5 < 0.1
