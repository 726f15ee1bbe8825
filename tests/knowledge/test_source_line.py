"""The line of sources under an answer, with the real sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant_am.knowledge import load
from assistant_am.rendering.blocks import Origin, SourceNote

KNOWLEDGE = load(Path(__file__).resolve().parents[2] / "knowledge")
CITED = sorted(
    {part.sources for fiche in KNOWLEDGE.fiches.values() for part in (fiche, *fiche.variants)}
)


def note(*ids: str, remark: str = "") -> SourceNote:
    known = [KNOWLEDGE.sources[key] for key in ids]
    return SourceNote(tuple(Origin(s.short, s.url, s.consulted) for s in known), remark)


@pytest.mark.parametrize(
    ("expected", "ids"),
    [
        ("Source\u00a0: Assurance Maladie (2024).", ["ameli_bdr"]),
        ("Sources\u00a0: Onisep, Akeia (2025).", ["onisep", "akeia"]),
        ("Source\u00a0: CPNEFP.", ["cpnefp_cqp", "cpnefp_36358", "cpnefp_vae"]),
        ("Source\u00a0: ameli.fr (2024).", ["ameli_juin_2024", "ameli_revalorisation"]),
    ],
)
def test_the_line_names_each_publisher_once_with_its_year(expected, ids):
    """No date of reading, no title, no address."""
    assert expected == note(*ids).as_text()


@pytest.mark.parametrize("ids", [ids for ids in CITED if ids], ids="-".join)
def test_the_line_is_short_for_every_answer(ids):
    """Ninety characters at most, whatever is cited, and the first source is always named."""
    line = note(*ids).as_text()
    assert len(line) <= 90
    assert line.split("\u00a0: ")[1].startswith(KNOWLEDGE.sources[ids[0]].short[:5])


def test_what_is_left_out_is_counted():
    """Too many publishers: the last ones are counted, not forgotten."""
    line = note(*(key for key in KNOWLEDGE.sources)).as_text()
    assert len(line) <= 90
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
