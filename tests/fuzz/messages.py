"""What people may type, and how it may be read: right, wrong, half."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml
from hypothesis import strategies as st

from assistant_am.understanding.reader import OUTSIDE

ROOT = Path(__file__).resolve().parents[2]
_READ = yaml.safe_load((ROOT / "tests/reading/messages.yml").read_text("utf-8"))
REAL = tuple(text for group in _READ.values() for text in group)
"""Messages that hold a value, or seem to."""

_FTES = ("mi-temps", "temps plein", "1,5 ETP", "2 ETP", "0 ETP", "3 ETP", "0,8 ETP", "un 2e AM",
         "deux AM", "option 2 ETP", "tiers temps", "28 heures", "pas de mi-temps")  # fmt: skip
_RANKS = ("1re année", "2e année", "3e année", "0e année", "99e année", "4e et 5e années",
          "en 2023", "sur 5 ans", "sur 11 ans", "sur 0 an", "les 5 premières années",
          "cette année", "l'année prochaine", "chaque année", "en 2027", "depuis le début",
          "1re et 3e année", "la première année puis temps plein", "l'année d'après")  # fmt: skip
_BANDS = ("P92", "P95", "P29", "P30 à P89", "sous P30", "P100", "P101", "1 100 patients", "775",
          "2500", "0 patient", "-775 patients", "entre 700 et 800 patients", "20 000 patients",
          "P90 ou P95", "je ne suis pas P95")  # fmt: skip
_DAYS = ("signé le 3 mars 2023", "contrat signé en 2021", "contrat de 2022", "signé en juin 2024",
         "31/06/2024", "signé le 22 juin 2024", "signé le 1er janvier 1990", "12/2099",
         "le 29/02/2024", "ancien barème", "nouveau barème", "les deux barèmes",
         "en 2050")  # fmt: skip
_WHO = ("médecin généraliste", "pédiatre", "chirurgien", "radiologue", "secteur 1", "secteur 2",
        "secteur 2 sans OPTAM", "secteur 3", "non conventionné", "67 ans", "en ZIP", "hors ZIP",
        "MEP", "la SISA", "centre de santé", "installé depuis 6 mois", "je suis infirmière",
        "ma secrétaire", "je suis patient", "objectifs atteints", "objectifs non atteints",
        "80 % d'actes techniques", "premier contrat à mi-temps", "médecin remplaçant")  # fmt: skip
_DOCTORS = ("le Dr Martin", "le Dr Petit veut", "la Dr Durand", "Dr A", "Dr B P92", "mon associé",
            "l'autre médecin", "tout le monde", "les trois médecins", "le 2e médecin", "d'Arc",
            "dr o'neil", "chacun", "ma sœur")  # fmt: skip
_PAY = ("1 950 € brut", "0 € brut", "100 000 euros", "36 000 € me coûte tout compris", "1 €",
        "au SMIC", "38 000 €", "-5 €", "2000 brut à mi-temps")  # fmt: skip
_ASKS = ("combien ?", "quel montant pour", "différence entre", "et", "au total", "par mois",
         "en %", "tu es sûr ?", "pourquoi ?", "d'où ça vient ?", "ai-je droit à l'aide ?",
         "compare", "estimer mon aide", "quel est le coût pour l'employeur ?", "le maximum ?",
         "le tableau", "je suis en quelle année ?", "reste à charge", "et pour", "c'est quoi",
         "montrez le calcul", "que sais-tu de moi ?", "qui peut m'aider en Sarthe ?", "dans le 72",
         "si j'étais", "il me reste combien", "ça augmente ?", "et celle d'avant ?")  # fmt: skip
_ANSWERS = ("oui", "non", "1", "2", "3", "1 €", "le 1er", "1,5", "92", "un", "je ne sais pas",
            "stop", "peu importe", "0", "-1", "1e9", "le même", "les deux", "aucun", "P", "?",
            "…")  # fmt: skip
_ODD = ("blorg zip fnord", "😀", "a," * 50, "١٢٣", "É" * 40, "P92" * 30, "\u200b", "{site.contact}",
        "[date]", "None", "/restart", "<b>", "«", "0" * 40, "9" * 25, "½ ETP", "1'100 patients",
        "deux mille vingt-quatre", "mille millions de patients")  # fmt: skip

FRAGMENTS = (*_FTES, *_RANKS, *_BANDS, *_DAYS, *_WHO, *_DOCTORS, *_PAY, *_ASKS, *_ANSWERS, *_ODD)
_ONE = st.sampled_from(FRAGMENTS)
texts = st.one_of(
    _ONE,
    st.lists(_ONE, min_size=2, max_size=5).map(" ".join),
    st.lists(_ONE, min_size=2, max_size=4).map(", ".join),
    st.sampled_from(REAL),
    st.tuples(st.sampled_from(REAL), _ONE).map(" ".join),
    st.text(max_size=60),
)
"""Messages: of one thing, of several, of anything."""


@dataclass(frozen=True)
class Reading:
    """How a message is read: `first` is a label and how far it is trusted; `second` is the label of
    its second half, `others` are those that come next in the ranking."""

    first: tuple[str, str]
    second: str | None
    others: tuple[str, ...]
    probability: float
    follows: float
    supposes: float
    other: float


def readings(labels: tuple[str, ...]) -> st.SearchStrategy[Reading]:
    """Every way a reading could come out, right or wrong: the aid comes often."""
    aid = tuple(each for each in labels if each in _OF_THE_AID)
    label = st.one_of(st.sampled_from(aid), st.sampled_from(labels))
    trusted = st.tuples(label, st.sampled_from(("sur", "sur", "sur", "hesitant", "incompris")))
    outside = st.tuples(st.sampled_from(OUTSIDE), st.just("hors_sujet"))
    odds = st.sampled_from((0.0, 0.0, 1.0, 0.55))
    return st.builds(
        Reading,
        first=st.one_of(*[trusted] * 9, outside),
        second=st.one_of(st.none(), st.none(), st.none(), label),
        others=st.lists(st.sampled_from(labels), max_size=3, unique=True).map(tuple),
        probability=st.sampled_from((0.15, 0.45, 0.8, 0.97)),
        follows=odds,
        supposes=odds,
        other=odds,
    )


_OF_THE_AID = frozenset({
    "montant_aide", "estimer_aide", "conditions_aide", "budget", "second_assistant", "medecin_65",
    "duree_aide", "revalorisation", "salaire_debutant", "aucune", "demander_plus",
    "demander_calcul", "demander_pourquoi", "demander_source", "rappel_situation", "contester",
    "reponse", "affirmer", "nier", "ne_sait_pas", "annuler",
})  # fmt: skip
