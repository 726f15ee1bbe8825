"""Said once: the reserve on amounts for a situation, a source for a message, the first notice."""

from __future__ import annotations

MONTANT = "demander_montant_aide"
RESERVE = "seule votre CPAM décide"
SOURCE = "Source"


def test_the_reserve_is_said_once_for_a_situation(talk):
    """Other years and other units of the same situation do not repeat it; a new situation does."""
    assert talk.say("mi-temps, 1re année, P60 ?", MONTANT).count(RESERVE) == 1
    assert RESERVE not in talk.say("et la 2e année ?")
    assert RESERVE not in talk.say("et sur les 5 premières années ?")
    assert RESERVE in talk.say("et à temps plein ?")
    assert RESERVE not in talk.say("et la 3e année ?")


def test_its_source_stays(talk):
    """What goes is the reserve alone."""
    talk.say("mi-temps, 1re année, P60 ?", MONTANT)
    assert SOURCE in talk.say("et la 2e année ?")


def test_the_steps_of_an_estimation_share_one_reserve(talk):
    """Each answer makes another situation: the reserve comes first, then with the result."""
    said = [talk.say("estimer mon aide", "demander_estimer_aide")]
    said += [talk.say(answer) for answer in ("mi-temps", "secteur 1", "médecin généraliste")]
    assert [text.lower().count(RESERVE.lower()) for text in said] == [1, 0, 0, 0]
    said = [talk.say(answer) for answer in ("P60", "1re année")]
    assert said[-1].count(RESERVE) == 1


def test_two_answers_from_one_source_show_it_once(talk):
    """Under the last of them."""
    text = talk.say_several(
        "mi-temps 1re année P60, et temps plein ?",
        ("mi-temps 1re année P60", MONTANT),
        ("et temps plein ?", MONTANT),
    )
    assert text.count(SOURCE) == 1
    assert text.count(RESERVE) == 1


def test_the_sources_of_two_subjects_are_on_one_line(talk):
    """The last; none stands between the answers."""
    text = talk.say_several(
        "c'est long et c'est payé combien ?",
        ("c'est long", "demander_duree_formation"),
        ("c'est payé combien ?", "demander_salaire_debutant"),
    )
    assert text.count("Source") == 1
    assert text.index("Source") > text.index("2 118 €")


def test_the_notice_comes_once(talk):
    """With the first answer only."""
    assert "automate" in talk.say("le CQP dure combien ?", "demander_duree_formation")
    assert "automate" not in talk.say("et la FAE ?", "demander_fae")
