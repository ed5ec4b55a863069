"""The updates of the report as an Atom feed (RFC 4287), in one language. Pure, like a page.

Imported only when a feed is requested, so that startup does not wait for feedgenerator.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from feedgenerator import Atom1Feed
from markupsafe import escape

from inspection_outcome.i18n.render import PageTranslator
from inspection_outcome.pages.urls import feed_address, page_address, page_that_shows, update_anchor
from inspection_outcome.report.facts import Date
from inspection_outcome.report.model import Action, Report, Update
from inspection_outcome.report.progress import newest_first
from inspection_outcome.report.sentence import Sentence

_NAMES = uuid.UUID("0d7d2a4e-6f0e-4c5e-9a55-3f5f3c1f6b1d")
"""UUID namespace of the ids. Never change it: feed readers would show every update as new."""


class _Atom(Atom1Feed):  # type: ignore[misc] # feedgenerator is untyped
    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        return {"xml:lang": item["language"]}

    def latest_post_date(self) -> dt.datetime:
        """Return the day of the newest entry or of the site's last change, whichever is later.

        The entry of a report that is added late may be older than that change.
        """
        days = (item["updateddate"] for item in self.items)
        return max([self.feed["changed"], *days])  # type: ignore[no-any-return] # untyped library


def feed(
    report: Report, public_url: str, page_translator: PageTranslator, english: PageTranslator
) -> str:
    """Return the feed, the newest update first; empty if no page shows the updates.

    An entry that cannot be rendered completely in the page's language is in English, and marked as
    such; an entry that no speaker has checked says so. Ids are derived from the council's name, the
    language and the update's id, never from an address.
    """
    name = page_that_shows(report, "progress")
    if not name:
        return ""
    tag, page = page_translator.language.tag, report.pages[name]
    place = public_url + page_address(name, tag)
    head = [page.title, report.site.name, page.description]
    teller = page_translator if page_translator.has(*head) else english
    atom = _Atom(
        title=teller.title(page.title, report.site.name),
        link=place,
        description=None,
        subtitle=" ".join([teller.plain(page.description), *_unchecked(teller, *head)]),
        language=teller.language.tag,
        author_name=report.council.publisher or teller.plain(report.site.name),
        feed_url=public_url + feed_address(tag),
        feed_guid=_urn(report.council.name, tag),
        changed=_instant(report.site.updated),
    )
    actions = {action.id: action for action in report.actions}
    for update in newest_first(report.updates):
        action = actions[update.action]
        said = [action.text, update.text, report.source(update.text.source).name]
        teller = page_translator if page_translator.has(*said, *_words(update)) else english
        parts = [*_summary(report, update, teller), *_unchecked(teller, *said, *_words(update))]
        atom.add_item(
            title=_title(action, update, teller),
            link=f"{place}#{update_anchor(update.id)}",
            description="".join(f"<p>{escape(part)}</p>" for part in parts),
            pubdate=_instant(update.date) if update.date else None,
            updateddate=_instant(update.known_since),
            unique_id=_urn(report.council.name, tag, update.id),
            language=teller.language.tag,
        )
    return str(atom.writeString("utf-8"))


def _title(action: Action, update: Update, teller: PageTranslator) -> str:
    text = teller.plain(action.text)
    return f"{teller.plain(f'ui.status-{update.status.value}')}: {text}" if update.status else text


def _words(update: Update) -> list[str]:
    """Return the ids of the site's own texts that an entry uses."""
    status = f"ui.status-{update.status.value}" if update.status else "ui.information"
    return [status, "ui.reported-in", *(["ui.seen"] if update.seen else [])]


def _summary(report: Report, update: Update, teller: PageTranslator) -> Iterator[str]:
    yield teller.plain(update.text)
    if not update.status:
        yield teller.plain("ui.information")
    if update.seen:
        yield teller.plain("ui.seen", date=Date(update.seen))
    yield f"{teller.plain('ui.reported-in')} {teller.plain(report.source(update.text.source).name)}"


def _unchecked(teller: PageTranslator, *said: Sentence | str) -> list[str]:
    return [] if teller.is_checked(*said) else [teller.plain("ui.feed-unchecked")]


def _urn(*names: str) -> str:
    return uuid.uuid5(_NAMES, "/".join(names)).urn


def _instant(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
