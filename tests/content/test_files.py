"""What is shipped is up to date, and in the form that staff's commands need."""

import datetime as dt

import pytest
from inspection_outcome.i18n import glossary, po_file
from inspection_outcome.i18n.extract import template
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.merge import merge
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.report.edit import sentence_id, update_id, with_update
from inspection_outcome.report.model import Report, Update
from inspection_outcome.report.sentence import Sentence
from polib import POFile
from shipped_site import SETTINGS, tell, workspace

UPDATE = "run: flask translations update, and commit what it writes."


def test_the_catalogues_have_the_english_of_today() -> None:
    """So a translator sees what to translate. Line breaks and marks of an editor do not matter."""

    def is_old(language: Language) -> bool:
        try:
            po = po_file.read(po_file.path_of(SETTINGS.translations, language), language)
        except CatalogueError:
            return True
        fresh, _ = merge(po, language, workspace().messages)
        return _english(po) != _english(fresh)

    tell(
        (
            f"{po_file.path_of(SETTINGS.translations, language)} has not the English of today."
            for language in workspace().translated
            if is_old(language)
        ),
        UPDATE,
    )


def _english(po: POFile) -> list[tuple[str, str, str]]:
    """Return the id and the English of each entry, with its plural."""
    return [(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in po]


def test_the_template_is_up_to_date() -> None:
    path = SETTINGS.translations / po_file.POT
    is_new = path.read_text(encoding="utf-8") == po_file.text(template(workspace().messages))

    tell([] if is_new else [f"{path} is not up to date."], UPDATE)


def test_the_glossary_names_only_languages_that_there_are() -> None:
    """Words of a language that was taken out may stay: it has a word for 'you'."""
    found = glossary.load(SETTINGS.translations)
    named = {tag for term in found.terms for tag in term.words} | {*found.alike}
    known = {*found.you, *(language.tag for language in workspace().languages)}

    tell(
        (
            f"glossary.toml has words for '{tag}', which is no language of languages.toml."
            for tag in sorted(named - known)
        ),
        "correct the tag, or delete its words.",
    )


def test_an_update_can_be_added_by_the_command(report: Report) -> None:
    """The layout of report.toml is such that an update goes in and every other line stays."""
    if not report.actions:
        pytest.skip("There is no action yet, so there can be no update.")
    today = dt.date.today()  # noqa: DTZ011 (any day does)
    before = (SETTINGS.content / "report.toml").read_bytes().decode()
    id_ = update_id(report, report.actions[0].id, today)
    said = Sentence(sentence_id(id_), "The council said so.", report.sources[0].id)
    try:
        after = with_update(before, Update(id_, report.actions[0].id, said, today, None), today)
    except ValueError as error:
        pytest.fail(f"report.toml: {error}", pytrace=False)

    lines = after.splitlines()
    lost = [
        line for line in before.splitlines() if line not in lines and not line.startswith("updated")
    ]
    tell((f"report.toml would lose the line: {line}" for line in lost), "write it as a plain line.")
