"""`flask content check` tells what is gone since the translations were last brought up to date."""

from pathlib import Path

import pseudo_locales
from click.testing import CliRunner
from inspection_outcome.commands.content import content
from inspection_outcome.commands.translations import translations
from inspection_outcome.i18n.languages import Language

POLISH = Language("pl", "Polski")


def test_a_page_that_was_cut_off_between_two_lines_is_told(small: Path, tmp_path: Path) -> None:
    """It is still valid TOML, and every reference in it is right."""
    folder = tmp_path / "translations"
    pseudo_locales.folder(folder, (POLISH,), pseudo_locales.messages(small))
    environ = {"OUTCOME_CONTENT": str(small), "OUTCOME_TRANSLATIONS": str(folder)}
    run = CliRunner(env=environ).invoke
    assert run(translations, ["update"]).exit_code == 0
    assert "gone" not in run(content, ["check"]).output

    page = small / "home.toml"
    whole = page.read_text(encoding="utf-8")
    page.write_text(whole[: whole.rindex("[[section")], encoding="utf-8")
    cut = run(content, ["check"])

    assert cut.exit_code == 0
    assert "Sentences are gone since the last 'flask translations update'" in cut.output
    assert run(translations, ["update"]).exit_code == 0
    assert "gone" not in run(content, ["check"]).output
