"""The mended connectors, by the names that credentials.yml gives them (docs/canaux.md)."""

from __future__ import annotations

import logging

import jwt
import requests
from rasa.core.channels.botframework import BotFrameworkInput
from rasa.core.channels.mattermost import MattermostInput
from rasa.core.channels.rocketchat import RocketChatInput
from rasa.core.channels.slack import SlackInput
from rasa.core.channels.webexteams import WebexTeamsInput

from assistant_am.channels.shared.styles import Style
from assistant_am.channels.stock.mending import Manner, Mended
from assistant_am.rendering.blocks import Suggestion
from assistant_am.runtime.quiet_logs import log_failure

logger = logging.getLogger(__name__)

ISSUER = "https://api.botframework.com"
_CODE = ("```\n", "\n```")


def _teams_button(choice: Suggestion) -> dict[str, str]:
    return {"type": "imBack", "title": choice.title, "value": choice.say}


class Slack(Mended, SlackInput):
    """Its answers are plain text, in which marks of bold would be seen."""

    manner = Manner(Style(longest=3000, most=3), most_buttons=5)


class Mattermost(Mended, MattermostInput):
    manner = Manner(
        Style(longest=4000, most=3, bold=("**", "**"), monospace=_CODE),
        most_buttons=5,
        needs_key=True,
    )


class RocketChat(Mended, RocketChatInput):
    manner = Manner(
        Style(longest=4000, most=3, bold=("*", "*"), monospace=_CODE),
        most_buttons=5,
        needs_key=True,
    )


class Webex(Mended, WebexTeamsInput):
    manner = Manner(Style(longest=4000, most=3), most_buttons=0, needs_key=True)


class Teams(Mended, BotFrameworkInput):
    """Starts without Microsoft, checks who signed, and has buttons that work."""

    manner = Manner(
        Style(longest=4000, most=3, bold=("**", "**")), most_buttons=6, button=_teams_button
    )

    def _update_cached_jwk_keys(self) -> None:
        try:
            super()._update_cached_jwk_keys()
        except requests.RequestException as error:
            # Calls signed by keys we do not have are refused; the next one asks for them again.
            log_failure(logger, "Clés de Microsoft non lues", error)

    def _validate_jwt_token(self, jwt_token: str) -> None:
        """Rasa's own takes the algorithm from the token, and a token of any issuer."""
        name = jwt.get_unverified_header(jwt_token).get("kid")
        if name not in self.jwt_keys:
            raise jwt.InvalidKeyError("unknown key")
        key = jwt.PyJWK.from_dict(self.jwt_keys[name], algorithm="RS256")
        jwt.decode(jwt_token, key=key, audience=self.app_id, issuer=ISSUER, algorithms=["RS256"])
