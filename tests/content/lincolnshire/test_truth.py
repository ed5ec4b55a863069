"""The facts of 2023 are on the pages: grades, days, how far the steps were, and what the law asks.

They are typed in here, as they do not change. What else the two reports say, and how strongly, is
in test_points.py.
"""

import datetime as dt

import find_browser
from flask import Flask
from house_rules import Get, text_of
from inspection_outcome.pages.urls import page_address
from inspection_outcome.report.facts import Body, Date, Grade
from inspection_outcome.report.model import Report, Status
from inspection_outcome.report.sentence import Sentence
from said import Said
from shipped_site import tell

GRADES = {
    "overall": (Grade.OUTSTANDING, Grade.OUTSTANDING),
    "help-and-protection": (Grade.OUTSTANDING, Grade.GOOD),
    "in-care": (Grade.OUTSTANDING, None),
    "care-leavers": (Grade.GOOD, None),
    "leaders": (Grade.OUTSTANDING, Grade.OUTSTANDING),
}
"""The grades of 2023, and those of 2019 where the two may be compared."""
OWN_GRADES = {
    "for/in-care": ["in-care"],
    "for/care-leavers": ["care-leavers"],
    "for/came-alone": ["in-care", "care-leavers"],
    "for/at-home": ["help-and-protection"],
    "for/parents": ["help-and-protection", "in-care"],
    "for/carers": ["in-care"],
}
"""The judgements of the help that each reader gets."""
DAYS = {
    "notice_day": dt.date(2023, 4, 17),
    "feedback_date": dt.date(2023, 4, 28),
    "report_date": dt.date(2023, 6, 15),
    "panel_date": dt.date(2023, 9, 7),
}
PANEL_SAID = {
    "better-work": Status.UNDER_WAY,
    "audits": Status.UNDER_WAY,
    "training": Status.PLANNED,
    "service-review": Status.UNDER_WAY,
}
"""How far each step was, as the panel was told on 7 September 2023."""
_SHORT = "Where the report is wrong, say so in the words; a grade or a day of 2023 does not change."


def test_the_grades_are_those_of_2023_and_2019(report: Report) -> None:
    told = {each.id: (each.grade, each.earlier) for each in report.judgements}

    tell(
        (
            f"report.toml: judgement '{id_}': {told.get(id_)}, and the report says {grades}"
            for id_, grades in GRADES.items()
            if told.get(id_) != grades
        ),
        _SHORT,
    )


def test_each_reader_is_told_the_grade_of_their_help_and_what_was_not_good(
    report: Report, get: Get
) -> None:
    told = {name: text_of(get(page_address(name, "en")).query("main")[0]) for name in OWN_GRADES}

    tell(
        (
            f"{name}.toml does not give the grade of '{id_}'"
            for name, ids in OWN_GRADES.items()
            for id_ in ids
            if f"{report.judgement(id_).name.text}: {GRADES[id_][0].value.title()}"
            not in told[name]
        ),
        "name it in `grades`, at the top of the file.",
    )
    tell(
        (
            f"{name}.toml has no `not_good`"
            for name in OWN_GRADES
            if "not good enough" not in told[name]
        ),
        "tell what was not good enough for these readers, beside what was good.",
    )


def test_the_days_are_those_of_2023(report: Report) -> None:
    tell(
        (
            f"report.toml: facts.{name} is not {day}"
            for name, day in DAYS.items()
            if getattr(report.facts.get(name), "value", None) != day
        ),
        _SHORT,
    )
    visit = report.facts["visit_dates"]
    assert (getattr(visit, "first", None), getattr(visit, "last", None)) == (
        dt.date(2023, 4, 24),
        dt.date(2023, 4, 28),
    )


def test_the_steps_are_as_far_as_the_panel_was_told(report: Report) -> None:
    told = {
        update.action: update.status
        for update in report.updates
        if update.date == DAYS["panel_date"]
    }

    tell(
        (
            f"report.toml: on 7 September 2023, '{step}' was {status.value}"
            for step, status in PANEL_SAID.items()
            if told.get(step) != status
        ),
        "leave this update as it was, and add a new one for what was reported since.",
    )


def test_every_sentence_with_a_paragraph_is_on_its_page(
    report: Report, sentences: dict[str, Sentence], get: Get
) -> None:
    said = Said(get, sentences)
    pages = {f"{name}.toml": page_address(name, "en") for name in report.pages}

    tell(
        (
            f"{sentence.id} is not on {pages[file]}"
            for file, sentence in report.sentences()
            if sentence.paragraphs and file in pages and said.lacking([sentence.id], pages[file])
        ),
        "a programmer must look at it: the site lost a sentence.",
    )


def test_the_accessibility_statement_says_what_is_tested(
    report: Report, sentences: dict[str, Sentence]
) -> None:
    """Its browsers are those of test_engines.py; it was tested before it was last reviewed."""
    browsers, tested = report.facts["browsers"], report.facts["accessibility_tested"]
    reviewed = report.facts["accessibility_reviewed"]

    assert isinstance(browsers, Body)
    assert [name.split()[0] for name in browsers.value.split(", ")] == list(find_browser.FIND)
    assert isinstance(tested, Date)
    assert isinstance(reviewed, Date)
    tell(
        []
        if tested.value <= reviewed.value <= report.site.updated
        else ["report.toml: accessibility_tested, accessibility_reviewed, updated"],
        "each of these days must be that of the one before, or later.",
    )
    for id_, fact in (
        ("tested", "accessibility_tested"),
        ("tested", "pages_count"),
        ("tested-browsers", "browsers"),
    ):
        assert f"{{{fact}}}" in sentences[f"accessibility.{id_}"].text


def test_nobody_is_sent_to_a_named_officer(report: Report, get: Get) -> None:
    """The author of the panel report is named once, as its author."""
    assert [
        name
        for name in report.pages
        if name != "all"
        and "janet"
        in text_of(get("/en/" if name == "home" else f"/en/{name}/").query("main")[0]).lower()
    ] == ["about"]


def test_the_law_s_headings_are_in_the_accessibility_statement(get: Get) -> None:
    assert [text_of(heading) for heading in get("/en/accessibility/").query("h2")] == [
        "Compliance status",
        "Non-accessible content",
        "Preparation of this accessibility statement",
        "Feedback and contact information",
        "Enforcement procedure",
    ]


def test_danger_comes_first_on_the_page_of_help(get: Get) -> None:
    first = get("/en/help/").query("main section .button")[0].attrs or {}

    assert first.get("href") == "tel:999"


def test_the_name_on_a_home_screen_gives_nothing_away(shipped_app: Flask) -> None:
    """Others may see the phone."""
    manifest = shipped_app.test_client().get("/en/site.webmanifest").text.lower()

    assert [
        word for word in ("care", "ofsted", "child", "social", "help") if word in manifest
    ] == []
