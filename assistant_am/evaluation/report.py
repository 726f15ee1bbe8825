"""The figures of an evaluation: a page of Markdown in French, and a summary of a few lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant_am.evaluation.acceptance import Acceptance
from assistant_am.evaluation.kept_apart import KeptApartScores
from assistant_am.evaluation.metrics import Quality, Share
from assistant_am.evaluation.robustness import Robustness
from assistant_am.evaluation.validation import Validation

REPORT = "rapport.md"
PICTURE = "confusions.png"
_WORST = 20
_CONFUSIONS = 30
_WORST_ROBUSTNESS = 15


@dataclass(frozen=True)
class Measured:
    """All that was measured; a note stands for each part that was left out."""

    date: str
    command: str
    validation: Validation
    kept_apart: KeptApartScores
    learnt_threshold: float
    learnt_emergency: float
    learnt_temperature: float
    bands: dict[str, float]
    robustness: dict[str, Robustness]
    entities: Sequence[Quality] | None = None
    acceptance: Acceptance | None = None
    notes: Sequence[str] = field(default_factory=tuple)


def write_report(measured: Measured, folder: Path, *, show: bool = False) -> Path:
    """Write the report; `show` adds the sentences kept apart that went wrong."""
    parts = [
        f"# Ce que l'assistant comprend\n\nMesuré le {measured.date} par `{measured.command}`.",
        "\n".join(f"- {line}" for line in summary(measured)),
        _notes(measured),
        _validation(measured),
        _kept_apart(measured.kept_apart),
        _robustness(measured.robustness),
        _entities(measured.entities),
        _acceptance(measured.acceptance),
        _missed(measured.kept_apart) if show else "",
    ]
    path = folder / REPORT
    path.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")
    return path


def summary(measured: Measured) -> list[str]:
    """One line for each part."""
    check, kept = measured.validation, measured.kept_apart
    lines = [
        f"Validation croisée ({len(check.texts)} phrases, {len(check.scores.classes)} intentions, "
        f"{len(check.models)} plis) : exactitude {_percent(check.scores.accuracy.ratio)}, "
        f"macro-F1 {_percent(check.scores.macro_f1)} ; au seuil {_number(check.threshold)}, hors "
        f"sujet écartés {_percent(check.outside_rejected.ratio)}, rejets à tort "
        f"{_percent(check.falsely_rejected.ratio)}.",
        f"Phrases mises à part : bon sujet {_full(kept.right)}, bon ou proposé "
        f"{_full(kept.helped)} ; rejets à tort {_full(kept.rejected)}.",
        f"Urgences : vues {_full(kept.emergencies)}, fausses alertes {_full(kept.false_alarms)} "
        f"sur ce qui y ressemble, {_full(kept.alarms_elsewhere)} ailleurs.",
        f"Hors sujet : écartés {_full(kept.outside)}.",
        f"Deux questions : tout trouvé {_full(kept.several.all_found)}, rien d'inventé "
        f"{_full(kept.several.none_invented)}, exactement et dans l'ordre "
        f"{_full(kept.several.exact)}.",
    ]
    for name, each in measured.robustness.items():
        worst = min(each.rows, key=lambda row: row.after.ratio)
        lines.append(
            f"Robustesse, {name} : {_percent(each.rows[0].before.ratio)} sans faute, "
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


def _notes(measured: Measured) -> str:
    return "\n".join(f"> {note}" for note in measured.notes)


def _validation(measured: Measured) -> str:
    check = measured.validation
    settings = table(
        ("réglage", "refait ici", "dans le modèle"),
        [
            ("seuil hors sujet", _number(check.threshold), _number(measured.learnt_threshold)),
            (
                "seuil d'urgence",
                _number(check.emergency_threshold),
                _number(measured.learnt_emergency),
            ),
            ("température", _number(check.temperature), _number(measured.learnt_temperature)),
            *((f"bande `{name}`", "", _number(value)) for name, value in measured.bands.items()),
        ],
    )
    confusions = table(
        ("attendue", "lue", "phrases"),
        [(c.expected, c.read, str(c.count)) for c in check.scores.confusions[:_CONFUSIONS]],
    )
    classes = sorted(check.scores.classes, key=lambda each: (each.f1, each.name))
    return "\n\n".join(
        (
            "## Validation croisée",
            "Chaque phrase d'entraînement est lue par un modèle qui ne l'a pas apprise, avec les "
            "plis de l'entraînement. Le seuil hors sujet, s'il est choisi ici, rejette à tort au "
            "plus 4 % de nos questions ; le seuil d'urgence alerte à tort pour au plus 4 autres "
            "phrases sur 1 000, et voit alors, sans les mots d'urgence, "
            f"{_full(check.emergencies_seen)} des urgences. Ces modèles voient moins de phrases "
            "que le modèle livré, et pas leur copie avec des fautes : ces chiffres sont bas.",
            settings,
            f"![Confusions]({PICTURE})",
            "### Confusions les plus fréquentes",
            confusions,
            "### Par intention, la plus faible d'abord",
            quality_table(classes),
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
            _row("urgences vues", kept.emergencies),
            _row("urgences vues, du bon genre (15 ou 3114)", kept.right_kind),
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
        ("attendue", "lue", "phrases"),
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


def _robustness(measured: dict[str, Robustness]) -> str:
    parts = [
        "## Robustesse",
        "Les mêmes phrases, abîmées par programme, toujours de la même façon.",
    ]
    for name, each in measured.items():
        rows = [
            (row.name, _percent(row.before.ratio), _percent(row.after.ratio), _full(row.same))
            for row in each.rows
        ]
        worst = [
            (intent, _full(before), _full(after))
            for intent, before, after in each.intents[:_WORST_ROBUSTNESS]
        ]
        parts += [
            f"### {name[:1].upper()}{name[1:]}",
            table(("perturbation", "juste avant", "juste après", "même lecture qu'avant"), rows),
            table(("intention, la plus faible d'abord", "sans faute", "abîmée"), worst),
        ]
    return "\n\n".join(parts)


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
        rows = [(each.text.replace("|", "¦"), each.expected, each.read) for each in missed]
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


def _number(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")
