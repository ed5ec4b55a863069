"""Whatever a reader sees on a page of the shipped site is found at the desk."""

import pytest
from inspection_outcome.desk.find import find
from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n.languages import Language
from shipped_site import SETTINGS, TRANSLATED

BOTH_WAYS = list({language.direction: language for language in TRANSLATED}.values())
"""A language of each direction: finding goes by letters, whatever the language."""


@pytest.mark.slow
@pytest.mark.parametrize("language", BOTH_WAYS, ids=lambda language: language.tag)
def test_what_stands_on_a_page_is_found_by_how_it_reads(language: Language) -> None:
    stock = Stock.read(SETTINGS.folders)
    texts = [
        (name, id_, text)
        for name in stock.pages
        for id_, text in stock.shown(language.tag, name).texts
    ]
    missed = [
        f"{name}: {id_}: {text}"
        for name, id_, text in texts
        if id_ not in [found.id for found in find(stock, language.tag, text, name)]
    ]

    assert len(missed) <= len(texts) / 100, "\n".join(missed)
