"""Pages and pictures of an estimate, addressed by the inputs of the computation."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from assistant_am.aid import (
    FRENCH_NAMES,
    Case,
    InvalidInput,
    Names,
    Parameters,
    Projection,
    project,
)
from assistant_am.aid import estimate as estimate_aid
from assistant_am.channels.shared.words import clean
from assistant_am.channels.web.errors import WebError, field_error
from assistant_am.french.format import long_date
from assistant_am.rendering.aid_words import field_name
from assistant_am.rendering.links import calendar_path, page_path
from assistant_am.runtime.bounded import Bounded

Form = Literal["html", "png", "svg"]

DAY = "calcule_le"
"""Key of the day on which an estimate was made: its address shows the same one later."""
TO_CHAT = ("Poser une question à l'assistant", "chat")
MOST_KEPT = 200
MOST_WAITING = 8
LONGEST_QUERY = 1000
LONGEST_VALUE = 60
_BUSY_SECONDS = 3
_KINDS: dict[Form, str] = {
    "html": "text/html; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Asked:
    """The inputs of an address, and the day from which they are looked at."""

    case: Case
    day: date


def read_asked(
    query: str, given: list[tuple[str, str]], parameters: Parameters, today: date
) -> Asked:
    """What an address asks for; raises champ_invalide (naming the input), trop_long."""
    if len(query) > LONGEST_QUERY:
        raise WebError("trop_long", "L'adresse est trop longue.")
    names = [name for name, _ in given]
    for name, value in given:
        shown = clean(name)[:LONGEST_VALUE]
        if names.count(name) > 1:
            raise field_error(shown, "il est donné deux fois.")
        if name not in (*FRENCH_NAMES.values(), DAY):
            raise field_error(shown, "il est inconnu.")
        if len(value) > LONGEST_VALUE or value != clean(value):
            raise field_error(name, "sa valeur est incorrecte.")
    inputs = dict(given)
    day = _day(inputs.pop(DAY, ""), parameters, today)
    try:
        return Asked(Case.from_french(inputs, parameters), day)
    except InvalidInput as error:
        raise field_error(error.field, error.message_fr) from error


def _day(text: str, parameters: Parameters, today: date) -> date:
    """The past day asked for, from the first one that has amounts; else today."""
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise field_error(DAY, f"« {text} » n'est pas une date : écrivez AAAA-MM-JJ.") from None
    if not parameters.first_day <= day <= today:
        first, last = long_date(parameters.first_day), long_date(today)
        raise field_error(DAY, f"« {text} » n'est pas entre le {first} et le {last}.")
    return day


@dataclass(frozen=True)
class Drawn:
    """One page or picture."""

    body: bytes
    kind: str
    etag: str


class Estimates:
    """Draws in one thread, off the event loop, and keeps the last ones drawn.

    One thread only: matplotlib's settings are global to the process.
    """

    def __init__(
        self,
        parameters: Callable[[], Parameters],
        today: Callable[[], date] = date.today,
        site: Callable[[], str] = str,
    ) -> None:
        """`site`: who proposes the assistant, as a page says it."""
        self._site = site
        self._parameters = parameters
        self._drawn_from = parameters()
        self._today = today
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="estimation")
        self._drawn: Bounded[tuple[object, ...], Drawn] = Bounded(MOST_KEPT)
        self._waiting: dict[tuple[object, ...], asyncio.Task[Drawn]] = {}

    async def get(self, form: Form, query: str, given: list[tuple[str, str]]) -> Drawn:
        """The page or picture of these inputs.

        Raises what `read_asked` does, introuvable (a refusal has no picture), incident (503, too
        many at once).
        """
        if self._parameters() is not self._drawn_from:
            self._drawn_from = self._parameters()
            self._drawn.clear()
            self._waiting.clear()
        today = self._today()
        asked = read_asked(query, given, self._drawn_from, today)
        key = (form, today, asked, self._site())
        if drawn := self._drawn.get(key):
            self._drawn.keep(key, drawn)
            return drawn
        task = self._waiting.get(key)
        if task is None:
            if len(self._waiting) >= MOST_WAITING:
                raise WebError("incident", status=503, retry_after=_BUSY_SECONDS)
            task = asyncio.create_task(self._draw(form, key, asked))
            self._waiting[key] = task
            task.add_done_callback(lambda _: self._waiting.pop(key, None))
        # Shielded: whoever asks next finds it drawn, even if this one has left.
        return await asyncio.shield(task)

    def refusal(self, error: WebError) -> str:
        """The page that says in French what is wrong with an address."""
        from assistant_am.rendering import page

        message, names = error.message, Names.of(self._drawn_from)
        for name in (*FRENCH_NAMES.values(), DAY):
            message = message.replace(f"Champ « {name} »", field_name(name, names))
        return page.refusal(message, page.Around(self._site(), (TO_CHAT,)))

    async def _draw(self, form: Form, key: tuple[object, ...], asked: Asked) -> Drawn:
        loop = asyncio.get_running_loop()
        parameters = self._drawn_from
        try:
            body = await loop.run_in_executor(self._pool, self._render, form, asked, parameters)
        except InvalidInput as error:
            raise field_error(error.field, error.message_fr) from error
        drawn = Drawn(body, _KINDS[form], f'"{sha256(body).hexdigest()[:24]}"')
        if parameters is self._drawn_from:
            self._drawn.keep(key, drawn)
        return drawn

    def _render(self, form: Form, asked: Asked, parameters: Parameters) -> bytes:
        # Loaded at the first picture: it takes a second, and not every talk has one.
        from assistant_am.rendering import page, picture

        projection = projected(asked, parameters)
        if form == "html":
            around = page.Around(self._site(), _links(asked, self._today()))
            return page.render(projection, around).encode()
        if not projection.estimate.years:
            raise WebError("introuvable", "L'aide est refusée dans cette situation : pas d'image.")
        if form == "svg":
            return _document(picture.svg(projection)).encode()
        with TemporaryDirectory() as folder:
            path = Path(folder) / "estimation.png"
            picture.draw(projection, path)
            return path.read_bytes()


def projected(asked: Asked, parameters: Parameters) -> Projection:
    """The years asked; without any, as many as people usually look ahead."""
    case = asked.case
    if case.contract_years and not case.horizon:
        estimate = estimate_aid(case, parameters, asked.day)
        return Projection(len(estimate.years), estimate)
    horizon = case.horizon or parameters.default_horizon.latest
    return project(replace(case, horizon=None), parameters, asked.day, horizon)


def _links(asked: Asked, today: date) -> tuple[tuple[str, str], ...]:
    """From the page of an estimate; without a slash first: it may stand in a folder."""
    anew = page_path(asked.case, today).lstrip("/")
    calendar = calendar_path(asked.case, asked.day).lstrip("/")
    return (
        TO_CHAT,
        *([("Refaire ce calcul aujourd'hui", anew)] if asked.day != today else []),
        *([("Dates du contrat (agenda)", calendar)] if asked.case.contract_date else []),
    )


def _document(svg: str) -> str:
    """The element as a file of its own: alone, it needs its name space."""
    if "xmlns=" not in svg.partition(">")[0]:
        svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{svg}'
