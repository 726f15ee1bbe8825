"""``assistant-am explain``: what is understood of messages, and why they get their answer."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant_am.commands._options import add_root, project_of

if TYPE_CHECKING:
    from assistant_am.assistant import Assistant
    from assistant_am.evaluation.explained import Explained
    from assistant_am.operations.project import Project


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "explain",
        help="montre ce qui est compris de messages, et pourquoi ils ont leur réponse",
        description="Montre, sans serveur, ce qui est compris de chaque message d'une "
        "conversation : demandes, valeurs, règle, réponse. Sans message ni fichier, les lit sur "
        "l'entrée standard, un par ligne.",
    )
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "messages",
        nargs="*",
        default=[],
        metavar="MESSAGE",
        help="messages d'une conversation, dans l'ordre ; un message vide en commence une autre",
    )
    source.add_argument(
        "--fichier",
        type=Path,
        metavar="CHEMIN",
        help="conversations étiquetées : un fichier YAML ou un dossier",
    )
    parser.add_argument("--json", action="store_true", help="une ligne de JSON par tour")
    parser.add_argument(
        "--modele",
        type=Path,
        metavar="CHEMIN",
        help="autre modèle : une archive, ou le dossier de ce que l'entraînement a écrit",
    )
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from assistant_am.evaluation.explained import in_french
    from assistant_am.evaluation.loading import load

    project = project_of(arguments)
    assistant = load(project, arguments.modele)
    if arguments.fichier:
        turns = _labelled(project, arguments.fichier.resolve(), assistant)
    else:
        turns = _typed(assistant, arguments.messages or _standard_input())
    show: Callable[[Explained], str] = _as_json if arguments.json else in_french
    for turn in turns:
        print(show(turn), flush=True)
    return 0


def _typed(assistant: Assistant, messages: Iterable[str]) -> Iterator[Explained]:
    """A blank message begins another conversation; they are numbered from 1."""
    from assistant_am.evaluation.explained import Explainer

    number = 1
    explainer: Explainer | None = None
    for message in messages:
        if not message.strip():
            number += explainer is not None
            explainer = None
            continue
        explainer = explainer or Explainer(assistant, str(number))
        yield explainer.say(message)


def _labelled(project: Project, place: Path, assistant: Assistant) -> Iterator[Explained]:
    from assistant_am.evaluation.explained import Explainer
    from assistant_am.evaluation.loading import conversations

    for labelled in conversations(project, place, assistant):
        explainer = Explainer(assistant, labelled.id)
        for turn in labelled.turns:
            yield explainer.say(turn.text, turn)


def _standard_input() -> Iterator[str]:
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        yield line.rstrip("\r\n")


def _as_json(turn: Explained) -> str:
    return json.dumps(turn.observed.to_json(), ensure_ascii=False, default=str)
