"""What a message adds to the situation, and what it puts side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from assistant_am.dialogue.memory import AID_SLOTS, COMPARABLE, SITUATION_SLOTS, Memory
from assistant_am.french.fold import fold, fold_keeping_offsets, words
from assistant_am.meaning import Entity, Meaning
from assistant_am.reading import band

_CORRECTION = frozenset(
    {"plutot", "finalement", "pardon", "erreur", "trompe", "correction", "voulais"}
)
_SIGNATURE = ("date_contrat", "mois_contrat", "annee_contrat")
"""When the contract was signed, the finest first."""
_ASKED_ABOUT = frozenset({"zip", "mep", "nouvel_installe"})
_ASKS_WHETHER = re.compile(
    r"\b(?:je suis|je sui|j.?suis|jsui|chuis|chui|suis[- ]je|on est|sommes[- ]nous)\b[^.,!;]*\?\s*$"
)
_OWN_OPERATIONS = {
    "tableau": re.compile(
        r"\b(?:je (?:(?:vais|peux|veux|dois|voulais) )?(?:leur |lui |en |me |le |les |y )*"
        r"(?:fai[st]|faire|ferai|mets|mettre|mettrai|prepare\w*|remplis|remplir|note\w*)"
        r"|j'en fais|j'ai fait|(?:ca|cela|tout) (?:tient|rentre|ira|va) (?:dans|sur))\b"
        r"[^.;?!]{0,25}\b(?:tableau\w*|tableur\w*|recap\w*|grille\w*)"
    ),
    "total": re.compile(
        r"\b(?:j'ai|j'avais|on a|on avait|il a|il avait|elle a|avais|avait)\s+(?:\w+\s+)?"
        r"(?:additionn\w*|cumul\w*|totalis\w*)"
    ),
}
"""« Je vais leur faire un tableau », « j'avais tout additionné »: theirs, none to be given."""
_UNDECIDED = ("lieu", "moment", "profil", "specialite", "secteur")
_FIRST_ASSISTANT = 1.0
SECOND_ASSISTANT_FTES = (1.5, 2.0)
"""Full-time equivalents, two assistants together: the options of the agreement."""
_SCHOOL_LEVELS = frozenset({"bachelier", "sans_bac"})
OPENS_THE_FAE = frozenset({"infirmier", "aide_soignant", "auxiliaire_puericulture"})
_HAS_NO_LEVEL = frozenset(
    {"autre_soignant", "dieteticien", "secretaire_medicale", "assistant_dentaire", "reconversion"}
    | {"demandeur_emploi"}
)
"""Particulars that do not tell the school level: « sans bac », said before, stays true."""
_NEEDED = re.compile(
    r"\b(?:faut|faudra\w*|doi[st]|obligatoire\w*|obligee?s?|exig\w*|necessaires?|besoin|requise?s?)\b"
)
_HAD = re.compile(r"\b(?:j'?ai|l'ai|obtenu\w*|decroche\w*|poche|mon bac|titulaire|avec|j'avais)\b")
_ABOUT_BANDS = frozenset({"percentiles", "seuil_patientele"})
_OWN_BAND = re.compile(
    r"\b(?:(?:je|j|on|nous|il|elle) ?(?:suis|est|sommes|sui)|j.?suis|chuis|chui|mon|mes|notre)\b"
)
_OBJECTIVES_ASKED = re.compile(
    r"\bobjectifs?\b[^.;!?]{0,25}?\b(?:atteint\w*|tenu\w*|rempli\w*|respecte\w*|bons?|ok)"
    r"\s*(?:ou (?:pas|non)\s*)?\?"
)
_ONE_QUESTION = frozenset({"lieu", "moment"})
_ABOUT_SOMEBODY = frozenset({"profil", "specialite"})
_SELF = re.compile(
    r"\b(?:je|j|jai|chui|chuis|jsuis|jsui|jss|jsus|jui|suis|moi|mon|ma|mes|nous|notre|nos|"
    r"en tant que|dr|"
    r"docteur|titulaire|diplomee)\b"
)


_FOLLOWS_ON = re.compile(
    r"\W*(?:(?:ok|oui|non|d'accord|bon|ah|merci|alors)\W+)?"
    r"(?:et|pour|si|avec|idem|pareil|meme|ou|mais|plutot|finalement|cette fois)\b"
)
_ARTICLE = 5
"""Characters of « pour » or of an article before the first value."""


@dataclass(frozen=True)
class Said:
    """Inputs said in this message (`values`), those given several values to compare, and (slot,
    value) pairs `denied`: « je ne suis pas P95 ». `corrects`: « non, plutôt P92 »."""

    values: Mapping[str, Any]
    compared: Mapping[str, list[Any]]
    operation: str | None
    denied: frozenset[tuple[str, Any]] = frozenset()
    corrects: bool = False

    def without(self, slot: str) -> Said:
        """The same, but for one input."""
        return replace(self, values={k: v for k, v in self.values.items() if k != slot})

    @property
    def slots(self) -> frozenset[str]:
        return frozenset(self.values) | frozenset(self.compared)


def read_said(turn: Meaning) -> Said:
    """Values of the message; with a correction (« non, plutôt P92 ») the last one wins."""
    correcting = _corrects(turn.text)
    values: dict[str, Any] = {}
    compared: dict[str, list[Any]] = {}
    folded = fold(turn.text)
    unasked = {name for name, own in _OWN_OPERATIONS.items() if own.search(folded)}
    affirmed = [
        e for e in turn.entities if e.slot != "medecin" and not e.denied and e.value not in unasked
    ]
    for slot in dict.fromkeys(e.slot for e in affirmed):
        found = list(dict.fromkeys(e.value for e in affirmed if e.slot == slot))
        if slot == "profil" and not correcting:
            found = _deciding(found)
        if slot == "annee":
            values[slot] = sorted(found) if not correcting else found[-1:]
        elif slot == "patients_entre":
            values[slot] = tuple(found[-1])
        elif len(found) > 1 and slot in COMPARABLE and not correcting:
            compared[slot] = found
        elif len(found) > 1 and slot in _UNDECIDED and not correcting:
            # « cabinet, centre de santé ou médico-social ? »: about none of them in particular.
            continue
        elif slot in _SIGNATURE and not correcting:
            # « Embauchée en mars 2025, donc mars 2027 ? »: what comes after is counted from it.
            values[slot] = min(found)
        else:
            values[slot] = found[-1]
    operations = [each.value for each in affirmed if each.slot == "operation"]
    denied = frozenset((e.slot, e.value) for e in turn.entities if e.denied)
    operation = operations[-1] if operations else None
    return Said(values, compared, operation, denied, correcting)


def _corrects(text: str) -> bool:
    """« Ça fait combien » and « …, non ? » correct nothing; « en fait » and « non, » do."""
    said = words(text)
    return (
        not _CORRECTION.isdisjoint(said) or "non" in said[:-1] or ("en", "fait") in pairwise(said)
    )


def _deciding(profiles: list[Any]) -> list[Any]:
    """Of several particulars of one person, those that decide the way to the job.

    « aide-soignante, sans le bac »: the diploma of such a carer opens it by itself;
    « ambulancier, sans le bac »: the level decides.
    """
    if carers := [each for each in profiles if each in OPENS_THE_FAE]:
        return carers
    levels = [each for each in profiles if each in _SCHOOL_LEVELS]
    if levels == ["sans_bac"]:
        return levels
    return [each for each in profiles if each not in _SCHOOL_LEVELS] or profiles


def is_a_need(text: str) -> bool:
    """« Faut-il le bac ? » asks whether it is needed; « il faut le bac, je l'ai » tells it."""
    folded = fold(text)
    return bool(_NEEDED.search(folded)) and not _HAD.search(folded)


def band_asked(turn: Meaning) -> Entity | None:
    """« Suis-je au P30 ? »: the band that the message asks about, when it tells none."""
    folded = fold_keeping_offsets(turn.text)
    bands = [each for each in turn.entities if each.slot == "tranche"]
    asked = [each for each in bands if band.is_asked(folded, each.start, each.end)]
    return asked[0] if asked and len(asked) == len(bands) else None


def told_only(said: Said, text: str, subject: str) -> Said:
    """« je suis en ZIP ? », « objectif tenu ? », « faut-il le bac ? » ask whether it is so,
    « P50 fait combien ? » what it is: the value is not told. `subject` is what is asked about."""
    folded = fold(text)
    asked = {slot for slot in said.values if slot in _ASKED_ABOUT}
    if not (asked and said.slots <= _ASKED_ABOUT and _ASKS_WHETHER.search(folded)):
        asked = set()
    if subject in _ABOUT_BANDS and not _OWN_BAND.search(folded):
        asked.add("tranche")
    if _OBJECTIVES_ASKED.search(folded):
        asked.add("objectifs_atteints")
    if said.values.get("profil") == "bachelier" and is_a_need(text):
        asked.add("profil")
    if not asked:
        return said
    return replace(said, values={k: v for k, v in said.values.items() if k not in asked})


def range_settled(said: Said, threshold: int) -> Said:
    """« entre 800 et 900 patients » is on one side of the threshold: its nearer bound is enough.
    « entre 700 et 800 » is on neither, and no count is taken."""
    low, high = said.values.get("patients_entre", (None, None))
    if low is None or low < threshold <= high:
        return said
    count = low if low >= threshold else high
    return replace(said, values={**said.values, "patients": count})


def is_about_self(text: str, said: Said) -> bool:
    """Does the message tell who the person, or the doctor, is?"""
    return bool(_SELF.search(fold(text).replace("'", " "))) or len(said.slots & set(AID_SLOTS)) > 1


def is_an_ellipsis(turn: Meaning) -> bool:
    """« Et pour une infirmière ? », « aide-soignante »: a value put in the place of another, and no
    question such as « quelle différence avec une infirmière ? »."""
    first = min((entity.start for entity in turn.entities), default=len(turn.text))
    corrects = not _CORRECTION.isdisjoint(words(turn.text))
    return corrects or first <= _ARTICLE or bool(_FOLLOWS_ON.match(fold(turn.text)))


def absorb(memory: Memory, said: Said, about_self: bool) -> Memory:
    """The memory with what was said; a value said anew replaces the former one.

    « Faut-il être infirmier ? » asks about nurses and says nothing of the person: profile and
    specialty are kept only when the message is `about_self`. What places one question (« avant la
    consultation », « en MSP ») is never kept.
    """
    said = _signature_at_its_finest(memory, said)
    changes: dict[str, Any] = {
        slot: value
        for slot, value in said.values.items()
        if slot in SITUATION_SLOTS
        and slot not in _ONE_QUESTION
        and (about_self or slot not in _ABOUT_SOMEBODY)
    }
    for slot, value in said.denied:
        if slot not in changes and memory.situation.get(slot) in (value, [value]):
            changes[slot] = None
    changes |= _consequences(memory, said, changes)
    if "bareme" in said.compared or "quotite" in said.compared or "tranche" in said.compared:
        changes.update(dict.fromkeys(said.compared))
    second = said.values.get("second_assistant")
    if takes_second_back(memory, said):
        changes |= _one_assistant(memory, said)
    if second and "quotite" not in said.slots:
        known = memory.situation.get("quotite")
        changes["quotite"] = None
        if known == _FIRST_ASSISTANT and "premier_contrat_temps_plein" not in said.values:
            changes["premier_contrat_temps_plein"] = True
    updated = memory.with_situation(changes)
    answered = tuple(slot for slot in memory.unknown if slot not in said.slots)
    return replace(updated, unknown=answered)


def takes_second_back(before: Memory, said: Said) -> bool:
    """« Personne ne parle de deux assistants, un seul poste », when two were spoken of."""
    posts = [before.situation.get("quotite"), *before.compared.get("quotite", ())]
    spoken_of = "premier_contrat_temps_plein" in before.situation or any(
        isinstance(post, int | float) and post > _FIRST_ASSISTANT for post in posts
    )
    return said.values.get("second_assistant") is False and spoken_of


def _one_assistant(before: Memory, said: Said) -> dict[str, Any]:
    """The post of the first contract stays; what only a second one asks for goes."""
    told = {**before.situation, **said.values}
    full = told.get("premier_contrat_temps_plein")
    post = told.get("quotite")
    if post is None or post > _FIRST_ASSISTANT:
        post = None if full is None else (_FIRST_ASSISTANT if full else _FIRST_ASSISTANT / 2)
    return {"quotite": post, "premier_contrat_temps_plein": None}


def _signature_at_its_finest(memory: Memory, said: Said) -> Said:
    """« Signé le 3 octobre 2023 », then « mon contrat d'octobre 2023 »: the day stays known."""
    known = {**memory.situation, **said.values}
    for rank, slot in enumerate(_SIGNATURE):
        finer = (str(known[each]) for each in _SIGNATURE[:rank] if known.get(each))
        if slot in said.values and any(day.startswith(str(said.values[slot])) for day in finer):
            said = said.without(slot)
    return said


def _consequences(memory: Memory, said: Said, told: Mapping[str, Any]) -> dict[str, Any]:
    """What a value said replaces: one way of saying the years, or the day of signature."""
    changes: dict[str, Any] = {}
    if said.values.get("mep") and told.get("specialite") == "autre_eligible":
        # « MEP (angiologie) »: a general practitioner by qualification, with a particular practice.
        changes["specialite"] = "medecine_generale"
    known = memory.situation.get("patients")
    panel = said.values.get("patients")
    of_upkeep = told.get("age_65", memory.situation.get("age_65"))
    if of_upkeep and panel and known and panel != known and not said.corrects:
        # « 66 ans, 900 patients », then « là j'en suis à 830 »: the first count is what to keep.
        changes["patients_avant"] = told.get(
            "patients_avant", memory.situation.get("patients_avant", known)
        )
    if told.get("profil") in _HAS_NO_LEVEL and memory.situation.get("profil") == "sans_bac":
        changes["profil"] = "sans_bac"
    if "annee" in said.values:
        changes["horizon"] = None
    elif "horizon" in said.values:
        changes["annee"] = None
    signed = said.slots & set(_SIGNATURE)
    if signed:
        # A day, a month or a year of signature replaces what was known of it.
        changes |= dict.fromkeys(slot for slot in _SIGNATURE if slot not in signed)
    if signed and "bareme" not in said.slots:
        changes["bareme"] = None
    if "bareme" in said.values:
        if "date_contrat" in said.values:
            # « signé en novembre 2023, donc sous l'ancien système »: the date says more.
            changes["bareme"] = None
        else:
            # « et si j'avais signé après juin 2024 ? » replaces the day said before.
            changes |= dict.fromkeys(_SIGNATURE)
    return changes


def wants_second(memory: Memory, said: Said) -> bool:
    """Is a second assistant what this is about?"""
    quotite = memory.situation.get("quotite")
    return bool(said.values.get("second_assistant")) or (
        isinstance(quotite, int | float) and quotite > _FIRST_ASSISTANT
    )
