"""Progress, as a carer who returns reads it.

How far each action is, what was reported when, what is not known, and how old the reports are.
"""

import datetime as dt
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import frozen_site
import pytest
from flask import Flask
from house_rules import Get, attribute, text_of
from inspection_outcome import create_app
from inspection_outcome.edition import Folders, today
from inspection_outcome.renderer import Renderer
from justhtml import JustHTML
from pseudo_locales import NORTHMARSH

PROGRESS = "/en/progress/"
NEWEST = "The newest report that says how far the steps are is"
OLDEST = "The oldest of these reports is more than 1 year old. That step may have changed."
UNKNOWN_TODAY = "We do not know how far they are today."
LATER = """
[[area.not_known]]
id = "report.area-checks-who"
text = "Nobody told us who looks at the work."
source = "facts"

[[source]]
id = "later"
date = 2026-10-01
[source.name]
id = "report.source-later"
text = "A report"
source = "site"

[[update]]
id = "rewrite-page"
action = "rewrite"
seen = 2026-10-02
[update.text]
id = "report.update-rewrite-page"
text = "A page of the council says that plans are written with children."
source = "made-up-page"

[[update]]
id = "teach-2026-10-01"
action = "teach"
date = 2026-10-01
status = "done"
[update.text]
id = "report.update-teach"
text = "It was held."
source = "later"
"""
"""What was added to the report by October 2026; the last area takes the first block."""
REST = """
[[update]]
id = "teach-2026-02-27"
action = "teach"
date = 2026-02-27
status = "planned"
[update.text]
id = "report.update-teach"
text = "The council said that it would teach its workers."
source = "made-up-plan"

[[update]]
id = "report-2026-02-27"
action = "report"
date = 2026-02-27
status = "planned"
[update.text]
id = "report.update-report"
text = "The council said that it would tell everybody."
source = "made-up-plan"
"""
"""The first reports on the actions that Northmarsh has none on."""
NO_STEP = [
    "What happens when somebody is worried about a child",
    "Acting at once when a child may not be safe",
    "Help for children who go missing",
    "Finding the right home",
    "Workers who stay",
    "Health of children in care",
    "Asking children what they think",
    "Telling care leavers about money",
    "A good place to live for care leavers",
    "Time and training for workers",
    "How leaders check the work",
]
"""The areas of Northmarsh that no step is for."""
SECOND_STEP = """
[[action]]
id = "check"
area = "checks"
[action.text]
id = "report.action-check"
text = "Look at the work each week"
source = "made-up-plan"
"""
ASK = """
[[section]]
id = "ask"
contacts = ["council"]
[section.heading]
id = "progress.ask"
text = "Who you can ask"
source = "site"
"""
"""A section that lists the contact of all areas of Northmarsh."""


@pytest.fixture(scope="module")
def renderer(app: Flask) -> Renderer:
    """Return the renderer of the frozen site, which makes pages as of any day."""
    renderer: Renderer = app.extensions["inspection_outcome"].current().renderer
    return renderer


def changed(edit: Callable[[str], str], translations: Path, into: Path) -> Renderer:
    """Return the renderer of a copy of Northmarsh whose report.toml is edited."""
    copy = Path(shutil.copytree(NORTHMARSH, into / "content"))
    report = copy / "report.toml"
    report.write_text(edit(report.read_text(encoding="utf-8")), encoding="utf-8")
    return Renderer.build(Folders(copy, translations))


def with_more(more: str, translations: Path, into: Path) -> Renderer:
    """Return the renderer of a copy of Northmarsh with more at the end of its report.toml."""
    return changed(lambda text: text + more, translations, into)


@pytest.fixture(scope="module")
def later(translations: Path, tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    """Return the renderer of a site that also has what `LATER` adds."""
    return with_more(LATER, translations, tmp_path_factory.mktemp("later"))


@pytest.fixture(scope="module")
def later_page(later: Renderer) -> JustHTML:
    return JustHTML(later.page("progress", "en"), sanitize=False)


def ages(renderer: Renderer, name: str, day: str | None) -> list[str]:
    """Return what a page says of the age of reports, as of a day; None for a printed page."""
    html = renderer.page(name, "en", dt.date.fromisoformat(day) if day else None)
    return [
        said
        for said in re.findall("<p>([^<]+)</p>", html)
        if "report" in said and (" old." in said or f"{NEWEST} from" in said)
    ]


def cited(page: JustHTML, heading: str) -> list[str]:
    """Return what the list of sources at the end of a page says of the section of this heading."""
    at_end = page.query(".from")[-1]
    lists = zip(at_end.query("p"), at_end.query("ul"), strict=True)
    return [
        " ".join(each.to_text(separator="", strip=False).split())
        for name, sources in lists
        if text_of(name) == heading
        for each in sources.query("li")
    ]


def test_how_much_has_no_step_comes_first_then_how_far_all_is_and_since_when(get: Get) -> None:
    section = get(PROGRESS).query("#summary")[0]

    assert text_of(section).startswith(
        "How far has the council got? "
        "13 things must get better. 11 things have no step of their own, "
        "as far as we know. "
        "From what was reported by 28 February 2026, we count: "
        "1 step under way, 1 step planned and 2 steps not known. How soon help comes"
    )


def test_where_all_is_reported_on_and_nothing_done_a_second_sentence_says_so(
    translations: Path, tmp_path: Path
) -> None:
    page = with_more(REST, translations, tmp_path).page("progress", "en")

    assert text_of(JustHTML(page, sanitize=False).query(".tally")[0]) == (
        "From what was reported by 28 February 2026, we count: "
        "1 step under way and 3 steps planned. No report calls a step finished."
    )


def test_the_age_of_the_reports_comes_right_after_the_tally(renderer: Renderer) -> None:
    html = renderer.page("progress", "en", dt.date(2029, 3, 1))
    ledger = JustHTML(html, sanitize=False).query(".ledger > *")

    assert attribute(ledger[1], "class") == "tally"
    assert text_of(ledger[2]) == f"{NEWEST} more than 3 years old. {UNKNOWN_TODAY}"


def test_the_mark_of_a_step_is_that_of_its_status_in_words(get: Get) -> None:
    rows = get(PROGRESS).query(".action")

    assert [
        (attribute(row.query(".step")[0], "class"), text_of(row.query(".status")[0]))
        for row in rows
    ] == [
        ("step dial under-way", "Under way reported on 28 February 2026"),
        ("step dial planned", "Planned reported on 27 February 2026"),
        *[("step dial not-known", "Not known")] * 2,
    ]


def test_each_area_says_what_inspectors_asked_for_each_step_and_its_history(get: Get) -> None:
    areas = {text_of(area.query("h3")[0]): area for area in get(PROGRESS).query(".area")}
    told = {
        name: [
            (
                text_of(action.query("h4")[0]),
                text_of(action.query(".status")[0]),
                len(action.query(".history li")),
            )
            for action in area.query(".action")
        ]
        for name, area in areas.items()
    }

    assert told == {
        "How soon help comes": [
            ("Find more social workers", "Under way reported on 28 February 2026", 2)
        ],
        **{name: [] for name in NO_STEP},
        "Plans for children in care": [
            (
                "Write the plans again, with the children",
                "Planned reported on 27 February 2026",
                1,
            ),
            ("Teach workers to write plans", "Not known", 0),
        ],
        "Other steps": [("Tell everybody each month how it goes", "Not known", 1)],
    }
    assert [text_of(area.query("p")[0]) for area in areas.values()][::6] == [
        "Too many children waited before somebody came to see them.",
        "Too many children had to get to know a new worker again and again.",
        "They did not look at it often enough.",
    ]


def test_three_areas_are_open_and_the_others_behind_a_fold(get: Get) -> None:
    """The steps that belong to none come after it, as they do not count among them."""
    ledger = get(PROGRESS).query(".ledger")[0]
    (fold,) = ledger.query(".more")

    assert [len(each.query(".area")) for each in (ledger, fold)] == [14, 10]
    assert text_of(fold.query("summary")[0]) == (
        "10 more things that must get better : How far has the council got?"
    )
    assert text_of(ledger.query(".area")[-1].query("h3")[0]) == "Other steps"
    assert fold.query(".area")[-1] != ledger.query(".area")[-1]


def test_a_step_opens_to_its_history_newest_first_and_where_each_was_read(get: Get) -> None:
    """The newest does not say its day and status again: they are right above, as the action's."""
    folded = get(PROGRESS).query(".action details")[0]

    assert text_of(folded.query("summary")[0]) == (
        "Find more social workers Under way reported on 28 February 2026"
    )
    assert [text_of(entry) for entry in folded.query(".history li")] == [
        (
            "The council said that it was looking for more social workers . "
            "Where we read it: A letter of the council, 28 February 2026"
        ),
        (
            "27 February 2026 Planned "
            "The council said that it would look for more social workers. "
            "Where we read it: The council’s plan, 27 February 2026"
        ),
    ]


def test_a_step_without_a_report_says_so_unfolded(get: Get) -> None:
    row = next(each for each in get(PROGRESS).query(".action") if not each.query(".history"))

    assert text_of(row) == (
        "Teach workers to write plans Not known There is no report on this step here yet."
    )
    assert row.query("details") == []


def test_what_the_feed_links_to_is_the_step_whether_it_is_folded_or_not(get: Get) -> None:
    """A link into what is folded would lead nowhere in a browser of some years ago.

    So where the whole area is folded, it leads to that fold.
    """
    page = get(PROGRESS)
    told = {
        text_of(row.query("h4")[0]): [attribute(each, "id") for each in row.query("[id]")]
        for row in page.query(".action")
    }

    assert told == {
        "Find more social workers": ["update_workers-2026-02-28", "update_workers-2026-02-27"],
        "Write the plans again, with the children": [],
        "Teach workers to write plans": [],
        "Tell everybody each month how it goes": ["update_report-page"],
    }
    assert [attribute(each, "id") for each in page.query(".ledger > [id]")] == [
        "update_rewrite-2026-02-27"
    ]
    assert page.query(".ledger > [id] + .more") != []
    assert page.query('details [id^="update_"]') == []


def test_what_has_no_date_stands_where_it_was_noted(later_page: JustHTML) -> None:
    """The dated report below it still gives the action its status, and now says it itself, too."""
    action = next(each for each in later_page.query(".action") if "No date." in text_of(each))

    assert text_of(action.query(".status")[0]) == "Planned reported on 27 February 2026"
    assert [text_of(entry) for entry in action.query(".history li")] == [
        (
            "No date. We noted it on 2 October 2026. "
            "A page of the council says that plans are written with children. "
            "This does not show that anything got better. "
            "Where we read it: The council’s page for families"
        ),
        (
            "27 February 2026 Planned The council said that it would write the plans again. "
            "Where we read it: The council’s plan, 27 February 2026"
        ),
    ]


def test_each_area_says_what_is_not_known_unfolded(get: Get) -> None:
    page = get(PROGRESS)

    assert [text_of(each) for each in page.query(".area .unknown ul")] == [
        "The plan does not say how many."
    ]
    assert page.query("details .unknown") == []


def test_an_area_without_a_step_has_an_empty_mark_and_says_so(
    get: Get, later_page: JustHTML
) -> None:
    """In the report's own words, if it has any."""
    said, later_said = (
        {
            text_of(area.query("h3")[0]): text_of(mark)
            for area in page.query(".area")
            for mark in area.query(".none")
        }
        for page in (get(PROGRESS), later_page)
    )
    alike = dict.fromkeys(NO_STEP, "We know no step that is only for this.")

    assert said == alike
    assert later_said == alike | {NO_STEP[-1]: "Nobody told us who looks at the work."}


def test_whom_to_ask_about_everything_is_told_once_and_else_at_its_area(
    get: Get, translations: Path, tmp_path: Path
) -> None:
    """The steps that belong to no area have nobody of their own."""
    council = ["tel:01632960002", "mailto:hello@northmarsh.example"]
    line = ["tel:01632960001", "https://example.org/line"]
    one = 'contacts = ["council"]'

    def differ(text: str) -> str:
        return text.replace(one, 'contacts = ["line", "council"]', 1).replace(
            one, 'contacts = ["line"]', 1
        )

    def asked(part: JustHTML, place: str) -> list[list[str]]:
        return [
            [attribute(link, "href") for link in each.query(".ask + ul a")]
            for each in part.query(place)
        ]

    html = changed(differ, translations, tmp_path).page("progress", "en")
    assert asked(get(PROGRESS), ".ledger") == [council]
    assert asked(get(PROGRESS), ".area") == [[]] * 14
    assert asked(JustHTML(html, sanitize=False), ".area") == [
        *([*line, *council], line),
        *[council] * 11,
        [],
    ]


def test_home_has_three_of_many_steps_open_and_the_others_behind_a_fold(
    get: Get, translations: Path, tmp_path: Path
) -> None:
    html = with_more(SECOND_STEP, translations, tmp_path).page("home", "en")
    section = JustHTML(html, sanitize=False).query("#next")[0]
    (fold,) = section.query(".more")

    assert [len(each.query(".action")) for each in (section, fold)] == [5, 2]
    assert text_of(fold.query("summary")[0]) == "2 more steps : What happens next"
    assert len(get("/en/").query("#next .action")) == 4
    assert get("/en/").query("#next .more") == []


def test_home_says_how_much_has_no_step_before_the_steps(get: Get) -> None:
    assert text_of(get("/en/").query("#next")[0]).startswith(
        "What happens next The council wrote down what it will do. "
        "13 things must get better. 11 things have no step of their own, as far as we know. "
        "Find more social workers"
    )


def test_a_contact_that_a_section_of_the_page_lists_is_not_in_the_areas_too(
    translations: Path, tmp_path: Path
) -> None:
    content = Path(shutil.copytree(NORTHMARSH, tmp_path / "content"))
    with (content / "progress.toml").open("a", encoding="utf-8") as file:
        file.write(ASK)
    page = JustHTML(
        Renderer.build(Folders(content, translations)).page("progress", "en"), sanitize=False
    )

    assert page.query(".ask") == []
    assert len(page.query('main a[href="tel:01632960002"]')) == 1


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-02-28", []),
        ("2027-02-27", []),
        ("2027-02-28", [OLDEST]),
        ("2027-03-01", [f"{NEWEST} more than 1 year old. {UNKNOWN_TODAY}"]),
        ("2029-03-01", [f"{NEWEST} more than 3 years old. {UNKNOWN_TODAY}"]),
        (None, [f"{NEWEST} from 28 February 2026. {UNKNOWN_TODAY}"]),
    ],
)
def test_a_live_page_says_how_old_reports_are_and_a_printed_one_their_date(
    day: str | None, said: list[str], renderer: Renderer
) -> None:
    """About gives the date on any day, and everything on one page says what each page says."""
    date = f"{NEWEST} from 28 February 2026."

    assert ages(renderer, "progress", day) == ages(renderer, "home", day) == said
    assert ages(renderer, "about", day) == [date]
    assert ages(renderer, "all", day) == [*said, *said, date]


@pytest.mark.parametrize(
    ("now", "day"),
    [
        # 23:30 in England, in summer time
        (dt.datetime(2024, 9, 7, 22, 30, tzinfo=dt.UTC), dt.date(2024, 9, 7)),
        # 00:30 in England, in summer time
        (dt.datetime(2024, 9, 7, 23, 30, tzinfo=dt.UTC), dt.date(2024, 9, 8)),
        # 23:30 in England, as winter time is UTC
        (dt.datetime(2024, 12, 31, 23, 30, tzinfo=dt.UTC), dt.date(2024, 12, 31)),
        # 00:30 in England: a table of clock changes may end in 2037, the rule does not
        (dt.datetime(2038, 7, 1, 23, 30, tzinfo=dt.UTC), dt.date(2038, 7, 2)),
    ],
)
def test_the_day_is_that_of_the_united_kingdom(now: dt.datetime, day: dt.date) -> None:
    assert today(now) == day


def test_the_day_is_known_where_the_system_has_no_time_zones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Simulated: Windows, and containers without tzdata."""

    def missing(_: str) -> None:
        raise ZoneInfoNotFoundError

    monkeypatch.setattr("inspection_outcome.edition.ZoneInfo", missing)

    assert today(dt.datetime(2024, 9, 7, 23, 30, tzinfo=dt.UTC)) == dt.date(2024, 9, 8)


def test_a_page_is_made_anew_on_another_day(translations: Path) -> None:
    day = dt.date(2029, 3, 1)
    client = create_app(
        {"OUTCOME_CONTENT": str(NORTHMARSH), "OUTCOME_TRANSLATIONS": str(translations)},
        watch=False,
        clock=lambda: day,
    ).test_client()
    assert "more than 3 years old" in client.get(PROGRESS).text

    day = dt.date(2030, 3, 1)
    client.application.extensions["inspection_outcome"].refresh()

    assert "more than 4 years old" in client.get(PROGRESS).text


def test_a_site_that_is_told_no_day_takes_the_present_one(small: Path, translations: Path) -> None:
    environ = {"OUTCOME_CONTENT": str(small), "OUTCOME_TRANSLATIONS": str(translations)}
    before = today()

    day = create_app(environ, watch=False).extensions["inspection_outcome"].current().day

    assert before <= day <= today()


def test_another_status_changes_sentence_mark_and_age(
    later: Renderer, later_page: JustHTML
) -> None:
    """Readers see what an update changes; here one of October 2026."""
    summary = later_page.query("#summary")[0]

    assert (
        "From what was reported by 1 October 2026, we count: "
        "1 step done, 1 step under way, 1 step planned and 1 step not known." in text_of(summary)
    )
    assert len(summary.query(".step.done")) == 1
    assert "What the council does: A report." in cited(later_page, "How far has the council got?")
    assert ages(later, "progress", "2027-03-01") == [OLDEST]
    assert ages(later, "about", "2027-03-01") == [f"{NEWEST} from 1 October 2026."]


def test_before_and_now_stand_side_by_side_only_where_they_may_be_compared(get: Get) -> None:
    rows = {text_of(row.query("h3")[0]): row for row in get(PROGRESS).query("#before .before > li")}
    said = {name: text_of(row.query("p")[0]) for name, row in rows.items()}
    grades = {name: [text_of(each) for each in row.query("dl > div")] for name, row in rows.items()}
    steps = {
        name: [
            [attribute(step, "class") for step in picture.query("rect")].index("reached") + 1
            for picture in row.query("svg")
        ]
        for name, row in rows.items()
    }

    assert grades == {
        "Overall": ["2022 Requires improvement to be good", "2026 Inadequate"],
        "Children who need help and protection": ["2022 Inadequate", "2026 Inadequate"],
        "Children in care": ["2026 Requires improvement to be good"],
        "Care leavers": ["2026 Requires improvement to be good"],
        "Leaders": ["2022 Inadequate", "2026 Requires improvement to be good"],
    }
    assert steps == {
        "Overall": [2, 1],
        "Children who need help and protection": [1, 1],
        "Children in care": [2],
        "Care leavers": [2],
        "Leaders": [1, 2],
    }
    assert said == {
        "Overall": "The grade went down.",
        "Children who need help and protection": "The grade stayed the same.",
        "Children in care": (
            "In 2022, this and the next shared one grade: Good. So they cannot be compared."
        ),
        "Care leavers": (
            "In 2022, this and the one before shared one grade: Good. So they cannot be compared."
        ),
        "Leaders": "The grade went up.",
    }


def test_other_councils_are_counted_in_words_and_as_bars_of_the_same_length(get: Get) -> None:
    page = get("/en/results/")
    section = page.query("#councils")[0]
    rows = [text_of(row.query("p")[0]) for row in section.query(".councils li")]
    bars = [
        (
            attribute(bar.query("rect")[0], "width"),
            attribute(bar, "viewBox"),
            attribute(bar, "aria-hidden"),
        )
        for bar in section.query("svg")
    ]

    assert rows == [
        "Outstanding: 3 councils.",
        "Good: 12 councils.",
        "Requires improvement to be good: 7 councils.",
        "Inadequate: 2 councils. Northmarsh is one of them.",
    ]
    assert bars == [(number, "0 0 12 10", "true") for number in ("3", "12", "7", "2")]
    assert [attribute(bar, "class") for bar in section.query("rect")] == [
        "below",
        "below",
        "below",
        "reached",
    ]
    assert "A list has the grades of 24 councils. It is from 1 March 2026." in text_of(section)
    assert cited(page, "How were other councils graded?") == [
        "A list of councils’ grades, 1 March 2026."
    ]


def test_home_links_to_what_must_get_better_only_if_it_tells_it(
    get: Get, small: Path, translations: Path
) -> None:
    """The small home page does not tell it, so a link to it would have no target."""
    client = frozen_site.create(translations, content=small).test_client()
    page = JustHTML(client.get("/en/").text, sanitize=False)

    assert page.query(".must a") == []
    assert {attribute(link, "href") for link in get("/en/").query(".must a")} == {"#must"}


def test_the_feed_is_linked_in_the_head_and_visibly(get: Get) -> None:
    page = get(PROGRESS)
    head = page.query('link[type="application/atom+xml"]')[0]
    link = page.query("#follow a.button")[0]

    assert (attribute(head, "rel"), attribute(head, "href")) == ("alternate", "/en/progress.atom")
    assert attribute(head, "title") == text_of(link) == "Get each new report as a feed"
    assert attribute(link, "href") == "/en/progress.atom"
    assert get("/en/results/").query('link[type="application/atom+xml"]') == []


def test_the_steps_cite_what_inspectors_said_and_what_is_not_known(
    get: Get, later_page: JustHTML
) -> None:
    page = get(PROGRESS)

    assert cited(page, "How far has the council got?") == [
        (
            "What must get better: Ofsted’s report on Northmarsh, 16 February 2026 "
            "(paragraphs 3, 5, 7, 8, 13, 18, 19, 20, 21, 22, 23, 24 and 25)."
        ),
        "What the council does: The council’s plan, 27 February 2026.",
        "What the council does: A letter of the council, 28 February 2026.",
        "What we do not know: The council’s plan, 27 February 2026.",
    ]
    assert "What we do not know: Explained in our own words." in cited(
        later_page, "How far has the council got?"
    )
    assert "The grade before: Ofsted’s report on Northmarsh, 2022." in cited(
        page, "The last two inspections"
    )
