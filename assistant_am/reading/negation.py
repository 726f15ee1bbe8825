"""Is a word of a folded text denied? « hors ZIP », « pas OPTAM », « objectifs non atteints »."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"\b(?:(?<!pourquoi )pas|hors|sans|non|ni|jamais|aucun|exclu\w*|excepte|sauf|ne sui[st]"
    r"|(?<!de )(?<!en )(?<!et )(?<!ou )(?<!le )(?<!la )(?<!les )plus)"
    r"(?:[\s'-]+(?:de|d|du|des|la|le|l|a|au|en|une?|mes|les|ses|ces|adhere\w*|adherent\w*|signe\w*|"
    r"encore|eu|atteint\w*|rempli\w*|dans|zone|qualifie\w*|comme|vraiment|concerne\w*|mon|ma|son|sa|"
    r"exerce\w*|exercer|situe\w*|classe\w*|par|ete|fait|tous|toutes|etre|souhaite\w*|compte\w*)){0,4}[\s'-]*$"
)
_AFTER = re.compile(
    r"^[\s'-]*(?:(?:du|de|le|mon|ce|premier|1er?|contrat|fixes?|prevus?|ne|n|sont|est|ont|ai|avons|a|ete|"
    r"patients?|nombre|patientele|il|elle|je|pour|l|on|encore|tous|toujours)[\s'-]+){0,7}"
    r"(?:pas|non|jamais|rate\w*|manque\w*)\b"
)
_REACH = 60


def denied_before(folded: str, start: int) -> bool:
    """A negation stands just before `start`, at most a few small words away."""
    return bool(_BEFORE.search(folded[max(0, start - _REACH) : start]))


def denied_after(folded: str, end: int) -> bool:
    """A negation stands just after `end`: « objectifs non atteints », « n'ai pas … »."""
    return bool(_AFTER.search(folded[end : end + _REACH]))
