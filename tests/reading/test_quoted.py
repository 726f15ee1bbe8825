"""The trade of somebody who is quoted is nobody's in the conversation."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant_am.knowledge import read_checked
from assistant_am.reading.situation import Reader

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(read_checked(ROOT / "knowledge", "lexique/entites.yml", "entites"))


@pytest.mark.parametrize(
    "text",
    [
        "ya une infirmiere elle ma dit regarde assistant medical",
        "ma secrétaire médicale me dit que c'est fini",
        "le cardiologue du dessus prétend que c'est 775",
        "mon confrère jure que c'est 775",
        "ma sœur elle est aide-soignante, elle. Et moi sans rien ?",
    ],
)
def test_who_is_quoted_is_not_described(reader, text):
    found = {entity.slot for entity in reader.read(text)}
    assert not found & {"profil", "specialite", "medecin"}


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("je suis infirmière, on me dit que c'est possible", "profil"),
        ("je suis une infirmière et on m'a dit de demander ici", "profil"),
        ("infirmière, qui me dit si c'est possible ?", "profil"),
        ("et ma sœur qui est aide-soignante, ça dure combien ?", "profil"),
        ("mon confrère a 700 patients", "medecin"),
        ("le Dr Martin dit qu'il est P92", "medecin"),
    ],
)
def test_who_speaks_or_is_described_is(reader, text, slot):
    assert slot in {entity.slot for entity in reader.read(text)}
