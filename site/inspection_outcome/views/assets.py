"""The views of what a page uses: scripts, pictures, offline packs, web app manifests, and icons."""

import mimetypes

from flask import Blueprint, Response

from inspection_outcome.edition import PACKAGE
from inspection_outcome.i18n.languages import Language
from inspection_outcome.pages.urls import (
    ICONS,
    MARK,
    PICTURES,
    SCRIPT,
    WORKER,
    manifest_address,
    offline_address,
)
from inspection_outcome.views.pages import in_language
from inspection_outcome.web import ASK_EACH_TIME, edition, snapshot

_A_DAY = "public, max-age=86400"


def register(blueprint: Blueprint) -> None:
    """Add the addresses of scripts, pictures, icons, offline packs and manifests."""
    for address in (SCRIPT, WORKER, PICTURES, MARK):
        blueprint.add_url_rule(address, view_func=file, defaults={"address": address})
    for address in ("/favicon.ico", *ICONS.values()):
        blueprint.add_url_rule(address, view_func=icon, defaults={"name": address[1:]})
    blueprint.add_url_rule("/<language>/kept.gz", view_func=offline_pack)
    blueprint.add_url_rule("/<language>/site.webmanifest", view_func=manifest)


def file(address: str) -> Response:
    """Return a script or a picture of this edition."""
    found = edition().files[address]
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


@in_language(offline_address)
def offline_pack(language: Language) -> Response:
    """Return the offline pack of a language. Its ETag does not depend on the day."""
    response = Response(
        edition().offline_pack(language.tag, snapshot().day), content_type="application/gzip"
    )
    response.headers["Content-Language"] = language.tag
    response.headers["Cache-Control"] = ASK_EACH_TIME
    # Weak, as the day in the pack may differ.
    response.set_etag(edition().offline_version(language.tag), weak=True)
    return response


@in_language(manifest_address)
def manifest(language: Language) -> Response:
    """Return the web app manifest of a language."""
    return Response(edition().manifest(language.tag), content_type="application/manifest+json")
