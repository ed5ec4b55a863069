"""LibreOffice opens the spreadsheet for translators, and saves it whole."""

import subprocess
from pathlib import Path

import desk_site
import find_browser
import pseudo_locales
import pytest
from inspection_outcome.i18n.incoming import Kind
from sheets import compared, damaged, fill, kinds, sent

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_browser.libreoffice() is None,
        reason="LibreOffice is not installed: python tests/find_browser.py",
    ),
]
ARABIC = pseudo_locales.RIGHT_TO_LEFT
NEW = "كلمات «جديدة» {visit} [هنا](page:help)"


def saved(data: bytes, folder: Path) -> bytes:
    """Return a spreadsheet as LibreOffice saves it."""
    program = find_browser.libreoffice()
    assert program
    before, after = folder / "sent.xlsx", folder / "saved"
    before.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(  # noqa: S603 (fixed words)
        [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", after, before],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (after / before.name).read_bytes()


def test_what_libreoffice_saves_comes_back_whole(tmp_path: Path) -> None:
    stock = desk_site.make(tmp_path, languages=(ARABIC,))
    data = sent(stock, ARABIC.tag)

    rows = compared(stock, ARABIC.tag, saved(damaged(data, fill("home.lead", NEW)), tmp_path))

    assert len(rows) == len(stock.messages)
    assert kinds(rows) == {"home.lead": Kind.TAKEN}
    assert rows["home.lead"].given.forms == (NEW,)
