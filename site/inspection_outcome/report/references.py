"""Faults of truth between records: duplicate ids and invalid references.

The references are to sources, areas, judgements, contacts and pages.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator

from inspection_outcome.report.errors import Fault
from inspection_outcome.report.model import Judgement, Report, Update
from inspection_outcome.report.page import Page, Section

PUBLISHER = "publisher"
OWN_SOURCES = {
    "site": "the site's own words: labels, notices, and what it says of itself",
    "facts": "contacts, rights and definitions, in words of our own",
    PUBLISHER: "what whoever answers for this copy has done: tested, read, asked, rung, not found",
}
OF_THE_SITE = ("site", PUBLISHER)
"""Those of what is no part of the report: nothing is cited for it, and no data is made of it."""
NATIONAL = frozenset(OWN_SOURCES.keys() - {PUBLISHER})
"""Those of what is true of every council. A law is another such source."""
LAW = "law"
"""How the ids of sources begin that are laws."""
MADE_UP = "made-up"
"""How the ids of sources begin in `tests/data/second`, of which nothing may be copied."""
ANEW = (
    "This is of the made-up council: write it anew from a document of your own, and name that as "
    "its source; or take it out."
)
"""The remedy for them: to offer other sources would make true ones say what was made up."""
_REPORT = "report.toml"
_DEVICE = re.compile(r"(^|/)(con|prn|aux|nul|com[0-9]|lpt[0-9])(/|$)")
"""A page named like a device of Windows: there, nobody could check it out or publish it."""


def faults(report: Report) -> Iterator[Fault]:
    """Yield every fault between the records of the content."""
    yield from _twice(report)
    yield from _sources(report)
    yield from _grades_and_actions(report)
    for name in ("help", "home"):
        if name not in report.pages:
            yield Fault(
                f"{name}.toml", "", "this page is missing", "Add the file: every page links to it."
            )
    yield from _comparison(report)
    yield from _site(report)
    yield from _events(report)
    for name, page in report.pages.items():
        if _DEVICE.search(name):
            remedy = f"Give the file another name, also in its ids and in {_REPORT}."
            yield Fault(f"{name}.toml", "", "Windows can have no file of this name", remedy)
        yield from _page(report, f"{name}.toml", page)


def places(report: Report) -> Iterator[str]:
    """Yield every link target: pages, their sections, and words (sections of the page `words`)."""
    for name, page in report.pages.items():
        yield f"page:{name}"
        for section in page.section:
            yield f"page:{name}#{section.id}"
            if name == "words":
                yield f"word:{section.id}"


def _grades_and_actions(report: Report) -> Iterator[Fault]:
    judgements = {judgement.id for judgement in report.judgements}
    areas = {area.id for area in report.areas}
    contacts = {contact.id for contact in report.contacts}
    for area in report.areas:
        yield from _missing(
            _REPORT, f"area[{area.id}].judgement", "judgement", area.judgement, judgements
        )
        for id_ in area.contacts:
            yield from _missing(_REPORT, f"area[{area.id}].contacts", "contact", id_, contacts)
    for action in report.actions:
        if action.area is not None:
            yield from _missing(_REPORT, f"action[{action.id}].area", "area", action.area, areas)
    yield from _updates(report)
    for contact in report.contacts:
        if (contact.body is None) == (contact.name is None):
            remedy = "Give it a body (a proper name) or a name (a sentence), and only one of them."
            yield Fault(_REPORT, f"contact[{contact.id}]", "it needs one name", remedy)
    for judgement in report.judgements:
        yield from _earlier(report, judgement)
    yield from _missing(_REPORT, "judgement", "judgement", "overall", judgements)


def _updates(report: Report) -> Iterator[Fault]:
    actions = {action.id for action in report.actions}
    for update in report.updates:
        field = f"update[{update.id}]"
        yield from _missing(_REPORT, f"{field}.action", "action", update.action, actions)
        yield from _day(update, field)
        if "{updated}" in update.text.text:
            remedy = (
                "Name a fact whose value stays: this one changes with every change of the site."
            )
            yield Fault(_REPORT, f"{field}.text", "it names {updated}", remedy)
        if update.text.source in OWN_SOURCES:
            remedy = "Name the document that reports it."
            yield Fault(
                _REPORT, f"{field}.text.source", "an update needs a source of its own", remedy
            )


def _day(update: Update, field: str) -> Iterator[Fault]:
    if (update.date is None) == (update.seen is None):
        remedy = (
            "Give the date of the report; or, where it bears none, 'seen': "
            "the day on which you noted it."
        )
        yield Fault(_REPORT, field, "it needs one day", remedy)
    elif update.date is None and update.status is not None:
        remedy = "Take the status out: only a dated report says how far an action has got."
        yield Fault(_REPORT, f"{field}.status", "an undated report gives no status", remedy)


def _comparison(report: Report) -> Iterator[Fault]:
    overall = [judgement.grade for judgement in report.judgements if judgement.id == "overall"]
    if report.comparison and overall and not report.comparison.councils(overall[0]):
        remedy = "Count again: this council is one of them."
        yield Fault(
            _REPORT,
            "comparison",
            f"it has no council with the overall grade '{overall[0].value}'",
            remedy,
        )


def _site(report: Report) -> Iterator[Fault]:
    for field, names in (("site.menu", report.site.menu), ("site.order", report.site.order)):
        for name in names:
            yield from _missing(_REPORT, field, "page", name, report.pages)
        yield from _repeated(_REPORT, field, list(names))
    for name in sorted(report.pages.keys() - set(report.site.order)):
        yield Fault(
            _REPORT,
            "site.order",
            f"the page '{name}' is not in it",
            f"Add '{name}' where it belongs.",
        )


def _events(report: Report) -> Iterator[Fault]:
    for number, event in enumerate(report.events, 1):
        if (fact := report.facts.get(event.when)) is None or fact.family != "date":
            remedy = "Name a date, a day, a month, a year or dates of [facts]."
            yield Fault(_REPORT, f"event[{number}].when", f"'{event.when}' is no date", remedy)


def _page(report: Report, file: str, page: Page) -> Iterator[Fault]:
    if page.next is not None:
        yield from _missing(file, "next", "page", page.next, report.pages)
    judgements = {judgement.id for judgement in report.judgements}
    for field, ids in (("cards", page.cards), ("grades", page.grades)):
        for id_ in ids:
            yield from _missing(file, field, "judgement", id_, judgements)
    for section in page.section:
        yield from _section(report, file, page, section)
    yield from _repeated(file, "section", [section.id for section in page.section])
    known = set(places(report))
    for number, door in enumerate(page.door, 1):
        if door.to not in known:
            remedy = "Lead to page:NAME or page:NAME#SECTION that exists."
            yield Fault(file, f"door[{number}].to", f"'{door.to}' leads nowhere", remedy)


def _section(report: Report, file: str, page: Page, section: Section) -> Iterator[Fault]:
    field = f"section[{section.id}]"
    judgements = {judgement.id for judgement in report.judgements}
    if section.judgement is not None:
        yield from _missing(file, f"{field}.judgement", "judgement", section.judgement, judgements)
    elif section.heading is None:
        yield Fault(
            file, f"{field}.heading", "it is missing", "Add [section.heading], or a judgement."
        )
    if section.under is not None:
        sections = [each.id for each in page.section]
        yield from _missing(file, f"{field}.under", "section", section.under, sections)
    yield from _pictures(file, section, judgements)
    contacts = {contact.id for contact in report.contacts}
    for contact in section.contacts:
        yield from _missing(file, f"{field}.contacts", "contact", contact, contacts)
    numbers = {each.id for each in report.contacts if each.phone or each.text}
    if section.call and not numbers.intersection(section.contacts[:1]):
        remedy = "Name somebody with a number first in 'contacts', or take 'call' out."
        yield Fault(file, f"{field}.call", "it has nobody to ring", remedy)


def _pictures(file: str, section: Section, judgements: set[str]) -> Iterator[Fault]:
    for number, each in enumerate(section.pictured, 1):
        place = f"section[{section.id}].pictured[{number}]"
        if (each.picture is None) == (each.judgement is None):
            yield Fault(
                file, place, "it needs one picture", "Give a picture; or, for a grade, a judgement."
            )
        elif each.judgement is not None:
            yield from _missing(file, f"{place}.judgement", "judgement", each.judgement, judgements)


def _earlier(report: Report, judgement: Judgement) -> Iterator[Fault]:
    field = f"judgement[{judgement.id}].earlier"
    if judgement.earlier is not None and report.inspection.earlier is None:
        remedy = (
            "Add [inspection.earlier] with the year and the source of the inspection before, "
            "or take 'earlier' out."
        )
        yield Fault(_REPORT, field, "there is no earlier inspection", remedy)
    if judgement.earlier is not None and judgement.earlier_note is not None:
        remedy = "Keep 'earlier' where the two may be compared, else 'earlier_note'."
        yield Fault(_REPORT, field, "it has both kinds of 'earlier'", remedy)


def _sources(report: Report) -> Iterator[Fault]:
    known = {*(source.id for source in report.sources), *OWN_SOURCES}
    earlier = report.inspection.earlier
    cited = [
        *((f"facts.{name}.source", fact.source) for name, fact in report.facts.items()),
        ("inspection.source", report.inspection.source),
        *([("inspection.earlier.source", earlier.source)] if earlier else []),
        *([("comparison.source", report.comparison.source)] if report.comparison else []),
    ]
    for field, source in cited:
        yield from _missing(_REPORT, field, "source", source, known)


def _twice(report: Report) -> Iterator[Fault]:
    yield from _repeated(_REPORT, "source", [source.id for source in report.sources])
    yield from _repeated(_REPORT, "judgement", [judgement.id for judgement in report.judgements])
    yield from _repeated(_REPORT, "area", [area.id for area in report.areas])
    yield from _repeated(_REPORT, "action", [action.id for action in report.actions])
    yield from _repeated(_REPORT, "update", [update.id for update in report.updates])
    yield from _repeated(_REPORT, "contact", [contact.id for contact in report.contacts])


def _repeated(file: str, kind: str, ids: list[str]) -> Iterator[Fault]:
    for id_, number in Counter(ids).items():
        if number > 1:
            yield Fault(
                file, f"{kind}[{id_}]", "the id is used twice", "Give one of them a new id."
            )


def _missing(file: str, field: str, kind: str, id_: str, known: Collection[str]) -> Iterator[Fault]:
    if id_ not in known:
        place = {"page": f"the file {id_}.toml", "section": f"it to {file}"}
        add = place.get(kind, f"it to {_REPORT}, as a [[{kind}]]")
        remedy = f"Use one of: {', '.join(sorted(known))}; or add {add}."
        if id_.startswith(MADE_UP):
            remedy = ANEW
        yield Fault(file, field, f"there is no {kind} '{id_}'", remedy)
