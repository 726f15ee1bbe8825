"""Is a value of a folded text denied? « hors ZIP », « pas OPTAM », « P92 et pas P82 ».

One mechanism for all values: the words around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant_am.meaning.entity import Entity

_SMALL_WORDS = (
    r"(?:[\s'-]+(?:de|d|du|des|la|le|l|a|au|en|une?|mes|les|ses|ces|cette?|adhere\w*|adherent\w*|"
    r"signe\w*|encore|eu|atteint\w*|rempli\w*|dans|chez|sur|zone|qualifie\w*|comme|vraiment|"
    r"concerne\w*|mon|ma|son|sa|exerce\w*|exercer|situe\w*|classe\w*|par|ete|fait|tous|toutes|etre|"
    r"souhaite\w*|compte\w*|assistant\w*|contrat|poste|dit|parle\w*|demande\w*|forcement|exactement"
    r"|du tout|non plus|tout a fait)){0,4}[\s'-]*$"
)
NOT = r"(?:pas?|po)"
NEVER = r"(?:jamais?|jam[ae]|jms)"
"""As they are typed in a text message too: « jai pa le bac », « g jms eu le bac »."""
_ALWAYS = (
    rf"(?<!pourquoi ){NOT}|personne ne|hors|sans?|ni|{NEVER}|aucune?|okune?|exclu\w*|excepte|sauf"
)
_WORD_BEFORE = re.compile(
    rf"\b(?P<no>{_ALWAYS}|non|ne sui[st]"
    rf"|(?<!de )(?<!en )(?<!et )(?<!ou )(?<!le )(?<!la )(?<!les )plus){_SMALL_WORDS}"
)
# « non, mi-temps » corrects, « plus de 800 patients » compares: neither denies a measure.
_MEASURE_BEFORE = re.compile(
    rf"\b(?P<no>{_ALWAYS}|(?:ne\s+|n')\w+\s+(?:\w+\s+)?(?<!pas )plus){_SMALL_WORDS}"
)
_NOT_SURE = re.compile(r"(?:\b(?:sai[st]|savoir|comprend\w*|vois|connai\w*)|\best[- ]ce)\s+$")
"""« Je ne sais pas mi-temps ou temps plein », « n'est-ce pas » deny nothing."""
_AFTER = re.compile(
    r"^[\s'-]*(?:(?:du|de|le|mon|ce|premier|1er?|contrat|fixes?|prevus?|ne|n|sont|est|ont|ai|avons|a|ete|"
    r"patients?|nombre|patientele|il|elle|je|pour|l|on|encore|tous|toujours)[\s'-]+){0,7}"
    rf"(?:{NOT}|non|{NEVER}|rate\w*|manque\w*)\b"
)
_NO_AFTER = re.compile(r"^\s*[:=?]?\s*non\s*(?:[,;.!]|$|et\b)")
_OPPOSITE = {
    ("profil", "bachelier"): "sans_bac",
    ("secteur", "secteur_2_optam"): "secteur_2_hors_optam",
    ("secteur", "secteur_2_optam_co"): "secteur_2_hors_optam",
}
"""« jamais eu le bac », « OPTAM : non »: what is denied leaves one other value."""
_REACH = 60
_ALTERNATIVE = re.compile(r"\s*(?:ou|ni)\s+(?:un\w*\s+|en\s+|le\s+|la\s+|d'|de\s+)?")

_MEASURES = frozenset(
    {
        "quotite", "annee", "annee_relative", "horizon", "tranche", "patients", "patients_avant",
        "patients_entre", "file_active", "montant_cite", "salaire_brut", "date_contrat",
        "mois_contrat", "annee_contrat", "age_65",
    }
)  # fmt: skip
_PRESUPPOSED = frozenset({"public", "objectifs_atteints", "date_impossible", "medecin"})
"""« Mon assistant n'a pas… » still says who speaks; the objectives have their own reading."""


def denied_before(folded: str, start: int, *, measure: bool = False) -> int | None:
    """Where the negation begins that stands just before `start`, a few small words away at most."""
    pattern = _MEASURE_BEFORE if measure else _WORD_BEFORE
    first = max(0, start - _REACH)
    found = pattern.search(folded[first:start])
    if not found or _NOT_SURE.search(folded[: first + found.start("no")]):
        return None
    return first + found.start("no")


def denied_after(folded: str, end: int) -> bool:
    """A negation stands just after `end`: « objectifs non atteints », « n'ai pas … »."""
    return bool(_AFTER.search(folded[end : end + _REACH]))


def with_denials(folded: str, entities: Iterable[Entity]) -> Iterator[Entity]:
    """The values of a text in reading order: a denied « yes » is False, a denied value that leaves
    one other is that other one, any other is marked denied."""
    denied_ends: dict[str, int] = {}
    for entity in sorted(entities, key=lambda entity: entity.start):
        if not _is_denied(folded, entity, denied_ends.get(entity.slot)):
            yield entity
            continue
        denied_ends[entity.slot] = entity.end
        opposite = _OPPOSITE.get((entity.slot, entity.value))
        if entity.value is True or opposite:
            yield replace(entity, value=opposite or False)
        else:
            yield replace(entity, denied=True)


def _is_denied(folded: str, entity: Entity, denied_end: int | None) -> bool:
    if entity.slot in _PRESUPPOSED:
        return False
    measure = entity.slot in _MEASURES
    if denied_before(folded, entity.start, measure=measure) is not None:
        return True
    if not measure and _NO_AFTER.match(folded[entity.end : entity.end + _REACH]):
        return True
    # « pas infirmière ou aide-soignante »
    return denied_end is not None and bool(
        _ALTERNATIVE.fullmatch(folded[denied_end : entity.start])
    )
