"""The views of what a page uses: scripts, pictures, offline packs, web app manifests, and icons."""

import mimetypes

from flask import Blueprint, Response

from inspection_outcome.edition import PACKAGE
from inspection_outcome.pages.urls import (
    FAVICON,
    ICONS,
    MARK,
    PICTURES,
    SCRIPT,
    WORKER,
    manifest_address,
    offline_address,
)
from inspection_outcome.views.pages import at
from inspection_outcome.web import ASK_EACH_TIME, edition, language, renderer, snapshot

_A_DAY = "public, max-age=86400"


def register(blueprint: Blueprint) -> None:
    """Add the addresses of scripts, pictures, icons, offline packs and manifests."""
    for address in (SCRIPT, WORKER, PICTURES, MARK):
        blueprint.add_url_rule(address, view_func=file, defaults={"address": address})
    for address in (FAVICON, *ICONS.values()):
        blueprint.add_url_rule(address, view_func=icon, defaults={"name": address[1:]})
    blueprint.add_url_rule(offline_address("<language>"), view_func=offline_pack)
    blueprint.add_url_rule(manifest_address("<language>"), view_func=manifest)


def file(address: str) -> Response:
    """Return a script or a picture of this edition."""
    found = edition().theme.files[address]
    response = Response(found.text, content_type=found.type)
    if address == WORKER:
        response.headers["Cache-Control"] = ASK_EACH_TIME
    return response


def icon(name: str) -> Response:
    """Return the site's icon as an image file of fixed size."""
    picture = (PACKAGE / "static" / name).read_bytes()
    return Response(
        picture, content_type=mimetypes.guess_type(name)[0], headers={"Cache-Control": _A_DAY}
    )


@at(offline_address)
def offline_pack() -> Response:
    """Return the offline pack of a language. Its ETag does not depend on the day."""
    tag = language().tag
    response = Response(
        renderer().offline_pack(tag, snapshot().day), content_type="application/gzip"
    )
    response.headers["Content-Language"] = tag
    response.headers["Cache-Control"] = ASK_EACH_TIME
    # Weak, as the day in the pack may differ.
    response.set_etag(renderer().offline_version(tag), weak=True)
    return response


@at(manifest_address)
def manifest() -> Response:
    """Return the web app manifest of a language."""
    return Response(renderer().manifest(language().tag), content_type="application/manifest+json")
