"""« Ça marche sans le bac ? »: « Oui » or « Non » to a statement put to the test, else no word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant_am.dialogue import verdict
from assistant_am.knowledge import Fiche, Proposition, decide
from assistant_am.rendering.blocks import as_text


def statement(text: str, truth: str, **when: tuple[str, ...]) -> Proposition:
    return Proposition(text, truth, "Réponse.", (), when)


BADGE = statement("il faut porter un badge jaune", "oui")
NIGHT = statement("on travaille la nuit", "non")
NO_CAR = statement("on ne peut pas venir en voiture", "oui")
FIRE = statement("le pompier dort sur place", "oui", profil=("pompier",))


def fiche(*found: Proposition) -> Fiche:
    return Fiche("x", "demander_x", "X", "t", "X ?", "X.", ("a",), propositions=found)


ALL = fiche(BADGE, NIGHT, NO_CAR, FIRE)


@pytest.mark.parametrize(
    ("question", "found", "negated"),
    [
        ("il faut porter un badge jaune ?", BADGE, False),
        ("FAUT PORTER LE BADGE JAUNE??", BADGE, False),
        ("bonjour. faut-il porter un badge jaune ? merci", BADGE, False),
        ("on ne doit pas porter de badge jaune ?", BADGE, True),
        ("on travaille la nuit, non ?", NIGHT, False),
        ("on travaille la nuit ou pas", NIGHT, False),
        ("on travaille jamais la nuit ?", NIGHT, True),
        ("on peut pas venir en voiture ?", NO_CAR, False),
        ("on peut venir en voiture ?", NO_CAR, True),
    ],
)
def test_the_statement_and_its_sense_are_found(question, found, negated):
    """By its words; « non ? » at the end asks, it does not deny."""
    seen = verdict.tested(ALL, question, {})
    assert seen is not None
    assert (seen.proposition, seen.negated) == (found, negated)


@pytest.mark.parametrize(
    "question",
    [
        "c'est quoi un badge ?",
        "combien coûte le badge jaune qu'il faut porter ?",
        "pourquoi il faut porter un badge jaune ?",
        "où est-ce qu'on travaille la nuit ?",
        "qui décide qu'on travaille la nuit ?",
        "et le week-end ?",
        "",
    ],
)
def test_another_question_puts_no_statement_to_the_test(question):
    """Too few of its words, or a question that « oui » would not answer."""
    assert verdict.tested(ALL, question, {}) is None


POINTS = fiche(
    replace(BADGE, key="badge", text="Il se porte à l'entrée."),
    replace(statement("combien coûte un badge", "dit"), key="prix", text="Le badge est prêté."),
    replace(NIGHT, key="nuit"),
)


def test_a_point_that_was_read_is_found_whatever_the_words():
    """« et à la porte ? »: sure, it may open with « oui »; in doubt it may not."""
    for probability, certain in ((0.7, True), (0.5, False)):
        seen = verdict.tested(POINTS, "et à la porte, faut ça ?", {}, ("badge", probability))
        assert seen is not None
        assert (seen.proposition.key, seen.certain, seen.read) == ("badge", certain, True)


def test_other_words_may_ask_the_contrary():
    """« Ils sucrent la 4e année ? » of « la 4e année est garantie »: no « oui » then."""
    for asked, its_own in (("il faut porter un badge jaune ?", True), ("on l'enlève, là ?", False)):
        seen = verdict.tested(POINTS, asked, {}, ("badge", 0.9))
        assert seen is not None
        assert seen.in_its_words is its_own


def test_a_point_in_great_doubt_is_not_answered():
    assert verdict.tested(POINTS, "et à la porte ?", {}, ("badge", 0.4)) is None
    assert verdict.tested(POINTS, "et à la porte ?", {}, ("general", 0.9)) is None


def test_words_alone_find_no_statement_that_reading_has_learnt():
    """What was read as another point, or as none, stays so; a statement without key is found."""
    asked = "il faut porter un badge jaune ?"
    assert verdict.tested(POINTS, asked, {}, ("general", 0.9)) is None
    assert verdict.tested(ALL, asked, {}, ("general", 0.9)).proposition == BADGE


def test_an_open_question_is_answered_without_oui_or_non():
    """And only where it was read: its words are too common."""
    assert verdict.tested(POINTS, "combien coûte un badge", {}) is None
    seen = verdict.tested(POINTS, "combien coûte un badge", {}, ("prix", 0.8))
    assert seen is not None
    assert seen.certain
    assert decide(POINTS, seen.proposition, "affirmee") == ""


def test_a_long_story_puts_nothing_to_the_test():
    """Its words are there, but it tells much more than it asks."""
    story = (
        "alors voilà ma cousine qui habite à côté de chez moi depuis dix ans m'a raconté hier soir "
        "au téléphone que dans son service il faut porter un badge jaune"
    )
    assert verdict.tested(ALL, story, {}) is None
    assert verdict.tested(ALL, f"{story}. il faut porter un badge jaune ?", {}).proposition == BADGE


def test_a_statement_about_others_is_not_tested():
    """What holds for some is found for them alone."""
    question = "le pompier dort sur place ?"
    assert verdict.tested(ALL, question, {"profil": "pompier"}).proposition == FIRE
    assert verdict.tested(ALL, question, {"profil": "facteur"}) is None
    assert verdict.tested(ALL, question, {}) is None


def test_two_statements_as_near_that_disagree_are_none():
    """In doubt between a true one and a false one nothing is said; between two true ones it is."""
    left, right = statement("on mange à midi", "oui"), statement("on mange à minuit", "non")
    assert verdict.tested(fiche(left, right, NIGHT), "on mange à midi ou à minuit ?", {}) is None
    same = statement("on mange à minuit", "oui")
    assert verdict.tested(fiche(left, same, NIGHT), "on mange à midi ou à minuit ?", {})


def opening(world, question: str, **situation: str) -> str:
    """The answer of the fiche on diplomas, "" when it puts nothing to the test."""
    part = verdict.verdict_part(world, world.knowledge.fiches["prerequis"], question, situation)
    return as_text(part.blocks) if part else ""


def test_the_opening_word_follows_from_the_statement(world):
    """True is « Oui », false is « Non », then why and from whom."""
    assert opening(world, "il faut le bac ?").startswith("**Oui.** ")
    answer = opening(world, "il faut un concours, il y en a un ?")
    assert answer.startswith("**Non.** ")
    assert "Source" in answer


def test_a_negation_gives_no_opening_word(world):
    """« c'est sans concours ? »: « non » would mean two things, so the statement is given alone."""
    answer = opening(world, "il n'y a pas de concours ?")
    assert answer.startswith("Nos sources ne citent aucun concours")


def test_what_no_source_says_has_no_opening_word(world):
    """« non_dit » is neither."""
    fiche_ = world.knowledge.fiches["duree_formation"]
    part = verdict.verdict_part(
        world, fiche_, "une VAE réduit la durée d'un nombre d'heures fixé ?", {}
    )
    assert as_text(part.blocks).startswith("Aucune source")


def test_a_verdict_can_be_traced(world):
    """« d'où ça vient ? » then cites the statement's own sources, and the subject goes on."""
    fiche_ = world.knowledge.fiches["prerequis"]
    part = verdict.verdict_part(world, fiche_, "il faut de l'expérience ?", {})
    assert part.cited["sources"][0] == "onisep"
    assert part.subject == "prerequis"


def test_every_statement_asked_as_it_stands_finds_one_as_true(world):
    """Word for word, a statement is never answered by one of the opposite truth."""
    wrong = []
    for each in world.knowledge.fiches.values():
        for proposition in (one for one in each.propositions if one.truth != "dit"):
            situation = {key: values[0] for key, values in proposition.when.items()}
            seen = verdict.tested(each, f"{proposition.statement} ?", situation)
            if seen and (seen.proposition.truth != proposition.truth or seen.negated):
                wrong.append((each.id, proposition.statement, seen.proposition.statement))
    assert wrong == []


def test_what_the_rule_says_already_is_not_said_before_it(world):
    """The word, then the rule, once."""
    fiche = world.knowledge.fiches["acces_metier"]
    asked = "une aide-soignante diplômée peut devenir assistante médicale ?"
    part = verdict.verdict_part(world, fiche, asked, {"profil": "aide_soignant"})
    assert part is not None
    text = as_text(part.blocks)
    assert text.startswith("**Oui.** ")
    assert text.count("sans passer le CQP") == 1


def test_where_the_sources_are_silent_it_is_said_once(world):
    """Of a statement that no source decides: that, and who knows."""
    fiche = world.knowledge.fiches["fiscalite_aide"]
    part = verdict.verdict_part(world, fiche, "l'aide est imposable ?", {})
    assert part is not None
    assert as_text(part.blocks).count("Nos sources ne disent rien") == 1
