"""Starts the action server and Rasa, waits until all really answer, keeps them, ends them all."""

from __future__ import annotations

import os
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from assistant_am.operations.endpoints import ACTIONS_SECRET, write_endpoints, write_private
from assistant_am.operations.errors import ServiceError
from assistant_am.operations.keeping import Keeper
from assistant_am.operations.presence import Presence
from assistant_am.operations.processes import Group, Service, require_free_port
from assistant_am.operations.progress import Progress
from assistant_am.operations.project import HOST, Project, Settings, child_environment
from assistant_am.operations.pulse import Pulse
from assistant_am.operations.rest import RestClient, UnreachableError, answers
from assistant_am.operations.training import check_yaml, require_model
from assistant_am.runtime.settings import MODEL_VARIABLE, WebSettings, site_folder

WEB_CHANNEL = "assistant_am.channels.web.channel.WebInput"
# Its answer comes from the action server, so that a reply shows that both servers work.
CANARY = "Qu'est-ce qu'un assistant médical ?"
CANARY_SENDER = "canari-"
# Pages that are answered at once, by the event loop alone.
ALIVE, ACTIONS_ALIVE = "/vivant", "/health"
SECONDS_TO_START = 180
# Rasa shows every failure as an empty answer; after the first one it gets this long to recover.
SECONDS_OF_SILENCE = 30


class Bot(Group):
    """The servers of one running assistant, as a context manager: actions, then Rasa's."""

    def __init__(self, project: Project, settings: Settings) -> None:
        self.project = project
        self.settings = settings
        self.client = RestClient(settings.url)
        self.run_folder = project.cache / "execution" / str(settings.port)
        # Each running assistant has logs of its own: tests run beside a `make run`.
        self.logs = project.cache / "journaux" / str(settings.port)
        self._presence = Presence(self._data)
        self._actions_service = self._actions()
        super().__init__([self._actions_service, *(self._rasa(port) for port in settings.ports)])

    def _actions(self) -> Service:
        return Service(
            "Le serveur d'actions",
            _python("rasa_sdk", actions="actions", port=self.settings.actions_port),
            self.logs / "actions.log",
            self.project.root,
            child_environment({"SANIC_HOST": HOST, **self._folders}),
        )

    def _rasa(self, port: int) -> Service:
        alone = self.settings.processes == 1
        return Service(
            "Rasa" if alone else f"Rasa (port {port})",
            _python(
                "rasa",
                "run",
                interface=HOST,
                port=port,
                model=self.project.model,
                endpoints=self.run_folder / "endpoints.yml",
                credentials=self.run_folder / "credentials.yml",
            ),
            self.logs / ("rasa.log" if alone else f"rasa-{port}.log"),
            self.project.root,
            child_environment(self._rasa_environment(port)),
        )

    def _rasa_environment(self, port: int) -> dict[str, str]:
        # The channel is this program's own, even for a project folder that has only data.
        environment = {
            **self._folders,
            "AM_PORT": str(port),
            MODEL_VARIABLE: str(self.project.model),
        }
        if metrics := WebSettings.from_environment().metrics_port:
            # Each process counts for itself.
            environment["AM_METRIQUES_PORT"] = str(metrics + port - self.settings.port)
        return environment

    @property
    def _folders(self) -> dict[str, str]:
        """Where the servers find the program and what is the site's: both read its knowledge."""
        return {"PYTHONPATH": str(Project.here().root), "AM_DONNEES": str(self._data)}

    @property
    def _data(self) -> Path:
        return self.settings.data or self.project.root / "var"

    def __enter__(self) -> Bot:
        return self

    def require_free_ports(self) -> None:
        """Raise when another program uses one of the ports."""
        for port in self.settings.ports:
            require_free_port(port, "AM_PORT")
        require_free_port(self.settings.actions_port, "AM_ACTIONS_PORT")

    def check_web_settings(self) -> None:
        """Raise WrongSetting for what would stop the web channel, before Rasa's long start.

        Makes the secret of sessions at the first start.
        """
        from assistant_am.channels.shared.settings import MessagingSettings
        from assistant_am.channels.web.intranet import Intranet
        from assistant_am.runtime.secrets import load_secret

        web = WebSettings.from_environment()
        site_folder(self.project.root)
        MessagingSettings.from_environment()
        Intranet(web.jwt, load_secret(web.secret, self._data))

    def check_stores(self) -> None:
        """Raise WrongSetting when conversations cannot be written, or Redis does not answer."""
        from assistant_am.runtime.store_settings import StoreSettings
        from assistant_am.stores.reachable import require_reachable

        environment = {**os.environ, "AM_DONNEES": str(self._data)}
        require_reachable(StoreSettings.from_environment(environment))

    def start(self) -> None:
        """Start all servers and return once a real question got a real answer from each."""
        check_yaml(self.project)
        require_model(self.project)
        self.require_free_ports()
        self.check_web_settings()
        self.check_stores()
        self._presence.take()
        secret = self._actions_secret()
        self._actions_service.environment[ACTIONS_SECRET] = secret
        endpoints = self.run_folder / "endpoints.yml"
        write_endpoints(self.project, self.settings, secret, endpoints)
        write_credentials(self.project, self.run_folder / "credentials.yml")
        with Progress("Démarrage de l'assistant") as progress:
            super().start()
            self._wait(progress)

    def watch(self, *meanwhile: Callable[[], None]) -> None:
        """Keep each server alive until a signal ends this; call `meanwhile` now and then."""
        pulses = [
            Pulse(self.settings.actions_port, ACTIONS_ALIVE),
            *(Pulse(port, ALIVE) for port in self.settings.ports),
        ]
        keepers = [Keeper(*each) for each in zip(self.services, pulses, strict=True)]
        while True:
            for keeper in keepers:
                keeper.look()
            for each in meanwhile:
                each()
            time.sleep(0.3)

    def stop(self) -> None:
        """End Rasa first: the turns under way still need the actions."""
        Group(self.services[1:]).stop()
        super().stop()
        self._presence.leave()

    def _actions_secret(self) -> str:
        """The same for all that share a secret of sessions; nothing to set."""
        from assistant_am.runtime.secrets import internal_key, load_secret

        return internal_key(load_secret(WebSettings.from_environment().secret, self._data))

    def _wait(self, progress: Progress) -> None:
        for port in self.settings.ports:
            self._wait_for(RestClient(f"http://{HOST}:{port}"), progress)

    def _wait_for(self, client: RestClient, progress: Progress) -> None:
        sender = CANARY_SENDER + uuid.uuid4().hex
        silent_since: float | None = None
        while True:
            self.check()
            progress.tick()
            if answers(f"{self.settings.actions_url}{ACTIONS_ALIVE}"):
                try:
                    if any(message.text for message in client.say(CANARY, sender)):
                        return
                    silent_since = silent_since or time.monotonic()
                except UnreachableError:
                    pass
            self._give_up_when_late(progress, silent_since)
            time.sleep(0.3)

    def _give_up_when_late(self, progress: Progress, silent_since: float | None) -> None:
        logs = self.project.shown(self.logs)
        if silent_since and time.monotonic() - silent_since > SECONDS_OF_SILENCE:
            raise ServiceError(
                "L'assistant a démarré, mais il ne répond rien à une question d'essai : "
                f"lisez les journaux dans {logs}.\n{self.services[1].log_tail()}"
            )
        if progress.seconds > SECONDS_TO_START:
            raise ServiceError(
                f"L'assistant ne répond pas après {SECONDS_TO_START} s : "
                f"lisez les journaux dans {logs}.\n{self.services[1].log_tail()}"
            )


def _python(module: str, *words: str, **options: object) -> list[str]:
    """Return the command that runs a module of our own environment, its log in JSON."""
    pairs = [text for name, value in options.items() for text in (f"--{name}", str(value))]
    return [sys.executable, "-m", "assistant_am.runtime.json_logs", module, *words, *pairs]


def write_credentials(project: Project, target: Path) -> None:
    """Write credentials.yml with the web channel, and the messaging channels that are set.

    Their secrets stay in the environment. Raises WrongSetting.
    """
    from assistant_am.channels.shared.settings import MessagingSettings

    source = project.root / "credentials.yml"
    credentials: dict[str, Any] = yaml.safe_load(source.read_text(encoding="utf-8")) or {}
    for channel in (WEB_CHANNEL, *MessagingSettings.from_environment().channels()):
        credentials.setdefault(channel, {})
    write_private(target, credentials)
