"""What readers get in a language whose translation is complete, half done, broken or missing."""

import datetime as dt
import re
import shutil
from collections.abc import Callable
from functools import cache
from itertools import product
from pathlib import Path

import frozen_site
import pseudo_locales
import pytest
from flask.testing import FlaskClient
from frozen_site import ALL, PAGES
from house_rules import Get, attribute, inspect, text_of
from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.extract import Message
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.states import sign
from inspection_outcome.report import load as content
from inspection_outcome.report.sentence import Sentence
from justhtml import JustHTML
from pseudo_locales import LANGUAGES, LONG, NORTHMARSH, RIGHT_TO_LEFT, SMALL

pytestmark = pytest.mark.slow

Read = Callable[[str], JustHTML]
Spoil = Callable[[str, str, str], Path]
EVERY = [path.removeprefix("/en") for path in [*PAGES, ALL]]
FALLBACK = 'span[lang="en"][dir="ltr"]'
LATIN = {"Northmarsh", "line"}
"""A name, and the end of a web address, which stay in Latin letters in every language."""
BEFORE_THE_NOTICE: dict[str, list[str]] = {
    "/": ["you"],
    "/results/": ["contents"],
    "/for/care-leavers/": ["call"],
    "/help/": ["danger"],
    "/inspection/": [],
}
"""The section that readers come for: their door, the grades, or a number to ring."""
SAID_OF = {
    f"tel:{(each.phone or '').replace(' ', '')}": each.sentences
    for each in content.load(NORTHMARSH).contacts
}
"""What is told of each contact, by the link that rings it."""


def half(sentence: Sentence) -> bool:
    """Return whether to translate a sentence: if its id has an even number of characters."""
    return len(sentence.id) % 2 == 0


def reads(client: FlaskClient) -> Read:
    """Return a function that fetches a page through the house rules, and parses it only once."""

    @cache
    def read(path: str) -> JustHTML:
        response = client.get(path)
        assert response.status_code == 200
        page, broken = inspect(response.text, response.headers, large=path.endswith("/all/"))
        assert broken == []
        return page

    return read


@pytest.fixture(scope="module")
def halved(translations: Path, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Return a reader of the site with half-translated pseudo-locales.

    A speaker has checked three sentences of the one that is right to left.
    """
    folder = tmp_path_factory.mktemp("half")
    shutil.copytree(translations, folder, dirs_exist_ok=True)
    messages = pseudo_locales.messages()
    for language in LANGUAGES:
        path = pseudo_locales.write(folder, language, messages, half)
    said = [each for each in messages if half(each.sentence)]
    check(path, said[:3], "Somebody", dt.date(2026, 3, 2))
    return reads(frozen_site.create(folder).test_client())


def check(path: Path, messages: list[Message], who: str, when: dt.date) -> None:
    """Record in the catalogue of the language that is right to left that a speaker checked it."""
    po = po_file.read(path, RIGHT_TO_LEFT)
    entries = {entry.msgctxt: entry for entry in po}
    said = po_file.translations(po)
    for each in messages:
        id_ = each.sentence.id
        entries[id_].tcomment = sign(RIGHT_TO_LEFT, each.sentence, said[id_], who, when)
    po_file.write(po, path)


def unmarked_english(of: JustHTML) -> set[str]:
    """Return the unaccented Latin words that are outside every element with `lang="en"`."""
    found: set[str] = set()

    def walk(node: object, lang: str) -> None:
        attrs = getattr(node, "attrs", None) or {}
        lang = attrs.get("lang") or lang
        if getattr(node, "name", "") in {"style", "svg"}:
            return
        if lang != "en":
            texts = [
                attrs.get("aria-label"),
                attrs.get("content") if attrs.get("name") == "description" else None,
            ]
            texts += [getattr(node, "data", None)] if getattr(node, "name", "") == "#text" else []
            found.update(
                word
                for text in texts
                if text
                for word in text.split()
                if word.isascii() and word.isalpha()
            )
        for child in getattr(node, "children", None) or []:
            walk(child, lang)

    walk(of.root, "")
    return found


def test_unmarked_english_is_found() -> None:
    marked = '<p lang="ar">نص <span lang="en">fine</span> bad <b aria-label="worse">نص</b></p>'

    assert unmarked_english(JustHTML(marked, sanitize=False)) == {"bad", "worse"}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.tag)
def test_a_page_in_another_language_obeys_the_house_rules(language: Language, get: Get) -> None:
    """Also with the limit of 14 KB in the longer pseudo-locale; and no part of it is in English.

    In a script of its own, what is left in Latin letters shows.
    """
    for path in EVERY:
        page = get(f"/{language.tag}{path}")
        html = page.query("html")[0]

        assert (attribute(html, "lang"), attribute(html, "dir")) == (
            language.tag,
            language.direction,
        )
        assert page.query(FALLBACK) == []
        assert language == LONG or unmarked_english(page) <= LATIN


def test_a_half_translated_page_marks_each_english_part_and_counts_them(halved: Read) -> None:
    """Its title, too: it says that it is in English, and begins with the h1 (a house rule)."""
    titles = set()
    for path in [*(f"/qaa-arab{path}" for path in EVERY), "/qaa/"]:
        page = halved(path)
        marked = [part for part in page.query(f"body {FALLBACK}") if not inside(part, "notice")]
        numbers = [word for word in text_of(page.query(".notice")[0]).split() if word.isdigit()]
        title = page.query("title")[0]
        english = bool(page.query(f"h1 {FALLBACK}"))
        titles.add(english)

        assert marked
        assert str(len(marked)) in numbers
        assert path == "/qaa/" or unmarked_english(page) <= LATIN
        assert (attribute(title, "lang"), attribute(title, "dir")) == (
            ("en", "ltr") if english else ("", "")
        )
    assert titles == {True, False}


def inside(element: object, class_: str) -> bool:
    """Return whether an element has an ancestor with this class."""
    while (element := getattr(element, "parent", None)) is not None:
        if class_ in ((getattr(element, "attrs", None) or {}).get("class") or "").split():
            return True
    return False


def small_site(folder: Path, content: Path = SMALL) -> FlaskClient:
    """Return a client of the smallest site with these translations."""
    return frozen_site.create(folder, content=content).test_client()


def test_a_count_is_said_with_the_language_s_own_plural(tmp_path: Path) -> None:
    """Czech has three plural forms, as for 1, 2 and 5; the test's are like one, few and many."""
    messages = pseudo_locales.messages(SMALL)
    folder = pseudo_locales.folder(tmp_path, (LONG,), messages)
    said = []
    for missing in (1, 2, 5):
        gone = ["ui.privacy", "ui.updated", "ui.language", "ui.skip", "ui.next"][:missing]
        path = pseudo_locales.write(
            folder, LONG, [each for each in messages if each.sentence.id not in gone]
        )
        po = po_file.read(path, LONG)
        entry = next(entry for entry in po if entry.msgctxt == "ui.in-english")
        entry.msgstr_plural = {0: "{parts} óne", 1: "{parts} féw", 2: "{parts} mány"}
        po_file.write(po, path)
        page = JustHTML(small_site(folder).get("/qaa/").text, sanitize=False)
        notice = text_of(page.query(".notice")[0])
        said.append(next(word for word in ("1 óne", "2 féw", "5 mány") if word in notice))

    assert said == ["1 óne", "2 féw", "5 mány"]


def test_an_unchecked_page_says_so_below_what_readers_came_for_with_a_link_to_the_english(
    get: Get,
) -> None:
    """Before all else of the page. English itself has no such notice."""
    for language, (path, came_for) in product(LANGUAGES, BEFORE_THE_NOTICE.items()):
        page = get(f"/{language.tag}{path}")
        top = page.query("main > *")
        (at,) = [place for place, each in enumerate(top) if attribute(each, "class") == "notice"]
        link = top[at].query("a")[0]

        assert [
            attribute(each, "id") for each in page.query("main > section")[: len(came_for)]
        ] == (came_for)
        assert [attribute(each, "id") for each in top[:at] if each.name == "section"] == came_for
        assert sum(len(each.query("h1")) for each in top[:at]) == 1
        assert text_of(top[at]).startswith(
            pseudo_locales.translate("No speaker has checked", language)
        )
        assert (attribute(link, "href"), attribute(link, "hreflang")) == (f"/en{path}", "en")
    for path in ("/en/", "/en/results/", "/en/help/", ALL):
        assert get(path).query(".notice") == []


def test_a_checked_page_has_no_notice_and_no_english_beside_it(tmp_path: Path) -> None:
    """After an edit of one sentence, it has both again."""
    messages = pseudo_locales.messages(SMALL)
    folder = pseudo_locales.folder(tmp_path, (RIGHT_TO_LEFT,), messages)
    path = po_file.path_of(folder, RIGHT_TO_LEFT)
    check(path, messages, "A speaker", dt.date(2026, 11, 24))

    page = reads(small_site(folder))("/qaa-arab/help/")
    assert (page.query(".notice"), page.query(".beside")) == ([], [])

    text = path.read_text(encoding="utf-8")
    id_ = next(
        each.sentence.id for each in messages if each.sentence.critical and each.page == "report"
    )
    entry = text[text.index(f'msgctxt "{id_}"') :].split("\n\n")[0]
    path.write_text(text.replace(entry, entry.replace('msgstr "', 'msgstr "ا')), encoding="utf-8")
    page = reads(small_site(folder))("/qaa-arab/help/")
    assert (len(page.query(".notice")), len(page.query(".beside"))) == (1, 1)


def test_critical_sentences_stand_beside_their_english_until_checked(get: Get) -> None:
    """On the help page: each number to ring, and that nobody reads messages."""
    page = get("/qaa-arab/help/")
    beside = page.query(".beside")

    assert {
        "We cannot read messages here. The people on this page can help you.",
        "Ring 999",
        "Ring 01632 960001",
    } <= {text_of(each) for each in beside}
    assert {attribute(each, "lang") for each in beside} == {"en"}
    button = next(link for link in page.query("a.button") if attribute(link, "href") == "tel:999")
    assert text_of(button).startswith(pseudo_locales.translate("Ring", RIGHT_TO_LEFT))
    assert text_of(button.query(".beside")[0]) == "Ring 999"


def test_a_grade_has_ofsted_s_own_word_in_brackets(get: Get) -> None:
    """On a card, in the table of grades, as a line of the page of one reader, and in words."""
    lowest = "Íináadéeqúuáatée (Inadequate)"
    second = "Réeqúuíirées íimpróovéeméent tóo bée góoóod (Requires improvement to be good)"
    found = {
        ("/qaa/", ".card .grade"): [lowest, second],
        ("/qaa/results/", ".contents a > span:not(.must)"): [lowest, lowest, *[second] * 3],
        ("/qaa/results/", "section > .line b"): [
            f"Gráadée: {grade}" for grade in (lowest, lowest, *[second] * 3)
        ],
        ("/qaa/for/care-leavers/", ".top-of-page .line b"): [second],
    }

    for (path, where), grades in found.items():
        said = get(path).query(where)
        assert [text_of(each) for each in said] == grades
        own = [attribute(each, "lang") for one in said for each in one.query(".own")]
        assert own == ["en"] * len(grades)
    assert text_of(get("/en/results/").query("section > .line b")[0]) == "Grade: Inadequate"


def test_the_english_of_a_contact_stands_below_it_once_and_whole(get: Get) -> None:
    """Not beside each of its sentences: a reader would change direction at every line."""
    for path in EVERY:
        for person in get(f"/qaa-arab{path}").query(".contact, .call .first"):
            number = attribute(person.query(".button")[0], "href")
            critical = [each for each in SAID_OF[number] if each.critical]
            below = person.query(".beside:not(.button *)")

            assert [text_of(each) for each in below] == [
                " ".join(each.text.replace("{council}", "Northmarsh") for each in critical)
            ]
            assert [(attribute(each, "lang"), attribute(each, "dir")) for each in below] == [
                ("en", "ltr")
            ]
    assert [number for number, said in SAID_OF.items() if len(said) > 1] == [
        "tel:999",
        "tel:01632960002",
    ]


def test_no_critical_sentence_is_said_without_its_english(get: Get) -> None:
    """Wherever it stands on a page. 'Where this comes from' only tells who published a number."""
    report = content.load(NORTHMARSH)
    critical = [sentence for _, sentence in report.sentences() if sentence.critical]
    lacking = set()
    for path in EVERY:
        main = get(f"/qaa-arab{path}").query("main")[0].clone_node(deep=True)
        for details in main.query(".from"):
            if details.parent is not None:
                details.parent.remove_child(details)
        english = " ".join(text_of(each) for each in main.query("[lang=en]"))
        lacking |= {
            (path, sentence.id)
            for sentence in critical
            if longest(pseudo_locales.translate(sentence.text, RIGHT_TO_LEFT)) in text_of(main)
            and longest(sentence.text) not in english
        }

    assert len(critical) > 7
    assert lacking == set()


def longest(text: str) -> str:
    """Return the longest run of plain words in a sentence."""
    return max(re.split(r"\{\w+\}|\*\*|\[|\]\([^)]*\)", text), key=len).strip(" .,،:")


def test_numbers_to_ring_keep_their_digits_and_their_order(get: Get) -> None:
    for tag in ("en", "qaa", "qaa-arab"):
        links = [
            link
            for link in get(f"/{tag}/help/").query("a")
            if attribute(link, "href").startswith("tel:")
        ]

        assert [attribute(link, "href") for link in links] == [
            "tel:999",
            "tel:01632960001",
            "tel:01632960002",
        ]
        for link in links:
            isolated = [
                attribute(link, "dir"),
                *(attribute(each, "dir") for each in link.query("bdi")),
            ]
            assert tag != "qaa-arab" or "ltr" in isolated
            number = attribute(link, "href").removeprefix("tel:")
            assert number in "".join(filter(str.isdecimal, text_of(link)))
            assert all(sign.isascii() for sign in text_of(link) if sign.isdecimal())


def test_what_to_text_keeps_its_letters_and_its_order(translations: Path, spoil: Spoil) -> None:
    phone = 'phone = "01632 960009"'
    content = spoil("report.toml", phone, f'{phone}\ntext = {{ value = "85258", word = "SHOUT" }}')
    page = JustHTML(small_site(translations, content).get("/qaa-arab/help/").text, sanitize=False)
    (link,) = [each for each in page.query("a") if attribute(each, "href").startswith("sms:")]
    isolated = {text_of(each): each.attrs for each in link.query("bdi")}

    assert attribute(link, "href") == "sms:85258?body=SHOUT"
    assert isolated == {"SHOUT": {"lang": "en"}, "85258": {"dir": "ltr"}}


def test_facts_are_isolated_in_right_to_left_text(get: Get) -> None:
    facts = get("/qaa-arab/inspection/").query("main bdi")
    isolated = {text_of(each): attribute(each, "dir") for each in facts}

    assert isolated["12–23 يناير 2026"] == "rtl"
    assert isolated["Northmarsh"] == "ltr"
    assert attribute(next(each for each in facts if text_of(each) == "Ofsted"), "lang") == "en"
    assert "\u2068Northmarsh\u2069" in text_of(get("/qaa-arab/").query("title")[0])


def test_facts_are_written_as_the_language_writes_them(get: Get) -> None:
    czech, arabic = (
        text_of(get(f"/{tag}/inspection/").query("main")[0]) for tag in ("qaa", "qaa-arab")
    )

    assert "12.–23. ledna 2026" in czech
    assert "16. února 2026" in czech
    assert "16 فبراير 2026" in arabic


def test_english_that_stands_in_for_a_sentence_has_english_facts_and_the_reader_s_links(
    tmp_path: Path,
) -> None:
    messages = pseudo_locales.messages(SMALL)
    folder = pseudo_locales.folder(tmp_path, (LONG,), messages)
    pseudo_locales.write(folder, LONG, messages, lambda sentence: sentence.id != "home.lead")
    page = JustHTML(small_site(folder).get("/qaa/").text, sanitize=False)
    stands_in = next(part for part in page.query(FALLBACK) if "Inspectors" in text_of(part))

    assert text_of(stands_in) == "Inspectors came on 13–17 January 2025. You can talk to someone ."
    assert attribute(stands_in.query("a")[0], "href") == "/qaa/help/"


def test_the_about_page_shows_each_language_s_state_from_its_file(halved: Read, get: Get) -> None:
    """And never who checked it."""
    messages = pseudo_locales.messages()
    said = sum(half(each.sentence) for each in messages)
    states: dict[Read, list[tuple[int, int, int, str | None]]] = {
        get: [(0, len(messages), 0, None)] * 2,
        halved: [
            (0, said, len(messages) - said, None),
            (3, said - 3, len(messages) - said, "2 March 2026"),
        ],
    }

    for read, expected in states.items():
        rows = read("/en/about/").query("#languages .translations > li")
        for row, (checked, translated, english, when) in zip(rows, expected, strict=True):
            for told in (
                f"{checked} sentences checked",
                f"{translated} sentences translated",
                f"{english} sentences still in English",
                f"A speaker last checked a sentence on {when}."
                if when
                else "No speaker has checked a sentence yet.",
            ):
                assert told in text_of(row)
    assert "Somebody" not in halved("/en/about/").to_html()


@pytest.mark.parametrize("path", ["/qaa/nothing/", "/qaa-arab/results/more/"])
def test_an_error_is_told_in_the_language_of_the_address(path: str, get: Get) -> None:
    page = get(path, 404)
    language = LONG if path.startswith("/qaa/") else RIGHT_TO_LEFT

    assert text_of(page.query("h1")[0]) == pseudo_locales.translate(
        "There is no page here", language
    )
    assert attribute(page.query("html")[0], "lang") == language.tag
