"""The diploma that somebody names: what it opens is told first."""

from __future__ import annotations

import pytest

ACCES, PREREQUIS = "demander_acces_metier", "demander_prerequis"


@pytest.mark.parametrize("intent", [ACCES, PREREQUIS])
@pytest.mark.parametrize(
    "asked",
    [
        "J'ai un BTS compta de 1988, ça compte encore ?",
        "ma licence de psycho ça va ?",
        "le BP coiffure ça passe ?",
        "j'ai eu un deug d'anglais en 92, c'est bon ou pas",
        "bac f8 de 1990 ça compte ?",
        "et avec mon bts je peux le faire ?",
    ],
)
def test_a_level_reached_is_a_yes_by_the_cqp(talk, asked, intent):
    answer = talk.say(asked, intent)
    assert answer.startswith("**Oui.**")
    assert "CQP" in answer
    assert "279 heures" in answer


@pytest.mark.parametrize("intent", [ACCES, PREREQUIS])
@pytest.mark.parametrize(
    "asked",
    [
        "un CAP petite enfance ça suffit ?",
        "j'ai que le brevet, c'est possible ?",
        "mon DEAES ça marche ?",
        "titre pro ADVF, c'est accepté ?",
        "le certificat d'études ça compte ?",
        "ass mat agréée depuis 2003 ça marche ?",
    ],
)
def test_a_level_not_reached_is_a_no_and_the_vae(talk, asked, intent):
    answer = talk.say(asked, intent)
    assert answer.startswith("**Non.**")
    assert "VAE" in answer
    assert "suffit :" not in answer


@pytest.mark.parametrize(
    "asked",
    ["le deas c'est bon ?", "j'ai le DE d'auxiliaire de puériculture, ça va ?", "mon DEI suffit ?"],
)
def test_the_three_diplomas_of_care_are_a_yes_by_the_fae(talk, asked):
    answer = talk.say(asked, ACCES)
    assert answer.startswith("**Oui.**")
    assert "FAE" in answer


@pytest.mark.parametrize("told", ["g un bts tourisme", "bac g2 1999", "jai un cap coiffure"])
def test_a_diploma_only_told_concludes_without_a_word(talk, told):
    talk.say("il faut quoi comme diplôme ?", PREREQUIS)
    answer = talk.say(told)
    assert "bac convient" in answer or "suffi" in answer
    assert not answer.startswith(("**Oui", "**Non"))


def test_an_older_bac_is_enough_whatever_the_cap(talk):
    talk.say("bac g2 1999", PREREQUIS)
    answer = talk.say("et cap petite enfance ?", PREREQUIS)
    assert "Le bac donne déjà le niveau demandé" in answer
    assert "ne suffit pas" not in answer
    both = talk.say("j'ai un cap de pâtissier et un vieux bac G2, ça passe ?", PREREQUIS)
    assert both.startswith("**Oui.**")


@pytest.mark.parametrize("intent", [ACCES, PREREQUIS])
@pytest.mark.parametrize(
    "asked",
    [
        "le bac algérien c'est bon ?",
        "j'ai une licence du Maroc, ça compte ?",
        "je suis infirmière diplômée au Liban, je peux ?",
        "un diplôme d'aide-soignant belge ça marche ?",
    ],
)
def test_a_foreign_diploma_is_never_concluded(talk, asked, intent):
    answer = talk.say(asked, intent)
    assert "CPNEFP" in answer
    assert "étranger" in answer
    assert not answer.startswith(("**Oui", "**Non"))
    assert "profil" not in talk.memory.situation


@pytest.mark.parametrize(
    "asked",
    [
        "le diplôme d'ambulancier ça marche comme infirmier ou pas",
        "mon DEAES ça compte comme aide-soignante ?",
        "un CAP petite enfance ça vaut pareil qu'auxiliaire ?",
    ],
)
def test_a_diploma_compared_to_a_carer_is_not_that_of_a_carer(talk, asked):
    answer = talk.say(asked, ACCES)
    assert answer.startswith("**Non.**")
    assert "La FAE est réservée" in answer
    assert "profil" not in talk.memory.situation


@pytest.mark.parametrize(
    "told",
    [
        "j'ai commencé aide soignante j'ai arrêté au module 4, est ce que ça compte",
        "j'ai raté mon diplôme d'infirmière, ça passe sans ?",
        "j'arrête l'ifsi en 2e année d'infirmière, je peux faire assistante direct ?",
        "formation d'auxiliaire de puériculture jamais terminée, ça compte ?",
        "j'ai lâché mes études d'infirmier, c'est mort ?",
    ],
)
def test_studies_of_care_without_the_diploma_open_no_fae(talk, told):
    answer = talk.say(told, ACCES)
    assert "n'ouvrent pas la FAE" in answer
    assert "CQP" in answer
    assert "profil" not in talk.memory.situation


def test_who_leaves_her_job_keeps_her_diploma(talk):
    assert "FAE" in talk.say("je suis aide-soignante, j'arrête les nuits, je peux ?", ACCES)
    assert talk.memory.situation["profil"] == "aide_soignant"


@pytest.mark.parametrize(
    "asked",
    ["faut-il un BTS ?", "le bac est obligatoire ?", "j'ai pas de bts, je peux ?"],
)
def test_a_diploma_needed_or_denied_is_not_held(talk, asked):
    talk.say(asked, PREREQUIS)
    assert "diplome" not in talk.memory.situation


def test_a_point_of_the_subject_is_still_answered(talk):
    assert "concours" in talk.say("j'ai un BTS, il y a un concours ?", PREREQUIS)


def test_the_title_of_who_describes_herself_is_named(talk):
    answer = talk.say("ass mat 15 ans jen peux plus des couches", ACCES)
    assert "agrément d'assistante maternelle" in answer
    assert not answer.startswith("**Non")


def test_a_level_that_no_source_gives_is_said_so(talk):
    answer = talk.say("j'ai un titre d'auxiliaire sanitaire, ça marche ?", ACCES)
    assert "Nos sources ne donnent pas le niveau" in answer
    assert "CPNEFP" in answer


def test_a_refused_word_is_no_yes(talk):
    assert not talk.say("un bac pro ça suffit pas ?", PREREQUIS).startswith(("**Oui", "**Non"))


@pytest.mark.parametrize(
    "asked",
    [
        "auxi de puer en crèche, 7 ans. C'est possible chez un pédiatre ?",
        "une aide-soignante, ça marche ?",
        "je suis infirmière scolaire, je peux ?",
    ],
)
def test_the_title_of_a_carer_says_the_diploma(talk, asked):
    answer = talk.say(asked, ACCES)
    assert answer.startswith("**Oui.**")
    assert "FAE" in answer


def test_a_cap_told_after_the_bac_takes_nothing_away(talk):
    talk.say("j'ai un bac g2", PREREQUIS)
    talk.say("j'ai aussi un cap coiffure", PREREQUIS)
    assert talk.memory.situation.get("profil") != "sans_bac"


@pytest.mark.parametrize("label", ["", ACCES, PREREQUIS])
@pytest.mark.parametrize(
    "told",
    [
        "j'ai fait une terminale G2",
        "j'ai été jusqu'en terminale",
        "terminale pro, c'est tout bon ?",
    ],
)
def test_a_class_followed_is_no_diploma_and_whether_it_was_passed_is_asked(talk, told, label):
    answer = talk.say(told, label)
    assert "suivi la classe ne suffit pas" in answer
    assert "L'avez-vous obtenu ?" in answer
    assert "profil" not in talk.memory.situation


@pytest.mark.parametrize(
    ("before", "told", "profile"),
    [
        ("j'ai fait une terminale G2", "ben justement je l'ai loupé de 11 points", "sans_bac"),
        ("j'ai fait une terminale G2", "oui je l'ai eu en 99", "bachelier"),
        ("j'ai été en terminale", "non", "sans_bac"),
        ("j'ai été en terminale", "oui", "bachelier"),
        ("j'ai le bac", "ah non je l'ai pas eu en fait", "sans_bac"),
        ("mon bac c'était en 1999", "j'ai été recalée au rattrapage", "sans_bac"),
        ("faut le bac alors ?", "ben je l'ai jamais eu", "sans_bac"),
        ("faut le bac ?", "non", None),
        ("j'ai un BTS compta", "je l'ai pas eu du premier coup", "bachelier"),
    ],
)
def test_it_is_the_bac_that_was_just_named(talk, before, told, profile):
    talk.same_words = True
    talk.say(before, PREREQUIS)
    answer = talk.say(told)
    assert talk.memory.situation.get("profil") == profile
    if profile == "sans_bac":
        assert "VAE" in answer
        assert "Avec le bac, vous avez" not in talk.say("donc pas moi", PREREQUIS)


@pytest.mark.parametrize(
    "told", ["le bac je l'ai pas j'ai un CAP magasinage", "mon bac, loupé, j'ai un CAP coiffure"]
)
def test_beside_a_bac_missed_the_other_diploma_decides(talk, told):
    answer = talk.say(told, PREREQUIS)
    assert "Un CAP ne suffit pas à lui seul" in answer


@pytest.mark.parametrize("intent", ["demander_vae", ACCES, PREREQUIS])
@pytest.mark.parametrize(
    "asked",
    [
        "Avec une L2 validée je passe ?",
        "j'ai validé ma L3, ça suffit ?",
        "2e année de droit validée, c'est bon ?",
    ],
)
def test_a_year_of_higher_studies_validated_is_no_vae_and_supposes_the_bac(talk, asked, intent):
    answer = talk.say(asked, intent)
    assert answer.startswith("**Oui.**")
    assert "VAE" not in answer


def test_experience_to_be_validated_is_still_the_vae(talk):
    answer = talk.say("avec ma L2 validée et mon expérience, la VAE ?", "demander_vae")
    assert "d'expérience à temps plein" in answer


def test_a_bac_taken_back_is_kept_no_longer(talk):
    talk.say("j'ai le bac", ACCES)
    answer = talk.say("non en fait le bac je l'ai pas eu, j'ai un CAP vente", PREREQUIS)
    assert "Un CAP ne suffit pas à lui seul" in answer


@pytest.mark.parametrize("label", ["", "nier", PREREQUIS, "demander_cqp"])
@pytest.mark.parametrize(
    "told",
    ["donc pas moi", "c'est mort alors", "ah donc je peux pas", "pas pour moi du coup", "donc non"],
)
def test_not_me_is_answered_for_who_has_no_bac(talk, told, label):
    talk.say("le bac je l'ai loupé en 99", ACCES)
    answer = talk.say(told, label)
    assert answer.startswith("**Pas en l'état.** Le niveau 4 est demandé")
    assert "VAE" in answer


@pytest.mark.parametrize("told", ["donc pas moi", "c'est mort alors"])
def test_not_me_is_no_answer_for_who_has_it(talk, told):
    talk.say("j'ai le bac", ACCES)
    assert "Pas en l'état" not in talk.say(told, PREREQUIS)


def test_a_bac_that_teaches_a_trade_is_not_that_job(talk):
    asked = "je suis bac secrétariat 2003. j'ai jamais travaillé dedans. c'est mort ?"
    assert "bac convient" in talk.say(asked, ACCES)
    assert "secrétaire" not in talk.say("et 20 ans à vendre du pain", ACCES)
