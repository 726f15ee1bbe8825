"""What is remembered between messages is bounded, and tells nothing of people."""

from __future__ import annotations

from assistant_am.channels.shared import choices as choices_module
from assistant_am.channels.shared import seen as seen_module
from assistant_am.channels.shared.choices import Choices
from assistant_am.channels.shared.identity import Identity
from assistant_am.channels.shared.seen import Seen
from assistant_am.rendering.blocks import Suggestion
from tests.clock import Clock


def test_numbers_expire():
    clock = Clock()
    offered = Choices(Identity(b"s", "sms"), clock)
    offered.offer("c", [Suggestion("A", "aa")], numbered=True)
    assert offered.typed("c", "1") == "aa"
    clock.now += choices_module.NUMBERED_SECONDS + 1
    assert offered.typed("c", "1") is None


def test_buttons_of_the_last_answers_only(monkeypatch):
    monkeypatch.setattr(choices_module, "MOST_BUTTONS", 3)
    monkeypatch.setattr(choices_module, "MOST_CONVERSATIONS", 2)
    offered = Choices(Identity(b"s", "sms"))
    keys = [
        offered.offer("c", [Suggestion(f"T{rank}", f"t{rank}")], numbered=False)[0]
        for rank in range(5)
    ]
    assert [offered.pressed("c", key) for key in keys] == [None, None, "t2", "t3", "t4"]
    assert offered.typed("c", "1") is None
    offered.offer("d", [Suggestion("D", "d")], numbered=False)
    offered.offer("e", [Suggestion("E", "e")], numbered=False)
    assert offered.pressed("c", keys[-1]) is None


def test_a_button_means_nothing_in_another_conversation():
    offered = Choices(Identity(b"s", "sms"))
    (key,) = offered.offer("c", [Suggestion("T", "t")], numbered=False)
    (other,) = offered.offer("d", [Suggestion("T", "t")], numbered=False)
    assert key != other
    assert offered.pressed("d", key) is None
    assert len(key.encode()) <= 64


def test_seen_forgets_after_a_day_and_beyond_a_number(monkeypatch):
    monkeypatch.setattr(seen_module, "MOST_KEPT", 2)
    clock = Clock()
    seen = Seen(clock)
    assert seen.first_time("a")
    assert not seen.first_time("a")
    clock.now += seen_module.KEPT_SECONDS
    assert seen.first_time("a")
    assert seen.first_time("b")
    assert seen.first_time("c")
    assert "a" not in seen
    assert "c" in seen


def test_names_are_keyed_and_of_one_channel():
    number = "+33600000000"
    name = Identity(b"secret", "twilio").conversation(number)
    assert name == Identity(b"secret", "twilio").conversation(number)
    assert name != Identity(b"autre", "twilio").conversation(number)
    assert name[7:] != Identity(b"secret", "telegram").conversation(number)[9:]
    assert number.strip("+") not in name
