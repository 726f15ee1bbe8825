"""``assistant-am check``: is what people edit right?"""

from __future__ import annotations

import argparse
import datetime
import sys

from assistant_am.commands._options import add_root, project_of


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "check", help="vérifie les connaissances, les paramètres et les phrases d'entraînement"
    )
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from assistant_am.operations.check import check

    report = check(project_of(arguments), datetime.date.today())
    for change in report.changes:
        print(change[:1].upper() + change[1:])
    for warning in report.warnings:
        print(f"Attention : {warning}")
    for problem in report.problems:
        print(problem, file=sys.stderr)
    if report.problems:
        count = len(report.problems)
        print(f"{count} erreur{'s' if count > 1 else ''} à corriger.", file=sys.stderr)
        return 1
    print(
        "Tout est en ordre : " + ", ".join(f"{n} {what}" for what, n in report.counts.items()) + "."
    )
    return 0
