"""The whole site as static files: written beside the old ones, checked, then swapped in at once."""

import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from itertools import product
from pathlib import Path

import msgspec
from flask import Flask
from msgspec import Struct

from inspection_outcome import views, web
from inspection_outcome.cache.cached_response import with_brotli, with_gzip
from inspection_outcome.edition import today
from inspection_outcome.export.errors import PublishError
from inspection_outcome.export.host_config import HEADERS, NGINX, headers_file, nginx_file
from inspection_outcome.export.links import broken
from inspection_outcome.export.previous import (
    MARK,
    Manifest,
    Previous,
    fingerprints,
    open_to_readers,
)
from inspection_outcome.export.swap import beside, clear_up, swap
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.pages.urls import DATASET, ROOT, SCHEMA, WORKER, offline_address
from inspection_outcome.renderer import Renderer
from inspection_outcome.store import FixedStore, Snapshot

_PACKED = {".br": with_brotli, ".gz": with_gzip}
_TEXTS = {".atom", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml"}
_MOST_TOLD = 20


class Published(Struct, frozen=True):
    """The number of pages, and of files that differ from before.

    If no file differs, nothing was written.
    """

    pages: int
    changed: int
    reload: bool
    """Whether the headers changed, so that nginx must be reloaded."""


def publish(renderer: Renderer, folder: Path, *, other_council: bool = False) -> Published:
    """Write the whole site of an edition into a directory.

    Raise PublishError, or OSError such as from a full disk. A directory that was not published here
    is left alone; so is one with another council's site, unless `other_council`, and the old one if
    a page or a link is broken. What was not made here stays in the directory.
    """
    clear_up(folder)
    old = Previous(folder)
    if not other_council:
        old.refuse_other_council(renderer.edition.report.council.name)
    fresh = beside(old.folder)
    try:
        offline = _keep_offline_packs(renderer, fresh, old)
        headers = _write(renderer, fresh)
        tags, data = _tags(renderer), [DATASET, SCHEMA]
        asked_each_time = [WORKER, *map(offline_address, tags)]
        (fresh / HEADERS).write_text(headers_file(headers, tags, data), encoding="utf-8")
        (fresh / NGINX).write_text(
            nginx_file(headers, tags, data, asked_each_time), encoding="utf-8"
        )
        if faults := list(broken(fresh, renderer.edition.public_url)):
            more = f"\nand {len(faults) - _MOST_TOLD} more" if len(faults) > _MOST_TOLD else ""
            raise PublishError("Links are broken:\n" + "\n".join(faults[:_MOST_TOLD]) + more)
        _pack(fresh, old)
        open_to_readers(fresh)
        new = fingerprints(fresh, _names(fresh))
        names = old.files.keys() | new.keys()
        changed = [name for name in names if old.files.get(name) != new.get(name)]
        if changed:
            _mark(fresh, Manifest(offline, {name: digest for name, (_, digest) in new.items()}))
            old.hand_over(fresh)
            swap(fresh, old.folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Published(sum(name.endswith(".html") for name in new), len(changed), NGINX in changed)


def _names(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.relative_to(folder).as_posix() for path in files]


def _mark(fresh: Path, manifest: Manifest) -> None:
    (fresh / MARK).write_bytes(msgspec.json.encode(manifest, order="sorted"))
    open_to_readers(fresh / MARK)


def site(renderer: Renderer) -> Flask:
    """Return the app whose every address is published, with a fixed edition and day."""
    app = Flask("inspection_outcome", static_folder=None)
    web.init_app(app, FixedStore(Snapshot(renderer, today(), live=False)))
    views.init_app(app, publishing=True)
    return app


def _tags(renderer: Renderer) -> list[str]:
    return [language.tag for language in renderer.edition.catalogues.shown]


def _write(renderer: Renderer, fresh: Path) -> Mapping[str, str]:
    """Write each address to a file, but those that are there. Return the headers of a page."""
    app = site(renderer)
    client = app.test_client()
    base = renderer.edition.public_url or "http://localhost"
    for address in _addresses(app, renderer):
        file = fresh / (address[1:] + "index.html" if address.endswith("/") else address[1:])
        if file.exists():
            continue
        response = client.get(address, base_url=base)
        if response.status_code != HTTPStatus.OK:
            raise PublishError(
                f"{address} cannot be made: it answers {response.status}. The log says why."
            )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(response.data)
    return dict(client.get(ROOT, base_url=base).headers)


def _addresses(app: Flask, renderer: Renderer) -> list[str]:
    """Return every address of the site, from its URL map: so a new view is published, too."""
    values = {"language": _tags(renderer), "name": list(renderer.edition.report.pages)}
    absent = {"public.sitemap"} if not renderer.edition.public_url else set()
    absent |= {"public.feed"} if not renderer.feed(ENGLISH) else set()
    urls = app.url_map.bind("localhost")
    addresses = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in absent:
            free = sorted(rule.arguments - (rule.defaults or {}).keys())
            for chosen in product(*(values[name] for name in free)):
                arguments = dict(zip(free, chosen, strict=True))
                addresses.append(urls.build(rule.endpoint, {**(rule.defaults or {}), **arguments}))
    return list(dict.fromkeys(addresses))  # the home page has two rules


def _keep_offline_packs(renderer: Renderer, fresh: Path, old: Previous) -> dict[str, str]:
    """Keep the old offline packs if only their day differs: else they would change every day.

    Return the version of each, by language tag.
    """
    versions = {tag: renderer.offline_version(tag) for tag in _tags(renderer)}
    before = old.manifest.offline if old.manifest else {}
    for tag, version in versions.items():
        file = offline_address(tag)[1:]
        if before.get(tag) == version and old.is_whole(file):
            (fresh / file).parent.mkdir(parents=True, exist_ok=True)
            _copy(old.folder / file, fresh / file)
    return versions


def _pack(fresh: Path, old: Previous) -> None:
    """Write compressed files beside each text.

    An unchanged file keeps its modification time, and so its ETag, and its compressed files, as
    compressing takes long.
    """
    with ThreadPoolExecutor() as threads:  # both compressors leave the interpreter to others
        list(threads.map(lambda name: _pack_file(fresh, old, name), _names(fresh)))


def _pack_file(fresh: Path, old: Previous, name: str) -> None:
    file, before = fresh / name, old.folder / name
    body = file.read_bytes()
    same = old.is_whole(name) and before.read_bytes() == body
    if same:
        _copy(before, file)
    is_public_text = file.suffix in _TEXTS and not file.name.startswith("_")
    for end, pack in _PACKED.items() if is_public_text else ():
        if same and old.is_whole(name + end):
            _copy(old.folder / (name + end), fresh / (name + end))
        elif len(made := pack(body)) < len(body):
            (fresh / (name + end)).write_bytes(made)


def _copy(before: Path, file: Path) -> None:
    """Copy a file with its times."""
    file.write_bytes(before.read_bytes())
    times = before.stat()
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
