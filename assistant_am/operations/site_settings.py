"""Every `AM_…` setting as it is understood; what is wrong is named, what is secret is not shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant_am.channels.shared.settings import MessagingSettings
from assistant_am.operations.project import Project, Settings
from assistant_am.runtime.setting_table import SETTINGS, TOOLS, given_in, unknown
from assistant_am.runtime.settings import WebSettings, WrongSetting, read, site_folder
from assistant_am.runtime.store_settings import StoreSettings

Read = TypeVar("Read")


@dataclass(frozen=True)
class Row:
    """One setting: `given` by the environment, or left to its default."""

    name: str
    value: str
    given: bool


@dataclass(frozen=True)
class Understood:
    """All rows in the order of the table, unless something is `wrong`."""

    rows: tuple[Row, ...]
    wrong: tuple[str, ...]
    unknown: tuple[str, ...]
    stores: StoreSettings | None


def understand(project: Project, environment: Mapping[str, str]) -> Understood:
    """Read every setting; no server, no database."""
    wrong: dict[str, None] = {}

    def attempt(reader: Callable[[Mapping[str, str]], Read]) -> Read | None:
        try:
            return reader(environment)
        except WrongSetting as error:
            wrong.update(dict.fromkeys(error.args))
            return None

    ports = attempt(Settings.from_environment)
    stores = attempt(StoreSettings.from_environment)
    web = attempt(WebSettings.from_environment)
    attempt(MessagingSettings.from_environment)
    site = attempt(lambda given: site_folder(project.root, given))
    attempt(lambda given: read(TOOLS, given))
    if web is not None:
        attempt(lambda _: _check_intranet(web))
    strangers = tuple(unknown(environment))
    if wrong or not (ports and stores and site):
        return Understood((), tuple(wrong), strangers, None)
    stores = replace(stores, data=ports.data or project.root / "var")
    given = {"AM_DONNEES": str(stores.data), **given_in(environment)}
    if site.is_dir():
        given["AM_SITE"] = str(site)
    rows = tuple(
        Row(each.name, each.shown(given.get(each.name)), bool(environment.get(each.name)))
        for each in SETTINGS
    )
    return Understood(rows, (), strangers, stores)


def _check_intranet(web: WebSettings) -> None:
    """The key of the intranet is one; raises WrongSetting."""
    from assistant_am.channels.web.intranet import Intranet

    Intranet(web.jwt, b"")
