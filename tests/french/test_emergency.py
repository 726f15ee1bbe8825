"""The emergency detector, with its real word list: alarms of two degrees, and what is no alarm."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from assistant_am.french.dictionary import bare_french_words
from assistant_am.french.emergency import Emergency, EmergencyDetector
from assistant_am.knowledge import read_checked

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def detect() -> EmergencyDetector:
    lexicon = read_checked(ROOT / "knowledge", "lexique/urgences.yml", "urgences")
    return EmergencyDetector(lexicon, bare_french_words())


@pytest.mark.parametrize(
    "message",
    [
        "mon père a une douleur dans la poitrine qui descend dans le bras",
        "Ma femme ne respire plus !",
        "il vient de faire un malaise dans la salle d'attente",
        "ma grand-mère a la bouche de travers et n'arrive plus à parler",
        "mon fils s'est étouffé avec une cacahuète",
        "elle saigne beaucoup ça s'arrête pas",
        "mon bébé convulse",
        "jai avalé de la javel",
        "il est inconscient par terre",
        "mon colegue a perdu connaissnce",
        "AU SECOURS IL RESPIRE PLUS",
        "combien dure la formation ? attendez, mon collègue s'est évanoui",
        "urgence",
    ],
)
def test_a_danger_to_life_is_seen(detect, message):
    """Somebody in danger is seen, whatever the spelling and whatever else is asked."""
    assert detect(message) == Emergency("vital", plain=True)
    assert detect.plain(message) == "vital"


@pytest.mark.parametrize(
    "message",
    [
        "je veux en finir avec la vie",
        "j'ai envie de me suicider",
        "jveux mourir",
        "je vais me tuer",
    ],
)
def test_a_person_who_wants_to_die_is_seen_apart(detect, message):
    """Suicide has a number of its own."""
    assert detect(message) == Emergency("suicide", plain=True)
    assert detect.plain(message) == "suicide"


@pytest.mark.parametrize(
    "message",
    [
        "on m'a dit que c'était mort pour moi sans le bac",
        "combien gagne un assistant médical ?",
        "comment se forme-t-on aux gestes et soins d'urgence (AFGSU) ?",
        "j'ai un besoin urgent de recruter",
        "la paperasse m'étouffe",
        "je veux en finir avec la paperasse",
        "je suis mort de fatigue",
        "l'assistant médical prend-il la tension ?",
        "mon dossier ne bouge plus depuis deux mois",
        "la CPAM ne répond pas",
        "quelle formation sur la prévention du suicide ?",
        "que fait l'AM pendant la consultation ?",
        "",
        "15",
    ],
)
def test_ordinary_questions_raise_no_alarm(detect, message):
    """Questions on the job, the aid and the training are no emergency."""
    assert detect(message) is None


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("une étude de cas ??? je meurs", "vital"),
        ("elle va me tuer", "vital"),
        ("je tourne de l'œil devant une plaie", "vital"),
        ("je ne veux plus continuer", "suicide"),
        ("à ce prix là je saute par la fenêtre mdr", "suicide"),
        ("je veux mourir lol", "suicide"),
        ("elle s'est évanouie hier", "vital"),
        ("le docteur a appelé le samu", "vital"),
    ],
)
def test_what_may_be_an_image_or_be_over_is_doubtful(detect, message, kind):
    """One line and the ordinary answer: no channel answers it before its locks."""
    assert detect(message) == Emergency(kind, plain=False)
    assert detect.plain(message) is None


@pytest.mark.parametrize(
    "message",
    [
        # figures of speech
        "ok et pour prendre rdv vite elle peut m'avoir un spécialiste ?",
        "ça me tue ces délais de la CPAM",
        "on était mort de rire quand le docteur a raconté ça",
        "Rien que d'y penser j'ai le coeur qui s'arrête",
        "c'est écrit noir sur blanc sur le site ?",
        "on s'est perdu de vue avec mon ancien patron",
        "elle n'avait pas l'air infirmière",
        "mes parents vont me tuer",
        "si on attend que je sois mort pour m'aider",
        # told in the past, or over
        "bon le samu est parti avec lui, on en était où",
        "jai fait un malaise en octobre, je suis en arrêt depuis",
        "un médecin du coin s'est suicidé l'an dernier, je suis seul pour 2 000 patients",
        # supposed, or asked of the job
        "bon et si je meurs hein on sait jamais",
        "imaginons qu'un patient convulse, elle fait quoi",
        "le monsieur qui répond au 15 est-il assistant médical",
        # a thing or an organisation, no person
        "il bouge plus mon dossier depuis trois semaines",
        "le cabinet suffoque, on refuse des patients tous les jours",
        "l'hémorragie des médecins dans le Cher",
        # the contrary
        "Je suis crevée mais pas au bord du pont, rassurez-vous",
        "je ne vais pas mourir, c'est juste une question",
        "il va pas me jeter ?",
        # another matter
        "qui paie si elle fait une bêtise avec un patient ?",
        "je veux en finir avec mon cdd",
        "18 mois d'attente pour un ophtalmo",
        "le cabinet est saturé, 650 patients en liste",
    ],
)
def test_kinds_of_talk_that_look_like_an_emergency_raise_nothing(detect, message):
    """What people say about their work, their past or a thing is answered as usual."""
    assert detect(message) is None


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("mon père a fait un malaise hier, aujourd'hui il délire", "vital"),
        ("combien dure le CQP ? ma mère ne respire plus", "vital"),
        ("je veux en finir avec la vie", "suicide"),
        ("j'en peux plus je veux en finir", "suicide"),
        ("il vient de tourner de l'oeil", "vital"),
        ("mon ex a un couteau il va me tuer", "vital"),
        ("jsuffoque", "vital"),
    ],
)
def test_the_exceptions_do_not_hide_a_real_one(detect, message, kind):
    """What is told now stays plain beside what looks like an exception."""
    assert detect(message) == Emergency(kind, plain=True)


def test_the_development_set_is_seen_and_its_lookalikes_are_not(detect):
    """Tuned on, so a floor against slipping back and no measure of quality."""
    path = ROOT / "tests" / "french" / "development" / "urgences.yml"
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    missed = [text for text in (*told["vital"], *told["suicide"]) if not detect.plain(text)]
    alarms = [text for text in told["ordinary"] if detect.plain(text)]
    assert (missed, alarms) == ([], [])


def small(motifs=(), exceptions=(), immediate=(), doubtful=()):
    expressions = [{"genre": "vital", "motifs": list(motifs)}] if motifs else []
    if doubtful:
        expressions.append({"genre": "vital", "degre": "douteux", "motifs": list(doubtful)})
    return EmergencyDetector(
        {
            "expressions": expressions,
            "exceptions": list(exceptions),
            "immediat": list(immediate),
            "urgence_seule": [],
            "sosies": [],
        }
    )


def excuse(motif, scope, effect=None):
    entry = {"genre": "vital", "portee": scope, "motifs": [motif]}
    return {**entry, "effet": effect} if effect else entry


PLAIN, DOUBTFUL = Emergency("vital", plain=True), Emergency("vital", plain=False)


def test_a_plain_pattern_wins_over_a_doubtful_one():
    """The numbers come as soon as one expression is sure."""
    detect = small(motifs=["saigne"], doubtful=["meurs"])
    assert detect("je meurs") == DOUBTFUL
    assert detect("je meurs je saigne") == PLAIN


def test_of_the_two_kinds_the_plainest_is_told_then_suicide(detect):
    """A doubtful word on dying does not hide the numbers of a plain emergency."""
    assert detect("je ne veux plus continuer. Mon père ne respire plus") == PLAIN
    assert detect("je veux mourir, mon père ne respire plus") == Emergency("suicide", plain=True)


def test_a_pattern_does_not_go_from_a_sentence_to_the_next():
    """« mal. Poitrine » are two matters; dots of hesitation are not an end."""
    detect = small(motifs=["mal poitrine"])
    assert detect("j'ai mal... poitrine") == PLAIN
    assert detect("j'ai mal à la poitrine.") == PLAIN
    assert detect("j'ai mal compris. La poitrine de qui ?") is None
    assert detect("mal ? Poitrine") is None


def test_a_pattern_stops_at_the_words_after_its_mark():
    """« noir ! sur » : not in « noir sur blanc »."""
    detect = small(motifs=["vois noir ! sur"])
    assert detect("je vois noir") == PLAIN
    assert detect("je vois noir partout") == PLAIN
    assert detect("je vois noir sur blanc") is None


@pytest.mark.parametrize(
    ("scope", "effect", "message", "expected"),
    [
        ("voisin", None, "mort de rire", None),
        ("voisin", None, "mort et puis plus rien de rire", PLAIN),
        ("voisin", "baisse", "mort de rire", DOUBTFUL),
        ("voisin", "baisse", "meurs de rire", None),
        ("message", None, "mort et je vais rire", None),
        ("message", None, "mort maintenant et je vais rire", PLAIN),
        ("message", "baisse", "mort maintenant et je vais rire", PLAIN),
        ("partout", "baisse", "mort maintenant et je vais rire", DOUBTFUL),
    ],
)
def test_how_far_an_exception_goes(scope, effect, message, expected):
    """Beside the words, over the message unless it happens now, or whatever else is said."""
    motif = "mort|meurs de_rire" if scope == "voisin" else "rire"
    detect = small(["mort"], [excuse(motif, scope, effect)], ["maintenant"], ["meurs"])
    assert detect(message) == expected


def test_a_long_message_is_read_at_once(detect):
    """A message of a thousand characters is read in half a second."""
    start = time.perf_counter()
    detect("mal poitrine pas plus " * 45)
    assert time.perf_counter() - start < 0.5


def test_an_empty_pattern_is_refused():
    """A pattern without words would be found everywhere."""
    lexicon = {"expressions": [{"genre": "vital", "motifs": [" "]}], "exceptions": [],
               "immediat": [], "urgence_seule": [], "sosies": []}  # fmt: skip
    with pytest.raises(ValueError):
        EmergencyDetector(lexicon)
