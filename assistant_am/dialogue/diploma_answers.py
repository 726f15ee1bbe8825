"""« J'ai un BTS de 1988, ça compte ? »: what the diploma that somebody names opens, told first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant_am.dialogue.absorb import OPENS_THE_FAE, is_a_need
from assistant_am.dialogue.diplomas import (
    ASKED_LEVEL,
    Diploma,
    held,
    is_compared,
    is_foreign,
    is_unfinished,
)
from assistant_am.dialogue.exchange import Exchange
from assistant_am.dialogue.fiches import fiche_part
from assistant_am.dialogue.part import Part, source_note
from assistant_am.dialogue.verdict import sentences_put
from assistant_am.french.fold import fold
from assistant_am.knowledge import Fiche, aspects, opening
from assistant_am.knowledge.model import Truth
from assistant_am.reading.schooling import attended_only
from assistant_am.rendering.blocks import Paragraph, text_blocks

_HOME = "acces_metier"
_ASKED_OF_ALL = "prerequis"
_ON_ACCESS = frozenset({_HOME, _ASKED_OF_ALL})
_BY_EXPERIENCE = "vae"
_EXPERIENCE = re.compile(r"\b(?:vae|acquis|experience\w*|anciennete)\b")
_ON_THE_ROAD = frozenset({"cqp", "vae", "inscription", "par_ou_commencer", "age_limite"})
_OF_THE_DIPLOMA = frozenset({"cap_bep", "sante", "equivalence", "etranger"})
_KEPT = "diplome"
_SHORT = 9
_MAY = re.compile(
    r"\b(?:suffi\w*|compt\w*|march\w*|pass\w*|accept\w*|(?:j?peu[xt])(?! plus)|pourra\w*|possible|"
    r"bon|ok|valable\w*|vaut|ouvre\w*|permet\w*|droit|admis\w*|ira|irait|va|fait|faisable|conv\w*|"
    r"jouable|reconnu\w*|mort|fichu|foutu)\b"
)
_NOT_FOR_ME = re.compile(
    r"\W*(?:(?:donc|alors|du coup|bon|ok|ah|oui|d'accord|ben|bah|bref|et|mais)\W+)*"
    r"(?:(?:c'est|c|ce n'est|ca sera|ce sera|ca|je|j'y|moi|j'ai|y a|n'est|ne|peux|peut|pourrai|suis"
    r"|ai)\W+)*"
    r"(?:pas|non|mort|foutue?|fichue?|rape|exclue?|hors jeu|fini|impossible|ferme)"
    r"(?:\W+(?:le droit|pour|moi|possible|alors|donc|hein|du coup|c'est ca|faisable|droit|y|mon|cas"
    r"|pour l'instant|en fait))*\W*$"
)
_LOST = re.compile(r"\b(?:mort|fichu|foutu|rape|trop)\b")
_DENIES = re.compile(r"\b(?:pas|jamais|sans|ni)\b")
_OLD = re.compile(r"\b(?:(?:19[4-9]\d|20[0-2]\d)|encore|perime\w*|vieux|vieil\w*|ancien\w*|date)\b")
_AS_A_CARER = re.compile(r"\b(?:soignant\w*|fae|formation courte|petite formation)\b")


def told_diploma_subject(ex: Exchange) -> str | None:
    """« g un bts tourisme », told on the way to the job or before anything was asked."""
    subject = ex.memory.subject
    on_the_road = subject is None or subject in _ON_ACCESS | _ON_THE_ROAD
    if not on_the_road or ex.memory.situation.get("public") == "medecin":
        return None
    named = held(ex.world.diplomas, ex.turn.text) or attended_only(fold(ex.turn.text))
    if is_foreign(ex.turn.text) or not named:
        return None
    return subject if subject in _ON_ACCESS else _HOME


def diploma_part(ex: Exchange, fiche: Fiche, text: str) -> Part | None:
    """What the diplomas of the message open; None when it names none, or asks something else."""
    if fiche.id == _BY_EXPERIENCE and _tells_a_level(ex) and not _EXPERIENCE.search(fold(text)):
        # « Une L2 validée » is no experience to have validated.
        fiche = ex.world.knowledge.fiches[_HOME]
    if fiche.id not in _ON_ACCESS or aspects(fiche, text) - _OF_THE_DIPLOMA:
        return None
    if is_foreign(text) or is_a_need(text):
        return None
    found = [each for each in held(ex.world.diplomas, text) if not _is_the_bac_missed(ex, each)]
    if not found and attended_only(fold(text)):
        return _told(ex, fiche, "", [ex.world.phrase("diplome_suivi")], ())
    if is_unfinished(text) and _speaks_of_care(ex, found):
        return _told(ex, fiche, "", [ex.world.phrase("diplome_inacheve")], ())
    if not found:
        return _of_a_carer(ex, fiche, text) or _of_a_level(ex, fiche, text)
    best = found[0]
    if ex.before.situation.get("profil") in OPENS_THE_FAE:
        return None
    before = _kept(ex)
    _keep(ex, best if before is None or _gives_more(best, before) else before)
    if before is not None and before.is_enough and not best.is_enough:
        said = ex.world.phrase("diplome_deja").replace("[deja]", _capital(before.name))
        return _told(ex, fiche, "", [said.replace("[diplome]", best.name)], (before, best))
    word = _word(text, best)
    if best.profile is not None:
        return _of_the_profile(ex, fiche, best.profile, word, _date(ex, text))
    told = [_sentence(ex, best), *_date(ex, text)]
    if is_compared(text) or _AS_A_CARER.search(fold(text)):
        # « Comme infirmier ? » is about the short training, whatever the level.
        told = [ex.world.phrase("diplome_hors_fae"), *told]
        word = "Non" if word else ""
    return _told(ex, fiche, word, told, (best,))


def not_for_me_part(ex: Exchange) -> Part | None:
    """« Donc pas moi », of somebody without the bac: not as things stand, and what would open the
    way."""
    on_the_road = ex.memory.subject in _ON_ACCESS | _ON_THE_ROAD
    if not on_the_road or ex.memory.situation.get("profil") != "sans_bac":
        return None
    fiche = ex.world.knowledge.fiches.get(_ASKED_OF_ALL)
    if fiche is None or not _NOT_FOR_ME.match(fold(ex.turn.text)):
        return None
    return _of_the_profile(ex, fiche, "sans_bac", ex.world.phrase("pas_en_l_etat"), ())


def _of_a_carer(ex: Exchange, fiche: Fiche, text: str) -> Part | None:
    """« Je suis auxi de puer, je peux ? »: the title says the diploma."""
    profile = ex.said.values.get("profil")
    titles = (each for each in ex.world.diplomas if each.opens_the_fae)
    own = next((each for each in titles if each.profile == profile), None)
    word = _word(text, own) if own else ""
    return _of_the_profile(ex, fiche, str(profile), word, ()) if word else None


def _of_a_level(ex: Exchange, fiche: Fiche, text: str) -> Part | None:
    """« Avec une L2 validée je passe ? »: who got there had the bac."""
    bac = next((each for each in ex.world.diplomas if each.profile == "bachelier"), None)
    word = _word(text, bac) if bac and _tells_a_level(ex) else ""
    return _of_the_profile(ex, fiche, "bachelier", word, ()) if word else None


def _tells_a_level(ex: Exchange) -> bool:
    return ex.said.values.get("profil") == "bachelier"


def _is_the_bac_missed(ex: Exchange, named: Diploma) -> bool:
    """« J'ai raté mon bac » names the bac that one has not."""
    return named.profile == "bachelier" and any(
        entity.value == "sans_bac" and "bac" in fold(ex.turn.text[entity.start : entity.end])
        for entity in ex.turn.entities
    )


def _keep(ex: Exchange, diploma: Diploma) -> None:
    """« un cap » beside a bac told before takes nothing away."""
    if ex.turn.other:
        return
    changes: dict[str, Any] = {_KEPT: diploma.name}
    if diploma.is_enough and ex.memory.situation.get("profil") == "sans_bac":
        changes["profil"] = ex.before.situation.get("profil")
    ex.memory = ex.memory.with_situation(changes)


def _speaks_of_care(ex: Exchange, found: Sequence[Diploma]) -> bool:
    carers = {value for value in ex.turn.values("profil") if value in OPENS_THE_FAE}
    return bool(carers) or any(each.opens_the_fae for each in found)


def _kept(ex: Exchange) -> Diploma | None:
    """The diploma told before, the bac among them."""
    known = ex.before.situation
    for each in ex.world.diplomas:
        if _is_the_bac_missed(ex, each) or (
            each.profile == "bachelier" and known.get("profil") == "sans_bac"
        ):
            continue
        same = each.name == known.get(_KEPT)
        if same or (each.profile == "bachelier" and known.get("profil") == "bachelier"):
            return each
    return None


def _gives_more(new: Diploma, old: Diploma) -> bool:
    return new.opens_the_fae or bool(new.is_enough) >= bool(old.is_enough)


def _sentence(ex: Exchange, diploma: Diploma) -> str:
    if diploma.level in ("non_dit", "aucun"):
        key = f"diplome_{diploma.level}"
    elif not diploma.is_enough:
        key = "diplome_ne_suffit_pas"
    else:
        key = "diplome_suffit" if diploma.level == ASKED_LEVEL else "diplome_depasse"
    name = diploma.name if key == "diplome_non_dit" else _capital(diploma.name)
    said = ex.world.phrase(key).replace("[diplome]", name)
    return said.replace("[niveau]", str(diploma.level))


def _date(ex: Exchange, text: str) -> list[str]:
    return [ex.world.phrase("diplome_sans_date")] if _OLD.search(fold(text)) else []


def _word(text: str, diploma: Diploma) -> str:
    """« Oui » or « Non » when the message asks whether the diploma is enough."""
    for asked in sentences_put(text):
        about = bool(diploma.named_by.search(asked.replace("'", " ").replace("-", " ")))
        bare = asked.rstrip().endswith("?") and len(asked.split()) <= _SHORT
        if not (_MAY.search(asked) and ("?" in asked or about)) and not (bare and about):
            continue
        if _DENIES.search(asked) or _LOST.search(asked):
            return ""
        truth: Truth = "oui" if diploma.is_enough else "non"
        return opening("non_dit" if diploma.is_enough is None else truth, "affirmee")
    return ""


def _of_the_profile(
    ex: Exchange, fiche: Fiche, profile: str, word: str, added: Sequence[str]
) -> Part:
    """The answer that the fiche has for those who hold it."""
    known = {**ex.memory.situation, "profil": profile}
    part = fiche_part(ex.world, fiche.id, known, "")
    first, *others = part.blocks
    if not isinstance(first, Paragraph):
        return part
    said = replace(first, text=" ".join([_opened(word, first.text), *added]))
    return replace(part, blocks=(said, *others))


def _told(
    ex: Exchange, fiche: Fiche, word: str, told: Sequence[str], about: Sequence[Diploma]
) -> Part:
    part = fiche_part(ex.world, fiche.id, ex.memory.situation, "")
    below = bool(about) and not any(each.is_enough for each in about)
    road = "cpnefp_vae" if below else "cpnefp_cqp"
    named = [*(each.source for each in about), "onisep", "ameli_bdr", road]
    sources = list(dict.fromkeys(named))
    return replace(
        part,
        blocks=(
            *text_blocks(_opened(word, " ".join(told))),
            source_note(ex.world.knowledge.sources[key] for key in sources),
        ),
        cited={**part.cited, "sources": sources},
    )


def _opened(word: str, text: str) -> str:
    """The word in bold, and nothing else in its sentence."""
    return f"**{word}.** {text.replace('**', '')}" if word else text


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
