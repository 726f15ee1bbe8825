"""``assistant-am estimate``: the maximum of the aid for one situation, or for a file of them."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant_am.commands._options import add_root, project_of

if TYPE_CHECKING:
    from assistant_am.aid import Budget, Case, Estimate, Parameters

IMPOSSIBLE_INPUT = 2
PICTURES = (".png", ".svg")
SPREADSHEET = "utf-8-sig"  # without its mark, Excel reads accents wrong
YES_NO = "oui|non"

# Option and key of the data, placeholder, help. Values are read, and refused, by `Case`.
OPTIONS = (
    ("quotite", "ETP", "0.5, 1, ou avec un deuxième AM 1.5 et 2"),
    ("annee", "ANNÉE", "année(s) de contrat : 3, ou 1,2,3"),
    ("horizon", "N", "nombre d'années montrées, à partir de la première"),
    ("tranche", "TRANCHE", "sous_p30, p30_p89, p90_p94, p95_plus, ou un percentile (p92)"),
    ("patients", "N", "patientèle médecin traitant, ou file active"),
    ("bareme", "BARÈME", "ancien ou nouveau (prévaut sur la date)"),
    ("date_contrat", "AAAA-MM-JJ", "signature du contrat avec la CPAM"),
    ("specialite", "SPÉCIALITÉ", "medecine_generale, pediatrie, cardiologie…"),
    (
        "secteur",
        "SECTEUR",
        "secteur_1, secteur_2_optam, secteur_2_optam_co, secteur_2_hors_optam, non_conventionne",
    ),
    ("age_65", YES_NO, "65 ans ou plus"),
    ("nouvel_installe", YES_NO, "nouvellement installé"),
    ("zip", YES_NO, "exercice en zone d'intervention prioritaire"),
    ("mep", YES_NO, "médecin à exercice particulier"),
    ("premier_contrat_temps_plein", YES_NO, "premier contrat signé à temps plein"),
    ("objectifs_atteints", YES_NO, "objectifs du premier contrat atteints"),
    ("atteinte", YES_NO, "objectifs du contrat demandé atteints"),
    ("structure", YES_NO, "la demande vient d'une structure (SISA, SCM…)"),
    ("salaire_brut", "EUROS", "salaire brut mensuel à temps plein : ajoute le budget"),
)


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "estimate",
        help="calcule le montant maximal de l'aide",
        description="Calcule le montant maximal de l'aide à l'emploi d'un assistant médical. "
        "Une donnée absente est inconnue : le résultat dit alors ce qui reste possible.",
    )
    situation = parser.add_argument_group("situation")
    for key, placeholder, text in OPTIONS:
        names = dict.fromkeys((f"--{key.replace('_', '-')}", f"--{key}"))
        several = "+" if key == "annee" else None
        situation.add_argument(*names, dest=key, metavar=placeholder, help=text, nargs=several)
    output = parser.add_argument_group("entrée et sortie")
    output.add_argument("--cas", type=Path, metavar="FICHIER", help="CSV : un médecin par ligne")
    output.add_argument("--json", action="store_true", help="écrit du JSON")
    output.add_argument(
        "--image", type=_picture_path, metavar="FICHIER", help="graphique, .png ou .svg"
    )
    output.add_argument("--html", type=Path, metavar="FICHIER", help="page à imprimer")
    output.add_argument("--csv", type=Path, metavar="FICHIER", help="montants en CSV")
    output.add_argument(
        "--jour",
        type=date.fromisoformat,
        default=date.today(),
        metavar="AAAA-MM-JJ",
        help="jour du calcul (par défaut : aujourd'hui)",
    )
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from assistant_am.aid import InvalidInput, load
    from assistant_am.files.errors import KnowledgeError
    from assistant_am.operations.errors import OperationError

    project = project_of(arguments)
    try:
        params = load(project.knowledge, project.site)
        if arguments.cas:
            _many(arguments, params)
        else:
            _one(arguments, params)
    except KnowledgeError as error:
        raise OperationError(str(error)) from None
    except InvalidInput as error:
        print(f"Erreur : {error}", file=sys.stderr)
        return IMPOSSIBLE_INPUT
    except UnicodeDecodeError:
        raise OperationError(
            f"{arguments.cas} n'est pas en UTF-8 : enregistrez-le ainsi (Excel : « CSV UTF-8 »)."
        ) from None
    return 0


def _one(arguments: argparse.Namespace, params: Parameters) -> None:
    from assistant_am.aid import Case, budget, estimate, project

    values = {key: getattr(arguments, key) for key, _, _ in OPTIONS}
    case = Case.from_french(values, params)
    if case.horizon and case.contract_years:
        result = project(case, params, arguments.jour, case.horizon).estimate
    else:
        result = estimate(case, params, arguments.jour)
    money = budget(case, params, arguments.jour) if case.gross_salary else None
    _print(result, money, as_json=arguments.json)
    _write_files(arguments, case, result, params)


def _print(result: Estimate, money: Budget | None, *, as_json: bool) -> None:
    if as_json:
        from assistant_am.rendering import aid_json

        print(json.dumps(aid_json.as_json(result, money), ensure_ascii=False, indent=2))
    else:
        from assistant_am.rendering.aid_report import report

        print(report(result, money))


def _write_files(
    arguments: argparse.Namespace, case: Case, result: Estimate, params: Parameters
) -> None:
    if arguments.csv:
        from assistant_am.rendering import aid_csv

        arguments.csv.write_text(aid_csv.years_csv(result), encoding=SPREADSHEET)
    if not (arguments.image or arguments.html):
        return
    from assistant_am.aid import Projection, project
    from assistant_am.rendering import page, picture

    if case.contract_years or case.horizon:
        projection = Projection(len(result.years), result)
    else:
        projection = project(case, params, arguments.jour, params.default_horizon.latest)
    if arguments.html:
        page.write(projection, arguments.html)
    if arguments.image and projection.estimate.years:
        picture.draw(projection, arguments.image)
    elif arguments.image:
        print("Aucune image : il n'y a pas de montant à montrer.", file=sys.stderr)


def _many(arguments: argparse.Namespace, params: Parameters) -> None:
    from assistant_am.aid import InvalidInput, estimate_practice
    from assistant_am.rendering import aid_csv

    if arguments.image or arguments.html:
        raise InvalidInput("cas", "--image et --html ne vont pas avec --cas.")
    text = arguments.cas.read_text(encoding="utf-8-sig")
    practice = estimate_practice(text, params, arguments.jour)
    if arguments.csv:
        arguments.csv.write_text(aid_csv.practice_csv(practice), encoding=SPREADSHEET)
    if arguments.json:
        print(json.dumps(aid_csv.practice_json(practice), ensure_ascii=False, indent=2))
    elif not arguments.csv:
        print(aid_csv.practice_csv(practice), end="")


def _picture_path(text: str) -> Path:
    path = Path(text)
    if path.suffix not in PICTURES:
        raise argparse.ArgumentTypeError(f"le nom doit finir par {' ou '.join(PICTURES)}")
    return path
