"""Two people at once, a crash, a file changed by hand: nothing is lost, nobody is overwritten."""

from __future__ import annotations

import pytest

from assistant_am.atelier.draft import Conflict
from assistant_am.atelier.storehouse import Place, Storehouse
from assistant_am.atelier.workshop import Refused

FACT = "/faits/cqp_heures"
PLACE = Place("faits", "cqp_heures")


def entry(workshop, **changes):
    return {**workshop.storehouse.entry(PLACE), **changes}


def by_hand(knowledge, old, new, name="faits/formation.yml"):
    file = knowledge / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_second_sees_that_the_entry_changed_while_she_types(enter):
    anne, bea = enter("Anne"), enter("Béa")
    anne.get(FACT)
    bea.get(FACT)
    anne.send(FACT, {"valeur": "300"})
    shown = bea.preview(f"{FACT}/apercu", {"valeur": "310"})
    assert shown["autre"] == "Anne a changé cette entrée pendant que vous écriviez."


def test_the_second_does_not_overwrite_the_first(enter, workshop):
    anne, bea = enter("Anne"), enter("Béa")
    anne.get(FACT)
    bea.get(FACT)
    anne.send(FACT, {"valeur": "300"})
    bea.send(FACT, {"valeur": "310"})
    assert bea.status == 422
    assert "Quelqu'un a changé cette entrée" in bea.text
    assert bea.form(FACT)["valeur"] == "310", "ce qu'elle a écrit est encore là"
    assert workshop.draft.entry(PLACE)["valeur"] == 300
    bea.send(FACT, {"valeur": "310"})
    assert workshop.draft.entry(PLACE)["valeur"] == 310, "elle a vu : elle décide"


def test_two_who_change_different_entries_do_not_meet(enter, workshop):
    anne, bea = enter("Anne"), enter("Béa")
    anne.get(FACT)
    bea.get("/faits/fae_heures")
    anne.send(FACT, {"valeur": "300"})
    bea.send("/faits/fae_heures", {"valeur": "100"})
    assert bea.status == 200
    assert [each.who for each in workshop.draft.changes()] == ["Anne", "Béa"]


def test_a_draft_survives_a_crash(workshop, open_workshop):
    workshop.draft.keep(PLACE, entry(workshop, valeur=300), "Anne")
    again = open_workshop()
    assert again.draft.entry(PLACE)["valeur"] == 300
    assert again.draft.change(PLACE).who == "Anne"


def test_what_was_being_typed_is_offered_again(anne, enter, workshop):
    anne.get(FACT)
    anne.preview(f"{FACT}/apercu", {"valeur": "305"})
    later = enter("Anne")
    later.get(FACT)
    assert "Vous aviez commencé à écrire ici" in later.text
    assert later.form(FACT)["valeur"] == "279"
    later.get(f"{FACT}?reprendre=oui")
    assert later.form(FACT)["valeur"] == "305"
    other = enter("Béa")
    other.get(FACT)
    assert "Vous aviez commencé" not in other.text
    later.send(FACT, {})
    later.get(FACT)
    assert "Vous aviez commencé" not in later.text


def test_a_crash_between_writing_and_telling_is_mended_by_publishing_again(workshop, open_workshop):
    workshop.draft.keep(PLACE, entry(workshop, valeur=300), "Anne")
    workshop.storehouse.write({PLACE: entry(workshop, valeur=300)})
    again = open_workshop()
    again.publish("Anne", "reprise")
    assert [each.number for each in again.history.all()] == [1]
    assert again.draft.changes() == ()


def test_a_published_entry_that_changed_meanwhile_is_shown_and_asked_about(
    anne, workshop, knowledge
):
    anne.get(FACT)
    anne.send(FACT, {"valeur": "300"})
    by_hand(knowledge, "valeur: 279", "valeur: 290")
    anne.get("/publier")
    assert "Ce qui est publié a changé depuis" in anne.text
    assert "290" in anne.text
    with pytest.raises(Refused):
        workshop.publish("Anne", "essai")
    anne.send("/brouillon/garder", {})
    assert "290 → 300" in anne.text
    assert workshop.publish("Anne", "essai").number == 1


def test_an_older_publication_is_not_undone_over_a_newer_one(workshop):
    for value in (300, 310):
        workshop.draft.keep(PLACE, entry(workshop, valeur=value), "Anne")
        workshop.publish("Anne", "essai")
    with pytest.raises(Refused, match="a encore changé depuis"):
        workshop.undo(1, "Anne")
    workshop.undo(2, "Anne")
    assert workshop.storehouse.entry(PLACE)["valeur"] == 300


def test_nothing_wrong_is_published_and_the_files_stay(workshop, knowledge):
    """A mistake that no form lets through, kept by an older version say."""
    before = (knowledge / "faits" / "formation.yml").read_bytes()
    workshop.draft.keep(PLACE, entry(workshop, source="personne"), "Anne")
    with pytest.raises(Refused, match="la source « personne » est inconnu"):
        workshop.publish("Anne", "essai")
    assert (knowledge / "faits" / "formation.yml").read_bytes() == before
    assert workshop.history.all() == []


def test_keeping_with_an_old_stamp_is_a_conflict(workshop):
    stamp = workshop.draft.stamp(PLACE)
    workshop.draft.keep(PLACE, entry(workshop, valeur=300), "Anne", stamp)
    with pytest.raises(Conflict):
        workshop.draft.keep(PLACE, entry(workshop, valeur=310), "Béa", stamp)


def test_an_entry_put_back_is_no_change(workshop):
    workshop.draft.keep(PLACE, entry(workshop, valeur=300), "Anne")
    workshop.draft.keep(PLACE, entry(workshop), "Anne")
    assert workshop.draft.changes() == ()


def test_entries_written_as_they_are_shipped_leave_nothing_behind(knowledge, tmp_path):
    """An entry of each file taken and put back: the folder of the site stays empty."""
    storehouse = Storehouse(knowledge, tmp_path / "site")
    places = [Place("site", "site"), Place("sources", "akeia"), Place("faits", "cqp_heures")]
    places += [Place("fiches", file.stem) for file in (knowledge / "fiches").glob("*.yml")]
    places += [Place("montants", "aide_mi_temps/p30_p89/1/2024-06-22")]
    storehouse.write({place: storehouse.entry(place) for place in places})
    assert list((tmp_path / "site").rglob("*.yml")) == []


def test_a_file_of_the_site_written_by_hand_keeps_its_comments(knowledge, tmp_path):
    file = tmp_path / "site" / "knowledge" / "faits" / "les_notres.yml"
    file.parent.mkdir(parents=True)
    fact = (
        '# Vu avec Paul.\ncqp_heures:\n  libelle: "Durée du CQP"  # en entier\n  valeur: 290\n'
        "  unite: heures\n  source: akeia\n"
    )
    file.write_text(fact, encoding="utf-8")
    storehouse = Storehouse(knowledge, tmp_path / "site")
    storehouse.write({PLACE: {**storehouse.entry(PLACE), "valeur": 300}})
    kept, _, noted = file.read_text(encoding="utf-8").partition("  livre: ")
    assert kept == fact.replace("290", "300")
    assert noted.strip()
    assert [each.name for each in (tmp_path / "site").rglob("*.yml")] == ["les_notres.yml"]


@pytest.mark.parametrize("choice", ["garder", "prendre"])
def test_an_update_under_an_entry_of_the_site_is_shown_and_asked_about(
    anne, workshop, knowledge, choice
):
    """A new version changes the fact that she had changed."""
    workshop.draft.keep(PLACE, entry(workshop, valeur=300), "Anne")
    workshop.publish("Anne", "essai")
    anne.get("/publier")
    assert "Une mise à jour a changé" not in anne.text
    by_hand(knowledge, "valeur: 279", "valeur: 290")
    assert workshop.published().knowledge.facts["cqp_heures"].value == 300
    anne.get("/publier")
    assert "Une mise à jour a changé ce que vous aviez changé" in anne.text
    assert "290" in anne.text
    form = {"genre": "faits", "cle": "cqp_heures", "choix": choice}
    anne.send("/mise-a-jour", form)
    value = 300 if choice == "garder" else 290
    assert workshop.published().knowledge.facts["cqp_heures"].value == value
    anne.get("/publier")
    assert "Une mise à jour a changé" not in anne.text
