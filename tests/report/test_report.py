"""What the coordinator is shown, and what nobody is shown."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest

from assistant_am.channels.web.feedback import Feedback
from assistant_am.channels.web.sessions import References
from assistant_am.meaning import Emergency, Meaning, Request
from assistant_am.operations.report.page import page
from assistant_am.operations.report.sheets import sheets
from assistant_am.operations.report.write import write
from assistant_am.operations.suggestions import propose
from assistant_am.runtime.masking import mask
from tests.report.conftest import SECRET

TRAINING = {"sujet": "duree_formation"}


def shown(found, *, texts=False):
    return page(found.figures, found.discretion, texts=texts)


def missed(told, text, *persons, **options):
    for person in persons:
        told.turn(person, text, "saluer", "incompris", **options)


def test_subjects_are_counted_by_answers_and_persons(told, found):
    told.turn("a", "combien de temps dure la formation ?", thread=TRAINING)
    told.turn("a", "et la durée ?", thread=TRAINING)
    told.turn("b", "durée", thread=TRAINING)
    (subject,) = found().figures.subjects
    assert (subject.label, subject.answers, subject.persons) == ("Durée de la formation", 3, 2)


def test_a_greeting_is_no_answer_of_the_subject_before_it(told, found):
    told.turn("a", "durée", thread=TRAINING)
    told.turn("a", "merci", "remercier", thread=TRAINING)
    assert found().figures.subjects[0].answers == 1


def test_thumbs_are_those_of_the_fiche_that_answered(told, found, tmp_path):
    told.turn("visiteur-a", "durée", thread=TRAINING, message="m-1")
    told.turn("visiteur-a", "merci", "remercier", thread=TRAINING, message="m-2")
    references, feedback = References(SECRET), Feedback(tmp_path, 30)
    for message, opinion in (("m-1", "inutile"), ("m-2", "utile")):
        reference = references.make("visiteur-a", message)
        asyncio.run(feedback.save("visiteur-a", reference, opinion, "trop long"))
    by_label = {each.label: each for each in found().figures.subjects}
    assert (
        by_label["Durée de la formation"].useful,
        by_label["Durée de la formation"].useless,
    ) == (0, 1)
    assert found().figures.reasons == (("Durée de la formation", "trop long"),)
    assert "trop long" not in shown(found())
    assert "trop long" in shown(found(), texts=True)


def test_weeks_are_whole_even_when_nothing_was_asked(told, found):
    told.turn("a", "durée", thread=TRAINING, days_ago=1)
    told.turn("b", "durée", thread=TRAINING, days_ago=15)
    told.turn("c", "durée", thread=TRAINING, days_ago=200)
    weeks = found(weeks=3).figures.weeks
    assert [week.messages for week in weeks] == [1, 0, 1]
    assert all(week.monday.weekday() == 0 for week in weeks)


def test_incidents_and_emergencies_are_counted(told, found):
    told.turn("a", "durée", answered=False)
    told.turn("b", "durée", said={"bande": "incident"})
    told.turn("c", "il ne respire plus", "urgence", emergency=Emergency("vital", plain=True))
    figures = found().figures
    assert (figures.total("incidents"), figures.total("emergencies")) == (2, 1)
    assert figures.subjects == ()


def test_a_doubtful_emergency_keeps_its_answer(told, found):
    doubtful = Emergency("vital", plain=False)
    told.turn("a", "durée ? j'ai mal au cœur", thread=TRAINING, emergency=doubtful)
    figures = found().figures
    assert figures.total("emergencies") == 0
    assert figures.subjects[0].answers == 1


@pytest.mark.parametrize("label", ["aucune", "reponse", "non_couvert"])
def test_what_names_no_subject_is_no_answer_of_the_one_before(told, found, label):
    told.turn("a", "ah bon", label, thread=TRAINING)
    assert found().figures.subjects == ()


def test_questions_that_no_fiche_answers_are_grouped_apart(told, found):
    for person in ("a", "b", "c"):
        told.turn(person, "quel est le prix du stationnement", "non_couvert", thread=TRAINING)
    figures = found().figures
    assert figures.groups == () and figures.total("missed") == 0
    assert [(group.persons, group.size) for group in figures.uncovered] == [(3, 3)]
    assert "stationnement" in shown(found())


def test_each_request_of_a_message_is_a_question(told, found):
    requests = (
        Request("duree_formation", 0.9, text="combien dure la formation", end=25),
        Request("hors_sujet", 0.9, "hors_sujet", text="et le menu de midi", start=26),
    )
    text = "combien dure la formation et le menu de midi"
    told.turn("a", text, thread=TRAINING, meaning=Meaning(text, requests))
    figures = found().figures
    assert [text for group in figures.groups for text, _ in group.texts] == ["et le menu de midi"]
    assert figures.subjects[0].answers == 1


def test_a_message_kept_from_before_this_reading_is_only_counted(told, found):
    told.turn("a", "durée", thread=TRAINING, parsed={"segments": [{"texte": "durée"}]})
    figures = found().figures
    assert (figures.total("messages"), figures.total("missed"), figures.subjects) == (1, 0, ())


def test_a_message_counts_once_in_the_picture(told, found):
    missed(told, "blabla", "a")
    told.turn("b", "euh", trust="hesitant")
    week = found(weeks=1).figures.weeks[0]
    assert (week.messages, week.missed, week.unsure) == (2, 1, 1)


def test_the_supervisors_own_question_is_not_counted(told, found):
    told.turn("canari-123", "Qu'est-ce qu'un assistant médical ?", thread=TRAINING)
    assert found().figures.persons == 0


def test_estimates_left_on_the_way_are_counted_by_the_last_question(told, found):
    told.turn("a", "aide", thread={"sujet": "montant_aide", "question": "quotite", "guide": True})
    told.turn("b", "aide", thread={"sujet": "montant_aide", "question": "quotite", "guide": False})
    ((question, count),) = found().figures.unfinished
    assert count == 1
    assert question.endswith("?")


def test_questions_alike_are_one_group_whatever_their_spelling(told, found):
    missed(told, "quel est le prix du stationnement", "a", "b")
    missed(told, "Quel prix pour le stationement ?", "c")
    missed(told, "y a-t-il une piscine", "d")
    groups = found().figures.groups
    assert [(group.persons, group.size) for group in groups] == [(3, 3), (1, 1)]


def test_words_of_fewer_than_three_persons_are_only_counted(told, found):
    missed(told, "quel est le prix du stationnement", "a", "b")
    told.turn("a", "quel est le prix du stationnement", "saluer", "incompris")
    assert found().figures.groups[0].size == 3
    assert "stationnement" not in shown(found())
    assert "stationnement" in shown(found(), texts=True)
    missed(told, "quel est le prix du stationnement", "c")
    assert "stationnement" in shown(found())


@pytest.mark.parametrize(
    "text, secret",
    [
        ("je suis Hippolyte Zwygart, quel est le prix du stationnement", "Zwygart"),
        ("mme zwygart demande le prix du stationnement", "zwygart"),
        ("prix du stationnement à 53940 svp", "53940"),
        ("le prix du stationnement pour Marie", "Marie"),
        ("prix du stationnement 06 12 34 56 78", "06 12"),
    ],
)
def test_a_name_that_one_person_wrote_is_hidden_in_the_group(told, found, text, secret):
    missed(told, "quel est le prix du stationnement", "a", "b", "c")
    missed(told, text, "d", message="m9")
    for name in ("a", "b", "c"):  # the text with the name becomes the typical one of no group
        missed(told, "prix du stationnement", name)
    shared = found()
    assert secret not in shown(shared)
    assert secret not in json.dumps(sheets(shared.figures, shared.discretion, texts=False))
    assert secret not in shared.discretion.shown(mask(text))


def test_discretion_leaves_what_everybody_says(told, found):
    discretion = found().discretion
    text = "Quelle aide la CPAM donne en 2026 ? Pour un AM à mi-temps"
    assert discretion.shown(text) == text


def test_the_page_needs_nothing_else_and_runs_nothing(told, found):
    missed(told, "<script>alert(1)</script> & le prix", "a", "b", "c")
    told.turn("a", "durée", thread=TRAINING)
    html = shown(found())
    assert "<script" not in html
    assert not re.search(r'(?:src|href)="(?!#)', html)
    ElementTree.fromstring(html[html.index("<svg") : html.index("</svg>") + 6])
    assert "Sources à relire" in html


def test_a_report_on_nothing_is_a_report(found):
    html = shown(found())
    assert "Aucune." in html and "Aucun." in html


def test_tables_open_in_a_spreadsheet_and_run_nothing_there(told, found, tmp_path):
    missed(told, "=2+5 le prix", "a", "b", "c")
    folder = tmp_path / "rapport"
    path = write(found(), folder, texts=True)
    assert path.stat().st_mode & 0o077 == 0
    content = (folder / "questions.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert rows[0]["question"] == "'=2+5 le prix"
    assert rows[0]["personnes_du_groupe"] == "3"
    assert {each.name for each in folder.iterdir()} == {
        "rapport.html", "semaines.csv", "sujets.csv", "questions.csv", "estimations.csv",
        "sources.csv", "sans_fiche.csv",
    }  # fmt: skip


def test_a_suggestion_names_the_file_of_the_likest_subject(told, found):
    missed(told, "la formation dure combien de temps en heures", "a", "b")
    missed(told, "combien de temps dure la formation en heures ?", "c")
    missed(told, "xyzzy qwrt", "d", "e", "f")
    shared = found()
    proposals = propose(shared.figures.groups, shared.sentences, shared.discretion, texts=False)
    training, strange = sorted(proposals, key=lambda each: -each.likeness)
    assert training.file is not None and training.file.name == "duree_formation.yml"
    assert "la formation dure combien de temps en heures" in training.lines
    assert strange.intent is None


def test_a_suggestion_shows_no_wording_with_a_name(told, found):
    missed(told, "la formation dure combien de temps", "a", "b", "c")
    missed(told, "la formation de Zwygart dure combien de temps", "d")
    shared = found()
    (proposal,) = propose(shared.figures.groups, shared.sentences, shared.discretion, texts=False)
    assert not any("Zwygart" in line for line in proposal.lines)
    assert len(proposal.lines) == 1
