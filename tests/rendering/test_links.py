"""The picture of an estimate, for who draws it in its own style."""

from __future__ import annotations

import datetime

from assistant_am import aid
from assistant_am.operations.project import Project
from assistant_am.rendering.links import picture_of


def test_the_bars_say_each_year_what_the_picture_shows() -> None:
    """Names, numbers and words, the same as in the text that stands for the picture."""
    parameters = aid.load(Project.here().root / "knowledge")
    today = datetime.date(2026, 11, 30)
    case = aid.Case.from_french(
        {"quotite": "0.5", "horizon": "5", "tranche": "p90_p94"}, parameters
    )
    picture = picture_of(aid.estimate(case, parameters, today)).as_json()
    assert [bar["valeur"] for bar in picture["barres"]] == [19000, 14000, 13000, 13000, 13000]
    assert picture["barres"][0]["nom"] == "1re\u00a0année"
    for bar in picture["barres"]:
        assert f"{bar['nom']}, {bar['texte']}" in picture["alternative"]
