"""A conversation in the terminal, over the REST channel."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable

from assistant_am.operations.rest import Message, RestClient, answers

PROMPT = "vous > "
GOODBYE = {"/quitter", "/quit", "/q"}
WELCOME = "Écrivez votre question. Un numéro choisit une réponse proposée ; /quitter pour finir."
SILENCE = "(Pas de réponse : l'assistant a un incident. Réessayez dans un instant.)"


def chat(
    client: RestClient,
    *,
    read: Callable[[str], str] = input,
    write: Callable[[str], None] = print,
) -> None:
    """Read lines and show the answers until /quitter, Ctrl-D or Ctrl-C.

    Raises UnreachableError when the server is gone.
    """
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - gives input() a history and line editing

    sender = f"terminal-{uuid.uuid4().hex}"
    buttons: list[tuple[str, str]] = []
    write(WELCOME)
    while True:
        try:
            typed = read(PROMPT).strip()
        except (EOFError, KeyboardInterrupt):
            write("")
            return
        if typed.lower() in GOODBYE:
            return
        if not typed:
            continue
        messages = client.say(chosen(typed, buttons), sender)
        text, buttons = shown(messages)
        write(text)


def chosen(typed: str, buttons: list[tuple[str, str]]) -> str:
    """Return the payload of the button whose number was typed, else the text itself."""
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(buttons):
        return buttons[int(typed) - 1][1]
    return typed


def shown(messages: list[Message]) -> tuple[str, list[tuple[str, str]]]:
    """Return the messages as text, their buttons numbered through, and these buttons."""
    if not messages:
        return f"\n{SILENCE}\n", []
    buttons: list[tuple[str, str]] = []
    lines = [""]
    for message in messages:
        lines += [part for part in (message.text, message.image) if part]
        for title, payload in message.buttons:
            buttons.append((title, payload))
            lines.append(f"  {len(buttons)}. {title}")
        lines.append("")
    return "\n".join(lines), buttons


def is_running(url: str) -> bool:
    """Tell whether an assistant's REST channel answers at this address."""
    return answers(f"{url}/webhooks/rest/")
