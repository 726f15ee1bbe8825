"""Names of doctors as people type them, and words after « docteur » that are none."""

from __future__ import annotations

import pytest

from assistant_am.reading import doctor_name

NAMES = {
    "Dr O'Neil P92 mi-temps": "Dr O'Neil",
    "Dr O’Neil P92 mi-temps": "Dr O'Neil",
    "le Dr D'Arc est à mi-temps": "Dr D'Arc",
    "le docteur D’Hondt est à P60": "Dr D'Hondt",
    "Dr L'Hermite, temps plein": "Dr L'Hermite",
    "le Dr de la Tour est à P92": "Dr de la Tour",
    "le Dr De La Tour est à P92": "Dr De La Tour",
    "Docteur de Villepin, P60": "Dr de Villepin",
    "Dr du Bellay mi-temps": "Dr du Bellay",
    "Dr des Forges mi-temps": "Dr des Forges",
    "Dr d'Ormesson mi-temps": "Dr d'Ormesson",
    "Dr Le Goff P92": "Dr Le Goff",
    "Dr le Goff P92": "Dr le Goff",
    "Dr Van der Berg P92": "Dr Van der Berg",
    "Dr van den Broek P92": "Dr van den Broek",
    "Dr von Braun P92": "Dr von Braun",
    "Dr El Amrani et Dr Ben Ali": ["Dr El Amrani", "Dr Ben Ali"],
    "Dr da Silva, Dr dos Santos": ["Dr da Silva", "Dr dos Santos"],
    "Dr McDonald P92": "Dr McDonald",
    "Dr N'Guyen P92": "Dr N'Guyen",
    "Dr Nguyễn P92": "Dr Nguyễn",
    "Dr Çelik P92": "Dr Çelik",
    "Dr Łukasz P92": "Dr Łukasz",
    "Dr 李 P92": "Dr 李",
    "Dr Иванов P92": "Dr Иванов",
    "Dr MARTIN P92 mi-temps": "Dr Martin",
    "Dr LE GOFF P92 mi-temps": "Dr Le Goff",
    "Dr Jean-Pierre Martin P92": "Dr Jean-Pierre Martin",
    "Dr Martin-Le-Goff": "Dr Martin-Le-Goff",
    "Dre Ève Martin est à mi-temps": "Dr Ève Martin",
    "dr martin": "Dr Martin",
    "je travaille avec le dr martin, il a 65 ans": "Dr Martin",
    "le dr martin est à mi-temps": "Dr Martin",
    "dr benali p92 mi temps": "Dr Benali",
    "dr. lemoine prend un mi-temps": "Dr Lemoine",
    "le dr o'neil est à p92": "Dr O'Neil",
    "le dr le goff est à p92": "Dr Le Goff",
    "dr de la tour p92, dr martin p60": ["Dr de la Tour", "Dr Martin"],
    "dr jean-pierre est à p92": "Dr Jean-Pierre",
    "dr noël est à p92": "Dr Noël",
    "DR MARTIN P92 MI-TEMPS": "Dr Martin",
    "DR MARTIN P92, DR O'NEIL P60": ["Dr Martin", "Dr O'Neil"],
}
NAMES |= {
    "Dr C est à P92": "Dr C",
    "Dr M a 1200 patients": "Dr M",
    "dr m a 1200 patients": "Dr M",
    "DR C EST A P92, DR D P60": ["Dr C", "Dr D"],
    "DR N A 900 PATIENTS": "Dr N",
    "Dr G 1300 patients, Dr P 900": ["Dr G", "Dr P"],
}
NOBODY = [
    "mon associée me souffle qu'on ferait mieux d'embaucher",
    "notre confrère nous a dit 36 000",
    "ma collègue soutient que c'est fini",
    "ON NOUS PREND PLUS CHEZ LE DOCTEUR C EST UNE ASSISTANTE QUI DIT NON",
    "LE DOCTEUR C QUI",
    "LE DOCTEUR N A PAS LE TEMPS",
    "LE DR M A DIT NON",
    "le dr m a dit non",
    "LE DR L EMBAUCHE",
    "LE DOCTEUR S EST FACHE",
    "LE DOCTEUR D A COTE",
    "le docteur d a coté",
    "le docteur a dit oui",
    "le dr a dit oui",
    "le docteur est à mi-temps",
    "le dr est à mi-temps",
    "le dr veut 2 etp",
    "le dr prend un assistant",
    "le dr avec 2 assistants",
    "le dr pour 1200 patients",
    "un docteur peut embaucher",
    "mon docteur doit signer",
    "docteur junior",
    "le docteur de Laval",
    "le docteur d'Angers",
    "le docteur du Mans",
    "le docteur d'à côté",
    "le docteur qui m'emploie",
    "le docteur m'a dit",
    "le docteur l'a dit",
    "le docteur n'est pas là",
    "le dr n'est pas là",
    "le dr m'a dit",
    "le dr c'est lui qui paie",
    "le dr qui m'embauche",
    "le dr dit que oui",
    "dr ou pas",
    "le dr et la secrétaire",
    "LE DR EST A MI-TEMPS",
    "LE DR VEUT 2 ETP",
    "le Dr ETP",
    "c'est le dr le plus proche",
    "le dr de la maison de santé",
    "le dr du village",
    "le dr traitant",
    "le dr remplaçant",
]


@pytest.mark.parametrize(("typed", "names"), NAMES.items())
def test_a_name_is_heard_as_it_is_typed(typed, names):
    heard = [each.value for each in doctor_name.read(typed)]
    assert heard == ([names] if isinstance(names, str) else names)


@pytest.mark.parametrize("typed", NOBODY)
def test_a_word_is_no_name(typed):
    assert [each.value for each in doctor_name.read(typed)] == []


@pytest.mark.parametrize("typed", ["Dr O'Neil P92", "le dr martin est là", "Dr de la Tour, P60"])
def test_the_words_of_the_name_are_told(typed):
    (name,) = doctor_name.read(typed)
    assert typed[name.start : name.end].lower().replace("’", "'") == name.value.lower()


def test_a_name_is_one_doctor_in_capitals_and_without():
    heard = {
        each.value
        for text in ("Dr O'Neil", "dr o'neil", "DR O’NEIL")
        for each in doctor_name.read(text)
    }
    assert heard == {"Dr O'Neil"}
