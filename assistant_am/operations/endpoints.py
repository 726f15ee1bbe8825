"""The run-time copy of endpoints.yml: where the action server is, how Rasa shows who it is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

from assistant_am.operations.project import Project, Settings
from assistant_am.runtime.secrets import INTERNAL_HEADER

ACTIONS_SECRET = "ASSISTANT_ACTIONS_SECRET"
"""As in rasa_sdk_plugins.py, which knows nothing of operations."""
STORES = {
    "tracker_store": {"type": "assistant_am.stores.conversations.ConversationStore"},
    "lock_store": {"type": "assistant_am.stores.locks.ConversationLockStore"},
}


def write_endpoints(project: Project, settings: Settings, secret: str, target: Path) -> None:
    """Write endpoints.yml with this run's action port, its secret, and our stores.

    Rasa leaves an unset ``${VARIABLE}`` inside a URL as it is, so the file cannot do it itself.
    Where the stores write comes from the environment (AM_DONNEES, AM_BASE, AM_REDIS).
    """
    source = project.root / "endpoints.yml"
    endpoints: dict[str, Any] = yaml.safe_load(source.read_text(encoding="utf-8")) or {}
    actions = endpoints.get("action_endpoint") or {}
    endpoints["action_endpoint"] = {
        **actions,
        "url": f"{settings.actions_url}/webhook",
        "headers": {**(actions.get("headers") or {}), INTERNAL_HEADER: secret},
    }
    write_private(target, {**endpoints, **STORES})


def write_private(target: Path, content: dict[str, Any]) -> None:
    """Write YAML that only we can read: it may hold secrets."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        yaml.safe_dump(content, file, allow_unicode=True)
