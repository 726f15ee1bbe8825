"""``assistant-am atelier``: the local page where a coordinator changes, tries and publishes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assistant_am.commands._options import add_root, project_of

if TYPE_CHECKING:
    from assistant_am.operations.project import Project

DEFAULT_PORT = 5100
READY = """
L'atelier est ouvert. Pour y entrer, une seule fois et dans le quart d'heure :

  http://127.0.0.1:{port}/entree/{link}

Ctrl-C le ferme ; le brouillon est gardé.
"""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "atelier",
        help="ouvre la page où changer, essayer et publier les réponses",
        description="Ouvre, sur cette machine seulement, une page web où changer les faits, voir "
        "les réponses changer, essayer le brouillon, publier et annuler (docs/atelier.md).",
    )
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, metavar="N", help=f"port ({DEFAULT_PORT})"
    )
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from assistant_am.atelier.intranet_gate import gate_from_environment
    from assistant_am.atelier.opening import open_desk
    from assistant_am.atelier.server import serve
    from assistant_am.files.errors import KnowledgeError
    from assistant_am.operations.errors import BrokenFileError
    from assistant_am.operations.processes import require_free_port

    project = project_of(arguments)
    require_free_port(arguments.port, "--port")
    try:
        gate = gate_from_environment()
        desk = open_desk(project, lambda: _reload(project))
    except KnowledgeError as error:
        raise BrokenFileError(f"{error}\nLancez « make check ».") from error
    print(READY.format(port=arguments.port, link=desk.doors.new_link()), flush=True)
    try:
        serve(desk, arguments.port, gate)
    finally:
        desk.learning.stop()
    print("\nL'atelier est fermé.")
    return 0


def _reload(project: Project) -> str:
    """Make the running assistant take what was published; a French sentence says how it went."""
    import datetime

    from assistant_am.operations.conversations import settings_of
    from assistant_am.operations.errors import OperationError
    from assistant_am.operations.project import Settings
    from assistant_am.operations.reload import reload
    from assistant_am.operations.rest import answers
    from assistant_am.runtime.secrets import internal_key, load_secret
    from assistant_am.runtime.settings import WebSettings, WrongSetting

    try:
        settings = Settings.from_environment()
        if not answers(f"{settings.url}/vivant"):
            return "L'assistant n'est pas en marche : il prendra ces réponses à son démarrage."
        given = WebSettings.from_environment().secret
        key = internal_key(load_secret(given, settings_of(project).data))
        reload(project, settings, key, datetime.date.today())
    except (OperationError, WrongSetting) as error:
        return f"L'assistant en marche n'a pas repris les réponses publiées : {error}"
    return "L'assistant en marche donne maintenant les réponses publiées."
