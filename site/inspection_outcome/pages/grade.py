"""A grade as pages show it: on a card, above what was found, and in lists."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from inspection_outcome.i18n.languages import Language
from inspection_outcome.pages.citations import Cited
from inspection_outcome.pages.urls import target_address
from inspection_outcome.report.facts import Grade, GradeGiven, Year
from inspection_outcome.report.model import Judgement, Report
from inspection_outcome.report.sentence import Sentence


class EarlierView(Struct, frozen=True):
    """The grade of the previous inspection, where the two may be compared."""

    grade: GradeGiven
    step: int
    year: Year


class GradeView(Struct, frozen=True):
    """A grade to draw: its step, and the earlier grade where the two may be compared."""

    name: Sentence
    grade: Grade
    meaning: Sentence | None
    """What this grade means here, in place of the scale's general meaning."""
    year: Year
    earlier: EarlierView | None
    earlier_note: Sentence | None
    href: str
    """The address of the section that explains this grade in full; empty if no page has one."""

    @property
    def fact(self) -> GradeGiven:
        """Return the grade as a fact, to fill a placeholder."""
        return GradeGiven(self.grade)


def grade_view(report: Report, judgement: Judgement, language: Language) -> GradeView:
    """Return the view of the grade of a judgement."""
    explained = (
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
        name=judgement.name,
        grade=judgement.grade,
        meaning=judgement.meaning,
        year=Year(report.inspection.year),
        earlier=earlier,
        earlier_note=judgement.earlier_note,
        href=next(explained, ""),
    )


def cite_grades(report: Report, grades: Iterable[GradeView]) -> Iterator[Cited]:
    """Yield what grades rest on, and the earlier grades or why there are none to compare."""
    grades = list(grades)
    yield Cited("grade", [each.name for each in grades])
    yield cite_changes(report, grades)
    yield Cited("earlier", [each.earlier_note for each in grades if each.earlier_note])


def cite_changes(report: Report, grades: Iterable[GradeView]) -> Cited:
    """Return what it rests on that grades went up or down."""
    before = report.inspection.earlier
    compared = any(each.earlier for each in grades)
    return Cited("earlier", sources=[before.source] if before and compared else [])
