"""Progress, as a carer who returns reads it.

How far each action is, what was reported when, what is not known, and how old the reports are.
"""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from house_rules import Get, attribute, text_of
from inspection_outcome import create_app
from inspection_outcome.edition import Edition, Folders, today
from inspection_outcome.settings import Settings
from justhtml import JustHTML

PROGRESS = "/en/progress/"
NEWEST = "The newest report that says how far the steps are is"


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Return the shipped edition, from which a test can render pages as of any day."""
    settings = Settings()
    return Edition.build(Folders(settings.content, settings.translations))


def on(edition: Edition, name: str, day: str | None, tag: str = "en") -> str:
    """Return the text of a page as of a day; None as for printed or exported pages."""
    html = edition.page(name, tag, dt.date.fromisoformat(day) if day else None)
    return text_of(JustHTML(html, sanitize=False).query("main")[0])


def test_one_sentence_says_how_far_all_is_and_since_when(get: Get) -> None:
    section = get(PROGRESS).query("#summary")[0]

    assert text_of(section).startswith(
        "How far has the council got? By 7 September 2023, reports said: "
        "0 steps done, 3 steps under way and 1 step planned."
    )


def test_the_picture_says_the_same_as_the_sentence(get: Get) -> None:
    """Each action is a mark at its stop.

    The picture is hidden from screen readers, which read the sentence instead.
    """
    way = get(PROGRESS).query("#summary .way")[0]
    stops = [(text_of(stop), len(stop.query(".marks .status"))) for stop in way.query("li")]

    assert attribute(way, "aria-hidden") == "true"
    assert stops == [("Planned", 1), ("Under way", 3), ("Done", 0)]
    assert [attribute(mark, "class") for mark in way.query(".marks .status")] == [
        "status planned",
        *["status under-way"] * 3,
    ]


def test_each_area_says_what_inspectors_asked_for_each_step_and_its_history(get: Get) -> None:
    areas = {text_of(area.query("h3")[0]): area for area in get(PROGRESS).query(".area")}
    told = {
        name: [
            (
                text_of(action.query("h4")[0]),
                text_of(action.query("p .status")[0]),
                len(action.query(".history li")),
            )
            for action in area.query(".action")
        ]
        for name, area in areas.items()
    }

    assert told == {
        "Plans and records for care leavers": [
            (
                "Quick steps to make the work with care leavers better",
                "Under way reported on 7 September 2023",
                1,
            ),
            (
                "Check the work (this is called an audit)",
                "Under way reported on 7 September 2023",
                1,
            ),
            ("Train workers", "Planned reported on 7 September 2023", 1),
        ],
        "Help for care leavers aged 21 and over": [],
        "Other steps": [
            (
                "Check that the service is at the right level, before a contract ends in 2024",
                "Under way reported on 7 September 2023",
                3,
            )
        ],
    }
    assert "Many plans were vague" in text_of(areas["Plans and records for care leavers"])


def test_a_history_is_newest_first_and_says_where_each_was_read(get: Get) -> None:
    entries = get(PROGRESS).query('[id^="update_service-review"]')
    said = [text_of(entry) for entry in entries]

    assert [text.split(". ")[0] for text in said[:2]] == ["No date", "No date"]
    assert said[2].startswith(
        "7 September 2023 Under way The council said that it was doing a service review ."
    )
    assert all("We noted it on 24 November 2026." in text for text in said[:2])
    assert all("This does not show that anything got better." in text for text in said[:2])
    assert [entry.name for entry in entries] == ["li", "li", "li"]
    assert [
        text_of(entry.query(".source")[0]).removeprefix("Where we read it: ") for entry in entries
    ] == [
        "The council’s money handbook for children in care and care leavers",
        "The council’s page for care leavers",
        "Report to Lincolnshire’s Corporate Parenting Panel, 7 September 2023",
    ]


def test_each_area_says_what_is_not_known_and_whom_to_ask(get: Get) -> None:
    areas = get(PROGRESS).query(".area")
    unknown = [text_of(area.query(".unknown ul")[0]) for area in areas]

    assert "Was the training held? We have not found a published result." in unknown[0]
    assert "What did the checks find? We have not found a published result." in unknown[0]
    assert "The report names no step just for people aged 21 and over." in unknown[1]
    assert (
        "What came out of the service review ? We have not found a published result." in unknown[2]
    )
    for area in areas:
        assert [attribute(link, "href") for link in area.query(".ask a")] == ["tel:01522575955"]


def test_a_live_page_says_how_old_the_newest_report_is(edition: Edition) -> None:
    for name in ("progress", "home"):
        assert f"{NEWEST} more than 3 years old." in on(edition, name, "2026-11-24")
        assert f"{NEWEST} more than 1 year old." in on(edition, name, "2024-09-08")
        for day in ("2023-09-07", "2024-09-07"):
            assert "newest report that says" not in on(edition, name, day)


def test_a_kept_page_tells_the_date_instead(edition: Edition) -> None:
    for name in ("progress", "home", "all"):
        said = on(edition, name, None)
        assert f"{NEWEST} from 7 September 2023." in said
        assert "is more than" not in said


def test_everything_on_one_page_tells_the_same_age(edition: Edition) -> None:
    assert on(edition, "all", "2026-11-24").count(f"{NEWEST} more than 3 years old.") == 2


@pytest.mark.parametrize(
    ("now", "day"),
    [
        # 23:30 in England, in summer time
        (dt.datetime(2024, 9, 7, 22, 30, tzinfo=dt.UTC), dt.date(2024, 9, 7)),
        # 00:30 in England, in summer time
        (dt.datetime(2024, 9, 7, 23, 30, tzinfo=dt.UTC), dt.date(2024, 9, 8)),
        # 23:30 in England, as winter time is UTC
        (dt.datetime(2024, 12, 31, 23, 30, tzinfo=dt.UTC), dt.date(2024, 12, 31)),
    ],
)
def test_the_day_is_that_of_the_united_kingdom(now: dt.datetime, day: dt.date) -> None:
    assert today(now) == day


def test_a_page_is_made_anew_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspection_outcome.store.today", lambda: dt.date(2029, 9, 8))
    client = create_app({}, watch=False).test_client()
    assert "more than 6 years old" in client.get(PROGRESS).text

    monkeypatch.setattr("inspection_outcome.store.today", lambda: dt.date(2030, 9, 8))
    client.application.extensions["inspection_outcome"].refresh()

    assert "more than 7 years old" in client.get(PROGRESS).text


def test_another_status_changes_sentence_picture_and_age(tmp_path: Path) -> None:
    """Readers see what an update changes; here one from a document of 2026."""
    copy = Path(shutil.copytree(Settings().content, tmp_path / "content"))
    report = (copy / "report.toml").read_text(encoding="utf-8")
    source = (
        '[[source]]\nid = "new"\ndate = 2026-10-01\n'
        '[source.name]\nid = "report.source-new"\ntext = "A report"\n'
    )
    update = (
        '[[update]]\nid = "new"\naction = "training"\ndate = 2026-10-01\nstatus = "done"\n'
        '[update.text]\nid = "report.new"\ntext = "It was held."\nsource = "new"\n\n'
    )
    report = report.replace("[[source]]", f'{source}source = "site"\n\n[[source]]', 1)
    (copy / "report.toml").write_text(
        report.replace("[[update]]", f"{update}[[update]]", 1), encoding="utf-8"
    )
    newer = Edition.build(Folders(copy, Settings().translations))

    said = on(newer, "progress", "2026-11-24")

    assert "By 1 October 2026, reports said: 1 step done and 3 steps under way." in said
    assert (
        "The oldest of these reports is more than 3 years old. That step may have changed." in said
    )
    assert "The newest report" not in said
    html = JustHTML(newer.page("progress", "en"), sanitize=False)
    where = text_of(html.query("#summary details")[0])
    assert "A report" in where  # the source of a status is cited
    assert f"{NEWEST} from 1 October 2026." in on(newer, "about", "2026-11-24")
    assert [len(stop.query(".marks .status")) for stop in html.query(".way li")] == [0, 3, 1]


def test_before_and_now_stand_side_by_side_only_where_they_may_be_compared(get: Get) -> None:
    rows = {text_of(row.query("h3")[0]): row for row in get(PROGRESS).query("#before .before > li")}
    said = {name: text_of(row.query("p")[0]) for name, row in rows.items()}
    grades = {name: [text_of(each) for each in row.query("dl > div")] for name, row in rows.items()}

    assert grades == {
        "Overall": ["2019 Outstanding", "2023 Outstanding"],
        "Children who need help and protection": ["2019 Good", "2023 Outstanding"],
        "Children in care": ["2023 Outstanding"],
        "Care leavers": ["2023 Good"],
        "Leaders": ["2019 Outstanding", "2023 Outstanding"],
    }
    squares = [
        len(picture.query("rect.reached"))
        for picture in rows["Children who need help and protection"].query("svg")
    ]
    assert squares == [3, 4]
    for name in ("Children in care", "Care leavers"):
        assert "So this grade cannot be compared with it." in said.pop(name)
    assert said == {
        "Overall": "The grade stayed the same.",
        "Children who need help and protection": "The grade went up.",
        "Leaders": "The grade stayed the same.",
    }


def test_other_councils_are_counted_in_words_and_as_bars_of_the_same_length(get: Get) -> None:
    section = get("/en/results/").query("#councils")[0]
    rows = [
        (text_of(row.query("b")[0]), text_of(row.query("p")[0]))
        for row in section.query(".councils li")
    ]
    bars = [
        (
            attribute(bar.query("rect")[0], "width"),
            attribute(bar, "viewBox"),
            attribute(bar, "aria-hidden"),
        )
        for bar in section.query("svg")
    ]

    assert rows == [
        ("Outstanding", "46 councils. Lincolnshire is one of them."),
        ("Good", "63 councils."),
        ("Requires improvement to be good", "29 councils."),
        ("Inadequate", "13 councils."),
    ]
    assert bars == [(number, "0 0 63 10", "true") for number in ("46", "63", "29", "13")]
    assert [attribute(bar, "class") for bar in section.query("rect")] == [
        "reached",
        "below",
        "below",
        "below",
    ]
    said = text_of(section)
    assert "the latest grade of 151 councils. It is from 29 June 2026." in said
    assert "A public list of councils’ latest inspections, 29 June 2026" in said
    assert "In that list, Lincolnshire still has its grade from April 2023." in said


def test_a_card_leads_to_where_the_grade_is_told_if_this_page_does_not_tell_what_must_get_better(
    small: Path,
) -> None:
    """The small home page does not tell it, so a link to #areas would have no target."""
    page = JustHTML(
        create_app({"OUTCOME_CONTENT": str(small)}, watch=False).test_client().get("/en/").text,
        sanitize=False,
    )

    assert [attribute(link, "href") for link in page.query(".card p a")] == ["/en/#found"]


def test_the_feed_is_linked_in_the_head_and_visibly(get: Get) -> None:
    page = get(PROGRESS)
    head = page.query('link[type="application/atom+xml"]')[0]
    link = page.query("#follow a.button")[0]

    assert (attribute(head, "rel"), attribute(head, "href")) == ("alternate", "/en/progress.atom")
    assert attribute(head, "title") == text_of(link) == "Get each new report as a feed"
    assert attribute(link, "href") == "/en/progress.atom"
    assert get("/en/results/").query('link[type="application/atom+xml"]') == []


def test_the_steps_cite_what_inspectors_said_and_what_is_not_known(get: Get) -> None:
    said = " ".join(
        get(PROGRESS).query("#steps details")[0].to_text(separator="", strip=False).split()
    )

    assert (
        "What must get better: Report to Lincolnshire’s Corporate Parenting Panel, "
        "7 September 2023." in said
    )
    assert (
        "What must get better: Ofsted’s report on Lincolnshire, 15 June 2023, "
        "paragraphs 49 and 51." in said
    )
    assert "What the council does: Report to" in said
    assert "What we do not know: Explained in our own words." in said
    before = text_of(get(PROGRESS).query("#before details")[0])
    assert "The grade before: Ofsted’s report on Lincolnshire, 2019" in before


def test_the_reporting_update_does_not_say_its_status_twice(get: Get) -> None:
    """The action's own date and status are right above that update."""
    page = get(PROGRESS)

    assert len(page.query("#update_training-2023-09-07 .status")) == 0
    assert len(page.query("#update_service-review-2023-09-07 .status")) == 1


def test_a_report_that_is_old_is_said_to_be_so_on_about_by_its_date(get: Get) -> None:
    said = text_of(get("/en/about/").query("#fresh")[0])

    assert f"{NEWEST} from 7 September 2023." in said
