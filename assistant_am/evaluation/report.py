"""The figures of an evaluation: a page of Markdown in French, and a summary of a few lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant_am.evaluation.acceptance import Acceptance
from assistant_am.evaluation.kept_apart import KeptApartScores
from assistant_am.evaluation.metrics import Quality, Share
from assistant_am.evaluation.robustness import Robustness
from assistant_am.evaluation.seen import Seen
from assistant_am.evaluation.talks import CANDIDATES, Scored, TalkScores

REPORT = "rapport.md"
_WORST = 20
_CONFUSIONS = 30
_WORST_ROBUSTNESS = 15


@dataclass(frozen=True)
class TalkSet:
    """The scores of the conversations of one place, and how many times they had been seen."""

    place: str
    seen: Seen
    scores: TalkScores


@dataclass
class Measured:
    """All that was measured; a note stands for each part that was left out."""

    date: str
    command: str
    talks: list[TalkSet] = field(default_factory=list)
    kept_apart: KeptApartScores | None = None
    robustness: Robustness | None = None
    entities: Sequence[Quality] | None = None
    acceptance: Acceptance | None = None
    notes: list[str] = field(default_factory=list)


def write_report(measured: Measured, folder: Path, *, show: bool = False) -> Path:
    """Write the report; `show` adds the turns and the sentences kept apart that went wrong."""
    kept = measured.kept_apart
    parts = [
        f"# Ce que l'assistant comprend\n\nMesuré le {measured.date} par `{measured.command}`.",
        "\n".join(f"- {line}" for line in summary(measured)),
        _notes(measured),
        *(_talks(each, show=show) for each in measured.talks),
        _kept_apart(kept) if kept else "",
        _robustness(measured.robustness),
        _entities(measured.entities),
        _acceptance(measured.acceptance),
        _missed(kept) if kept and show else "",
    ]
    path = folder / REPORT
    path.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")
    return path


def summary(measured: Measured) -> list[str]:
    """One line for each part."""
    lines = [_talks_line(each) for each in measured.talks]
    kept = measured.kept_apart
    if kept:
        lines += [
            f"Phrases mises à part : bon sujet {_full(kept.right)}, bon ou proposé "
            f"{_full(kept.helped)} ; rejets à tort {_full(kept.rejected)}.",
            f"Urgences : vues {_full(kept.emergencies)}, fausses alertes "
            f"{_full(kept.false_alarms)} sur ce qui y ressemble, {_full(kept.alarms_elsewhere)} "
            "ailleurs.",
            f"Hors sujet : écartés {_full(kept.outside)}.",
            f"Deux questions : tout trouvé {_full(kept.several.all_found)}, rien d'inventé "
            f"{_full(kept.several.none_invented)}, exactement et dans l'ordre "
            f"{_full(kept.several.exact)}.",
        ]
    spoilt = measured.robustness
    if spoilt:
        worst = min(spoilt.rows, key=lambda row: row.after.ratio)
        lines.append(
            f"Robustesse : {_percent(spoilt.rows[0].before.ratio)} sans faute, "
            f"{_percent(worst.after.ratio)} au pire ({worst.name})."
        )
    if measured.entities:
        total = measured.entities[-1]
        lines.append(
            f"Valeurs lues : précision {_percent(total.precision)}, "
            f"rappel {_percent(total.recall)}."
        )
    if measured.acceptance:
        sets = ", ".join(
            f"{name} {n.count}/{n.total}" for name, n in measured.acceptance.sets.items()
        )
        lines.append(f"Échantillon d'acceptation, par le canal REST : {sets}.")
    return lines


def _talks_line(measured: TalkSet) -> str:
    scores = measured.scores
    return (
        f"Conversations ({measured.place}, {measured.seen}) : bon sujet "
        f"{_full(scores.questions)} des questions, suites {_full(scores.follow_ups)}, premiers "
        f"messages {_full(scores.first_messages)} ; conversations entières "
        f"{_full(scores.conversations)} ; fausses alertes "
        f"{_number(scores.alarms_per_thousand, 1)} pour 1 000 tours."
    )


def _notes(measured: Measured) -> str:
    return "\n".join(f"> {note}" for note in measured.notes)


def _talks(measured: TalkSet, *, show: bool) -> str:
    scores = measured.scores
    main = table(
        ("mesure", "part", "nombre"),
        [
            _row("questions : bon sujet parmi les réponses", scores.questions),
            _row("… sans compter les secondes lectures", scores.alone),
            _row("questions auxquelles une seconde lecture a répondu aussi", scores.doubled),
            _row("conversations entières : toutes leurs questions", scores.conversations),
            _row("suites (ne veulent rien dire seules)", scores.follow_ups),
            _row("premiers messages", scores.first_messages),
            _row("autres questions", scores.others),
            _row(f"bon sujet répondu, ou parmi les {CANDIDATES} premiers", scores.put_forward),
            _row("plusieurs demandes : toutes trouvées", scores.several),
            _row("fausses alertes nettes (tours sans urgence)", scores.plain),
            _row("fausses alertes possibles (tours sans urgence)", scores.doubtful),
            _row("urgences vues nettement", scores.emergencies),
        ],
    )
    return "\n\n".join(
        (
            f"## Conversations de `{measured.place}`",
            f"{scores.turns} tours, {measured.seen}. Une question est juste quand l'un des sujets "
            "répondus est l'un de ceux de son étiquette ; d'un tour, la première question compte.",
            main,
            f"Fausses alertes pour 1 000 tours : {_number(scores.alarms_per_thousand, 1)}.",
            "### Actes, et points qu'aucune fiche ne couvre",
            quality_table((scores.not_covered, *scores.acts)),
            "### Valeurs dites dans le tour",
            quality_table(scores.values),
            _missed_turns(scores.missed) if show else "",
        )
    ).rstrip()


def _missed_turns(missed: Sequence[Scored]) -> str:
    rows = [
        (
            f"{row.conversation}, {row.place}",
            _cell(row.turn.text),
            " ou ".join(row.asked.labels) if row.asked else "",
            ", ".join((*row.seen.subjects, *row.seen.acts)) or f"rien ({row.seen.rule})",
        )
        for row in missed
    ]
    return "\n\n".join(
        (
            "### Questions manquées",
            "Ce jeu est lu : il ne mesure plus, il peut entraîner (docs/mesurer.md).",
            table(("conversation, tour", "message", "attendu", "répondu"), rows),
        )
    )


def _kept_apart(kept: KeptApartScores) -> str:
    main = table(
        ("mesure", "part", "phrases"),
        [
            _row("bon sujet en tête", kept.right),
            _row("bon sujet, réponse donnée", kept.answered),
            _row("bon sujet, réponse donnée ou proposé parmi trois", kept.helped),
            _row("rejets à tort", kept.rejected),
            _row("« je n'ai pas compris »", kept.not_understood),
            _row("« pas dans mes sources », à tort", kept.not_covered),
            _row("urgences vues", kept.emergencies),
            _row("urgences vues, du bon genre (15 ou 3114)", kept.right_kind),
            _row("urgences dites possibles seulement", kept.doubtful),
            _row("fausses alertes sur ce qui ressemble à une urgence", kept.false_alarms),
            _row("fausses alertes sur tous les autres messages", kept.alarms_elsewhere),
            _row("hors sujet écartés", kept.outside),
            _row("hors sujet écartés ou non compris", kept.outside_silent),
            _row("deux questions : tous les sujets trouvés", kept.several.all_found),
            _row("deux questions : aucun sujet inventé", kept.several.none_invented),
            _row("deux questions : dans l'ordre, quand tout est trouvé", kept.several.in_order),
            _row("deux questions : exactement", kept.several.exact),
        ],
    )
    kinds = table(
        ("genre de hors sujet", "écartés", "phrases"),
        [_row(kind, value) for kind, value in kept.outside_kinds.items()],
    )
    worst = table(
        ("sujet", "bon sujet", "bon ou proposé"),
        [(s.subject, _full(s.right), _full(s.helped)) for s in kept.subjects[:_WORST]],
    )
    confusions = table(
        ("attendu", "lu", "phrases"),
        [(c.expected, c.read, str(c.count)) for c in kept.scores.confusions[:_CONFUSIONS]],
    )
    return "\n\n".join(
        (
            "## Phrases mises à part (`tests/kept_apart/`)",
            "Écrites par quelqu'un qui ne voyait que les fiches ; jamais apprises. "
            f"Macro-F1 : {_percent(kept.scores.macro_f1)}.",
            main,
            kinds,
            f"### Les {_WORST} sujets les plus faibles",
            worst,
            "### Confusions les plus fréquentes",
            confusions,
        )
    )


def _robustness(measured: Robustness | None) -> str:
    if measured is None:
        return ""
    rows = [
        (row.name, _percent(row.before.ratio), _percent(row.after.ratio), _full(row.same))
        for row in measured.rows
    ]
    worst = [
        (label, _full(before), _full(after))
        for label, before, after in measured.labels[:_WORST_ROBUSTNESS]
    ]
    return "\n\n".join(
        (
            "## Robustesse",
            "Des phrases mises à part, abîmées par programme, toujours de la même façon.",
            table(("perturbation", "juste avant", "juste après", "même lecture qu'avant"), rows),
            table(("sujet, le plus faible d'abord", "sans faute", "abîmé"), worst),
        )
    )


def _entities(scores: Sequence[Quality] | None) -> str:
    if not scores:
        return ""
    about = (
        "La table `tests/reading/` est aussi un test, à tenir à 100 % : ce qui suit dit ce qu'elle "
        "couvre, pas ce qu'on lit dans des messages nouveaux."
    )
    return "\n\n".join(("## Valeurs lues", about, quality_table(scores)))


def _acceptance(acceptance: Acceptance | None) -> str:
    if acceptance is None:
        return ""
    rows = [_row(name, value) for name, value in acceptance.sets.items()]
    rows.append(_row("ensemble (messages seuls et conversations entières)", acceptance.overall))
    return "\n\n".join(
        (
            "## Échantillon d'acceptation",
            "Posé par le canal REST.",
            table(("jeu", "réussis", "nombre"), rows),
            f"`{acceptance.latency}`" if acceptance.latency else "",
        )
    ).rstrip()


def _missed(kept: KeptApartScores) -> str:
    parts = [
        "## Phrases manquées",
        "À ne pas recopier dans `data/nlu/` : elles ne mesureraient plus.",
    ]
    for name, missed in kept.missed.items():
        rows = [(_cell(each.text), each.expected, each.read) for each in missed]
        parts += [f"### {name[:1].upper()}{name[1:]}", table(("phrase", "attendu", "lu"), rows)]
    return "\n\n".join(parts)


def quality_table(scores: Iterable[Quality]) -> str:
    """Precision, recall and F1 of classes."""
    return table(
        ("nom", "F1", "précision", "rappel", "nombre"),
        [
            (q.name, _percent(q.f1), _percent(q.precision), _percent(q.recall), str(q.support))
            for q in scores
        ],
    )


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown; the first column is text, the last ones are figures."""
    lines = [" | ".join(titles), " | ".join(["---", *["---:"] * (len(titles) - 1)])]
    lines += [" | ".join(row) for row in rows]
    return "\n".join(f"| {line} |".replace("\n", " ") for line in lines)


def _row(name: str, value: Share) -> tuple[str, str, str]:
    return name, _percent(value.ratio), f"{value.count}/{value.total}"


def _full(value: Share) -> str:
    return f"{_percent(value.ratio)} ({value.count}/{value.total})"


def _percent(ratio: float) -> str:
    return f"{100 * ratio:.1f} %".replace(".", ",")


def _number(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def _cell(text: str) -> str:
    """A message in a cell of a table."""
    return " ".join(text.replace("|", "¦").split())
