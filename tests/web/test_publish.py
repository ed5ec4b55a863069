"""`flask publish` exports the whole site as plain files, or changes nothing."""

import datetime as dt
import errno
import gzip
import json
import os
import resource
import shutil
import stat
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import brotli
import frozen_site
import pseudo_locales
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from frozen_site import ALL, TRANSLATED
from house_rules import attribute, broken, text_of
from inspection_outcome.commands import content_check
from inspection_outcome.commands.publish import publish
from inspection_outcome.edition import Folders
from inspection_outcome.export import swap
from inspection_outcome.export.previous import open_to_readers
from inspection_outcome.pages.urls import page_address
from inspection_outcome.renderer import Renderer
from justhtml import JustHTML

pytestmark = pytest.mark.slow

Run = Callable[..., Result]
Spoil = Callable[[str, str, str], Path]
HEADERS = "_headers"
LATER = dt.date(2028, 6, 1)
"""A day on which a live page states how old the reports are."""
ROOTS = ["index.html", "404.html", *(f"{tag}/404.html" for tag in ("en", *TRANSLATED))]
"""The pages that the live site does not have."""


def command(
    folder: Path, *options: str, content: Path, translations: Path, public_url: str = ""
) -> Result:
    """Run the command with these options and OUTCOME_ variables."""
    environ = {
        "OUTCOME_CONTENT": str(content),
        "OUTCOME_TRANSLATIONS": str(translations),
        "OUTCOME_PUBLIC_URL": public_url,
    }
    return CliRunner().invoke(publish, [str(folder), *options], env=environ)


@pytest.fixture
def run(small: Path, english: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that publishes the small content to a folder.

    It is compared with no other site: staff change what is shipped.
    """
    monkeypatch.setattr(content_check, "_TO_COPY", (small / "none",))
    return partial(command, content=small, translations=english)


@pytest.fixture(scope="module")
def published(translations: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the frozen site, published LATER."""
    folder = tmp_path_factory.mktemp("published") / "public"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("inspection_outcome.export.export.today", lambda: LATER)
        made = command(folder, content=pseudo_locales.NORTHMARSH, translations=translations)
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture(scope="module")
def first(english: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the published small content."""
    folder = tmp_path_factory.mktemp("first") / "public"
    made = command(folder, content=pseudo_locales.SMALL, translations=english)
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture
def old(first: Path, tmp_path: Path) -> Path:
    """Return a copy of it, for a test to publish to again."""
    return Path(shutil.copytree(first, tmp_path / "public"))


def write(path: Path, text: str) -> None:
    """Write a file, and make its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def mode(path: Path) -> int:
    """Return the permission bits."""
    return stat.S_IMODE(path.stat().st_mode)


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """Return each file's inode number and modification time, which show any write to a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in (folder, *folder.rglob("*"))
    }


def policy(folder: Path) -> dict[str, str]:
    """Return the headers that the exported `_headers` file sets on every path."""
    lines = (folder / HEADERS).read_text(encoding="utf-8").split("/en/*")[0].splitlines()[1:]
    return dict(line.strip().split(": ", 1) for line in lines if line.strip())


@pytest.mark.parametrize("at", ["/qaa/", "/en/progress/", ALL, *ROOTS])
def test_a_page_is_a_file_that_obeys_the_house_rules(at: str, published: Path) -> None:
    file = published / (f"{at[1:]}index.html" if at.endswith("/") else at)

    assert broken(file.read_text(encoding="utf-8"), policy(published), large=at == ALL) == []


def test_a_published_page_tells_dates_and_no_ages(published: Path, translations: Path) -> None:
    page = (published / "en/progress/index.html").read_text(encoding="utf-8")
    live = Renderer.build(frozen_site.folders(translations)).page("progress", "en", LATER)

    assert "28 February 2026" in page
    assert ("2 years old" in live, "years old" in page) == (True, False)


def test_the_root_offers_each_language_in_its_own_words_without_a_script(published: Path) -> None:
    page = JustHTML((published / "index.html").read_text(encoding="utf-8"), sanitize=False)

    languages = [attribute(item, "lang") for item in page.query("main li")]
    assert [
        (tag, attribute(link, "href"), text_of(link))
        for tag, link in zip(languages, page.query("main a"), strict=True)
    ] == [
        ("en", "/en/", "English How is Northmarsh doing?"),
        ("qaa", "/qaa/", "Łóongéer Éenglíish Hóow íis Northmarsh dóoíing?"),
        ("qaa-arab", "/qaa-arab/", "ثنغلهسا حوو يس \u2068Northmarsh\u2069 دوينغ؟"),
    ]
    assert page.query("script") == []
    assert page.query("meta[name=robots]") == []


def test_the_root_says_nothing_in_a_language_that_it_cannot_say_in_it(
    tmp_path: Path, small: Path
) -> None:
    languages = pseudo_locales.folder(tmp_path, told=pseudo_locales.messages(small))
    pseudo_locales.write(
        languages,
        pseudo_locales.LONG,
        pseudo_locales.messages(small),
        lambda sentence: sentence.id != "report.site-name",
    )
    page = JustHTML(Renderer.build(Folders(small, languages)).root_page(), sanitize=False)

    assert [bool(item.query("small")) for item in page.query("main li")] == [True, False, True]


def test_every_address_of_the_live_site_is_there_but_healthz(published: Path, app: Flask) -> None:
    client = app.test_client()
    for file in sorted(path for path in published.rglob("*") if path.is_file()):
        name = file.relative_to(published).as_posix()
        if name.startswith("_") or (name.endswith((".br", ".gz")) and not name.endswith("kept.gz")):
            continue
        if name not in ROOTS:
            assert client.get(f"/{name.removesuffix('index.html')}").status_code == 200, name
    assert not (published / "healthz").exists()
    for name in (
        "robots.txt",
        "report.json",
        "report.schema.json",
        "preview.png",
        "tools.js",
        "sw.js",
        "pictures.svg",
        "favicon.ico",
        "favicon.svg",
        "icon-192.png",
        "icon-512.png",
        "qaa/progress.atom",
        "qaa/kept.gz",
        "qaa/site.webmanifest",
    ):
        assert (published / name).is_file(), name


def test_texts_are_compressed_beside(published: Path) -> None:
    for name in (
        "qaa/index.html",
        "tools.js",
        "pictures.svg",
        "report.json",
        "en/progress.atom",
        "qaa/404.html",
    ):
        text = (published / name).read_bytes()

        assert brotli.decompress((published / f"{name}.br").read_bytes()) == text
        assert gzip.decompress((published / f"{name}.gz").read_bytes()) == text
    assert not list(published.rglob("*.png.*"))
    assert not list(published.rglob("kept.gz.*"))


def test_what_a_phone_keeps_is_of_the_day(published: Path) -> None:
    kept = json.loads(gzip.decompress((published / "en/kept.gz").read_bytes()))

    assert "Your phone kept this page as it was on" in kept["files"]["/en/"]["text"]


def test_a_second_run_writes_nothing_even_on_another_day(
    run: Run, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(old)
    monkeypatch.setattr("inspection_outcome.export.export.today", lambda: dt.date(2030, 1, 1))

    again = run(old)

    assert again.stdout == f"Nothing changed: {old} stays as it is.\n"
    assert files(old) == before
    assert [path.name for path in old.parent.iterdir() if path.name.startswith(".")] == []


def test_what_is_as_it_was_keeps_its_time(run: Run, old: Path, spoil: Spoil) -> None:
    """So that browsers can revalidate their copies by it, and need not download the file again."""
    before = files(old)
    spoil("home.toml", "How good is the help?", "How good is it now?")
    told = run(old).output
    after = files(old)

    moved = {name for name, (_, time) in before.items() if after[name][1] != time}
    assert "files new, other or gone" in told
    assert "reload" not in told
    assert "en/index.html" in moved
    assert "en/index.html.br" in moved
    assert "How good is it now?" in gzip.decompress((old / "en/kept.gz").read_bytes()).decode()
    assert not {"tools.js", "tools.js.gz", "en/404.html"} & moved
    assert (
        "How good is it now?" in brotli.decompress((old / "en/index.html.br").read_bytes()).decode()
    )


def test_changed_headers_are_told(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "public"

    assert "nginx -s reload" in run(folder).output
    assert "nginx -s reload" in run(folder, public_url="https://results.example.org").output
    assert policy(folder)["Strict-Transport-Security"] == "max-age=31536000"
    assert (folder / "sitemap.xml").is_file()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (
            lambda path: (path.mkdir(), (path / "letter.txt").write_text("mine")),
            "was not made here",
        ),
        (
            lambda path: (path.mkdir(), (path / "_published.json").write_text('{"en": "1"}')),
            "_published.json is damaged",
        ),
        (
            lambda path: (
                path.mkdir(),
                (path / "_published.json").write_bytes(b'{"files": "\xff"}'),
            ),
            "_published.json is damaged",
        ),
        (lambda path: path.write_text("mine"), "is not a folder"),
        (lambda path: path.symlink_to("/"), "is not a folder"),
    ],
)
def test_what_it_did_not_make_is_left_alone(
    make: Callable[[Path], object], why: str, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "public"
    make(folder)
    there = sorted(tmp_path.rglob("*"))

    refused = run(folder)

    assert refused.exit_code == 1
    assert why in refused.output
    assert "Nothing was published" in refused.output
    assert sorted(tmp_path.rglob("*")) == there


def test_a_folder_that_is_nowhere_is_told(run: Run, tmp_path: Path) -> None:
    assert "Make it first" in run(tmp_path / "no" / "public").output


@pytest.mark.parametrize("there", [[], [".git/HEAD", "CNAME"]], ids=["empty", "GitHub Pages"])
def test_a_folder_with_only_what_a_host_needs_is_taken(
    there: list[str], run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "public"
    folder.mkdir(mode=0o700)
    for name in there:
        write(folder / name, "mine")

    assert "public: 5 pages" in run(folder).output
    assert (folder / "en" / "index.html").is_file()
    assert {(folder / name).read_text(encoding="utf-8") for name in there} <= {"mine"}
    assert mode(folder) == 0o755


def refused(run: Run, old: Path, spoil: Callable[[], object]) -> str:
    """Break something, publish again, assert that the old files are unchanged.

    Return the command's output.
    """
    before = files(old)
    spoil()

    again = run(old)

    assert again.exit_code == 1, again.output
    assert "Traceback" not in again.output
    assert files(old) == before
    assert [path.name for path in old.parent.iterdir() if path.name.startswith(".")] == []
    return again.output


def test_a_page_that_cannot_be_made_leaves_the_old_ones(
    run: Run, old: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> str:
        raise KeyError("secret")

    told = refused(
        run,
        old,
        lambda: monkeypatch.setattr("inspection_outcome.renderer.Renderer.manifest", fails),
    )

    assert "/en/site.webmanifest cannot be made: it answers 500" in told
    assert "secret" in caplog.text


def test_a_page_that_leads_elsewhere_is_not_written_as_that_page(
    run: Run, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redirect is not a page, and is not followed."""
    told = refused(
        run,
        old,
        lambda: monkeypatch.setattr(
            "inspection_outcome.views.pages.page_address",
            lambda name, tag: page_address(name, tag) if "<" in tag else "/elsewhere/",
        ),
    )

    assert "308" in told


@pytest.mark.parametrize(
    ("link", "told"),
    [("/en/no/", "leads to no page"), ("/en/help/#no", "leads to no part of that page")],
)
def test_a_broken_link_leaves_the_old_ones(
    link: str, told: str, run: Run, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Renderer.page
    monkeypatch.setattr(
        Renderer,
        "page",
        # as a mistake in a template would do
        lambda *of: page(*of).replace("</main>", f'<a href="{link}">x</a></main>'),
    )

    assert f"/en/: {link} {told}" in refused(run, old, lambda: None)


def test_what_a_site_may_lack_is_told(run: Run, tmp_path: Path, spoil: Spoil) -> None:
    nobody, no_address = "nobody answers for it", "OUTCOME_PUBLIC_URL is not set"
    told = run(tmp_path / "public").stderr
    assert [nobody in told, no_address in told] == [True, True]

    spoil("report.toml", '"Anyshire"', '"Anyshire"\npublisher = "Anyshire Council"')
    told = run(tmp_path / "public", public_url="https://results.example.org").stderr
    assert [nobody in told, no_address in told] == [False, False]


def test_what_another_councils_site_says_is_told(
    run: Run, small: Path, tmp_path: Path, spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = Path(shutil.copytree(small, tmp_path / "original"))
    monkeypatch.setattr(content_check, "_TO_COPY", (original,))
    told = "things are as another council's site has them. See: flask content check"
    assert told not in run(tmp_path / "public").stderr

    spoil("report.toml", '"Anyshire"', '"Ourshire"')
    assert told in run(tmp_path / "public", "--other-council").stderr


def test_faulty_content_leaves_the_old_ones(run: Run, old: Path, spoil: Spoil) -> None:
    assert "home.toml" in refused(run, old, lambda: spoil("home.toml", "{visit}", "{visits}"))


def test_the_site_of_another_council_is_replaced_only_if_that_is_meant(
    run: Run, old: Path, spoil: Spoil
) -> None:
    told = refused(run, old, lambda: spoil("report.toml", '"Anyshire"', '"Northmarsh"'))

    assert f"{old} holds the site of Anyshire, and this is the site of Northmarsh." in told
    assert "Probably OUTCOME_CONTENT is not set" in told
    assert run(old, "--other-council").exit_code == 0  # as the message says
    assert run(old).stdout.startswith("Nothing changed")


@pytest.mark.parametrize("data", [b"", b'{"council": "\xff"}', b'{"council": 3}'])
def test_a_damaged_dataset_stops_no_publish(data: bytes, run: Run, old: Path) -> None:
    (old / "report.json").write_bytes(data)

    assert run(old).exit_code == 0
    assert b"Anyshire" in (old / "report.json").read_bytes()


def test_what_is_saved_while_it_is_read_is_not_published_by_half(
    run: Run, old: Path, spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = Renderer.build

    def saved_meanwhile(*of: Any) -> Renderer:
        renderer = build(*of)
        spoil("help.toml", "[title]", "# saved later\n[title]")
        return renderer

    monkeypatch.setattr(Renderer, "build", saved_meanwhile)

    assert "A file was saved meanwhile: publish again." in refused(run, old, lambda: None)


@pytest.mark.parametrize("most", [100, 10_000, 30_000])
def test_a_full_disk_leaves_the_old_ones(most: int, run: Run, old: Path, spoil: Spoil) -> None:
    """Simulated by a limit on file size: the system reports both as an error of the write."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    spoil("home.toml", "How good is the help?", "How good is it now?")
    try:
        told = refused(
            run, old, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
        )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert "File too large" in told
    assert "Nothing was published" in told


@pytest.mark.parametrize("links", [True, False], ids=["", "a file system without hard links"])
def test_what_was_not_made_here_stays(
    *, links: bool, run: Run, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitHub Pages publishes a git checkout; others put files of their own beside the site's."""
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", fails(errno.EPERM))
    run(old, public_url="https://results.example.org")
    assert (old / "sitemap.xml").is_file()
    for name in (".git/HEAD", ".well-known/security.txt", "CNAME", "en/notes.txt"):
        write(old / name, name)
    (old / ".git" / "refs").mkdir(mode=0o750)
    (old / "alias").symlink_to("CNAME")

    assert run(old).exit_code == 0

    for name in (".git/HEAD", ".well-known/security.txt", "CNAME", "en/notes.txt"):
        assert (old / name).read_text(encoding="utf-8") == name
    assert mode(old / ".git" / "refs") == 0o750
    assert (old / "alias").readlink() == Path("CNAME")
    assert not list(old.glob("sitemap.xml*"))
    assert run(old).stdout.startswith("Nothing changed")


def test_a_folder_that_an_older_version_published_is_published_again(run: Run, old: Path) -> None:
    mark = old / "_published.json"
    mark.write_text(json.dumps(json.loads(mark.read_bytes())["offline"]), encoding="utf-8")
    write(old / "letter.txt", "mine")
    write(old / "en" / "index.html", "old")

    assert run(old).exit_code == 0

    assert (old / "letter.txt").read_text(encoding="utf-8") == "mine"
    assert (old / "en" / "index.html").read_text(encoding="utf-8") != "old"
    assert "Nothing changed" in run(old).output


def test_of_two_at_once_the_later_is_told(
    run: Run, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would take the new files of the other for yours, and keep them for ever."""
    (old / "en" / "index.html").unlink()

    def another_ends(path: Path) -> None:
        open_to_readers(path)
        (old / "_published.json").write_bytes(b"{}")

    monkeypatch.setattr("inspection_outcome.export.export.open_to_readers", another_ends)

    assert "Another publish ended meanwhile. Publish again." in run(old).output


def test_a_file_of_yours_with_a_name_of_the_site_is_not_overwritten(run: Run, old: Path) -> None:
    write(old / "sitemap.xml", "mine")

    told = run(old, public_url="https://results.example.org").output

    assert f"{old}/sitemap.xml was not made here" in told
    assert "Nothing was published" in told
    assert (old / "sitemap.xml").read_text(encoding="utf-8") == "mine"
    (old / "sitemap.xml").rename(old / "sitemap-of-mine.xml")  # as the message says
    assert run(old, public_url="https://results.example.org").exit_code == 0


def test_what_is_mounted_inside_is_not_deleted_with_the_old_folder(
    run: Run, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simulated: the system makes no hard link from one mounted folder to another."""
    write(old / ".well-known" / "security.txt", "mine")
    monkeypatch.setattr(Path, "hardlink_to", fails(errno.EXDEV))

    told = run(old, public_url="https://results.example.org").output

    assert f"{old}/.well-known/security.txt is in a mounted folder" in told
    assert (old / ".well-known" / "security.txt").is_file()


@pytest.mark.parametrize(
    "name", ["en/index.html", "en/index.html.gz", "en/index.html.br", "en/kept.gz"]
)
@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"x"), Path.unlink])
def test_a_damaged_file_is_mended(
    name: str, damage: Callable[[Path], object], run: Run, old: Path
) -> None:
    before = (old / name).read_bytes()
    damage(old / name)

    assert "1 files new" in run(old).output
    assert (old / name).read_bytes() == before


def test_a_server_may_read_all_of_it_whatever_the_umask(run: Run, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        run(tmp_path / "public")
    finally:
        os.umask(before)

    modes = {(path.is_dir(), mode(path)) for path in (tmp_path / "public").rglob("*")}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_what_a_server_may_not_read_is_mended(run: Run, old: Path) -> None:
    (old / "en" / "index.html").chmod(0o600)

    assert "1 files new" in run(old).output
    assert mode(old / "en" / "index.html") == 0o644


@pytest.mark.parametrize(("allowed", "kept"), [(True, 0o2750), (False, 0o755)])
def test_the_folder_keeps_its_rights_where_one_may_give_it_to_its_owner(
    *, allowed: bool, kept: int, run: Run, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else its mode, which may be meant for the server's group, could lock the server out.

    Simulated: only root may give a folder to another.
    """
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(
        os,
        "chown",
        (lambda _, *owner: given.append(owner)) if allowed else fails(errno.EPERM),
    )
    old.chmod(0o2750)

    run(old, public_url="https://results.example.org")

    assert mode(old) == kept
    assert given == ([(old.stat().st_uid, old.stat().st_gid)] if allowed else [])


def fails(number: int) -> Callable[..., None]:
    """Return a function that raises what the system does with this number."""

    def function(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return function


def test_a_mount_point_is_told_with_what_to_do_instead(
    run: Run, old: Path, spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simulated: the system does not rename a mount point, such as a volume of Docker."""
    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", fails(errno.EBUSY))

    told = refused(run, old, lambda: spoil("home.toml", "How good", "So how good"))

    assert "is a mount point" in told
    assert f"Name a folder inside it, like {old}/site" in told


def test_a_folder_in_which_nothing_can_be_made_is_told(
    run: Run, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simulated: root may write anywhere."""
    monkeypatch.setattr("tempfile.mkdtemp", fails(errno.EROFS))

    told = refused(run, old, lambda: None)

    assert f"nothing can be made in {old.parent}: Read-only file system" in told


def test_what_killed_runs_left_is_cleared_up_and_nothing_else(run: Run, old: Path) -> None:
    left, runs, mine = (
        old.with_name(f".public.{end}") for end in ("publishing-a", "publishing-b", "backup")
    )
    for path in (left, runs, mine):
        shutil.copytree(old, path)
    for path in (left, mine):
        os.utime(path, (0, 0))

    run(old)

    assert [path.is_dir() for path in (left, runs, mine)] == [False, True, True]


def test_a_folder_that_a_killed_run_had_moved_away_comes_back(run: Run, old: Path) -> None:
    """Where the system cannot exchange folders, there is an instant without the old one."""
    old.rename(old.with_name(".public.publishing-a.old"))

    assert run(old).stdout.startswith("Nothing changed")
    assert (old / "en" / "index.html").is_file()


def test_readers_never_meet_half_of_it(run: Run, old: Path, spoil: Spoil) -> None:
    """While the site is published again and again, its files are always there and complete."""
    seen: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.wait(0.001):
            try:
                page = (old / "en/index.html").read_bytes()
                seen.append("whole" if page.endswith((b"</html>\n", b"</html>")) else "half")
            except FileNotFoundError:
                seen.append("missing")

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(3):
            before = (old / "en/index.html").read_bytes()
            spoil("home.toml", "good is", "very good is")
            with (old / "en/index.html").open("rb") as half_read:
                assert run(old).exit_code == 0
                assert half_read.read() == before
    finally:
        done.set()
        reader.join()

    assert set(seen) == {"whole"}
    assert len(seen) > 50


def test_a_whole_address_of_this_site_is_tried_too(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Renderer.page
    link = (
        '<a href="https://results.example.org/en/no/">x</a><a href="https://other.example/">x</a>'
    )
    monkeypatch.setattr(
        Renderer, "page", lambda *of: page(*of).replace("</main>", f"{link}</main>")
    )

    told = run(tmp_path / "public", public_url="https://results.example.org").output

    assert "/en/: https://results.example.org/en/no/ leads to no page" in told
    assert "other.example" not in told


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has renameat2")
def test_folders_are_exchanged_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At no moment is the folder missing."""
    for name in ("fresh", "old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    monkeypatch.delattr(Path, "rename")

    swap.swap(tmp_path / "fresh", tmp_path / "old")

    assert (tmp_path / "old" / "fresh").is_file()


def _no_c_library(*_: object, **__: object) -> None:
    """Do as ctypes.CDLL(None) does on Windows."""
    raise TypeError


@pytest.mark.parametrize(
    ("platform", "library"),
    [("linux", lambda *_, **__: object()), ("win32", _no_c_library)],
    ids=["an old Linux", "Windows"],
)
def test_where_folders_cannot_be_exchanged_they_are_renamed(
    platform: str, library: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr("ctypes.CDLL", library)
    for name in ("fresh", "old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()

    swap.swap(tmp_path / "fresh", tmp_path / "old")

    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*/*"))] == [
        "fresh/old",
        "old/fresh",
    ]
