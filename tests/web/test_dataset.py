"""report.json agrees with the pages, and is valid against its JSON Schema."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from house_rules import HEADERS
from inspection_outcome import create_app
from jsonschema import Draft202012Validator
from pseudo_locales import SECOND, SMALL


@pytest.fixture
def report(client: FlaskClient) -> dict[str, Any]:
    return dict(json.loads(client.get("/report.json").data))


@pytest.fixture
def validator(client: FlaskClient) -> Draft202012Validator:
    schema = json.loads(client.get("/report.schema.json").data)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("content", [None, SMALL, SECOND], ids=["shipped", "small", "second"])
def test_it_is_as_its_schema_says(content: Path | None, validator: Draft202012Validator) -> None:
    client = create_app({"OUTCOME_CONTENT": str(content or "")}, watch=False).test_client()

    assert list(validator.iter_errors(json.loads(client.get("/report.json").data))) == []


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


def test_every_part_of_the_schema_is_explained(client: FlaskClient) -> None:
    """Each object definition of the schema has a description."""
    schema = json.loads(client.get("/report.schema.json").data)

    assert all(
        part.get("description") for part in schema["$defs"].values() if part.get("type") == "object"
    )


def test_it_has_the_facts_the_grades_and_the_sources(report: dict[str, Any]) -> None:
    assert (report["council"], report["publisher"], report["year"], report["earlier_year"]) == (
        "Lincolnshire",
        None,
        2023,
        2019,
    )
    assert {
        each["id"]: (each["grade"], each["step"], each["earlier"]) for each in report["judgements"]
    } == {
        "overall": ("outstanding", 4, "outstanding"),
        "help-and-protection": ("outstanding", 4, "good"),
        "in-care": ("outstanding", 4, None),
        "care-leavers": ("good", 3, None),
        "leaders": ("outstanding", 4, "outstanding"),
    }
    assert report["facts"]["report_date"] == {
        "kind": "date",
        "source": "panel",
        "value": "2023-06-15",
    }
    assert report["facts"]["visit_dates"]["first"] == "2023-04-24"
    assert {each["id"] for each in report["sources"]} >= {
        "panel",
        "ofsted",
        "ofsted2019",
        "ilacs-list",
        "handbook",
    }
    assert report["councils"]["grades"] == {
        "outstanding": 46,
        "good": 63,
        "requires-improvement": 29,
        "inadequate": 13,
    }


def test_it_has_each_action_as_last_reported(report: dict[str, Any]) -> None:
    assert [
        (each["id"], each["area"], each["status"], each["reported"]) for each in report["actions"]
    ] == [
        ("better-work", "records", "under-way", "2023-09-07"),
        ("audits", "records", "under-way", "2023-09-07"),
        ("training", "records", "planned", "2023-09-07"),
        ("service-review", None, "under-way", "2023-09-07"),
    ]


def test_it_has_each_update_newest_first_in_words_without_markup(report: dict[str, Any]) -> None:
    updates = report["updates"]

    assert [each["date"] or each["seen"] for each in updates] == ["2026-11-24"] * 2 + [
        "2023-09-07"
    ] * 4
    assert [(each["status"], each["date"]) for each in updates[:2]] == [(None, None)] * 2
    assert updates[0]["url"] == "/en/progress/#update_service-review-handbook"
    assert updates[0]["text"]["text"].startswith(
        "A handbook of the council says that Barnardo’s would run"
    )
    assert "word:" not in json.dumps(report)
    assert "{" not in "".join(each["text"]["text"] for each in updates)


def test_every_value_is_the_one_of_the_content(client: FlaskClient) -> None:
    """The second report's values, written out: an empty or swapped field makes this test fail."""
    second = json.loads(
        create_app({"OUTCOME_CONTENT": str(SECOND)}, watch=False)
        .test_client()
        .get("/report.json")
        .data
    )

    assert second["$schema"] == "/report.schema.json"
    assert (second["publisher"], second["updated"]) == ("Northmarsh Council", "2026-03-02")
    assert (second["earlier_year"], second["councils"], second["updates"]) == (None, None, [])
    assert second["areas"][0] == {
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
    assert second["actions"][0] == {
        "id": "workers",
        "area": "visits",
        "text": {"text": "Find more social workers", "source": "made-up-plan", "paragraphs": []},
        "status": "not-known",
        "reported": None,
        "not_known": [
            {"text": "The plan does not say how many.", "source": "made-up-plan", "paragraphs": []}
        ],
    }
    assert second["sources"][0] == {
        "id": "made-up-report",
        "name": "Ofsted’s report on Northmarsh, 16 February 2026",
        "date": "2026-02-16",
        "web": "example.org/report",
        "licence": None,
    }
    shipped = json.loads(client.get("/report.json").data)
    assert shipped["councils"]["date"] == "2026-06-29"
    assert shipped["judgements"][2]["earlier_note"]["text"].startswith(
        "In 2019, children in care and care leavers"
    )
    assert [each["text"] for each in shipped["areas"][1]["not_known"]] == [
        "The report names no step just for people aged 21 and over."
    ]
    assert "accessibility_tested" not in shipped["facts"]


def test_every_source_that_is_named_is_there(report: dict[str, Any]) -> None:
    known = {each["id"] for each in report["sources"]} | {"facts"}
    named = {fact["source"] for fact in report["facts"].values()} | {
        each["text"]["source"] for each in report["updates"]
    }
    named |= {each[name]["source"] for each in report["areas"] for name in ("name", "why")}
    named |= {sentence["source"] for each in report["actions"] for sentence in each["not_known"]}

    assert named <= known


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


def test_addresses_are_absolute_where_there_is_a_public_one() -> None:
    client = create_app(
        {"OUTCOME_PUBLIC_URL": "https://results.example.gov.uk"}, watch=False
    ).test_client()

    report = json.loads(client.get("/report.json").data)

    assert report["$schema"] == "https://results.example.gov.uk/report.schema.json"
    assert report["updates"][0]["url"].startswith("https://results.example.gov.uk/en/progress/#")
