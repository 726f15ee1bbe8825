"""The line of sources under an answer, with the real sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant_am.dialogue.part import source_note
from assistant_am.files.source import KINDS
from assistant_am.knowledge import load
from assistant_am.rendering.blocks import SourceNote

KNOWLEDGE = load(Path(__file__).resolve().parents[2] / "knowledge")
CITED = sorted(
    {part.sources for fiche in KNOWLEDGE.fiches.values() for part in (fiche, *fiche.variants)}
)


def note(*ids: str, remark: str = "") -> SourceNote:
    known = [KNOWLEDGE.sources[key] for key in ids]
    return source_note(known, remark)


@pytest.mark.parametrize(
    ("expected", "ids"),
    [
        ("Source\u00a0: Assurance Maladie (2024).", ["ameli_bdr"]),
        ("Sources\u00a0: Onisep, Akeia (éditeur privé, 2025).", ["onisep", "akeia"]),
        ("Source\u00a0: May'Santé LAB (association).", ["maysantelab"]),
        ("Source\u00a0: article de formation non signé (2024-2025).", ["article_formation"]),
        ("Source\u00a0: CPAM de la Mayenne.", ["cpam_mayenne"]),
        ("Source\u00a0: CPNEFP.", ["cpnefp_cqp", "cpnefp_36358", "cpnefp_vae"]),
        ("Source\u00a0: ameli.fr (2024).", ["ameli_juin_2024", "ameli_revalorisation"]),
    ],
)
def test_the_line_names_each_publisher_once_with_its_year(expected, ids):
    """No date of reading, no title, no address; what is not official says what it is."""
    assert expected == note(*ids).as_text()


def test_each_source_that_is_not_official_says_what_it_is():
    """An answer never hides that a seller, an association or a newspaper speaks."""
    for source in KNOWLEDGE.sources.values():
        kind = KINDS[source.kind]
        assert source.official or kind in note(source.id).as_text(), source.id
        assert source.official or kind in note(source.id).as_json()["sources"][0]["nom"], source.id


@pytest.mark.parametrize("ids", [ids for ids in CITED if ids], ids="-".join)
def test_the_line_is_short_for_every_answer(ids):
    """Whatever is cited, and the first source is always named."""
    line = note(*ids).as_text()
    assert len(line) <= 80
    assert line.split("\u00a0: ")[1].startswith(KNOWLEDGE.sources[ids[0]].short[:5])


def test_what_is_left_out_is_counted():
    """Too many publishers: the last ones are counted, not forgotten."""
    line = note(*(key for key in KNOWLEDGE.sources)).as_text()
    assert len(line) <= 80
    assert line.endswith(" autres.")


def test_the_remark_follows():
    """The reserve on an amount comes after the sources."""
    assert note("onisep", remark="Montant indicatif.").as_text() == (
        "Source\u00a0: Onisep. Montant indicatif."
    )


def test_the_json_keeps_names_addresses_and_dates():
    """A channel that shows links loses nothing."""
    source = KNOWLEDGE.sources["ameli_bdr"]
    assert note("ameli_bdr").as_json()["sources"] == [
        {"nom": source.short, "url": source.url, "relu": source.consulted.isoformat()}
    ]
