"""The picture and the printable page of a projection."""

from __future__ import annotations

import struct
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant_am import aid
from assistant_am.rendering import page, picture

TODAY = date(2026, 11, 22)
PARAMS = aid.load(Path(__file__).resolve().parents[2] / "knowledge")
HALF_TIME = aid.Case(fte=0.5, band="p90_p94", contract_date=date(2024, 1, 10))


def project(case: aid.Case, horizon: int = 5) -> aid.Projection:
    return aid.project(case, PARAMS, TODAY, horizon)


@pytest.mark.parametrize(
    ("case", "horizon"),
    [
        (HALF_TIME, 5),
        (aid.Case(fte=1), 10),
        (aid.Case(), 10),
        (aid.Case(fte=2, band="p95_plus"), 3),
        (aid.Case(fte=1, band="p30_p89"), 1),
    ],
    ids=["half time", "band unknown", "nothing known", "second assistant", "one year"],
)
def test_any_projection_can_be_drawn(case: aid.Case, horizon: int, tmp_path: Path) -> None:
    path = tmp_path / "aide.png"
    picture.draw(project(case, horizon), path)
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    width, _ = struct.unpack(">II", data[16:24])
    assert width >= 1080  # a phone's screen, without enlarging


def test_the_picture_has_its_amounts_source_and_date_as_text() -> None:
    text = picture.svg(project(HALF_TIME))
    root = ElementTree.fromstring(text)
    written = " ".join("".join(root.itertext()).split())
    for expected in ("18 000 €", "14 000 €", "13 000 €", "Assurance Maladie", "22 novembre 2026"):
        assert expected in written
    assert root.get("role") == "img"
    assert root.get("aria-label") == picture.alternative(project(HALF_TIME))


def test_the_same_projection_gives_the_same_picture() -> None:
    assert picture.svg(project(HALF_TIME)) == picture.svg(project(HALF_TIME))


def test_a_refusal_is_not_drawn(tmp_path: Path) -> None:
    refused = project(aid.Case(sector="non_conventionne"))
    with pytest.raises(ValueError, match="Aucun montant"):
        picture.draw(refused, tmp_path / "aide.png")


def test_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.png"):
        picture.draw(project(HALF_TIME), tmp_path / "aide.gif")


def test_the_page_has_a_main_part_and_its_figures_under_their_header() -> None:
    """A screen reader jumps to `main`; the day a year begins stands there when it is known."""
    dated, undated = page.render(project(HALF_TIME)), page.render(project(aid.Case(fte=0.5)))
    for text in (dated, undated):
        assert text.index("<main>") < text.index("<h1>") < text.index("</main>")
        assert text.index("</main>") < text.index("<footer>")
        assert '<th scope="col" class="montant">Maximum</th>' in text
        assert "non précisé" not in text
        head, rows = text.count('<th scope="col"'), text.count('<tr><th scope="row"')
        assert text.count("<td") == rows * (head - 1), "a cell for each column"
    assert ">Début<" in dated
    assert ">Début<" not in undated


def test_the_page_stands_alone_and_holds_everything(tmp_path: Path) -> None:
    path = tmp_path / "aide.html"
    page.write(project(HALF_TIME), path)
    text = path.read_text(encoding="utf-8")
    HTMLParser().feed(text)
    for expected in (
        "<svg", "Votre situation", "Étapes du calcul", "Sources", "À savoir",
        "Calculé le", "10\u00a0janvier\u00a02024", "18\u00a0000\u00a0€",
    ):  # fmt: skip
        assert expected in text
    assert "src=" not in text
    assert "<link" not in text
    assert "<script" not in text


def test_the_page_of_a_refusal_has_reasons_and_no_amount() -> None:
    text = page.render(project(aid.Case(sector="secteur_2_hors_optam")))
    assert "En adhérant à l&#x27;OPTAM" in text
    assert "<svg" not in text
    assert "€" not in text
