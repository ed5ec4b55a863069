"""Environment variables are checked at the start, and an error names the variable."""

import re
from pathlib import Path

import pytest
from inspection_outcome.settings import Settings, SettingsError


def test_nothing_needs_to_be_set() -> None:
    assert Settings.read({}) == Settings()


@pytest.mark.parametrize("name", ["OUTCOME_CONTENT", "OUTCOME_TRANSLATIONS"])
def test_a_folder_that_is_not_there_is_told(name: str) -> None:
    with pytest.raises(
        SettingsError,
        match=f"{name}: there is no folder '/nowhere'. Set it to the folder that holds",
    ):
        Settings.read({name: "/nowhere"})


def test_an_install_without_e_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_dir", lambda _: False)  # as the content is not in site-packages

    with pytest.raises(SettingsError, match=r"'pip install' ran without -e: see README\.md"):
        Settings.read({})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("https://a.example", "https://a.example"),
        ("https://a.example/", "https://a.example"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
    ],
)
def test_the_public_address_is_kept_without_its_slash(given: str, kept: str) -> None:
    assert Settings.read({"OUTCOME_PUBLIC_URL": given}).public_url == kept


@pytest.mark.parametrize(
    "url",
    [
        "a.example",
        "ftp://a.example",
        "https://",
        "https://a.example?x",
        "https://a.example//",
        "https://a.example:port",
        "https://me:secret@a.example",
        "https://a.example\n",
        "https://[a.example",
        "javascript:alert(1)",
        'https://a.example"><script>',
    ],
)
def test_a_public_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(SettingsError, match=r"(?s)OUTCOME_PUBLIC_URL: .* is not a web address"):
        Settings.read({"OUTCOME_PUBLIC_URL": url})


@pytest.mark.parametrize("url", ["https://a.example/sub", "https://a.example/sub/of-it/"])
def test_a_place_below_another_site_is_told_with_what_to_do_instead(url: str) -> None:
    with pytest.raises(
        SettingsError,
        match=r"does not work below a path of another site.*Give it a host name of its own",
    ):
        Settings.read({"OUTCOME_PUBLIC_URL": url})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a.example, b.example", ("a.example", "b.example")),
        ("Results.Example.gov.uk", ("results.example.gov.uk",)),
        (".example.gov.uk,localhost:8000", (".example.gov.uk", "localhost:8000")),
    ],
)
def test_trusted_hosts_are_a_list_in_small_letters(given: str, kept: tuple[str, ...]) -> None:
    assert Settings.read({"OUTCOME_TRUSTED_HOSTS": given}).trusted_hosts == kept


@pytest.mark.parametrize(
    "given", ["https://a.example", "a.example/", "*", ";", "a.example, b_c", "..a.example"]
)
def test_a_trusted_host_that_is_none_is_told(given: str) -> None:
    with pytest.raises(
        SettingsError,
        match=r"OUTCOME_TRUSTED_HOSTS: '.*' is not a host name\. Write it without https",
    ):
        Settings.read({"OUTCOME_TRUSTED_HOSTS": given})


@pytest.mark.parametrize(("given", "kept"), [("", 0), ("0", 0), ("2", 2)])
def test_the_number_of_proxies(given: str, kept: int) -> None:
    assert Settings.read({"OUTCOME_PROXIES": given}).proxies == kept


@pytest.mark.parametrize("given", ["-1", "one", "10", "1.5", "²"])
def test_a_number_of_proxies_that_is_none_is_told(given: str) -> None:
    with pytest.raises(SettingsError, match=r"OUTCOME_PROXIES: '.*' is not a number from 0 to 9"):
        Settings.read({"OUTCOME_PROXIES": given})


def test_the_last_good_content_needs_a_folder_to_be_kept_in(tmp_path: Path) -> None:
    assert Settings.read({"OUTCOME_LAST_GOOD": f"{tmp_path}/a.zip"}).last_good == tmp_path / "a.zip"
    for wrong in (tmp_path, tmp_path / "no" / "a.zip"):
        with pytest.raises(
            SettingsError, match=r"OUTCOME_LAST_GOOD: '.*' is not a file in a folder that is there"
        ):
            Settings.read({"OUTCOME_LAST_GOOD": str(wrong)})


def test_content_that_is_gone_stops_no_start_where_the_last_good_one_is_kept(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.zip").touch()

    assert Settings.read({"OUTCOME_LAST_GOOD": f"{tmp_path}/a.zip", "OUTCOME_CONTENT": "/nowhere"})


def test_every_variable_is_in_the_readme() -> None:
    """The README's table and the code name the same variables."""
    root = Path(__file__).parent.parent.parent
    code = (root / "site" / "inspection_outcome" / "settings.py").read_text(encoding="utf-8")
    table = re.findall(
        r"^\| `(OUTCOME_\w+)` \|", (root / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert sorted(table) == sorted(set(re.findall(r'"(OUTCOME_\w+)"', code)))
