"""Plural forms follow the rule in the file's own header, whichever tool wrote it."""

import os
import re
import subprocess
from pathlib import Path

import find_browser
import polib
import pytest
from babel.messages.plurals import PLURALS
from inspection_outcome.i18n import plural_forms, po_file
from inspection_outcome.i18n.catalogues import assess_all
from inspection_outcome.i18n.check_file import check_file
from inspection_outcome.i18n.checks import Problem
from inspection_outcome.i18n.extract import Message
from inspection_outcome.i18n.glossary import NO_GLOSSARY
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.merge import merge
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.i18n.states import State
from inspection_outcome.i18n.translator import Translator
from inspection_outcome.report.facts import Count
from inspection_outcome.report.sentence import Sentence

HOMES = Sentence("home.count", "{homes} home", "site", plural="{homes} homes")
MESSAGES = [Message("home", HOMES, "")]
POLISH = Language("pl", "Polski")
MSGFMT = find_browser.gettext()
THREE = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
FOUR = (
    "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : n!=1 && "
    "(n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);"
)


def write(
    folder: Path, language: Language, header: str | None, *forms: str, width: int = 78
) -> Path:
    """Write a file with one sentence, as a translator's tool does, in lines of some width."""
    po = polib.POFile(wrapwidth=width)
    po.metadata = {"Language": language.tag, "Content-Type": "text/plain; charset=UTF-8"}
    if header is not None:
        po.metadata["Plural-Forms"] = header
    entry = po_file.entry(HOMES, forms)
    po.append(entry)
    path = po_file.path_of(folder, language)
    path.parent.mkdir(parents=True)
    po.save(str(path))
    return path


def shown(path: Path, language: Language, *counts: int) -> str:
    """Return what readers of a file see for each count, without the number."""
    said = po_file.translations(po_file.read(path, language))
    made = assess_all(language, [HOMES], said)
    told = []
    for count in counts:
        translator = Translator(language, {}, {"homes": Count(count)}, str, made.entries)
        told.append(translator.plain(HOMES, {}, lambda _: "").strip())
    return " ".join(told)


ARABIC = {0: "zero", 1: "one", 2: "two", 3: "few", 110: "few", 46: "many", 11: "many", 100: "other"}
LATVIAN = {0: "zero", 1: "one", 21: "one", 2: "other", 46: "other"}
POLISH_WORDS = {1: "one", 2: "few", 22: "few", 0: "many", 12: "many", 46: "many"}
LITHUANIAN = {1: "one", 21: "one", 2: "few", 46: "few", 0: "other", 11: "other", 40: "other"}
ROMANCE = {1: "one", 2: "other", 46: "other"}


RULES = {
    "ar of Babel 2.18": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=0 && n%100<=2 ? 4 : 5);"
    ),
    "ar of Babel 2.19, Weblate": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 ? 4 : 5;"
    ),
    "lv of gettext": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);",
    "lv of CLDR, Poedit": (
        "nplurals=3; plural=(n % 10 == 0 || n % 100 >= 11 && n % 100 <= 19 ? 0 : "
        "n % 10 == 1 && n % 100 != 11 ? 1 : 2)"
    ),
    "pl of gettext": THREE,
    "pl of Transifex": FOUR,
    "lt of gettext": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : "
        "2);"
    ),
    "lt of Transifex": (
        "nplurals=4; plural=(n % 10 == 1 && (n % 100 > 19 || n % 100 < 11) ? 0 : (n % 10 >= 2 && "
        "n % 10 <=9) && (n % 100 > 19 || n % 100 < 11) ? 1 : n % 1 != 0 ? 2: 3);"
    ),
    "es of gettext": "nplurals=2; plural=(n != 1);",
    "es of CLDR": "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
    "pt of gettext": "nplurals=2; plural=(n > 1);",
    "pt of CLDR": (
        "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;"
    ),
    "vi": "nplurals=1; plural=0;",
}


@pytest.mark.parametrize(
    ("rule", "forms", "words"),
    [
        ("ar of Babel 2.18", "zero one two few other many", ARABIC),
        ("ar of Babel 2.19, Weblate", "zero one two few many other", ARABIC),
        ("lv of gettext", "one other zero", LATVIAN),
        ("lv of CLDR, Poedit", "zero one other", LATVIAN),
        ("pl of gettext", "one few many", POLISH_WORDS),
        ("pl of Transifex", "one few many fraction", POLISH_WORDS),
        ("lt of gettext", "one few other", LITHUANIAN),
        ("lt of Transifex", "one few fraction other", LITHUANIAN),
        ("es of gettext", "one other", ROMANCE),
        ("es of CLDR", "one million other", ROMANCE | {1_000_000: "million"}),
        ("pt of gettext", "one other", ROMANCE | {0: "one"}),
        ("pt of CLDR", "one million other", ROMANCE | {0: "one", 2_000_000: "million"}),
        ("vi", "other", {0: "other", 1: "other", 46: "other"}),
    ],
)
def test_readers_get_the_form_that_the_header_of_the_file_gives(
    rule: str, forms: str, words: dict[int, str], tmp_path: Path
) -> None:
    language = Language(rule[:2], rule)
    file = write(tmp_path, language, RULES[rule], *(f"{{homes}} {form}" for form in forms.split()))

    assert shown(file, language, *words) == " ".join(words.values())

    updated, _ = merge(po_file.read(file, language), language, MESSAGES)
    po_file.write(updated, file)
    assert shown(file, language, *words) == " ".join(words.values())


def looked_at(folder: Path, language: Language, header: str, *forms: str) -> list[Problem]:
    """Return what `flask translations check` tells of a file with one sentence."""
    file = write(folder, language, header, *(f"{{homes}} {form}" for form in forms))
    _, findings = check_file(file, language, MESSAGES, NO_GLOSSARY)
    return [problem for finding in findings for problem in finding.problems]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_groups_counts_as_is_usual_needs_no_look(rule: str, tmp_path: Path) -> None:
    language = Language(rule[:2], rule)
    forms = "abcdefghi"[: plural_forms.parse(RULES[rule]).forms]

    told = looked_at(tmp_path, language, RULES[rule], *forms)

    assert told == []


@pytest.mark.parametrize(
    ("header", "count"),
    [
        (RULES["lv of gettext"], 5),
        ("nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2;", 12),
        ("nplurals=1; plural=0;", 1),
    ],
)
def test_another_language_s_rule_is_told_and_the_remedy_mends_it(
    header: str, count: int, tmp_path: Path
) -> None:
    """It gives every count a form, so nothing else would tell."""
    forms = "abc"[: plural_forms.parse(header).forms]

    [told] = looked_at(tmp_path / "wrong", POLISH, header, *forms)

    problem = f"the line Plural-Forms in the header gives {count} another form than is usual"
    assert (told.problem, told.error) == (problem, False)
    usual = told.remedy.partition("Plural-Forms: ")[2].partition(r"\n")[0]
    assert looked_at(tmp_path / "mended", POLISH, usual, "a", "b", "c") == []


@pytest.mark.parametrize("header", [None, "", "nplurals=INTEGER; plural=EXPRESSION;"])
def test_a_file_without_a_rule_has_the_one_of_babel(header: str | None, tmp_path: Path) -> None:
    file = write(tmp_path, POLISH, header, "{homes} one", "{homes} few", "{homes} many")

    assert shown(file, POLISH, 1, 2, 5) == "one few many"
    po_file.write(po_file.read(file, POLISH), file)
    assert POLISH.plural_rule.header in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("nplurals=2; plural=n<2 ? 0 : n==2 ? 1 : 2;", "for the count 3, it gives none of its"),
        ("nplurals=2; plural=n==12345 ? 7 : 0;", "for the count 12345, it gives none of its"),
        ("nplurals=2; plural=n-1 > 0 ? 1 : n-1;", "for the count 0, it gives none of its forms"),
        ("nplurals=2; plural=n%(n-46) ? 0 : 1;", "for the count 46, it divides by 0"),
        ("nplurals=2; plural=1/n;", "for the count 0, it divides by 0"),
        ("nplurals=2; plural=n.__class__;", "its expression is not understood"),
        ("nplurals=2; plural=n**n**n**n;", "its expression is not understood"),
        (f"nplurals=2; plural={'(' * 240}n{')' * 240};", "its expression is not understood"),
        (f"nplurals=2; plural={'n?' * 120}0{':0' * 120};", "its expression is not understood"),
        (f"nplurals=2; plural={'n*' * 240}n;", "for the count 2, it gives none of its forms"),
        (f"nplurals=2; plural={'0+' * 500}0;", "it is not written like 'nplurals=2; plural="),
        ("nplurals=2; plural=n!=١;", "it is not written like 'nplurals=2; plural="),
        ("nplurals=12; plural=0;", "it is not written like 'nplurals=2; plural="),
        ("nplurals=0; plural=0;", "it is not written like 'nplurals=2; plural="),
        ("\x1b[2J", "it is not written like 'nplurals=2; plural="),
    ],
)
def test_a_rule_that_gives_some_count_no_form_is_refused_and_the_remedy_mends_it(
    header: str, problem: str, tmp_path: Path
) -> None:
    forms = (f"{{homes}} {form}" for form in ("one", "few", "many"))
    file = write(tmp_path, POLISH, header, *forms, width=0)

    with pytest.raises(CatalogueError) as refused:
        po_file.read(file, POLISH)

    said, remedy = str(refused.value).split("\n")
    assert said.startswith("pl/LC_MESSAGES/messages.po: its header says 'Plural-Forms: ")
    assert f"which is refused: {problem}" in said
    assert said.isprintable()
    line = remedy.partition("counts: ")[2]
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub('"Plural-Forms.*"', lambda _: line, text), encoding="utf-8")
    assert shown(file, POLISH, 1, 2, 5) == "one few many"


@pytest.mark.parametrize("beyond", ["n==1234567890123 ? 7 : 1", "n%(n-1234567890123) ? 1 : 1"])
def test_a_count_for_which_a_rule_was_not_tried_has_the_first_form_as_in_gettext(
    beyond: str,
) -> None:
    rule = plural_forms.parse(f"nplurals=2; plural={beyond};")

    assert [rule.index(count) for count in (2, 1234567890123)] == [1, 0]


def test_every_rule_of_babel_covers_all_counts_and_has_no_form_too_many() -> None:
    for forms, expression in PLURALS.values():
        rule = plural_forms.parse(f"nplurals={forms}; plural={expression};")
        assert set(rule.indexes) == set(range(forms)), expression


def updated(folder: Path, header: str, *forms: str) -> polib.POFile:
    """Return what `flask translations update` writes of a file with one sentence."""
    file = write(folder, POLISH, header, *forms)
    fresh, _ = merge(po_file.read(file, POLISH), POLISH, MESSAGES)
    return polib.pofile(po_file.text(fresh), wrapwidth=0)


def test_an_update_leaves_the_rule_as_it_is(tmp_path: Path) -> None:
    po = updated(tmp_path, FOUR, *(f"{{homes}} {form}" for form in "abcd"))

    assert po.metadata["Plural-Forms"] == FOUR
    assert list(po[0].msgstr_plural.values()) == [f"{{homes}} {form}" for form in "abcd"]


def test_a_form_too_many_is_told_and_an_update_keeps_it_as_a_note(tmp_path: Path) -> None:
    """As gettext's tools refuse such a file; which form is too many, nobody can tell."""
    forms = [f"{{homes}} {form}" for form in ("a", "b", "c", 'd"')]
    file = write(tmp_path / "before", POLISH, THREE, *forms)
    said = po_file.translations(po_file.read(file, POLISH))
    problem = assess_all(POLISH, [HOMES], said).entries[HOMES.id].problems[0]
    assert problem.problem == "it has 4 plural forms, and the file's header says nplurals=3"
    assert problem.remedy.startswith("In a text editor, delete msgstr[3] and any higher. Or run")

    po = updated(tmp_path, THREE, *forms)

    assert list(po[0].msgstr_plural.values()) == forms[:3]
    assert (po[0].fuzzy, po[0].tcomment) == (True, r"msgstr[3] was: {homes} d\"")
    again, _ = merge(po, POLISH, MESSAGES)
    assert po_file.text(again) == po_file.text(po)


@pytest.mark.parametrize(
    ("forms", "remedy"),
    [
        (["a", "b"], "In a text editor, write each, from msgstr[0] to msgstr[2]."),
        (["a", "b", ""], "Fill in each form."),
    ],
)
def test_a_form_that_is_missing_is_told(forms: list[str], remedy: str, tmp_path: Path) -> None:
    file = write(tmp_path, POLISH, THREE, *(f"{{homes}} {form}" if form else "" for form in forms))
    said = po_file.translations(po_file.read(file, POLISH))

    entry = assess_all(POLISH, [HOMES], said).entries[HOMES.id]
    assert (entry.state, entry.problems[0].remedy) == (State.BROKEN, remedy)


def test_a_gap_between_forms_moves_none_of_them(tmp_path: Path) -> None:
    file = write(tmp_path, POLISH, THREE, *(f"{{homes}} {form}" for form in "abc"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("msgstr[1]", "msgstr[3]"), encoding="utf-8")

    said = po_file.translations(po_file.read(file, POLISH))[HOMES.id]
    assert said.forms == ("{homes} a", "", "{homes} c", "{homes} b")


@pytest.mark.parametrize("line", ['msgstr[1] "{homes} again"', 'msgstr[11] "{homes} eleven"'])
def test_a_form_that_would_take_another_s_place_is_told_with_its_line(
    line: str, tmp_path: Path
) -> None:
    """As two versions are left in a merge: polib would keep the last one alone."""
    file = write(tmp_path, POLISH, THREE, *(f"{{homes}} {form}" for form in "abc"))
    text = file.read_text(encoding="utf-8") + line + "\n"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CatalogueError, match=f"line {text.count(chr(10))} has a plural form for"):
        po_file.read(file, POLISH)


@pytest.mark.skipif(MSGFMT is None, reason="gettext is not installed: python tests/find_browser.py")
@pytest.mark.parametrize(
    ("header", "forms"),
    [(THREE, "abc"), (THREE, "ab"), (THREE, "abcd"), (FOUR, "abcd"), (FOUR, "abc"), ("", "abc")],
)
def test_gettext_accepts_what_an_update_writes(header: str, forms: str, tmp_path: Path) -> None:
    """Whatever it was given; without gettext, the tests above say the same of the forms."""
    updated(tmp_path, header, *(f"{{homes}} {form}" for form in forms)).save(f"{tmp_path}/new.po")

    command = [str(MSGFMT), "-c", "-o", os.devnull, f"{tmp_path}/new.po"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (ours)
    assert (told.returncode, "error" in told.stderr) == (0, False), told.stderr
