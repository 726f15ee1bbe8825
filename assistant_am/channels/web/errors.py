"""Errors of the web channel: one JSON shape, a code for the widget, a French sentence to show."""

from __future__ import annotations

import logging

from sanic.exceptions import SanicException
from sanic.response import HTTPResponse, json

from assistant_am.runtime.metrics import METRICS
from assistant_am.runtime.quiet_logs import log_failure

logger = logging.getLogger(__name__)

_TOO_LONG = "Votre message est trop long : 1 000 caractères au plus."
_INCIDENT = "Désolé, un incident technique m'empêche de répondre. Réessayez dans un instant."

STATUSES = {
    "json_invalide": (400, "La demande ne peut pas être lue : il faut un objet JSON."),
    "champ_invalide": (400, "Un champ de la demande est absent, inconnu ou incorrect."),
    "charge_inconnue": (
        400,
        "Ce bouton n'appartient pas à cette conversation : écrivez plutôt votre question.",
    ),
    "session_invalide": (401, "Cette conversation n'est pas reconnue : ouvrez-en une nouvelle."),
    "session_expiree": (401, "Cette conversation a expiré : ouvrez-en une nouvelle."),
    "jeton_absent": (401, "Cette conversation de l'intranet demande le jeton de l'intranet."),
    "jeton_invalide": (401, "Le jeton de l'intranet n'est pas reconnu."),
    "jeton_expire": (401, "Le jeton de l'intranet a expiré."),
    "origine_refusee": (
        403,
        "Ce site n'est pas autorisé à utiliser l'assistant : son origine doit être ajoutée à "
        "AM_ORIGINES.",
    ),
    "introuvable": (404, "Cette page n'existe pas."),
    "methode": (405, "Cette adresse ne s'utilise pas ainsi."),
    "trop_long": (413, _TOO_LONG),
    "type_refuse": (415, "La demande doit être en JSON (Content-Type: application/json)."),
    "trop_de_messages": (429, "Vous allez un peu vite : patientez quelques secondes."),
    "incident": (500, _INCIDENT),
}
# What Sanic refuses by itself, before any of our code runs.
_BY_STATUS = {
    404: "introuvable",
    405: "methode",
    413: "trop_long",
    415: "type_refuse",
}
_SERVER_ERROR = 500


class WebError(Exception):
    """A refusal that the widget understands.

    `code` is one of `STATUSES`; `retry_after` is in seconds.
    """

    def __init__(
        self,
        code: str,
        message: str | None = None,
        *,
        status: int | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.code = code
        self.status = status or STATUSES[code][0]
        self.message = message or STATUSES[code][1]
        self.retry_after = retry_after
        super().__init__(code)

    def response(self) -> HTTPResponse:
        METRICS.refusal(self.code)
        body = {
            "code": self.code,
            "message": self.message,
            "reessayer_dans": self.retry_after,
        }
        headers = {"Retry-After": str(self.retry_after)} if self.retry_after else {}
        return json({"erreur": body}, status=self.status, headers=headers, ensure_ascii=False)


def field_error(name: str, what: str) -> WebError:
    """A refusal that names the field."""
    return WebError("champ_invalide", f"Champ « {name} » : {what}")


def response_to(exception: BaseException, *, readable: bool = True) -> HTTPResponse:
    """The answer to any exception: never a traceback, never what the exception says.

    `readable`: a request was understood; else the sender's bytes are to blame.
    """
    if isinstance(exception, WebError):
        return exception.response()
    if not readable:
        return WebError("json_invalide").response()
    if isinstance(exception, SanicException):
        status = exception.status_code
        if status < _SERVER_ERROR:
            code = _BY_STATUS.get(status, "json_invalide")
            response = WebError(code, status=status).response()
            response.headers.update(getattr(exception, "headers", None) or {})
            return response
        return WebError("incident", status=503).response()
    log_failure(logger, "Incident du canal web", exception)
    return WebError("incident").response()
