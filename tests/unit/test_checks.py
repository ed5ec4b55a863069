"""The checks of a translation: each finds its problem, and accepts good translations."""

import re

import pytest
from inspection_outcome.i18n import checks
from inspection_outcome.i18n.glossary import Choice, Glossary, Term
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.pair import Pair
from inspection_outcome.report.sentence import Sentence
from msgspec.structs import replace

POLISH = Language("pl", "Polski")
ARABIC = Language("ar", "العربية")
PLAIN = Sentence("t.plain", "Most children feel safe.", "site")
FACT = Sentence("t.fact", "Inspectors came to {council} on {visit_date}.", "site")
LINK = Sentence("t.link", "See [the words](word:audit) or **[help](page:help#care)**.", "site")
COUNT = Sentence("t.count", "{homes} home", "site", plural="{homes} homes")
RING = Sentence("t.ring", "Ring {line} or see [the words](word:audit).", "site")
LABEL = Sentence("t.label", "Which one is you?", "site")
GLOSSARY = Glossary(
    same=("Ofsted", "lgo.org.uk"),
    you={"pl": Choice("ty", avoid=("państwo",), why="Informal.")},
    alike={"pl": ("plan",)},
    terms=(
        Term(
            "care leaver",
            {
                "pl": Choice(
                    "osoba po pieczy", find=("po pieczy",), avoid=("wychowan",), why="Reason."
                )
            },
        ),
        Term("audit", {"ar": Choice("تدقيق")}),
        Term("Good", {"pl": Choice("Dobra")}, whole=True),
    ),
)


def errors(sentence: Sentence, *forms: str, language: Language = POLISH) -> list[str]:
    return [problem.problem for problem in checks.errors(Pair.of(sentence, forms, language))]


def warnings(sentence: Sentence, *forms: str, language: Language = POLISH) -> list[str]:
    return [
        problem.problem for problem in checks.warnings(Pair.of(sentence, forms, language, GLOSSARY))
    ]


@pytest.mark.parametrize(
    ("sentence", "forms"),
    [
        (PLAIN, ["Większość dzieci czuje się bezpiecznie."]),
        (PLAIN, ["  Większość dzieci czuje się bezpiecznie.\n"]),
        (FACT, ["Dnia {visit_date} inspektorzy przyjechali do {council}."]),
        (FACT, ["{council}, {visit_date}: {council}."]),
        (LINK, ["**[Pomoc](page:help#care)** albo [słowa](word:audit)."]),
        (COUNT, ["{homes} dom", "{homes} domy", "{homes} domów"]),
        (PLAIN, ["„Większość” – dzieci… ½-ojej".replace("½", "pół")]),
        (PLAIN, ["می\u200cخواهم"]),
        (PLAIN, ["a < b & c; d > e"]),
    ],
)
def test_a_good_translation_has_no_error(sentence: Sentence, forms: list[str]) -> None:
    assert errors(sentence, *forms) == []


@pytest.mark.parametrize(
    ("sentence", "forms", "says"),
    [
        (FACT, ["Inspektorzy byli w {council}."], ["{visit_date} is missing"]),
        (
            FACT,
            ["{council} {visit_data}."],
            ["{visit_date} is missing", "the English has no {visit_data}"],
        ),
        (
            FACT,
            ["{Council} {visit_date}."],
            ["{council} is missing", "no name of the English: {Council}"],
        ),
        (FACT, ["{council} {visit_date} {panel_date}."], ["the English has no {panel_date}"]),
        (FACT, ["{council} {visit_date}}."], ["no name of the English: }"]),
        (FACT, ["{ {council} {visit_date}."], ["no name of the English: { x x."]),
        (
            FACT,
            ["{council.name} {council} {visit_date}"],
            ["no name of the English: {council.name}"],
        ),
        (
            FACT,
            ["{data_wizyty_ł} {visit_date} {council}"],
            ["no name of the English: {data_wizyty_ł}"],
        ),
        (
            FACT,
            ["{data_wizyty} {council}"],
            ["{visit_date} is missing", "English has no {data_wizyty}"],
        ),
        (PLAIN, ["{council}"], ["the English has no {council}"]),
        (
            COUNT,
            ["{homes} dom", "{homes} domy"],
            ["it has 2 plural forms, and the file's header says nplurals=3"],
        ),
        (COUNT, ["{homes} dom", "{homes} domy", " "], ["a plural form is empty"]),
        (COUNT, ["{homes} dom", "dwa domy", "{homes} domów"], ["{homes} is missing"]),
        (
            COUNT,
            ["{homes} dom", "{homes}**\u200e{homes}** domy", "{homes} {homes}"],
            ["nothing stands between {homes} and the next name"],
        ),
        (PLAIN, ["Jest 5 dzieci."], ["digits typed in: 5 (‘Jest 5 dzieci.’)"]),
        (PLAIN, ["هناك ٥ أطفال ۷"], ["digits typed in: ٥ (‘هناك ٥ أطفال ۷’), ۷ (‘"]),
        (LINK, ["[Słowa 2](word:audit) [a](page:help#care)"], ["digits typed in: 2"]),
        (PLAIN, ["Więk\u0007szość"], ["an unseen character: U+0007 (a control character)"]),
        (PLAIN, ["Więk\u202eszość"], ["an unseen character: U+202E (RIGHT-TO-LEFT OVERRIDE)"]),
        (PLAIN, ["Więk\u2066szość"], ["an unseen character: U+2066 (LEFT-TO-RIGHT ISOLATE)"]),
        (PLAIN, ["＊＊Większość＊＊"], ["this markup was not understood: ＊"]),
        (PLAIN, ["Więk\nszość"], ["an unseen character: U+000A"]),
        (
            PLAIN,
            ["Więk\u200bszość\ufeff"],
            ["an unseen character: U+200B", "an unseen character: U+FEFF"],
        ),
        (PLAIN, ["<b>Większość</b> dzieci"], ["HTML is not allowed: <b"]),
        (PLAIN, ["<!-- dzieci"], ["HTML is not allowed: <!"]),
        (PLAIN, ["Dzieci &amp; rodzice"], ["HTML is not allowed: &amp;"]),
        (PLAIN, ["&#x202e; rodzice"], ["digits typed in: 202", "HTML is not allowed: &#x202e;"]),
        (PLAIN, ["**Większość dzieci"], ["this markup was not understood: *"]),
        (PLAIN, ["*Większość* _dzieci_ `x`"], ["this markup was not understood: * _ `"]),
        (
            LINK,
            ["[słowa](word:audit) [pomoc](page:help)"],
            ["(page:help#care) is missing, (page:help) is too many"],
        ),
        (LINK, ["[słowa](word:audit)"], ["(page:help#care) is missing"]),
        (LINK, ["[a](word:audit) [b](page:help#care) [c](word:audit)"], ["the links differ:"]),
        (
            LINK,
            ["[a](word:audit) [b] (page:help#care)"],
            ["not understood: [ ]", "(page:help#care) is missing"],
        ),
        (
            LINK,
            ["[a](word:audit) [b](page:help#care"],
            ["not understood: [ ]", "(page:help#care) is missing"],
        ),
        (
            LINK,
            ["[a **b](word:audit) c** [d](page:help#care)"],
            ["not understood:", "the links differ"],
        ),
        (PLAIN, ["[x](javascript:alert())"], ["not understood: [ ]"]),
        (PLAIN, ["[x](page:help)"], ["the links differ: (page:help) is too many"]),
        (PLAIN, ["\u200f"], ["there is nothing to read in it"]),
        (PLAIN, ["…"], ["there is nothing to read in it"]),
        (PLAIN, ["\u3164\u2800"], ["there is nothing to read in it"]),
        (LINK, ["[ ](word:audit) [b](page:help#care) a"], ["there is nothing to read in it"]),
        (PLAIN, ["a **\u200f**"], ["there is nothing to read in it"]),
        (RING, ["[Słowa {line}](word:audit)."], ["{line} stands inside a link"]),
        (PLAIN, ["a" * 10_000], ["it has more than 680 characters"]),
        (PLAIN, ["[" * 10_000], ["it has more than 680 characters"]),
    ],
)
def test_an_error_is_found(sentence: Sentence, forms: list[str], says: list[str]) -> None:
    found = errors(sentence, *forms)

    assert len(found) == len(says), found
    assert [told for told, what in zip(says, found, strict=True) if told not in what] == []


@pytest.mark.parametrize(
    ("sentence", "form", "says"),
    [
        (PLAIN, "Dzieci " * 12 + "a.", "more than three times as long"),
        (
            PLAIN,
            "Większość dzieci czuje się bezpiecznie",
            "it ends with no punctuation mark, and the English with a full",
        ),
        (PLAIN, "Większość dzieci czuje się bezpiecznie!", "it ends with an exclamation mark"),
        (PLAIN, PLAIN.text, "it is the same as the English"),
        (replace(PLAIN, text="{homes} homes"), "{homes}", "only names in braces are left"),
        (PLAIN, "a b c d e f g h i j k l m n o p q r s t u v w x y z.", "a sentence of 26 words"),
        (
            replace(PLAIN, text="A care leaver."),
            "Wychowanek.",
            "'care leaver' is not said with the word of the glossary",
        ),
        (
            replace(PLAIN, text="Care leavers."),
            "Wychowankowie po pieczy.",
            "the glossary avoids 'wychowan'",
        ),
        (PLAIN, "Czy czują się Państwo bezpiecznie.", "the glossary avoids 'państwo'"),
        (replace(LABEL, text="Good"), "Dobrze", "'Good' is not said with the word of the glossary"),
        (LABEL, "Kim z nich ONE jesteś?", "English words stand in it: one"),
        (
            replace(LINK, text="Say [the words](word:audit)."),
            "[the mów](word:audit).",
            "English words stand in it: the",
        ),
    ],
)
def test_a_warning_is_given(sentence: Sentence, form: str, says: str) -> None:
    found = warnings(sentence, form)

    assert any(says in what for what in found), found
    assert errors(sentence, form) == []


@pytest.mark.parametrize(
    ("sentence", "form", "language"),
    [
        (PLAIN, "Większość dzieci czuje się bezpiecznie.", POLISH),
        (LABEL, "أيهم أنت؟", ARABIC),
        (replace(LABEL, text="Say ‘closed’."), "Powiedz „zamknięte”.", POLISH),
        (replace(PLAIN, text="Ofsted"), "Ofsted", POLISH),
        (replace(PLAIN, text="[{ofsted}](word:ofsted)."), "[{ofsted}](word:ofsted).", POLISH),
        (replace(PLAIN, text="lgo.org.uk"), "lgo.org.uk", POLISH),
        (replace(PLAIN, text="A care leaver."), "Osoba po pieczy.", POLISH),
        (replace(PLAIN, text="A care leaver."), "شاب.", ARABIC),
        (replace(PLAIN, text="Menu"), "Lista wszystkiego", POLISH),
        (replace(PLAIN, text="Good help."), "Pomoc jest w porządku.", POLISH),
        (replace(PLAIN, text="Told ‘closed’?"), "Mówią „[closed](en)”?", POLISH),
        (replace(PLAIN, text="A plan by Ofsted, is it?"), "Czy Ofsted ma plan, is?", POLISH),
        (replace(PLAIN, text="Państwo"), "Ty", ARABIC),
        (PLAIN, "a b c d e f g h i j k l m n. o p q r s t u v w x y z.", POLISH),
    ],
)
def test_a_good_translation_has_no_warning(
    sentence: Sentence, form: str, language: Language
) -> None:
    assert warnings(sentence, form, language=language) == []


def test_every_problem_says_how_to_mend_it() -> None:
    """Tested on one bad translation with at least eight problems."""
    bad = "<b>{nobody} } 7 * \u0007 " + "word " * 40
    pair = Pair.of(LINK, [bad], POLISH, GLOSSARY)

    problems = (*checks.errors(pair), *checks.warnings(pair))

    assert len(problems) >= 8
    assert all(re.fullmatch(r"[A-Z].{10,}\.", problem.remedy.strip()) for problem in problems), (
        problems
    )
    assert {problem.error for problem in checks.warnings(pair)} == {False}


@pytest.mark.parametrize(
    ("forms", "places"),
    [
        (["{homes}", "{homes}", "none", "{homes}", "no {x}", "{homes}"], [(2, 4), (4,)]),
        (["{homes}", "", *["{homes}"] * 4], [(1,)]),
        (["{homes}"] * 3, [(0, 1, 2)]),
    ],
)
def test_a_problem_says_which_forms_have_it(
    forms: list[str], places: list[tuple[int, ...]]
) -> None:
    found = checks.errors(Pair.of(COUNT, forms, ARABIC))

    assert [each.forms for each in found] == places


def test_arabic_has_six_forms() -> None:
    assert errors(COUNT, *["{homes}"] * 6, language=ARABIC) == []
    assert errors(COUNT, *["{homes}"] * 3, language=ARABIC) == [
        "it has 3 plural forms, and the file's header says nplurals=6"
    ]
