"""Direct questions about the amount: the figure first, as exact as the question."""

from __future__ import annotations

import pytest

MONTANT = "demander_montant_aide"


@pytest.mark.parametrize(
    ("question", "expected", "absent"),
    [
        ("aide mi-temps 2e année", "14 000 € par an au maximum", "28 000"),
        ("aide mi tps 2e année p92 ?", "14 000 € par an au maximum", "28 000"),
        ("P96 mi tps 4e annee cb svp", "19 000 € par an au maximum", "38 000"),
        ("1 ETP 3e année P30 ancienne convention", "21 000 € par an au maximum", "22 000"),
        ("option 2 ETP, 3e année, P92", "52 000 € par an au maximum", "39 000"),
        ("signé le 1er mars 2023, temps plein, 2e année", "27 000 € par an au maximum", "28 000"),
        (
            "signé le 1er septembre 2023, temps plein, 2e année",
            "28 000 € par an au maximum",
            "27 000",
        ),
    ],
)
def test_a_precise_question_gets_one_figure(talk, question, expected, absent):
    """The amount asked stands in the first sentence, and not its neighbour's."""
    answer = talk.say(question, MONTANT)
    assert expected in answer.split("\n")[0].replace("**", "")
    assert absent not in answer


def test_the_exception_of_the_largest_panels_is_said(talk):
    """« aide mi-temps 2e année » does not hide that P95 and more get another amount."""
    assert "19 000 € à partir du P95" in talk.say("aide mi-temps 2e année", MONTANT)


def test_a_raise_that_has_not_begun_is_announced(talk):
    """P92 in year 2 learns that the raise begins in year 3."""
    assert "commence en 3e année" in talk.say("mi-temps 2e année P92", MONTANT)


def test_a_broad_question_gets_a_short_table(talk):
    """Nothing known: three lines, two columns, the exceptions below."""
    answer = talk.say("quel est le montant de l'aide ?", MONTANT)
    for figure in ("19 000", "38 000", "14 000", "28 000", "11 000", "22 000"):
        assert figure in answer
    assert len(answer.split("\n")) <= 10


def test_a_sum_over_years(talk):
    """« sur trois ans » is a sum, said first."""
    answer = talk.say("total sur 3 ans, temps plein, P60", MONTANT)
    assert answer.startswith("**88 000 € au maximum** sur 3 ans")


def test_the_gap_between_two_working_times(talk):
    """Two values of one input are compared, the gap first."""
    answer = talk.say("différence entre mi-temps et temps plein la 1re année", MONTANT)
    assert "19 000 € de plus par an" in answer.split("\n")[0]
    assert "38 000" in answer


def test_the_gap_between_two_scales_in_percent(talk):
    """Before and after June 2024: euros and percent."""
    answer = talk.say("diff ancien/nouveau mi tps an 1 ?", MONTANT)
    assert "1 000 € de plus par an" in answer
    assert "+5,56 %" in answer


def test_the_drop_between_two_years(talk):
    """« de combien ça baisse entre la 1re et la 2e année » answers with the drop."""
    assert "5 000 € de moins par an" in talk.say(
        "baisse entre la 1re et la 2e année à mi-temps", MONTANT
    )


def test_amounts_read_elsewhere_are_recognised(talk):
    """Somebody quotes three amounts: they are those of a half-time post."""
    answer = talk.say("g lu 19000 14000 11000 c pr mi tps ou tps plein ??", MONTANT)
    assert "un mi-temps" in answer.split("\n")[0]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("25e percentile, mi-temps 1re année", "P30"),
        ("temps plein 1re année, secteur 2 sans OPTAM", "OPTAM"),
        ("2e assistant hors ZIP, 2 ETP, année 3", "ZIP"),
        ("600 patients, généraliste, mi-temps, année 1", "775"),
        ("temps plein, année 1, je suis radiologue", "spécialité"),
    ],
)
def test_a_refusal_names_its_reason_and_promises_nothing(talk, question, reason):
    """The condition comes first, and no amount of the refused aid is promised."""
    first = talk.say(question, MONTANT).split("\n")[0]
    assert first.startswith("**Pas d'aide dans cette situation.**")
    assert reason.lower() in first.lower()
    assert "€" not in first


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("aide pour un AM à 80 %", "0,8 ETP"),
        ("aide pour 1/3 ETP", "mai 2023"),
        ("mi-temps année 0", "année"),
        ("mi-temps percentile 150", "percentile"),
        ("temps plein avec -3 patients", "patients"),
    ],
)
def test_what_the_rules_do_not_cover_is_said(talk, question, expected):
    """Outside the tables: what is known and who decides, never 0 and never an extrapolation."""
    answer = talk.say(question, MONTANT)
    assert expected.lower() in answer.lower()
    assert " 0 €" not in answer


def test_a_contradiction_is_asked_again(talk):
    """800 patients and « sous P30 » exclude each other for a GP: no computation."""
    answer = talk.say("généraliste, 800 patients, sous P30, temps plein année 1", MONTANT)
    assert "38 000" not in answer
    assert talk.memory.pending is not None


def test_steps_can_be_shown(talk):
    """« Détail du calcul » lists what was read and where."""
    talk.say("mi-temps 3e année P92", MONTANT)
    assert "13 000 €" in talk.say("montre le calcul", "demander_calcul")


def test_a_second_assistant_without_more_gets_both_options(talk):
    """« et avec un deuxième AM ? » shows 1.5 and 2 ETP, as totals for both assistants."""
    talk.say("temps plein 3e année P60", MONTANT)
    assert "Avec un 2e AM ?" in talk.buttons
    answer = talk.say("et avec un deuxième AM ?")
    assert "33 000 €" in answer
    assert "44 000 €" in answer
    assert "au total pour les deux AM" in answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("contrat de 2022, temps plein, 2e année", "27 000 €"),
        ("contrat de 2025, temps plein, 2e année", "28 000 €"),
        ("contrat de 2023, temps plein, 2e année", "date exacte"),
        ("contrat de 2023, temps plein", "date exacte"),
    ],
)
def test_a_year_of_signature_alone(talk, question, expected):
    """The year settles the scale, or the day is asked: never the new scale by default."""
    assert expected in talk.say(question, MONTANT)


POSTS = ("mi-temps", "temps plein", "option 1,5 ETP", "option 2 ETP")
OPENINGS = [
    f"{post}{year}{band}"
    for post in POSTS
    for year in (", 1re année", ", 3e année", " sur 5 ans", "")
    for band in ("", ", P92")
]


@pytest.mark.parametrize("opening", OPENINGS)
def test_every_button_of_an_amount_is_answered(new_talk, opening):
    """Each button, then each of the next ones: amounts, no incident, no refusal of our own words.

    Two assistants in year 1 are refused, whatever comes before.
    """
    first = new_talk()
    first.say(opening, MONTANT)
    for button in first.reply.buttons():
        talk = new_talk()
        talk.say(opening, MONTANT)
        _press(talk, button)
        for following in talk.reply.buttons():
            again = new_talk()
            again.say(opening, MONTANT)
            _press(again, button)
            _press(again, following)


def _press(talk, button):
    intent = "" if button.say.startswith("et ") else _INTENTS.get(button.say, "")
    answer = talk.say(button.say, intent)
    assert answer
    assert "ce que je peux montrer" not in answer
    assert answer.count("seule votre CPAM décide") <= 1


_INTENTS = {
    "Montrez-moi le détail du calcul": "demander_calcul",
    "Estimer mon aide": "demander_estimer_aide",
}


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        ("option 1,5 ETP", "165 000 € au maximum"),
        ("option 2 ETP", "198 000 € au maximum"),
    ],
)
def test_two_assistants_over_five_years(talk, post, expected):
    """Years 1 and 2 are those of one full-time assistant, and that is said."""
    talk.say(f"{post}, 3e année", MONTANT)
    answer = talk.say("et sur les 5 premières années ?")
    assert expected in answer
    assert "38 000 € la 1re année, 28 000 € la 2e année" in answer
    assert "avant, c'est le montant d'un seul AM à temps plein" in answer


def test_five_years_then_two_assistants(talk):
    """« Aide temps plein sur 5 ans », then « option 2 ETP »."""
    talk.say("aide temps plein sur 5 ans", MONTANT)
    answer = talk.say("option 2 ETP")
    assert "44 000 € par an de la 3e à la 5e année" in answer


def test_two_assistants_in_a_year_in_total_have_the_option_s_amount(talk):
    """« au total » of two assistants is not a sum over the years before."""
    answer = talk.say("2e AM à temps plein, 3e année, P50, au total ?", MONTANT)
    assert "44 000 € par an au maximum" in answer
    assert "66 000" not in answer


@pytest.mark.parametrize(
    ("before", "cited", "expected"),
    [
        ("temps plein 1re année ancien barème", "38 000 €", "c'est exact"),
        ("temps plein 1re année", "36 000 €", "était exact avant juin 2024"),
        ("temps plein 1re année", "36 000 €", "c'est aujourd'hui 38 000 €"),
        ("temps plein 1re année", "22 000 €", "3e année et suivantes"),
        ("temps plein 1re année", "17 400 €", "n'est ni dans le barème actuel"),
    ],
)
def test_an_amount_cited_is_judged_in_both_scales(talk, before, cited, expected):
    talk.say(before, MONTANT)
    assert expected in talk.say(f"ameli écrit {cited}", MONTANT)


def test_a_duration_beyond_what_is_shown_is_said_in_words(talk):
    """« 11 ans »: how far amounts are shown, and no word of the code."""
    answer = talk.say("mi-temps sur 11 ans", MONTANT)
    assert "jusqu'à 10 ans" in answer
    assert "donnez un nombre entier" not in answer
    assert talk.buttons == ["Sur 10 ans"]
    assert "au maximum" in talk.say("et sur 10 ans ?")


@pytest.mark.parametrize("years", ["", " 1re année", " 2e année", " 3e année"])
@pytest.mark.parametrize("band", ["", " P50", " P92", " P96"])
def test_the_steps_are_short(talk, years, band):
    talk.say(f"temps plein{years}{band}", MONTANT)
    assert len(talk.say("montre le calcul", "demander_calcul")) <= 900


def test_the_budget_is_short(talk):
    talk.say("quel est le montant pour un temps plein ?", MONTANT)
    answer = talk.say("et le coût à 2 000 € brut par mois ?", "demander_budget")
    assert "26 505 €" in answer
    assert "lu sur une droite" not in answer
    assert len(answer) <= 500


@pytest.mark.parametrize(
    ("first", "then", "signed"),
    [
        ("signé le 3 octobre 2023", "mon mi-temps d'octobre 2023", {"date_contrat": "2023-10-03"}),
        ("signé le 20 juin 2024", "mon contrat de 2024", {"date_contrat": "2024-06-20"}),
        ("contrat d'octobre 2023", "j'ai signé en 2023", {"mois_contrat": "2023-10"}),
        ("signé le 20 juin 2024", "non, contrat de mai 2024", {"mois_contrat": "2024-05"}),
        ("contrat d'octobre 2023", "signé en 2024", {"annee_contrat": 2024}),
        ("contrat de 2024", "signé le 3 mai 2024", {"date_contrat": "2024-05-03"}),
    ],
)
def test_the_day_of_signature_stays_known(talk, first, then, signed):
    """A month or a year that holds the day already known says nothing new."""
    talk.say(first, MONTANT)
    talk.say(then, MONTANT)
    known = {k: v for k, v in talk.memory.situation.items() if k.endswith("contrat")}
    assert known == signed


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("à l'heure actuelle je touche combien ?", "4e année de contrat (depuis le 10 mars 2026)"),
        ("en ce moment ?", "4e année de contrat (depuis le 10 mars 2026)"),
        ("là maintenant ?", "11 000 € par an au maximum"),
        ("cette année ?", "4e année"),
        ("aujourd'hui ça donne ?", "4e année"),
        ("à ce jour, combien ?", "4e année"),
        ("pour l'instant c'est combien ?", "4e année"),
        ("pour l'année en cours ?", "4e année"),
        ("maintenant la 2e année", "2e année"),
        ("et l'an prochain ?", "5e année"),
        ("et l'année dernière ?", "3e année"),
    ],
)
def test_the_year_in_progress_is_named(talk, question, expected):
    talk.say("contrat signé le 10 mars 2023, mi-temps, P60", MONTANT)
    assert expected in talk.say(question, MONTANT)


@pytest.mark.parametrize(("signed", "named"), [("mars 2023", True), ("novembre 2023", False)])
def test_a_month_tells_the_year_in_progress_when_it_settles_it(talk, signed, named):
    talk.say(f"contrat signé en {signed}, mi-temps, P60", MONTANT)
    answer = talk.say("combien en ce moment ?", MONTANT)
    assert ("4e année de contrat" in answer) is named


def test_the_year_before_is_one_year_before(talk):
    talk.say("mi-temps P92, 4e année", MONTANT)
    assert "3e année" in talk.say("et celle d'avant ?", MONTANT, follows=True)
    assert "2e année" in talk.say("et l'année d'avant ?", MONTANT, follows=True)
    assert "3e année" in talk.say("et celle d'après ?", MONTANT, follows=True)
    assert "2e année" in talk.say("et celle juste avant ?", MONTANT, follows=True)
    assert "3e année" in talk.say("et la suivante ?", MONTANT, follows=True)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("contrat de 1 ETP signé oct 2022, combien ?", "octobre 2022"),
        ("signé en avril 2023 à mi-temps, combien la 2e année ?", "avril 2023"),
        ("temps plein, contrat de 09/2023, combien en 1re année ?", "septembre 2023"),
        ("contrat août 2023, mi-temps, combien chaque année ?", "août 2023"),
        ("P92 à temps plein, embauchée en janvier 2025, tableau ?", "janvier 2025"),
    ],
)
def test_of_a_contract_known_by_its_month_no_day_is_told(talk, text, month):
    answer = talk.say(text, "demander_montant_aide")
    assert "contrat du" not in answer
    assert f"contrat signé en {month}" in answer
