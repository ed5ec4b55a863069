"""Build the context of a page's template from report, page name and layout, references resolved."""

import datetime as dt
from collections.abc import Iterable, Iterator

from msgspec import structs

from inspection_outcome.i18n.catalogues import Catalogues
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.states import State
from inspection_outcome.pages import easy_read, progress_context
from inspection_outcome.pages.citations import Citation, cite
from inspection_outcome.pages.contact import ContactView
from inspection_outcome.pages.context import (
    Chapter,
    CouncilsView,
    DoorView,
    EarlierView,
    EventView,
    GradeView,
    Heading,
    PageView,
    SectionView,
    SourceView,
    TranslationView,
)
from inspection_outcome.pages.layout import Layout
from inspection_outcome.pages.urls import ALL, feed_address, target_address
from inspection_outcome.report import progress
from inspection_outcome.report.facts import Body, Count, Date, Email, Grade, GradeGiven, Web, Year
from inspection_outcome.report.model import Action, Judgement, Report, Source
from inspection_outcome.report.page import Door, Page, Section
from inspection_outcome.report.sentence import Sentence


def build(
    report: Report, name: str, layout: Layout, catalogues: Catalogues, today: dt.date | None = None
) -> PageView:
    """Return the view of the page of this name. `today` None: no age is told, see FreshnessView."""
    page = report.pages[name]
    cards = tuple(_grade(report, report.judgement(id_), layout.language) for id_ in page.cards)
    return PageView(
        layout=layout,
        lead=page.lead,
        cards=cards,
        areas_href=next(
            (f"#{section.id}" for section in page.section if section.shows == "areas"), ""
        ),
        sections=tuple(
            _section(report, page, section, layout.language, catalogues, today)
            for section in page.section
        ),
        lead_citations=tuple(cite(report, "text", [*page.lead, *(card.name for card in cards)])),
    )


def build_all(
    report: Report, layout: Layout, catalogues: Catalogues, today: dt.date | None = None
) -> tuple[Chapter, ...]:
    """Return every page as a chapter of one page, in the site's order; ids are prefixed by page."""
    chapters = []
    for name in report.site.order:
        if name == ALL:
            continue
        page = build(report, name, layout, catalogues, today)
        prefix = name.replace("/", "-")
        chapters.append(
            Chapter(
                id=prefix,
                title=report.pages[name].title,
                lead=page.lead,
                cards=page.cards,
                areas_href=page.areas_href.replace("#", f"#{prefix}-"),
                sections=tuple(
                    structs.replace(
                        each,
                        id=f"{prefix}-{each.id}",
                        level=each.level + 1,
                        parts=(),
                        chapter=report.pages[name].title,
                    )
                    for each in page.sections
                    if each.content.shows not in {"contents", "doors"}
                ),
            )
        )
    return tuple(chapters)


def _section(  # noqa: PLR0913, PLR0917 (a section may show any of these)
    report: Report,
    page: Page,
    section: Section,
    language: Language,
    catalogues: Catalogues,
    today: dt.date | None,
) -> SectionView:
    shows = section.shows
    judgement = report.judgement(section.judgement) if section.judgement else None
    grades = _grades_shown(report, section)
    return SectionView(
        id=section.id,
        content=section,
        level=2 if section.under is None else 3,
        parts=tuple(
            _heading(report, page, each, language)
            for each in page.section
            if each.under == section.id
        ),
        heading=_heading(report, page, section, language).text,
        contents=tuple(
            _heading(report, page, each, language)
            for each in (_after(page, section) if shows == "contents" else ())
            if each.under is None
        ),
        grade=_grade(report, judgement, language) if judgement else None,
        grades=tuple(_grade(report, each, language) for each in grades),
        scale=tuple(GradeGiven(grade) for grade in reversed(Grade)) if shows == "scale" else (),
        areas=report.areas if shows == "areas" else (),
        actions=tuple(progress_context.action(report, each) for each in report.actions)
        if shows == "actions"
        else (),
        progress=tuple(progress_context.areas(report)) if shows == "progress" else (),
        tally=progress_context.tally(report) if shows == "status" else None,
        freshness=progress_context.freshness(report, today)
        if shows in {"actions", "freshness", "status"}
        else None,
        councils=tuple(_councils(report)) if shows == "councils" else (),
        feed=feed_address(language.tag) if shows == "feed" else "",
        events=tuple(
            EventView(report.facts[each.when], each.text)
            for each in (report.events if shows == "timeline" else ())
        ),
        sources=tuple(map(_source, report.sources)) if shows == "sources" else (),
        translations=tuple(_translations(catalogues)) if shows == "translations" else (),
        publisher=Body(report.council.publisher) if report.council.publisher else None,
        publisher_email=Email(report.council.publisher_email)
        if report.council.publisher_email
        else None,
        doors=tuple(_door(door, language) for door in page.door) if shows == "doors" else (),
        contacts=tuple(
            ContactView.of(each)
            for id_ in section.contacts
            for each in report.contacts
            if each.id == id_
        ),
        pictured=tuple(easy_read.pictured(report, section)),
        named=tuple(easy_read.named(report, section)),
        citations=tuple(_citations(report, section)),
    )


def _grades_shown(report: Report, section: Section) -> list[Judgement]:
    """Return the judgements that a section lists: all but the overall one, or all for `before`."""
    match section.shows:
        case "judgements":
            return [each for each in report.judgements if each.id != "overall"]
        case "before":
            return list(report.judgements)
    return []


def _citations(report: Report, section: Section) -> Iterator[Citation]:
    """Yield the sources of each block of a section."""
    shows = section.shows
    graded = [
        *([report.judgement(section.judgement)] if section.judgement else []),
        *_grades_shown(report, section),
    ]
    areas = report.areas if shows in {"areas", "progress"} else ()
    actions = report.actions if shows in {"actions", "progress", "status"} else ()
    followed = (report.areas, report.actions) if shows == "progress" else ()
    unknown = [sentence for kind in followed for each in kind for sentence in each.not_known]
    blocks: dict[str, Iterable[Sentence]] = {
        "grade": [each.name for each in graded],
        "earlier": [each.earlier_note for each in graded if each.earlier_note],
        "text": [*section.text, *(each.text for each in section.pictured)],
        "areas": [sentence for area in areas for sentence in (area.name, area.why)],
        "actions": [sentence for action in actions for sentence in _told_of(report, action)],
        "events": [event.text for event in (report.events if shows == "timeline" else ())],
        "good": section.good,
        "not-good": section.not_good,
        "not-known": [*unknown, *section.not_known],
        "steps": section.steps,
    }
    before, comparison = report.inspection.earlier, report.comparison
    compared = before is not None and any(each.earlier for each in graded)
    also = {
        "earlier": [before.source] if before and compared else [],
        "text": [comparison.source] if comparison and shows == "councils" else [],
    }
    for block, said in blocks.items():
        yield from cite(report, block, said, also.get(block, []))
    if shows == "scale":
        yield Citation("scale", None, None)


def _told_of(report: Report, action: Action) -> list[Sentence]:
    """Return the text of an action and of the update that gives its status, if any."""
    last = progress.reported(report, action)
    return [action.text, *([last.text] if last else [])]


def _after(page: Page, section: Section) -> tuple[Section, ...]:
    return page.section[page.section.index(section) + 1 :]


def _heading(report: Report, page: Page, section: Section, language: Language) -> Heading:
    judgement = report.judgement(section.judgement) if section.judgement else None
    text = section.heading or (judgement.name if judgement else page.title)
    return Heading(section.id, text, _grade(report, judgement, language) if judgement else None)


def _grade(report: Report, judgement: Judgement, language: Language) -> GradeView:
    told = (
        target_address(f"page:{name}#{section.id}", language.tag)
        for name, page in report.pages.items()
        for section in page.section
        if section.judgement == judgement.id
    )
    before = report.inspection.earlier
    earlier = None
    if judgement.earlier and before:
        earlier = EarlierView(
            GradeGiven(judgement.earlier), judgement.earlier.step, Year(before.year)
        )
    return GradeView(
        id=judgement.id,
        name=judgement.name,
        grade=judgement.grade,
        year=Year(report.inspection.year),
        earlier=earlier,
        earlier_note=judgement.earlier_note,
        href=next(told, ""),
        areas=Count(sum(area.judgement == judgement.id for area in report.areas)),
    )


def _councils(report: Report) -> Iterator[CouncilsView]:
    """Yield how many councils had each grade, the best grade first."""
    if comparison := report.comparison:
        most = max(1, *map(comparison.councils, Grade))
        for grade in reversed(Grade):
            here = grade == report.judgement("overall").grade
            yield CouncilsView(GradeGiven(grade), Count(comparison.councils(grade)), most, here)


def _translations(catalogues: Catalogues) -> Iterator[TranslationView]:
    """Yield the progress of each language shown to readers, except English."""
    for language in catalogues.shown:
        if catalogue := catalogues.by_tag.get(language.tag):
            counts = catalogue.counts
            checked, unchecked = counts[State.CHECKED], counts[State.NEEDS_CHECKING]
            yield TranslationView(
                language,
                Count(checked),
                Count(unchecked),
                Count(counts.total() - checked - unchecked),
                Date(catalogue.last_checked) if catalogue.last_checked else None,
            )


def _source(source: Source) -> SourceView:
    return SourceView(
        name=source.name,
        undated=source.undated,
        web=Web(source.web) if source.web else None,
    )


def _door(door: Door, language: Language) -> DoorView:
    return DoorView(door.label, target_address(door.to, language.tag), door.picture)
