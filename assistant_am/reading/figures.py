"""Figures with their unit: patients, amounts in euros, gross salary, age. From a view's text:
numbers are plain digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant_am.meaning.entity import Entity
from assistant_am.reading.spans import Taken

_PATIENT = (
    r"(?:patients?\b|patient\w*le\w*|malades\b|mt\b|patiens?\b|declares?\b|medecins? traitants?\b"
    r"|(?:en\s+|de\s+)?(?:file active|fa\b))"
)
_PANEL = r"(?:patient\w*le\w*|file active|fa|mt|medecin traitant)"
_ABOUT = r"(?:environ|a peu pres|autour de|dans les|pres de|presque|quelque)"
_FEWEST = 30
"""Patients of a practice: « à un patient près », « j'en perds 6 » count none."""
_A_DAY = r"(?!\s*(?:par|/|a la|chaque)\s*(?:jour|j\b|semaine|mois|heure|consult))"
_NOT_PATIENTS = (
    r"(?!\d|[.,]\d|\s*(?:€|euros?|eur\b|brut|net|balles|%|h\b|heures?|ans?\b|mois|km|consult"
    r"|actes?))"
)
_COUNT = re.compile(
    rf"(?<![\w,.])(?P<n>[-−]?\d+)\s*(?:\+\s*|et quelques\s+)?(?:de\s+|d')?{_PATIENT}"
    rf"(?:\s+(?P<kind>(?:en\s+|de\s+|dans (?:la|ma)\s+)?(?:file active|fa\b)"
    rf"|(?:en\s+|comme\s+)?(?:mt\b|medecins? traitants?|declares?)))?{_A_DAY}"
    rf"|\b{_PANEL}\s*(?:mt\s+|medecin traitant\s+)?"
    rf"(?:(?:est|de|d'|a|=|:|plus|moins|{_ABOUT})\s*)*(?P<m>\d{{3,}})(?!\s*(?:€|euro|%))"
)
_RANGE = re.compile(
    rf"(?:\b(?P<entre>entre)\s+|\bde\s+)?(?<![\w,.])(?P<a>\d{{2,7}})\s*(?:patients?\s*)?"
    rf"(?(entre)(?:et|a|-)|(?:a|ou|-|–|/))\s*(?P<b>\d{{2,7}})\s*(?:de\s+)?{_PATIENT}{_A_DAY}"
    rf"|\b{_PANEL}\s+(?:est\s+)?(?:de\s+)?entre\s+(?P<c>\d{{2,7}})\s+et\s+(?P<d>\d{{2,7}})"
    r"(?!\s*(?:€|euro|%))"
)
_CHANGED = re.compile(
    r"\b(?:pass|mont|augment|grimp|descend|baiss|tomb|evolu|chut|perd|av)\w*\W.*$"
)
# « perdu 200 patients », « 100 patients de plus »: a change, not the panel.
_CHANGE = re.compile(
    r"(?:\+|\bentre|\bobjectifs? (?:de|d'|a)|\b(?:perte|baisse|diminution|recul) d[e'])\s*$"
    r"|\b(?:perd\w*|gagn\w*|pris|prend\w*|recuper\w*|accueill\w*|manqu\w*|ajout\w*|rajout\w*)"
    r"\s+(?:\w+\s+)?$"
)
A_SHARE = r"(?:%|\bpour 100)\W+(?:(?:donc|ca|fait|soit|c'est|de|=|ce qui)\W*)*$"
"""« Dix pour cent, soit 145 patients »: a share of the panel."""
_A_SHARE = re.compile(A_SHARE)
_LOST = re.compile(
    r"\b(?:perd\w*|perte d[e']|baisse d[e']|(?:en|me) (?:manqu|part|quitt)\w*|(?:en|de) moins :?)"
    rf"\s*(?:encore |que |de |environ )*(?P<n>\d{{1,4}}){_NOT_PATIENTS}"
    rf"|(?<![\w,.])(?P<m>\d{{1,4}})\s*(?:patients?\s+)?"
    r"(?:(?:d[e'] |en )moins|perdus|partent|partaient|s'en vont|me quittent|qui partent)\b"
)
_CHANGE_AFTER = re.compile(
    r"\s*(?:(?:de|en) (?:plus|moins)(?! de)|supplementaires|manquants|par an|/ ?an)\b"
)
_FROM_TO = re.compile(
    r"\b(?:de|j'avais|passe\w* de|partait de|etais a)\s+"
    r"(?P<a>\d{2,7})\s*(?P<unit>patients?\s*)?"
    r"(?:a|et (?:maintenant|la|j'en ai|plus que)|->|=>|puis|et j'en ai)\s*(?:plus que\s+)?"
    r"(?P<b>\d{2,7})(?(unit)(?!\s*(?:€|euro|%|ans))|\s*patients?)"
)
_EUROS = re.compile(
    r"(?<![\d,.])(?P<n>\d{3,6})(?:[.,]\d{1,2})?\s*(?:€|euros?\b|eur\b|balles)"
    r"|(?<![\d,.])(?P<k>\d{1,3})\s?000\b"
    r"|(?<![\d,.])(?P<r>\d{1,2}[05]00)(?!\d|[.,]\d| ?\d{3})"
    r"(?!\s*(?:pat|medecin|poste|assistant|consult|acte|habitant|km))"
)
_GROSS = re.compile(
    r"\b(?:bruts?|salaire|paye\w*|remuner\w*|verse\w*|coute?\w*|gagn\w*|mensuel\w*"
    r"|par mois|/ ?mois)\b"
)
_GROSS_PAY = re.compile(
    r"\bbrute?s?\s+(?:mensuel\s+)?(?:de|a|:|=|d'environ)\s*(?P<a>\d{4})\b"
    r"(?!\s*(?:€|euro|[.,]\d))"
    r"|(?<![\d,.])(?P<b>\d{4})\s+(?:en\s+|de\s+)?bruts?\b"
)
_PAY = re.compile(r"\b(?:bruts?|salaires?|remuner\w*|mensuel\w*|par mois|smic)\b|/ ?mois\b")
_PRICE = re.compile(
    r"\b(?:formations?|stages?|inscription|frais|devis|organismes?|ecole|ordinateur|loyer)\b"
    r"|\b(?:ai|as|a|avons|avez|ont|avais|avait)\s+(?:\w+\s+)?(?:paye|debourse|depense|claque|lache)\b"
)
"""« J'ai payé 2 300 € pour rien », « le stage coûte 1 900 € »: no pay, unless one is named."""
_AGE = re.compile(
    r"\b(?:j'ai|jai|ai|age\w*\s+(?:de)?|il a|elle a|a|de plus de|plus de|medecins? de"
    r"|docteur de|n'ai pas(?: encore)?|ai pas(?: encore)?)\s*(?P<n>\d{2})\s*ans\b"
    r"(?!\s*(?:d'anciennete|d'experience|d'exp|de metier|de pratique|de contrat|de bouteille))"
    # Beside other particulars: « généraliste, 67 ans ». Below forty it could be a length of time.
    r"|(?:^|[,;(.!?]\s*|\bet\s+)(?P<bare>[4-9]\d)\s*ans\b(?!\s*(?:d[e']|apres|avant))"
    r"|\b(?P<m>[4-9]\d)\s*ans\s*(?:et plus|ou plus|passes|revolus)"
)
_UNTIL_AN_AGE = re.compile(
    r"\b(?:par[st]|partir\w*|arret\w*|retraite|cess\w*|raccroch\w*|fini\w*|tenir|jusqu'|veux|compte)\s*$"
)
"""« Je pars à 62 ans »: when somebody leaves, not how old they are."""
_PATIENTS_OF = re.compile(r"\b(?:patient\w*|malades|personnes|gens|enfants)\s+(?:de\s+|a\s+)?$")
_NOT_MINE = re.compile(
    r"\b(?:dit|disait|promis\w*|promet\w*|annonc\w*|parl\w* d[e']|propos\w*|prevu\w*|au lieu de"
    r"|contre|esper\w*|attend\w*|demand\w*|negoci\w*|voulai\w*|voudrai\w*"
    r"|(?:collegues?|copine|copain|voisine?|autres?|amie?|soeur|elle|il|elles|ils)\s+"
    r"(?:(?:est|sont|etait)\s+)?(?:a|ont|touch\w*|gagn\w*|pay\w*))"
    r"\s*(?:(?:a|de|d'|que|environ|plutot|les)\s+){0,2}$"
)
"""« On m'avait dit 2 000 », « au lieu de 2 000 »: a pay told, beside the one that is paid."""
_MINE = re.compile(
    r"\b(?:j'ai|jai|g|je (?:touche|gagne|suis (?:a|payee?))|on me (?:paye?|donne|verse)"
    r"|il me (?:paye?|donne|verse)|payee?|c'est|sur ma fiche)\s+"
    r"(?:(?:que|a|de|en fait|plutot|plus)\s+){0,2}"
    r"(?P<n>1[5-9]\d\d|[2-4]\d\d\d)(?![\w%]|[.,]\d|\s*(?:€|euro|patient|mt\b|h\b|ans\b|mois\b))"
)
A_MONTHLY_PAY = range(800, 10_000)
"""Euros that may be a gross pay: below, it is what something else costs; above, an aid."""

_AT_LEAST = re.compile(
    r"(?:>=?|≥|\b(?:plus d[e']|au moins|minimum|au[\s-]*(?:dessus|dela) d[eu]|depass\w*))"
    r"\s*(?:les\s+)?$"
)
_FEWER_THAN = re.compile(r"(?:<|\b(?:moins de|sous|en[\s-]*dessous de))\s*(?:les\s+)?$")
_AT_MOST = re.compile(r"(?:<=|≤|\b(?:au plus|au maximum|maximum|max|jusqu'a))\s*(?:les\s+)?$")
_OR_MORE = re.compile(r"\s*(?:\+|(?:et|ou)(?: bien)? (?:plus|davantage)|minimum|min\b|au moins)")
_OR_FEWER = re.compile(r"\s*(?:ou moins|maximum|max\b|au plus|au maximum)")
_FORMER_BEFORE = re.compile(
    r"\b(?:part(?:i|is|ie|ait|ais|ions)(?: d[eu']?)?|au (?:depart|debut)|initiale?(?:ment)?"
    r"|a l'origine|de depart)\W+(?:\w+\W+){0,3}$"
)
_FORMER_AFTER = re.compile(
    r"\s*(?:patients?\s+)?(?:au (?:depart|debut)|a (?:la signature|l'origine|l'epoque)"
    r"|initialement|(?:quand|lorsque?) (?:j'ai|j'|il a|elle a|on a|nous avons) ?(?:sign|commenc)\w*"
    r"|(?:au moment|lors|le jour) (?:de|du) (?:la |le |mon )?(?:signature|signer|contrat))\b"
)
_NOW_AT = re.compile(
    r"\b(?:en (?:suis|est|sommes|etais) a|j'en ai|en (?:ai|a|avons) (?:plus )?que|(?:m'en|en) reste"
    r"|(?:re)?descend\w* a|(?:re)?tombe\w* a|remonte\w* a)"
    rf"\s+(?:environ |a peu pres |plus que |que )?(?P<n>(?!20[0-4]\d)\d{{3,4}}){_NOT_PATIENTS}"
)
"""« Là j'en suis à 830 »: the panel, which « en » stands for."""
_NOW = re.compile(
    r"\b(?:maintenant|aujourd'hui|desormais|actuellement|plus que|a present|la)\s+(?:a )?"
    rf"(?P<n>\d{{3,4}}){_NOT_PATIENTS}"
)
_STARTED_FROM = re.compile(
    rf"\b(?:part(?:i|is|ie|ait|ais|ions) d[eu']|{_PANEL} (?:initiale|de depart)\s*(?:d[e'u]|:|=)?)"
    rf"\s*(?P<n>\d{{3,4}}){_NOT_PATIENTS}"
)
_OF_A_DOCTOR = re.compile(
    r"\b(?:dre?|docteure?)\b\.?\s+[a-z][\w'-]*(?:\s+[a-z][\w'-]+)?\s*[:=,(]?\s*"
    r"(?:est a\s+|a\s+|en a\s+)?"
    rf"(?P<n>(?!20[0-4]\d)\d{{3,4}}){_NOT_PATIENTS}(?=\s*(?:[,;.!?)]|et\b|puis\b|$))"
)
"""« Dr G 1300 patients, Dr P 900 »: the unit told once is that of each."""
_A_RULE = re.compile(
    r"\b(?:le|ce|du|au)\s+$"
    r"|\b(?:seuil|minimum|barre|limite|plancher)\s+(?:(?:est|etait|reste|passe)\s+)?(?:a|de|d'|:)\s*$"
)
"""« Et le 640 patients ? », « le seuil de 640 »: a figure read somewhere, not a panel."""
_PART = re.compile(rf"\b(?:dont|parmi lesquels|y compris)\s+(?:(?:{_ABOUT}|les)\s+)*$")
_NOT = re.compile(r"\bpas\s+$")
_ACTIVE = re.compile(r"\b(?:file active|fa)\b")
_DECLARED = re.compile(r"\b(?:mt|medecins? traitants?|declares?)\b")


@dataclass(frozen=True)
class _Count:
    """A count of patients: of those who declared their doctor, of all those seen, or unsaid."""

    value: int | str
    kind: str
    start: int
    end: int
    part: bool = False
    former: bool = False


def read(text: str) -> Iterator[Entity]:
    """`patients`, `patients_entre` (two bounds), `file_active` (beside `patients` only),
    `patients_avant` (a former panel), `montant_cite` (€), `salaire_brut` (€ a month), `age_65`
    (years). The limits are not known here: `aid.told` decides what an age and « plus de 800 »
    mean."""
    taken = Taken()
    gross = [
        Entity("salaire_brut", int(match["a"] or match["b"]), *match.span())
        for match in taken.free(_GROSS_PAY, text)
    ]
    yield from _ranges(text, taken)
    counts = list(_told_apart(list(_counts(text, taken))))
    former = any(each.slot == "patients_avant" for each in counts)
    now = list(_panels(text, taken, former=former))
    if len(counts) == 1 and not former and any(each.start > counts[0].end for each in now):
        # « J'avais 950 patients, il m'en reste 840 ».
        counts = [replace(counts[0], slot="patients_avant")]
    yield from (*counts, *now)
    if counts:
        # The span is the figure's: the name is another value.
        for match in _OF_A_DOCTOR.finditer(text):
            if taken.take(match, "n"):
                yield Entity("patients", int(match["n"]), *match.span("n"))
    for match in taken.free(_AGE, text):
        age = int(match["n"] or match["m"] or match["bare"])
        before = text[: match.start()]
        to_come = _UNTIL_AN_AGE.search(before)
        if not to_come and not (match["n"] and _PATIENTS_OF.search(before)):
            start = next(match.start(group) for group in ("n", "m", "bare") if match[group])
            yield Entity("age_65", age, start, match.end())
    yield from _without_those_told([*gross, *_euros(text, taken)], text, taken)


def _euros(text: str, taken: Taken) -> Iterator[Entity]:
    paid = _GROSS.search(text) and (_PAY.search(text) or not _PRICE.search(text))
    for match in taken.free(_EUROS, text):
        amount = int(match["k"]) * 1000 if match["k"] else int(match["n"] or match["r"])
        monthly = amount in A_MONTHLY_PAY and paid
        yield Entity("salaire_brut" if monthly else "montant_cite", amount, *match.span())


def _without_those_told(found: list[Entity], text: str, taken: Taken) -> Iterator[Entity]:
    """« 1 830 brut, on m'avait dit 2 000 »: what was told is only cited."""
    pays = [each for each in found if each.slot == "salaire_brut"]
    told = [each for each in pays if _NOT_MINE.search(text[: each.start])]
    if told and len(told) == len(pays):
        # The one that is paid has neither « brut » nor €.
        for match in taken.free(_MINE, text):
            mine = Entity("salaire_brut", int(match["n"]), *match.span("n"))
            found, pays = [*found, mine], [*pays, mine]
    for each in found:
        cited = each in told and len(told) < len(pays)
        yield replace(each, slot="montant_cite") if cited else each


def lost(text: str) -> int | None:
    """« Si j'en perds 146 ? », « 50 partent »: patients lost, of a view's text."""
    match = _LOST.search(text)
    return int(match["n"] or match["m"]) if match else None


def _ranges(text: str, taken: Taken) -> Iterator[Entity]:
    """« entre 700 et 800 patients », unless one number came after the other."""
    for match in _RANGE.finditer(text):
        low, high = int(match["a"] or match["c"]), int(match["b"] or match["d"])
        changed = not match["entre"] and _CHANGED.search(text[: match.start("a") + 1])
        if low < high and not (match["a"] and changed) and taken.take(match):
            yield Entity("patients_entre", (low, high), *match.span())
    for match in taken.free(_FROM_TO, text):
        yield Entity("patients_avant", int(match["a"]), *match.span("a"))
        yield Entity("patients", int(match["b"]), *match.span("b"))


def _panels(text: str, taken: Taken, *, former: bool) -> Iterator[Entity]:
    """Counts whose unit is left out: « parti de 900 », « j'en suis à 830 ». `former`: a former
    panel is told already, beside which « maintenant 830 » is one."""
    if _GROSS.search(text):
        return
    for match in taken.free(_STARTED_FROM, text):
        former = True
        yield Entity("patients_avant", int(match["n"]), *match.span())
    for pattern in (_NOW_AT, *((_NOW,) if former else ())):
        for match in taken.free(pattern, text):
            yield Entity("patients", int(match["n"]), *match.span())


def _counts(text: str, taken: Taken) -> Iterator[_Count]:
    for match in taken.free(_COUNT, text):
        number = match.start("n") if match["n"] else match.start("m")
        value = _on_one_side(int((match["n"] or match["m"]).replace("−", "-")), text, number, match)
        share = _A_SHARE.search(text[:number])
        change = share or _CHANGE.search(text[:number]) or _CHANGE_AFTER.match(text, match.end())
        few = 0 < int(match["n"] or match["m"]) < _FEWEST
        if value is not None and not few and not change and not _A_RULE.search(text[:number]):
            kind = (
                "active" if _ACTIVE.search(match.group())
                else "declared" if _DECLARED.search(match.group())
                else ""
            )  # fmt: skip
            part = bool(_PART.search(text[: match.start()]))
            former = bool(
                _FORMER_BEFORE.search(text[: match.start()])
                or _FORMER_AFTER.match(text, match.end())
            )
            yield _Count(value, kind, *match.span(), part, former)


def _on_one_side(value: int, text: str, number: int, match: re.Match[str]) -> int | str:
    """The count, or the side of it that is told: « plus de 800 » is « >=800 »."""
    before, after = text[:number], text[match.end() :]
    least, fewer = _AT_LEAST.search(before), _FEWER_THAN.search(before)
    bound = least or fewer
    if bound and _NOT.search(before[: bound.start()]):
        # « pas plus de 600 »: 600 at most.
        least, fewer, most = fewer, None, least
    else:
        most = _AT_MOST.search(before)
    if least or _OR_MORE.match(after):
        return f">={value}"
    if fewer:
        return f"<{value}"
    return f"<={value}" if most or _OR_FEWER.match(after) else value


def _told_apart(counts: list[_Count]) -> Iterator[Entity]:
    """« 1400 patients dont 900 MT »: all those seen, and those who declared their doctor.

    A part of another kind (« dont 200 patients en ALD ») is no count of the panel.
    """
    kept = [count for count in counts if not count.part or count.kind == "declared"]
    declared = any(count.kind == "declared" for count in kept)
    parts = any(count.part for count in kept)
    for count in kept:
        whole = count.kind == "active" or (parts and not count.part and not count.kind)
        beside = declared if whole else False
        if whole and not declared:
            beside = any(other.kind != "active" for other in kept)
        slot = "patients_avant" if count.former else "file_active" if beside else "patients"
        yield Entity(slot, count.value, count.start, count.end)
