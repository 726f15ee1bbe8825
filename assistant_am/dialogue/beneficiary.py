"""« La mairie peut-elle toucher l'aide ? », « un centre de santé municipal y a droit ? »: the aid
asked for by somebody who is not a doctor in practice."""

from __future__ import annotations

import re

from assistant_am.dialogue.aid_answers import SUBJECT_ELIGIBILITY, eligibility_part
from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.fiches import fiche_part
from assistant_am.dialogue.part import Part
from assistant_am.french.fold import fold
from assistant_am.meaning import Request

SUBJECT_CENTRES = "centre_de_sante_salarie"
_THEMES = frozenset({"aide", "conditions"})
_OF_A_CENTRE = frozenset({"aide_generale", SUBJECT_ELIGIBILITY, "demarches_aide", "lieux_exercice"})
_BODY = (
    r"(?:mairie|commune|municipalite|ville|village|collectivite\w*|departement|region"
    r"|conseil (?:departemental|regional|municipal)|communaute de communes|comcom|agglo\w*"
    r"|intercommunalite|epci|ccas|maire)"
)
_SHE = r"(?:[- ](?:t-)?(?:elle|il|on|nous))?"
_HAS_IT = (
    r"(?:touch\w*|percev\w*|percoi\w*|recev\w*|recoi\w*|obten\w*|beneficie\w*|demander|eligibles?"
    rf"|(?:a|ai|avons|aura|avoir|aurait|ont){_SHE} (?:bien |aussi )?(?:droit|l'aide))"
)
_FEW_WORDS = r"(?:\W+(?!(?:medecins?|docteure?|generalistes?|qui)\b)[\w']+){0,5}?\W+"
_ITS = re.compile(
    r"\b(?:de|du|des|d|dans|en|pour|par|a|au|aux|sur|medecins?)\W+"
    r"(?:(?:la|le|l|ma|mon|un|une|notre|votre|cette|sa|petite)\W+)*$"
)
"""« Médecin de ma commune, ai-je droit à l'aide ? »: the doctor asks, not the commune."""
_BODY_HAS_IT = re.compile(rf"\b{_BODY}\b{_FEW_WORDS}{_HAS_IT}")
_PAID_TO_IT = re.compile(
    rf"\baide\b[^.;?!]{{0,40}}\b(?:versee?|payee?|va|revient)\b(?:\W+\w+)?\W+(?:a|au|aux)\W+"
    rf"(?:(?:la|le|l|une?|ma|notre|sa)\W+)?{_BODY}\b"
)
_AID = re.compile(r"\b(?:aides?|subventions?|primes?|droits?|eligibles?|38 ?000)\b")
_IN_PRACTICE = re.compile(r"\b(?:liberal\w*|mixte|secteur [12]|mon cabinet|conventionnee?)\b")


def of_who_asks(ex: Exchange, request: Request) -> Part | None:
    """The individual aid goes to no town hall, and a health centre has an agreement of its own;
    None for anybody else, or another question."""
    text = fold(ex.turn.text)
    fiche = ex.world.knowledge.fiches.get(request.label)
    if request.trust != "sur" or not _AID.search(text) or _IN_PRACTICE.search(text):
        return None
    if (fiche is None or fiche.theme in _THEMES) and _is_of_a_body(text):
        return eligibility_part(ex.world, {"structure": True}, ex.turn.text)
    centre = "centre_de_sante" in ex.turn.values("lieu")
    if centre and request.label in _OF_A_CENTRE and SUBJECT_CENTRES in ex.world.knowledge.fiches:
        return fiche_part(ex.world, SUBJECT_CENTRES, {}, request.text or ex.turn.text)
    return None


def _is_of_a_body(text: str) -> bool:
    asked = (m for m in _BODY_HAS_IT.finditer(text) if not _ITS.search(text[: m.start()]))
    return next(asked, None) is not None or _PAID_TO_IT.search(text) is not None
