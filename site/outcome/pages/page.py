"""Report + page name + frame -> the page as its template sees it, with everything that it names looked up."""

from collections.abc import Iterable, Iterator

from msgspec import structs

from outcome.pages.addresses import ALL, target_address
from outcome.pages.frame import Frame
from outcome.pages.views import (
    ActionView,
    AreaView,
    Chapter,
    Citation,
    ContactView,
    DoorView,
    EarlierView,
    EventView,
    GradeView,
    Heading,
    PageView,
    SectionView,
    SourceView,
    StatusView,
    TranslationView,
)
from outcome.report.facts import Body, Count, Date, Email, Grade, GradeGiven, Numbers, Phone, Web, Year
from outcome.report.model import Action, Contact, Door, Judgement, Page, Report, Section, Sentence, Source, Status
from outcome.report.records import OWN_SOURCES
from outcome.words.languages import Language
from outcome.words.library import Library
from outcome.words.states import State


def build(report: Report, name: str, frame: Frame, library: Library) -> PageView:
    """Look up everything that the page of this name shows."""
    page = report.pages[name]
    cards = tuple(_grade(report, report.judgement(id_), frame.language) for id_ in page.cards)
    return PageView(
        frame=frame,
        lead=page.lead,
        cards=cards,
        sections=tuple(_section(report, page, section, frame.language, library) for section in page.section),
        lead_citations=tuple(_cite(report, "text", [*page.lead, *(card.name for card in cards)])),
    )


def build_all(report: Report, frame: Frame, library: Library) -> tuple[Chapter, ...]:
    """Put every page on one page, in the site's order; ids get their page's name in front."""
    chapters = []
    for name in report.site.order:
        if name == ALL:
            continue
        page = build(report, name, frame, library)
        chapters.append(
            Chapter(
                id=name.replace("/", "-"),
                title=report.pages[name].title,
                lead=page.lead,
                cards=page.cards,
                sections=tuple(
                    structs.replace(
                        each,
                        id=f"{name}-{each.id}".replace("/", "-"),
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


def _section(report: Report, page: Page, section: Section, language: Language, library: Library) -> SectionView:
    judgement = report.judgement(section.judgement) if section.judgement else None
    grades = [each for each in report.judgements if each.id != "overall"] if section.shows == "judgements" else []
    graded = [*([judgement] if judgement else []), *grades]
    shows = section.shows
    areas = report.areas if shows in {"areas", "progress"} else ()
    actions = report.actions if shows in {"actions", "progress", "status"} else ()
    events = report.events if shows == "timeline" else ()
    blocks: dict[str, Iterable[Sentence]] = {
        "grade": [each.name for each in graded],
        "earlier": [each.earlier_note for each in graded if each.earlier_note],
        "text": section.text,
        "areas": [sentence for area in areas for sentence in (area.name, area.why)],
        "actions": [action.text for action in actions],
        "events": [event.text for event in events],
        "good": section.good,
        "not-good": section.not_good,
        "not-known": section.not_known,
        "steps": section.steps,
    }
    before = report.inspection.earlier
    compared = before is not None and any(each.earlier for each in graded)
    also = {"earlier": [before.source] if before and compared else []}
    return SectionView(
        id=section.id,
        content=section,
        level=2 if section.under is None else 3,
        parts=tuple(_heading(report, page, each, language) for each in page.section if each.under == section.id),
        heading=_heading(report, page, section, language).text,
        contents=tuple(
            _heading(report, page, each, language)
            for each in (_after(page, section) if section.shows == "contents" else ())
            if each.under is None
        ),
        grade=_grade(report, judgement, language) if judgement else None,
        grades=tuple(_grade(report, each, language) for each in grades),
        scale=tuple(GradeGiven(grade) for grade in reversed(Grade)) if section.shows == "scale" else (),
        areas=areas,
        actions=tuple(map(_action, actions)),
        progress=tuple(_progress(report)) if shows == "progress" else (),
        statuses=tuple(_statuses(report)) if shows == "status" else (),
        events=tuple(EventView(report.facts[each.when], each.text) for each in events),
        sources=tuple(map(_source, report.sources)) if shows == "sources" else (),
        translations=tuple(_translations(library)) if shows == "translations" else (),
        publisher=Body(report.council.publisher) if report.council.publisher else None,
        publisher_email=Email(report.council.publisher_email) if report.council.publisher_email else None,
        doors=tuple(_door(door, language) for door in page.door) if section.shows == "doors" else (),
        contacts=tuple(_contact(each) for id_ in section.contacts for each in report.contacts if each.id == id_),
        citations=(
            *(each for block, said in blocks.items() for each in _cite(report, block, said, also.get(block, []))),
            *([Citation("scale", None, None)] if section.shows == "scale" else []),
        ),
    )


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
        earlier = EarlierView(GradeGiven(judgement.earlier), judgement.earlier.step, Year(before.year))
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


def _action(action: Action) -> ActionView:
    return ActionView(text=action.text, status=action.status.value, reported=Date(action.reported))


def _progress(report: Report) -> Iterator[AreaView]:
    """Give each area with its actions, then the actions that the source ties to none."""
    for area in (*report.areas, None):
        actions = tuple(_action(each) for each in report.actions if each.area == (area.id if area else None))
        if area or actions:
            yield AreaView(area, actions)


def _statuses(report: Report) -> Iterator[StatusView]:
    """Count the actions of each status, leaving out those of which there is none."""
    for status in Status:
        if number := sum(action.status == status for action in report.actions):
            yield StatusView(status.value, Count(number))


def _translations(library: Library) -> Iterator[TranslationView]:
    """Give the state of each language that readers are led to, but English."""
    for language in library.shown:
        if catalogue := library.catalogues.get(language.tag):
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


def _contact(contact: Contact) -> ContactView:
    return ContactView(
        id=contact.id,
        name=contact.name,
        body=Body(contact.body) if contact.body else None,
        who=contact.who,
        publisher=contact.published_by,
        phone=Phone(contact.phone) if contact.phone else None,
        text=contact.text,
        word=Body(contact.text.word) if contact.text else None,
        web=Web(contact.web) if contact.web else None,
        email=Email(contact.email) if contact.email else None,
        hours=contact.hours,
        notes=contact.notes,
    )


def _cite(report: Report, block: str, said: Iterable[Sentence], also: Iterable[str] = ()) -> list[Citation]:
    """Name the sources of a block, each once, with the paragraphs in order. `site` is said of the site itself: none."""
    cited: dict[str, set[int]] = {id_: set() for id_ in also}
    for sentence in said:
        if sentence.source != "site":
            cited.setdefault(sentence.source, set()).update(sentence.paragraphs)
    return [
        Citation(
            block,
            None if id_ in OWN_SOURCES else report.source(id_),
            Numbers(tuple(sorted(paragraphs))) if paragraphs else None,
        )
        for id_, paragraphs in cited.items()
    ]
