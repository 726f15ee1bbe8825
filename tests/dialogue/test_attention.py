"""A clause of kindness before the fact: once, where it belongs, never in place of the answer."""

from __future__ import annotations

from itertools import pairwise

import pytest

from assistant_am.meaning import Emergency, Meaning, Request

BACK = "Un dos qui souffre"
EXAM = "Appréhender"
ACCES = "demander_acces_metier"
EXAMEN = "demander_examen"


@pytest.mark.parametrize(
    ("text", "intent", "opening"),
    [
        ("aide-soignante, j'ai mal au dos, je peux le devenir ?", ACCES, BACK),
        ("mon dos est mort, c'est physique ?", "demander_quotidien", BACK),
        ("j'ai peur de rater l'examen, il est dur ?", EXAMEN, EXAM),
        ("ça m'inquiète, elle lit mon dossier ?", "demander_secret_medical", "Votre inquiétude"),
    ],
)
def test_it_comes_first_and_the_fact_follows(talk, text, intent, opening):
    """One sentence, then what was asked, with its source."""
    first, *rest = talk.say(text, intent).split("\n")
    assert first.startswith(opening)
    assert first.count(".") == 1
    assert "Source" in "\n".join(rest)


def test_it_is_said_once(talk):
    """Kindness at each message would be none."""
    assert BACK in talk.say("j'ai mal au dos, je peux le devenir ?", ACCES)
    assert BACK not in talk.say("avec mon mal de dos, c'est physique ?", "demander_quotidien")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("il gagne combien sur mon dos ?", "demander_aide_generale"),
        ("t'inquiète, c'est long ?", "demander_duree_formation"),
        ("j'ai mal au dos, je prends quoi ?", "avis_medical"),
        ("j'ai mal au dos, un AM à mi-temps, combien d'aide ?", "demander_montant_aide"),
    ],
)
def test_elsewhere_it_is_not_said(talk, text, intent):
    """Neither of another's money, nor in a saying, nor for a medical question, nor on amounts."""
    answer = talk.say(text, intent)
    assert BACK not in answer
    assert "inquiétude" not in answer


def test_what_may_be_an_emergency_gets_none(talk):
    """The numbers to call come alone before the answer."""
    answer = talk.say("mal au dos, j'étouffe", ACCES, emergency=Emergency("vital", plain=False))
    assert BACK not in answer


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("je suis épuisée", "Une telle fatigue"),
        ("je stresse à mort pour jeudi", "Se sentir inquiet"),
        ("ma collègue me parle plus", "C'est une situation difficile"),
        ("ah mince, je suis déçue", "Votre déception"),
        ("je suis en arrêt depuis mars", "La période est difficile"),
        ("Ils meurent, vous savez. Je ne les chasse pas.", "Perdre quelqu'un"),
        ("mon frère est mort l'an dernier", "Perdre quelqu'un"),
        ("j'ai enterré trois habitués cet hiver", "Perdre quelqu'un"),
        ("je vais pleurer de joie je crois", "Voilà qui fait plaisir"),
        ("oh non", "Ce n'est pas la nouvelle"),
        ("2 300 habitants, ici tout se sait", "Vouloir que cela reste"),
        ("vu la paye je regrette l'hôpital", "Ce regret"),
        ("pfff apprendre à répondre au téléphone à 45 balais", "Que cela vous pèse"),
        ("ok désolée j'avais pas à le dire", "Vous n'avez pas à vous excuser"),
        ("dsl pour l'heure", "Vous n'avez pas à vous excuser"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_who_tells_of_a_hardship_is_heard(talk, world, text, opening, first):
    """One clause in place of « Bien noté »; before any subject, with what may be asked."""
    if not first:
        talk.say("c'est long ?", "demander_duree_formation")
    answer = talk.say(text)
    assert answer.startswith(opening)
    assert (world.phrase("que_savoir") in answer) == first


def test_a_hardship_is_not_consoled_twice_in_the_same_words(talk):
    talk.say("c'est long ?", "demander_duree_formation")
    assert "fatigue" in talk.say("je suis épuisée")
    assert "fatigue" not in talk.say("vraiment fatiguée, quoi")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Elle est d'ailleurs assez gentille. Au revoir.", "prendre_conge"),
        ("bon je vais dormir dessus, bonne nuit", "prendre_conge"),
        ("Bon je vais annoncer ça jeudi aux autres, merci", "remercier"),
        ("je vous remercie, j'en parle à ma femme", "remercier"),
    ],
)
def test_a_remark_that_takes_leave_or_thanks_is_answered_so(talk, world, text, act):
    """And what bears on the rest of it does not hold the person back."""
    talk.say("c'est long ?", "demander_duree_formation")
    ranking = (("aucune", 0.7), ("difference_secretaire", 0.2))
    answer = talk.hear(Meaning(text, (Request("aucune", 0.7, "sur", ranking),)))
    assert answer == world.phrase(act)


@pytest.mark.parametrize("text", ["même pas un merci de sa part", "j'ai dit non merci au chef"])
def test_who_tells_that_nobody_thanked_thanks_nobody(talk, world, text):
    talk.say("c'est long ?", "demander_duree_formation")
    assert talk.say(text) != world.phrase("remercier")


def test_distress_comes_before_thanks(talk):
    talk.say("c'est long ?", "demander_duree_formation")
    assert talk.say("merci, mais je suis épuisée").startswith("Une telle fatigue")


def test_a_second_hardship_has_its_own_clause(talk):
    """The one that was said does not hide the next."""
    talk.say("c'est long ?", "demander_duree_formation")
    talk.say("je suis épuisée")
    assert talk.say("épuisée, et déçue").startswith("Votre déception")


def test_a_remark_invites_to_go_on_each_time_in_other_words(talk):
    """No bare « Bien noté », nor twice the same in a row, however many remarks come."""
    talk.say("c'est long ?", "demander_duree_formation")
    told = [talk.say(text) for text in ("ah ok", "je note", "bon", "voilà", "tiens", "c'est dit")]
    assert len(set(told[:4])) == 4
    assert all(one != other for one, other in pairwise(told))
    assert all(len(each) > len("Bien noté.") for each in told)


def test_what_bears_on_what_was_told_follows(talk):
    """The subject that the message is next likely to be about, in one sentence, with its source."""
    ranking = (("aucune", 0.7), ("difference_secretaire", 0.2))
    request = Request("aucune", 0.7, "sur", ranking)
    answer = talk.hear(Meaning("la secrétaire me parle plus", (request,)))
    kind, line, source, *_ = answer.split("\n")
    assert kind == "C'est une situation difficile à vivre."
    assert line.startswith("La secrétaire médicale gère")
    assert source.startswith("Source")


def test_a_far_reading_bears_on_nothing(talk, world):
    """Below, a word that takes note is enough."""
    talk.say("c'est long ?", "demander_duree_formation")
    ranking = (("aucune", 0.9), ("age_limite", 0.06))
    answer = talk.hear(Meaning("ma fille en a 19", (Request("aucune", 0.9, "sur", ranking),)))
    assert answer == world.phrase("note")


def test_what_is_not_understood_but_hard_is_heard(talk, world):
    answer = talk.say("jveux juste pleure blorg", "demander_cqp", "incompris")
    assert answer.startswith("C'est une situation difficile")
