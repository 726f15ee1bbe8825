"""Each mistake in a knowledge file is told with its file, its line and its remedy."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from assistant_am.files.errors import KnowledgeError
from assistant_am.knowledge import load

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Replaces the first occurrence; the line where it stood."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def messages(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return str(caught.value).splitlines()


FICHE = "fiches/smic.yml"
SOURCE_LINE = "sources: [smic_juin_2026, smic_2026, grille_ccn]\n"


@pytest.mark.parametrize(
    ("name", "old", "new", "lines_below", "remedy"),
    [
        (FICHE, "theme: salaire", "thème: salaire", 0, "clé inconnue « thème »"),
        (FICHE, "theme: salaire", "theme: salaire\ntheme: x", 1, "gardez-en une seule"),
        (FICHE, SOURCE_LINE, "sources: []\n", 0, "aucune source : citez-en une"),
        (FICHE, SOURCE_LINE, "sources: [urssaf]\n", 0, "la source « urssaf » est inconnu"),
        (FICHE, "intention: demander_smic", "intention: demander_smick", 0, "« demander_smic »"),
        (FICHE, "id: smic\n", "id: salaire_minimum\n", 0, "doit s'appeler salaire_minimum.yml"),
        (FICHE, "un AM ne peut", "1 900 € : un AM ne peut", 0, "mettez la valeur dans"),
        (FICHE, "un AM ne peut", "depuis le 1er juin 2026 un AM ne peut", 0, "écrit à la main"),
        (FICHE, "{ccn_idcc}", "{ccn_idc}", 0, "ajoutez-le dans knowledge/faits/"),
        (FICHE, "{ccn_idcc}", "{site.nom}", 0, "n'est pas un réglage de site.yml"),
        (FICHE, "suite: [", "suite: [salaire_chef, ", 0, "la fiche « salaire_chef » est inconnu"),
        (FICHE, "aspect: net", "aspect: nette", 0, "l'aspect « nette » est inconnu"),
        (FICHE, "theme: salaire", "theme: [salaire", 0, "il manque « ] »"),
        (FICHE, "theme: salaire", "{{x}}: salaire", 0, "entre guillemets"),
        (FICHE, "theme: salaire\n", "", None, "il manque « theme »"),
        (FICHE, "libelle: SMIC", "libelle: Le SMIC expliqué simplement : ", 0, "un deux-points"),
        ("faits/salaire.yml", "date: 2026-06-01", "date: juin 2026", 0, "forme attendue"),
        ("faits/salaire.yml", "date: 2026-06-01", "date: 2024-02-31", 0, "corrigez la date"),
        ("faits/salaire.yml", "  source: onisep", "  source: onissep", None, "« onissep » est"),
        ("faits/salaire.yml", "  source: onisep\n", "", None, "il manque « source »"),
        ("sources.yml", "consulte: 20", "consulte: en 20", 0, "forme attendue"),
        ("sources.yml", "  nature: editeur_prive\n", "", None, "il manque « nature »"),
        ("sources.yml", "nature: editeur_prive", "nature: vendeur", 0, "Valeurs possibles"),
        ("glossaire.yml", "fiche: cqp}", "fiche: cpq}", 0, "la fiche « cpq » est inconnu"),
        ("glossaire.yml", "sources: [cpnefp_cqp]", "sources: [x_y]", None, "« x_y » est inconnu"),
        ("glossaire.yml", "  sources: [cpnefp_cqp]\n", "", None, "« sources »"),
        ("glossaire.yml", "{cqp_rncp}", "{cqp_rnc}", 0, "n'est pas un fait connu"),
        ("glossaire.yml", "mot: RNCP", "mot: Cqp", 0, "est déjà à la ligne"),
        ("contacts.yml", "pour_quoi:", "pourquoi:", 0, "clé inconnue « pourquoi »"),
        ("site.yml", "hebergeur:", "hébergeur:", 0, "clé inconnue « hébergeur »"),
        ("divergences/aide.yml", "- id: B-5", "- id: B-4", 0, "existe déjà"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_line_and_remedy(folder, name, old, new, lines_below, remedy):
    """The error begins with file:line and says what to do."""
    line = change(folder, name, old, new)
    told = [message for message in messages(folder) if remedy in message]
    assert len(told) == 1
    place = re.match(r"(.+?):(\d+) : ", told[0])
    assert place
    assert str(folder / name) == place[1]
    if lines_below is not None:
        assert line + lines_below == int(place[2])


def test_a_quoted_date_that_does_not_exist_is_told(folder):
    """A date in quotes is checked as well."""
    change(folder, "faits/salaire.yml", "date: 2026-06-01", 'date: "2024-02-31"')
    assert [m for m in messages(folder) if re.search(r"salaire\.yml:\d+ : .*date", m)]


def test_a_file_that_is_not_utf8_is_told(folder):
    """The line is that of the first letter that is not UTF-8."""
    file = folder / FICHE
    file.write_bytes(file.read_bytes().replace("théorique".encode(), b"") + "é\n".encode("latin-1"))
    last = file.read_bytes().count(b"\n")
    assert [
        f"{file}:{last} : le fichier n'est pas en UTF-8 : enregistrez-le avec cet encodage."
    ] == (messages(folder))


def test_an_id_in_two_files_is_told_with_both(folder):
    """The second place is told, and where the first one is."""
    shutil.copy(folder / FICHE, folder / "fiches" / "smic_bis.yml")
    both = f"{folder}/fiches/smic_bis.yml:1 : « smic » existe déjà (fiches/smic.yml:1)"
    assert [message for message in messages(folder) if message.startswith(both)]


def test_a_missing_file_is_told(folder):
    """A file that must be there is named."""
    (folder / "site.yml").unlink()
    assert [f"{folder}/site.yml : le fichier n'existe pas : créez-le."] == messages(folder)


def test_all_mistakes_are_told_at_once(folder):
    """Mistakes of several files and kinds come in one go, without one that is not there."""
    change(folder, FICHE, "theme: salaire", "thème: salaire")
    change(folder, "fiches/cqp.yml", "theme:", "theme: [")
    change(folder, "fiches/budget.yml", "suite: [", "suite: [inconnue, ")
    change(
        folder,
        "fiches/conges.yml",
        "reponse: |\n",
        "reponse: |\n  Il y a 5 semaines et 35 heures.\n",
    )
    told = messages(folder)
    for name in (FICHE, "fiches/cqp.yml", "fiches/budget.yml", "fiches/conges.yml"):
        assert [message for message in told if message.startswith(f"{folder / name}:")], name
    assert not [message for message in told if "« smic »" in message or "« cqp »" in message]
