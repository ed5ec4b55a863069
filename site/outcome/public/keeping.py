"""What browsers ask for beside a page: scripts, pictures, what a phone keeps of a language, its manifest, the mark."""

from flask import Blueprint, Response, abort, request, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

from outcome.edition import PACKAGE, today
from outcome.pages.addresses import ICONS, MARK, PICTURES, SCRIPT, WORKER, kept_address, manifest_address
from outcome.public.pages import moved
from outcome.web import edition, revalidated
from outcome.words.languages import lookup

_DAY = 24 * 60 * 60  # seconds


def register(blueprint: Blueprint) -> None:
    """Add the addresses that scripts and phones ask for."""
    for address in (SCRIPT, WORKER, PICTURES, MARK):
        blueprint.add_url_rule(address, view_func=file, defaults={"address": address})
    for address in ("/favicon.ico", *ICONS.values()):
        blueprint.add_url_rule(address, view_func=icon, defaults={"name": address[1:]})
    blueprint.add_url_rule("/<language>/kept.gz", view_func=kept)
    blueprint.add_url_rule("/<language>/site.webmanifest", view_func=manifest)


def file(address: str) -> Response:
    """Give a script or a picture of this edition."""
    found = edition().files[address]
    return revalidated(Response(found.text, content_type=found.type))


def icon(name: str) -> Response:
    """Give the site's mark as a picture of fixed size."""
    return send_from_directory(PACKAGE / "static", name, max_age=_DAY)


def kept(language: str) -> AnyResponse:
    """Give what a phone keeps of a language. Its version stays the same from day to day: see `Edition.kept_version`."""
    found = lookup(language, edition().library.languages)
    if found is None:
        abort(404)
    if request.path != (address := kept_address(found.tag)):
        return moved(address)
    response = Response(edition().kept(found.tag, today()), content_type="application/gzip")
    response.headers["Content-Language"] = found.tag
    response.set_etag(edition().kept_version(found.tag), weak=True)  # the day in it may differ
    return revalidated(response)


def manifest(language: str) -> AnyResponse:
    """Give the web app manifest of a language."""
    found = lookup(language, edition().library.languages)
    if found is None:
        abort(404)
    if request.path != (address := manifest_address(found.tag)):
        return moved(address)
    return revalidated(Response(edition().manifest(found.tag), content_type="application/manifest+json"))
