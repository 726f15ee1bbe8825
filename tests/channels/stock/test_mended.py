"""Our classes before Rasa's connectors: every answer is shown, and not everybody is believed."""

from __future__ import annotations

from functools import partial

import pytest
import requests

from assistant_am.channels.stock import connectors
from assistant_am.runtime.settings import WrongSetting
from tests.channels.shared.serving import serving
from tests.channels.stock.conftest import KEY, SAID, activity, drive

MANY = {
    **SAID,
    "buttons": [{"title": f"T{rank}", "payload": f"choix {rank}"} for rank in range(7)],
}


def asked(served, text="bonjour", key=KEY):
    """A message by Mattermost, which signs nothing."""
    question = {"text": f"@bot {text}", "trigger_word": "@bot", "user_id": "u", "channel_id": "c"}
    hook = f"{served.url}/webhooks/mattermost/webhook"
    return requests.post(hook, params={"cle": key}, json=question, timeout=20)


def mattermost(platform):
    given = {"url": platform.url, "token": "jeton", "webhook_url": "https://x.example", "cle": KEY}
    return connectors.Mattermost.from_credentials(given)


def test_mended_every_button_is_shown_and_no_account_stored(platform, settings):
    with serving([mattermost(platform)]) as served:
        served.agent.script["bonjour"] = MANY
        assert asked(served).status_code == 200
        first, second = platform.wait(2)
        titles = [
            action["name"]
            for sent in (first, second)
            for action in sent["props"]["attachments"][0]["actions"]
        ]
        assert titles == [f"T{rank}" for rank in range(7)]
        assert first["message"] == "**Une** réponse."
        (message,) = served.agent.said
        assert message.sender_id.startswith("mattermost-")
        assert message.metadata == {}


def test_mended_a_call_without_the_key_is_refused(platform, settings):
    with serving([mattermost(platform)]) as served:
        assert asked(served, key="").status_code == 403
        assert asked(served, key="x" * 32).status_code == 403
        assert served.agent.heard == []


def test_mended_no_command_and_no_endless_text(platform, settings):
    with serving([mattermost(platform)]) as served:
        asked(served, "/restart")
        asked(served, "mot " * 400)
        assert served.agent.heard == ["restart"]
        assert "1 000 caractères" in platform.wait(2)[1]["message"]


@pytest.mark.parametrize("name", ["Mattermost", "RocketChat", "Webex"])
def test_mended_a_key_is_demanded_where_nothing_is_signed(name):
    with pytest.raises(WrongSetting, match="cle"):
        getattr(connectors, name).from_credentials({"token": "jeton", "cle": "court"})


def test_mended_webex_lists_what_can_be_asked(platform, monkeypatch, settings):
    from rasa.core.channels import webexteams

    api = partial(webexteams.WebexTeamsAPI, base_url=f"{platform.url}/v1/")
    monkeypatch.setattr(webexteams, "WebexTeamsAPI", api)
    platform.answers["/v1/messages/m1"] = {"personId": "p", "roomId": "r", "text": "bonjour"}
    platform.answers["/v1/people/me"] = {"id": "moi"}
    with serving([connectors.Webex.from_credentials({"access_token": "j", "cle": KEY})]) as served:
        drive(served)
        event = {"resource": "messages", "event": "created", "data": {"id": "m1"}}
        hook = f"{served.url}/webhooks/webexteams/webhook?cle={KEY}"
        requests.post(hook, json=event, timeout=20)
        sent = platform.wait(1, "/v1/messages")
        assert sent == [{"roomId": "r", "text": "Une réponse.\n \n• Durée"}]


def test_mended_teams_has_buttons_that_work(platform, microsoft, settings):
    with serving([connectors.Teams("app", "mot de passe")]) as served:
        drive(served)
        hook = f"{served.url}/webhooks/botframework/webhook"
        for token in (microsoft(iss="https://autre.example"), microsoft(aud="autre")):
            refused = {"Authorization": f"Bearer {token}"}
            answer = requests.post(hook, json=activity(platform), headers=refused, timeout=20)
            assert answer.status_code == 401
        bearer = {"Authorization": f"Bearer {microsoft()}"}
        requests.post(hook, json=activity(platform), headers=bearer, timeout=20)
        (sent,) = platform.wait(1, "/v3/conversations/c/activities")
        (card,) = sent["attachments"]
        assert card["content"]["buttons"] == [
            {"type": "imBack", "title": "Durée", "value": "combien de temps"}
        ]
        assert served.agent.heard == ["bonjour"]
