"""The folder of the site: its entries in the place of the shipped ones, one by one."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from assistant_am import aid
from assistant_am.dialogue.world import load_world
from assistant_am.files.errors import KnowledgeError
from assistant_am.knowledge import answer, load
from assistant_am.knowledge.site_changes import conflicts, site_changes

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "knowledge"
TODAY = datetime.date(2026, 11, 30)
CQP = """\
cqp_heures:
  libelle: Durée du CQP complet
  valeur: 300
  unite: heures
  source: msp_72
  date: 2026-11-01
"""
SOURCE = """\
msp_72:
  court: MSP 72
  titre: Note de la MSP
  editeur: MSP de la Sarthe
  publie: 2026-11-01
  consulte: 2026-11-02
  a_revoir: 2027-06-01
  officiel: false
  nature: association
  confiance: haute
"""


@pytest.fixture
def site(tmp_path):
    """Writes files of a site's folder, and returns it."""

    def write(**files):
        folder = tmp_path / "site"
        for name, text in files.items():
            path = folder / "knowledge" / (name.replace("__", "/") + ".yml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def shipped(tmp_path):
    """A copy of the shipped knowledge, that a new version may change."""
    shutil.copytree(SHIPPED, tmp_path / "knowledge")
    return tmp_path / "knowledge"


def replaced(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file}: {old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def told(folder):
    with pytest.raises(KnowledgeError) as error:
        load(SHIPPED, folder)
    return [(each.file, each.line, each.message) for each in error.value.problems]


def test_without_a_folder_nothing_changes(tmp_path):
    assert load(SHIPPED, tmp_path / "site") == load(SHIPPED)
    (tmp_path / "site").mkdir()
    assert load(SHIPPED, tmp_path / "site") == load(SHIPPED)


def test_one_fact_changed_and_one_source_added(site):
    """The rest of both files is as shipped; the answers give the value and the source."""
    before = load(SHIPPED)
    after = load(SHIPPED, site(faits__formation=CQP, sources=SOURCE))
    assert after.facts["cqp_heures"].value == 300
    others = {key: fact for key, fact in after.facts.items() if key != "cqp_heures"}
    assert others == {key: fact for key, fact in before.facts.items() if key != "cqp_heures"}
    said = answer(after, "cqp", {})
    assert "300\u00a0heures" in said.text
    assert "MSP 72" in [source.short for source in said.sources]


def test_an_entry_is_found_in_whatever_file_the_site_writes_it(site):
    """A new version that moves a fact to another file changes nothing for the site."""
    after = load(SHIPPED, site(faits__les_notres=CQP, sources=SOURCE))
    assert after.facts["cqp_heures"].value == 300


def test_a_fiche_changed_added_hidden(site):
    remote = (SHIPPED / "fiches" / "teletravail.yml").read_text(encoding="utf-8")
    parking = (
        remote.replace("teletravail", "parking")
        .replace("libelle: Télétravail", "libelle: Le parking")
        .replace("question: Un", "question: Le parking, un")
    )
    changed = remote.replace("question: Un", "question: Dites, un")
    after = load(
        SHIPPED,
        site(fiches__parking=parking, fiches__teletravail=changed, fiches__vae="masque: true\n"),
    )
    assert after.fiches["parking"].intent == "demander_parking"
    assert after.fiches["teletravail"].question.startswith("Dites, ")
    assert "vae" not in after.fiches
    assert after.hidden == {"vae"}
    assert any("vae" in fiche.next for fiche in load(SHIPPED).fiches.values())
    assert not any("vae" in fiche.next for fiche in after.fiches.values())
    assert not any(term.fiche == "vae" for term in after.glossary)


def test_a_phrase_a_question_a_contact_a_word(site):
    folder = site(
        phrases='remercier: "Merci à vous."\nrebonjour: {texte: "Re.", livre: "0"}\n',
        contacts="onisep: {nom: Onisep du Mans, pour_quoi: les diplômes}\n",
        glossaire="- {mot: CQP, sens: Un certificat., sources: [onisep], fiche: cqp}\n",
        changements="lieu: {nom: la commune}\n",
    )
    world = load_world(SHIPPED, TODAY, folder)
    assert world.phrase("remercier") == "Merci à vous."
    assert world.phrase("rebonjour") == "Re."
    assert world.knowledge.contacts["onisep"].name == "Onisep du Mans"
    assert next(term.text for term in world.knowledge.glossary if term.fiche == "cqp")
    assert world.changes["lieu"].name == "la commune"
    assert list(world.questions) == list(load_world(SHIPPED, TODAY).questions)


def test_a_dated_amount_is_added_beside_the_shipped_ones(site):
    line = (
        "tableau:\n  p30_p89:\n    1:\n      2027-01-01:\n        valeur: 20000\n"
        '        reference: {source: ameli_bdr, note: "exemple"}\n'
    )
    folder = site(parametres__aide_mi_temps=line)
    first = aid.load(SHIPPED, folder).tables[0.5].rows["p30_p89"][1]
    assert first.at(datetime.date(2026, 12, 31)).value == 19000
    assert first.at(datetime.date(2027, 1, 1)).value == 20000
    assert aid.load(SHIPPED, folder).tables[1.0] == aid.load(SHIPPED).tables[1.0]


def test_settings_one_by_one_and_contacts_one_departement_at_a_time(site):
    folder = site(site='hebergeur: la MSP\ncontacts_departements:\n  "72": {nom: MSP 72}\n')
    settings = load(SHIPPED, folder).site
    assert settings["hebergeur"] == "la MSP"
    assert settings["conservation_jours"] == load(SHIPPED).site["conservation_jours"]
    assert set(settings["contacts_departements"]) == {"53", "72"}
    hidden = site(site='contacts_departements: {"53": {masque: true}}\n')
    assert load(SHIPPED, hidden).site["contacts_departements"] == {}


@pytest.mark.parametrize(
    ("files", "name", "line", "message"),
    [
        ({"faits__formation": CQP + "  valeurs: 3\n"}, "faits/formation.yml", 7, "clé inconnue"),
        ({"faits__formation": CQP}, "faits/formation.yml", 5, "« msp_72 » est inconnue"),
        ({"faits__x": CQP + CQP, "sources": SOURCE}, "faits/x.yml", 7, "écrite deux fois"),
        ({"faits__x": "a: [\n"}, "faits/x.yml", 1, "fermez"),
        ({"faits__x": "- a\n"}, "faits/x.yml", 1, "« nom: valeur »"),
        ({"fiches__vae": "id: vae\n"}, "fiches/vae.yml", 1, "il manque"),
        ({"glossaire": "- {mot: CQP, fiche: rien}\n"}, "glossaire.yml", 1, "« rien »"),
        ({"sources": SOURCE.replace("2027", "2025")}, "sources.yml", 7, "à relire"),
        ({"faits__Copie de x": CQP}, "faits/Copie de x.yml", 0, "copie"),
    ],
)
def test_a_mistake_names_the_file_of_the_site(site, files, name, line, message):
    folder = site(**files)
    file = folder / "knowledge" / name
    assert any(
        (where, at) == (file, line) and message in text for where, at, text in told(folder)
    ), told(folder)


def test_a_mistake_in_an_amount_names_the_file_of_the_site(site):
    folder = site(
        parametres__aide_mi_temps="tableau:\n  p30_p89:\n    1:\n      2027: {valeur: 1}\n"
    )
    with pytest.raises(KnowledgeError) as error:
        aid.load(SHIPPED, folder)
    amounts = folder / "knowledge" / "parametres" / "aide_mi_temps.yml"
    assert {(each.file, each.line) for each in error.value.problems} == {(amounts, 4)}


def test_a_fact_hidden_that_an_answer_still_says_is_told(site):
    assert any(
        "cqp_heures" in text for _, _, text in told(site(faits__x="cqp_heures: {masque: true}\n"))
    )


def test_a_fiche_that_the_conversation_needs_is_not_hidden(site):
    folder = site(fiches__montant_aide="masque: true\n")
    with pytest.raises(KnowledgeError) as error:
        load_world(SHIPPED, TODAY, folder)
    (problem,) = error.value.problems
    assert problem.file == folder / "knowledge" / "fiches" / "montant_aide.yml"
    assert "ne peut pas être masquée" in problem.message


def test_a_shipped_entry_that_changes_under_the_sites_one_is_told(site, shipped):
    """Noted as it was, it is told when it changes, and only then."""
    (laid,) = site_changes(shipped, site(faits__formation=CQP))
    (unnoted,) = conflicts((laid,))
    assert f'livre: "{laid.shipped}"' in unnoted.message
    folder = site(faits__formation=CQP + f'  livre: "{laid.shipped}"\n')
    assert conflicts(site_changes(shipped, folder)) == []
    facts = shipped / "faits" / "formation.yml"
    facts.write_text("# Un commentaire.\n" + facts.read_text(encoding="utf-8"), encoding="utf-8")
    assert conflicts(site_changes(shipped, folder)) == []
    replaced(facts, "  valeur: 279\n", "  valeur: 285\n")
    (problem,) = conflicts(site_changes(shipped, folder))
    assert problem.file == folder / "knowledge" / "faits" / "formation.yml"
    assert "a changé (faits/formation.yml:" in problem.message


def test_an_entry_no_longer_shipped_is_told(site, shipped):
    folder = site(
        contacts="ars2: {nom: ARS, pour_quoi: la ZIP, livre: abc}\nfini: {masque: true}\n"
    )
    found = [each.message for each in conflicts(site_changes(shipped, folder))]
    assert "n'est plus livré" in found[0]
    assert "n'est pas, ou plus, livré" in found[1]


@pytest.mark.parametrize(
    "name", ["faits", "sources", "phrases", "glossaire", "calcul", "parametres", "site"]
)
def test_a_copy_of_all_shipped_files_changes_nothing(tmp_path, name):
    """Whatever is copied as it stands reads as it did."""
    folder = tmp_path / "site" / "knowledge"
    folder.mkdir(parents=True)
    source = SHIPPED / name
    if source.is_dir():
        shutil.copytree(source, folder / name)
    else:
        shutil.copy(SHIPPED / f"{name}.yml", folder)
    site = tmp_path / "site"
    assert load_world(SHIPPED, TODAY, site) == load_world(SHIPPED, TODAY)
