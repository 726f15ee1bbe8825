"""Facts, contacts and sentences go to Excel and come back, and nothing changes unseen."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest

from assistant_am.atelier import spreadsheets
from assistant_am.atelier.spreadsheets import Unreadable
from assistant_am.atelier.storehouse import Place

HEADER = "fait;intitulé;valeur;unité;source;depuis;jusqu'au\r\n"
LINE = "cqp_heures;Durée du CQP complet;{};heures;cpnefp_cqp;25/06/2025;25/06/2030\r\n"


def book_of(anne):
    return openpyxl.load_workbook(io.BytesIO(anne.get("/tableur/atelier.xlsx").content))


def give(anne, content, name="tableau.xlsx"):
    anne.get("/tableur")
    form = {"jeton": anne.form("/tableur")["jeton"]}
    files = {"tableur": (name, content)}
    return anne._keep(
        anne.http.post(anne.address + "/tableur", data=form, files=files, timeout=120)
    )


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row_of(sheet, key):
    return next(row for row in sheet.iter_rows() if row[0].value == key)


def test_what_excel_gets_and_gives_back_untouched_changes_nothing(anne, workshop):
    book = book_of(anne)
    assert book.sheetnames == ["Faits", "Contacts", "Phrases"]
    cells = [cell.value for cell in row_of(book["Faits"], "cqp_heures")]
    assert cells[2:4] == ["279", "heures"]
    assert cells[5] == "25/06/2025"
    give(anne, saved(book))
    assert anne.status == 200, anne.text[:900]
    assert "il n'y a rien à reprendre" in anne.text
    for kind in spreadsheets.SHEETS:
        give(anne, anne.get(f"/tableur/{kind}.csv").content, f"{kind}.csv")
        assert "il n'y a rien à reprendre" in anne.text, (kind, anne.text[:600])
    assert workshop.draft.changes() == ()


def test_the_differences_are_shown_before_anything_changes(anne, workshop):
    book = book_of(anne)
    row_of(book["Faits"], "cqp_heures")[2].value = 300
    row_of(book["Contacts"], "opco_ep")[3].value = 243561212
    book["Phrases"].append(["horaires", "à quelle heure ça ferme le soir", None])
    give(anne, saved(book))
    assert "Ce que ce tableau changerait (3)" in anne.text
    assert "Durée du CQP complet : 279 → 300 heures" in anne.text
    assert "téléphone : rien → 02 43 56 12 12" in anne.text, "le zéro qu'Excel a mangé"
    assert "1 ajoutée" in anne.text
    assert workshop.draft.changes() == ()
    anne.send("/tableur/garder", {})
    assert len(workshop.draft.changes()) == 3
    assert workshop.draft.entry(Place("faits", "cqp_heures"))["valeur"] == 300


def test_a_csv_as_a_french_excel_wants_and_writes_it(anne):
    content = anne.get("/tableur/faits.csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["fait", "intitulé", "valeur"]
    for encoding in ("utf-8-sig", "cp1252", "utf-16"):
        give(anne, (HEADER + LINE.format("1 300,5")).encode(encoding), "faits.csv")
        assert "279 → 1 300,5" in anne.text, (encoding, anne.text[:600])
    give(anne, (HEADER + LINE.format("300")).replace(";", "\t").encode("utf-16"), "faits.txt")
    assert "279 → 300" in anne.text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (LINE.format("300 heures"), "ligne 2 : « 300 heures » n'est pas un nombre"),
        (LINE.format("20.000"), "se lit de deux façons"),
        (LINE.format("300").replace("25/06/2025", "31/02/2026"), "date impossible"),
        (LINE.format("300").replace("cpnefp_cqp", "CPNEFP, novembre"), "source"),
        (LINE.format("300").replace(";heures;", ";h;"), "n'est pas possible"),
        (LINE.format("300").replace("cqp_heures", "Durée totale"), "n'est pas un nom"),
        (LINE.format("300") + LINE.format("310"), "écrit deux fois"),
    ],
)
def test_mistakes_are_said_with_their_line_and_nothing_is_taken(anne, workshop, line, words):
    give(anne, (HEADER + line).encode("utf-8-sig"), "faits.csv")
    assert anne.status == 422
    assert words in anne.text, anne.text[:700]
    anne.send("/tableur/garder", {})
    assert workshop.draft.changes() == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "aucune ligne"),
        (HEADER.encode(), "aucune ligne"),
        (b"nom;valeur\r\nx;1\r\n", "partez d'un export"),
        (b"fait;couleur\r\nx;1\r\n", "Colonne inconnue : « couleur »"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 50, "ancien fichier d'Excel"),
        (b"PK\x03\x04 rien", "ne peut pas être lu"),
        (b"x" * 5_000_001, "trop gros"),
    ],
)
def test_a_file_that_is_none_says_what_to_do(content, words):
    with pytest.raises(Unreadable, match=words):
        spreadsheets.read(content)


def test_a_workbook_that_grows_when_opened_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 90_000_000)
    with pytest.raises(Unreadable, match="trop gros une fois ouvert"):
        spreadsheets.read(packed.getvalue())


def test_formulas_are_defused_on_the_way_out_and_refused_on_the_way_in():
    evil = '=HYPERLINK("https://ailleurs.example")'
    rows = [{"cle": "x", "libelle": evil, "valeur": "-3", "unite": "@mois"}]
    text = spreadsheets.to_csv("faits", rows).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";"))[1][1:4] == [
        f"'{evil}",
        "'-3",
        "'@mois",
    ]
    read = spreadsheets.read(spreadsheets.to_csv("faits", rows))
    assert read[0].row["libelle"] == evil
    book = openpyxl.load_workbook(io.BytesIO(spreadsheets.to_workbook({"faits": rows})))
    assert book["Faits"]["B2"].data_type == "s"
    book["Faits"]["C2"].value = "=1+1"
    with pytest.raises(Unreadable, match="C2 a une formule"):
        spreadsheets.read(saved(book))
