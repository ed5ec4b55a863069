"""Sentences are rendered as safe HTML with the values of their facts."""

import datetime as dt
import re
from typing import get_args

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from inspection_outcome.i18n.format import format_fact
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.render import PageTranslator
from inspection_outcome.i18n.states import Entry, State
from inspection_outcome.i18n.translator import Translator
from inspection_outcome.report.facts import (
    Age,
    Ages,
    AnyFact,
    Body,
    Count,
    Date,
    Dates,
    Day,
    Duration,
    Email,
    Fact,
    Grade,
    GradeGiven,
    Hours,
    Month,
    Numbers,
    Phone,
    Place,
    Size,
    TextLine,
    Web,
    Year,
)
from inspection_outcome.report.sentence import Sentence
from msgspec.structs import replace

ENGLISH = Language("en", "English", "en_GB")
SENTENCE = Sentence("test.one", "One", "site")


def translator(**facts: AnyFact) -> PageTranslator:
    words = {"ui.grade-good": replace(SENTENCE, id="ui.grade-good", text="Good")}
    english = Translator(ENGLISH, words, facts, lambda target: "/en/#" + target)
    return PageTranslator(english, english)


def say(text: str, **facts: AnyFact) -> str:
    return str(translator(**facts).say(replace(SENTENCE, text=text)))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain words", "Plain words"),
        ("**Most** of them", "<strong>Most</strong> of them"),
        ("See [the words](word:audit).", 'See <a href="/en/#word:audit">the words</a>.'),
        (
            "<b>raw</b> & <script>alert(1)</script>",
            "&lt;b&gt;raw&lt;/b&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt;",
        ),
        ("A *star* alone, and **", "A *star* alone, and **"),
        (
            "**Most** [of **them**](page:x)",
            "<strong>Most</strong> [of <strong>them</strong>](page:x)",
        ),
        (
            "**[Ofsted](word:ofsted)** is",
            '<strong><a href="/en/#word:ofsted">Ofsted</a></strong> is',
        ),
        ("Told ‘[closed](en)’?", 'Told ‘<bdi lang="en">closed</bdi>’?'),
        ("**[closed](en)**", '<strong><bdi lang="en">closed</bdi></strong>'),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("![picture](page:x)", '!<a href="/en/#page:x">picture</a>'),
        ("100 % and {} and { } stay", "100 % and {} and { } stay"),
    ],
)
def test_a_small_markup_is_rendered_and_all_else_is_text(text: str, html: str) -> None:
    assert say(text) == html


def test_no_link_leads_to_a_script() -> None:
    """Even if a link's address were a script, bleach would remove it."""
    evil = Translator(ENGLISH, {}, {}, lambda target: "javascript:" + target)

    said = PageTranslator(evil, evil).say(replace(SENTENCE, text="[x](page:help)"))
    assert str(said) == "<a>x</a>"


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (Date(dt.date(2023, 9, 7)), "7 September 2023"),
        (Day(dt.date(2023, 4, 17)), "Monday, 17 April 2023"),
        (Month(dt.date(2023, 4, 24)), "April 2023"),
        (Year(2019), "2019"),
        (Dates(dt.date(2023, 4, 24), dt.date(2023, 4, 28)), "24–28 April 2023"),
        (Dates(dt.date(2019, 4, 29), dt.date(2019, 5, 3)), "29 April – 3 May 2019"),
        (Dates(dt.date(2022, 12, 30), dt.date(2023, 1, 2)), "30 December 2022 – 2 January 2023"),
        (Count(8), "8"),
        (Age(25), "25"),
        (Ages(16, 17), "16–17"),
        (Duration(24, "hour"), "24 hours"),
        (Duration(1, "month"), "1 month"),
        (Hours(1, 5, dt.time(9, 30), dt.time(18)), "Monday – Friday: 09:30–18:00"),
        (Hours(6, 6, dt.time(10), dt.time(12)), "Saturday: 10:00–12:00"),
        (Numbers((1, 2, 3)), "1, 2 and 3"),
        (Body("The Line"), "The Line"),
        (Place("Northmarsh"), "Northmarsh"),
        (Phone("0800 1111"), "0800 1111"),
    ],
)
def test_a_fact_is_written_as_english_writes_it(fact: Fact, text: str) -> None:
    assert format_fact(fact, ENGLISH.babel) == text


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("pl", ["24–28 kwietnia 2023", "29 kwietnia – 3 maja 2023"]),
        ("ro", ["24–28 aprilie 2023", "29 aprilie – 3 mai 2023"]),
        ("ar", ["24–28 أبريل 2023", "29 أبريل – 3 مايو 2023"]),
        ("lv", ["2023. gada 24.–28. aprīlis", "2023. gada 29. aprīlis – 3. maijs"]),
        ("zh", ["2023年4月24日至28日", "2023年4月29日至5月3日"]),
        ("fa", ["24 تا 28 آوریل 2023", "29 آوریل تا 3 مهٔ 2023"]),
        # Not CLDR's ranges, which say less than their long dates.
        ("lt", ["2023 m. balandžio 24–28 d.", "2023 m. balandžio 29 d. – 2023 m. gegužės 3 d."]),
        ("cs", ["24.–28. dubna 2023", "29. dubna 2023 – 3. května 2023"]),
        ("th", ["24–28 เมษายน ค.ศ. 2023", "29 เมษายน ค.ศ. 2023 – 3 พฤษภาคม ค.ศ. 2023"]),
    ],
)
def test_a_range_says_what_a_date_says_in_each_language(tag: str, written: list[str]) -> None:
    ranges = [
        Dates(dt.date(2023, 4, 24), dt.date(2023, 4, 28)),
        Dates(dt.date(2023, 4, 29), dt.date(2023, 5, 3)),
    ]

    said = [format_fact(fact, Language(tag, tag).babel) for fact in ranges]
    assert [text.replace("\u2009", " ") for text in said] == written


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        (
            "pl",
            [
                "poniedziałek, 17 kwietnia 2023",
                "24 godziny",
                "poniedziałek – piątek: 09:30–18:00",
                "1, 2 i 3",
            ],
        ),
        (
            "ar",
            ["الاثنين، 17 أبريل 2023", "24 ساعة", "الاثنين – الجمعة: 9:30 ص – 6:00 م", "1 و2 و3"],
        ),
        (
            "vi",
            ["Thứ Hai, 17 tháng 4, 2023", "24 giờ", "Thứ Hai – Thứ Sáu: 09:30–18:00", "1, 2 và 3"],
        ),
        ("hu", ["2023. április 17., hétfő", "24 óra", "hétfő – péntek: 9:30–18:00", "1, 2 és 3"]),
    ],
)
def test_facts_are_written_as_each_language_writes_them(tag: str, written: list[str]) -> None:
    facts = [
        Day(dt.date(2023, 4, 17)),
        Duration(24, "hour"),
        Hours(1, 5, dt.time(9, 30), dt.time(18)),
        Numbers((1, 2, 3)),
    ]

    assert [format_fact(fact, Language(tag, tag).babel) for fact in facts] == written


def test_every_language_that_babel_knows_can_write_every_fact() -> None:
    facts = [
        Date(dt.date(2023, 4, 17)),
        Day(dt.date(2023, 4, 17)),
        Month(dt.date(2023, 4, 17)),
        Dates(dt.date(2022, 12, 30), dt.date(2022, 12, 31)),
        Dates(dt.date(2022, 12, 30), dt.date(2023, 1, 2)),
        Dates(dt.date(2023, 4, 29), dt.date(2023, 5, 3)),
        Year(2019),
        Count(3),
        Ages(16, 17),
        Duration(6, "month"),
        Numbers((1, 2, 3)),
        Hours(1, 5, dt.time(9, 30), dt.time(18)),
    ]
    wordless = [
        (locale, fact)
        for locale in locale_identifiers()
        if "_" not in locale
        for fact in facts
        if not format_fact(fact, Locale.parse(locale)).strip()
    ]

    assert wordless == []


def test_no_language_names_a_unit_by_its_code() -> None:
    """Babel does where a language's own data has no word for the unit."""
    tags = ("lt", "ro", "ckb", "lv", "ru", "bg", "ps", "ti", "vi", "fa", "pt_PT", "uk", "ar")
    units = get_args(Duration.__annotations__["unit"])
    written = [
        format_fact(fact, Locale.parse(tag))
        for tag in tags
        for fact in (Size(6), *(Duration(6, unit) for unit in units))
    ]

    assert len(written) == 78
    assert [text for text in written if re.search("duration|digital|kB", text)] == ["6 kB"]  # ckb


@pytest.mark.parametrize(
    ("fact", "href"),
    [
        (Phone("01632 960002"), "tel:01632960002"),
        (TextLine("85258", word="SHOUT"), "sms:85258?body=SHOUT"),
        (TextLine("85258", word="HELP & ME?"), "sms:85258?body=HELP%20%26%20ME%3F"),
        (Web("example.org/line"), "https://example.org/line"),
        (Email("hello@northmarsh.example"), "mailto:hello@northmarsh.example"),
    ],
)
def test_a_fact_that_leads_somewhere_is_a_link(fact: AnyFact, href: str) -> None:
    text = format_fact(fact, ENGLISH.babel).replace(" ", "\u00a0")

    assert say("To {way}.", way=fact) == f'To <a href="{href}" dir="ltr">{text}</a>.'


@pytest.mark.parametrize(
    ("fact", "html"),
    [
        (Ages(16, 17), '<span class="whole">16–17</span>'),
        (
            Dates(dt.date(2023, 4, 24), dt.date(2023, 4, 28)),
            '<span class="whole">24–28</span> April 2023',
        ),
        (
            Hours(1, 5, dt.time(9, 30), dt.time(18)),
            'Monday – Friday: <span class="whole">09:30–18:00</span>',
        ),
    ],
)
def test_no_line_ends_within_a_range(fact: AnyFact, html: str) -> None:
    assert say("At {value}.", value=fact) == f"At {html}."


def test_a_number_on_a_button_is_an_element_which_no_line_ends_within() -> None:
    sentence = replace(SENTENCE, text="Ring {line}", slots={"line": "phone"})

    label = translator().label(sentence, line=Phone("01632 960002"))

    assert label == 'Ring <bdi dir="ltr">01632 960002</bdi>'


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        (
            "ar",
            '(<bdi lang="en">text\u00a0relay</bdi>) <bdi lang="en">Corporate Parenting Panel</bdi>',
        ),
        ("pl", '(<bdi lang="en">text relay</bdi>) <bdi lang="en">Corporate Parenting Panel</bdi>'),
    ],
)
def test_right_to_left_no_line_ends_within_short_words_in_english(tag: str, said: str) -> None:
    language = Language(tag, tag)
    form = "([text relay](en)) [Corporate Parenting Panel](en)"
    entry = Entry(SENTENCE, (form,), language.plural_rule, State.CHECKED)
    there = Translator(language, {}, {}, str, {SENTENCE.id: entry})

    assert PageTranslator(there, Translator(ENGLISH, {}, {}, str)).say(SENTENCE) == said


def test_facts_are_escaped() -> None:
    assert say("At {name}.", name=Body("<i>&")) == "At &lt;i&gt;&amp;."


def test_a_fact_is_never_read_as_markup() -> None:
    assert say("At {name}.", name=Body("**x** {other}")) == "At **x** {other}."


def test_a_grade_is_said_with_the_scale_s_word() -> None:
    assert say("Grade: {grade}", grade=GradeGiven(Grade.GOOD)) == "Grade: Good"


@pytest.mark.parametrize(("number", "said"), [(0, "0 homes"), (1, "1 home"), (2, "2 homes")])
def test_a_count_decides_between_singular_and_plural(number: int, said: str) -> None:
    sentence = replace(SENTENCE, text="{homes} home", plural="{homes} homes")

    assert str(translator(homes=Count(number)).say(sentence)) == said


def test_a_slot_is_filled_by_the_page() -> None:
    sentence = replace(SENTENCE, text="In {year}", slots={"year": "date"})

    assert str(translator().say(sentence, year=Year(2019))) == "In 2019"


def test_a_date_that_ends_with_a_full_stop_ends_its_sentence() -> None:
    lithuanian, date = Language("lt", "Lietuvių"), Date(dt.date(2023, 9, 7))
    sentence = replace(SENTENCE, text="On {date}. Then **{date}**.")
    entry = Entry(
        sentence, ("Data: {date}. Paskui **{date}**.",), lithuanian.plural_rule, State.CHECKED
    )
    there = Translator(lithuanian, {}, {"date": date}, str, {sentence.id: entry})
    page_translator = PageTranslator(there, Translator(ENGLISH, {}, {"date": date}, str))

    day = "2023\u00a0m. rugsėjo 7\u00a0d."
    assert page_translator.say(sentence) == f"Data: {day} Paskui <strong>{day}</strong>"
    assert (
        page_translator.plain(sentence) == "Data: 2023 m. rugsėjo 7 d. Paskui 2023 m. rugsėjo 7 d."
    )
    assert say("On {date}. Then.", date=date) == "On 7 September 2023. Then."


def test_no_line_ends_between_a_number_and_the_word_that_belongs_to_it() -> None:
    latvian, date = Language("lv", "Latviešu"), Date(dt.date(2023, 4, 24))
    there = Translator(latvian, {}, {"date": date}, str, {})

    said = PageTranslator(there, Translator(ENGLISH, {}, {}, str)).fact(date)

    assert said == "2023.\u00a0gada 24.\u00a0aprīlis"


def test_plain_text_has_no_markup() -> None:
    sentence = replace(SENTENCE, text="**Ring** [Childline](page:help): {line} <b>")

    assert translator(line=Phone("0800 1111")).plain(sentence) == "Ring Childline: 0800 1111 <b>"
