"""The list of languages, and the lookup of a language by its tag."""

from pathlib import Path
from unicodedata import normalize

import pytest
from inspection_outcome.i18n.languages import Language, load
from inspection_outcome.i18n.new_language import nearest, new_language
from inspection_outcome.i18n.tags import is_of, lookup
from inspection_outcome.report.errors import ContentError

ENGLISH = '  { tag = "en", name = "English", locale = "en_GB" },'
OFFERED = "en pl pt zh-hans zh-hant ckb nb he fil ro id yi sr fa pa"
"""The tags of the languages that are offered to the readers of a test, unless it says others."""


def written(folder: Path, *lines: str) -> Path:
    """Write a languages.toml with these entries, and return its folder."""
    (folder / "languages.toml").write_text(
        "\n".join(["languages = [", *lines, "]\n"]), encoding="utf-8"
    )
    return folder


def tag_found(tag: str, offered: str) -> str | None:
    """Return the tag of the language that a tag finds among those offered."""
    found = lookup(tag, [Language(each, each) for each in offered.split()])
    return found.tag if found else None


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
            [
                ENGLISH,
                '  { tag = "zh-cn", name = "C" },',
                '  { tag = "zh-hans", name = "H", locale = "zh_Hans_CN" },',
            ],
            "languages[zh_cn]",
            "the locale is used twice",
            "Keep one line",
        ),
        (
            [
                ENGLISH,
                '  { tag = "zh-hans", name = "中文" },',
                '  { tag = "zh-hant", name = "中文" },',
            ],
            "languages[zh-hans].name",
            "another language has the same name: 中文",
            "Give each a name that tells them apart",
        ),
        (
            [
                ENGLISH,
                '  { tag = "pt", name = "Portugue\u0302s (A)" },',
                '  { tag = "pt-br", name = "PORTUGUÊS\u200f\u00a0（Ａ） " },',
            ],
            "languages[pt].name",
            "another language has the same name",
            "Give each a name",
        ),
        (
            [ENGLISH, '  { tag = "ar", name = "العر\u202eبية" },'],
            "languages[ar].name",
            "it has an unseen character: U+202E",
            "Type it again",
        ),
        (
            [ENGLISH, '  { tag = "ar", name = "\\t" },'],
            "languages[ar].name",
            "it has an unseen character: U+0009",
            "Type it again",
        ),
        (
            [ENGLISH, '  { tag = "ko", name = "\u3164" },'],
            "languages[ko].name",
            "there is nothing to read in it",
            "Type it again",
        ),
        (
            [ENGLISH, '  { tag = "PL", name = "Polski" },'],
            "languages[2].tag",
            "'PL' is not a language tag",
            "like pl or zh-hans",
        ),
        ([ENGLISH, '  { tag = "pl" },'], "languages[2].name", "it is missing", "Add a line"),
        (
            [ENGLISH, '  { tag = "pl", name = "P", hidden = true },'],
            "languages[2].hidden",
            "no field",
            "Take it out",
        ),
        (["  { tag = "], "", "it cannot be read: a value", "Put text in"),
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
        ("en-GB-u-nu-arab", "en"),
        ("zh-Hant-TW", "zh-hant"),
        ("zh-TW", "zh-hant"),
        ("zh-HK", "zh-hant"),
        ("zh-MO", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"),
        ("zh", "zh-hans"),
        ("zh-CN", "zh-hans"),
        ("zh-SG", "zh-hans"),
        ("zh-Hans-CN", "zh-hans"),
        ("cmn-Hans", "zh-hans"),
        ("no", "nb"),
        ("nn-NO", "nb"),
        ("iw-IL", "he"),
        ("tl", "fil"),
        ("mo", "ro"),
        ("in", "id"),
        ("ji", "yi"),
        ("sh", "sr"),
        ("sr-Latn-RS", "sr"),
        ("prs", "fa"),
        ("pol", "pl"),
        ("ckb-IQ", "ckb"),
        ("ku", None),
        ("ku-Arab-IQ", None),
        ("kmr", None),
        ("pa-PK", None),
        ("pl-Cyrl", None),
        ("hi-Latn", None),
        ("ht", None),
        ("polish", None),
        ("x-pl", None),
        ("", None),
        ("-", None),
        ("pl" + "-x" * 50_000, None),
    ],
)
def test_a_tag_finds_the_language_that_it_asks_for(tag: str, found: str | None) -> None:
    """In its script, and never another language, as CLDR's likely subtags and aliases say."""
    assert tag_found(tag, OFFERED) == found


@pytest.mark.parametrize(
    ("tag", "offered", "found"),
    [
        ("zh-TW", "zh zh-hant", "zh-hant"),
        ("zh-Hans-CN", "zh-cn zh-tw", "zh-cn"),
        ("zh-SG", "zh-tw zh-cn", "zh-cn"),
        ("zh-HK", "zh-tw zh-hk", "zh-hk"),
        ("zh-TW", "zh-hans", "zh-hans"),
        ("yue-Hant-HK", "zh-hans zh-hant", "zh-hant"),
        ("yue-CN", "zh-hant zh-hans", "zh-hans"),
        ("yue-HK", "zh-hant yue", "yue"),
        ("zh-HK", "yue", None),
        ("sr-Latn", "sr sr-latn", "sr-latn"),
        ("sr-ME", "sr sr-latn", "sr-latn"),
        ("sh", "sr sr-latn", "sr-latn"),
        ("ht-HT", "fr ht", "ht"),
        ("pa-PK", "pa pa-arab", "pa-arab"),
        ("pt-PT", "pt-br", "pt-br"),
        ("pt-BR", "pt-pt", "pt-pt"),
        ("pt-BR", "pt-pt pt-br", "pt-br"),
        ("pt", "pt-pt pt-br", "pt-br"),
        ("pt-AO", "pt-br pt-pt", "pt-pt"),
        ("es-MX", "es es-419", "es-419"),
        ("nb", "nn no", "no"),
        ("he", "iw", "iw"),
        ("fil-PH", "tl", "tl"),
        ("ckb", "ku", None),
        ("qaa", "qaa-arab", None),
        ("qaa-XX", "qaa-arab qaa", "qaa"),
    ],
)
def test_of_several_the_nearest_is_found(tag: str, offered: str, found: str | None) -> None:
    assert tag_found(tag, offered) == found


@pytest.mark.parametrize(
    ("header", "tag", "locale", "same"),
    [
        ("nb_NO", "no", "no", True),
        ("iw", "he", "he", True),
        ("zh_TW", "zh-hans", "zh_Hans", True),
        ("cs", "qaa", "cs", True),
        ("lt", "pl", "pl", False),
        ("", "pl", "pl", False),
    ],
)
def test_the_header_of_a_file_may_spell_its_language_in_another_way(
    header: str,
    tag: str,
    locale: str,
    same: bool,  # noqa: FBT001 (a parameter, not a switch)
) -> None:
    assert is_of(header, Language(tag, tag, locale)) is same


@pytest.mark.parametrize(
    ("tag", "locale", "asked", "found"),
    [
        ("zh", "zh_Hant", "zh-TW", "zh"),
        ("pa", "pa_Arab", "pa-PK", "pa"),
        ("pa", "pa_Arab", "pa", "pa"),  # its own address, whatever its script
        ("pa", "pa_Arab", "pa-IN", None),
        ("qaa", "cs", "cs", None),  # a language that CLDR does not know
    ],
)
def test_a_locale_says_in_which_script_a_language_is(
    tag: str, locale: str, asked: str, found: str | None
) -> None:
    language = lookup(asked, [Language(tag, tag, locale)])

    assert (language.tag if language else None) == found


@pytest.mark.parametrize(
    ("tag", "locale", "name"),
    [
        ("lt", "", "Lietuvių"),
        ("zh-hant", "", "中文 (繁體)"),
        ("zh-cn", "", "中文 (简体, 中国)"),
        ("pt", "pt_PT", "Português"),
        ("no", "nb", "Norsk"),
        ("pa", "pa_Arab", "پنجابی"),
        ("sr-latn", "sr", "Srpski (latinica)"),
        ("ka", "", "ქართული"),  # not Ქართული: Georgian has no title case
    ],
)
def test_a_new_language_is_named_with_the_script_and_region_of_its_tag(
    tag: str, locale: str, name: str
) -> None:
    assert new_language(tag, locale, []).name == name


@pytest.mark.parametrize(
    ("tag", "locale"), [("rom", "ro_MD"), ("ku", "ckb"), ("ha-arab", ""), ("mn-mong", "")]
)
def test_a_language_whose_own_name_is_not_known_gets_no_other_and_staff_write_it(
    tag: str, locale: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=f"what its speakers call {tag} is not known") as refused:
        new_language(tag, locale, [])
    line = str(refused.value).partition("again: ")[2]

    with pytest.raises(ContentError, match=r"languages\[2\]\.name"):
        load(written(tmp_path, ENGLISH, line))
    named = load(written(tmp_path, ENGLISH, line.replace('name = ""', 'name = "Own"')))[1]
    assert named == Language(tag, "Own", locale, shown=False)


def test_a_code_that_is_not_known_is_refused_with_what_can_be_written_instead() -> None:
    with pytest.raises(ValueError, match=r"'rom'\. Nearest: ro.*tell with --locale"):
        new_language("rom", "", [])
    assert "skr (سرائیکی)" in nearest("skx")  # it has no English name


def test_a_new_language_with_the_name_of_another_is_refused_before_it_is_written() -> None:
    """Otherwise the list would be refused from then on."""
    there = [Language("zh", "中文（简体）", "zh_Hans_CN")]

    with pytest.raises(
        ValueError, match=r"the name of zh-hans is that of zh, too: 中文 .*zh another"
    ):
        new_language("zh-hans", "", there)


def test_a_tied_word_stays_beside_the_next() -> None:
    polish = Language("pl", "Polski", tied=("i", "w"))

    assert (
        polish.tie("I w domu, i na ulicy (w mieście)")
        == "I\u00a0w\u00a0domu, i\u00a0na ulicy (w\u00a0mieście)"
    )
    assert Language("lt", "Lietuvių").tie("I w domu") == "I w domu"


def test_a_mark_is_part_of_a_word_also_where_it_has_no_composed_letter() -> None:
    """A decomposed word in the list ties the composed one in a text, as a PO file is read."""
    tied = Language("yo", "Yorùbá", tied=(normalize("NFD", "ó"), "a"))

    assert tied.tie("ó dé, ọ̀a dé, a dé") == "ó\u00a0dé, ọ̀a dé, a\u00a0dé"
