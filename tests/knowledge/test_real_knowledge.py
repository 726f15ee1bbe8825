"""The real knowledge: every fiche can be said, is well written, and leads somewhere."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from assistant_am import aid
from assistant_am.knowledge import Fiche, answer, fill, load, varies_with
from assistant_am.knowledge.sentences import read_sentences
from assistant_am.knowledge.text import PLACEHOLDER

KNOWLEDGE_FOLDER = Path(__file__).resolve().parents[2] / "knowledge"
KNOWLEDGE = load(KNOWLEDGE_FOLDER)
FICHES = sorted(KNOWLEDGE.fiches)
TODAY = datetime.date(2026, 11, 22)
STARTING_SOURCES = {"ameli_bdr", "akeia", "onisep", "maysantelab", "article_formation"}

# « Pôle emploi » only as the former name of France Travail.
FORBIDDEN = {
    "promet un montant": re.compile(r"\btoucher(?:ez|iez)\b", re.IGNORECASE),
    "nom qui n'existe plus": re.compile(
        r"(?<!ancien )(?<!ex-)(?<!ancien\u00a0)Pôle[ \u00a0-][Ee]mploi"
    ),
    "ce n'est pas l'État qui paie": re.compile(
        r"l['’]État\s+(?:qui\s+)?(?:paie|paye|verse|finance|paiera|payera|versera)"
    ),
}  # fmt: skip
TYPOGRAPHY = {
    "deux espaces": re.compile(r"(?<!^)(?<=\S)[ \u00a0]{2,}(?=\S)", re.MULTILINE),
    "une espace simple devant ; : ? ! € % »": re.compile(r" [;:?!€%»]"),
    "rien devant ; ? ! € %": re.compile(r"[\w)»*][;?!€%]"),
    "rien devant :": re.compile(r"[a-zà-ÿ)»*]:(?!//)"),
    "un repère qui n'est pas remplacé": re.compile(r"\{[a-z_.]*\}|\{\{|\}\}"),
}  # fmt: skip
URL = re.compile(r"https?://\S+|\bwww\.\S+")


def texts(fiche: Fiche) -> dict[str, str]:
    """Every text of a fiche, as it is shown."""
    found = {"reponse": fiche.text, "details": fiche.details or ""}
    found |= {f"variante {i}": variant.text for i, variant in enumerate(fiche.variants, start=1)}
    for number, entry in enumerate(fiche.propositions, start=1):
        found[f"proposition {number}"] = entry.text
        if entry.truth != "non":
            found[f"énoncé {number}"] = entry.statement
    return {name: fill(text, KNOWLEDGE) for name, text in found.items()}


@pytest.mark.parametrize("fiche_id", FICHES)
def test_every_text_is_well_written(fiche_id):
    """No placeholder is left, the typography is French, and no forbidden word is said."""
    wrong = [
        f"{name} : {what} : …{text[max(0, match.start() - 20) : match.end() + 20]}…"
        for name, text in texts(KNOWLEDGE.fiches[fiche_id]).items()
        for what, pattern in (TYPOGRAPHY | FORBIDDEN).items()
        for match in pattern.finditer(URL.sub("adresse", text))
    ]
    assert wrong == []


@pytest.mark.parametrize("fiche_id", FICHES)
def test_no_text_says_what_must_never_be_said(fiche_id):
    """What a disagreement forbids to repeat is repeated nowhere."""
    said = [
        f"{entry.id} : {name} : {match.group()}"
        for name, text in texts(KNOWLEDGE.fiches[fiche_id]).items()
        for entry in KNOWLEDGE.disagreements.values()
        for pattern in entry.never_say
        if (match := re.search(pattern, text.replace("\u00a0", " "), re.IGNORECASE))
    ]
    assert said == []


@pytest.mark.parametrize("fiche_id", FICHES)
def test_every_next_question_exists(fiche_id):
    """Suggestions are other fiches, each once, at most four."""
    following = KNOWLEDGE.fiches[fiche_id].next
    assert following, "une fiche propose toujours une suite"
    assert len(set(following)) == len(following) <= 4
    assert set(following) <= set(KNOWLEDGE.fiches) - {fiche_id}


def test_every_fiche_can_be_reached():
    """Somebody who asks reaches each fiche, and most are suggested by another one."""
    asked = {
        sentence.intent for sentence in read_sentences(KNOWLEDGE_FOLDER.parent / "data" / "nlu")
    }
    suggested = {key for fiche in KNOWLEDGE.fiches.values() for key in fiche.next}
    assert [fiche.id for fiche in KNOWLEDGE.fiches.values() if fiche.intent not in asked] == []
    assert len(suggested) > 0.8 * len(FICHES)


@pytest.mark.parametrize("what", ["label", "question", "intent"])
def test_nothing_that_names_a_fiche_is_shared(what):
    """Two buttons or two questions that look alike would lead to one answer."""
    named = Counter(getattr(fiche, what).casefold() for fiche in KNOWLEDGE.fiches.values())
    assert [name for name, count in named.items() if count > 1] == []


def test_every_disagreement_is_there():
    """B-1 to B-36 are data."""
    assert [f"B-{n}" for n in range(1, 37)] == sorted(
        KNOWLEDGE.disagreements, key=lambda key: int(key[2:])
    )


def test_every_disagreement_is_told_by_a_fiche():
    """A disagreement that no fiche cites would never be said."""
    cited = {
        key
        for fiche in KNOWLEDGE.fiches.values()
        for part in (fiche, *fiche.variants)
        for key in part.disagreements
    }
    assert set() == set(KNOWLEDGE.disagreements) - cited


def test_every_source_is_used():
    """A starting source is cited by a fiche; a complementary one by a fiche, a fact or a value."""
    cited = {
        key
        for fiche in KNOWLEDGE.fiches.values()
        for part in (fiche, *fiche.variants)
        for key in part.sources
    }
    assert set() == STARTING_SOURCES - cited
    used = cited | {key for fact in KNOWLEDGE.facts.values() for key in (fact.source, *fact.also)}
    used |= {s.source for d in KNOWLEDGE.disagreements.values() for s in d.positions}
    used |= {contact.source for contact in KNOWLEDGE.contacts.values()}
    used |= {key for term in KNOWLEDGE.glossary for key in term.sources}
    others = (*(KNOWLEDGE_FOLDER / "parametres").glob("*.yml"), KNOWLEDGE_FOLDER / "diplomes.yml")
    parameters = "".join(file.read_text(encoding="utf-8") for file in others)
    used |= set(re.findall(r"source: (\w+)", parameters))
    # The numbers to call stand in phrases.yml, which cites no source.
    assert {"numeros_urgence"} == set(KNOWLEDGE.sources) - used


def test_what_changes_an_answer_can_be_read_in_a_message():
    """A variant depends only on values that the bot can hear."""
    heard = set(
        yaml.safe_load((KNOWLEDGE_FOLDER / "lexique" / "entites.yml").read_text(encoding="utf-8"))
    ) | {"quotite", "annee", "tranche", "secteur", "age_65", "nouvel_installe", "zip", "mep",
         "objectifs_atteints", "premier_contrat_temps_plein", "bareme"}  # fmt: skip
    for fiche in KNOWLEDGE.fiches.values():
        assert varies_with(fiche) <= heard, fiche.id


def parameter(name: str) -> object:
    """The value in force today of a file of `parametres/`."""
    text = (KNOWLEDGE_FOLDER / "parametres" / f"{name}.yml").read_text(encoding="utf-8")
    values = yaml.safe_load(text)["valeurs"]
    return values[max(day for day in values if day <= TODAY)]["valeur"]


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("smic_mensuel", "smic_mensuel"),
        ("seuil_patientele_mg", "seuil_p30_mg"),
        ("tolerance_65_ans", "tolerance_65"),
        ("entree_en_vigueur_convention_2024", "convention_effet"),
    ],
)
def test_the_computation_and_the_fiches_say_the_same(name, fact):
    """A value that both use is the same in parametres/ and in faits/."""
    assert parameter(name) == KNOWLEDGE.facts[fact].value


def test_the_parameters_load():
    """The computation reads the same folder."""
    assert aid.load(KNOWLEDGE_FOLDER)


OPENING = re.compile(
    r"\W*(?:oui|non|si)\b[\s*]*(?:[,.;:!]|$)|\W*(?:pas (?:directement|encore)|à confirmer)\b",
    re.IGNORECASE,
)
WORDS = 60
DECISION = 45


@pytest.mark.parametrize("fiche_id", FICHES)
def test_no_answer_opens_with_a_typed_yes_or_no(fiche_id):
    """« Oui » and « Non » follow from the question (`decide`): an answer opens with the fact."""
    found = texts(KNOWLEDGE.fiches[fiche_id])
    assert [name for name, text in found.items() if OPENING.match(text)] == []


@pytest.mark.parametrize(
    "text",
    ["**Oui, c'est possible**", "**Oui** : l'AM", "**Oui.** Une", "Non, il", "**Pas encore : le**",
     "Non", "**À confirmer** : x"],
)  # fmt: skip
def test_a_typed_opening_would_be_seen(text):
    """The pattern sees the forms that stood in the fiches."""
    assert OPENING.match(text)


@pytest.mark.parametrize(
    "text", ["**Ni la date**", "Sixième année", "Nos sources", "Si le médecin"]
)
def test_a_fact_is_no_typed_opening(text):
    """And leaves facts alone."""
    assert not OPENING.match(text)


def count(text: str) -> int:
    """Words as they are read: « 38 000 € » is one."""
    joined = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)", "", text)
    return len(re.findall(r"\S*\w\S*", joined.replace("\u00a0", " ")))


@pytest.mark.parametrize("fiche_id", FICHES)
def test_propositions_are_short_and_affirmative(fiche_id):
    """A statement is no question and no negation; the sentences that decide it are few."""
    for entry in KNOWLEDGE.fiches[fiche_id].propositions:
        assert not re.search(r"[?!.]$", entry.statement), entry.statement
        assert count(fill(entry.text, KNOWLEDGE)) <= DECISION, entry.statement
        assert re.search(r"[.\w]$", fill(entry.text, KNOWLEDGE)), entry.statement


def test_people_find_their_questions():
    """Nearly every fiche has propositions, with statements that are true and that are false."""
    every = [entry for fiche in KNOWLEDGE.fiches.values() for entry in fiche.propositions]
    truths = Counter(entry.truth for entry in every)
    assert len(every) >= 350
    assert min(truths["oui"], truths["non"], truths["non_dit"]) > 80
    assert len([fiche for fiche in KNOWLEDGE.fiches.values() if fiche.propositions]) >= 105


@pytest.mark.parametrize("fiche_id", FICHES)
def test_an_answer_is_short(fiche_id):
    """Sixty words at most: the rest is in `details`."""
    found = texts(KNOWLEDGE.fiches[fiche_id])
    long = {name: count(text) for name, text in found.items() if name != "details"}
    assert {name: words for name, words in long.items() if words > WORDS} == {}


def unsourced(sources: tuple[str, ...], text: str) -> set[str]:
    """Facts shown in a text of which no source stands under it."""
    names = {match[1].partition(".")[0] for match in PLACEHOLDER.finditer(text)} - {"site"}
    facts = [KNOWLEDGE.facts[name] for name in names]
    return {fact.id for fact in facts if {fact.source, *fact.also}.isdisjoint(sources)}


@pytest.mark.parametrize("fiche_id", FICHES)
def test_every_figure_shown_has_its_source_under_the_answer(fiche_id):
    """A figure, a date or an address comes with a source that gives it."""
    fiche = KNOWLEDGE.fiches[fiche_id]
    parts = (fiche, *fiche.variants, *fiche.propositions)
    assert [(part.text[:40], missing) for part in parts
            if (missing := unsourced(part.sources, part.text))] == []  # fmt: skip


def test_a_figure_without_its_source_would_be_seen():
    """The SMIC under the Onisep alone is seen; under the Urssaf it is not."""
    assert unsourced(("onisep",), "Au moins {smic_mensuel.nombre} €.") == {"smic_mensuel"}
    assert unsourced(("urssaf_modele_social",), "Au moins {smic_mensuel.nombre} €.") == set()


GLUED = re.compile(r"(?:https?://\S+|www\.\S+|[\w.-]+@[\w.-]+)(?<=\.)(?:\*\*)?(?=\s|$)")


@pytest.mark.parametrize("fiche_id", FICHES)
def test_no_full_stop_is_glued_to_an_address(fiche_id):
    """Some readers take the stop into the link, which then leads nowhere."""
    found = texts(KNOWLEDGE.fiches[fiche_id])
    bare = {name: text.replace("**", "") for name, text in found.items()}
    assert [match for text in bare.values() for match in GLUED.findall(text)] == []


@pytest.mark.parametrize("text", ["Voyez https://a.fr/b.", "à a@b.fr.", "www.a.fr. Puis"])
def test_a_glued_full_stop_would_be_seen(text):
    """At the end of a text and before another sentence."""
    assert GLUED.search(text)


def test_an_address_inside_a_sentence_is_not_glued():
    """A comma, a bracket or nothing at all may follow."""
    assert not GLUED.search("Voyez https://a.fr/b, a@b.fr (www.a.fr) ou https://a.fr")


def test_what_a_rise_of_the_smic_touches_is_read_again_that_day():
    """The SMIC may rise on each 1st of January, and the grids that stand beside it move with it."""
    facts = [
        f for f in KNOWLEDGE.facts.values() if re.match(r"smic_|ccn_grille_|ccn_hausse_", f.id)
    ]
    cited = {fact.source for fact in facts if fact.id != "smic_semaine"}
    assert len(cited) >= 5
    late = [key for key in cited if KNOWLEDGE.sources[key].review_by > datetime.date(2027, 1, 1)]
    assert late == []


@pytest.mark.parametrize("term", KNOWLEDGE.glossary, ids=lambda term: term.spellings[0])
def test_every_meaning_is_short_well_written_and_sourced(term):
    """A word of the glossary is held to what an answer is held to."""
    text = fill(term.text or "", KNOWLEDGE)
    assert count(text) <= WORDS
    assert unsourced(term.sources, term.text or "") == set()
    assert [what for what, p in (TYPOGRAPHY | FORBIDDEN).items() if p.search(text)] == []


def test_the_words_that_people_ask_are_in_the_glossary():
    """Those that the fiches use without explaining them."""
    words = {term.spellings[0] for term in KNOWLEDGE.glossary}
    asked = "ZIP OPTAM OPTAM-CO ACI SISA MSP MEP FAE CQP RNCP ROME DAM CPTS VAE AFGSU ETP NIR"
    assert set(asked.split()) | {"P30", "P90", "P95", "percentile"} <= words


@pytest.mark.parametrize(
    "question",
    [
        "combien de postes étaient prévus en 2019 ?",
        "l'évolution année par année ?",
        "6 000 en 2022 ?",
    ],
)
def test_the_posts_by_year_can_be_asked(question):
    """The series of the training article is given as targets, with the counts beside it."""
    found = answer(KNOWLEDGE, "nombre_postes", {}, question).text.replace("\u00a0", " ")
    assert "1 000 postes en 2019, 6 000 en 2022" in found
    assert "pas des postes pourvus" in found
    assert "8 111" in found
