"""Whatever the answer, each message is within the limit, and nothing is lost unsaid."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant_am.channels.shared.cutting import CUT_NOTE, length, sentences
from assistant_am.channels.shared.rendering import render
from assistant_am.channels.shared.styles import MESSENGER, SMS, TELEGRAM, WHATSAPP
from tests.channels.telegram.bot_api import _without_tags

STYLES = {"telegram": TELEGRAM, "whatsapp": WHATSAPP, "sms": SMS, "messenger": MESSENGER}
SOURCES = {"type": "sources", "sources": [{"nom": "ameli.fr", "url": "https://x.example"}]}

words = st.text(st.sampled_from("aéB0 .!?<>&*\n«»’\u00a0🙂"), min_size=0, max_size=60).map(
    lambda text: text.replace("**", "*")
)
texts = st.lists(words, max_size=40).map(" ".join)
bold = st.tuples(texts, texts).map(lambda pair: f"{pair[0]} **{pair[1]}** {pair[0]}")
blocks = st.lists(
    st.one_of(
        st.one_of(texts, bold).map(lambda text: {"type": "paragraphe", "texte": text}),
        st.lists(words, max_size=8).map(lambda items: {"type": "liste", "elements": items}),
        st.lists(st.tuples(words, words), min_size=1, max_size=12).map(
            lambda rows: {
                "type": "tableau",
                "legende": "Par an",
                "colonnes": ["Année", "Montant"],
                "lignes": [list(row) for row in rows],
            }
        ),
    ),
    max_size=8,
)


@pytest.mark.parametrize("name", STYLES)
@settings(max_examples=60, deadline=None)
@given(blocks=blocks)
def test_every_message_is_within_the_limits(name, blocks):
    style = STYLES[name]
    choices = [f"{rank}. Choix" for rank in range(1, 10)]
    rendered = render([*blocks, SOURCES], style, None, choices)
    assert 1 <= len(rendered.texts) <= style.most
    for text in rendered.texts:
        assert length(text) <= style.longest
        if style is TELEGRAM:
            _without_tags(text)  # as strict as Telegram's reader
    assert "Source : " in rendered.texts[-1]
    assert rendered.texts[-1].endswith("9. Choix")


@pytest.mark.parametrize("name", STYLES)
def test_nothing_is_left_out_without_a_word(name):
    style = STYLES[name]
    marks = [f"Phrase numéro {rank} de cette réponse." for rank in range(1000)]
    block = {"type": "paragraphe", "texte": " ".join(marks)}
    everything = "\n".join(render([block, SOURCES], style, None).texts)
    assert CUT_NOTE in everything
    kept = everything.count("Phrase numéro")
    assert marks[kept - 1] in everything
    short = render([{"type": "paragraphe", "texte": " ".join(marks[:20])}], style, None)
    assert CUT_NOTE not in "".join(short.texts)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Un. Deux ! Trois ?", ["Un.", "Deux !", "Trois ?"]),
        ("**Un. Deux.** Trois.", ["**Un.**", "**Deux.**", "Trois."]),
        ("M. Martin dit oui.", ["M. Martin dit oui."]),
        ("Voir art. 5 du texte.", ["Voir art. 5 du texte."]),
        ("0.5 ETP, soit 50 %.", ["0.5 ETP, soit 50 %."]),
    ],
)
def test_sentences(text, cut):
    assert sentences(text) == cut


def test_a_table_too_wide_for_a_phone_becomes_words():
    table = {
        "type": "tableau",
        "legende": "Montants, par an",
        "colonnes": ["Année de contrat", "P30 à P70", "P70 à P90", "P95 et plus"],
        "lignes": [["1re année", "38 000 €", "38 000 €", "38 000 €"]],
    }
    (text,) = render([table], TELEGRAM, None).texts
    assert text == (
        "Montants, par an :\n• 1re année : P30 à P70 38 000 €, P70 à P90 38 000 €, "
        "P95 et plus 38 000 €"
    )


def test_sources_are_named_once_and_counted():
    many = [
        {"type": "sources", "sources": [{"nom": f"S{rank % 6}", "url": None}], "remarque": "R."}
        for rank in range(12)
    ]
    assert render(many, SMS, None).texts == ("Sources : S0 ; S1 ; S2 ; S3 ; et 2 autres. R.",)


def test_without_a_public_address_nothing_leads_nowhere():
    picture = {"type": "image", "url": "/e.png", "grande": "/e.svg", "alternative": "Graphique"}
    link = {"type": "lien", "texte": "Page", "url": "/e"}
    said = {"type": "paragraphe", "texte": "Voilà."}
    for style in STYLES.values():
        rendered = render([said, picture, link], style, None)
        assert (rendered.texts, rendered.pictures, rendered.links) == (("Voilà.",), (), ())
