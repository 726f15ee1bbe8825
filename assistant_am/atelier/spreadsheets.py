"""Entries as rows of a spreadsheet: files that Excel opens right, and what comes back of them.

Of a row that comes back, only the columns that are there count; a row that is missing removes
nothing. Texts that a spreadsheet would take for a formula are defused on the way out, and formulas
are refused on the way in.
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from assistant_am.french.fold import fold

Kind = Literal["faits", "contacts", "phrases"]
Row = dict[str, str]
"""Texts as one types them, by the names of the form's fields."""
MOST_ROWS = 20_000
LONGEST_FILE = 5_000_000
_LONGEST_UNPACKED = 80_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NINE_DIGITS = 9
KEY = "cle"


@dataclass(frozen=True)
class Sheet:
    """Columns: what stands above each, and the field that it is. The first names the entry."""

    title: str
    columns: tuple[tuple[str, str], ...]


SHEETS: dict[Kind, Sheet] = {
    "faits": Sheet(
        "Faits",
        (
            ("fait", KEY),
            ("intitulé", "libelle"),
            ("valeur", "valeur"),
            ("unité", "unite"),
            ("source", "source"),
            ("depuis", "date"),
            ("jusqu'au", "jusqu_au"),
        ),
    ),
    "contacts": Sheet(
        "Contacts",
        (
            ("contact", KEY),
            ("nom", "nom"),
            ("pour quoi", "pour_quoi"),
            ("téléphone", "telephone"),
            ("courriel", "courriel"),
            ("adresse web", "adresse_web"),
            ("départements", "departements"),
            ("source", "source"),
        ),
    ),
    "phrases": Sheet("Phrases", (("fiche", KEY), ("phrase", "phrase"), ("origine", "origine"))),
}
_DAYS = ("date", "jusqu_au")


class Unreadable(Exception):
    """The file cannot be read; the text says why, and the remedy, in French."""


@dataclass(frozen=True)
class Read:
    """A row of a file: the line on which it stands there, with its sheet's name."""

    kind: Kind
    where: str
    row: Row


def to_csv(kind: Kind, rows: Iterable[Row]) -> bytes:
    """UTF-8 with its mark, semicolons, as a French Excel expects."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([name for name, _ in SHEETS[kind].columns])
    for row in rows:
        writer.writerow(
            [_defused(_french_day(row.get(field, ""))) for _, field in SHEETS[kind].columns]
        )
    return buffer.getvalue().encode("utf-8-sig")


def to_workbook(sheets: dict[Kind, list[Row]]) -> bytes:
    """One sheet for each kind. Every cell is text: no digit of a telephone is lost."""
    book = Workbook(write_only=True)
    for kind, rows in sheets.items():
        sheet = book.create_sheet(SHEETS[kind].title)
        sheet.freeze_panes = "A2"
        for at, (_, field) in enumerate(SHEETS[kind].columns):
            wide = field in ("libelle", "phrase", "pour_quoi", "nom")
            sheet.column_dimensions["ABCDEFGHIJ"[at]].width = 60 if wide else 24
        header = [WriteOnlyCell(sheet, value=name) for name, _ in SHEETS[kind].columns]
        for cell in header:
            cell.font = Font(bold=True)
        sheet.append(header)
        for row in rows:
            sheet.append([_cell(sheet, row.get(field, "")) for _, field in SHEETS[kind].columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=_french_day(text))
    # A text even when it looks like a formula or a number.
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


def read(content: bytes) -> list[Read]:
    """The rows of a .xlsx or of a CSV. Raises Unreadable."""
    if len(content) > LONGEST_FILE:
        raise Unreadable("Ce fichier est trop gros : 5 Mo au plus.")
    if content.startswith(b"PK"):
        found = list(_of_workbook(content))
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            "C'est un ancien fichier d'Excel (.xls) : enregistrez-le en « Classeur Excel (.xlsx) »."
        )
    else:
        found = list(_of_csv(content))
    if not found:
        raise Unreadable("Ce tableau n'a aucune ligne sous ses titres de colonnes.")
    return found


def _of_workbook(content: bytes) -> Iterator[Read]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > _LONGEST_UNPACKED:
                raise Unreadable("Ce classeur est trop gros une fois ouvert.")
        book = load_workbook(io.BytesIO(content), read_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise Unreadable(
            "Ce classeur ne peut pas être lu : enregistrez-le de nouveau en .xlsx."
        ) from error
    for sheet in book.worksheets:
        yield from _rows(sheet.title, ([_shown(cell) for cell in row] for row in sheet.iter_rows()))


def _shown(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise Unreadable(
            f"La case {cell.coordinate} a une formule : collez-y la valeur (collage spécial)."
        )
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    return str(value)


def _of_csv(content: bytes) -> Iterator[Read]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from _rows("", reader)
    except csv.Error as error:
        raise Unreadable(f"Ce fichier n'est pas un tableau CSV ({error}).") from error


def _decoded(content: bytes) -> str:
    """As Excel may have saved it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("Ce fichier n'est pas un texte : enregistrez-le en « CSV UTF-8 ».")


def _rows(title: str, rows: Iterable[Sequence[str]]) -> Iterator[Read]:
    kind: Kind | None = None
    fields: list[str] = []
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise Unreadable(f"Plus de {MOST_ROWS} lignes : coupez ce fichier en plusieurs.")
        texts = [_armed(text.strip()) for text in cells]
        if not any(texts):
            continue
        if kind is None:
            kind, fields = _recognized(texts, title)
            continue
        where = f"{title}, ligne {number}" if title else f"ligne {number}"
        row = {field: text for field, text in zip(fields, texts, strict=False) if field}
        if "telephone" in row:
            row["telephone"] = _telephone(row["telephone"])
        yield Read(kind, where, row)


def _recognized(header: Sequence[str], title: str) -> tuple[Kind, list[str]]:
    """The kind of a sheet, by what stands above its first column, and the field of each column."""
    names = [fold(text).strip() for text in header]
    for kind, sheet in SHEETS.items():
        known = {fold(name): field for name, field in sheet.columns}
        if names[0] == fold(sheet.columns[0][0]):
            unknown = [text for text, name in zip(header, names, strict=True) if name not in known]
            if any(unknown):
                shown = ", ".join(f"« {each} »" for each in unknown if each)
                raise Unreadable(f"Colonne inconnue : {shown}. Gardez les titres de l'export.")
            return kind, [known.get(name, "") for name in names]
    place = f"La feuille « {title} »" if title else "Ce fichier"
    raise Unreadable(
        f"{place} ne commence pas par « fait », « contact » ou « fiche » : partez d'un export."
    )


def _defused(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _armed(text: str) -> str:
    """The apostrophe that `_defused` had put there."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _telephone(text: str) -> str:
    """Excel takes « 0243561212 » for a number, and drops its zero."""
    if text.isdigit() and len(text) == _NINE_DIGITS:
        text = f"0{text}"
    if text.isdigit() and len(text) == _NINE_DIGITS + 1:
        return " ".join(text[at : at + 2] for at in range(0, len(text), 2))
    return text


def _french_day(text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).strftime("%d/%m/%Y")
    except ValueError:
        return text
