"""The format of report.json, and its JSON Schema (2020-12), which is public.

The schema has the docstrings of the classes as descriptions.
"""

import datetime as dt
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from inspection_outcome.report.facts import AnyFact, Grade
from inspection_outcome.report.model import Status

Id = Annotated[str, Meta(description="A stable name, unique among its kind.")]
SourceId = Annotated[
    str,
    Meta(
        description=(
            "The id of the source that says so; `site`, `facts` or `publisher` for words of this "
            "site's own."
        )
    ),
]


class Statement(Struct, frozen=True):
    """One block of English, and where it comes from."""

    text: str
    source: SourceId
    paragraphs: Annotated[
        tuple[int, ...], Meta(description="Numbered paragraphs of the source; may be empty.")
    ]


class SourceData(Struct, frozen=True):
    """A document that statements can be traced to."""

    id: Id
    name: str
    date: Annotated[
        dt.date | None, Meta(description="The day that it bears; null where it bears none.")
    ]
    web: Annotated[str | None, Meta(description="Its web address, without https://.")]
    licence: Annotated[str | None, Meta(description="`ogl`: the Open Government Licence v3.0.")]


class JudgementData(Struct, frozen=True):
    """One grade that inspectors gave."""

    id: Id
    name: Statement
    grade: Grade
    step: Annotated[
        int, Meta(ge=1, le=4, description="The grade as a step of the scale; 4 is the best.")
    ]
    earlier: Annotated[
        Grade | None, Meta(description="The grade before; null where the two may not be compared.")
    ]
    earlier_note: Annotated[Statement | None, Meta(description="Why the two may not be compared.")]


class AreaData(Struct, frozen=True):
    """An area for improvement: something that inspectors said must get better."""

    id: Id
    judgement: Annotated[str, Meta(description="The id of the judgement that it belongs to.")]
    name: Statement
    why: Statement
    not_known: tuple[Statement, ...]


class ActionData(Struct, frozen=True):
    """What the council said that it does about it."""

    id: Id
    area: Annotated[
        str | None, Meta(description="The id of its area; null where the source ties it to none.")
    ]
    text: Statement
    status: Annotated[
        Status, Meta(description="As last reported; `not-known` where no dated report gives one.")
    ]
    reported: Annotated[
        dt.date | None, Meta(description="The day of the report that gives the status.")
    ]
    not_known: tuple[Statement, ...]


class UpdateData(Struct, frozen=True):
    """What was reported about an action. Either `date` or `seen` is set."""

    id: Id
    action: Annotated[str, Meta(description="The id of its action.")]
    date: Annotated[dt.date | None, Meta(description="The day of the report.")]
    seen: Annotated[
        dt.date | None, Meta(description="The day on which a document without a date was noted.")
    ]
    status: Annotated[
        Status | None, Meta(description="The status that it gives; null: it is information.")
    ]
    text: Statement
    url: Annotated[
        str, Meta(description="Where the site tells it; relative where it has no public address.")
    ]


class CouncilsData(Struct, frozen=True):
    """How many councils had each grade, in a list of their latest inspections."""

    date: Annotated[dt.date, Meta(description="The day on which the list stood like this.")]
    source: SourceId
    grades: Annotated[dict[str, int], Meta(description="How many councils, by grade.")]


class Dataset(Struct, frozen=True):
    """One inspection of a council's children's services, and what was reported since."""

    schema: Annotated[str, Meta(description="The address of this schema.")] = msgspec.field(
        name="$schema"
    )
    council: str
    publisher: Annotated[
        str | None, Meta(description="Who answers for this copy; null: nobody does yet.")
    ]
    updated: Annotated[dt.date, Meta(description="When the site was last changed.")]
    year: Annotated[int, Meta(description="The year of the inspection.")]
    earlier_year: Annotated[int | None, Meta(description="The year of the inspection before.")]
    facts: Annotated[
        dict[str, AnyFact],
        Meta(description="Values that sentences take, by name, with their source."),
    ]
    judgements: tuple[JudgementData, ...]
    areas: tuple[AreaData, ...]
    actions: tuple[ActionData, ...]
    updates: Annotated[tuple[UpdateData, ...], Meta(description="The newest first.")]
    councils: Annotated[
        CouncilsData | None, Meta(description="Other councils' grades, where the site tells them.")
    ]
    sources: tuple[SourceData, ...]


def encode_schema() -> bytes:
    """Return the JSON Schema of report.json, as JSON in UTF-8."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Report"}
    return msgspec.json.encode(dialect | msgspec.json.schema(Dataset))
