"""Saved text: what an editor wrote to the disk, read back, or told why it is no plain text."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from assistant_am.files.errors import KnowledgeError, Problem

# A byte order mark and Windows line ends are harmless; these characters are not text.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u00ad\u200b\u2028\u2029\u2060\ufeff\ufffd\ufffe\uffff]"
)
_NAMES = {
    "\x0b": "un retour à la ligne de Word (Maj+Entrée)",
    "\x0c": "un saut de page de Word",
    "\x1e": "un trait d'union insécable de Word",
    "\x1f": "un trait d'union conditionnel de Word",
    "\u00ad": "un trait d'union conditionnel, invisible,",
    "\u200b": "une espace invisible",
    "\u2028": "un retour à la ligne de traitement de texte",
    "\u2029": "une fin de paragraphe de traitement de texte",
    "\ufffd": "une lettre perdue (« \ufffd »)",
}


def read(file: Path) -> str:
    """The text of a file, lines ended by a line feed; raises KnowledgeError."""
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise KnowledgeError([Problem(file, 0, "le fichier n'existe pas : créez-le.")]) from error
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = (
            "le fichier n'est pas en UTF-8 (il est en « Unicode », UTF-16) : enregistrez-le "
            "avec l'encodage UTF-8."
        )
        raise KnowledgeError([Problem(file, 1, message)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "le fichier n'est pas en UTF-8 : enregistrez-le avec cet encodage."
        line = error.object.count(b"\n", 0, error.start) + 1
        raise KnowledgeError([Problem(file, line, message)]) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = [
        Problem(file, number, _told(match.group()))
        for number, line in enumerate(text.split("\n"), start=1)
        for match in _CONTROL.finditer(line)
    ]
    if found:
        raise KnowledgeError(found)
    return text


def _told(character: str) -> str:
    name = _NAMES.get(character, "un caractère invisible")
    return f"{name} s'est glissé dans cette ligne : effacez-le et retapez cet endroit à la main."
