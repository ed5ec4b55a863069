"""What readers get in a language whose translation is complete, half done, broken or missing."""

import datetime as dt
from pathlib import Path

import pseudo_locales
import pytest
from flask.testing import FlaskClient
from house_rules import ALL, PAGES, attribute, broken, text_of
from inspection_outcome import create_app
from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.catalogues import assess_all
from inspection_outcome.i18n.extract import Message
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.states import accept
from inspection_outcome.report.sentence import Sentence
from justhtml import JustHTML

pytestmark = pytest.mark.slow

EVERY = [path.removeprefix("/en") for path in [*PAGES, ALL]]
FALLBACK = 'span[lang="en"][dir="ltr"]'


def half(sentence: Sentence) -> bool:
    """Return whether to translate a sentence: if its id has an even number of characters."""
    return len(sentence.id) % 2 == 0


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of the site with complete pseudo-locales."""
    folder = pseudo_locales.folder(tmp_path_factory.mktemp("whole"))
    return create_app({"OUTCOME_TRANSLATIONS": str(folder)}, watch=False).test_client()


@pytest.fixture(scope="session")
def halved(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of the site with half-translated pseudo-locales."""
    folder = pseudo_locales.folder(tmp_path_factory.mktemp("half"))
    for language in pseudo_locales.LANGUAGES:
        pseudo_locales.write(folder, language, pseudo_locales.shipped(), half)
    return create_app({"OUTCOME_TRANSLATIONS": str(folder)}, watch=False).test_client()


def page(client: FlaskClient, path: str, status: int = 200) -> JustHTML:
    """Return a parsed page, and assert its status and the house rules."""
    response = client.get(path)
    assert response.status_code == status
    assert broken(response.text, response.headers, large=path.endswith("/all/")) == []
    return JustHTML(response.text, sanitize=False)


def unmarked_english(of: JustHTML) -> list[str]:
    """Return the unaccented Latin words that are outside every element with `lang="en"`."""
    found: list[str] = []

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
            found.extend(
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

    assert unmarked_english(JustHTML(marked, sanitize=False)) == ["bad", "worse"]


@pytest.mark.parametrize("language", pseudo_locales.LANGUAGES, ids=lambda each: each.tag)
@pytest.mark.parametrize("path", EVERY)
def test_a_page_in_another_language_obeys_the_house_rules(
    path: str, language: Language, whole: FlaskClient
) -> None:
    """Also with the limit of 14 KB in the longer pseudo-locale; and no part of it is in English."""
    told = page(whole, f"/{language.tag}{path}")
    html = told.query("html")[0]

    assert (attribute(html, "lang"), attribute(html, "dir")) == (language.tag, language.direction)
    assert told.query(FALLBACK) == []


def test_no_english_is_left_unmarked_in_a_script_of_its_own(whole: FlaskClient) -> None:
    """Names of places and what people type (web addresses) stay as they are."""
    for path in EVERY:
        assert set(unmarked_english(page(whole, f"/qaa-arab{path}"))) <= {
            "Lincolnshire",
            "Anyshire",
            "SHOUT",
        }


@pytest.mark.parametrize("path", EVERY)
@pytest.mark.parametrize("tag", ["qaa", "qaa-arab"])
def test_a_half_translated_page_marks_each_english_part_and_counts_them(
    tag: str, path: str, halved: FlaskClient
) -> None:
    told = page(halved, f"/{tag}{path}")
    marked = [part for part in told.query(f"body {FALLBACK}") if not inside(part, "notice")]
    notice = text_of(told.query(".notice")[0])

    assert marked
    assert str(len(marked)) in [word for word in notice.split() if word.isdigit()]


def inside(element: object, class_: str) -> bool:
    """Return whether an element has an ancestor with this class."""
    while (element := getattr(element, "parent", None)) is not None:
        if class_ in ((getattr(element, "attrs", None) or {}).get("class") or "").split():
            return True
    return False


def test_a_half_translated_page_leaves_no_english_unmarked(halved: FlaskClient) -> None:
    for path in EVERY:
        assert set(unmarked_english(page(halved, f"/qaa-arab{path}"))) <= {"Lincolnshire", "SHOUT"}


def test_a_title_in_english_says_so_and_begins_with_the_h1(halved: FlaskClient) -> None:
    seen = set()
    for path in EVERY:
        told = page(halved, f"/qaa-arab{path}")
        title = told.query("title")[0]
        english = bool(told.query(f"h1 {FALLBACK}"))
        assert (attribute(title, "lang"), attribute(title, "dir")) == (
            ("en", "ltr") if english else ("", "")
        )
        seen.add(english)

    assert seen == {True, False}


def test_a_count_is_said_with_the_language_s_own_plural(tmp_path: Path) -> None:
    """Czech has three plural forms, as for 1, 2 and 5; the test's are like one, few and many."""
    messages = pseudo_locales.shipped(pseudo_locales.SMALL)
    folder = pseudo_locales.folder(tmp_path, (pseudo_locales.LONG,), messages)
    path = po_file.path_of(folder, pseudo_locales.LONG)
    said = []
    for missing in (1, 2, 5):
        gone = ["ui.privacy", "ui.updated", "ui.not-official", "ui.skip", "ui.next"][:missing]
        pseudo_locales.write(
            folder, pseudo_locales.LONG, [each for each in messages if each.sentence.id not in gone]
        )
        po = po_file.read(path, pseudo_locales.LONG)
        entry = next(entry for entry in po if entry.msgctxt == "ui.in-english")
        entry.msgstr_plural = {0: "{parts} óne", 1: "{parts} féw", 2: "{parts} mány"}
        po_file.write(po, path)
        app = create_app(
            {"OUTCOME_TRANSLATIONS": str(folder), "OUTCOME_CONTENT": str(pseudo_locales.SMALL)},
            watch=False,
        )
        told = JustHTML(app.test_client().get("/qaa/").text, sanitize=False)
        notice = text_of(told.query(".notice")[0])
        said.append(next(word for word in ("óne", "féw", "mány") if word in notice))

    assert said == ["óne", "féw", "mány"]


def test_an_unchecked_page_says_so_at_its_top_with_a_link_to_the_english(
    whole: FlaskClient,
) -> None:
    for tag in ("qaa", "qaa-arab"):
        told = page(whole, f"/{tag}/results/")
        first = told.query("main > *")[0]
        link = first.query("a")[0]

        assert attribute(first, "class") == "notice"
        assert text_of(first).startswith(
            pseudo_locales.translate(
                "No speaker has checked", pseudo_locales.LANGUAGES[tag == "qaa-arab"]
            )
        )
        assert (attribute(link, "href"), attribute(link, "hreflang")) == ("/en/results/", "en")


def test_english_has_no_notice(whole: FlaskClient) -> None:
    assert [path for path in EVERY if page(whole, f"/en{path}").query(".notice")] == []


def test_a_checked_page_has_no_notice_and_no_english_beside_it(tmp_path: Path) -> None:
    """After an edit of one sentence, it has both again."""
    messages = pseudo_locales.shipped(pseudo_locales.SMALL)
    folder = pseudo_locales.folder(tmp_path, (pseudo_locales.RIGHT_TO_LEFT,), messages)
    path = po_file.path_of(folder, pseudo_locales.RIGHT_TO_LEFT)
    check_all(path, messages)
    client = create_app(
        {"OUTCOME_TRANSLATIONS": str(folder), "OUTCOME_CONTENT": str(pseudo_locales.SMALL)},
        watch=False,
    ).test_client()

    told = page(client, "/qaa-arab/help/")
    assert (told.query(".notice"), told.query(".beside")) == ([], [])

    text = path.read_text(encoding="utf-8")
    id_ = next(
        each.sentence.id for each in messages if each.sentence.critical and each.page == "report"
    )
    entry = text[text.index(f'msgctxt "{id_}"') :].split("\n\n")[0]
    path.write_text(text.replace(entry, entry.replace('msgstr "', 'msgstr "ا')), encoding="utf-8")
    client = create_app(
        {"OUTCOME_TRANSLATIONS": str(folder), "OUTCOME_CONTENT": str(pseudo_locales.SMALL)},
        watch=False,
    ).test_client()
    told = page(client, "/qaa-arab/help/")
    assert (len(told.query(".notice")), len(told.query(".beside"))) == (1, 1)


def check_all(path: Path, messages: list[Message]) -> None:
    """Mark every sentence of a file as checked by a speaker."""
    made = assess_all(
        pseudo_locales.RIGHT_TO_LEFT,
        [each.sentence for each in messages],
        po_file.translations(po_file.read(path, pseudo_locales.RIGHT_TO_LEFT)),
    )
    assert all(
        accept(path, pseudo_locales.RIGHT_TO_LEFT, entry, "A speaker", dt.date(2026, 11, 24))
        for entry in made.entries.values()
    )


def test_critical_sentences_stand_beside_their_english_until_checked(whole: FlaskClient) -> None:
    """On the help page: each phone number, who it is for, and how to complain."""
    told = page(whole, "/qaa-arab/help/")
    beside = [text_of(each) for each in told.query(".beside")]

    assert "Ring 999" in beside
    assert any(text.startswith("Ring if someone is in danger now") for text in beside)
    assert all(attribute(each, "lang") == "en" for each in told.query(".beside"))
    button = next(link for link in told.query("a.button") if attribute(link, "href") == "tel:999")
    assert text_of(button).startswith(
        pseudo_locales.translate("Ring", pseudo_locales.RIGHT_TO_LEFT)
    )
    assert text_of(button.query(".beside")[0]) == "Ring 999"


def test_a_grade_has_ofsted_s_own_word_in_brackets(whole: FlaskClient) -> None:
    told = page(whole, "/qaa/results/")
    grades = [text_of(grade) for grade in told.query(".verdict .grade")]

    assert grades[0] == "Gráadée: Óoúutstáandíing (Outstanding)"
    assert grades[3] == "Gráadée: Góoóod (Good)"
    assert [attribute(each, "lang") for each in told.query(".grade .own")] == ["en"] * len(grades)
    assert text_of(page(whole, "/en/results/").query(".verdict .grade")[0]) == "Grade: Outstanding"


@pytest.mark.parametrize("tag", ["en", "qaa", "qaa-arab"])
def test_numbers_to_ring_keep_their_digits_and_their_order(tag: str, whole: FlaskClient) -> None:
    told = page(whole, f"/{tag}/help/")
    links = [
        link for link in told.query("a") if attribute(link, "href").startswith(("tel:", "sms:"))
    ]

    for link in links:
        isolated = [attribute(link, "dir"), *(attribute(each, "dir") for each in link.query("bdi"))]
        assert tag != "qaa-arab" or "ltr" in isolated
        number = attribute(link, "href").removeprefix("tel:").removeprefix("sms:").split("?")[0]
        assert number in "".join(filter(str.isdecimal, text_of(link)))
        assert all(sign.isascii() for sign in text_of(link) if sign.isdecimal())


def test_facts_are_isolated_in_right_to_left_text(whole: FlaskClient) -> None:
    told = page(whole, "/qaa-arab/inspection/")
    isolated = {text_of(each): attribute(each, "dir") for each in told.query("main bdi")}

    assert isolated["24–28 أبريل 2023"] == "rtl"
    assert isolated["Lincolnshire"] == "ltr"
    assert (
        attribute(next(each for each in told.query("bdi") if text_of(each) == "Ofsted"), "lang")
        == "en"
    )
    assert "\u2068Lincolnshire\u2069" in text_of(page(whole, "/qaa-arab/").query("title")[0])


def test_facts_are_written_as_the_language_writes_them(whole: FlaskClient) -> None:
    czech, arabic = (
        text_of(page(whole, f"/{tag}/inspection/").query("main")[0]) for tag in ("qaa", "qaa-arab")
    )

    assert "24.–28. 4. 2023" in czech
    assert "pondělí 17. dubna 2023" in czech
    assert "15 يونيو 2023" in arabic


def test_english_that_stands_in_for_a_sentence_has_english_facts_and_the_reader_s_links(
    tmp_path: Path,
) -> None:
    messages = pseudo_locales.shipped(pseudo_locales.SMALL)
    folder = pseudo_locales.folder(tmp_path, (pseudo_locales.LONG,), messages)
    pseudo_locales.write(
        folder, pseudo_locales.LONG, messages, lambda sentence: sentence.id != "home.lead"
    )
    client = create_app(
        {"OUTCOME_TRANSLATIONS": str(folder), "OUTCOME_CONTENT": str(pseudo_locales.SMALL)},
        watch=False,
    ).test_client()
    told = JustHTML(client.get("/qaa/").text, sanitize=False)
    stands_in = next(part for part in told.query(FALLBACK) if "Inspectors" in text_of(part))

    assert text_of(stands_in) == "Inspectors came on 13–17 January 2025. You can talk to someone ."
    assert attribute(stands_in.query("a")[0], "href") == "/qaa/help/"


def test_the_about_page_shows_each_language_s_state_from_its_file(tmp_path: Path) -> None:
    messages = pseudo_locales.shipped()
    folder = pseudo_locales.folder(tmp_path, pseudo_locales.LANGUAGES, messages)
    pseudo_locales.write(folder, pseudo_locales.LONG, messages, half)
    path = po_file.path_of(folder, pseudo_locales.RIGHT_TO_LEFT)
    made = assess_all(
        pseudo_locales.RIGHT_TO_LEFT,
        [each.sentence for each in messages],
        po_file.translations(po_file.read(path, pseudo_locales.RIGHT_TO_LEFT)),
    )
    for entry in list(made.entries.values())[:3]:
        assert accept(path, pseudo_locales.RIGHT_TO_LEFT, entry, "Somebody", dt.date(2026, 3, 2))
    client = create_app({"OUTCOME_TRANSLATIONS": str(folder)}, watch=False).test_client()
    rows = [
        text_of(row) for row in page(client, "/en/about/").query("#languages .translations > li")
    ]

    said = sum(half(each.sentence) for each in messages)
    expected = [
        [
            "0 sentences checked",
            f"{said} sentences translated",
            f"{len(messages) - said} sentences still in English",
        ],
        [
            "3 sentences checked",
            f"{len(messages) - 3} sentences translated",
            "0 sentences still in English",
        ],
    ]
    for row, told in zip(rows, expected, strict=True):
        assert [each for each in told if each not in row] == []
    assert rows[0].endswith("No speaker has checked a sentence yet.")
    assert rows[1].endswith("A speaker last checked a sentence on 2 March 2026.")
    assert "Somebody" not in client.get("/en/about/").text


@pytest.mark.parametrize("path", ["/qaa/nothing/", "/qaa-arab/results/more/"])
def test_an_error_is_told_in_the_language_of_the_address(path: str, whole: FlaskClient) -> None:
    told = page(whole, path, 404)
    language = pseudo_locales.LONG if path.startswith("/qaa/") else pseudo_locales.RIGHT_TO_LEFT

    assert text_of(told.query("h1")[0]) == pseudo_locales.translate(
        "There is no page here", language
    )
    assert attribute(told.query("html")[0], "lang") == language.tag
