"""The report for machines: the facts of the pages, in English, as JSON."""

from collections.abc import Callable, Iterator

import msgspec

from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.pages.dataset_format import (
    ActionData,
    AreaData,
    CouncilsData,
    Dataset,
    JudgementData,
    SourceData,
    Statement,
    UpdateData,
)
from inspection_outcome.pages.urls import SCHEMA, page_address, page_that_shows, update_anchor
from inspection_outcome.report import progress
from inspection_outcome.report.facts import Grade
from inspection_outcome.report.model import Report
from inspection_outcome.report.references import OF_THE_SITE
from inspection_outcome.report.sentence import Sentence

Plain = Callable[[Sentence], str]
"""Function that renders a sentence in English, without markup, with its facts filled in."""


def encode(report: Report, plain: Plain, public_url: str) -> bytes:
    """Return the report as JSON in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(_dataset(report, plain, public_url)), indent=2)


def _dataset(report: Report, plain: Plain, public_url: str) -> Dataset:
    earlier = report.inspection.earlier
    return Dataset(
        schema=public_url + SCHEMA,
        council=report.council.name,
        publisher=report.council.publisher,
        updated=report.site.updated,
        year=report.inspection.year,
        earlier_year=earlier.year if earlier else None,
        # Skip derived facts and the site's own; they have fields of their own.
        facts={name: fact for name, fact in report.facts.items() if fact.source not in OF_THE_SITE},
        judgements=tuple(_judgements(report, plain)),
        areas=tuple(
            AreaData(
                area.id,
                area.judgement,
                _statement(area.name, plain),
                _statement(area.why, plain),
                _statements(area.not_known, plain),
            )
            for area in report.areas
        ),
        actions=tuple(_actions(report, plain)),
        updates=tuple(_updates(report, plain, public_url)),
        councils=_councils(report),
        sources=tuple(
            SourceData(source.id, plain(source.name), source.date, source.web, source.licence)
            for source in report.sources
        ),
    )


def _statement(sentence: Sentence, plain: Plain) -> Statement:
    return Statement(plain(sentence), sentence.source, sentence.paragraphs)


def _statements(sentences: tuple[Sentence, ...], plain: Plain) -> tuple[Statement, ...]:
    return tuple(_statement(sentence, plain) for sentence in sentences)


def _judgements(report: Report, plain: Plain) -> Iterator[JudgementData]:
    for judgement in report.judgements:
        note = judgement.earlier_note
        yield JudgementData(
            judgement.id,
            _statement(judgement.name, plain),
            judgement.grade,
            judgement.grade.step,
            judgement.earlier,
            _statement(note, plain) if note else None,
        )


def _actions(report: Report, plain: Plain) -> Iterator[ActionData]:
    for action in report.actions:
        last = progress.reported(report, action)
        yield ActionData(
            action.id,
            action.area,
            _statement(action.text, plain),
            progress.status(report, action),
            last.date if last else None,
            _statements(action.not_known, plain),
        )


def _updates(report: Report, plain: Plain, public_url: str) -> Iterator[UpdateData]:
    page = page_that_shows(report, "progress")
    url = public_url + page_address(page, ENGLISH) if page else ""
    for update in progress.newest_first(report.updates):
        yield UpdateData(
            update.id,
            update.action,
            update.date,
            update.seen,
            update.status,
            _statement(update.text, plain),
            f"{url}#{update_anchor(update.id)}" if url else "",
        )


def _councils(report: Report) -> CouncilsData | None:
    comparison = report.comparison
    if comparison is None:
        return None
    grades = {grade.value: comparison.councils(grade) for grade in Grade}
    return CouncilsData(comparison.date, comparison.source, grades)
