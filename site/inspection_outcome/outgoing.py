"""What goes to translators: sentences of a language, with what they need to know of each."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from inspection_outcome.edition import Edition, today
from inspection_outcome.i18n.extract import Message
from inspection_outcome.i18n.glossary import Glossary
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.i18n.sheet_out import Job, Line
from inspection_outcome.i18n.states import State
from inspection_outcome.renderer import Renderer
from inspection_outcome.report.sentence import sentences
from inspection_outcome.shown import fact_values, in_language, shown

STATES = (State.NOT_TRANSLATED, State.ENGLISH_CHANGED, State.BROKEN)
"""What needs translating."""
_MANY_PAGES = "On many pages"


class Site(NamedTuple):
    """What sentences are sent out from."""

    renderer: Renderer
    messages: Mapping[str, Message]
    glossary: Glossary


def job(
    site: Site, tag: str, states: Collection[State] = STATES, pages: Collection[str] = ()
) -> Job:
    """Return the sentences of a language in these states, critical ones first.

    `pages`: only what these show; all sentences without any.
    """
    renderer, messages, glossary = site
    edition = renderer.edition
    catalogue, day = edition.catalogues.by_tag[tag], today()
    wanted = [id_ for id_ in messages if catalogue.entries[id_].state in states]
    if pages:
        on = [shown(renderer, name, tag, messages) for name in pages]
        there = {id_ for page in on for id_ in (*page.seen, *page.unseen)}
        wanted = [id_ for id_ in wanted if id_ in there]
    wanted.sort(key=lambda id_: not messages[id_].sentence.critical)
    places = dict(_places(edition))
    return Job(
        language=catalogue.language,
        name=catalogue.language.english_name,
        council=edition.report.council.name,
        day=f"{day.day} {day:%B %Y}",
        rule=edition.catalogues.rule(tag),
        lines=[
            Line(
                catalogue.entries[id_],
                places.get(id_, _MANY_PAGES),
                fact_values(edition, tag, messages[id_].sentence),
            )
            for id_ in wanted
        ],
        glossary=glossary,
    )


def _places(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the id of each sentence of one page, with the page's title, and its heading there."""
    plain = in_language(edition, ENGLISH).plain
    for page in edition.report.pages.values():
        title = plain(page.title)
        yield from ((each.id, title) for each in sentences(page))
        for section in page.section:
            place = f"{title}: {plain(section.heading)}" if section.heading else title
            yield from ((each.id, place) for each in sentences(section))
