"""Makes a running assistant take the knowledge and the model that are on the disk now."""

from __future__ import annotations

import datetime
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistant_am.operations.check import check
from assistant_am.operations.errors import OperationError, ServiceError
from assistant_am.operations.project import HOST, Project, Settings
from assistant_am.operations.training import ModelState, model_state, require_model
from assistant_am.runtime.files import file_sha256
from assistant_am.runtime.secrets import INTERNAL_HEADER

PATH = "/recharger"
SECONDS = 180
"""For one process: a model loads in a few."""
_NOT_FOUND = (403, 404)
_REFUSED = 409


@dataclass(frozen=True)
class Reloaded:
    """The model that each process has now, by port; whether it is another one than before."""

    models: dict[int, str]
    changed: bool
    outdated: bool
    """Something that training reads has changed since the model was trained."""


def reload(
    project: Project,
    settings: Settings,
    key: str,
    today: datetime.date,
    told: Callable[[str], None] = lambda _: None,
) -> Reloaded:
    """Check first, then the action server, then each Rasa process.

    Raises OperationError, whose text says who has taken what. `told` hears of each step.
    """
    report = check(project, today)
    if report.problems:
        raise OperationError(
            "Les connaissances ont des erreurs ; celles d'avant restent en place :\n"
            + "\n".join(report.problems)
        )
    require_model(project)
    model = file_sha256(project.model)
    _ask(settings.actions_port, {}, key, "Le serveur d'actions garde les anciennes connaissances")
    told(f"Serveur d'actions (port {settings.actions_port}) : connaissances rechargées.")
    models: dict[int, str] = {}
    changed = False
    for port in settings.ports:
        failed = f"Le processus du port {port} garde tout comme avant"
        answer = _ask(port, {"modele": model}, key, failed)
        models[port] = str(answer["modele_id"])
        is_new = answer["modele"] == "change"
        changed = changed or is_new
        what = "connaissances et modèle rechargés" if is_new else "connaissances rechargées"
        told(f"Rasa (port {port}) : {what}.")
    return Reloaded(models, changed, model_state(project) is ModelState.OUTDATED)


def _ask(port: int, body: dict[str, str], key: str, failed: str) -> dict[str, Any]:
    request = urllib.request.Request(
        f"http://{HOST}:{port}{PATH}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", INTERNAL_HEADER: key},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=SECONDS) as response:
            return dict(json.load(response))
    except urllib.error.HTTPError as error:
        raise ServiceError(f"{failed} : {_reason(error)}") from error
    except (OSError, ValueError) as error:
        raise ServiceError(
            f"{failed} : rien ne répond sur ce port ({error}). L'assistant est-il démarré, avec "
            "les mêmes AM_PORT, AM_ACTIONS_PORT et AM_PROCESSUS ?"
        ) from error


def _reason(error: urllib.error.HTTPError) -> str:
    if error.code in _NOT_FOUND:
        return (
            "il ne reconnaît pas cette commande (autre secret, ou autre programme sur ce port). "
            "Vérifiez AM_DONNEES et AM_SECRET, ou redémarrez-le."
        )
    try:
        said = json.load(error).get("refus") if error.code == _REFUSED else None
    except (ValueError, AttributeError):
        said = None
    return str(said or f"il n'est pas prêt (HTTP {error.code}). Réessayez dans un instant.")
