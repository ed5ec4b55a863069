"""What browsers ask for beside a page: scripts, pictures, what a phone keeps of a language, its manifest, the mark."""

from flask import Blueprint, Response, send_from_directory

from outcome.edition import PACKAGE, today
from outcome.pages.addresses import ICONS, MARK, PICTURES, SCRIPT, WORKER, kept_address, manifest_address
from outcome.public.pages import in_language
from outcome.web import edition, revalidated
from outcome.words.languages import Language

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


@in_language(kept_address)
def kept(language: Language) -> Response:
    """Give what a phone keeps of a language. Its version stays the same from day to day: see `Edition.kept_version`."""
    response = Response(edition().kept(language.tag, today()), content_type="application/gzip")
    response.headers["Content-Language"] = language.tag
    response.set_etag(edition().kept_version(language.tag), weak=True)  # the day in it may differ
    return revalidated(response)


@in_language(manifest_address)
def manifest(language: Language) -> Response:
    """Give the web app manifest of a language."""
    return revalidated(Response(edition().manifest(language.tag), content_type="application/manifest+json"))
