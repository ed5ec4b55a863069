"""The list of languages, and the lookup of a language by its tag."""

from pathlib import Path

import pytest
from inspection_outcome.i18n.languages import Language, load, lookup
from inspection_outcome.report.errors import ContentError

ENGLISH = '  { tag = "en", name = "English", locale = "en_GB" },'
OFFERED = [Language(tag, tag) for tag in ("en", "pl", "pt", "zh-hant", "ckb")]


def written(folder: Path, *lines: str) -> Path:
    """Write a languages.toml with these entries, and return its folder."""
    (folder / "languages.toml").write_text(
        "\n".join(["languages = [", *lines, "]\n"]), encoding="utf-8"
    )
    return folder


def test_a_language_is_a_line(tmp_path: Path) -> None:
    languages = load(
        written(tmp_path, ENGLISH, '  { tag = "ar", name = "العربية", shown = false },')
    )

    assert [(each.tag, each.locale, each.direction, each.shown) for each in languages] == [
        ("en", "en_GB", "ltr", True),
        ("ar", "ar", "rtl", False),
    ]


@pytest.mark.parametrize(
    ("lines", "field", "says", "do"),
    [
        (
            ['  { tag = "pl", name = "Polski" },'],
            "languages",
            "English is missing",
            "Add the tag 'en'",
        ),
        (
            [ENGLISH, '  { tag = "xx", name = "X" },'],
            "languages[xx].locale",
            "there is no locale 'xx'",
            "Write it like pl or en_GB.",
        ),
        (
            [ENGLISH, '  { tag = "de", name = "D", locale = "de_DE.UTF-8" },'],
            "languages[de].locale",
            "no locale",
            "Write it",
        ),
        (
            [
                ENGLISH,
                '  { tag = "pl", name = "P" },',
                '  { tag = "szl", name = "S", locale = "pl" },',
            ],
            "languages[pl]",
            "the locale is used twice",
            "Keep one line",
        ),
        (
            [
                ENGLISH,
                '  { tag = "pl", name = "P" },',
                '  { tag = "szl", name = "S", locale = "PL" },',
            ],
            "languages[pl]",
            "the locale is used twice",
            "Keep one line",
        ),
        (
            ['  { tag = "en", name = "English", locale = "en_GB", shown = false },'],
            "languages",
            "English is missing",
            "without 'shown'",
        ),
        ([ENGLISH, ENGLISH], "languages[en]", "the tag is used twice", "Keep one line"),
        (
            [ENGLISH, '  { tag = "PL", name = "Polski" },'],
            "languages[2].tag",
            "matching regex",
            "Write it in the form",
        ),
        ([ENGLISH, '  { tag = "pl" },'], "languages[2].name", "it is missing", "Add a line"),
        (
            [ENGLISH, '  { tag = "pl", name = "P", hidden = true },'],
            "languages[2].hidden",
            "no field",
            "Take it out",
        ),
        (["  { tag = "], "", "cannot be read", "Mend the file's form"),
    ],
)
def test_a_mistake_in_the_list_is_told(
    lines: list[str], field: str, says: str, do: str, tmp_path: Path
) -> None:
    with pytest.raises(ContentError) as stopped:
        load(written(tmp_path, *lines))

    told = [each for each in stopped.value.faults if each.field == field and says in each.problem]
    assert [each.file for each in told] == ["languages.toml"], stopped.value.faults
    assert do in told[0].remedy


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("pl", "pl"),
        ("PL", "pl"),
        ("pl-PL", "pl"),
        ("pl_PL", "pl"),
        ("pt-BR", "pt"),
        ("zh-Hant-TW", "zh-hant"),
        ("ckb-IQ", "ckb"),
        ("zh", None),
        ("ku", None),
        ("polish", None),
        ("", None),
        ("-", None),
        ("pl" + "-x" * 50_000, None),
    ],
)
def test_a_tag_finds_the_language_that_it_asks_for(tag: str, found: str | None) -> None:
    language = lookup(tag, OFFERED)

    assert (language.tag if language else None) == found


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("pl", {1: 0, 2: 1, 5: 2, 12: 2, 22: 1, 0: 2}),
        ("ar", {0: 0, 1: 1, 2: 2, 3: 3, 11: 5, 100: 4}),
        ("vi", {0: 0, 1: 0, 9: 0}),
        ("lt", {1: 0, 21: 0, 2: 1, 10: 2, 11: 2}),
    ],
)
def test_a_count_picks_the_form_that_gettext_s_practice_wants(
    locale: str, forms: dict[int, int]
) -> None:
    language = Language("qaa", "Made up", locale)
    rule = language.plural_rule()

    assert {count: rule(count) for count in forms} == forms
    assert max(map(rule, range(200))) == language.plural_forms - 1


def test_a_tied_word_stays_beside_the_next() -> None:
    polish = Language("pl", "Polski", tied=("i", "w"))

    assert (
        polish.tie("I w domu, i na ulicy (w mieście)")
        == "I\u00a0w\u00a0domu, i\u00a0na ulicy (w\u00a0mieście)"
    )
    assert Language("lt", "Lietuvių").tie("I w domu") == "I w domu"
