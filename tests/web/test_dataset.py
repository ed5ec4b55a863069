"""report.json agrees with the pages, and is valid against its JSON Schema."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frozen_site
import pytest
from flask import Flask
from flask.testing import FlaskClient
from house_rules import HEADERS
from jsonschema import Draft202012Validator
from pseudo_locales import SMALL

Spoil = Callable[[str, str, str], Path]


def told(app: Flask) -> dict[str, Any]:
    """Return what an app says in report.json."""
    return dict(json.loads(app.test_client().get("/report.json").data))


@pytest.fixture(scope="module")
def report(app: Flask) -> dict[str, Any]:
    return told(app)


@pytest.fixture(scope="module")
def schema(app: Flask) -> dict[str, Any]:
    return dict(json.loads(app.test_client().get("/report.schema.json").data))


@pytest.fixture(scope="module")
def validator(schema: dict[str, Any]) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_it_is_as_its_schema_says(
    report: dict[str, Any], validator: Draft202012Validator, translations: Path
) -> None:
    smallest = told(frozen_site.create(translations, content=SMALL))

    assert list(validator.iter_errors(report)) == []
    assert list(validator.iter_errors(smallest)) == []


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("council", None),
        ("updated", "soon"),
        ("actions", [{"id": "x"}]),
        ("judgements", [{"id": "x", "name": "X", "grade": "great"}]),
        ("facts", {"x": {"kind": "magic", "value": 1}}),
    ],
)
def test_what_is_not_as_the_schema_says_is_found(
    part: str, value: object, report: dict[str, Any], validator: Draft202012Validator
) -> None:
    assert list(validator.iter_errors(report | {part: value})) != []


def test_every_part_of_the_schema_is_explained(schema: dict[str, Any]) -> None:
    """Each object definition of the schema has a description."""
    assert all(
        part.get("description") for part in schema["$defs"].values() if part.get("type") == "object"
    )


def test_it_has_the_facts_the_grades_and_the_sources(report: dict[str, Any]) -> None:
    assert report["$schema"] == "/report.schema.json"
    assert (report["council"], report["publisher"], report["updated"]) == (
        "Northmarsh",
        "Northmarsh Council",
        "2026-03-02",
    )
    assert (report["year"], report["earlier_year"]) == (2026, 2022)
    assert {
        each["id"]: (each["grade"], each["step"], each["earlier"]) for each in report["judgements"]
    } == {
        "overall": ("inadequate", 1, "requires-improvement"),
        "help-and-protection": ("inadequate", 1, "inadequate"),
        "in-care": ("requires-improvement", 2, None),
        "care-leavers": ("requires-improvement", 2, None),
        "leaders": ("requires-improvement", 2, "inadequate"),
    }
    assert [each["id"] for each in report["judgements"] if each["earlier_note"]] == [
        "in-care",
        "care-leavers",
    ]
    assert report["judgements"][2]["name"]["text"] == "Children in care"
    assert report["judgements"][2]["earlier_note"] == {
        "text": "In 2022, this and the next shared one grade: Good. So they cannot be compared.",
        "source": "made-up-earlier",
        "paragraphs": [],
    }
    assert list(report["facts"]) == [  # no fact that the site derives, as councils_count
        "ofsted",
        "visit_month",
        "visit_dates",
        "report_date",
        "plan_date",
        "news_date",
        "shared_grade",
        "help_until",
    ]
    assert report["facts"]["report_date"] == {
        "kind": "date",
        "source": "made-up-report",
        "value": "2026-02-16",
    }
    assert report["facts"]["visit_dates"] == {
        "kind": "dates",
        "source": "made-up-report",
        "first": "2026-01-12",
        "last": "2026-01-23",
    }
    assert report["sources"][0] == {
        "id": "made-up-report",
        "name": "Ofsted’s report on Northmarsh, 16 February 2026",
        "date": "2026-02-16",
        "web": "example.org/report",
        "licence": None,
    }
    assert [each["id"] for each in report["sources"][1:]] == [
        "made-up-plan",
        "made-up-news",
        "made-up-page",
        "made-up-earlier",
        "made-up-list",
        "law",
    ]
    assert report["councils"] == {
        "date": "2026-03-01",
        "source": "made-up-list",
        "grades": {"outstanding": 3, "good": 12, "requires-improvement": 7, "inadequate": 2},
    }


def test_it_has_each_area_and_each_action_as_last_reported(report: dict[str, Any]) -> None:
    areas = [(each["id"], each["judgement"]) for each in report["areas"]]
    assert len(areas) == 13
    assert areas[:2] == [("visits", "help-and-protection"), ("calls", "help-and-protection")]
    assert areas[-1] == ("checks", "leaders")
    assert report["areas"][0] == {
        "id": "visits",
        "judgement": "help-and-protection",
        "name": {"text": "How soon help comes", "source": "made-up-report", "paragraphs": []},
        "why": {
            "text": "Too many children waited before somebody came to see them.",
            "source": "made-up-report",
            "paragraphs": [3],
        },
        "not_known": [],
    }
    assert [
        (each["id"], each["area"], each["status"], each["reported"]) for each in report["actions"]
    ] == [
        ("workers", "visits", "under-way", "2026-02-28"),
        ("rewrite", "plans", "planned", "2026-02-27"),
        ("teach", "plans", "not-known", None),
        ("report", None, "not-known", None),
    ]
    assert report["actions"][0]["text"] == {
        "text": "Find more social workers",
        "source": "made-up-plan",
        "paragraphs": [],
    }
    assert report["actions"][0]["not_known"] == [
        {"text": "The plan does not say how many.", "source": "made-up-plan", "paragraphs": []}
    ]


def test_it_has_each_update_newest_first_in_words_without_markup(report: dict[str, Any]) -> None:
    updates = report["updates"]

    assert [(each["action"], each["date"], each["seen"], each["status"]) for each in updates] == [
        ("report", None, "2026-03-01", None),
        ("workers", "2026-02-28", None, "under-way"),
        ("workers", "2026-02-27", None, "planned"),
        ("rewrite", "2026-02-27", None, "planned"),
    ]
    assert updates[1] == {
        "id": "workers-2026-02-28",
        "action": "workers",
        "date": "2026-02-28",
        "seen": None,
        "status": "under-way",
        "text": {
            "text": "The council said that it was looking for more social workers.",
            "source": "made-up-news",
            "paragraphs": [],
        },
        "url": "/en/progress/#update_workers-2026-02-28",
    }


def test_what_it_has_not_is_null_and_what_northmarsh_has_not_is_told(
    spoil: Spoil, validator: Draft202012Validator, translations: Path
) -> None:
    """A licence, and what is not known of an area; no publisher, inspection before or comparison.

    No page tells the update.
    """
    spoil("report.toml", 'earlier = { year = 2021, source = "inspectors" }\n', "")
    spoil("report.toml", 'earlier = "good"\n', "")
    spoil("report.toml", 'web = "example.org/report"', 'web = "example.org"\nlicence = "ogl"')
    unknown = '[[area.not_known]]\nid = "report.x"\ntext = "Which ones?"\nsource = "facts"\n\n'
    folder = spoil("report.toml", "[[action]]", f"{unknown}[[action]]")
    report = told(frozen_site.create(translations, content=folder))

    assert list(validator.iter_errors(report)) == []
    assert [each["licence"] for each in report["sources"]] == ["ogl"]
    assert report["areas"][0]["not_known"] == [
        {"text": "Which ones?", "source": "facts", "paragraphs": []}
    ]
    assert (report["publisher"], report["earlier_year"], report["councils"]) == (None, None, None)
    assert [each["url"] for each in report["updates"]] == [""]


def test_scripts_of_any_site_may_read_it(client: FlaskClient) -> None:
    for path, kind in (
        ("/report.json", "application/json"),
        ("/report.schema.json", "application/schema+json"),
    ):
        response = client.get(path)
        assert response.content_type == kind
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["X-Content-Type-Options"] == HEADERS["X-Content-Type-Options"]
    assert "Access-Control-Allow-Origin" not in client.get("/en/").headers


def test_addresses_are_absolute_where_there_is_a_public_one(
    spoil: Spoil, translations: Path
) -> None:
    folder = spoil("help.toml", 'contacts = ["line"]', 'shows = "progress"')
    public_url = "https://results.example.gov.uk"
    report = told(frozen_site.create(translations, content=folder, public_url=public_url))

    assert report["$schema"] == "https://results.example.gov.uk/report.schema.json"
    assert [each["url"] for each in report["updates"]] == [
        "https://results.example.gov.uk/en/help/#update_train-2025-02-20"
    ]
